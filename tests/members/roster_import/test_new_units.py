"""Units that a list names and the portal does not know: asked once, proposed by their names, made by the answer."""

from datetime import date

import pytest

from assessments.models import UnitRating
from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.revert import take_back
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.importer import import_rows
from binhlu_portal.spreadsheets.sandbox.client import Grid
from binhlu_portal.text.likeness import nearly_same
from members.models import Member, Position, Spell
from members.roster_import.reader import read
from members.roster_import.resolution import NO_CELL_YET
from members.roster_import.unit_names import kind_said, name_of_unit, sector_said
from organizations.choices import EventKind, Kind, Sector
from organizations.models import Unit, UnitEvent, UnitPeriod
from tests.factories import START, make_member, make_unit

TODAY = date(2026, 3, 1)
HEAD = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Ngày vào Đảng", "Chi bộ"]
UNITS = [
    "STT",
    "Tên chi bộ",
    "Loại tổ chức",
    "Loại hình",
    "Số quyết định thành lập",
    "Ngày QĐ thành lập",
    "Ngày thành lập",
]
OURS = "Chi bộ Bản Nà Hoa"


def person(name, cell):
    return [1, name, "17/05/1980", "Nam", "Thái", "05/01/2010", cell]


def bring(user, *rows, head=HEAD, answers=None, **more):
    said = SenderInput(user, answers=answers or {}, file="ds.xlsx", received_on=TODAY, **more)
    reading = read([Grid("Danh sách", [["DANH SÁCH"], [], head, *rows])], said)
    return reading, import_rows(reading, user, today=TODAY, answers=said.answers)


def known(commune, name):
    """Return a cell that is called so."""
    unit = make_unit("x", commune)
    UnitPeriod.objects.filter(unit=unit).update(name=name)
    return unit


def proposals(outcome):
    return {fault.topic: fault.proposed for fault in outcome.faults if fault.options}


def accepted(user, *rows, head=HEAD, **more):
    """Bring a list in with what was proposed; nothing else may be asked."""
    _, asked = bring(user, *rows, head=head, **more)
    _, outcome = bring(user, *rows, head=head, answers=proposals(asked), **more)
    assert outcome.faults == []
    return outcome


@pytest.mark.parametrize(
    ("name", "sector", "kind", "full"),
    [
        ("Chi bộ bản Nà Hoa", Sector.VILLAGE, Kind.SUBORDINATE_CELL, "Chi bộ bản Nà Hoa"),
        ("CB BẢN NÀ HOA", Sector.VILLAGE, Kind.SUBORDINATE_CELL, "Chi bộ Bản Nà Hoa"),
        ("Bản 01", Sector.VILLAGE, Kind.SUBORDINATE_CELL, "Chi bộ Bản 01"),
        ("chi bo ban Na Hoa", Sector.VILLAGE, Kind.SUBORDINATE_CELL, "Chi bộ ban Na Hoa"),
        ("Chi bộ Trường Tiểu học bản Hon", Sector.SCHOOL, Kind.SUBORDINATE_CELL, "Chi bộ Trường Tiểu học bản Hon"),
        ("Chi bộ Trường Tiểu học Trung Tâm", Sector.SCHOOL, Kind.SUBORDINATE_CELL, "Chi bộ Trường Tiểu học Trung Tâm"),
        ("Chi bộ Trạm Y tế", Sector.HEALTH_STATION, Kind.SUBORDINATE_CELL, "Chi bộ Trạm Y tế"),
        ("Chi bộ Trung tâm Y tế", Sector.PUBLIC_SERVICE, Kind.GRASSROOTS_CELL, "Chi bộ Trung tâm Y tế"),
        ("CHI BỘ TRẠM Y TẾ XÃ", Sector.HEALTH_STATION, Kind.SUBORDINATE_CELL, "Chi bộ Trạm Y tế xã"),
        ("Chi Bộ Trường Tiểu Học Số 2", Sector.SCHOOL, Kind.SUBORDINATE_CELL, "Chi bộ Trường Tiểu học số 2"),
        ("Chi bộ Công an xã", Sector.POLICE, Kind.GRASSROOTS_CELL, "Chi bộ Công an xã"),
        ("Đảng bộ UBND xã", Sector.STATE_AGENCY, Kind.PARTY_ORGANIZATION, "Đảng bộ UBND xã"),
        ("Chi bộ Ban Xây dựng Đảng", Sector.PARTY_AGENCY, Kind.GRASSROOTS_CELL, "Chi bộ Ban Xây dựng Đảng"),
        ("Chi bộ Ban Quản lý", None, Kind.GRASSROOTS_CELL, "Chi bộ Ban Quản lý"),
        ("Chi bộ 1 - UBND xã", None, Kind.GRASSROOTS_CELL, "Chi bộ 1 - UBND xã"),
        ("Nà Hoa", None, Kind.GRASSROOTS_CELL, "Chi bộ Nà Hoa"),
    ],
)
def test_what_a_name_says(name, sector, kind, full):
    assert (sector_said(name), kind_said(name, sector), name_of_unit(name, kind)) == (sector, kind, full)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ban hon", "ban hon 1", True),
        ("ban na hoa", "ban na hon", True),
        ("ban nahoa", "ban na hoa", True),
        ("ban 1", "ban 11", False),
        ("truong thcs binh lu", "truong thpt binh lu", False),
        ("ban na hoa", "ban ta leng", False),
        ("ban suoi thau", "ban si thau", False),
    ],
)
def test_names_that_may_be_one(one, other, same):
    assert nearly_same(one, other) is nearly_same(other, one) is same


