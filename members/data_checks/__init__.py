"""Checks of members, of the posts they hold and of the cells they belong to."""

from . import dates, deadlines, member_card, unit_posts

__all__ = ["dates", "deadlines", "member_card", "unit_posts"]
