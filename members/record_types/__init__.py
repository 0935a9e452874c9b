"""Record types of members."""

from . import member_records, membership

__all__ = ["member_records", "membership"]
