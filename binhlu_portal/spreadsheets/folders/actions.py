"""Actions on files sent together: have them checked anew, saved, given up, taken back, all in one act of the sender.

The worker saves file by file, each whole or not at all, in the order in which they came. Who stands in two files is
found when the second is saved: what would be written is then not what was shown, so nothing of it is, and it is shown
again. All that was written is taken back at once, or nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from binhlu_portal.accounts.models import User
from binhlu_portal.audit.display import lines
from binhlu_portal.audit.guarded_acts import GuardedAct, guard
from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.revert import take_back
from binhlu_portal.db.actions import Refusal, action, change
from binhlu_portal.spreadsheets.jobs.actions import CHECKED_ANEW, confirm, discard, kept_line, recheck
from binhlu_portal.spreadsheets.models import Batch, BatchState, Folder

from .queries import ready

GIVEN_UP = (BatchState.TO_CHECK, BatchState.CHECKED, BatchState.UNREADABLE, BatchState.FAILED)
"""The states in which a file can still be given up."""

NOTHING_READY = "Chưa có tệp nào sẵn sàng lưu: trả lời câu hỏi và sửa lỗi trước."
NOTHING_OPEN = "Không còn tệp nào chưa lưu để bỏ."
NOTHING_WRITTEN = "Chưa có tệp nào của nhóm này được lưu, hoặc đã hoàn tác hết."


def digest_of(batches: Iterable[Batch]) -> str:
    """Return a short text that differs whenever other files are ready, or other things would be written from them."""
    return hashlib.sha256(repr([(batch.pk, batch.digest) for batch in batches]).encode()).hexdigest()


@action
def recheck_folder(*, folder: Folder, said: Mapping[int, Mapping[str, dict[str, Any]]]) -> None:
    """Recheck the files of which something was `said`, {id: what `recheck` is given}; others are left as they are."""
    for batch in _held(folder, BatchState.CHECKED):
        if batch.pk in said:
            recheck(batch=batch, **said[batch.pk])


@action
def confirm_folder(*, folder: Folder, digest: str) -> int:
    """Confirm all files that are ready, and return how many; those with faults are checked anew when these are saved.

    What one file brings, another may ask for. Raises Refusal when none is ready, or when others are than those of which
    `digest` is.
    """
    held = _held(folder, BatchState.CHECKED)
    found = ready(held)
    if not found:
        raise Refusal(NOTHING_READY)
    if digest_of(found) != digest:
        raise Refusal(CHECKED_ANEW)
    for batch in found:
        confirm(batch=batch, digest=batch.digest)
    for batch in held:
        if batch.result["faults"]:
            recheck(batch=batch)
    return len(found)


@action
def discard_folder(*, folder: Folder) -> int:
    """Discard all files that are not written or being written, and return how many. Raises Refusal when none is."""
    found = _held(folder, *GIVEN_UP)
    if not found:
        raise Refusal(NOTHING_OPEN)
    for batch in found:
        discard(batch=batch)
    return len(found)


@action
def revert_folder(*, user: User | None, folder: Folder, keep_later: bool = False) -> list[Entry]:
    """Revert all that was written from the files, in one act, and return what was left, as `revert_batch` does.

    A guarded act of `user`. Raises Refusal when nothing is written, and as `audit.revert.revert` does.
    """
    batches = _held(folder, BatchState.WRITTEN)
    if not batches:
        raise Refusal(NOTHING_WRITTEN)
    guard(user, GuardedAct.REVERT, "cả một nhóm tệp đã nhập")
    entries = Entry.objects.filter(act__in=[batch.act for batch in batches])
    later = take_back(entries, keep_later)
    kept = _kept_by_act(entries, later)
    for batch in batches:
        change(batch, state=BatchState.REVERTED, result=batch.result | {"kept": kept[batch.act]})
    return later


def _kept_by_act(entries, later):
    """Return the lines that tell of `later` entries, by the acts that had written the same records before."""
    found = defaultdict(list)
    if later:
        told = {(line.entry.table, line.entry.row): kept_line(line) for line in lines(later)}
        for act, table, row in entries.order_by().values_list("act", "table", "row").distinct():
            if (table, row) in told:
                found[act].append(told[table, row])
    return found


def _held(folder, *states):
    """Return the files of a folder in one of `states`, kept from the worker until the action is done."""
    return list(folder.batches.select_for_update().filter(state__in=states).defer("content").order_by("pk"))
