from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.importer import ANOTHER, FOREIGN, import_rows
from binhlu_portal.spreadsheets.importer.result_json import to_json
from binhlu_portal.spreadsheets.importer.results import CHANGED, NEW, SAME
from binhlu_portal.spreadsheets.jobs.actions import remember
from binhlu_portal.spreadsheets.sandbox.client import Grid
from members.choices import Education, Gender, Post, StartReason, Theory
from members.member_records.actions import set_levels
from members.models import Member, MemberState, Position, Spell
from members.restructuring.actions import merge
from members.roster_import.people_apart import LEAVE_THEM, READ_THEM
from members.roster_import.post_lines import UNDECIDED
from members.roster_import.reader import read
from members.roster_import.resolution import AS_IT_IS, NEWCOMER, SKIP, SKIP_THEM, STAY
from organizations.units.actions import rename
from tests.factories import START, make_member, make_unit
from tests.ground import layer
from tests.members.roster_import.mess import TCVN3

DAY = date(2026, 3, 1)
HEAD = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số thẻ", "LLCT", "Chi bộ"]
MAI = ["1", "Lò Thị Mai", "17/05/1980", "Nữ", "Thái", "12345678", "Trung cấp", "Chi bộ a"]
TRANSFERRED = {"way": StartReason.TRANSFERRED_IN}


def grid(*rows, head=HEAD, name="Danh sách"):
    """Return a sheet with a title above the list."""
    return Grid(name, [["DANH SÁCH ĐẢNG VIÊN"], [], head, *rows])


def bring(user, *grids, settings=None, answers=None):
    """Bring lists in for `user` and return (reading, outcome)."""
    said = SenderInput(user, {"day": DAY.isoformat()} | (settings or {}), answers or {})
    reading = read(grids, said)
    return reading, import_rows(reading, user, today=DAY, answers=said.answers)


def row(**changes):
    """Return the row of Mai with other values, by the headings."""
    return [changes.get(heading, value) for heading, value in zip(HEAD, MAI, strict=True)]


@layer
def mai(cell_a):
    member = make_member(cell_a, "Lò Thị Mai", gender="female", ethnicity="thai", card_number="12345678")
    set_levels(member=member, day=START, education=Education.UPPER_SECONDARY, theory=Theory.ELEMENTARY)
    return member


def test_a_list_is_known_by_its_columns(clerk):
    said = SenderInput(clerk, {"day": DAY.isoformat()})
    assert read([grid(MAI)], said)
    assert read([Grid("Thu chi", [["Ngày", "Số tiền"], ["1/1/2026", 5]])], said) is None


def test_someone_new_gets_a_card_a_stay_and_levels(clerk, cell_a):
    _, outcome = bring(clerk, grid(MAI))
    assert outcome.faults == []
    member = Member.objects.get()
    assert (member.full_name, member.gender, member.born_on) == ("Lò Thị Mai", Gender.FEMALE, PartialDate("1980-05-17"))
    spell = Spell.objects.get()
    assert (spell.unit, spell.started_on, spell.start_reason) == (cell_a, START, StartReason.RECEIVED_WITH_UNIT)
    assert MemberState.objects.get().theory == Theory.INTERMEDIATE


def test_someone_received_with_the_cell_comes_on_its_first_day(clerk, cell_a):
    bring(clerk, grid(MAI), settings={"way": StartReason.RECEIVED_WITH_UNIT})
    assert Spell.objects.get().started_on == START


def test_a_list_of_years_makes_no_day_that_is_known_less_well_known(clerk, cell_a):
    member = make_member(cell_a, "Lò Thị Mai", gender="female", born_on="1980-05-17", joined_on="2005-02")
    head = ["TT", "Họ và tên", "Năm sinh", "Ngày vào Đảng", "Chi bộ"]
    _, outcome = bring(clerk, grid(["1", "Lò Thị Mai", "1980", "03/02/2005", "Chi bộ a"], head=head))
    assert outcome.faults == []
    member.refresh_from_db()
    assert (member.born_on.iso, member.joined_on.iso) == ("1980-05-17", "2005-02-03")


