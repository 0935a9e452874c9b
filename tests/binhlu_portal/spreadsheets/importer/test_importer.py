from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import MemberRating
from binhlu_portal.db.actions import change
from binhlu_portal.spreadsheets.data_workbook import reader
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.importer import importer
from binhlu_portal.spreadsheets.importer.importer import (
    ALIKE,
    ANOTHER,
    FOREIGN,
    HELD_UP,
    NOT_FOUND,
    NOT_READY,
    TWICE,
    import_rows,
)
from binhlu_portal.spreadsheets.importer.results import CHANGED, NEW, REFUSED, SAME
from binhlu_portal.spreadsheets.importer.rows import ImportRow, ParsedFile
from binhlu_portal.spreadsheets.importer.three_way_diff import KEEP, TAKE
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.models import Member, MemberState, Spell, Training
from organizations.models import Regulation, Threshold, Unit, UnitPeriod
from tests.binhlu_portal.spreadsheets.books import TODAY, Book, differences, everything, mark_of, wrong
from tests.factories import clerk_of, in_letters, make_member, make_root, make_unit
from tests.ground import layer

PERSON = {"full_name": "Lò Văn Mới", "gender": "Nam", "born_on": "1990", "ethnicity": "Kinh"}
STAY = {"unit": "a", "started_on": "01/02/2026", "start_reason": "Chuyển đến từ tỉnh khác"}
PEOPLE, STAYS, LEVELS, RATINGS = "Đảng viên", "Quá trình sinh hoạt", "Trình độ, nghề nghiệp", "Xếp loại đảng viên"
REGULATIONS = "Văn bản quy định"


@layer
def lan(cell_a):
    return make_member(cell_a, "Lò Thị Lan")


@layer
def binh(cell_b):
    return make_member(cell_b, "Vàng A Bình")


def numbers(outcome, title=None):
    """Return how many records became what, over all sheets or of one."""
    found = {}
    for (sheet, action), number in outcome.numbers.items():
        if title in (None, sheet):
            found[action] = found.get(action, 0) + number
    return found


# --- What is in the file is what happens ---


def test_a_workbook_nobody_has_edited_changes_nothing(clerk, lan, binh):
    before = everything()
    outcome = Book.of(clerk).bring(clerk)
    assert set(numbers(outcome)) == {SAME}
    assert wrong(outcome) == []
    assert everything() == before


def test_columns_that_are_not_in_the_file_change_nothing_of_what_is_there(clerk, lan, binh):
    book, before = Book.of(clerk), everything()
    grids = [
        grid if grid.name == reader.HIDDEN else Grid(grid.name, [row[:1] for row in grid.rows]) for grid in book.grids()
    ]
    outcome = import_rows(reader.read(grids), clerk, today=TODAY)
    assert set(numbers(outcome)) == {SAME}
    assert everything() == before


def test_what_could_not_be_read_today_stays_where_nobody_has_edited_it(clerk, lan, binh):
    Member.objects.filter(pk=lan.pk).update(phone="hỏi bưu điện", full_name="Lò Thị 1")
    book = Book.of(clerk)
    assert wrong(book.bring(clerk)) == []
    book.of_record(lan)["hometown"] = "Bản mẫu"
    assert wrong(book.bring(clerk)) == []
    lan.refresh_from_db()
    assert (lan.phone, lan.hometown) == ("hỏi bưu điện", "Bản mẫu")
    book.of_record(lan)["phone"] = "gọi nhà bên"
    (fault,) = book.bring(clerk).faults
    assert "Ghi số điện thoại" in fault.message


def test_edited_cells_change_exactly_these_values(clerk, cell_b, lan, binh):
    book, before = Book.of(clerk), everything()
    book.of_record(lan).update(full_name="Lò Thị Mai", born_on="05/1981", ethnicity="thai")
    book.of_record(binh.spells.get())["came_from"] = "Đảng bộ tỉnh mẫu"
    outcome = book.bring(clerk)
    assert numbers(outcome, PEOPLE) == {SAME: 1, CHANGED: 1}
    changed = differences(before, everything())
    assert set(changed) == {(Member, lan.pk), (Spell, binh.spells.get().pk)}
    assert set(changed[Member, lan.pk]) == {"full_name", "born_on", "ethnicity"}
    lan.refresh_from_db()
    assert (lan.full_name, str(lan.born_on), lan.ethnicity) == ("Lò Thị Mai", "05/1981", "thai")


