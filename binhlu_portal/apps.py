"""The shell as an app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from .registry import Registry

DECLARATIONS = ("record_types", "data_sheets", "data_checks", "figures.definitions")
"""The modules in which apps declare what the registries hold."""


class PortalConfig(AppConfig):
    """The shell: it collects what the apps declare when the portal starts."""

    name = "binhlu_portal"

    def ready(self):
        """Fill all registries, the only place where that is done, and open them for reading."""
        autodiscover_modules(*DECLARATIONS)
        for registry in Registry.declared:
            registry.complete()