def test_what_a_list_says_anew_holds_from_its_day_and_the_rest_stays(clerk, mai):
    reading, outcome = bring(clerk, grid(MAI))
    assert outcome.faults == []
    assert outcome.counts()["Đảng viên"] == {SAME: 1}
    old, new = mai.states.order_by("started_on")
    assert (old.theory, old.ended_on) == (Theory.ELEMENTARY, DAY)
    assert (new.started_on, new.theory, new.education) == (DAY, Theory.INTERMEDIATE, Education.UPPER_SECONDARY)
    seen = to_json(outcome, reading)
    [[*_, who, changes, about]] = seen["changes"]
    assert about == ["members_member", mai.pk]
    assert (who, changes) == ("Lò Thị Mai", [["lý luận chính trị", "Sơ cấp", "Trung cấp"]])
    assert (seen["counts"]["Trình độ, nghề nghiệp"], seen["new"], seen["writes"]) == ({CHANGED: 1}, [], 1)
    assert reading.count == outcome.done


def test_the_same_list_again_changes_nothing(clerk, mai):
    bring(clerk, grid(MAI))
    _, outcome = bring(clerk, grid(MAI))
    assert (outcome.writes, outcome.faults) == (0, [])


def test_an_empty_cell_takes_nothing_away(clerk, mai):
    bring(clerk, grid(row(**{"Dân tộc": "", "LLCT": None})))
    mai.refresh_from_db()
    assert (mai.ethnicity, mai.states.count()) == ("thai", 1)


def test_someone_listed_elsewhere_is_asked_about_and_never_moved(clerk, mai, cell_b):
    elsewhere = row(**{"Chi bộ": "Chi bộ b", "Dân tộc": "Mông"})
    _, outcome = bring(clerk, grid(elsewhere))
    [question] = outcome.faults
    assert STAY in question.options
    assert outcome.writes == 0
    _, outcome = bring(clerk, grid(elsewhere), answers={question.place: STAY})
    assert outcome.faults == []
    mai.refresh_from_db()
    assert (mai.ethnicity, mai.spells.get().unit.code) == ("mong", "a")


@pytest.mark.parametrize(("answer", "people", "written"), [("mai", 1, True), (ANOTHER, 2, True), (SKIP, 1, False)])
def test_a_doubtful_person_is_asked_about(clerk, mai, answer, people, written):
    doubtful = row(**{"Số thẻ": "87654321", "Dân tộc": "Mông"})
    _, outcome = bring(clerk, grid(doubtful))
    [question] = outcome.faults
    assert (question.row, set(question.options)) == (4, {str(mai.pk), ANOTHER, SKIP})
    answer = str(mai.pk) if answer == "mai" else answer
    _, outcome = bring(clerk, grid(doubtful), settings=TRANSFERRED, answers={question.place: answer})
    assert outcome.faults == []
    assert (Member.objects.count(), outcome.writes > 0) == (people, written)


def test_a_question_tells_whose_row_it_is(clerk, mai):
    reading, outcome = bring(clerk, grid(row(**{"Số thẻ": "87654321"})))
    [question] = to_json(outcome, reading)["faults"]
    assert (question["value"], question["who"]) == ("Lò Thị Mai", "Lò Thị Mai, 17/05/1980")


def test_what_the_database_refuses_names_the_person_and_nothing_else_is_blamed(clerk, cell_a):
    head = [*HEAD, "Ngày chuyển đến chi bộ"]
    _, outcome = bring(clerk, grid([*MAI, "01/01/1990"], head=head), settings=TRANSFERRED)
    [fault] = outcome.faults
    assert (fault.row, fault.who) == (4, "Lò Thị Mai, 17/05/1980")
    assert fault.message != FOREIGN
    assert not Member.objects.exists()


