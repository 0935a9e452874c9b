"""What the files sent together ask, and what would become of all of them: what is alike is asked once."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Any

from django.db.models import F

from binhlu_portal.accounts.models import User
from binhlu_portal.spreadsheets.importer.result_json import options_of, wrong_and_asked
from binhlu_portal.spreadsheets.importer.results import ACTIONS, REFUSED
from binhlu_portal.spreadsheets.jobs.visibility import ResultInSight, with_same_before
from binhlu_portal.spreadsheets.models import Batch, BatchState, Folder
from binhlu_portal.text.likeness import nearly_same
from binhlu_portal.text.vietnamese import search_key

ASKED = 100
"""How many questions a page asks, those first of which nothing is proposed."""

LIKE, LIKE_THAT_ONE = "nhu:", "Là một với “{}” ở tệp khác"
"""What answers a question about a name as that about another, and in words."""

TOLD = [name for name in ACTIONS if name != REFUSED]
"""What is counted of each file beside its faults and questions."""


@dataclass
class FolderQuestion:
    """A question that several rows of several files ask alike; `places` are (file, place of the fault).

    `proposed` is the answer unless the sender chooses another. An answer in `likes` {answer: key of a question} is the
    answer to that one. The first of those that are asked in the same way has `others`, which may be answered as it is.
    """

    key: str
    message: str
    value: str
    who: str
    options: dict[str, str]
    proposed: str = ""
    places: list[tuple[Batch, str]] = field(default_factory=list)
    likes: dict[str, str] = field(default_factory=dict)
    same: str = ""
    others: int = 0

    @property
    def files(self) -> list[str]:
        """The names of the files that ask it."""
        return list(dict.fromkeys(batch.name for batch, _ in self.places))


@dataclass
class FolderColumn:
    """A heading of which some file is not sure what it means, or how it is written; `columns` are (file, settings)."""

    heading: str
    field: str
    examples: list[str]
    columns: list[tuple[Batch, dict[str, Any]]] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        """Whether its meaning is."""
        return all(column["certain"] for _, column in self.columns)

    @property
    def hints(self) -> list[str]:
        """What is to be seen about it."""
        return list(dict.fromkeys(hint for _, column in self.columns for hint in column.get("hints", ())))

    @property
    def files(self) -> list[str]:
        """The names of the files that have it."""
        return list(dict.fromkeys(batch.name for batch, _ in self.columns))


def files_of(folder: Folder, user: User) -> list[Batch]:
    """Return the own files of a folder with what their pages tell, without the lines; one statement."""
    told = {name: F(f"result__{name}") for name in ("counts", "faults", "writes", "subjects", "units", "unread")}
    own = with_same_before(Batch.objects.of(user).filter(folder=folder), user)
    files = list(own.annotate(reading=F("result__settings"), **told).order_by("pk"))
    for batch in files:
        counts = (batch.counts or {}).values()
        batch.told = [(ACTIONS[name], sum(found.get(name, 0) for found in counts)) for name in TOLD]
        faults = (batch.faults or []) if batch.state == BatchState.CHECKED else []
        batch.wrong, batch.asked = wrong_and_asked(faults)
        batch.only_asks = batch.asked and not batch.wrong
        batch.is_ready = is_ready(batch, {"faults": faults, "writes": batch.writes})
        says_nothing = batch.state == BatchState.CHECKED and not faults and not batch.writes
        batch.is_unread = says_nothing and bool(batch.unread)
        batch.is_right = says_nothing and bool(batch.counts) and not batch.unread
    return files


def ready(files: Iterable[Batch]) -> list[Batch]:
    """Return those of `files`, with their results, that could be saved as they are."""
    return [batch for batch in files if is_ready(batch, batch.result or {})]


def is_ready(batch: Batch, result: Mapping[str, Any]) -> bool:
    """Whether a file is checked, without faults, and something would be written from it."""
    return batch.state == BatchState.CHECKED and not result.get("faults") and bool(result.get("writes"))


def is_in_sight(files: Iterable[Batch], user: User) -> bool:
    """Whether nothing of what the checks have looked at is out of sight of `user` today."""
    checked = [batch for batch in files if batch.faults]
    seen = {"subjects": [subject for batch in checked for subject in batch.subjects or ()]}
    if all(batch.units is not None for batch in checked):
        seen["units"] = sorted({unit for batch in checked for unit in batch.units})
    return not checked or ResultInSight(seen, user).is_whole


def questions_of(files: Iterable[Batch]) -> list[FolderQuestion]:
    """Return what the checked files ask, alike questions about the same value as one.

    Those without a proposal come first, the most frequent before others. Of two about names that may be one, in
    different files, neither keeps its proposal, and each may be answered as the other.
    """
    found = {}
    for batch in files:
        for fault in batch.faults or () if batch.state == BatchState.CHECKED else ():
            if not fault["options"]:
                continue
            said = fault["message"], fault["value"], fault["who"], options_of(fault)
            key = hashlib.sha256(repr(fault.get("topic") or said).encode()).hexdigest()[:16]
            question = found.setdefault(
                key, FolderQuestion(key, *said, fault.get("proposed", ""), same=fault.get("same", ""))
            )
            question.proposed = question.proposed if fault.get("proposed") else ""
            question.places.append((batch, fault["place"]))
    questions = list(found.values())
    _compare([question for question in questions if question.proposed])
    questions.sort(key=lambda question: (bool(question.proposed), -len(question.places)))
    same = Counter(question.same for question in questions if question.same)
    for question in questions:
        question.others = same.pop(question.same, 1) - 1
    return questions


def _compare(questions):
    """Offer each of two questions about names that may be one the answer to the other; propose nothing then."""
    names = {question.key: search_key(question.value) for question in questions}
    alike = [pair for pair in combinations(questions, 2) if nearly_same(*(names[each.key] for each in pair))]
    for one, other in chain.from_iterable((pair, pair[::-1]) for pair in alike):
        one.likes[f"{LIKE}{other.key}"] = other.key
        one.options = {f"{LIKE}{other.key}": LIKE_THAT_ONE.format(other.value)} | one.options
        one.proposed = ""


def columns_of(files: Iterable[Batch]) -> list[FolderColumn]:
    """Return the headings of which the meaning is not sure, or the order of days and months, each once.

    A column without a heading is like no other; one whose meaning is sure is not like one that means something else.
    """
    found = defaultdict(list)
    for batch in files:
        for column in (batch.reading or {}).get("columns", ()) if batch.state == BatchState.CHECKED else ():
            if not column["certain"] or column.get("turn"):
                heading = column["header"] or f"{column['sheet']}!{column['column']}"
                found[heading, column["field"] if column["certain"] else None].append((batch, column))
    return [_column(columns) for columns in found.values()]


def _column(columns: Sequence[tuple[Batch, dict[str, Any]]]):
    """Return columns of one heading as one, with the meaning most of them have been given."""
    ((meaning, _),) = Counter(column["field"] for _, column in columns).most_common(1)
    first = columns[0][1]
    return FolderColumn(first["header"], meaning, first["examples"], [*columns])