def test_only_the_columns_that_change_are_written(clerk, lan):
    book = Book.of(clerk)
    book.of_record(lan)["hometown"] = "Bản 02"
    with CaptureQueriesContext(connection) as asked:
        assert wrong(book.bring(clerk)) == []
    (written,) = (query["sql"] for query in asked if query["sql"].startswith(f'UPDATE "{Member._meta.db_table}"'))
    assert '"hometown"' in written
    assert '"phone"' not in written


def test_what_stands_in_no_column_of_the_file_is_left_alone(clerk, lan):
    book, before = Book(), everything()
    book.add(Member, mark=mark_of(lan), full_name="Lò Thị Mai")
    grids = book.grids()
    keep = [0, grids[0].rows[0].index("Họ và tên")]
    grids[0].rows[:] = [[row[place] for place in keep] for row in grids[0].rows]
    outcome = import_rows(reader.read(grids), clerk, today=TODAY)
    assert wrong(outcome) == []
    assert differences(before, everything()) == {(Member, lan.pk): {"full_name": ("Lò Thị Lan", "Lò Thị Mai")}}


def test_an_emptied_cell_empties_the_value(clerk, lan):
    change(lan, hometown="Bản 01")
    book = Book.of(clerk)
    book.of_record(lan)["hometown"] = None
    book.bring(clerk)
    lan.refresh_from_db()
    assert lan.hometown == ""


def test_a_new_name_is_found_by_search_and_in_its_order(clerk, lan):
    book = Book.of(clerk)
    book.of_record(lan)["full_name"] = "Đèo Thị Hoà"
    book.add(Member, mark="M1", **PERSON)
    book.add(Spell, member="M1", **STAY)
    book.bring(clerk)
    for member in Member.objects.all():
        kept = member.sort_name, member.search_name
        member.refresh_keys()
        assert (member.sort_name, member.search_name) == kept


def test_what_is_missing_in_the_file_stays(clerk, lan, binh):
    book = Book.of(clerk)
    book.rows[Spell], book.rows[Member] = [], book.rows[Member][:1]
    before = everything()
    assert wrong(book.bring(clerk)) == []
    assert everything() == before


def test_new_rows_are_linked_across_sheets_by_marks_of_their_own(clerk, cell_a):
    book = Book.of(clerk)
    book.add(Member, mark="M1", **PERSON)
    book.add(Spell, member="Lò Văn Mới [M1]", **STAY)
    book.add(MemberState, member="M1", started_on="01/02/2026")
    outcome = book.bring(clerk)
    assert wrong(outcome) == []
    assert numbers(outcome)[NEW] == 3
    member = Member.objects.get(full_name="Lò Văn Mới")
    assert (str(member.born_on), member.spells.get().unit) == ("1990", cell_a)
    assert member.states.get().started_on == date(2026, 2, 1)


def test_a_new_unit_its_period_and_its_members_come_in_one_file(clerk, commune):
    book = Book.of(clerk)
    book.add(Unit, code="c", started_on="01/09/2025")
    place = {"parent": "xa", "name": "Chi bộ c", "kind": "Chi bộ trực thuộc", "sector": "Bản"}
    book.add(UnitPeriod, unit="c", started_on="01/09/2025", **place)
    book.add(Member, mark="M1", **PERSON)
    book.add(Spell, member="M1", **STAY | {"unit": "c"})
    assert wrong(book.bring(clerk)) == []
    assert Member.objects.visible_to(clerk).get().spells.get().unit.code == "c"


def test_a_kind_that_has_no_such_sector_is_refused_in_a_file_too(clerk, cell_a, cell_b):
    book = Book.of(clerk)
    book.of_record(cell_a.periods.get()).update(kind="Chi bộ cơ sở")
    book.of_record(cell_b.periods.get()).update(kind="Chi bộ cơ sở", sector="Công an")
    [(sheet, _, message)] = wrong(book.bring(clerk))
    assert sheet == "Tên, loại, cấp trên"
    assert "Loại tổ chức này không có loại hình đó: chọn loại hình hoặc loại tổ chức khác" in message


def test_a_record_without_a_mark_is_known_by_its_keys(clerk, lan):
    change(lan, citizen_id="001180000017")
    MemberRating.objects.create(member=lan, year=2025, level="good", decided_on=date(2025, 12, 20))
    book = Book.of(clerk)
    book.of_record(lan).update(mark=None, full_name="Lò Thị Mai")
    rating = book.rows[MemberRating][0]
    rating.update(mark=None, level="Hoàn thành nhiệm vụ", member=mark_of(lan))
    outcome = book.bring(clerk)
    assert wrong(outcome) == []
    assert numbers(outcome).get(NEW) is None
    assert Member.objects.get().full_name == "Lò Thị Mai"
    assert MemberRating.objects.get().level == "fair"


