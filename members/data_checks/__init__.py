"""Checks of members, of the posts they hold and of the cells they belong to."""

from . import admission_decisions, cell_size_and_posts, dates, deadlines, decisions, expulsions, member_card

__all__ = ["admission_decisions", "cell_size_and_posts", "dates", "deadlines", "decisions", "expulsions", "member_card"]
