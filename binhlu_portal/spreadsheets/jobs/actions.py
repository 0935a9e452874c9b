"""Actions on import jobs: receive a file, recheck, confirm, discard, revert; and the work the worker does.

The work is done in one transaction that also notes that it is done, so it happens whole or not at all, whenever the
worker is stopped, and never twice.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import Truncator

from binhlu_portal.accounts.models import User
from binhlu_portal.audit.access_log import note_access
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.display import HistoryLine, lines
from binhlu_portal.audit.guarded_acts import GuardedAct, guard
from binhlu_portal.audit.models import AccessKind, Entry
from binhlu_portal.audit.revert import plan_revert, take_back
from binhlu_portal.db.actions import Refusal, Rollback, action, change, create
from binhlu_portal.db.copies import on_a_copy
from binhlu_portal.spreadsheets.importer.formats import DAY_FOUND, SenderInput, parse_file
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.importer.result_json import to_json
from binhlu_portal.spreadsheets.importer.rows import ParsedFile
from binhlu_portal.spreadsheets.models import OVER, Batch, BatchState, Folder, Layout
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from organizations.scope import Reader

from . import progress
from .claims import FREE, claim_next
from .visibility import units_of_sender

ATTEMPTS = 3
"""How often work is begun that never comes to its end before it is given up."""

GIVEN_UP = "Hệ thống đã thử {} lần mà không xử lý được tệp này. Chia tệp thành nhiều tệp nhỏ hơn rồi gửi lại."
MOVED_ON = "Dữ liệu trên hệ thống đã đổi từ lúc kiểm tra, nên chưa lưu gì. Xem lại kết quả kiểm tra mới rồi xác nhận."
CHECKED_ANEW = "Tệp đã được kiểm tra lại sau khi mở trang này: xem kết quả mới rồi xác nhận."
DONE_WITH = "Tệp này đã xử lý xong: gửi tệp mới nếu cần."
NOT_NOW = "Lúc này chưa làm được, tệp đang ở bước “{}”: mở lại trang rồi thử lại."
STILL_WRONG = "Tệp còn lỗi: sửa hết lỗi, hoặc chọn “Chỉ lưu các dòng đúng”."


@action
def receive_file(
    *, user: User, name: str, content: bytes, settings: dict[str, Any] | None = None, folder: Folder | None = None
) -> Batch:
    """Receive a file, with others of a `folder` perhaps, to be checked by the worker."""
    digest = hashlib.sha256(content).hexdigest()
    fields = {"hash": digest, "size": len(content), "settings": settings or {}, "folder": folder}
    return create(Batch, user=user, name=name[-200:], content=content, **fields)


@action
def receive_folder(
    *, user: User, name: str, files: Iterable[tuple[str, bytes]], left_out: str = "", settings: dict | None = None
) -> Folder:
    """Receive several files, (name, content), that are handled as one, and what is said of those `left_out`."""
    folder = create(Folder, user=user, name=name[-200:], left_out=left_out)
    for called, content in files:
        receive_file(user=user, name=called, content=content, settings=settings, folder=folder)
    return folder


@action
def recheck(
    *,
    batch: Batch,
    settings: dict[str, Any] | None = None,
    answers: dict[str, str] | None = None,
    mends: dict[str, str] | None = None,
    forgets: bool = False,
) -> Batch:
    """Recheck: keep what the sender answered, unless it `forgets`, or put right, and have the file checked anew.

    Raises Refusal unless it is checked or was unreadable.
    """
    batch = _hold(batch, BatchState.CHECKED, BatchState.UNREADABLE)
    fields = {
        "settings": batch.settings | (settings or {}),
        "answers": ({} if forgets else batch.answers) | (answers or {}),
        "mends": batch.mends | (mends or {}),
    }
    return change(batch, state=BatchState.TO_CHECK, attempts=0, message="", **FREE, **fields)


@action
def remember(*, user: User, mapping: Mapping[str, str]) -> None:
    """Remember what the columns of lists mean to `user`, for the next file: {shape!column: kind}, shape by shape."""
    shapes = {place.partition("!")[0] for place in mapping}
    for shape in sorted(shapes):
        meant = {place: kind for place, kind in mapping.items() if place.startswith(f"{shape}!")}
        known = Layout.objects.filter(user=user, shape=shape).first()
        change(known, mapping=meant) if known else create(Layout, user=user, shape=shape, mapping=meant)


@action
def confirm(*, batch: Batch, digest: str, partly: bool = False) -> Batch:
    """Confirm: have written what the check with `digest` has shown, with `partly` without the rows that have errors.

    Raises Refusal unless it is checked, when it was checked anew since, and for errors without `partly`.
    """
    batch = _hold(batch, BatchState.CHECKED)
    if batch.digest != digest:
        raise Refusal(CHECKED_ANEW)
    if batch.result["faults"] and not partly:
        raise Refusal(STILL_WRONG)
    return change(batch, state=BatchState.TO_WRITE, attempts=0, message="", partly=partly, **FREE)


@action
def discard(*, batch: Batch) -> Batch:
    """Discard a file: nothing more is done with it. Raises Refusal when it is written or being written."""
    batch = _hold(batch, BatchState.TO_CHECK, BatchState.CHECKED, BatchState.UNREADABLE, BatchState.FAILED)
    return change(batch, state=BatchState.CANCELLED)


@action
def revert_batch(*, user: User | None, batch: Batch, keep_later: bool = False) -> list[Entry]:
    """Revert all that was written from the file and return what was left; later edits stand in the way, or are kept.

    A guarded act of `user`. Raises Refusal unless it is written, and as `audit.revert.revert` does.
    """
    batch = _hold(batch, BatchState.WRITTEN)
    guard(user, GuardedAct.REVERT, "cả một tệp đã nhập")
    later = take_back(Entry.objects.filter(act=batch.act), keep_later)
    change(batch, state=BatchState.REVERTED, result=batch.result | {"kept": [kept_line(line) for line in lines(later)]})
    return later


@action
def forget_files(*, before: date) -> int:
    """Forget what stood in the files received before a day, and return how many: bytes, and values in their results.

    Who sent what and what became of it stays, and can still be reverted; what nobody confirmed by then is discarded.
    """
    old = Batch.objects.select_for_update().filter(at__date__lt=before, size__gt=0)
    for batch in old:
        kept = {} if batch.state in (BatchState.WRITTEN, BatchState.REVERTED) else {"state": BatchState.CANCELLED}
        result = batch.result and {name: value for name, value in batch.result.items() if name != "kept"}
        result = result and result | {"changes": [], "faults": [], "unseen": [], "read": None}
        empty = {"content": b"", "size": 0, "answers": {}, "mends": {}, "result": result}
        Batch.objects.filter(pk=batch.pk).update(**empty, **kept)
    return len(old)


def kept_line(line: HistoryLine) -> list:
    """Return an entry left as it is: the kind of record, whom it is about, its [label, value], and its number."""
    return [line.kind, line.about, [[change.label, change.after] for change in line.changes], line.entry.pk]


def is_reverted(batch: Batch) -> bool:
    """Reverted: whether nothing is left of what was written, since it was taken back in the history."""
    entries = Entry.objects.filter(act=batch.act)
    later = Entry.objects.filter(table=OuterRef("table"), row=OuterRef("row"), pk__gt=OuterRef("pk"))
    if entries.exclude(Exists(later)).exists():
        return False
    found = plan_revert(entries)
    return bool(found.entries) and found.is_empty and not found.later


def _hold(batch, *states):
    """Return the batch as it is now, kept from the worker until the action is done."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in states:
        raise Refusal(DONE_WITH if batch.state in OVER else NOT_NOW.format(batch.get_state_display()))
    return batch


