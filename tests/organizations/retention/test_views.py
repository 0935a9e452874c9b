"""The pages about how long what is kept is kept: for whom, what they say, what an administrator may set."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.models import Entry
from binhlu_portal.text.vietnamese import day
from organizations.choices import Kept, RoleKind
from organizations.in_force import InForce
from organizations.models import Disposal, Threshold
from organizations.retention.periods import LEAST_MONTHS
from tests.factories import make_root, make_unit, make_user
from tests.record_types import filled

ACCESS = "keeping.access_months"


@pytest.fixture
def keeper(client, administrator):
    """The browser of the administrator."""
    client.force_login(administrator)
    return client


def address_of(code):
    return reverse("retention-set", args=[Threshold.objects.get(code=code).pk])


def send(client, code, **typed):
    """Send the form about a value, with what is typed in it."""
    address = address_of(code)
    return client.post(address, filled(client, address) | typed)


def value(code, on):
    return InForce(on).value(code)


def test_the_page_says_how_long_by_which_rule_and_what_has_gone(keeper):
    Disposal.objects.create(what=Kept.ACCESS, before=timezone.localdate(), rows=1234, day=timezone.localdate())
    page = keeper.get(reverse("retention")).content.decode()
    for what in Kept:
        assert what.label in page
    for code in LEAST_MONTHS:
        row = Threshold.objects.get(code=code)
        assert row.measured in page
        assert row.source in page
        assert address_of(code) in page
    assert "chưa đối chiếu" in page
    assert "1.234" in page


def test_the_administrator_says_for_how_long_and_the_history_notes_it(keeper, administrator):
    today = timezone.localdate()
    answer = send(keeper, ACCESS, low="36", source="Quy chế của văn phòng")
    assert answer.status_code == 302, answer.context["form"].errors
    assert (value(ACCESS, today), value(ACCESS, today - timedelta(days=1))) == (36, 24)
    entries = Entry.objects.filter(table="organizations_threshold", user=administrator)
    assert {entry.action for entry in entries} == {"created", "changed"}


def test_what_was_set_today_is_put_right_the_same_day(keeper):
    send(keeper, ACCESS, low="36")
    row = Threshold.objects.get(code=ACCESS, low=36)
    address = reverse("retention-set", args=[row.pk])
    assert keeper.post(address, filled(keeper, address) | {"low": "48"}).status_code == 302
    assert value(ACCESS, timezone.localdate()) == 48


@pytest.mark.parametrize(("code", "least"), LEAST_MONTHS.items())
def test_nothing_is_kept_for_less_than_the_least(keeper, code, least):
    answer = send(keeper, code, low=str(least - 1))
    assert f"Giữ ít nhất {least} tháng." in answer.content.decode()
    assert Threshold.objects.filter(code=code).count() == 1


def test_a_value_of_days_to_come_holds_from_then_on(keeper):
    later = timezone.localdate() + timedelta(days=40)
    send(keeper, ACCESS, low="60", started_on=day(later))
    assert (value(ACCESS, timezone.localdate()), value(ACCESS, later)) == (24, 60)


def test_who_keeps_a_part_of_the_tree_reads_and_sets_nothing(client, commune):
    make_root("khac")
    client.force_login(make_user("part", (RoleKind.ADMINISTRATOR, make_unit("org", commune))))
    page = client.get(reverse("retention")).content.decode()
    assert address_of(ACCESS) not in page
    assert client.get(address_of(ACCESS)).status_code == 404


def test_no_other_value_is_set_here(keeper):
    assert keeper.get(address_of("fees.relief_months")).status_code == 404
