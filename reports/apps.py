"""The reports app."""

from binhlu_portal.db import triggers


class ReportsConfig(triggers.GuardedAppConfig):
    """Figures, annexes, the report and its periods: reads everything, is read by nothing."""

    name = "reports"
    verbose_name = "Báo cáo"
