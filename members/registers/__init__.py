"""The registers of members."""

from . import belonging, facts

__all__ = ["belonging", "facts"]
