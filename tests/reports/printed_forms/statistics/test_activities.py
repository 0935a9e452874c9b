"""Forms 7- and 10-BTCTW: badges, cards, letters of introduction, courses."""

from datetime import date

from members.choices import CourseLevel, Program
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Member
from reports.figures.registry import KNOWN
from reports.printed_forms.catalogue import STATISTICS
from reports.printed_forms.statistics.bieu_10 import ROWS, bieu_10
from tests.factories import START, make_member, make_person, moment_of
from tests.ground import layer
from tests.reports.printed_forms.workbook_reader import check_links, rows

DAY = date(2026, 3, 1)
bieu_7 = STATISTICS["7-BTCTW"]


def shown(form, unit, **asked):
    (sheet,) = form(moment_of(unit, DAY, since=START, **asked))
    return {key: cells["c2"] for key, cells in rows(sheet).items() if cells.get("c2")}


@layer
def old(cell_a):
    return make_member(cell_a, joined_on="1990-02-03", decided_on="1990-02-03", official_on="1991-02-03")


def test_badges_and_cards_of_the_period_count(commune, cell_a, old):
    member_records.award_badge(member=old, years=30, awarded_on=date(2025, 6, 30))
    Member.objects.filter(pk=old.pk).update(card_issued_on=DAY)
    assert shown(bieu_7, commune) == {"cards.issued": 1}
    young = make_member(cell_a, joined_on="1985-09-02", decided_on="1985-09-02", official_on="1986-09-02")
    member_records.award_badge(member=young, years=40, awarded_on=date(2025, 9, 2))
    assert shown(bieu_7, commune) == {"badges.total": 1, "badges.40": 1, "cards.issued": 1}


def test_a_badge_of_the_dead_counts_where_they_were_last(client, commune, cell_a, cell_b, clerk):
    dead = make_member(cell_a, joined_on="1985-11-07", decided_on="1985-11-07", official_on="1986-11-07")
    membership.end_membership(member=dead, day=date(2025, 10, 1), reason="died")
    member_records.award_badge(member=dead, years=40, awarded_on=date(2025, 11, 7), posthumous=True)
    assert shown(bieu_7, cell_a) == {"badges.total": 1, "badges.40": 1, "badges.posthumous": 1}
    assert shown(bieu_7, cell_b) == {}
    check_links(client, clerk, bieu_7(moment_of(commune, DAY, since=START, user=clerk)))


def test_letters_of_introduction_are_those_of_the_ledger(commune, cell_a, cell_b, old):
    membership.transfer_in(member=make_person(), unit=cell_b, day=DAY, far=True)
    membership.transfer_out(member=old, day=DAY)
    assert shown(bieu_7, commune) == {"B2": 1, "B2a": 1, "C5": 1, "C5b": 1}


def test_a_move_between_cells_is_told_by_the_cells_alone(commune, cell_a, cell_b, old):
    membership.transfer(member=old, to=cell_b, day=DAY)
    assert shown(bieu_7, commune) == {}
    assert shown(bieu_7, cell_b) == {"B2": 1, "B2c": 1}


def test_courses_of_everybody_count(client, commune, cell_a, old, clerk):
    for program in (Program.THEORY_ELEMENTARY, Program.THEORY_ADVANCED_FULL, Program.OTHER):
        member_records.train(member=old, program=program, course=program.label, level=CourseLevel.COMMUNE, began_on=DAY)
    (sheet,) = bieu_10(moment_of(commune, DAY, since=START))
    assert {key: cells["c3"] for key, cells in rows(sheet).items() if cells.get("c3")} == {
        "courses.theory": 2,
        "courses.theory_elementary": 1,
        "courses.theory_advanced": 1,
        "courses.theory_advanced_full": 1,
        "courses.skills": 1,
        "courses.other": 1,
    }
    check_links(client, clerk, bieu_10(moment_of(commune, DAY, since=START, user=clerk)))


def test_classes_count_once_by_who_held_them(commune, cell_a, old):
    for level in (CourseLevel.COMMUNE, CourseLevel.PROVINCE):
        for member in (old, make_member(cell_a)):
            member_records.train(
                member=member, program=Program.UPDATES, course=f"Lớp {level}", level=level, began_on=DAY
            )
    (sheet,) = bieu_10(moment_of(commune, DAY, since=START))
    assert rows(sheet)["courses.updates"] == {"c3": 4, "c9": 2, "c10": 1, "c12": 1}
    assert rows(sheet)["courses.skills"] == {"c3": 4, "c9": 2, "c10": 1, "c12": 1}


def test_columns_of_courses_are_numbered_as_in_the_form(commune):
    (sheet,) = bieu_10(moment_of(commune, DAY, since=START))
    keys = [leaf.key for leaf in sheet.leaves]
    assert keys[2:] == [f"c{number}" for number in range(3, 14)]


def test_every_programme_has_a_row_that_is_added_up():
    keys = [row.key for row in ROWS]
    assert len(set(keys)) == len(keys)
    assert {f"courses.{program}" for program in Program} < set(keys)
    assert all(row.key in KNOWN or not row.recorded or row.key == "I" for row in ROWS)
    added = [key for row in ROWS for key in row.parts]
    assert sorted(added) == sorted({key for key in keys if key in KNOWN} - {"courses.theory", "courses.skills"})


def test_what_no_record_tells_is_empty_and_told(commune):
    for (sheet,), told in (
        (bieu_7(moment_of(commune, DAY, since=START)), ": Khen thưởng tổ chức đảng và đảng viên trong năm; Số thẻ "),
        (bieu_10(moment_of(commune, DAY, since=START)), ": Đào tạo chuyên môn; Hệ tập trung (Cử nhân LLCT); "),
    ):
        empty = {key: cells for key, cells in rows(sheet).items() if key.startswith("blank.")}
        assert len(empty) > 20
        assert not any(empty.values())
        assert any("hệ thống chưa ghi" + told in note for note in sheet.notes)