def work_on_next() -> Batch | None:
    """Job queue: do the work of the batch that has waited longest and return it, or None when none waits.

    Work that was begun too often is given up: it may have brought the worker down. What fails for want of room, or of a
    database, is not the fault of the file, so it does not count.
    """
    batch = claim_next()
    if batch is None:
        return None
    if batch.attempts > ATTEMPTS:
        return change(batch, state=BatchState.FAILED, message=GIVEN_UP.format(ATTEMPTS), **FREE)
    try:
        work(batch)
    except (OSError, OperationalError):
        with suppress(DatabaseError):
            change(batch, attempts=batch.attempts - 1, **FREE)
        raise
    return batch


def work(batch: Batch) -> None:
    """Run a job: check or write a batch; nothing is done when another worker does it (row lock), or has done it.

    The file is read before: that takes a while, in which nobody is kept from writing.
    """
    found = _waiting(batch).first()
    if found is None:
        return
    try:
        reading = parse_file(bytes(found.content), found.name, sender_input_of(found))
        with _taken(found) as held:
            if held is not None:
                _write(held, reading) if held.state == BatchState.TO_WRITE else _check(held, reading)
    except Unreadable as error:
        _tell(found, state=BatchState.UNREADABLE, message=Truncator(str(error)).chars(500))
    finally:
        progress.forget(found)


