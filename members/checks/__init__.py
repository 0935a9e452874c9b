"""Checks of members, of the posts they hold and of the cells they belong to."""

from . import cells, dates, deadlines, missing

__all__ = ["cells", "dates", "deadlines", "missing"]
