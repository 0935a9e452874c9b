from datetime import date, timedelta

import pytest

from assessments.choices import NotRated, Rating
from assessments.models import FourGoods, MemberRating, UnitRating
from assessments.ratings import actions as ratings
from binhlu_portal.db.actions import Decision
from members.membership import actions as membership
from organizations.choices import EventKind
from organizations.units import actions as units
from tests.factories import make_member, make_person, make_root, make_unit
from tests.ground import layer
from tests.proofs import again, refused

ONE = timedelta(days=1)
DAY = date(2025, 12, 20)


@layer
def lan(cell_a):
    """A member of A."""
    return again(make_member(cell_a, "Lan"))


def rate(member, year=2025, decided_on=DAY, **words):
    return ratings.rate(member=member, year=year, decided_on=decided_on, **words or {"level": Rating.GOOD})


def rate_unit(unit, year=2025, decided_on=DAY, **words):
    return ratings.rate_unit(unit=unit, year=year, decided_on=decided_on, **words or {"level": Rating.GOOD})


# --- Members ---


@pytest.mark.parametrize("words", [{"level": Rating.EXCELLENT}, {"not_rated": NotRated.EXEMPT}])
def test_a_member_is_rated_or_there_is_a_reason(lan, words):
    row = rate(lan, **words)
    expected = {"level": "", "not_rated": ""} | words
    assert (row.member, row.year, row.decided_on) == (lan, 2025, DAY)
    assert {"level": row.level, "not_rated": row.not_rated} == expected


@pytest.mark.parametrize("words", [{"level": ""}, {"level": Rating.GOOD, "not_rated": NotRated.NEW}])
def test_a_rating_without_a_level_or_with_a_reason_too_is_refused(lan, words):
    with refused("Phải có mức xếp loại, hoặc lý do không xếp loại, không được cả hai."):
        rate(lan, **words)


def test_a_level_that_is_on_no_list_is_refused(lan):
    with refused("tuyệt vời"):
        rate(lan, level="tuyệt vời")


def test_nobody_is_rated_twice_in_a_year(lan):
    rate(lan)
    with refused("Lan đã được xếp loại năm 2025: sửa kết quả đã ghi, không ghi thêm."):
        rate(lan, level=Rating.FAIR)
    assert rate(lan, 2026, date(2026, 12, 1))


def test_who_was_no_member_that_year_is_not_rated(lan):
    with refused("Lan không sinh hoạt ở chi bộ nào trong năm 2024."):
        rate(lan, 2024, date(2025, 1, 5))
    person = again(make_person("Mai"))
    with refused("Mai không sinh hoạt ở chi bộ nào trong năm 2025."):
        rate(person)


def test_who_was_a_member_for_a_day_of_the_year_is_rated(cell_a):
    last, first = make_member(cell_a, day=date(2025, 12, 31)), make_member(cell_a)
    membership.transfer_out(member=first, day=date(2026, 1, 2))
    assert rate(last, 2025)
    assert rate(first, 2026, date(2026, 12, 1))


def test_who_left_on_new_year_is_not_rated_for_the_new_year(lan):
    membership.transfer_out(member=lan, day=date(2026, 1, 1))
    with refused("không sinh hoạt ở chi bộ nào trong năm 2026"):
        rate(lan, 2026, date(2026, 12, 1))


@pytest.mark.parametrize("decided_on", [date(2024, 12, 31), date(2027, 1, 1)])
def test_a_rating_is_decided_in_its_year_or_the_next(lan, cell_a, decided_on):
    with refused("Xếp loại năm 2025 phải được quyết định trong năm 2025 hoặc 2026."):
        rate(lan, decided_on=decided_on)


@pytest.mark.parametrize("decided_on", [date(2025, 7, 1), date(2026, 12, 31)])
def test_a_rating_may_be_decided_all_through_its_year_and_the_next(lan, cell_a, decided_on):
    assert rate(lan, decided_on=decided_on)
    assert rate_unit(cell_a, decided_on=decided_on)


# --- Units ---


