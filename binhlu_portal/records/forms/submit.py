"""Submit a form: one transaction, idempotency token, optimistic lock, scope asked again; dry run."""

import hashlib
from collections import defaultdict
from contextlib import suppress

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Entry, Submission
from binhlu_portal.db.actions import Refusal, Rollback
from binhlu_portal.records.agreements import check_agreements

OUTSIDE = (
    "Thay đổi này đưa hồ sơ ra ngoài phạm vi được giao cho tài khoản: chọn lại, hoặc đề nghị Văn phòng cấp trên ghi."
)


CARRIERS = frozenset({"csrfmiddlewaretoken", "token", "seen", "xac_nhan"})
"""What is sent along with a form and says nothing of what was typed."""


class EditConflict(Exception):
    """Somebody else has changed the record since the form was opened."""


def submit(form, lead_to):
    """Do what the valid `form` asks and return the address that `lead_to` gives for what was written.

    A form sent twice gives the address it gave before. Raises `ValidationError` or `Conflict`; then nothing is written.
    """
    token, user = form.cleaned_data["token"], form.user
    try:
        with acting(user, form.log_message) as act:
            sent = Submission.objects.create(token=token, user=user.pk, digest=digest_of(form.sent))
            sent.address = lead_to(_write(form, act))
            sent.save(update_fields=["address"])
            return sent.address
    except IntegrityError:
        before = previous_submission(token, user)
        if before is None:
            raise
        return before.address


def previous_submission(token, user):
    """Return the `Submission` of the form with `token` that `user` has sent before, or None."""
    with suppress(ValidationError):  # what is no token was never sent
        return Submission.objects.filter(token=token, user=user.pk).first()


def digest_of(data):
    """Return a short text that differs for forms filled in differently."""
    typed = sorted((name, values) for name, values in data.lists() if name not in CARRIERS)
    return hashlib.sha256(repr(typed).encode()).hexdigest()


def dry_run(form, tell=list):
    """Return what `tell` makes of the entries that the history would hold if the valid `form` were sent.

    Nothing stays written; `tell` is asked while the records are there, so that it can name them.
    """
    told = None
    with suppress(Rollback), acting(form.user, form.log_message) as act:
        _write(form, act)
        told = tell(list(Entry.objects.filter(act=act).order_by("pk")))
        raise Rollback
    return told


def latest_entry(row):
    """Return the number of the newest entry in the history of `row`; 0 for none."""
    entries = Entry.objects.filter(table=row._meta.db_table, row=row.pk)
    return entries.values_list("pk", flat=True).order_by("-pk").first() or 0


def show_refusal(form, error):
    """Show a refusal at the fields it names, or above the form; a form about an ending leaves `end_` out of names."""
    messages = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for field, sentences in messages.items():
        place = next((name for name in (field, field.removeprefix("end_")) if name in form.fields), None)
        for sentence in sentences:
            form.add_error(place, sentence)


def _write(form, act):
    form.check_unchanged()
    written = form.save()
    check_agreements(act)
    _check_scope(form, [form.instance, *(written if isinstance(written, list) else [written])])
    return written


def _check_scope(form, rows):
    """Ask the one door again, now that the records are what they are going to be."""
    keys = defaultdict(set)
    for row in rows:
        if hasattr(getattr(type(row), "objects", None), "editable_by") and row.pk is not None:
            keys[type(row)].add(row.pk)
    for model, pks in keys.items():
        if model.objects.editable_by(form.user, form.right).filter(pk__in=pks).count() != len(pks):
            raise Refusal(getattr(model, "outside", OUTSIDE))
