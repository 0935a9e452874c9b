"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Figures, annexes and the report: reads everything, is read by nothing."""

    name = "reports"
    verbose_name = "Báo cáo"
