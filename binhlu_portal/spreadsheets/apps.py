"""The data workbook as an app."""

from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    """Records in and out by spreadsheet: the sheets are declared by the apps in their `data_sheets.py`."""

    name = "binhlu_portal.spreadsheets"
    label = "workbook"
    verbose_name = "Nhập, xuất Excel"