def test_a_unit_is_rated(cell_a):
    row = rate_unit(cell_a, level=Rating.EXCELLENT)
    assert (row.unit, row.year, row.level, row.decided_on) == (cell_a, 2025, Rating.EXCELLENT, DAY)


def test_no_unit_is_rated_twice_in_a_year(cell_a):
    rate_unit(cell_a)
    with refused("“Chi bộ a” đã được xếp loại năm 2025"):
        rate_unit(cell_a, level=Rating.FAIR)


@pytest.mark.parametrize("words", [{"level": ""}, {"level": Rating.GOOD, "not_rated": NotRated.NEW}])
def test_a_unit_has_a_level_or_a_reason(cell_a, words):
    with refused("Phải có mức xếp loại, hoặc lý do không xếp loại"):
        rate_unit(cell_a, **words)


def test_a_unit_that_begins_after_the_year_is_not_rated(commune):
    young = make_unit("young", commune, day=date(2026, 1, 1))
    with refused("“Chi bộ young” không tồn tại ngày 31/12/2025"):
        rate_unit(young, decided_on=date(2026, 1, 5))


def test_a_unit_that_is_no_more_at_the_end_of_the_year_is_not_rated(cell_a):
    units.close(unit=cell_a, day=date(2025, 12, 1), kind=EventKind.DISSOLVED)
    with refused("“Chi bộ a” không tồn tại ngày 20/12/2025"):
        rate_unit(cell_a)


def test_a_unit_closed_after_the_year_is_rated_for_it(cell_a):
    units.close(unit=cell_a, day=date(2026, 1, 1), kind=EventKind.DISSOLVED)
    assert rate_unit(cell_a, decided_on=date(2026, 1, 10))


@pytest.mark.parametrize("decided_on", [date(2024, 12, 31), date(2027, 1, 1)])
def test_a_rating_of_a_unit_is_decided_in_time(db, decided_on):
    commune = make_root(day=date(2024, 1, 1))
    with refused("Xếp loại năm 2025 phải được quyết định trong năm 2025 hoặc 2026."):
        rate_unit(commune, decided_on=decided_on)


# --- Bốn tốt ---


def test_a_unit_is_recognised_beside_its_rating(cell_a):
    row = ratings.recognise_four_goods(unit=cell_a, year=2025, decision=Decision("12-QĐ/ĐU", DAY))
    assert (row.unit, row.year, row.decision_number) == (cell_a, 2025, "12-QĐ/ĐU")


def test_a_unit_is_recognised_once_a_year(cell_a):
    ratings.recognise_four_goods(unit=cell_a, year=2025)
    with refused("Tổ chức đảng đã được công nhận bốn tốt năm này."):
        ratings.recognise_four_goods(unit=cell_a, year=2025)
    ratings.recognise_four_goods(unit=cell_a, year=2026)
    assert FourGoods.objects.count() == 2


def test_a_unit_is_recognised_for_years_of_its_life_only(cell_a):
    units.close(unit=cell_a, day=date(2026, 1, 1), kind=EventKind.DISSOLVED)
    for year in (2024, 2026):
        with refused(f"Tổ chức đảng không tồn tại trong năm {year}."):
            ratings.recognise_four_goods(unit=cell_a, year=year)


# --- Many at once ---


def rate_many(marks, year=2025, decided_on=DAY):
    ratings.rate_many(year=year, marks=marks, decided_on=decided_on)


def written(model=MemberRating):
    return {(row.year, row.level, row.not_rated, row.decided_on) for row in model.objects.all()}


def test_marks_are_written_changed_and_taken_back(cell_a):
    lan, minh, hoa = (make_member(cell_a, name) for name in ("Lan", "Minh", "Hoà"))
    rate_many({lan: "good", minh: "exempt", hoa: ""})
    assert written() == {(2025, "good", "", DAY), (2025, "", "exempt", DAY)}
    first = lan.ratings.get()
    rate_many({lan: "excellent", minh: "", hoa: "fair"}, decided_on=DAY + ONE)
    assert written() == {(2025, "excellent", "", DAY + ONE), (2025, "fair", "", DAY + ONE)}
    assert lan.ratings.get().pk == first.pk
    assert not minh.ratings.exists()


