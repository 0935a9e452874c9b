"""Lines of registers: the records besides the card that each row of a list tells of, as `registers.py` says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import Fault, ImportRow
from organizations.scope import SYSTEM, rights_of

from .column_types import IGNORED, ONE_VALUE
from .registers import REGISTERS, ListedRegister, of_units, register_of, titled
from .resolution import SKIP, of_kind

LACKING = "Chưa đọc {}: danh sách không có cột {}. Thêm cột đó rồi gửi lại, hoặc ghi ở sổ."
NOT_ALLOWED = "Chưa đọc {}: sổ này do Văn phòng cấp trên ghi."
NOT_ABOUT = "Chưa đọc {}: danh sách này ghi {}."
LEAVE_OUT = "Không lưu {}"
NOT_SO = "Câu trả lời cho cả danh sách không hợp với dòng này. Ghi thêm cột {} rồi gửi lại."
NO_NUMBER = "Dấu x không cho biết {}. Ghi rõ trong ô, hoặc ở tiêu đề cột."
OTHER_NUMBER = "Tiêu đề cột ghi {}, ô ghi khác. Sửa ô cho khớp, hoặc chuyển sang cột đúng."


def readable(kinds: Mapping[int, str], said: SenderInput) -> tuple[dict[int, str], list[str]]:
    """Return what of the columns of a list is read, and what to tell of the registers that are not.

    One that lacks a column its records need is not read, nor one that the sender may not write.
    """
    rights = None if said.user is SYSTEM else rights_of(said.user)
    passed, told = [], []
    for register in REGISTERS.values():
        if not any(register_of(kind) is register for kind in kinds.values()):
            continue
        lacking = register.lacks(kinds.values())
        names = any(kind.startswith("full_name") for kind in kinds.values())
        if rights is not None and register.tab.right not in rights:
            told.append(NOT_ALLOWED.format(register.called))
        elif names == (register.about == "unit"):
            told.append(NOT_ABOUT.format(register.called, "từng người" if names else "từng tổ chức đảng"))
        elif lacking:
            told.append(LACKING.format(register.called, _quoted(lacking)))
        else:
            continue
        passed.append(register)
    read = {index: IGNORED if register_of(kind) in passed else kind for index, kind in kinds.items()}
    return (read if of_units(read) or not of_units(kinds) else {}), told


def untold(titles: Iterable[str], kinds: Mapping[int, str]) -> list[str]:
    """Return what to tell of the registers of which the titles of a list speak, and none of its columns does."""
    about = "unit" if of_units(kinds) else "member"
    spoken = [REGISTERS[name] for name in titled(titles)]
    spoken = [each for each in spoken if each.about == about and not each.with_card]
    silent = [each for each in spoken if not any(register_of(kind) is each for kind in kinds.values())]
    return [LACKING.format(each.called, _quoted(each.label(names[0]) for names in each.needs)) for each in silent]


def records_in(register: ListedRegister, values: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return (number, values) of the records of a register that a row tells of; "" is the one without a number.

    What only adds to records, as the day of a decision, is of all that are in the row.
    """
    found, shared, beside = {}, {}, []
    for name, value in of_kind(register.name, values).items():
        field, _, number = name.partition("#")
        if ONE_VALUE.search(field):
            beside.append((number, ONE_VALUE.sub("", field), value))
            continue
        at = found.setdefault(number, {}) if number or field in register.telling else shared
        at[field] = value
    several = [(number, shared | found.get(number, {}) | {field: value}) for number, field, value in beside]
    split = {number for number, *_ in beside if register.beside not in found.get(number, {})}
    alone = ((number, own) for number, own in found.items() if own.keys() & register.telling and number not in split)
    return [*several, *((number, shared | own) for number, own in alone)]


def _quoted(labels):
    return ", ".join(f"“{label}”" for label in labels)


