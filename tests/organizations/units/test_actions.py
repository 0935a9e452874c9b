from datetime import date, timedelta

import pytest

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision
from organizations.choices import PARENTS, EventKind, Kind, Sector
from organizations.models import Unit, UnitEvent, UnitPeriod
from organizations.regulations.actions import exclude_pair
from organizations.units import actions as units
from tests.factories import START, make_member, make_root, make_unit
from tests.ground import layer
from tests.proofs import refused

DAY = date(2026, 1, 15)
LATER = date(2026, 2, 15)
ONE = timedelta(days=1)
DECISION = Decision("12-QĐ/ĐU", DAY - ONE)


@layer
def org(commune):
    """A party organization beneath the commune."""
    return make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.STATE_AGENCY)


def history(unit):
    """Return what the unit was: name, parent and days of each period."""
    found = unit.periods.order_by("started_on")
    return [(p.name, p.parent and p.parent.code, p.started_on, p.ended_on) for p in found]


def events(unit):
    """Return what happened to the unit."""
    return list(unit.events.values_list("kind", "day", "other_unit__code"))


def founding(above, **fields):
    """Return the words of a new cell."""
    words = {"code": "moi", "name": "Chi bộ mới", "kind": Kind.SUBORDINATE_CELL, "sector": Sector.VILLAGE, "day": DAY}
    return words | {"parent": above} | fields


def rename(unit, day=DAY, name="Tên mới", **words):
    return units.rename(unit=unit, name=name, day=day, **words)


def close(unit, day=DAY, **words):
    return units.close(unit=unit, day=day, **{"kind": EventKind.DISSOLVED} | words)


# --- establish, receive ---


@pytest.mark.parametrize(
    ("found", "kind"), [(units.establish, EventKind.ESTABLISHED), (units.receive, EventKind.RECEIVED)]
)
def test_a_unit_begins_with_a_period_and_an_event(commune, found, kind):
    unit = found(**founding(commune), decision=DECISION, note="Ghi chú", came_from="Đảng ủy mẫu")
    assert (unit.started_on, unit.ended_on) == (DAY, OPEN)
    assert history(unit) == [("Chi bộ mới", "xa", DAY, OPEN)]
    event = unit.events.get()
    assert (event.kind, event.day, event.note, event.came_from) == (kind, DAY, "Ghi chú", "Đảng ủy mẫu")
    assert (event.decision_number, event.decision_date) == (DECISION.number, DECISION.day)


def test_the_root_may_be_a_province_with_communes(db):
    province = make_root("tinh", kind=Kind.PROVINCE)
    commune = make_root("xa", parent=province)
    assert history(commune) == [("Đảng bộ xa", "tinh", START, OPEN)]