def test_a_unit_may_be_called_by_its_name_where_only_one_has_it(clerk, commune, cell_a):
    book = Book.of(clerk)
    book.add(Member, mark="M1", **PERSON)
    stay = book.add(Spell, member="M1", **STAY | {"unit": "Chi bộ a"})
    assert wrong(book.bring(clerk)) == []
    other = make_unit("c", commune)
    UnitPeriod.objects.filter(unit=other).update(name="Chi bộ a")
    book = Book.of(clerk)
    book.add(Member, mark="M2", **PERSON | {"full_name": "Lò Văn Khác"})
    book.add(Spell, **stay | {"member": "M2"})
    assert (STAYS, 3, NOT_FOUND.format("Chi bộ a")) in wrong(book.bring(clerk))


# --- The database judges ---


@pytest.mark.parametrize("part", [1, 2000])
def test_what_the_database_refuses_is_said_of_its_row_and_the_rest_is_written(clerk, cell_a, cell_b, part, monkeypatch):
    monkeypatch.setattr(importer, "PART", part)
    people, book = [make_member(cell_a, day=date(2025, 9, 1)) for _ in range(9)], Book()
    before = {"started_on": "01/07/2025", "ended_on": "01/09/2025", "end_reason": "Chuyển trong đảng bộ"}
    for number, person in enumerate(people):
        stay = {} if number in (3, 7) else before
        book.add(Spell, member=mark_of(person), **STAY | {"unit": "b"} | stay)
    outcome = book.bring(clerk)
    faults = wrong(outcome)
    assert [row for _, row, _ in faults] == [5, 9]
    assert {sheet for sheet, _, _ in faults} == {STAYS}
    assert numbers(outcome) == {NEW: 7, REFUSED: 2}
    assert Spell.objects.count() == 9 + 7


@pytest.mark.parametrize("part", [1, 2000])
@pytest.mark.parametrize("order", [1, -1])
def test_a_stay_that_ends_makes_room_for_the_next_in_whatever_order_they_stand(clerk, lan, part, order, monkeypatch):
    monkeypatch.setattr(importer, "PART", part)
    book = Book.of(clerk)
    book.of_record(lan.spells.get()).update(ended_on="01/02/2026", end_reason="Chuyển trong đảng bộ")
    moved = {"unit": "b", "start_reason": "Chuyển trong đảng bộ"}
    make_unit("b", Unit.objects.get(code="xa"))
    book.add(Spell, member=mark_of(lan), **STAY | moved)
    book.rows[Spell] = book.rows[Spell][::order]
    outcome = book.bring(clerk)
    assert wrong(outcome) == []
    assert numbers(outcome, STAYS) == {CHANGED: 1, NEW: 1}
    assert [stay.unit.code for stay in lan.spells.order_by("started_on")] == ["a", "b"]


def test_a_rule_of_the_model_is_said_of_its_cell(clerk, lan):
    book = Book.of(clerk)
    book.of_record(lan)["citizen_id"] = "12"
    (fault,) = book.bring(clerk).faults
    assert (fault.sheet, fault.row) == (PEOPLE, 2)
    assert fault.column == 1 + list(TABS[Member].columns).index("citizen_id") + 1


def test_a_needed_link_that_is_empty_is_said_of_its_cell(clerk, lan):
    book = Book.of(clerk)
    book.add(Spell, **STAY)
    (fault,) = book.bring(clerk).faults
    assert (fault.sheet, fault.row, fault.column) == (STAYS, 3, 2)


def test_a_fact_about_someone_who_was_in_no_cell_is_refused(clerk, lan):
    book = Book.of(clerk)
    course = {"program": "Tin học, chuyển đổi số", "course": "Lớp mẫu", "level": "Cấp xã"}
    book.add(Training, member=mark_of(lan), began_on="01/01/2009", **course)
    (fault,) = book.bring(clerk).faults
    assert "không sinh hoạt ở chi bộ nào" in fault.message or "danh sách" in fault.message
    assert not Training.objects.exists()


def test_a_fact_from_before_somebody_came_keeps_its_day(clerk, lan):
    book = Book.of(clerk)
    course = {"program": "Tin học, chuyển đổi số", "course": "Lớp mẫu", "level": "Cấp tỉnh"}
    book.add(Training, member=mark_of(lan), began_on="01/01/2020", **course)
    assert not book.bring(clerk).faults
    assert Training.objects.get().began_on == date(2020, 1, 1)


