"""Guarded acts: they ask for a fresh sign-in, and others who answer for the accounts are shown who did them."""

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from binhlu_portal.accounts.models import User
from binhlu_portal.accounts.proofs import check_fresh
from organizations.rights import Right, roles_with
from organizations.scope import rights_of, units_of

from . import access_log, export_limits
from .models import Access, AccessKind
from .permissions import accesses

RECENT = timedelta(days=30)
MOST = 5


class GuardedAct(models.TextChoices):
    """What is guarded; files of everybody are too (`export_limits.EVERYBODY`)."""

    ROLE = "role", "Vai trò"
    START_CODE = "start_code", "Mã khởi đầu"
    SECOND_FACTOR = "second_factor", "Xác minh hai bước"
    PAPER_CODES = "paper_codes", "Mã giấy"
    REOPEN = "reopen", "Mở lại kỳ báo cáo"
    REVERT = "revert", "Hoàn tác nhiều hồ sơ"


def guard(user: User | None, act: GuardedAct, what: str) -> None:
    """Let `user` do a guarded act and note `what` was done; None is the keeper of the server, whom the history notes.

    Raises SignInAgain without a fresh sign-in.
    """
    check_fresh(user)
    if user is not None:
        access_log.note_access(user, AccessKind.GUARDED, f"{act.label}: {what}", "", 1)


def of_others(user: User, since: datetime) -> QuerySet[Access]:
    """Guarded acts of others since then that `user` is to know of, the newest first.

    An administrator is told of those of all whose accounts are kept; a leader of what no administrator but the doer
    would be told of.
    """
    rights, told = rights_of(user), Q(pk__in=[])
    if Right.ACCOUNTS in rights:
        told |= Q(pk__in=accesses(user).values("pk"))
    if Right.WATCH in rights:
        roles = get_user_model()._meta.get_field("roles").related_model.objects
        here = roles.filter(user=OuterRef("user"), unit__in=units_of(user, Right.WATCH))
        Ancestry = apps.get_model("organizations", "Ancestry")
        above = Ancestry.objects.filter(ended_on=F("unit__ended_on"), unit__roles__user=OuterRef(OuterRef("user")))
        keepers = roles.filter(kind__in=roles_with(Right.ACCOUNTS), user__is_active=True)
        others = keepers.filter(unit__in=above.values("ancestor")).exclude(user=OuterRef("user"))
        told |= Q(Exists(here), ~Exists(others))
    found = Access.objects.filter(
        Q(kind=AccessKind.GUARDED) | Q(kind=AccessKind.EXPORTED, rows__gte=export_limits.EVERYBODY)
    )
    return found.filter(told, at__gte=since).exclude(user=user).select_related("user").order_by("-pk")


def notice_of_others(user: User, now: datetime) -> dict[str, Any]:
    """Return what a home page says of guarded acts of others within the last month."""
    found = list(of_others(user, now - RECENT)[: MOST + 1])
    return {"guarded": found[:MOST], "more_guarded": len(found) > MOST, "guarded_days": RECENT.days}