@pytest.mark.parametrize("found", [units.establish, units.receive])
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": "xa"}, "đã tồn tại"),
        ({"code": "có dấu"}, "slug"),
        ({"day": START - ONE}, "“Đảng bộ xa” không tồn tại ngày 30/06/2025"),
        ({"kind": Kind.PROVINCE}, "Đảng bộ tỉnh không thể trực thuộc Đảng bộ xã"),
        ({"kind": Kind.DEPARTMENTAL}, "Đảng bộ bộ phận không thể trực thuộc Đảng bộ xã"),
        ({"parent": None}, "Chi bộ trực thuộc không thể trực thuộc gốc của cây tổ chức"),
        ({"name": ""}, "không được để trắng"),
        ({"sector": "chợ"}, "chợ"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(commune, found, fields, words):
    with refused(words):
        found(**founding(commune, **fields))


def test_every_kind_stands_only_where_the_statute_puts_it(commune, org):
    places = {None: None, Kind.COMMUNE: commune, Kind.PARTY_ORGANIZATION: org}
    places[Kind.NATION] = make_root("dang", kind=Kind.NATION)
    places[Kind.PROVINCE] = make_root("tinh", kind=Kind.PROVINCE, parent=places[Kind.NATION])
    places[Kind.DEPARTMENTAL] = make_unit("bp", org, kind=Kind.DEPARTMENTAL)
    places[Kind.GRASSROOTS_CELL] = make_unit("cbcs", commune, kind=Kind.GRASSROOTS_CELL)
    places[Kind.SUBORDINATE_CELL] = make_unit("cb", org)
    for kind in Kind:
        for above, parent in places.items():
            words = founding(parent, kind=kind, sector=Sector.OTHER, code=f"{kind}-{above}")
            if above in PARENTS[kind]:
                units.establish(**words)
            else:
                with refused("không thể trực thuộc"):
                    units.establish(**words)


IMPOSSIBLE = "Chi bộ cơ sở không có loại hình Bản: chọn loại hình khác, hoặc loại tổ chức “Chi bộ trực thuộc”. Căn cứ: "


@pytest.mark.parametrize("found", [units.establish, units.receive])
def test_a_kind_that_has_no_such_sector_is_refused_with_what_to_choose(commune, found):
    with refused(IMPOSSIBLE + "Hướng dẫn 11-HD/BTCTW"):
        found(**founding(commune, kind=Kind.GRASSROOTS_CELL))
    assert not Unit.objects.filter(code="moi").exists()


def test_a_unit_is_not_reclassified_to_what_no_unit_is(cell_a):
    with refused(IMPOSSIBLE):
        units.reclassify(unit=cell_a, kind=Kind.GRASSROOTS_CELL, sector=Sector.VILLAGE, day=DAY)
    with refused("Đảng bộ xã không có loại hình Trường học: chọn loại hình khác. Căn cứ"):
        make_root("khac", sector=Sector.SCHOOL)


def test_a_rule_of_a_later_day_refuses_nothing_before_it_and_no_other_change_after_it(cell_a, org):
    exclude_pair(kind=Kind.SUBORDINATE_CELL, sector=Sector.VILLAGE, started_on=LATER, source="Mẫu")
    make_unit("truoc", org, day=LATER - ONE)
    with refused("Chi bộ trực thuộc không có loại hình Bản"):
        make_unit("sau", org, day=LATER)
    with refused("Chi bộ trực thuộc không có loại hình Bản"):
        units.split_off(unit=cell_a, code="moi", name="Chi bộ mới", day=LATER)
    units.move(unit=cell_a, parent=org, day=LATER)
    rename(cell_a, day=LATER + ONE)
    assert history(cell_a)[-1][0] == "Tên mới"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Chi bộ bản Nà Đa", "chi-bo-ban-na-da"),
        ("Chi bộ a", "chi-bo-a-2"),
        ("…", "to-chuc"),
        ("Chi bộ Trường Trung học cơ sở Một", "chi-bo-truong-trung-hoc-co-so-mot"),
        ("Chi bộ Trường Phổ thông dân tộc bán trú", "chi-bo-truong-pho-thong-dan-toc-ban"),
    ],
)
def test_a_code_is_made_from_the_name_and_is_free(commune, name, code):
    make_unit("chi-bo-a", commune)
    assert units.unused_code(name) == code


def test_a_code_is_counted_up_past_all_in_use(commune):
    for taken in ("chi-bo-a", "chi-bo-a-2", "chi-bo-a-10"):
        make_unit(taken, commune)
    assert units.unused_code("Chi bộ A") == "chi-bo-a-3"


# --- rename, move, reclassify ---


def test_a_new_name_holds_from_its_day_on(commune, cell_a):
    rename(cell_a, decision=DECISION)
    assert history(cell_a) == [("Chi bộ a", "xa", START, DAY), ("Tên mới", "xa", DAY, OPEN)]
    assert events(cell_a) == [(EventKind.ESTABLISHED, START, None), (EventKind.RENAMED, DAY, None)]
    assert units.period_on(cell_a, DAY - ONE).name == "Chi bộ a"
    assert units.period_on(cell_a, DAY).name == "Tên mới"


def test_a_move_keeps_everything_but_the_parent(cell_a, org):
    units.move(unit=cell_a, parent=org, day=DAY)
    assert history(cell_a) == [("Chi bộ a", "xa", START, DAY), ("Chi bộ a", "org", DAY, OPEN)]
    assert units.period_on(cell_a, DAY).sector == Sector.VILLAGE


