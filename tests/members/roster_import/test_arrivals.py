"""How people who are new came, and on which day: a first load, later lists, the day of a list."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.spreadsheets.importer.formats import DAY_FOUND, SenderInput
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.admissions.actions import list_newcomer
from members.choices import WAYS_IN, StartReason
from members.models import Admission, Member, Position, Spell
from members.roster_import.arrivals import ASKED, UNDECIDED
from members.roster_import.headers import HEADINGS
from members.roster_import.list_dates import UNDATED, day_of_file, day_of_titles
from members.roster_import.reader import read
from members.roster_import.resolution import SKIP
from members.superior_sheet import PRESENT
from tests.factories import START, make_member

TODAY = date(2026, 3, 1)
HEAD = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Ngày vào Đảng", "Ngày về chi bộ", "Chi bộ"]
TITLE = "DANH SÁCH ĐẢNG VIÊN"
WITH_UNIT, ADMITTED = StartReason.RECEIVED_WITH_UNIT, StartReason.ADMITTED


def person(name="Lò Văn Mẫu", joined="05/01/2010", came="", cell="Chi bộ a"):
    """Return the row of somebody."""
    return ["1", name, "17/05/1980", "Nam", "Thái", joined, came, cell]


def bring(user, *rows, title=TITLE, file="ds.xlsx", head=HEAD, **said):
    """Bring a list in as a form does, and return (reading, outcome)."""
    given = SenderInput(user, said.get("settings", {}), said.get("answers", {}), file=file, received_on=TODAY)
    reading = read([Grid("Danh sách", [[title], [], head, *rows])], given)
    return reading, import_rows(reading, user, today=TODAY, answers=given.answers)


def check(user, *rows, **said):
    """Check a list as the worker does, writing nothing, and return (reading, outcome)."""
    with transaction.atomic():
        found = bring(user, *rows, **said)
        transaction.set_rollback(True)
    return found


def stay():
    """Return (first day, way) of the only stay."""
    spell = Spell.objects.get()
    return spell.started_on, spell.start_reason


@pytest.mark.parametrize(
    ("joined", "came", "expected"),
    [
        ("05/01/2010", "", (START, WITH_UNIT)),
        ("05/01/2010", "03/02/2019", (START, WITH_UNIT)),
        ("2010", "", (START, WITH_UNIT)),
        ("", "", (START, WITH_UNIT)),
        ("01/07/2025", "", (START, WITH_UNIT)),
    ],
)
def test_in_a_cell_without_anybody_people_came_with_it(clerk, cell_a, joined, came, expected):
    _, outcome = bring(clerk, person(joined=joined, came=came))
    assert outcome.faults == []
    assert stay() == expected


@pytest.mark.parametrize("joined", ["05/01/2010", "01/09/2025"])
def test_who_came_into_a_new_cell_later_is_asked_about(clerk, cell_a, joined):
    _, outcome = bring(clerk, person(joined=joined, came="01/12/2025"))
    [question] = outcome.faults
    assert (question.options.keys(), outcome.writes) == ({way.value for way in WAYS_IN}, 0)
    _, outcome = bring(
        clerk, person(joined=joined, came="01/12/2025"), answers={question.place: StartReason.TRANSFERRED_IN_FAR}
    )
    assert stay() == (date(2025, 12, 1), StartReason.TRANSFERRED_IN_FAR)


@pytest.mark.parametrize(
    ("joined", "came"), [("02/07/2025", ""), ("03/02/26", ""), ("03/02/2026", "03/02/2026"), ("01/03/2026", "-")]
)
def test_who_joined_after_the_first_day_of_a_new_cell_was_admitted_into_it(clerk, cell_a, joined, came):
    head = [*HEAD, "Ngày quyết định kết nạp"]
    _, outcome = bring(clerk, [*person(joined=joined, came=came), "01/07/2025"], head=head)
    assert outcome.faults == []
    row = Admission.objects.get()
    assert (row.decision_date, row.unit, row.ceremony_on > START) == (date(2025, 7, 1), cell_a, True)
    assert stay() == (row.ceremony_on, ADMITTED)


@pytest.mark.parametrize("way", WAYS_IN)
def test_an_admission_without_a_decision_is_asked_about_and_the_others_are_not(clerk, cell_a, way):
    rows = [person(), person("Vàng A Hai", joined="02/09/2025")]
    _, outcome = check(clerk, *rows)
    [question] = outcome.faults
    assert (question.row, question.message) == (5, ASKED[UNDECIDED].format(""))
    _, outcome = bring(clerk, *rows, answers={question.place: way})
    assert outcome.faults == []
    ways = list(Spell.objects.order_by("member__full_name").values_list("started_on", "start_reason"))
    assert ways == [(START, WITH_UNIT), (date(2025, 9, 2), way)]


@pytest.mark.parametrize("peopled", [False, True])
def test_who_joined_inside_the_recorded_time_is_admitted_where_the_sender_says_so(peopled, clerk, cell_a):
    if peopled:
        make_member(cell_a, "Giàng A Ba")
    row = person("Vàng A Hai", joined="02/09/2025")
    _, outcome = check(clerk, row)
    [question] = outcome.faults
    assert [*question.options] == [ADMITTED, *WAYS_IN]
    _, outcome = bring(clerk, row, answers={question.place: ADMITTED.value})
    assert outcome.faults == []
    admission = Admission.objects.get()
    assert (admission.ceremony_on, admission.decision_date) == (date(2025, 9, 2), date(2025, 9, 2))
    assert (admission.member.decided_on, admission.decision_number) == (None, "")
    spell = admission.member.spells.get()
    assert (spell.started_on, spell.start_reason, spell.unit) == (date(2025, 9, 2), ADMITTED, cell_a)


def test_who_came_from_elsewhere_was_not_admitted_here(clerk, cell_a):
    head = [*HEAD, "Ngày quyết định kết nạp", "Chuyển đến từ"]
    row = [*person(joined="02/09/2025"), "20/08/2025", "Đảng ủy xã Khác"]
    reading, outcome = bring(clerk, row, head=head)
    assert "spell.came_from" in {column["field"] for column in reading.settings["columns"]}
    assert [fault.message for fault in outcome.faults] == [ASKED[UNDECIDED].format("")]


@pytest.mark.parametrize("way", WAYS_IN)
def test_what_the_sender_says_wins_over_what_was_guessed(clerk, cell_a, way):
    _, outcome = bring(clerk, person(), settings={"way": way, "day": "2026-01-15"})
    assert outcome.faults == []
    assert stay() == (START if way == WITH_UNIT else date(2026, 1, 15), way)


@pytest.mark.parametrize("way", WAYS_IN)
def test_in_a_cell_that_has_people_the_way_of_new_ones_is_asked_once(clerk, cell_a, way):
    make_member(cell_a)
    rows = [person(), person("Vàng A Hai"), person("Giàng A Ba")]
    reading, outcome = bring(clerk, *rows)
    assert (reading.settings["way"], outcome.writes) == ("", 0)
    questions = [fault for fault in outcome.faults if fault.options]
    assert (len(questions), len(outcome.faults)) == (1, 3)
    reading, outcome = bring(clerk, *rows, answers={questions[0].place: way, UNDATED: TODAY.isoformat()})
    assert (outcome.faults, reading.settings["way"]) == ([], way)
    assert set(Spell.objects.values_list("start_reason", flat=True)) >= {way}
    assert Member.objects.count() == 4


@pytest.mark.parametrize("text", ["01/12/2025 từ Đảng bộ xã Pa Tần", "1.12.2025, Đảng bộ xã Pa Tần"])
def test_the_day_of_arrival_is_read_before_the_place(text, clerk, cell_a):
    head = [*HEAD[:6], "Ngày chuyển đến, từ ĐBCS nào", "Chi bộ"]
    _, outcome = bring(clerk, person(came=text), head=head, answers={"vao-chi-bo:later": StartReason.TRANSFERRED_IN})
    assert outcome.faults == []
    spell = Spell.objects.get()
    assert (spell.started_on, spell.came_from) == (date(2025, 12, 1), "Đảng bộ xã Pa Tần")


GONE_HEADINGS = [
    *(heading for kind in ("moved", "died", "out") for heading in HEADINGS[f"listed.{kind}"].split("; ")),
    "Chuyển sinh hoạt đảng đi nơi khác",
    "Ngày, lý do từ trần",
    "Xóa tên, khai trừ",
]


@pytest.mark.parametrize("heading", GONE_HEADINGS)
def test_who_is_told_to_be_gone_in_a_column_of_the_official_book_is_asked_about(heading, clerk, cell_a):
    head = [*HEAD[:6], heading, "Chi bộ"]
    _, outcome = check(clerk, person(came="12/11/2025, bệnh"), person("Vàng A Hai", came=""), head=head)
    [question] = outcome.faults
    assert (question.row, question.message.startswith("Tệp ghi “")) == (4, True)
    _, outcome = bring(clerk, person(came="x"), head=head, answers={"Danh sách!4!7": SKIP})
    assert (outcome.faults, Member.objects.count()) == ([], 0)


def test_the_place_that_newcomers_left_is_no_sign_that_they_are_gone(clerk, cell_a):
    head = [*HEAD[:6], "Nơi chuyển đi", "Chi bộ"]
    _, outcome = bring(clerk, person(came="Đảng bộ phường Tân Phong"), head=head)
    assert outcome.faults == []


@pytest.mark.parametrize("standing", PRESENT)
def test_nothing_is_asked_of_whoever_is_there(standing, clerk, cell_a):
    head = [*HEAD[:6], "Trạng thái hoạt động", "Chi bộ"]
    _, outcome = bring(clerk, person(came=standing), head=head)
    assert outcome.faults == []


def test_nobody_is_asked_how_people_came_who_are_there(clerk, cell_a):
    make_member(cell_a, "Lò Văn Mẫu", joined_on="2010-01-05", ethnicity="thai")
    _, outcome = bring(clerk, person())
    assert outcome.faults == []


def test_one_cell_may_be_new_and_another_not(clerk, cell_a, cell_b):
    make_member(cell_a)
    reading, outcome = bring(clerk, person(), person("Vàng A Hai", cell="Chi bộ b"))
    assert [fault.row for fault in outcome.faults] == [4]
    assert Spell.objects.get(unit=cell_b).start_reason == WITH_UNIT
    assert reading.settings["way"] == ""


def test_a_candidate_makes_no_cell_one_that_has_people(clerk, cell_a):
    list_newcomer(unit=cell_a, day=START, full_name="Người Khác", born_on="1995", gender="male", ethnicity="kinh")
    _, outcome = bring(clerk, person())
    assert outcome.faults == []
    assert stay() == (START, WITH_UNIT)


def test_who_was_admitted_after_the_day_of_the_list_holds_a_post_from_then(clerk, cell_a):
    head = [*HEAD, "Chức vụ Đảng", "Ngày quyết định kết nạp"]
    _, outcome = bring(clerk, [*person(joined="02/09/2025"), "Trưởng bản", "20/08/2025"], head=head)
    assert outcome.faults == []
    assert Position.objects.get().started_on == date(2025, 9, 2)


@pytest.mark.parametrize(
    ("title", "file", "day"),
    [
        ("(Tính đến ngày 31/12/2025)", "ds.xlsx", date(2025, 12, 31)),
        (TITLE, "DS den 31.12.2025.xlsx", date(2025, 12, 31)),
        (TITLE, "ds.xlsx", START),
        ("Tính đến 30/06/2025", "ds.xlsx", START),
        ("Tính đến 31/12/2026", "ds.xlsx", START),
    ],
)
def test_the_day_of_a_first_list_is_told_by_it_or_is_the_first_of_its_cell(clerk, cell_a, title, file, day):
    reading, outcome = bring(clerk, person(), title=title, file=file)
    assert (reading.settings["day"], outcome.faults) == (day.isoformat(), [])


@pytest.mark.parametrize(("title", "day"), [(TITLE, TODAY), ("Có đến 31/12/2025", date(2025, 12, 31))])
def test_the_day_of_a_later_list_is_told_by_it_or_is_the_one_on_which_it_came(clerk, cell_a, title, day):
    make_member(cell_a)
    reading, _ = bring(clerk, person(), title=title)
    assert reading.settings["day"] == day.isoformat()


def test_a_list_keeps_the_day_that_its_first_check_found(clerk, cell_a):
    reading, _ = check(clerk, person())
    make_member(cell_a)
    again, _ = check(clerk, person(), settings={DAY_FOUND: reading.settings["day"]})
    assert reading.settings["day"] == again.settings["day"] == START.isoformat()


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("DANH SÁCH ĐẢNG VIÊN (tính đến 5/1/2026)", date(2026, 1, 5)),
        ("Có mặt đến hết ngày 31 tháng 12 năm 2025", date(2025, 12, 31)),
        ("Thời điểm 31-12-2025", date(2025, 12, 31)),
        ("TÍNH ĐẾN THÁNG 02/2024", date(2024, 2, 29)),
        ("đến tháng 12 năm 2025", date(2025, 12, 31)),
        ("Bình Lư, ngày 5 tháng 1 năm 2026", None),
        ("đến ngày 31/02/2025", None),
        ("Năm 2025", None),
        ("đến 1/2025 và đến 31/12/2025", date(2025, 12, 31)),
        ("đến 30/06/2025, đến 31/12/2025", None),
    ],
)
def test_titles_tell_the_day_of_a_list(title, day):
    assert day_of_titles([title]) == day


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.sampled_from(["{:%d/%m/%Y}", "{:%d.%m.%Y}", "{0.day}-{0.month}-{0:%Y}"]),
)
def test_any_day_is_read_from_a_title_and_most_from_a_name(day, form):
    text = form.format(day)
    assert day_of_titles([f"(Tính đến ngày {text})"]) == day
    assert day_of_file(f"DS dang vien {text.replace('/', '-')}.xlsx") == day


@pytest.mark.parametrize(
    "name", ["ds.xlsx", "DS 2025.xlsx", "QD 12-2025.xlsx", "1.2.2025 den 3.4.2025.xlsx", "31-02-2025.csv"]
)
def test_other_names_of_files_tell_no_day(name):
    assert day_of_file(name) is None
