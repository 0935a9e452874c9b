"""Record types of members."""

from . import discipline, fees, member_records, membership

__all__ = ["discipline", "fees", "member_records", "membership"]
