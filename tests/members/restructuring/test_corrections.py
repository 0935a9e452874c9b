"""The end of a unit put right: what ended, moved or began on that day because of it moves along, or nothing does."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from assessments.meetings import actions as meetings
from assessments.nil_returns import actions as nil_returns
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.records.agreements import AGREEMENTS
from binhlu_portal.spreadsheets.importer.carried import CARRIED
from binhlu_portal.spreadsheets.jobs.actions import dry_run
from members.choices import EndReason, Post
from members.membership import actions as membership
from members.models import Spell, Vacancy
from members.positions import actions as positions
from members.restructuring import actions as restructuring
from members.restructuring.corrections import correct_end
from organizations.choices import Kind
from organizations.models import Ancestry, UnitEvent
from reports.figures import evaluate
from tests.binhlu_portal.spreadsheets.books import TODAY, Book, mark_of, wrong
from tests.factories import DECIDED, START, leave_party, make_member, make_unit, moment_of
from tests.ground import layer
from tests.proofs import again, records, refused

from .sending import preview, text, write

END = date(2026, 1, 15)
ONE = timedelta(days=1)
DAYS = pytest.mark.parametrize("day", [END - 5 * ONE, END - ONE, END + ONE, END + 5 * ONE])


@layer
def lan(cell_a):
    """The secretary of A, whose deputy nobody is."""
    member = make_member(cell_a, "Lan")
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=START, decision=DECIDED)
    Vacancy.objects.create(unit=cell_a, post=Post.VILLAGE_HEAD, started_on=START)
    return member


@layer
def merged(cell_a, cell_b, lan):
    """A, merged into B."""
    restructuring.merge(cells=[cell_a], into=cell_b, day=END, decision=DECIDED)
    return again(cell_a)


def assert_nothing_is_apart():
    for name, agreement in AGREEMENTS.items():
        assert agreement.apart() == {}, name


def assert_ended(unit, day):
    """Assert that all of a cell ended on a day, and its member went on then."""
    unit = again(unit)
    assert unit.ended_on == unit.periods.get().ended_on == unit.positions.get().ended_on == day
    assert unit.vacancies.get().ended_on == unit.events.latest("pk").day == day
    (stay,) = unit.spells.all()
    following = stay.member.spells.get(ended_on=OPEN)
    assert stay.ended_on == following.started_on == day
    assert set(Ancestry.objects.filter(unit=unit).values_list("ended_on", flat=True)) == {day}
    assert_nothing_is_apart()


@DAYS
def test_the_end_of_a_merged_cell_moves_with_all_that_ended(commune, merged, day):
    correct_end(unit=merged, day=day)
    assert_ended(merged, day)
    for when, number in ((day - ONE, 1), (day, 0)):
        asked = moment_of(merged, when, since=START)
        assert evaluate.results(asked, ["members.total"])["members.total"].value == number
        assert evaluate.results(moment_of(commune, when), ["members.total"])["members.total"].value == 1


@DAYS
def test_the_end_of_a_dissolved_cell_moves_too(cell_a, cell_b, lan, day):
    restructuring.dissolve(cell=cell_a, day=END, moves={lan: cell_b}, decision=DECIDED)
    correct_end(unit=again(cell_a), day=day)
    assert_ended(cell_a, day)


@DAYS
def test_what_stood_beneath_a_dissolved_organization_leaves_it_on_the_right_day(commune, day):
    organization = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    cell = make_unit("trong", organization)
    restructuring.dissolve_organization(organization=organization, day=END, to=commune, decision=DECIDED)
    correct_end(unit=again(organization), day=day)
    before, after = cell.periods.order_by("started_on")
    assert (before.parent, before.ended_on, after.parent, after.started_on) == (organization, day, commune, day)
    assert set(UnitEvent.objects.exclude(day=START).values_list("day", flat=True)) == {day}
    assert_nothing_is_apart()


def test_there_and_back_is_where_it_was(merged):
    before = records()
    correct_end(unit=merged, day=END - 5 * ONE)
    correct_end(unit=again(merged), day=END)
    derived = {"organizations.Ancestry": None}
    assert records() | derived == before | derived


def test_what_was_stated_until_the_end_moves_along(cell_a, cell_b, lan):
    nil_returns.state_nil(unit=cell_a, registers=["trainings"], started_on=START, ended_on=END, stated_by="Bí thư")
    restructuring.merge(cells=[cell_a], into=cell_b, day=END, decision=DECIDED)
    correct_end(unit=again(cell_a), day=END - 5 * ONE)
    assert cell_a.nil_returns.get().ended_on == END - 5 * ONE


def test_what_stands_in_the_way_is_named_and_nothing_is_written(cell_a, cell_b, lan):
    minh, hoa, thu = (make_member(cell_a, name) for name in ("Minh", "Hoa", "Thu"))
    leave_party(minh, END - 3 * ONE, EndReason.DIED)
    restructuring.merge(cells=[cell_a], into=cell_b, day=END, decision=DECIDED)
    membership.transfer_out(member=again(hoa), day=END + 3 * ONE)
    cell, before = again(cell_a), records()
    with refused("Minh thôi sinh hoạt ở đây ngày 12/01/2026 (từ trần): sửa ngày đó trước"):
        correct_end(unit=cell, day=END - 5 * ONE)
    with refused("Hoa đã rời chi bộ chuyển đến ngày 18/01/2026: chọn ngày sớm hơn."):
        correct_end(unit=cell, day=END + 5 * ONE)
    with refused("chọn ngày sau ngày đó"):
        correct_end(unit=cell, day=START)
    with refused("vốn đã kết thúc ngày 15/01/2026"):
        correct_end(unit=cell, day=END)
    with refused("“Chi bộ b” chưa kết thúc"):
        correct_end(unit=cell_b, day=END)
    assert records() == before
    assert Spell.objects.filter(member=thu).count() == 2


def test_a_meeting_after_the_right_day_is_put_right_first(cell_a, cell_b, lan):
    meetings.hold_meeting(unit=cell_a, day=END - ONE, kind="regular", expected=1, present=1)
    restructuring.merge(cells=[cell_a], into=cell_b, day=END, decision=DECIDED)
    before = records()
    with refused("."):
        correct_end(unit=again(cell_a), day=END - 5 * ONE)
    assert records() == before


def test_the_office_does_it_on_screen_and_is_shown_before(client, clerk, merged):
    client.force_login(clerk)
    page = client.get(reverse("unit", args=["a"]))
    assert [address for address, _ in page.context["wizards"]] == [
        reverse("unit-form", args=["a", "sua-ngay-ket-thuc"])
    ]
    before = records()
    shown = preview(client, "a", "sua-ngay-ket-thuc", day="20/01/2026")
    assert records() == before
    assert "20/01/2026" in text(shown)
    assert write(client, "a", "sua-ngay-ket-thuc", day="20/01/2026").url == reverse("unit", args=["a"])
    assert_ended(merged, date(2026, 1, 20))


def test_only_those_who_decide_find_it_and_only_for_what_has_ended(client, clerk, secretary_a, merged, cell_b):
    address = reverse("unit-form", args=["a", "sua-ngay-ket-thuc"])
    client.force_login(secretary_a)
    assert client.get(address).status_code == 404
    assert client.get(reverse("unit", args=["a"])).context["wizards"] == ()
    client.force_login(clerk)
    assert client.get(address).status_code == 200
    assert client.get(reverse("unit-form", args=["b", "sua-ngay-ket-thuc"])).status_code == 404


@DAYS
def test_a_file_moves_the_end_with_all_that_ended(clerk, merged, day):
    book = Book.of(clerk)
    book.of_record(merged)["ended_on"] = f"{day:%d/%m/%Y}"
    assert wrong(book.bring(clerk)) == []
    assert_ended(merged, day)


def test_a_file_that_moves_all_of_it_itself_is_brought_too(clerk, merged):
    day, book = END + 5 * ONE, Book.of(clerk)
    for rows in book.rows.values():
        for row in rows:
            for name in ("started_on", "ended_on", "day"):
                if str(row.get(name)).startswith(str(END)):
                    row[name] = f"{day:%d/%m/%Y}"
    assert wrong(book.bring(clerk)) == []
    assert_ended(merged, day)


def test_a_file_tells_what_it_carries_along_before_it_is_written(clerk, merged, lan):
    book, day = Book.of(clerk), END + 5 * ONE
    book.of_record(merged)["ended_on"] = f"{day:%d/%m/%Y}"
    result, _ = dry_run(book.reading(), clerk, TODAY, {})
    carried = [line for line in result["changes"] if line[0] == CARRIED]
    assert {
        (who, label, before, after)
        for _, _, _, who, changes, _ in carried
        for label, before, after in changes
        if who == "Lan"
    } >= {("Lan", "ngày chuyển / từ trần", "15/01/2026", "20/01/2026")}
    assert all(changes[0][1:] == ["15/01/2026", "20/01/2026"] for *_, changes, _ in carried)
    assert len(result["changes"]) - len(carried) == 1
    about = {"Lan": ["members_member", lan.pk], "Chi bộ a": ["organizations_unit", merged.pk]}
    assert {who for *_, who, _, _ in carried} == about.keys()
    assert all((line[1], line[5]) == (0, about[line[3]]) for line in carried)
    assert again(merged).ended_on == END


def test_a_file_that_carries_nothing_along_says_nothing_of_what_changed_before(clerk, merged, lan):
    book = Book.of(clerk)
    book.of_record(lan)["phone"] = "0912345678"
    result, _ = dry_run(book.reading(), clerk, TODAY, {})
    assert [line[0] for line in result["changes"]] == ["Đảng viên"]


def test_a_file_that_cannot_move_an_end_says_why(clerk, cell_a, cell_b, lan):
    leave_party(make_member(cell_a, "Minh"), END - 3 * ONE, EndReason.DIED)
    restructuring.merge(cells=[cell_a], into=cell_b, day=END, decision=DECIDED)
    book, before = Book.of(clerk), records()
    book.of_record(cell_a)["ended_on"] = f"{END - 5 * ONE:%d/%m/%Y}"
    ((sheet, _, sentence),) = wrong(book.bring(clerk))
    assert (sheet, sentence[:4]) == ("Tổ chức đảng", "Minh")
    assert records() == before


def test_an_open_unit_is_closed_by_a_file_that_tells_all_of_it(clerk, commune, cell_b):
    cell = make_unit("c", commune)
    member = make_member(cell, "Lan")
    book, day = Book.of(clerk), f"{END:%d/%m/%Y}"
    book.of_record(cell)["ended_on"] = day
    book.of_record(cell.periods.get())["ended_on"] = day
    book.add(UnitEvent, unit="c", kind="Giải thể", day=day, decision_number="9-QĐ/ĐU", decision_date=day)
    book.of_record(member.spells.get()).update(ended_on=day, end_reason="Tổ chức đảng giải thể")
    went = {"started_on": day, "start_reason": "Chuyển trong đảng bộ"}
    book.add(Spell, member=mark_of(member), unit="b", **went)
    assert wrong(book.bring(clerk)) == []
    assert again(cell).ended_on == END
    assert member.spells.get(ended_on=OPEN).unit == cell_b
    assert_nothing_is_apart()
