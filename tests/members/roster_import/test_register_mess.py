"""Records of any register, written down in any of the ways that offices know, come back as they were."""

from datetime import date, timedelta

from django.db.models import BooleanField, DateField, IntegerField
from hypothesis import given, settings
from hypothesis import strategies as st

from members.roster_import.parser import lines, recognize
from members.roster_import.register_lines import records_in
from members.roster_import.registers import DECISION, REGISTERS
from tests.examples import examples

from .register_mess import NAMES, OfficeList

DAY = date(2026, 3, 1)
TEXTS = {
    "decision_number": ["12-QĐ/ĐU", "05-NQ/CB", "7", "103-QĐ/TU"],
    "official_decision": ["20-QĐ/ĐU"],
    "number": ["123456", "AB 0012"],
}
OF_MEMBERS = sorted(name for name, register in REGISTERS.items() if register.about == "member")
TERMS = ["2025-2030", "2020-2025"]


def values_of(register, field):
    """Return the values that a field of a register may have."""
    of_field = register.model._meta.get_field(field)
    if isinstance(of_field, DateField):
        return st.dates(date(1990, 1, 1), DAY - timedelta(days=1))
    if isinstance(of_field, BooleanField):
        return st.just(True)
    if of_field.flatchoices:
        return st.sampled_from([code for code, _ in of_field.flatchoices])
    if isinstance(of_field, IntegerField):
        return st.integers(1_000_000, 9_000_000)
    return st.sampled_from(TEXTS.get(field, ["Lớp bồi dưỡng K5", "Đang bị điều tra"]))


@st.composite
def of_register(draw, name, count):
    """Return `count` records of one register; a row may tell of none, and no record lacks what it needs."""
    register = REGISTERS[name]
    number = draw({"rating": st.integers(2020, 2026), "planning": st.sampled_from(TERMS)}.get(name, st.none()))
    fields = [field for field in register.headings if field != DECISION and field not in register.labels]
    added = draw(st.sets(st.sampled_from([field for field in fields if field not in register.telling] or fields)))
    found = []
    for at in range(count):
        if at and draw(st.integers(0, 4)) == 0:
            found.append({})
            continue
        needed = [draw(st.sampled_from([field for field in names if field in fields])) for names in register.needs]
        said = {field: draw(values_of(register, field)) for field in dict.fromkeys([*needed, *sorted(added)])}
        found.append(said | ({register.apart: number} if number else {}))
    return found


@st.composite
def records(draw):
    """Return rows, [{name of a register: its values}], of one register or of two."""
    names = draw(st.lists(st.sampled_from(OF_MEMBERS), min_size=1, max_size=2, unique=True))
    count = draw(st.integers(1, len(NAMES)))
    columns = [draw(of_register(name, count)) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def expected(truth):
    """Return the truth as it is read: a period ends on the day after the last one that a list names."""
    return {
        name: {
            number: {
                field: value + timedelta(days=1) if field == "ended_on" else value for field, value in values.items()
            }
            for number, values in told.items()
        }
        for name, told in truth.items()
    }


@settings(max_examples=examples(60), report_multiple_bugs=False)
@given(records(), st.integers(0, 10_000))
def test_records_come_back_from_any_list(known, seed):
    written = OfficeList(seed, known)
    roster = recognize([written.grid])
    found = lines(roster.tables, roster.mapping, day=DAY)
    assert [line.faults for line in found if line.faults] == []
    said = [{name: dict(records_in(REGISTERS[name], line.values)) for name in REGISTERS} for line in found]
    assert [{name: told for name, told in row.items() if told} for row in said] == list(map(expected, written.truth))