def _waiting(batch):
    """Return the batch if it still waits for the work for which it was found."""
    return Batch.objects.filter(pk=batch.pk, state=batch.state, attempts=batch.attempts)


@contextmanager
def _taken(batch):
    """Give the batch as it is, kept from other workers until the work is done; None when it waits no longer.

    A check writes nothing, so it does not keep the one writer of SQLite from others.
    """
    waiting = _waiting(batch)
    if connection.vendor == "sqlite" and batch.state == BatchState.TO_CHECK:
        yield waiting.first()
        return
    with transaction.atomic():
        yield waiting.select_for_update(skip_locked=True).first()


def _tell(batch, **fields):
    """Write what a check has found, unless the sender has said something else meanwhile."""
    with transaction.atomic():
        if _waiting(batch).exists():
            change(batch, **fields)


def sender_input_of(batch: Batch) -> SenderInput:
    """Sender input of a batch: who sent it and what was said of it."""
    return SenderInput(
        batch.user, batch.settings, batch.answers, batch.mends, batch.name, batch.received_on, batch.beside
    )


def dry_run(
    reading: ParsedFile,
    user: Reader,
    today: date,
    answers: Mapping[str, str],
    note: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, Any], str]:
    """Dry run: (result, digest) of what writing the lines would do; nothing stays written."""
    with suppress(Rollback), transaction.atomic():
        outcome = import_rows(reading, user, today=today, answers=answers, progress=note)
        seen = to_json(outcome, reading), outcome.digest
        raise Rollback
    return seen


def _check(batch, reading):
    with on_a_copy():
        result, digest = dry_run(reading, batch.user, batch.received_on, batch.answers, progress.reporter(batch))
    day = (result["settings"] or {}).get("day")
    settings = batch.settings if DAY_FOUND in batch.settings or not day else batch.settings | {DAY_FOUND: day}
    _tell(batch, state=BatchState.CHECKED, result=_in_sight(batch, result), digest=digest, settings=settings)
    _log_taken(batch, result["unseen"])


def _log_taken(batch, values):
    """Access log entry of the values of a file that records out of the sender's sight have."""
    if values:
        address = reverse("import", args=[batch.pk])
        note_access(batch.user, AccessKind.TAKEN, f"Số trùng: {', '.join(values)}", address, len(values))


def _write(batch, reading):
    """Write what was seen in the check; when it would be something else, nothing, and the new result is kept."""
    try:
        with acting(batch.user, f"Nhập từ tệp {batch.name}") as act:
            said = {"today": batch.received_on, "answers": batch.answers}
            outcome = import_rows(reading, batch.user, **said, progress=progress.reporter(batch))
            if outcome.digest != batch.digest:
                seen = to_json(outcome, reading), outcome.digest
                raise Rollback
            done = {"state": BatchState.WRITTEN, "act": act, "written_at": Now()}
            Batch.objects.filter(pk=batch.pk).update(**done)
    except Rollback:
        result, digest = seen
        kept = {"result": _in_sight(batch, result), "digest": digest, "message": MOVED_ON}
        change(batch, state=BatchState.CHECKED, **kept)
        _log_taken(batch, result["unseen"])


def _in_sight(batch, result):
    """Return a result with the units among whose records people and answers were looked for."""
    return result | {"units": units_of_sender(batch.user)}