def test_the_first_list_of_all_makes_its_cells_from_the_first_day(clerk, commune):
    rows = [person("Lò Văn Một", OURS), person("Lò Văn Hai", "CB bản Nà Hoa"), person("Vàng A Ba", "Bản Tả Lèng")]
    accepted(clerk, *rows)
    made = UnitPeriod.objects.filter(parent=commune)
    expected = {(OURS, Sector.VILLAGE, START), ("Chi bộ Bản Tả Lèng", Sector.VILLAGE, START)}
    assert {(place.name, place.sector, place.started_on) for place in made} == expected
    assert set(UnitEvent.objects.filter(unit__periods__in=made).values_list("kind", flat=True)) == {EventKind.RECEIVED}
    assert Spell.objects.filter(unit__periods__name=OURS).count() == 2


def test_a_name_is_asked_once_and_its_rows_wait(clerk, commune):
    _, outcome = bring(clerk, person("Lò Văn Một", OURS), person("Lò Văn Hai", OURS))
    assert [bool(fault.options) for fault in outcome.faults] == [True, False]
    assert [fault.waits for fault in outcome.faults] == [False, True]
    assert (outcome.writes, UnitPeriod.objects.filter(parent=commune).count()) == (0, 0)


def test_units_that_are_nearly_the_same_come_first_and_nothing_is_proposed(clerk, commune):
    near = known(commune, "Chi bộ Bản Hon")
    _, outcome = bring(clerk, person("Lò Văn Một", "Chi bộ bản Hon 1"))
    [question] = outcome.faults
    assert (next(iter(question.options)), question.proposed) == (str(near.pk), "")
    bring(clerk, person("Lò Văn Một", "Chi bộ bản Hon 1"), answers={question.topic: str(near.pk)})
    assert Spell.objects.get().unit == near


def test_two_new_names_that_may_be_one_are_asked_and_may_be_one(clerk, commune):
    rows = [person("Lò Văn Một", "Bản Hon"), person("Lò Văn Hai", "Bản Hon 1")]
    _, outcome = bring(clerk, *rows)
    first, second = (fault for fault in outcome.faults)
    assert {first.proposed, second.proposed} == {""}
    new = next(answer for answer in first.options if answer.startswith("moi:"))
    like = next(iter(second.options))
    _, outcome = bring(clerk, *rows, answers={first.topic: new, second.topic: like})
    assert outcome.faults == []
    assert UnitPeriod.objects.get(parent=commune).name == "Chi bộ Bản Hon"


