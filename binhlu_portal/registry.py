"""Registries: what the apps declare (figures, checks, kinds of record, sheets), collected once when the portal starts.

`PortalConfig.ready` imports the modules in which apps declare things and completes all registries. Reading one before
that would show a part of it and is an error; so is declaring something later, or the same key twice.
"""

import functools
from collections.abc import Callable
from typing import Any, ClassVar


def _reading(name: str) -> Callable:
    """Return the method `name` of `dict`, refused until the registry is complete."""
    read = getattr(dict, name)

    @functools.wraps(read)
    def checked(self, *args):
        if not self.is_complete:
            raise RuntimeError(f"The registry of {self.what} is read before all apps have declared theirs.")
        return read(self, *args)

    return checked


class Registry(dict):
    """Registry: a dict that apps fill while the portal starts and everybody only reads after that.

    `what` it holds is named in errors, all of which are for programmers; `check(registry)` may raise one when it is
    complete.
    """

    declared: ClassVar[list] = []
    """Every registry there is."""

    def __init__(self, what: str, check: Callable = lambda registry: None):
        super().__init__()
        self.what, self.check, self.is_complete = what, check, False
        self.declared.append(self)

    def add(self, key: Any, value: Any) -> None:
        """Declare `value` under `key`; raises `ValueError` for a key used twice, `RuntimeError` once it is complete."""
        if dict.__contains__(self, key):
            raise ValueError(f"{key!r} is defined twice in the registry of {self.what}.")
        if self.is_complete:
            raise RuntimeError(f"{key!r} is declared after the registry of {self.what} was complete.")
        self[key] = value

    def complete(self) -> None:
        """Open the registry for reading, and check what it holds."""
        self.is_complete = True
        self.check(self)

    __getitem__ = _reading("__getitem__")
    __contains__ = _reading("__contains__")
    __iter__ = _reading("__iter__")
    __len__ = _reading("__len__")
    get = _reading("get")
    keys = _reading("keys")
    values = _reading("values")
    items = _reading("items")


def check_unique(field: str) -> Callable:
    """Uniqueness check for a `Registry`: no two of its values may agree in `field`."""

    def check(registry):
        seen = [getattr(value, field) for value in registry.values()]
        if twice := {str(each) for each in seen if seen.count(each) > 1}:
            raise ValueError(f"{', '.join(sorted(twice))} is defined twice in the registry of {registry.what}.")

    return check
