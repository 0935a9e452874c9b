"""People written down in any of the ways that offices know come back as they were."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from binhlu_portal.dates.partial_dates import PartialDate
from members.choices import Education, Gender, Theory
from members.roster_import.parser import lines, recognize
from members.roster_import.table_parts import tables_in
from tests.examples import examples

from .mess import DATES, ENCODINGS, NUMBERS, Mess, messy

DAY = date(2026, 3, 1)
GRADES = {
    "12/12": Education.UPPER_SECONDARY,
    "10/10": Education.UPPER_SECONDARY,
    "9/12": Education.LOWER_SECONDARY,
    "7/10 BTVH": Education.LOWER_SECONDARY,
    "5/12": Education.PRIMARY,
}
UNITS = ["Chi bộ Bản 01", "Chi bộ Bản Nà Hừ", "Chi bộ Trường Tiểu học số 2", "Chi bộ Trạm Y tế"]
names = st.builds(
    "{} {} {}".format,
    st.sampled_from(["Lò", "Giàng", "Nguyễn", "Tống", "Đặng", "Vàng", "Lý", "Cộng"]),
    st.sampled_from(["Văn", "Thị", "A", "Mạnh Hùng", "Seo"]),
    st.sampled_from(["An", "Páo", "Hoà", "Công", "Thủy", "Dừng", "Chữ", "Nam", "Trường", "Bản"]),
)


def dates(first, last):
    """Return partial dates between two years, most of them known to the day."""
    days = st.dates(date(first, 1, 1), date(last, 12, 31)).map(PartialDate.of)
    months = st.builds("{}-{:02}".format, st.integers(first, last), st.integers(1, 12)).map(PartialDate)
    return days | days | months | st.integers(first, last).map(str).map(PartialDate)


@st.composite
def people(draw):
    """Return people in the order of their units, with different numbers."""
    count = draw(st.integers(2, 9))
    units = sorted(draw(st.lists(st.sampled_from(UNITS), min_size=count, max_size=count)))
    found = []
    for number, unit in enumerate(units):
        joined = draw(dates(1950, 2023))
        grade = draw(st.sampled_from(sorted(GRADES)))
        person = {
            "unit": unit,
            "full_name": draw(names),
            "gender": draw(st.sampled_from(Gender)),
            "born_on": draw(dates(1930, 2005)),
            "ethnicity": draw(st.sampled_from(["kinh", "thai", "mong", "giay", "khmer", "dao"])),
            "joined_on": joined,
            "official_on": draw(st.none() | dates(joined.year + 1, 2024)),
            "citizen_id": f"012{draw(st.integers(0, 1))}{draw(st.integers(0, 99)):02}{number:06}",
            "card_number": f"0{draw(st.integers(1000, 9999))}{number:03}",
            "state.education": GRADES[grade],
            "state.education_grade": grade,
            "state.theory": draw(st.sampled_from(Theory)),
        }
        found.append({name: value for name, value in person.items() if value is not None})
    return found


messes = st.builds(
    Mess,
    titles=st.lists(st.sampled_from(["ĐẢNG BỘ XÃ BÌNH LƯ", "DANH SÁCH TRÍCH NGANG ĐẢNG VIÊN", "Tính đến 31/12/2025"])),
    units=st.sampled_from(["column", "merged", "groups", "sheets", "titles"]),
    gender=st.sampled_from(["column", "marks", "women", "birth"]),
    names=st.sampled_from(["plain", "capitals", "split"]),
    dates=st.sampled_from(sorted(DATES)),
    years=st.sampled_from([int, str, float]),
    two_dates=st.sampled_from(["", "\n", "; ", " - "]),
    numbers=st.sampled_from(sorted(NUMBERS)),
    encoding=st.sampled_from(sorted(ENCODINGS)),
    alias=st.integers(0, 3),
    parents=st.booleans(),
    counted=st.booleans(),
    repeats=st.sampled_from([0, 3]),
    totals=st.booleans(),
    signed=st.booleans(),
    as_text=st.booleans(),
    numbered=st.booleans(),
    others=st.booleans(),
    shuffled=st.integers(0, 50),
    beneath=st.booleans(),
    subtotals=st.booleans(),
    ditto=st.sampled_from(["", "nt", "-nt-", '"', "//"]),
    footnotes=st.booleans(),
    grouped=st.booleans(),
)


def read(grids):
    """Return (unit, values) of all people in the grids, as they are recognised without help, and all faults."""
    found = lines(tables_in(grids), recognize(grids).mapping, day=DAY)
    return [(line.unit, line.values) for line in found], [fault for line in found for fault in line.faults]


def expected(known):
    """Return (unit, values) of known people."""
    return [(person["unit"], {name: person[name] for name in person if name != "unit"}) for person in known]


def folded(found):
    """Return what was read with units as they are compared, since titles are in capitals."""
    return [((unit or "").lower(), values) for unit, values in found]


@settings(max_examples=examples(40), report_multiple_bugs=False)
@given(people(), messes)
def test_people_come_back_from_any_mess(known, mess):
    found, faults = read(messy(known, mess))
    assert faults == []
    assert folded(found) == folded(expected(known))