def test_marks_that_differ_are_asked(clerk, commune):
    known(commune, OURS)
    _, outcome = bring(clerk, person("Lò Văn Một", "Chi bộ Bản Nà Hòa"))
    assert [fault.proposed for fault in outcome.faults] == [""]


def test_the_only_cell_is_not_the_one_that_a_list_names_otherwise(clerk, cell_a):
    _, outcome = bring(clerk, person("Lò Văn Một", "Chi bộ Bản Tả Lèng"))
    assert outcome.faults[0].proposed.endswith("Chi bộ Bản Tả Lèng")


def test_later_the_sender_says_how_a_cell_came(clerk, cell_a, commune):
    make_member(cell_a)
    _, outcome = bring(clerk, person("Lò Văn Một", OURS))
    [question] = outcome.faults
    ways = {tuple(answer.split(":")[1:5:3]) for answer in question.options if answer.startswith("moi:")}
    assert (question.proposed, ways) == ("", {("nhan", START.isoformat()), ("lap", TODAY.isoformat())})
    founded = next(answer for answer in question.options if answer.startswith("moi:lap:subordinate_cell:village"))
    bring(clerk, person("Lò Văn Một", OURS), answers={question.topic: founded})
    event = UnitEvent.objects.get(unit__periods__name=OURS)
    assert (event.kind, event.day) == (EventKind.ESTABLISHED, TODAY)


def test_an_answer_makes_the_unit_that_was_read_whatever_is_saved_before_it(clerk, commune):
    row = [*person("Lò Văn Một", OURS), "Trưởng bản"]
    head = [*HEAD, "Chức vụ Đảng"]
    _, asked = bring(clerk, row, head=head)
    [question] = asked.faults
    assert question.options[question.proposed].endswith(f"từ {START:%d/%m/%Y}")
    make_member(make_unit("khac", commune))
    _, outcome = bring(clerk, row, head=head, answers={question.topic: question.proposed})
    assert outcome.faults == []
    assert UnitPeriod.objects.get(name=OURS).started_on == START
    assert Spell.objects.get(unit__periods__name=OURS).started_on == START
    assert Position.objects.get().started_on == START


def test_a_secretary_founds_nothing(secretary_a, cell_a):
    _, outcome = bring(secretary_a, person("Lò Văn Một", OURS))
    assert not any("moi:" in answer for fault in outcome.faults for answer in fault.options)


@pytest.mark.parametrize(
    "answer",
    [
        "moi:nhan:commune:commune:2025-07-01:Đảng bộ khác",
        "moi:nhan:grassroots_cell:village:2025-07-01",
        "moi:x:grassroots_cell:school:2025-07-01:A",
        "moi:nhan:subordinate_cell:village:2025-07-01:" + "a" * 201,
        "moi:nhan:subordinate_cell:x:2025-07-01:A",
        "moi:nhan:subordinate_cell:village:2025-06-30:A",
        "moi:nhan:subordinate_cell:village:2026-03-02:A",
        "moi:nhan:subordinate_cell:village:1-7-2025:A",
        "la:don-vi:khác",
        "999",
    ],
)
def test_an_answer_that_was_not_offered_makes_nothing(clerk, commune, answer):
    _, outcome = bring(clerk, person("Lò Văn Một", OURS), answers={"don-vi:bản nà hoa": answer})
    assert outcome.writes == 0
    assert Unit.objects.count() == 1


def test_a_cell_of_which_nobody_can_be_written_is_not_lost_or_halved(clerk, commune):
    rows = [person("Lò Văn Một", OURS), person("Lò Văn Hai", OURS)]
    rows[0][2] = "45/45/1980"
    _, asked = bring(clerk, *rows)
    _, outcome = bring(clerk, *rows, answers=proposals(asked))
    assert len(outcome.faults) == 1
    assert Member.objects.get().full_name == "Lò Văn Hai"
    assert UnitPeriod.objects.filter(parent=commune).count() == 1


def test_all_is_taken_back_at_once(clerk, commune):
    before = Entry.objects.latest("pk").pk
    accepted(clerk, person("Lò Văn Một", OURS))
    take_back(Entry.objects.filter(pk__gt=before), False)
    assert (Member.objects.count(), Unit.objects.count(), UnitEvent.objects.exclude(unit=commune).count()) == (0, 1, 0)


