"""Record types of members."""

from . import discipline, member_records, membership

__all__ = ["discipline", "member_records", "membership"]