def test_all_faults_are_told_at_once(clerk, lan):
    book = Book.of(clerk)
    book.of_record(lan)["gender"] = "khác"
    book.add(Spell, member="M9", **STAY | {"start_reason": "không rõ"})
    book.add(MemberState, member="M9", started_on="01/02/2026")
    assert {(sheet, row) for sheet, row, _ in wrong(book.bring(clerk))} == {(PEOPLE, 2), (STAYS, 3), (LEVELS, 2)}


# --- What stands in one row, and what leans on it ---


def test_a_row_that_leans_on_a_wrong_row_waits_for_it(clerk, cell_a):
    book = Book.of(clerk)
    book.add(Member, mark="M1", **PERSON | {"gender": "khác"})
    book.add(Spell, member="M1", **STAY)
    faults = wrong(book.bring(clerk))
    assert [(sheet, row) for sheet, row, _ in faults] == [(PEOPLE, 2), (STAYS, 2)]
    assert faults[1][2] == NOT_READY.format("M1")
    assert not Member.objects.exists()


def test_what_a_refused_row_holds_up_says_which_row_that_is(clerk, cell_a):
    book = Book()
    book.add(Member, mark="M1", **PERSON)
    book.add(Spell, member="M1", **STAY | {"started_on": "01/01/1990"})
    book.add(MemberState, member="M1", started_on="01/02/2026")
    faults = wrong(book.bring(clerk))
    held_up = HELD_UP.format(2, STAYS)
    assert [(sheet, row, message == held_up) for sheet, row, message in faults] == [
        (PEOPLE, 2, True),
        (STAYS, 2, False),
        (LEVELS, 2, True),
    ]
    assert FOREIGN not in {message for *_, message in faults}


def test_a_new_person_without_a_stay_is_refused(clerk, cell_a):
    book = Book.of(clerk)
    book.add(Member, mark="M1", **PERSON)
    book.add(MemberState, member="M1", started_on="01/02/2026")
    faults = wrong(book.bring(clerk))
    assert (PEOPLE, 2, FOREIGN) in faults
    assert not Member.objects.exists()
    assert not MemberState.objects.exists()


def test_what_stands_in_one_row_is_written_whole_or_not_at_all(clerk, cell_a):
    def row(number, reason):
        person = {"full_name": f"Lò Văn {in_letters(number)}", "gender": "male", "born_on": None, "ethnicity": "kinh"}
        stay = {"member": f"M{number}", "unit": "a", "started_on": date(2026, 2, 1), "start_reason": reason}
        return [(Member, person, f"M{number}"), (Spell, stay, "")]

    rows = [row(1, "transferred_in"), row(2, "nothing"), row(3, "transferred_in")]
    lines = [
        ImportRow(TABS[model], "Danh sách", number, values, mark)
        for model in (Member, Spell)
        for number, pieces in enumerate(rows, 5)
        for found, values, mark in pieces
        if found is model
    ]
    outcome = import_rows(ParsedFile(lines, len(lines), ["Danh sách"]), clerk, today=TODAY)
    assert {row for _, row, _ in wrong(outcome)} == {6}
    brought = {f"Lò Văn {in_letters(number)}" for number in (1, 3)}
    assert {*Member.objects.values_list("full_name", flat=True)} == brought


def test_two_rows_about_one_record_are_one_too_many(clerk, lan):
    book = Book.of(clerk)
    book.rows[Member].append(book.of_record(lan) | {"full_name": "Lò Thị Mai"})
    assert wrong(book.bring(clerk)) == [(PEOPLE, 3, TWICE.format(2, PEOPLE))]
    lan.refresh_from_db()
    assert lan.full_name == "Lò Thị Lan"


# --- Who may ---


@pytest.mark.parametrize("text", ["99-abcdef", "M7", "Chi bộ không có [zzz]", "0", "-1", "=1+1"])
def test_what_a_link_does_not_mean_is_said(clerk, lan, text):
    book = Book.of(clerk)
    book.add(MemberRating, member=text, year=2025, level="Hoàn thành tốt nhiệm vụ", decided_on="20/12/2025")
    book.add(Spell, member=mark_of(lan), **STAY | {"unit": text})
    found = wrong(book.bring(clerk))
    assert [sheet for sheet, _, _ in found] == [STAYS, RATINGS]
    assert all("Không tìm thấy" in message for _, _, message in found)


