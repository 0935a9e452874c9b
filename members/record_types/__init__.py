"""Record types of members."""

from . import change_reports, discipline, fees, member_records, membership

__all__ = ["change_reports", "discipline", "fees", "member_records", "membership"]
