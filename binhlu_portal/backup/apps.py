"""Backup as an app."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """One file that holds everything, and the way back from it."""

    name = "binhlu_portal.backup"
    verbose_name = "Sao lưu"
