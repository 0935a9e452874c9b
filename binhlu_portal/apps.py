"""The shell as an app."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules

from . import environment
from .backup.occupancy import occupy
from .registry import Registry

DECLARATIONS = (
    "record_types",
    "data_sheets",
    "data_checks",
    "agreements",
    "figures.definitions",
    "chores",
    "self_checks",
)
"""The modules in which apps declare what the registries hold."""


class PortalConfig(AppConfig):
    """The shell: it collects what the apps declare when the portal starts."""

    name = "binhlu_portal"

    def ready(self):
        """Make what the settings name; fill all registries, here alone, and open them for reading."""
        with environment.told_plainly():
            environment.prepare(settings.SECRET_KEY, settings.DATABASES, settings.DATA_DIR)
            occupy(settings.DATABASES)
        autodiscover_modules(*DECLARATIONS)
        for registry in Registry.declared:
            registry.complete()
