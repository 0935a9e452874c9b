"""Taking back what was written: the records become what they were, and what came later is never lost."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from assessments.models import MemberRating
from assessments.ratings.actions import rate
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.revert import plan_revert, revert
from binhlu_portal.db.actions import correct
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Member, Spell
from members.restructuring import actions as restructuring
from organizations.models import Ancestry
from tests.factories import START, make_member, make_person, make_unit
from tests.ground import layer

DAY = date(2026, 2, 1)
APPS = ("organizations", "members", "assessments")


def everything():
    """Return every row of every table of records."""
    found = [model for model in apps.get_models() if model._meta.app_label in APPS and model is not Ancestry]
    return {model._meta.label: set(model._base_manager.values_list()) for model in found}


def tree():
    """Return who stands above whom, and when."""
    return set(Ancestry.objects.values_list("ancestor", "branch", "unit", "depth", "started_on", "ended_on"))


def of(act):
    """Return the entries of an act."""
    return Entry.objects.filter(act=act)


@layer
def lan(cell_a):
    return make_member(cell_a, "Lan")


@pytest.fixture
def acts(clerk, commune, cell_a, cell_b, lan):
    """Ways to write something, each of another shape: many tables, periods that give way to each other, deletions."""
    other, gone = make_unit("c", commune), make_unit("d", commune)
    make_member(gone, "Minh")
    make_member(gone, "Hoa")

    def merge():
        restructuring.merge(cells=[gone], into=other, day=DAY)

    return {
        "created": lambda: make_member(cell_a, "Mới"),
        "changed": lambda: correct(row=lan, phone="0912345678", hometown="Bản Mẫu"),
        "transferred": lambda: membership.transfer(member=lan, to=cell_b, day=DAY),
        "deleted": lambda: Spell.objects.get(member=lan).delete(),
        "merged": merge,
        "levels": lambda: member_records.set_levels(member=lan, day=START, education="primary"),
    }


@pytest.mark.parametrize("name", ["created", "changed", "transferred", "deleted", "merged", "levels"])
def test_everything_is_as_it_was(clerk, acts, name):
    before, above = everything(), tree()
    with acting(clerk, "một việc") as act:
        acts[name]()
    after, beneath = everything(), tree()
    assert after != before
    with acting(clerk, "Hoàn tác") as back:
        assert revert(user=None, entries=of(act)) == []
    assert (everything(), tree()) == (before, above)
    with acting(clerk, "Hoàn tác việc hoàn tác"):
        revert(user=None, entries=of(back))
    assert (everything(), tree()) == (after, beneath)


def test_numbers_that_changed_hands_change_back(clerk, lan, cell_a):
    minh = make_member(cell_a, "Minh", card_number="22222222")
    correct(row=lan, card_number="11111111")
    with acting(clerk) as act:
        correct(row=lan, card_number="")
        correct(row=minh, card_number="11111111")
        correct(row=lan, card_number="22222222")
    revert(user=None, entries=of(act))
    assert {person.full_name: person.card_number for person in Member.objects.all()} == {
        "Lan": "11111111",
        "Minh": "22222222",
    }


def test_a_single_change_is_taken_back_and_the_history_says_so(clerk, lan):
    correct(row=lan, phone="0912345678")
    entry = Entry.objects.filter(table="members_member", row=lan.pk).first()
    with acting(clerk, "Hoàn tác"):
        revert(user=None, entries=Entry.objects.filter(pk=entry.pk))
    lan.refresh_from_db()
    assert lan.phone == ""
    newest = Entry.objects.filter(table="members_member", row=lan.pk).first()
    assert (newest.changes, newest.user) == ({"phone": ("0912345678", "")}, clerk)


def test_what_was_changed_later_stands_in_the_way(clerk, lan):
    with acting(clerk) as act:
        correct(row=lan, phone="0912345678", hometown="Bản Mẫu")
    correct(row=lan, phone="0999999999")
    before = everything()
    with pytest.raises(ValidationError, match="sau lần ghi này"):
        revert(user=None, entries=of(act))
    assert everything() == before


def test_values_changed_later_are_kept_when_asked_and_the_others_taken_back(clerk, lan):
    with acting(clerk) as act:
        correct(row=lan, phone="0912345678", hometown="Bản Mẫu")
    correct(row=lan, phone="0999999999")
    [later] = revert(user=None, entries=of(act), keep_later=True)
    lan.refresh_from_db()
    assert (lan.phone, lan.hometown) == ("0999999999", "")
    assert later.changes == {"phone": ("0912345678", "0999999999")}


def test_another_value_changed_later_is_not_in_the_way(clerk, lan):
    with acting(clerk) as act:
        correct(row=lan, phone="0912345678")
    correct(row=lan, hometown="Bản Mẫu")
    assert revert(user=None, entries=of(act)) == []
    lan.refresh_from_db()
    assert (lan.phone, lan.hometown) == ("", "Bản Mẫu")


def test_a_new_record_on_which_others_rest_is_not_deleted(clerk, cell_a):
    with acting(clerk) as act:
        kept, gone = make_member(cell_a, "Giữ"), make_member(cell_a, "Bỏ")
    rate(member=kept, year=2025, level="good", decided_on=DAY)
    with pytest.raises(ValidationError, match="sau lần ghi này"):
        revert(user=None, entries=of(act))
    later = revert(user=None, entries=of(act), keep_later=True)
    assert [entry.table for entry in later] == ["assessments_memberrating"]
    assert not Member.objects.filter(pk=gone.pk).exists()
    assert MemberRating.objects.get().member == kept


def test_with_a_kept_record_stays_what_it_points_at_and_what_is_about_it(clerk, commune):
    with acting(clerk) as act:
        unit = make_unit("moi", commune)
        member = make_member(unit, "Mới")
        make_member(unit, "Bỏ")
    rate(member=member, year=2025, level="good", decided_on=DAY)
    revert(user=None, entries=of(act), keep_later=True)
    assert [spell.unit for spell in Spell.objects.filter(member=member)] == [unit]
    assert unit.periods.get().name == "Chi bộ moi"
    assert [person.full_name for person in Member.objects.all()] == ["Mới"]


def test_a_record_deleted_later_cannot_become_what_it_was(clerk, cell_a):
    person = make_person("Lan")
    with acting(clerk) as act:
        correct(row=person, phone="0912345678")
    person.delete()
    with pytest.raises(ValidationError, match="sau lần ghi này"):
        revert(user=None, entries=of(act))
    with pytest.raises(ValidationError, match="Không còn gì để hoàn tác"):
        revert(user=None, entries=of(act), keep_later=True)


def test_what_was_taken_back_already_leaves_nothing_to_do(clerk, lan):
    with acting(clerk) as act:
        correct(row=lan, phone="0912345678")
    revert(user=None, entries=of(act))
    assert plan_revert(of(act)).is_empty
    with pytest.raises(ValidationError, match="Không còn gì để hoàn tác"):
        revert(user=None, entries=of(act))


def test_a_value_that_is_already_what_it_was_is_not_in_the_way(clerk, lan):
    with acting(clerk) as act:
        correct(row=lan, phone="0912345678", hometown="Bản Mẫu")
    correct(row=lan, phone="")
    assert revert(user=None, entries=of(act)) == []
    lan.refresh_from_db()
    assert (lan.phone, lan.hometown) == ("", "")


def test_a_column_that_is_no_more_is_left_out(clerk, lan):
    with acting(clerk):
        correct(row=lan, phone="0912345678")
        lan.spells.all().delete()
    old = [
        Entry.objects.create(
            at=entry.at,
            table=entry.table,
            row=entry.row,
            action=entry.action,
            act="00000000-0000-4000-8000-000000000000",
            before=entry.before | {"gone": 1},
            after=entry.after and entry.after | {"gone": 2},
        )
        for entry in Entry.objects.filter(act__isnull=False).order_by("pk")
    ]
    revert(user=None, entries=of(old[0].act))
    lan.refresh_from_db()
    assert (lan.phone, lan.spells.count()) == ("", 1)


def test_a_rule_of_the_database_still_holds(clerk, cell_a, lan):
    with acting(clerk) as act:
        Spell.objects.get(member=lan).delete()
    membership.transfer_in(member=lan, unit=cell_a, day=DAY)
    before = everything()
    with pytest.raises(ValidationError, match=r"đang sinh hoạt ở một chi bộ khác|không được chồng lên nhau"):
        revert(user=None, entries=of(act))
    assert everything() == before


def test_a_record_that_would_point_at_nothing_is_refused(clerk, lan):
    with acting(clerk) as act:
        lan.spells.all().delete()
    lan.delete()
    with pytest.raises(ValidationError, match="Cơ sở dữ liệu không nhận"):
        revert(user=None, entries=of(act))
    assert not Spell.objects.exists()


def test_thousands_of_records_take_few_statements(clerk, cell_a, django_assert_max_num_queries):
    people = [Member(full_name=f"Người {n}", gender="male", ethnicity="kinh") for n in range(1500)]
    with acting(clerk) as act:
        Member.objects.bulk_create(people)
        stays = [
            Spell(member=person, unit=cell_a, started_on=START, start_reason="transferred_in") for person in people
        ]
        Spell.objects.bulk_create(stays)
        Spell.objects.update(came_from="Nơi khác")
    with django_assert_max_num_queries(50):
        revert(user=None, entries=of(act))
    assert not Member.objects.exists()