def test_a_reason_takes_the_place_of_a_level(lan):
    rate_many({lan: "good"})
    rate_many({lan: "other"})
    assert written() == {(2025, "", "other", DAY)}


def test_the_marks_of_a_year_leave_other_years_and_other_members_alone(cell_a, lan):
    minh = make_member(cell_a, "Minh")
    rate(minh)
    rate_many({lan: "good"}, year=2026, decided_on=date(2026, 12, 1))
    rate_many({lan: "fair"})
    assert written() == {(2025, "good", "", DAY), (2026, "good", "", date(2026, 12, 1)), (2025, "fair", "", DAY)}


@pytest.mark.parametrize(
    ("marks", "decided_on", "sentence"),
    [
        ({"lan": "good", "mai": "good"}, DAY, "Mai không sinh hoạt ở chi bộ nào trong năm 2025."),
        ({"lan": "tuyệt vời"}, DAY, "Không có mức xếp loại “tuyệt vời”."),
        ({"lan": "good"}, None, "Cần ngày quyết định xếp loại."),
        ({"lan": "good"}, date(2027, 1, 1), "phải được quyết định trong năm 2025 hoặc 2026"),
    ],
)
def test_impossible_marks_are_refused_whole(lan, marks, decided_on, sentence):
    people = {"lan": lan, "mai": make_person("Mai")}
    with refused(sentence):
        rate_many({people[name]: mark for name, mark in marks.items()}, decided_on=decided_on)


def test_marks_are_taken_back_without_a_day(lan):
    rate(lan)
    rate_many({lan: ""}, decided_on=None)
    assert written() == set()


def test_many_units_are_rated(commune, cell_a, cell_b):
    ratings.rate_many_units(year=2025, marks={cell_a: "excellent", cell_b: "new"}, decided_on=DAY)
    ratings.rate_many_units(year=2025, marks={cell_a: "", cell_b: "good"}, decided_on=DAY)
    assert written(UnitRating) == {(2025, "good", "", DAY)}


def test_a_unit_that_is_no_more_is_not_among_the_rated(cell_a, cell_b):
    units.close(unit=cell_b, day=date(2025, 12, 1), kind=EventKind.DISSOLVED)
    with refused("“Chi bộ b” không tồn tại ngày 20/12/2025"):
        ratings.rate_many_units(year=2025, marks={cell_a: "good", cell_b: "good"}, decided_on=DAY)


def test_a_unit_closed_after_the_year_is_among_the_rated(cell_a):
    units.close(unit=cell_a, day=date(2026, 1, 1), kind=EventKind.DISSOLVED)
    ratings.rate_many_units(year=2025, marks={cell_a: "good"}, decided_on=date(2026, 1, 10))
    assert written(UnitRating) == {(2025, "good", "", date(2026, 1, 10))}


def test_many_units_are_recognised_and_taken_back(cell_a, cell_b):
    ratings.recognise_many(year=2025, units={cell_a: True, cell_b: False}, decision=Decision("1-QĐ/ĐU", DAY))
    first = cell_a.four_goods.get()
    ratings.recognise_many(year=2025, units={cell_a: True, cell_b: True}, decision=Decision("2-QĐ/ĐU", DAY))
    assert (again(first).decision_number, cell_b.four_goods.get().decision_number) == ("1-QĐ/ĐU", "2-QĐ/ĐU")
    ratings.recognise_many(year=2025, units={cell_a: False})
    assert [row.unit for row in FourGoods.objects.all()] == [cell_b]


@pytest.mark.parametrize("number", [1, 30])
def test_many_are_rated_in_a_few_statements(cell_a, django_assert_num_queries, number):
    people = [make_member(cell_a) for _ in range(number)]
    with django_assert_num_queries(6):
        rate_many(dict.fromkeys(people, "good"))
    assert list(MemberRating.objects.values_list("level", flat=True)) == ["good"] * number
    changed = [*people[::2], *people[1::2]]
    marks = {member: "excellent" if index % 2 else "fair" for index, member in enumerate(changed)}
    with django_assert_num_queries(6):
        rate_many(marks)
    assert {row.member: row.level for row in MemberRating.objects.all()} == marks