def test_a_cell_that_is_not_clear_may_be_any_of_the_senders_with_the_likeliest_first(clerk, commune, cell_a):
    for number in range(8):
        make_unit(f"m{number}", commune)
    _, outcome = bring(clerk, grid(row(**{"Chi bộ": "Chi bộ m7 cũ"})))
    [question] = outcome.faults
    assert question.column == 8
    names = [*question.options.values()]
    known = [name for name in names if not name.startswith("Thêm mới")]
    assert (names[0], len(known), names[-1]) == ("Chi bộ m7", 9 + 1, SKIP_THEM)


def test_the_lines_of_a_cell_may_be_passed_over(clerk, cell_a, cell_b):
    unclear = row(**{"Chi bộ": "Chi bộ x"})
    rows = [unclear, row(**{"Họ và tên": "Lò Văn Hai", "Số thẻ": "", "Giới tính": "Nam"}), unclear]
    _, outcome = bring(clerk, grid(*rows))
    [question, *_] = outcome.faults
    _, outcome = bring(clerk, grid(*rows), answers={question.place: SKIP})
    assert outcome.faults == []
    assert Member.objects.get().full_name == "Lò Văn Hai"


def test_a_cell_that_is_not_clear_is_asked_about_once(clerk, cell_a, cell_b):
    unclear = {"Chi bộ": "Chi bộ x"}
    rows = [row(**unclear), row(**unclear, **{"Họ và tên": "Lò Văn Hai", "Số thẻ": "", "Giới tính": "Nam"})]
    _, outcome = bring(clerk, grid(*rows))
    questions = [fault for fault in outcome.faults if fault.options]
    assert len(questions) == 1
    assert len(outcome.faults) == 2
    _, outcome = bring(clerk, grid(*rows), answers={questions[0].place: str(cell_b.pk)})
    assert outcome.faults == []
    assert set(Spell.objects.values_list("unit", flat=True)) == {cell_b.pk}


def test_the_cell_of_the_whole_list_is_the_one_the_sender_says(clerk, cell_a, cell_b):
    nowhere = grid(row(**{"Chi bộ": None}))
    _, outcome = bring(clerk, nowhere)
    assert len(outcome.faults) == 1
    bring(clerk, nowhere, settings={"unit": "b"})
    assert Spell.objects.get().unit == cell_b


def test_a_secretary_corrects_the_own_people_and_takes_in_nobody(secretary_a, mai, cell_b):
    _, outcome = bring(secretary_a, grid(row(**{"Dân tộc": "Mông"}), row(**{"Họ và tên": "Người Lạ", "Số thẻ": ""})))
    assert [(fault.row, fault.message) for fault in outcome.faults] == [(5, NEWCOMER)]
    mai.refresh_from_db()
    assert mai.ethnicity == "mong"


def test_a_secretary_does_not_reach_people_of_other_cells(secretary_b, mai, cell_b):
    _, outcome = bring(secretary_b, grid(row(**{"Chi bộ": None})))
    assert outcome.writes == 0
    [fault] = outcome.faults
    assert not fault.options
    assert "Chi bộ a" not in fault.message


def test_a_secretary_who_is_asked_who_somebody_is_is_not_offered_to_add_them(secretary_a, mai):
    _, outcome = bring(secretary_a, grid(row(**{"Số thẻ": "87654321"})))
    [question] = outcome.faults
    assert set(question.options) == {str(mai.pk), SKIP}


def test_what_stands_in_a_cell_is_shown_in_letters_of_today(clerk, mai):
    others = [row(**{"Họ và tên": "Vàng Thị Xuân", "Ngày sinh": f"{1970 + n}", "Số thẻ": ""}) for n in range(9)]
    people = [row(**{"Số thẻ": "87654321"}), *others]
    old = [[person[0], person[1].translate(TCVN3), *person[2:]] for person in people]
    reading, outcome = bring(clerk, grid(*old), settings=TRANSFERRED)
    [question] = outcome.faults
    assert reading.shown(question) == "Lò Thị Mai"


