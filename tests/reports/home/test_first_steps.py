"""The first steps of a committee: how far each is, where it leads, for whom, and when they are over."""

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.choices import RoleKind
from reports.reporting_periods import actions as reporting_periods
from tests.factories import make_member, make_unit, make_user


@pytest.fixture
def steps(client, clerk):
    """Return a function: the steps on the home of the clerk."""

    def steps():
        client.force_login(clerk)
        return client.get(reverse("home")).context["steps"]

    return steps


def open_period(commune):
    today = timezone.localdate()
    days = {"as_of": today, "since": today, "year": today.year, "due_on": today, "today": today}
    reporting_periods.open_period(unit=commune, **days)


def test_an_empty_committee_is_led_from_units_to_the_first_period(steps, commune):
    found = steps()
    assert [step.is_done for step in found] == [False] * 4
    assert [step.told for step in found] == [
        "Chưa ghi tổ chức nào. Danh sách Excel có tên chi bộ thì nhập luôn ở bước 2.",
        "Nhập danh sách Excel đang có: chi bộ chưa ghi thì được hỏi rồi thêm cùng lúc.",
        "Xem sau khi có danh sách.",
        "Chưa mở kỳ nào.",
    ]
    assert found[0].address == reverse("unit-form", args=["xa", "tiep-nhan"])
    assert [found[1].address, found[3].address] == [reverse("imports"), reverse("period-open")]


def test_each_step_tells_how_far_it_is(steps, commune, cell_a, cell_b):
    make_member(cell_a)
    found = steps()
    assert [step.is_done for step in found] == [True, False, False, False]
    assert found[0].told == "2 tổ chức, trong đó 2 chi bộ."
    assert found[1].told == "1/2 chi bộ có đảng viên, cộng 1 đảng viên."
    assert found[2].told.endswith("điều cần xem lại.")
    make_member(cell_b)
    assert steps()[1].is_done


def test_every_step_leads_to_a_page_that_opens(client, steps, commune, cell_a):
    for step in steps():
        assert client.get(step.address).status_code == 200, step.title


def test_what_is_missing_stands_below_once_there_are_cells(client, steps, commune):
    steps()
    assert "<h2>Nhắc</h2>" not in client.get(reverse("home")).content.decode()
    make_unit("a", commune)
    assert "<h2>Nhắc</h2>" in client.get(reverse("home")).content.decode()


def test_the_first_period_ends_the_steps_when_there_are_people(steps, commune, cell_a):
    open_period(commune)
    assert steps()[3].is_done
    make_member(cell_a)
    assert steps() == []


def test_nobody_else_is_led(client, commune, cell_a, secretary_a, clerk):
    client.force_login(secretary_a)
    assert "steps" not in client.get(reverse("home")).context
    part = make_user("part", (RoleKind.SECRETARIAT, cell_a))
    client.force_login(part)
    assert "steps" not in client.get(reverse("home")).context


def test_the_sample_is_no_beginning(client, commune, clerk):
    type(commune).objects.update(is_sample=True)
    client.force_login(clerk)
    assert client.get(reverse("home")).context["steps"] == []


@pytest.mark.parametrize("cells", [1, 30])
def test_the_steps_cost_the_same_whatever_there_is(client, clerk, commune, cells, django_assert_max_num_queries):
    for number in range(cells):
        make_member(make_unit(f"u{number}", commune))
    client.force_login(clerk)
    client.get(reverse("home"))
    with django_assert_max_num_queries(11):
        assert client.get(reverse("home")).context["steps"]
