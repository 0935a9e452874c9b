"""Resolution of a list: who its people are on the portal, and in which cell.

What is not sure is asked, nobody guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Model

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.importer import ANOTHER, NEW_ONE
from binhlu_portal.spreadsheets.importer.rows import Fault, ImportRow
from members.models import Member, Spell
from organizations.choices import CELLS
from organizations.models import UnitPeriod

from .cells import MODELS
from .new_units import NewUnits
from .parser import PersonLine
from .record_linkage import match
from .units import find_units, successors, without_committee
from .unknown_units import SKIP, UnknownUnits, topic_of

STAY, AS_IT_IS = "giu", "dung"
AS_IT_IS_WORDS = "Đúng như vậy: lưu như trong tệp"
SKIP_IT, STAY_THERE = "Bỏ qua dòng này", "Chỉ cập nhật hồ sơ, giữ nơi sinh hoạt"
SKIP_THEM = "Bỏ qua các dòng này"
NEAR = "Gần giống người ở dòng {}, trang “{}”: {}. Có phải một người ghi hai lần không?"
TWO_PEOPLE = "Hai người khác nhau: lưu cả hai"
WHO = "Có phải người đã có trên hệ thống không? Chọn một."
WHICH_CELL = "“{}” là chi bộ nào?"
ASKED_ABOVE = "Chưa rõ chi bộ: trả lời câu hỏi ở dòng {} trang “{}”."
WHOLE_FILE = "", 0
"""Where cells are made that the people of a list are in: no row of theirs."""

UNIT_ASKED = "Chưa rõ chi bộ: trả lời câu hỏi về tổ chức đảng ấy."
STRANGERS = (
    "Chưa ghi {} chức vụ của người chưa có trên hệ thống: nhập danh sách đảng viên trước, rồi gửi lại danh sách này."
)
NO_CELL = "Chưa rõ người này thuộc chi bộ nào: chọn chi bộ của cả danh sách ở mục “Cách đọc tệp”."
NO_CELL_YET = (
    "Chưa rõ người này thuộc chi bộ nào, và hệ thống chưa có chi bộ nào. Ghi “Chi bộ …” ở tiêu đề danh sách, tên trang "
    "hoặc tên tệp rồi gửi lại."
)
ELSEWHERE = (
    "Trên hệ thống người này đang sinh hoạt ở “{}”. Nếu đã chuyển, hãy ghi việc chuyển sinh hoạt trước rồi gửi lại."
)
CAME_THEN = (
    "Danh sách ghi về chi bộ ngày {:%d/%m/%Y}, hệ thống đang ghi {:%d/%m/%Y}: ngày trên hệ thống sai thì sửa ở hồ sơ."
)
NEWCOMER = (
    "Người này chưa có trong chi bộ. Việc kết nạp, tiếp nhận do Văn phòng cấp trên ghi: đề nghị Văn phòng ghi trước."
)


@dataclass
class RosterPerson:
    """Resolved person of the list with the cell, and who it is on the portal (None: new).

    Of somebody known of whom several rows tell, each something else, the others have the `first` of these rows.
    """

    said: PersonLine
    cell: UnitPeriod | None
    member: Member | None
    first: PersonLine | None = None

    @property
    def pk(self) -> int | None:
        """The id of the person, None for someone new."""
        return self.member and self.member.pk

    @property
    def mark(self) -> str:
        """Row id (mark): what the other lines of the file call the person; two may stand side by side in a row."""
        row = self.first or self.said
        return f"{row.sheet}!{row.row}!{row.columns.get('full_name', 0)}"

    def line(self, model: type[Model], pk: int | None = None, **values: Any) -> ImportRow:
        """Return a line about the person, which stands in the row of the list."""
        kind = next((f"{prefix}." for prefix, each in MODELS.items() if prefix and each is model), None)
        columns = {name: column + 1 for name, column in self.said.columns.items() if "." not in name}
        columns |= {
            name.removeprefix(kind): column + 1
            for name, column in self.said.columns.items()
            if kind and name.startswith(kind)
        }
        mark = self.mark if model is Member else ""
        more = {"mark": mark, "pk": pk, "columns": columns, "who": who_of(self.said.values)}
        return ImportRow(TABS[model], self.said.sheet, self.said.row, values, **more)


class Resolver:
    """Resolver of one list for its sender: `places` {unit id: period} are cells to fill, `chosen` that of the file.

    Cells that the sender has made of names are added to the places; `made` are the lines that make them.
    """

    def __init__(
        self, said: SenderInput, day: date, places: dict[int, UnitPeriod], chosen: UnitPeriod | None, may_decide: bool
    ):
        self.said, self.day, self.places, self.chosen, self.may_decide = said, day, places, chosen, may_decide
        self.new = NewUnits(said, day, CELLS)
        self.unknown = UnknownUnits(said, places, self.new, WHICH_CELL, SKIP_THEM)
        self.passed_over, self.strangers = set(), 0

    @property
    def made(self) -> list[ImportRow]:
        """The lines that make cells."""
        return self.new.lines

    @property
    def notes(self) -> list[str]:
        """What to tell of holders of posts whom the portal does not know."""
        return [STRANGERS.format(self.strangers)] if self.strangers else []

    def find(self, people: list[PersonLine]) -> tuple[list[RosterPerson], list[ImportRow]]:
        """Resolve people: (people found, lines of those about whom something must be corrected or asked first)."""
        bare = without_committee({line.unit for line in people if line.unit})
        for line in people:
            line.unit = bare.get(line.unit, line.unit)
        cells = self._cells(people)
        spells = Spell.objects.editable_by(self.said.user).on(self.day)
        known = Member.objects.editable_by(self.said.user)
        people = [line for line in people if line.unit not in self.passed_over]
        matches = match(people, units=cells, people=known, spells=spells)
        stays = list(spells.values_list("member", "unit", "started_on"))
        self.stays = {member: unit for member, unit, _ in stays}
        self.came = {member: day for member, _, day in stays}
        found, refused = [], []
        for matched in matches:
            person, card = self._person(matched)
            if card.faults:
                refused.append(card)
            elif person:
                found.append(person)
        return found, refused

    def _cells(self, people):
        """Return {text: id of the cell} of the texts that name cells; what is not clear is asked once."""
        texts, places = [line.unit for line in people], [*self.places.values()]
        found = find_units(texts, places)
        if any(match.unit is None for match in found.values()):
            found = find_units(texts, places, successors(self.said.user, self.day))
        self.unknown.expect(found)
        cells = {None: self.chosen and self.chosen.unit_id}
        for line in sorted(people, key=lambda line: line.of_holder):
            if line.unit and line.unit not in cells:
                told = found[line.unit]
                cells[line.unit] = told.unit if line.of_holder else self._cell(line, told)
        return cells

    def _cell(self, line, found):
        """Return the cell that a text means, or None when it has to be asked, or its lines are passed over."""
        if found.unit:
            return found.unit
        if self.chosen and (self.said.settings.get("unit") or not self.new.parent):
            return self.chosen.unit_id
        unit = self.unknown.settle(line, found, WHOLE_FILE)
        if unit == SKIP:
            self.passed_over.add(line.unit)
        return None if unit == SKIP else unit

    def _person(self, matched):
        """Return the `RosterPerson` of a line (None: passed over) and the line of the card with what is wrong."""
        said = matched.line
        person = RosterPerson(said, self.places.get(matched.unit), matched.person)
        card = person.line(Member)
        answer = self._answer(card, "full_name")
        candidates = {str(member.pk): (member, why) for member, why in matched.candidates}
        skipped = (self.said.answers.get(f"{said.sheet}!{said.row}!{at + 1}") for _, at, *_ in said.doubts)
        if SKIP in (answer, self._answer(card), *skipped):
            return None, card
        if said.of_holder and not (matched.person or candidates or said.faults):
            self.strangers += 1
            return None, card
        where = said.sheet, said.row
        card.faults += [Fault(*where, column + 1, text, told, who=card.who) for _, column, text, told in said.faults]
        card.faults += self._doubts(said, card)
        if matched.fault:
            card.faults.append(card.fault(matched.fault))
        elif matched.near and self._answer(card) != AS_IT_IS:
            near = matched.near
            sentence = NEAR.format(near.row, near.sheet, who_of(near.values))
            card.faults.append(card.fault(sentence, options={AS_IT_IS: TWO_PEOPLE, SKIP: SKIP_IT}))
        elif answer in candidates:
            person.member = candidates[answer][0]
        elif candidates and answer != ANOTHER:
            options = {pk: f"{self._told(member)} ({why})" for pk, (member, why) in candidates.items()}
            options |= {ANOTHER: NEW_ONE, SKIP: SKIP_IT} if self.may_decide else {SKIP: SKIP_IT}
            asked = card.fault(WHO, "full_name", options)
            ways = {why for _, why in candidates.values()}
            card.faults.append(replace(asked, same=f"ai:{ways.pop()}" if len(candidates) == 1 else ""))
        card.faults += self._about_cell(person, card)
        self._compare_day(person)
        return person, card

    def _compare_day(self, person):
        """Say that somebody known came into the cell on another day than the list says: no list moves that day."""
        told, known = day_of(person.said.values.get("spell.started_on")), self.came.get(person.pk)
        if told and known and told != known:
            person.said.unwritten.append(CAME_THEN.format(told, known))

    def _doubts(self, said, card):
        """Return the questions about what is odd, but for what the sender has answered; any answer confirms it."""
        options = {AS_IT_IS: AS_IT_IS_WORDS, SKIP: SKIP_IT}
        asked = [
            Fault(said.sheet, said.row, at + 1, text, what, options, card.who) for _, at, text, what in said.doubts
        ]
        return [question for question in asked if question.place not in self.said.answers]

    def _answer(self, card, name=""):
        """Return what the sender answered to the question about a cell, or about the row."""
        return self.said.answers.get(card.fault("", name).place)

    def _told(self, member):
        """Return a person as a question names them: name, birth, cell."""
        cell = self.places.get(self.stays.get(member.pk))
        return ", ".join(
            filter(None, (member.full_name, member.born_on and f"sinh {member.born_on}", cell and cell.name))
        )

    def _about_cell(self, person, card):
        """Return what is wrong with the cell of a person: unknown, or another than the portal says."""
        question = self.unknown.questions.get(topic_of(person.said.unit)) if person.said.unit else None
        if question and question.row_place == (person.said.sheet, person.said.row):
            return [question]
        if question:
            return [replace(card.fault(ASKED_ABOVE.format(question.row, question.sheet)), waits=True)]
        if person.member is None:
            if person.cell is None:
                return [card.fault(NO_CELL if self.places else NO_CELL_YET)]
            asked = any(fault.options for fault in card.faults)
            return [] if self.may_decide or asked else [card.fault(NEWCOMER)]
        there = self.places.get(self.stays.get(person.member.pk))
        if person.cell is None or there is None or there.unit_id == person.cell.unit_id:
            return []
        moved = card.fault(ELSEWHERE.format(there.name), options={STAY: STAY_THERE, SKIP: SKIP_IT})
        moved = replace(moved, same="noi-khac")
        return [] if self._answer(card) == STAY else [moved]


def each_once(people: Iterable[RosterPerson]) -> tuple[list[RosterPerson], list[RosterPerson]]:
    """Return (people, each in the first row about them; what further rows tell of those of them who are known)."""
    rows, once, again = {}, [], []
    for person in people:
        first = rows.setdefault(person.pk, person.said) if person.pk else person.said
        if first is person.said:
            once.append(person)
        else:
            again.append(replace(person, first=first))
    return once, again


def day_of(said: date | PartialDate | None) -> date | None:
    """Return a day that a list tells, whole or as a partial date that is known to the day; else None."""
    if said is None or isinstance(said, date):
        return said
    return said.first_day if said.precision == "day" else None


def without_asked(lines: list[ImportRow], asked: Iterable[Fault]) -> list[ImportRow]:
    """Return lines of people of whom those wait that ask what is `asked` of a unit of the file already."""
    topics = {fault.topic for fault in asked if fault.topic}
    for line in lines:
        own = [fault for fault in line.faults if fault.topic not in topics]
        waits = [replace(line.fault(UNIT_ASKED), waits=True)] if len(own) < len(line.faults) else []
        line.faults = own + waits
    return lines


def who_of(values: Mapping[str, Any]) -> str:
    """Return a person as the list says it: name and birth."""
    return ", ".join(str(values[name]) for name in TABS[Member].tells if values.get(name))


def of_kind(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a kind of record ("state"), by the names of its fields: {"education": …} of {"state.education": …}."""
    prefix = f"{kind}."
    return {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
