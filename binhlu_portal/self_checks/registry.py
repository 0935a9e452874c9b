"""Registry of self-checks (health checks): each looks at one thing the portal relies on and says what to do about it.

Each app declares its own in a module `self_checks`, which is read when the portal starts. Django's system checks are
about code and run before every command, without a database; these are about a portal with its records.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from binhlu_portal.registry import Registry

Fault = Callable[[datetime], str]

log = logging.getLogger(__name__)

SELF_CHECKS = Registry("self-checks")
"""Every self-check by its code."""


@dataclass(frozen=True)
class SelfCheck:
    """Self-check: `fault(now)` returns what is wrong and what to do about it in Vietnamese sentences, or "".

    One that `asks_much` of the database is not made for every page.
    """

    code: str
    label: str
    fault: Fault
    asks_much: bool = False


@dataclass(frozen=True)
class SelfCheckResult:
    """What a self-check has found: `fault` is "" where all is well."""

    check: SelfCheck
    fault: str


def declare(code: str, label: str, *, asks_much: bool = False) -> Callable[[Fault], Fault]:
    """Declare the decorated function as the self-check with this `code` and `label`."""

    def decorate(function):
        SELF_CHECKS.add(code, SelfCheck(code, label, function, asks_much))
        return function

    return decorate


def verdicts(now: datetime, *, at_once: bool = False) -> list[SelfCheckResult]:
    """Run all self-checks, or those that can be made `at_once`. One that cannot look says so: that is a fault too."""
    made = [check for check in SELF_CHECKS.values() if not (at_once and check.asks_much)]
    return [SelfCheckResult(check, _asked(check, now)) for check in made]


def faults(now: datetime, *, at_once: bool = False) -> list[SelfCheckResult]:
    """Run all self-checks, or those that can be made `at_once`, and return what is wrong."""
    return [verdict for verdict in verdicts(now, at_once=at_once) if verdict.fault]


def _asked(check, now):
    try:
        return check.fault(now)
    except Exception:
        log.exception("the self-check %s could not look", check.code)
        return "Không kiểm tra được: xem nhật ký của máy chủ."
