"""What of an old result its sender may still see: a file that was checked last year is read with the scope of today."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from binhlu_portal.accounts.models import User
from binhlu_portal.audit import permissions
from binhlu_portal.audit.display import model_of
from binhlu_portal.spreadsheets.importer.results import ACTIONS, NEW
from binhlu_portal.spreadsheets.models import Batch, BatchState
from organizations.rights import Right
from organizations.scope import units_kept_by

HIDDEN = "Ngoài phạm vi được giao"
"""What stands in place of a record that the sender may not see any more."""

OUT_OF_SCOPE = (
    "Có hồ sơ trong tệp này nay ngoài phạm vi được giao cho tài khoản, nên lỗi và câu hỏi cũ không hiện lại: "
    "gửi lại tệp chỉ gồm các dòng thuộc phạm vi."
)


def units_of_sender(user: User) -> list[int]:
    """Return the units for which `user` may write: what a check has looked at to find people and to ask questions."""
    return sorted(units_kept_by(user, Right.EDIT).values_list("unit", flat=True))


def written_in_sight(user: User) -> QuerySet[Batch]:
    """Return the written files of which `user` may be told: the own ones, and those of which something can be read."""
    read = permissions.readable(user).filter(act=OuterRef("act"))
    return Batch.objects.filter(Q(user=user) | Exists(read), state=BatchState.WRITTEN)


def with_same_before(files: QuerySet[Batch], user: User) -> QuerySet[Batch]:
    """Annotate `files` with when and by whom the same content was written before (`same_at`, `same_by`)."""
    same = written_in_sight(user).filter(hash=OuterRef("hash")).exclude(pk=OuterRef("pk"))
    return files.annotate(
        same_at=Subquery(same.values("written_at")[:1]), same_by=Subquery(same.values("user__full_name")[:1])
    )


def states_of(folders: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """Return how many files of each folder are how far: {id: [(words, number)]}."""
    counted = Batch.objects.filter(folder__in=[*folders]).order_by().values_list("folder", "state")
    found = defaultdict(list)
    for folder, state, count in counted.annotate(count=Count("pk")):
        found[folder].append((BatchState(state).label, count))
    return found


class ResultInSight:
    """What `user` may see today of a result and of `changes`, `new` and `read`, lines of it; two statements in all.

    It `is_whole` where nothing of what the check has looked at is out of sight. Of an old result that does not say what
    it is about, nothing is in sight.
    """

    def __init__(
        self,
        result: dict[str, Any],
        user: User,
        *,
        changes: Iterable[list] = (),
        new: Iterable[list] = (),
        read: Iterable[list] = (),
    ):
        changes, new = [[*line, None][:6] for line in changes], [[*line, None][:5] for line in new]
        subjects = [tuple(subject) for subject in result.get("subjects", ())]
        seen = _visible({*subjects, *(tuple(line[-1]) for line in [*changes, *new, *read] if line[-1])}, user)
        kept = "units" in result and set(result["units"]) <= set(units_of_sender(user))
        self.is_whole = kept and seen.issuperset(subjects)
        self.changes = [line[:5] if line[5] and tuple(line[5]) in seen else [*line[:3], HIDDEN, []] for line in changes]
        # Whom the file itself has brought, its sender has named.
        self.new = [[*line[:3], line[3] if not line[4] or tuple(line[4]) in seen else HIDDEN] for line in new]
        self.read = [line if self._shows(line, seen) else _hidden(line) for line in read]

    def _shows(self, line, seen):
        """Whether a line of the preview may be shown; one about nobody known is somebody new, or was refused."""
        *_, about = line
        return tuple(about) in seen if about else self.is_whole or line[2] == ACTIONS[NEW]


def kept_in_sight(lines: Iterable[list], user: User) -> list[list]:
    """Return what a revert has left as others wrote it, as far as `user` reads those entries of the history."""
    found = [line for line in lines if len(line) > 3]
    if not found:
        return []
    seen = set(permissions.readable(user).filter(pk__in=[line[3] for line in found]).values_list("pk", flat=True))
    return [line[:3] for line in found if line[3] in seen]


def _hidden(line):
    """Return a line of the preview without what it says."""
    sheet, row, _, _, _, cells, _ = line
    return [sheet, row, "", [], [HIDDEN], [None] * len(cells), None]


def _visible(subjects, user):
    """Return those of `subjects`, (table, id), that `user` may see today; of what has no scope, all of them."""
    asked, seen = defaultdict(set), set()
    for table, pk in subjects:
        asked[table].add(pk)
    parts = []
    for table, keys in asked.items():
        rows = model_of(table)._default_manager.order_by()
        if hasattr(rows, "visible_to"):
            parts.append(rows.visible_to(user).filter(pk__in=keys).values_list(Value(table), "pk"))
        else:
            seen |= {(table, pk) for pk in keys}
    return seen.union(_union(parts))


def _union(parts: Sequence):
    return parts[0].union(*parts[1:]) if parts else ()


def same_file_before(batch: Batch) -> Batch | None:
    """Duplicate upload: the newest written batch with the same content (SHA-256) in sight of the sender, or None."""
    others = written_in_sight(batch.user).filter(hash=batch.hash).exclude(pk=batch.pk)
    return others.defer("content", "result").select_related("user").first()
