"""The reports app."""

from django.core import checks

from binhlu_portal.db import triggers


class ReportsConfig(triggers.GuardedAppConfig):
    """Figures, annexes, the report and its periods: reads everything, is read by nothing."""

    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self):
        """Let every command of `manage.py` check what the outline of the report names before it starts."""
        super().ready()
        from .narrative.outline.builtin import check_outlines

        checks.register(check_outlines)