@dataclass
class RegisterLines:
    """Lines of registers of one list: `lines` are made of the rows, `questions` are asked of the whole list."""

    said: SenderInput
    day: date

    def __post_init__(self):
        self.lines, self.questions, self.waiting = [], [], set()

    def add(self, people: Iterable[Any], about: str = "member") -> None:
        """Add the lines of people, or of units (`RosterUnit`)."""
        for register in (each for each in REGISTERS.values() if not each.with_card and each.about == about):
            told = [(person, records_in(register, person.said.values)) for person in people]
            told = [(person, records) for person, records in told if records]
            if told:
                self._add(register, told)

    def _add(self, register, told):
        """Add the lines of one register."""
        lines = [
            (number, self._line(register, person, number, values))
            for person, records in told
            for number, values in records
        ]
        for question in register.questions:
            lines = self._answered(register, question, lines, told)
        for line in (line for _, line in lines if id(line) not in self.waiting):
            self._complete(register, line)
            self.lines.append(line)

    def _complete(self, register, line):
        """Put the values of a line in order; what contradicts itself is its fault."""
        if line.faults:
            return
        own = {name: value for name, value in line.values.items() if name != register.about}
        try:
            own = register.complete(own)
        except ValueError as error:
            line.faults.append(line.fault(str(error), next((name for name in line.columns if name in own), "")))
        line.values = {register.about: line.values[register.about]} | own

    def _line(self, register, person, number, values):
        """Return the line of a record; a number that its cell contradicts is its fault."""
        line = person.line(register.model, **{register.about: person.mark})
        columns = {name: at for name, at in line.columns.items() if name.partition("#")[2] == number}
        columns = {ONE_VALUE.sub("", name).partition("#")[0]: at for name, at in columns.items()}
        line.columns |= columns
        try:
            line.values |= self._numbered(register, number, values)
        except ValueError as error:
            line.values |= values
            line.faults.append(line.fault(str(error), next(iter(columns), "")))
        return line

    def _numbered(self, register, number, values):
        """Return the values of a record with the number in its heading; the cell says the same, or has a mark."""
        said = values.get(register.apart)
        meant = of_kind(register.name, register.read(register.apart, number, self.day)) if number else {}
        if said is True and not meant:
            raise ValueError(NO_NUMBER.format(register.label(register.apart)))
        if said not in (None, True) and meant.get(register.apart, said) != said:
            raise ValueError(OTHER_NUMBER.format(number))
        return values | meant

    def _answered(self, register, question, lines, told):
        """Return the (number, line) with what the sender answered to a question; those without an answer wait.

        Of a record that is there already nothing is asked.
        """
        known = self._known(register, told) if question.of_new else ()
        asked, answered = {}, []
        for number, line in lines:
            there = self._key(register, line) in known
            if there and line.values.keys() <= {register.about, register.apart}:
                continue  # it says nothing but what is known
            if there or line.faults or not question.is_open(line.values):
                answered.append((number, line))
            else:
                asked.setdefault((line.sheet, number, question.group_of(line.values)), []).append(line)
        for (_, number, group), among in asked.items():
            columns = [line.columns[name] for line in among for name in register.telling if name in line.columns]
            fault = self._fault(register, question, (number, group), min(columns), among[0])
            answered += [(number, line) for line in self._asked(register, question, fault, among)]
        return answered

    def _fault(self, register, question, apart, column, line):
        """Return a question about records that are told apart by (number, what they have in common)."""
        options = {answer: words for answer, (words, _) in question.options(line.values, self.day).items()}
        options[SKIP] = LEAVE_OUT.format(register.called[:1].lower() + register.called[1:])
        sentence = ": ".join(filter(None, (*apart, question.sentence)))
        topic = ":".join((question.topic, *apart)) if question.topic else ""
        same = f"{register.name}.{question.fields[0]}" if any(apart) else ""
        return Fault(line.sheet, 0, column, "", sentence, options, topic=topic, same=same)

    def _asked(self, register, question, fault, lines):
        """Return the lines as the sender answered: none that are not to be kept."""
        answer = self.said.answers.get(fault.place)
        if answer not in fault.options:
            self.questions.append(fault)
            self.waiting |= set(map(id, lines))
            return lines
        if answer == SKIP:
            return []
        for line in lines:
            _, values = question.options(line.values, self.day).get(answer, ("", None))
            if values is None:
                lacking = " và ".join(f"“{register.label(name)}”" for name in question.fields)
                line.faults.append(line.fault(NOT_SO.format(lacking)))
            else:
                line.values |= values
        return lines

    def _known(self, register, told):
        """Return the keys of the records there are of the people of a list."""
        people = {person.pk: person.mark for person, _ in told if person.pk}
        rows = register.model.objects.editable_by(self.said.user, register.tab.right)
        rows = rows.filter(**{f"{register.about}__in": people}).values_list(register.about, register.apart)
        return {(people[member], value) for member, value in rows}

    def _key(self, register, line: ImportRow):
        return line.values[register.about], line.values.get(register.apart)