def test_a_post_that_is_new_is_written(clerk, mai):
    head = [*HEAD, "Chức vụ Đảng", "Số QĐ chuẩn y", "Ngày QĐ chuẩn y"]
    said = grid([*MAI, "Bí thư", "05-QĐ/ĐU", "10/01/2026"], head=head)
    _, outcome = bring(clerk, said)
    assert outcome.faults == []
    held = Position.objects.get()
    assert (held.post, held.decision_number, held.decision_date) == (Post.SECRETARY, "05-QĐ/ĐU", date(2026, 1, 10))
    _, outcome = bring(clerk, said)
    assert outcome.counts().get("Chức vụ") is None


def test_a_committee_post_without_a_decision_is_told_and_not_written(clerk, mai):
    head = [*HEAD, "Chức vụ Đảng"]
    reading, outcome = bring(clerk, grid([*MAI, "Bí thư, trưởng bản"], head=head))
    assert outcome.faults == []
    assert reading.notes[-1] == UNDECIDED.format(1)
    assert Position.objects.get().post == Post.VILLAGE_HEAD


def test_what_columns_mean_is_remembered_for_lists_of_that_shape(clerk, mai):
    reading, _ = bring(clerk, grid(MAI))
    columns = {column["header"]: column for column in reading.settings["columns"]}
    column = columns["LLCT"]
    remember(user=clerk, mapping={f"{column['sheet']}!{column['column']}": ""})
    reading, _ = bring(clerk, grid(MAI, name="Trang khác"))
    kinds = {column["header"]: column["field"] for column in reading.settings["columns"]}
    assert (kinds["LLCT"], kinds["Số thẻ"]) == ("", "card_number")


@pytest.mark.parametrize("people", [1, 30])
def test_statements_do_not_grow_with_the_people(clerk, cell_a, people, django_assert_num_queries):
    rows = [row(**{"Số thẻ": f"{10_000_000 + number}"}) for number in range(people)]
    said = SenderInput(clerk, {"day": DAY.isoformat()})
    with django_assert_num_queries(10), transaction.atomic():
        reading = read([grid(*rows)], said)
    assert reading.count == 3 * people
    assert {line.tab.model for line in reading.lines} == {Member, Spell, MemberState}


def test_two_lines_about_one_person_are_told(clerk, cell_a):
    _, outcome = bring(clerk, grid(MAI, MAI))
    assert [fault.row for fault in outcome.faults] == [5]
    assert outcome.counts()["Đảng viên"][NEW] == 1


ODD = {"Họ và tên": "Lò Thị Tư", "Giới tính": "Nam", "Số thẻ": ""}


@pytest.mark.parametrize(("answer", "people"), [(None, 0), (AS_IT_IS, 1), (SKIP, 0)])
def test_what_is_odd_is_asked_before_it_is_written(clerk, cell_a, answer, people):
    _, outcome = bring(clerk, grid(row(**ODD)))
    [question] = outcome.faults
    assert set(question.options) == {AS_IT_IS, SKIP}
    assert (question.row, question.column, question.value) == (4, 2, "Lò Thị Tư")
    _, outcome = bring(clerk, grid(row(**ODD)), answers={question.place: answer} if answer else None)
    assert (len(outcome.faults), Member.objects.count()) == (answer is None, people)


def test_whoever_is_odd_and_perhaps_known_is_asked_about_both(clerk, mai):
    odd = row(**{"Giới tính": "Nam", "Số thẻ": "87654321"})
    _, outcome = bring(clerk, grid(odd))
    place = outcome.faults[0].place
    _, outcome = bring(clerk, grid(odd), answers={place: AS_IT_IS})
    [who] = outcome.faults
    assert set(who.options) == {str(mai.pk), ANOTHER, SKIP}
    _, outcome = bring(clerk, grid(odd), settings=TRANSFERRED, answers={place: ANOTHER})
    assert (outcome.faults, Member.objects.count()) == ([], 2)


