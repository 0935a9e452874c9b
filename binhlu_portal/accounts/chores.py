"""Chores of accounts: sessions and phones that are long over are deleted; they say from where somebody signed in."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from binhlu_portal.chores import CHORES

from .models import PairedPhone, Session

SHOWN = timedelta(days=7)
"""For how long a browser that comes back is told why its session has ended."""


def clear_sessions(*, today: date) -> None:
    """Delete the sessions that were over a week before the day began."""
    began = timezone.make_aware(datetime.combine(today, time.min))
    Session.objects.filter(expire_date__lt=began - SHOWN).delete()


def clear_phones(*, today: date) -> None:
    """Delete the phones whose time was over before the day began."""
    began = timezone.make_aware(datetime.combine(today, time.min))
    PairedPhone.objects.filter(expires_at__lt=began).delete()


CHORES.add("sessions", clear_sessions)
CHORES.add("phones", clear_phones)
