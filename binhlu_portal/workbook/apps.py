"""The data workbook as an app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkbookConfig(AppConfig):
    """Records in and out by spreadsheet: the sheets are declared by the apps in their `workbook.py`."""

    name = "binhlu_portal.workbook"
    label = "workbook"
    verbose_name = "Nhập, xuất Excel"

    def ready(self):
        """Read the sheets of all apps."""
        autodiscover_modules("workbook")
