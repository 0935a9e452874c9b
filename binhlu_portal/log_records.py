"""Log records: what Django tells of a request on standard error also says whose it was (ASVS 5.0, 16.3.2).

A number and no name: the log of the machine is read by its keepers, the accounts stand in the database.
"""

import logging

from django.http import HttpRequest


def note_account(request: HttpRequest) -> None:
    """Note whose request it is, so that a refusal can be told of without asking the database, which may be why."""
    request.account_number = request.user.pk


class AccountOfRequest(logging.Filter):
    """Filter of log records that passes all, and puts the account of their request into `account`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whose request a record is about: the number of the account, or nothing."""
        number = getattr(getattr(record, "request", None), "account_number", None)
        record.account = f" (account {number})" if number else ""
        return True
