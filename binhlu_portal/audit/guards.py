"""What the database keeps of the history itself: entries are never changed nor deleted."""

from .triggers import APPEND_ONLY

GUARDS = [APPEND_ONLY]