def test_a_foreign_person_and_one_who_never_was_are_told_alike(clerk, secretary_a, lan, binh):
    found = []
    for mark in (mark_of(binh), "77-000000"):
        book = Book()
        book.add(MemberRating, member=mark, year=2025, level="Hoàn thành tốt nhiệm vụ", decided_on="20/12/2025")
        ((sheet, row, message),) = wrong(book.bring(secretary_a))
        found.append((sheet, row, message.replace(mark, "…")))
    assert found[0] == found[1]
    assert not MemberRating.objects.exists()


def test_a_secretary_changes_no_foreign_person_by_the_marks_of_the_clerk(clerk, secretary_a, lan, binh):
    book = Book.of(clerk)
    book.rows = {Member: book.rows[Member]}
    book.of_record(lan)["hometown"] = book.of_record(binh)["hometown"] = "Bản 02"
    place = 2 + book.rows[Member].index(book.of_record(binh))
    assert wrong(book.bring(secretary_a)) == [(PEOPLE, place, FOREIGN)]
    assert [Member.objects.get(pk=each.pk).hometown for each in (lan, binh)] == ["Bản 02", ""]


def test_what_a_secretary_only_reads_may_stand_in_the_file_unchanged(clerk, secretary_a, lan):
    book = Book.of(clerk)
    book.rows = {model: book.rows[model] for model in (Member, Regulation, Threshold)}
    book.of_record(lan)["hometown"] = "Bản 02"
    assert wrong(book.bring(secretary_a)) == []
    book.rows[Regulation][0]["number"] = "1-QĐ/TW"
    assert (REGULATIONS, 2, FOREIGN) in wrong(book.bring(secretary_a))


def test_a_foreign_record_is_not_taken_over_by_its_mark(clerk, secretary_a, lan, binh):
    foreign = MemberRating.objects.create(member=binh, year=2025, level="good", decided_on=date(2025, 12, 20))
    book = Book.of(clerk)
    row = book.of_record(foreign) | {"member": mark_of(lan)}
    book.rows = {MemberRating: [row]}
    assert wrong(book.bring(secretary_a)) == [(RATINGS, 2, FOREIGN)]
    assert MemberRating.objects.get().member == binh


def test_a_secretary_writes_no_decision_of_the_committee(clerk, secretary_a, lan):
    book, before = Book.of(clerk), everything()
    book.rows[Member] = []
    book.of_record(lan.spells.get())["came_from"] = "Nơi khác"
    book.add(Spell, member=mark_of(lan), **STAY)
    book.add(Unit, code="moi", started_on="01/02/2026")
    faults = wrong(book.bring(secretary_a))
    assert {sheet for sheet, _, _ in faults} >= {STAYS, "Tổ chức đảng"}
    assert everything() == before


@pytest.mark.parametrize("person", ["leader", "administrator", "stranger"])
def test_who_may_edit_nothing_writes_nothing(request, person, clerk, lan):
    book, before = Book.of(clerk), everything()
    book.of_record(lan)["hometown"] = "Bản 02"
    book.add(Member, mark="M1", **PERSON)
    book.bring(request.getfixturevalue(person))
    assert everything() == before


def test_nobody_moves_a_record_out_of_the_own_reach(commune, lan):
    make_root("xa-khac")
    here = clerk_of(commune, "here")
    book = Book.of(here)
    book.of_record(lan.spells.get())["unit"] = "xa-khac"
    assert [message for _, _, message in wrong(book.bring(here))] == [NOT_FOUND.format("xa-khac")]


def test_marks_of_another_database_are_only_names(clerk, lan):
    book = Book()
    book.add(Member, mark=f"{lan.pk}-000000", **PERSON)
    book.add(Spell, member=f"{lan.pk}-000000", **STAY)
    assert wrong(book.bring(clerk)) == []
    lan.refresh_from_db()
    assert lan.full_name == "Lò Thị Lan"
    assert Member.objects.count() == 2


# --- What was edited on screen since the export ---


def test_what_was_written_on_screen_since_the_export_stays(clerk, lan):
    book = Book.of(clerk)
    change(lan, hometown="Bản 01", phone="0900000000")
    book.of_record(lan)["full_name"] = "Lò Thị Mai"
    assert wrong(book.bring(clerk)) == []
    lan.refresh_from_db()
    assert (lan.full_name, lan.hometown, lan.phone) == ("Lò Thị Mai", "Bản 01", "0900000000")