def test_a_list_whose_rows_are_units_makes_them(clerk, commune):
    rows = [
        [1, OURS, "Chi bộ trực thuộc", "Bản", "", "", ""],
        [2, "Chi bộ HTX Chè", "Chi bộ cơ sở", "Hợp tác xã", "12-QĐ/ĐU", "03/09/2025", "05/09/2025"],
        [3, "Đảng bộ Ủy ban nhân dân", "Đảng bộ cơ sở", "", "", "", "01/07/2010"],
    ]
    accepted(clerk, *rows, head=UNITS)
    made = UnitPeriod.objects.filter(parent=commune)
    assert {(place.name, place.kind, place.sector, place.started_on) for place in made} == {
        (OURS, Kind.SUBORDINATE_CELL, Sector.VILLAGE, START),
        ("Chi bộ HTX Chè", Kind.GRASSROOTS_CELL, Sector.COOPERATIVE, date(2025, 9, 5)),
        ("Đảng bộ Ủy ban nhân dân", Kind.PARTY_ORGANIZATION, Sector.STATE_AGENCY, START),
    }
    [founded] = UnitEvent.objects.filter(kind=EventKind.ESTABLISHED).exclude(unit=commune)
    assert (founded.decision_number, founded.decision_date) == ("12-QĐ/ĐU", date(2025, 9, 3))


def test_units_are_made_and_rated_by_one_row(clerk, commune):
    head = ["STT", "Tên chi bộ", "Xếp loại năm 2025", "Ngày xếp loại"]
    accepted(clerk, [1, OURS, "HTXSNV", "20/12/2025"], head=head)
    assert UnitRating.objects.get().unit.periods.get().name == OURS


BENEATH = ["STT", "Tên tổ chức đảng", "Loại tổ chức", "Loại hình", "Trực thuộc"]
POLICE, BRANCH = "Đảng bộ Công an", "Đảng bộ bộ phận Hình sự"


def test_units_stand_beneath_those_that_their_rows_name_in_any_order(clerk, commune):
    rows = [
        [1, "Chi bộ Đội 1", "", "", "Đảng bộ bộ phận Hình sự"],
        [2, BRANCH, "Đảng bộ bộ phận", "", "Đảng ủy Công an"],
        [3, "Chi bộ Tổng hợp", "", "", "ĐẢNG BỘ CÔNG AN"],
        [4, POLICE, "Đảng bộ cơ sở", "Công an", "Đảng bộ xa"],
        [5, OURS, "", "", ""],
    ]
    accepted(clerk, *rows, head=BENEATH)
    made = {place.name: place for place in UnitPeriod.objects.select_related("parent")}
    above = {
        name: next(each.name for each in made.values() if each.unit == place.parent)
        for name, place in made.items()
        if place.parent
    }
    assert above == {
        "Chi bộ Đội 1": BRANCH,
        BRANCH: POLICE,
        "Chi bộ Tổng hợp": POLICE,
        POLICE: "Đảng bộ xa",
        OURS: "Đảng bộ xa",
    }
    assert {made[name].sector for name in ("Chi bộ Đội 1", BRANCH, "Chi bộ Tổng hợp")} == {Sector.POLICE}
    assert made["Chi bộ Đội 1"].kind == Kind.SUBORDINATE_CELL
    _, again = bring(clerk, *rows, head=BENEATH)
    assert (again.writes, again.faults) == (0, [])


GROUPED = [
    ["I", "Đảng bộ Trường Liên cấp", "Đảng bộ cơ sở", "Trường học"],
    [1, "Chi bộ Tiểu học", None, None],
    [2, "Chi bộ THCS", None, None],
    ["II", "Các chi bộ trực thuộc Đảng ủy xã", None, None],
    [3, "Chi bộ bản Nà Hoa", None, None],
]