def test_zeros_put_in_front_are_shown(clerk, cell_a):
    head = [*HEAD, "Số CCCD"]
    other = row(**{"Họ và tên": "Lò Thị Bình", "Số thẻ": ""})
    reading, outcome = bring(
        clerk, grid([*row(**{"Số thẻ": 1234567}), 12180000001], [*other, "012180000002"], head=head)
    )
    assert outcome.faults == []
    [card, citizen] = [note for note in reading.notes if note.startswith("Đã thêm số 0")]
    assert "số thẻ đảng viên, trang “Danh sách”, dòng 4." in card
    assert "số định danh cá nhân, trang “Danh sách”, dòng 4." in citizen


def test_people_side_by_side_in_one_row_are_two_records(clerk, cell_a):
    two = ["2", "Giàng A Páo", "1975", "Nam", "Mông", "", "", "Chi bộ a"]
    _, outcome = bring(clerk, grid([*MAI, None, *two], head=[*HEAD, None, *HEAD]))
    assert outcome.faults == []
    assert set(Spell.objects.values_list("member__full_name", flat=True)) == {"Lò Thị Mai", "Giàng A Páo"}


@pytest.mark.parametrize(
    "hidden", [{"hidden_rows": frozenset({3})}, {"hidden": True}, {"struck": frozenset({(3, HEAD.index("Họ và tên"))})}]
)
@pytest.mark.parametrize(("answer", "people"), [(LEAVE_THEM, 1), (READ_THEM, 2)])
def test_people_whom_nobody_sees_are_left_out_unless_wanted(clerk, cell_a, hidden, answer, people):
    seen = grid(row(**{"Họ và tên": "Lò Thị Bình", "Số thẻ": ""}), name="Năm nay")
    unseen = replace(grid(MAI, name="Năm 2020"), **hidden)
    _, outcome = bring(clerk, seen, unseen)
    [asked] = outcome.faults
    assert "1 người" in asked.message and "dòng 4" in asked.message
    settings = {"way": StartReason.RECEIVED_WITH_UNIT}
    _, outcome = bring(clerk, seen, unseen, answers={asked.place: answer}, settings=settings)
    assert outcome.faults == []
    assert Member.objects.count() == people


GONE = ["Đảng viên chuyển sinh hoạt đi", "II. Đảng viên từ trần trong năm", "DANH SÁCH QUẦN CHÚNG ƯU TÚ"]


@pytest.mark.parametrize("title", GONE)
@pytest.mark.parametrize("as_sheet", [False, True])
def test_people_whom_a_title_calls_gone_or_no_members_are_asked_about(clerk, cell_a, title, as_sheet):
    here, gone = row(**{"Họ và tên": "Lò Thị Bình", "Số thẻ": ""}), MAI
    both = grid(here, [title], gone)
    grids = [grid(here, name="Đang sinh hoạt"), grid(gone, name=title[:31])] if as_sheet else [both]
    _, outcome = bring(clerk, *grids)
    [asked] = outcome.faults
    assert [*asked.options] == [LEAVE_THEM, READ_THEM]
    _, outcome = bring(clerk, *grids, answers={asked.place: LEAVE_THEM})
    assert (outcome.faults, [member.full_name for member in Member.objects.all()]) == ([], ["Lò Thị Bình"])