@pytest.mark.parametrize(("answer", "hometown"), [(None, "Bản 01"), (KEEP, "Bản 01"), (TAKE, "Bản 02")])
def test_where_both_sides_changed_one_value_the_sender_decides(clerk, lan, answer, hometown):
    book = Book.of(clerk)
    change(lan, hometown="Bản 01")
    book.of_record(lan).update(hometown="Bản 02", phone="0900000000")
    (question,) = book.bring(clerk).faults
    assert set(question.options) == {KEEP, TAKE}
    assert "“Bản 01”" in question.message
    assert "“Bản 02”" in question.message
    outcome = book.bring(clerk, answers={question.place: answer} if answer else {})
    assert bool(outcome.faults) == (answer is None)
    lan.refresh_from_db()
    assert (lan.hometown, lan.phone) == (hometown, "0900000000" if answer else "")


def test_all_values_that_both_sides_changed_are_asked_about_at_once(clerk, lan):
    book = Book.of(clerk)
    change(lan, hometown="Bản 01", phone="0900000000")
    book.of_record(lan).update(hometown="Bản 02", phone="0911000000")
    assert len([fault for fault in book.bring(clerk).faults if fault.options]) == 2


def test_without_a_stamp_what_the_file_says_is_written(clerk, lan):
    book = Book.of(clerk)
    change(lan, hometown="Bản 01")
    book.stamp = ""
    book.of_record(lan)["hometown"] = "Bản 02"
    assert wrong(book.bring(clerk)) == []
    lan.refresh_from_db()
    assert lan.hometown == "Bản 02"


# --- Is it the same person? ---


@pytest.mark.parametrize("answer", [None, ANOTHER, "that one"])
def test_somebody_alike_is_asked_about_before_being_written_anew(clerk, lan, answer):
    change(lan, born_on="1990")
    book = Book.of(clerk)
    book.rows = {Member: [], Spell: []}
    book.add(Member, mark="M1", **PERSON | {"full_name": "Lò Thị Lan", "hometown": "Bản 02", "gender": "Nữ"})
    book.add(Spell, member="M1", **STAY | {"started_on": "01/07/2025", "start_reason": "Chuyển đến trong tỉnh"})
    questions = [fault for fault in book.bring(clerk).faults if fault.options]
    assert [fault.message for fault in questions] == [ALIKE.format(lan)]
    assert set(questions[0].options) == {str(lan.pk), ANOTHER}
    if answer:
        outcome = book.bring(clerk, answers={questions[0].place: str(lan.pk) if answer == "that one" else answer})
        assert wrong(outcome) == []
    lan.refresh_from_db()
    wanted = {None: (1, ""), ANOTHER: (2, ""), "that one": (1, "Bản 02")}
    assert (Member.objects.count(), lan.hometown) == wanted[answer]


def test_somebody_without_a_birthday_is_asked_about_by_no_name(clerk, cell_a):
    make_member(cell_a, PERSON["full_name"], born_on=None)
    book = Book()
    book.add(Member, mark="M1", **PERSON | {"born_on": None})
    book.add(Spell, member="M1", **STAY)
    assert wrong(book.bring(clerk)) == []
    assert Member.objects.count() == 2


def test_two_people_alike_in_one_file_are_two(clerk, cell_a):
    book = Book.of(clerk)
    for mark in ("M1", "M2"):
        book.add(Member, mark=mark, **PERSON)
        book.add(Spell, member=mark, **STAY)
    assert wrong(book.bring(clerk)) == []
    assert Member.objects.count() == 2


# --- What it costs ---


@pytest.mark.parametrize("rows", [1, 30])
def test_the_statements_of_an_import_do_not_grow_with_its_rows(clerk, cell_a, rows):
    for _ in range(rows):
        make_member(cell_a)
    same = Book.of(clerk)
    book = Book.of(clerk)
    for number in range(rows):
        book.add(Member, mark=f"M{number}", **PERSON | {"full_name": f"Lò Văn {in_letters(number)}"})
        book.add(Spell, member=f"M{number}", **STAY)
        book.add(MemberState, member=f"M{number}", started_on="01/02/2026")
    with CaptureQueriesContext(connection) as unchanged:
        same.bring(clerk)
    with CaptureQueriesContext(connection) as new:
        outcome = book.bring(clerk)
    assert wrong(outcome) == []
    more = rows > 1 and connection.vendor == "sqlite"  # which takes some thirty people in one statement
    assert (len(unchanged), len(new)) == (31, 55 + more)
