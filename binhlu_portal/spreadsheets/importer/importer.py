"""Importer: brings the lines of a file into the database; find, compare, ask the rules, write.

Everything happens inside the transaction of the caller, who keeps it or takes it back: a check is an import that is
taken back (dry run), so that what it tells is what would be written. A record that is not in the file is left alone;
nothing is deleted. Lines are read and written in parts, so that a long file takes little memory.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from binhlu_portal.audit.change_sets import newest_entry
from binhlu_portal.dates.happened import future_days
from binhlu_portal.db.rules_in_place import refuse_without_rules
from binhlu_portal.spreadsheets.data_workbook.reader import STAMP
from binhlu_portal.spreadsheets.data_workbook.resources import CARRIED, TABS
from organizations.scope import Reader

from .bisect import bisect, insert, save
from .carried import carried_along
from .disagreements import disagreements
from .exchange import Exchange, without_room
from .lookups import Lookups, batched_query, by_key, existing_keys, key_of, parts
from .results import CHANGED, FOREIGN, NEW, REFUSED, SAME, ImportResult, RecordResult, describe, foreign, told_at
from .rows import ParsedFile, causes, check
from .three_way_diff import SIDES, Exported

PART = 2_000
"""How many lines are in memory at once, and how many records are written together."""

NOT_FOUND = "Không tìm thấy “{}” trong phạm vi được giao: chọn trong danh sách của ô, hoặc ghi mã trong ngoặc vuông."
NOT_READY = "“{}” là hồ sơ ở một dòng có lỗi của tệp: sửa dòng đó trước."
TWICE = "Hồ sơ này đã có ở dòng {} trang “{}”: chỉ giữ một dòng."
ALIKE = "Trên hệ thống đã có “{}” giống hệt về những điểm chính. Có phải cùng một hồ sơ không?"
ANOTHER, THAT_ONE, NEW_ONE = "moi", "Cùng hồ sơ đó: sửa hồ sơ đã có", "Hồ sơ khác: thêm mới"
HELD_UP = "Chưa lưu được vì dòng {} trang “{}” có lỗi: sửa dòng đó trước."


def import_rows(
    reading: ParsedFile,
    user: Reader,
    *,
    today: date,
    answers: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportResult:
    """Import all lines that are right; what stands in one row is written whole or not at all.

    `today` is the day on which the file was brought: nothing in it happened later. `answers` are {place of a question:
    answer}. `progress(done, total)` is told how far it is. Raises Refusal while the database lacks rules.
    """
    refuse_without_rules()
    skip, told, since = set(), {}, newest_entry()
    while True:
        with transaction.atomic():
            outcome = Importer(reading, user, today, answers or {}, progress or (lambda done, total: None)).run(skip)
            told |= {(fault.place, fault.message): fault for fault in outcome.faults}
            wrong = {fault.row_place for fault in outcome.faults}
            if not wrong & outcome.places:
                outcome.faults = sorted(causes(told.values()), key=reading.order)
                outcome.carried = carried_along(outcome, since)
                return outcome
            transaction.set_rollback(True)
        skip |= wrong


class Importer:
    """Importer of one file: one run over its lines."""

    def __init__(self, reading, user, today, answers, progress):
        self.reading, self.today, self.answers, self.progress = reading, today, answers, progress
        self.links = Lookups(user)
        self.stamp = self.links.marks.ours(STAMP, reading.stamp)
        self.outcome, self.claimed = ImportResult([*reading.faults], reading.previewed), {}
        self.broken, self.read_only = ({model: set() for model in TABS} for _ in range(2))
        self.written, self.refused, self.exchange = {model: {} for model in TABS}, {}, Exchange()

    def run(self, skip: Collection[tuple[str, int]]) -> ImportResult:
        """Write what can be written, but not the rows `skip`.

        What is refused is tried again after the rest as long as that helps: one record may make room for another. Two
        that both wait for room may have changed places.
        """
        waiting = self._pass(line for line in self.reading.lines if not self._given_up(line, skip))
        waiting = self._pass_again(waiting)
        if self._exchange(without_room(waiting)):
            waiting = self._pass_again(waiting)
            self.outcome.faults += self.exchange.held_up(HELD_UP)
        for line in waiting:
            self._refuse(line)
        self._ask_scope()
        self.outcome.faults += disagreements(self.written)
        return self.outcome

    def _given_up(self, line, skip):
        """Whether a line is not to be written at all, and note that."""
        line.blames.clear()
        if line.faults or line.place in skip:
            self._refuse(line)
            return True
        return False

    def _refuse(self, line):
        """Note that a line is not written, and which records wait for it."""
        for field in line.tab.links:
            self.refused.setdefault((field.related_model, line.values.get(field.name)), line.place)
        self.broken[line.tab.model] |= line.names
        self.outcome.count(line, REFUSED)
        self.outcome.faults += line.faults + line.blames

    def _pass_again(self, waiting):
        """Write the lines `waiting` as long as some can be; return those that cannot."""
        while waiting:
            refused = self._pass(waiting)
            if len(refused) == len(waiting):
                break
            waiting = refused
        return waiting

    def _exchange(self, stuck):
        """Let the lines `stuck` that have changed places be about each other's records; return whether some have."""
        for tab, group in groupby(stuck, attrgetter("tab")):
            lines = list(group)
            known = self._by_mark(tab, self.links.reach(tab.model, tab.right), lines)
            for pk in self.exchange.find(tab, lines, known, self.links):
                self.claimed.pop((tab.table, pk), None)
        return bool(self.exchange.places)

    def _pass(self, lines):
        """Write `lines`, which come tab by tab; return those that were refused."""
        refused = []
        for tab, group in groupby(lines, attrgetter("tab")):
            for part in parts(group, PART):
                self._write_part(tab, part)
                refused += [line for line in part if line.blames]
                self.progress(self.outcome.done, self.reading.count)
        return refused

    def _write_part(self, tab, lines):
        """Write lines of one tab."""
        for line in lines:
            line.blames.clear()
        found = self._find(tab, self._resolve(tab, lines))
        exported = Exported(tab, self.stamp, {record.row.pk for record, _ in found if record.action == SAME})
        for record, values in found:
            self._fill(record, values, exported)
        good = [record for record, _ in found if not record.line.blames]
        for record in good:
            tab.prepare(record.row)
        changed, new = ([record for record in good if record.action == action] for action in (CHANGED, NEW))
        if changed and tab.model in CARRIED:
            self.links.remember(self.reading.lines)
        for record, refusal in (*bisect(changed, save), *bisect(new, insert)):
            self.links.blame(record, refusal)
        for record in good:
            if not record.line.blames:
                self._note(tab, record)
        self.broken[tab.model].update(*(line.names for line in lines if line.blames))

    def _note(self, tab, record):
        """Note that a record is as its line says."""
        line = record.line
        self.outcome.add(record)
        for name in line.names:
            self.links.name(tab.model, name, record.row.pk)
            self.broken[tab.model].discard(name)
        if record.action != SAME:
            changed = {*record.changes} if record.action == CHANGED else None
            self.written[tab.model][record.row.pk] = line.fault(foreign(tab)), describe(tab, record.row), changed

    def _resolve(self, tab, lines):
        """Return [(line, its values)] with what links mean in place of texts; blame what means nothing."""
        found = {field.name: (field, self.links.targets(tab, field, lines)) for field in tab.links}
        resolved = []
        for line in lines:
            values = dict(line.values)
            for name, (field, targets) in found.items():
                if text := values.get(name):
                    values[name] = targets.get(text)
                    if values[name] is None:
                        waits = text in self.broken[field.related_model]
                        line.blame((NOT_READY if waits else NOT_FOUND).format(text), name, waits=waits)
            if not line.blames:
                resolved.append((line, values))
        return resolved

    def _find(self, tab, resolved):
        """Return [(record, values)]: each line with the record of the portal it is about, or with a new one."""
        reach = self.links.reach(tab.model, tab.right)
        known = self._by_mark(tab, reach, [line for line, _ in resolved])
        for names in tab.keys:
            known |= by_key(tab, reach, names, [pair for pair in resolved if id(pair[0]) not in known])
        if tab.alike:
            known |= self._by_answer(tab, reach, [pair for pair in resolved if id(pair[0]) not in known])
        found = []
        for line, values in resolved:
            row = known.get(id(line))
            first = self._claim(tab, line, values, row)
            if first != line.place:
                line.blame(TWICE.format(first[1], first[0]))
            elif not line.blames:
                found.append((RecordResult(line, row or tab.model(), SAME if row else NEW), values))
        return found

    def _claim(self, tab, line, values, row):
        """Return the place of the first line about the record of `line`, itself perhaps: one of its keys, or its id."""
        claims = [(tab.table, names, key) for names in tab.keys if (key := key_of(names, values))]
        claims += [(tab.table, row.pk)] if row else []
        places = [self.claimed.setdefault(claim, line.place) for claim in claims]
        return next((place for place in places if place != line.place), line.place)

    def _by_mark(self, tab, reach, lines):
        """Return the records that the marks of `lines` mean, by line; blame lines about records out of sight.

        Those that the sender only reads may stand in the file as they are. No mark means what the file itself brought:
        in an emptied database the numbers of records begin anew.
        """
        brought = {pk for pk, (_, _, changed) in self.written[tab.model].items() if changed is None}
        marked = {
            id(line): self.exchange.places.get(id(line)) or line.pk or self.links.marks.ours(tab.table, line.mark)
            for line in lines
        }
        marked = {line: pk for line, pk in marked.items() if pk and pk not in brought}
        known = existing_keys(reach, set(marked.values())) | self.links.reached[tab.model].intersection(marked.values())
        read_only = existing_keys(self.links.visible(tab.model), set(marked.values()) - known)
        self.read_only[tab.model] |= read_only
        rows = {row.pk: row for row in batched_query(tab.model._base_manager.all(), "pk", known | read_only)}
        hidden = existing_keys(tab.model._base_manager.all(), set(marked.values()) - rows.keys())
        for line in (line for line in lines if marked.get(id(line)) in hidden):
            line.blame(FOREIGN)
        return {line: rows[pk] for line, pk in marked.items() if pk in rows}

    def _by_answer(self, tab, reach, resolved):
        """Return the records that the sender says `resolved` lines are about, by line; ask where he has not said.

        Records that the file itself has brought are others: two people may share name and birthday.
        """
        alike, known = by_key(tab, reach, tab.alike, resolved), {}
        for line, _ in resolved:
            row = alike.get(id(line))
            if row is None or row.pk in self.written[tab.model]:
                continue
            answer = self.answers.get(line.fault("", tab.alike[0]).place)
            if answer == str(row.pk):
                known[id(line)] = row
            elif answer != ANOTHER:
                line.blame(ALIKE.format(row), tab.alike[0], {str(row.pk): THAT_ONE, ANOTHER: NEW_ONE})
        return known

    def _fill(self, record, values, exported):
        """Give the record the values of its line, note what changes, and ask the rules that need no writing."""
        line, row = record.line, record.row
        if record.action == SAME:
            answers = {name: self.answers.get(line.fault("", name).place) for name in values} if self.answers else {}
            record.changes, questions = exported.changes(row, values, answers)
            for name, question in questions.items():
                line.blame(question, name, SIDES)
            if not record.changes:
                return
            if row.pk in self.read_only[line.tab.model]:
                line.blame(foreign(line.tab))
                return
            values = {name: values[name] for name in record.changes}
            record.action = CHANGED
        if line.blame_unread(values):
            return
        for name, value in values.items():
            field = row._meta.get_field(name)
            setattr(row, name if isinstance(value, Model) else field.attname, value)
        try:
            if sentences := future_days(line.tab.model, values, self.today):
                raise ValidationError(sentences)
            check(line.tab, row)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    line.blame(*told_at(line, name, message))

    def _ask_scope(self):
        """Ask the scope again about all that was written, now that it is there; blame what lies out of reach.

        Someone whose stay was refused is in no cell: then the line of the stay is to blame.
        """
        wrong = {fault.row_place for fault in self.outcome.faults}
        causes = {(model, self.links.local[model].get(text)): place for (model, text), place in self.refused.items()}
        for model, written in self.written.items():
            reach = self.links.reach(model, TABS[model].right)
            for pk in written.keys() - existing_keys(reach, written):
                fault, whose, _ = written[pk]
                if whose in causes:
                    sheet, row = causes[whose]
                    fault = replace(fault, message=HELD_UP.format(row, sheet))
                if fault.row_place not in wrong:
                    self.outcome.faults.append(fault)