@pytest.mark.parametrize(("answer", "people"), [(LEAVE_THEM, 1), (READ_THEM, 2)])
@pytest.mark.parametrize("title", ["III. Đảng viên miễn sinh hoạt", "Đảng viên đi làm ăn xa", "B. Đình chỉ sinh hoạt"])
def test_what_a_group_says_of_its_people_is_asked_about(clerk, cell_a, title, answer, people):
    listed = grid(row(**{"Họ và tên": "Lò Thị Bình", "Số thẻ": ""}), [title], MAI)
    _, outcome = bring(clerk, listed)
    [asked] = outcome.faults
    assert title in asked.message
    settings = {"way": StartReason.RECEIVED_WITH_UNIT}
    _, outcome = bring(clerk, listed, answers={asked.place: answer}, settings=settings)
    assert (outcome.faults, Member.objects.count()) == ([], people)


@pytest.mark.parametrize("note", ["Đã mất năm 2024", "Chuyển sinh hoạt đảng đi 01/2026", "đã chuyển"])
def test_a_note_that_somebody_is_gone_is_asked_about(clerk, cell_a, note):
    _, outcome = bring(clerk, grid([*MAI, note], head=[*HEAD, "Ghi chú"]))
    [asked] = outcome.faults
    assert note in asked.message


@pytest.mark.parametrize("note", ["Đã mất thẻ", "Chuyển đến từ chi bộ khác", "Đã chuyển chính thức"])
def test_a_note_about_something_else_is_kept(clerk, cell_a, note):
    _, outcome = bring(clerk, grid([*MAI, note], head=[*HEAD, "Ghi chú"]))
    assert (outcome.faults, Member.objects.get().note) == ([], note)


def test_of_a_cell_that_was_merged_away_the_one_it_went_on_in_is_offered_first(clerk, cell_a, cell_b, commune):
    for number in range(1, 9):
        make_unit(f"c{number}", commune)
    gone = make_unit("c", commune)
    merge(cells=[gone], into=cell_b, day=date(2026, 1, 15))
    merge(cells=[cell_b], into=cell_a, day=date(2026, 2, 1))
    _, outcome = bring(clerk, grid(row(**{"Chi bộ": "CHI BỘ C"})))
    [question] = outcome.faults
    assert next(iter(question.options)) == str(cell_a.pk)
    _, outcome = bring(clerk, grid(row(**{"Chi bộ": "CHI BỘ C"})), answers={question.place: str(cell_a.pk)})
    assert outcome.faults == []
    assert Spell.objects.get().unit == cell_a


def test_what_a_cell_was_called_before_is_asked_with_it_first(clerk, cell_a, cell_b):
    rename(unit=cell_b, name="Chi bộ Mường Mới", day=date(2026, 1, 15))
    _, outcome = bring(clerk, grid(row(**{"Chi bộ": "CHI BỘ B (cũ)"})))
    [question] = outcome.faults
    assert next(iter(question.options)) == str(cell_b.pk)


def test_a_cell_merged_away_after_the_day_of_the_list_is_itself(clerk, cell_a, cell_b):
    merge(cells=[cell_b], into=cell_a, day=date(2026, 4, 1))
    _, outcome = bring(clerk, grid(row(**{"Chi bộ": "Chi bộ b"})), settings={"day": "2026-03-01"})
    assert [fault.options for fault in outcome.faults if str(cell_a.pk) in fault.options] == []


@pytest.mark.parametrize(
    ("answer", "kept"), [("", ["Lò Thị Mai"]), (SKIP, ["Lò Thị Mai"]), (AS_IT_IS, ["Lò Thị Mai", "Lò Thị Mại"])]
)
def test_two_people_of_nearly_one_name_are_asked_and_neither_merged_nor_doubled(clerk, cell_a, answer, kept):
    people = grid(row(), row(**{"Họ và tên": "Lò Thị Mại", "Số thẻ": ""}))
    _, outcome = bring(clerk, people, answers={"Danh sách!5!0": answer})
    assert [[*fault.options] for fault in outcome.faults] == ([] if answer else [[AS_IT_IS, SKIP]])
    assert sorted(Member.objects.values_list("full_name", flat=True)) == kept
