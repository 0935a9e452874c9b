"""The lists of the shell as an app."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists of records, and those that people keep under a name."""

    name = "binhlu_portal.records.tables"
    label = "lists"
    verbose_name = "Danh sách"
