"""Verbs of files brought in: bring one, answer its questions, confirm it, give it up; and the work the worker does.

The work is done in one transaction that also notes that it is done, so it happens whole or not at all, whenever the
worker is stopped, and never twice.
"""

import hashlib
from contextlib import suppress

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.display import lines
from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.revert import plan, take_back
from binhlu_portal.db.actions import Refusal, change, create, verb
from binhlu_portal.spreadsheets.importer.formats import Said, lines_of
from binhlu_portal.spreadsheets.importer.importer import settle
from binhlu_portal.spreadsheets.importer.result_json import told
from binhlu_portal.spreadsheets.models import OVER, WAITING, Batch, Layout, State
from binhlu_portal.spreadsheets.sandbox.client import Unreadable

from . import progress

ATTEMPTS = 3
"""How often work is begun that never comes to its end before it is given up."""

GIVEN_UP = "Cổng đã thử {} lần mà không xử lý được tệp này. Chia tệp thành nhiều tệp nhỏ hơn rồi gửi lại."
MOVED_ON = "Dữ liệu trên cổng đã đổi từ lúc kiểm tra, nên chưa ghi gì. Xem lại kết quả kiểm tra mới rồi xác nhận."
CHECKED_ANEW = "Tệp đã được kiểm tra lại sau khi mở trang này: xem kết quả mới rồi xác nhận."
DONE_WITH = "Tệp này đã xử lý xong: gửi tệp mới nếu cần."
NOT_NOW = "Lúc này chưa làm được, tệp đang ở bước “{}”: mở lại trang rồi thử lại."
STILL_WRONG = "Tệp còn lỗi: sửa hết lỗi, hoặc chọn “Chỉ ghi các dòng đúng”."


class Undo(Exception):
    """Takes back what a check wrote."""


@verb
def bring(*, user, name, content, settings=None):
    """Keep a file to be checked."""
    digest = hashlib.sha256(content).hexdigest()
    fields = {"hash": digest, "size": len(content), "settings": settings or {}}
    return create(Batch, user=user, name=name[-200:], content=content, **fields)


def same_before(batch):
    """Return the newest other batch with the same content whose records were written, or None."""
    others = Batch.objects.filter(hash=batch.hash, state=State.WRITTEN).exclude(pk=batch.pk)
    return others.defer("content", "result").select_related("user").first()


@verb
def look_again(*, batch, settings=None, answers=None, mends=None):
    """Keep what the sender answered or put right, and have the file checked anew."""
    batch = _hold(batch, State.CHECKED, State.UNREADABLE)
    fields = {
        "settings": batch.settings | (settings or {}),
        "answers": batch.answers | (answers or {}),
        "mends": batch.mends | (mends or {}),
    }
    return change(batch, state=State.TO_CHECK, attempts=0, message="", **fields)


@verb
def remember(*, user, mapping):
    """Keep what the columns of lists mean to `user`, for the next file: {shape!column: kind}, kept shape by shape."""
    shapes = {place.partition("!")[0] for place in mapping}
    for shape in sorted(shapes):
        meant = {place: kind for place, kind in mapping.items() if place.startswith(f"{shape}!")}
        known = Layout.objects.filter(user=user, shape=shape).first()
        change(known, mapping=meant) if known else create(Layout, user=user, shape=shape, mapping=meant)


@verb
def confirm(*, batch, digest, partly=False):
    """Have written what the check with `digest` has shown; with `partly` without the rows that have errors."""
    batch = _hold(batch, State.CHECKED)
    if batch.digest != digest:
        raise Refusal(CHECKED_ANEW)
    if batch.result["faults"] and not partly:
        raise Refusal(STILL_WRONG)
    return change(batch, state=State.TO_WRITE, attempts=0, message="", partly=partly)


@verb
def give_up(*, batch):
    """Do nothing with the file any more."""
    batch = _hold(batch, State.TO_CHECK, State.CHECKED, State.UNREADABLE, State.FAILED)
    return change(batch, state=State.CANCELLED)


@verb
def undo(*, batch, keep_later=False):
    """Take back all that was written from the file; what was edited later stands in the way, or is kept."""
    batch = _hold(batch, State.WRITTEN)
    later = take_back(entries=Entry.objects.filter(act=batch.act), keep_later=keep_later)
    change(batch, state=State.UNDONE, result=batch.result | {"kept": [_kept(line) for line in lines(later)]})
    return later


def _kept(line):
    """Return an entry that was left as it is, in words: the kind of record, whom it is about, its [label, value]."""
    return [line.kind, line.about, [[change.label, change.after] for change in line.changes]]


def is_taken_back(batch):
    """Whether nothing is left of what was written: it was taken back in the history."""
    entries = Entry.objects.filter(act=batch.act)
    later = Entry.objects.filter(table=OuterRef("table"), row=OuterRef("row"), pk__gt=OuterRef("pk"))
    if entries.exclude(Exists(later)).exists():
        return False
    found = plan(entries)
    return found.is_empty and not found.later


def _hold(batch, *states):
    """Return the batch as it is now, kept from the worker until the verb is done."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in states:
        raise Refusal(DONE_WITH if batch.state in OVER else NOT_NOW.format(batch.get_state_display()))
    return batch


def work_on_next():
    """Do the work of the batch that has waited longest and return it, or None when none waits.

    Work that was begun too often is given up: it may have brought the worker down.
    """
    batch = Batch.objects.filter(state__in=WAITING).defer("content", "result").order_by("pk").first()
    if batch is None:
        return None
    if batch.attempts >= ATTEMPTS:
        return change(batch, state=State.FAILED, message=GIVEN_UP.format(ATTEMPTS))
    change(batch, attempts=batch.attempts + 1)
    work(batch)
    return batch


def work(batch):
    """Check or write a batch; nothing is done when another worker does it, or has done it."""
    with transaction.atomic():
        held = Batch.objects.select_for_update(skip_locked=True).filter(pk=batch.pk, state=batch.state).first()
        if held is None:
            return
        try:
            reading = lines_of(bytes(held.content), held.name, said_of(held))
            _write(held, reading) if held.state == State.TO_WRITE else _check(held, reading)
        except Unreadable as error:
            change(held, state=State.UNREADABLE, message=str(error))
        finally:
            progress.forget(held)


def said_of(batch):
    """Return what the sender of a batch said of it."""
    return Said(batch.user, batch.settings, batch.answers, batch.mends)


def rehearse(reading, user, answers, note=None):
    """Return (result, digest) of what writing the lines would do; nothing stays written."""
    with suppress(Undo), transaction.atomic():
        outcome = settle(reading, user, answers=answers, progress=note)
        seen = told(outcome, reading), outcome.digest
        raise Undo
    return seen


def _check(batch, reading):
    result, digest = rehearse(reading, batch.user, batch.answers, progress.teller(batch))
    change(batch, state=State.CHECKED, result=result, digest=digest)


def _write(batch, reading):
    """Write what was seen in the check; when it would be something else, nothing, and the new result is kept."""
    try:
        with acting(batch.user, f"Nhập từ tệp {batch.name}") as act:
            outcome = settle(reading, batch.user, answers=batch.answers, progress=progress.teller(batch))
            if outcome.digest != batch.digest:
                seen = told(outcome, reading), outcome.digest
                raise Undo
            done = {"state": State.WRITTEN, "act": act, "written_at": Now()}
            Batch.objects.filter(pk=batch.pk).update(**done)
    except Undo:
        result, digest = seen
        change(batch, state=State.CHECKED, result=result, digest=digest, message=MOVED_ON)