def test_a_cell_may_grow_into_a_party_organization(cell_a):
    units.reclassify(unit=cell_a, kind=Kind.PARTY_ORGANIZATION, sector=Sector.SCHOOL, day=DAY)
    period = units.period_on(cell_a, DAY)
    assert (period.kind, period.sector, period.name) == (Kind.PARTY_ORGANIZATION, Sector.SCHOOL, "Chi bộ a")
    assert events(cell_a)[-1] == (EventKind.RECLASSIFIED, DAY, None)


def test_two_changes_of_one_day_are_one_period_and_two_events(cell_a, org):
    rename(cell_a)
    units.move(unit=cell_a, parent=org, day=DAY)
    assert history(cell_a) == [("Chi bộ a", "xa", START, DAY), ("Tên mới", "org", DAY, OPEN)]
    assert [kind for kind, _, _ in events(cell_a)] == [EventKind.ESTABLISHED, EventKind.RENAMED, EventKind.MOVED]


def test_a_change_before_the_first_day_is_refused(cell_a):
    with refused("“Chi bộ a” không tồn tại ngày 30/06/2025"):
        rename(cell_a, START - ONE)


def test_a_change_after_the_end_is_refused(cell_a):
    close(cell_a)
    with refused("“Chi bộ a” không tồn tại ngày 15/01/2026"):
        rename(cell_a)


def test_changes_are_recorded_in_the_order_of_time(cell_a):
    rename(cell_a, LATER)
    with refused("còn thay đổi đã ghi sau ngày 15/01/2026"):
        rename(cell_a, name="Tên khác")


def test_a_change_to_what_already_is_is_refused(commune, cell_a):
    with refused("“Chi bộ a” vốn đã như vậy"):
        rename(cell_a, name="Chi bộ a")
    with refused("vốn đã như vậy"):
        units.move(unit=cell_a, parent=commune, day=DAY)


def test_an_empty_name_is_refused(cell_a):
    with refused("không được để trắng"):
        rename(cell_a, name="")


def test_a_move_to_a_unit_that_does_not_exist_then_is_refused(cell_a, cell_b, commune):
    young = make_unit("young", commune, kind=Kind.PARTY_ORGANIZATION, day=LATER)
    with refused("“Chi bộ young” không tồn tại ngày 15/01/2026"):
        units.move(unit=cell_a, parent=young, day=DAY)


def test_a_move_to_a_unit_that_will_be_no_more_is_refused(cell_a, org):
    close(org, LATER)
    with refused("không tồn tại suốt thời gian đó"):
        units.move(unit=cell_a, parent=org, day=DAY)


def test_a_move_beneath_a_cell_is_refused(cell_a, cell_b):
    with refused("Chi bộ trực thuộc không thể trực thuộc Chi bộ trực thuộc"):
        units.move(unit=cell_a, parent=cell_b, day=DAY)


def test_a_unit_cannot_stand_beneath_itself(org):
    with refused("“Chi bộ org” không thể trực thuộc chính nó"):
        units.move(unit=org, parent=org, day=DAY)


def test_a_unit_cannot_stand_beneath_what_is_beneath_it(org):
    part = make_unit("bp", org, kind=Kind.DEPARTMENTAL)
    with refused("không thể trực thuộc chính nó hoặc tổ chức đảng bên dưới nó"):
        units.move(unit=org, parent=part, day=DAY)


def test_a_kind_that_does_not_suit_the_place_is_refused(cell_a):
    with refused("Đảng bộ bộ phận không thể trực thuộc Đảng bộ xã"):
        units.reclassify(unit=cell_a, kind=Kind.DEPARTMENTAL, sector=Sector.VILLAGE, day=DAY)


def test_a_kind_that_does_not_suit_what_is_beneath_is_refused(org):
    make_unit("bp", org, kind=Kind.DEPARTMENTAL)
    with refused("Chi bộ cơ sở không thể có “Chi bộ bp” trực thuộc"):
        units.reclassify(unit=org, kind=Kind.GRASSROOTS_CELL, sector=Sector.STATE_AGENCY, day=DAY)


