"""The shell as an app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    """The shell: it asks every app for its registers and checks when the portal starts."""

    name = "binhlu_portal"

    def ready(self):
        """Read the registers and checks of all apps."""
        autodiscover_modules("registers", "checks")