def test_units_stand_beneath_the_organization_that_heads_their_group(clerk, commune):
    head = ["TT", "Tên tổ chức đảng", "Loại tổ chức", "Loại hình"]
    _, asked = bring(clerk, *GROUPED, head=head)
    answers = {fault.topic: fault.proposed for fault in asked.faults if fault.proposed}
    _, outcome = bring(clerk, *GROUPED, head=head, answers=answers)
    places = {place.name: place for place in UnitPeriod.objects.select_related("parent")}
    school = places["Đảng bộ Trường Liên cấp"].unit
    assert outcome.faults == []
    assert {name: place.parent == school for name, place in places.items() if name.startswith("Chi bộ")} == {
        "Chi bộ Tiểu học": True,
        "Chi bộ THCS": True,
        "Chi bộ bản Nà Hoa": False,
    }


def test_a_circle_of_parents_makes_nothing(clerk, commune):
    rows = [[1, POLICE, "Đảng bộ cơ sở", "Công an", BRANCH], [2, BRANCH, "Đảng bộ bộ phận", "Công an", POLICE]]
    _, outcome = bring(clerk, *rows, head=BENEATH)
    assert sorted("chính nó" in fault.message for fault in outcome.faults) == [False, True]
    assert Unit.objects.count() == 1


def test_a_parent_that_nobody_knows_is_asked_once(clerk, commune):
    rows = [[1, OURS, "", "", "Đảng bộ Mường Lạ"], [2, "Chi bộ Bản Tả Lèng", "", "", "Đảng bộ Mường Lạ"]]
    _, outcome = bring(clerk, *rows, head=BENEATH)
    [question] = outcome.faults
    answers = {question.topic: str(commune.pk)}
    _, asked = bring(clerk, *rows, head=BENEATH, answers=answers)
    _, outcome = bring(clerk, *rows, head=BENEATH, answers=answers | proposals(asked))
    assert outcome.faults == []
    assert UnitPeriod.objects.filter(parent=commune).count() == 2


def test_a_list_does_not_move_a_unit_and_says_so(clerk, commune):
    known(commune, OURS)
    make_unit("ca", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.POLICE)
    UnitPeriod.objects.filter(unit__code="ca").update(name=POLICE)
    reading, outcome = bring(clerk, [1, OURS, "", "", POLICE], head=BENEATH)
    assert (outcome.writes, outcome.faults) == (0, [])
    assert "Đảng bộ xa" in str(reading.preview.rows[0].odd)


def test_the_decision_of_a_unit_founded_before_it_was_received_stays_in_a_note(clerk, commune):
    row = [1, OURS, "Chi bộ trực thuộc", "Bản", "12-QĐ/HU", "28/06/2010", "01/07/2010"]
    accepted(clerk, row, head=UNITS)
    event = UnitEvent.objects.get(unit__periods__name=OURS)
    assert (event.kind, event.day, event.decision_number) == (EventKind.RECEIVED, START, "")
    assert event.note == "Thành lập ngày 01/07/2010, quyết định số 12-QĐ/HU, quyết định ngày 28/06/2010."


def test_sheets_named_after_units_ask_for_each_and_lead_on(clerk, commune):
    head = ["Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Ngày vào Đảng"]
    rows = {"Nà Cà": "Lò Văn Một", "Thèn Pá": "Vàng A Ba"}
    grids = [Grid(name, [head, [who, "1/2/1980", "Nam", "Thái", "3/2/2005"]]) for name, who in rows.items()]
    said = SenderInput(clerk, file="cum.xlsx", received_on=TODAY)
    faults = read(grids, said).lines
    asked = {fault.message for line in faults for fault in line.faults}
    assert {"“Nà Cà” là chi bộ nào?", "“Thèn Pá” là chi bộ nào?"} <= asked


def test_who_is_in_no_cell_where_there_is_none_is_told_what_leads_on(clerk, commune):
    head = ["Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"]
    said = SenderInput(clerk, file="ds.xlsx", received_on=TODAY)
    [line] = [
        each
        for each in read([Grid("Sheet1", [head, ["Lò Văn Một", "1/2/1980", "Nam", "Thái"]])], said).lines
        if each.faults
    ]
    assert [fault.message for fault in line.faults] == [NO_CELL_YET]