def test_a_cell_with_members_does_not_become_a_party_organization(cell_a):
    make_member(cell_a)
    with refused("Tổ chức đảng còn đảng viên nên phải là chi bộ"):
        units.reclassify(unit=cell_a, kind=Kind.PARTY_ORGANIZATION, sector=Sector.SCHOOL, day=DAY)


# --- split off, close ---


def test_a_unit_split_off_is_like_the_old_one(cell_a, org):
    units.move(unit=cell_a, parent=org, day=DAY)
    new = units.split_off(unit=cell_a, code="moi", name="Chi bộ mới", day=LATER, decision=DECISION)
    assert history(new) == [("Chi bộ mới", "org", LATER, OPEN)]
    assert units.period_on(new, LATER).sector == Sector.VILLAGE
    assert events(new) == [(EventKind.ESTABLISHED, LATER, None)]
    assert events(cell_a)[-1] == (EventKind.SPLIT, LATER, "moi")


@pytest.mark.parametrize(("code", "day", "words"), [("a", DAY, "đã tồn tại"), ("moi", START - ONE, "không tồn tại")])
def test_a_split_that_cannot_be_is_refused(cell_a, code, day, words):
    with refused(words):
        units.split_off(unit=cell_a, code=code, name="Chi bộ mới", day=day)


def test_a_closed_unit_is_no_more_from_that_day_on(cell_a, cell_b):
    close(cell_a, kind=EventKind.MERGED, into=cell_b, decision=DECISION)
    assert Unit.objects.get(code="a").ended_on == DAY
    assert history(cell_a) == [("Chi bộ a", "xa", START, DAY)]
    assert events(cell_a)[-1] == (EventKind.MERGED, DAY, "b")
    assert units.period_on(cell_a, DAY - ONE)
    with refused("không tồn tại ngày 15/01/2026"):
        units.period_on(cell_a, DAY)


def test_a_unit_is_closed_once(cell_a):
    close(cell_a)
    with refused("“Chi bộ a” không tồn tại ngày 15/02/2026"):
        close(cell_a, LATER)
    with refused("còn thay đổi đã ghi sau ngày 14/01/2026"):
        close(cell_a, DAY - ONE)


def test_a_unit_is_not_closed_before_it_begins(cell_a):
    with refused("không tồn tại ngày 30/06/2025"):
        close(cell_a, START - ONE)
    with refused("có thay đổi đúng ngày 01/07/2025"):
        close(cell_a, START)


def test_a_unit_is_not_closed_under_a_later_change(cell_a):
    rename(cell_a, LATER)
    with refused("còn thay đổi đã ghi sau ngày 15/01/2026"):
        close(cell_a)


def test_a_unit_with_others_beneath_is_not_closed(org):
    make_unit("nested", org)
    with refused("“Chi bộ nested” còn trực thuộc “Chi bộ org”"):
        close(org)


def test_a_unit_whose_units_have_left_is_closed_on_the_same_day(commune, org):
    nested = make_unit("nested", org)
    units.move(unit=nested, parent=commune, day=DAY)
    close(org)
    assert Unit.objects.get(code="org").ended_on == DAY


def test_a_unit_with_members_is_not_closed(cell_a):
    make_member(cell_a)
    with refused("Tổ chức đảng còn đảng viên, chức vụ"):
        close(cell_a)


def test_after_a_refusal_the_unit_in_hand_is_what_it_was(cell_a):
    make_member(cell_a)
    with refused("Tổ chức đảng còn đảng viên"):
        close(cell_a)
    assert cell_a.ended_on == OPEN


def test_nothing_but_the_verbs_own_rows_is_written(commune, cell_a):
    counts = (Unit.objects.count(), UnitPeriod.objects.count(), UnitEvent.objects.count())
    rename(cell_a)
    assert (Unit.objects.count(), UnitPeriod.objects.count(), UnitEvent.objects.count()) == (
        counts[0],
        counts[1] + 1,
        counts[2] + 1,
    )
