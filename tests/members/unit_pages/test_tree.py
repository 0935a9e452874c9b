from datetime import date, timedelta

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.actions import Decision
from members.choices import Post
from members.positions import actions as positions
from members.positions.queries import PostHolder
from members.restructuring import actions as restructuring
from members.unit_pages import tree
from organizations.choices import EventKind, Kind, RoleKind
from organizations.tree_queries import tree_of_day
from organizations.units import actions as units
from tests.factories import START, make_member, make_root, make_unit, make_user, moment_of
from tests.ground import layer

DAY = date(2026, 1, 15)
AFTER = date(2026, 3, 1)


def rows(unit, user, as_of=AFTER):
    return tree.rows(moment_of(unit, as_of, user=user), tree_of_day(user, as_of))


def found(unit, user, words, as_of=AFTER):
    return tree.search(moment_of(unit, as_of, user=user), tree_of_day(user, as_of), words)


def drawn(rows):
    """Return code, depth and number of members of the rows; an ended unit has a cross."""
    return [(("✗" if row.ended else "") + row.place.unit.code, row.level, row.members) for row in rows]


@layer
def world(commune, cell_a, cell_b):
    """Two village cells with members and a party organization with two cells."""
    org = make_unit("org", commune, kind=Kind.PARTY_ORGANIZATION)
    nested = make_unit("o1", org)
    make_unit("o2", org)
    lan = make_member(cell_a, "Lan")
    for cell in (cell_a, cell_b, nested):
        make_member(cell)
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=lan, day=START)
    return commune


def test_the_tree_says_how_deep_a_unit_stands_and_how_many_belong_there(world, clerk):
    assert drawn(rows(world, clerk)) == [
        ("xa", 0, 4),
        ("org", 1, 1),
        ("o1", 2, 1),
        ("o2", 2, 0),
        ("a", 1, 2),
        ("b", 1, 1),
    ]


def test_the_secretary_is_named_and_nobody_where_nothing_is_written(world, clerk):
    named = {row.place.unit.code: str(row.secretary or "not written") for row in rows(world, clerk)}
    assert named["a"] == "Lan"
    assert named["b"] == "not written"


def test_a_post_is_vacant_when_its_holder_has_left(world, clerk, cell_a):
    positions.relieve(position=cell_a.positions.get(), day=DAY)
    secretaries = {row.place.unit.code: row.secretary for row in rows(world, clerk)}
    assert secretaries["a"] == PostHolder(Post.SECRETARY, None, "", DAY, OPEN, cell_a.vacancies.get().pk)
    assert rows(cell_a, clerk, date(2026, 1, 14))[0].secretary.name == "Lan"


def test_last_years_tree_is_what_it_was_after_a_merger(world, clerk, cell_a, cell_b):
    before = drawn(rows(world, clerk, date(2025, 12, 31)))
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    assert drawn(rows(world, clerk, date(2025, 12, 31))) == before
    assert ("b", 1, 3) in drawn(rows(world, clerk))


def test_a_unit_that_ended_in_the_period_stands_where_it_stood_and_says_how(world, clerk, cell_a, cell_b):
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY, decision=Decision("1-QĐ/ĐU", DAY))
    restructuring.dissolve(cell=units.Unit.objects.get(code="o2"), day=DAY)
    after = rows(world, clerk)
    assert [each[:2] for each in drawn(after)] == [
        ("xa", 0),
        ("org", 1),
        ("o1", 2),
        ("✗o2", 2),
        ("b", 1),
        ("✗a", 1),
    ]
    merged = next(row for row in after if row.place.unit.code == "a")
    assert [(event.kind, event.other_name) for event in merged.events] == [(EventKind.MERGED, "Chi bộ b")]


def test_a_unit_that_ended_elsewhere_is_not_shown_where_it_once_stood(world, clerk):
    org, o2 = (units.Unit.objects.get(code=code) for code in ("org", "o2"))
    units.move(unit=o2, parent=world, day=date(2026, 1, 5))
    restructuring.dissolve(cell=o2, day=DAY)
    assert ("✗o2", 1, 0) in drawn(rows(world, clerk))
    assert "✗o2" not in [code for code, *_ in drawn(rows(org, clerk))]


def test_a_unit_that_ended_before_the_period_is_not_shown(world, clerk, cell_b):
    units.close(unit=units.Unit.objects.get(code="o2"), day=date(2025, 12, 31), kind=EventKind.DISSOLVED)
    assert "✗o2" not in [code for code, *_ in drawn(rows(world, clerk))]


def test_events_of_the_period_stand_beside_the_unit(world, clerk, cell_a):
    units.rename(unit=cell_a, name="Chi bộ bản Đông", day=DAY)
    events = {row.place.unit.code: [event.kind for event in row.events] for row in rows(world, clerk)}
    assert events["a"] == [EventKind.RENAMED]
    assert events["b"] == []


def test_one_level_says_how_much_lies_beneath(world, clerk):
    shown = tree.level(moment_of(world, AFTER, user=clerk), tree_of_day(clerk, AFTER), 2)
    assert [(row.place.unit.code, row.members, row.beneath) for row in shown] == [
        ("xa", 4, 0),
        ("org", 1, 2),
        ("a", 2, 0),
    ]


def test_a_big_tree_is_opened_one_level_at_a_time(world, clerk, monkeypatch):
    monkeypatch.setattr(tree, "MOST", 5)
    assert [(row.place.unit.code, row.beneath) for row in rows(world, clerk)] == [
        ("xa", 0),
        ("org", 2),
        ("a", 0),
        ("b", 0),
    ]
    monkeypatch.setattr(tree, "MOST", 6)
    assert {row.level for row in rows(world, clerk)} == {0, 1, 2}


def test_names_are_found_without_marks_and_with_where_they_stand(world, clerk, cell_a):
    units.rename(unit=cell_a, name="Chi bộ bản Đông Phong", day=DAY)
    hits, count = found(world, clerk, "DONG ban")
    assert [(row.place.name, row.above) for row in hits] == [("Chi bộ bản Đông Phong", "Đảng bộ xa")]
    assert count == 1
    assert found(world, clerk, "o1 khong") == ([], 0)


def test_a_search_finds_units_that_ended_and_shows_no_more_than_fit(world, clerk, cell_a, cell_b, monkeypatch):
    restructuring.merge(cells=[cell_a], into=cell_b, day=DAY)
    assert ("✗a", 0, 0) in drawn(found(world, clerk, "chi bo")[0])
    monkeypatch.setattr(tree, "FOUND", 2)
    hits, count = found(world, clerk, "chi bo")
    assert (len(hits), count) == (2, 5)


def test_a_secretary_sees_a_tree_of_one(world, secretary_a, cell_a):
    assert drawn(rows(cell_a, secretary_a)) == [("a", 0, 2)]


def test_members_of_units_that_were_never_the_readers_are_not_counted(db):
    province = make_root("tinh", kind=Kind.PROVINCE)
    here, there = (make_root(code, parent=province) for code in ("x1", "x2"))
    org = make_unit("org", here, kind=Kind.PARTY_ORGANIZATION)
    user = make_user("reader", (RoleKind.LEADER, here))
    make_member(make_unit("o1", org))
    units.move(unit=org, parent=there, day=DAY)
    make_member(make_unit("o2", org, day=DAY), day=DAY)
    assert ("org", 0, 1) in drawn(rows(org, user, DAY - timedelta(days=1)))
    assert "org" not in [place.unit.code for place in tree_of_day(user, DAY)]
