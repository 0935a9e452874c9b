"""What the office writes on a usual page settles what a cell has reported, whichever page it is."""

from datetime import date

import pytest
from django.urls import reverse

from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.partial_dates import PartialDate
from members.change_reports.actions import report_change
from members.change_reports.change_types import CHANGE_TYPES
from members.change_reports.settlement import SettlingForm
from members.models import Position
from members.models.change_report import ChangeKind
from members.positions.actions import appoint
from members.positions.forms import RelieveForm
from tests.factories import DECIDED, make_member
from tests.ground import layer
from tests.proofs import again
from tests.record_types import filled

DAY = date(2026, 1, 15)


@layer
def lan(cell_a):
    """A member of cell A, long in the Party."""
    return make_member(cell_a, "Lò Thị Lan", joined_on="1990-01-05", decided_on="1990-01-02", official_on="1991-01-05")


def form(name, **typed):
    """Return how the office writes in a form about a person."""
    return lambda lan, unit: (reverse("member-form", args=[lan.pk, name]), typed)


def record(code, **typed):
    """Return how the office adds a record about a person to a register."""
    return lambda lan, unit: (f"{reverse('record-add', args=[code])}?dang_vien={lan.pk}", typed)


def post(action, **typed):
    """Return how the office writes in a form about a post that she holds."""

    def way(lan, unit):
        held = appoint(unit=unit, post="deputy_secretary", member=lan, day=date(2025, 12, 1), decision=DECIDED)
        other = make_member(unit, "Vàng A Hai", joined_on="2000-01-05", official_on="2001-01-05")
        return reverse("record-form", args=["chuc-vu", held.pk, action]), typed | {"member": str(other.pk)}

    return way


TAKEN = {"decision_number": "01-QĐ/ĐU", "decision_date": "10/01/2026"}
WAYS = [
    ("died", form("ra-khoi-dang", why="died", day="10/01/2026")),
    ("resigned", form("ra-khoi-dang", why="resigned", day="10/01/2026", **TAKEN)),
    ("moved_within", form("chuyen-chi-bo", to="b", day="10/01/2026")),
    ("moved_out", form("chuyen-di", went_to="Đảng bộ xã khác", day="10/01/2026")),
    ("entry", form("sua-vao-dang", joined_at="Chi bộ b")),
    ("exemption", record("mien-sinh-hoat", kind="age_health", started_on="10/01/2026")),
    ("badge", record("huy-hieu", years="30", awarded_on="10/01/2026")),
    ("post_taken", record("chuc-vu", unit="a", post="deputy_secretary", started_on="10/01/2026", **TAKEN)),
    ("post_left", post("thoi-giu", ended_on="10/01/2026")),
    ("post_left", post("thay", started_on="10/01/2026", **TAKEN)),
]


@pytest.mark.parametrize("settled", ["1", "0"])
@pytest.mark.parametrize(("kind", "way"), WAYS)
def test_what_is_written_on_a_usual_page_settles_the_report(client, clerk, lan, cell_a, cell_b, kind, way, settled):
    address, typed = way(lan, cell_a)
    report = report_change(kind=kind, member=lan, reported_on=DAY, post="deputy_secretary", years=30, note="Theo đơn")
    client.force_login(clerk)
    sent = filled(client, address)
    assert sent["settling"] == "1"
    assert client.post(address, sent | typed | {"settling": settled}).status_code == 302
    assert again(report).state == ("done" if settled == "1" else "waiting")
    if settled == "1":
        closed = Entry.objects.filter(table="members_changereport", action="changed").get()
        assert Entry.objects.filter(act=closed.act).exclude(pk=closed.pk).exists()


def test_each_kind_is_settled_by_the_form_in_which_the_office_writes_it_and_by_a_way_above():
    for change in CHANGE_TYPES.values():
        if change.kind:
            usual = change.form if issubclass(change.form, SettlingForm) else RelieveForm
            assert change.kind in usual.settles, change.words
    assert {kind for kind, _ in WAYS} == set(ChangeKind) - {ChangeKind.NEWCOMER}


def test_who_chooses_the_person_on_the_page_is_asked(client, clerk, lan):
    report = report_change(kind="badge", member=lan, reported_on=DAY, years=30)
    client.force_login(clerk)
    address = reverse("record-add", args=["huy-hieu"])
    sent = filled(client, address) | {"member": str(lan.pk), "years": "30", "awarded_on": "10/01/2026"}
    assert "settling" not in sent
    form = client.post(address, sent).context["form"]
    assert set(form.errors) == {"settling"}
    assert "Lò Thị Lan, Huy hiệu: 30 năm tuổi Đảng, báo ngày 15/01/2026" in form.fields["settling"].help_text
    assert client.post(address, sent | {"settling": "1"}).status_code == 302
    assert again(report).state == "done"


def test_a_newcomer_who_is_typed_in_settles_what_was_reported(client, clerk, cell_a):
    report = report_change(kind="newcomer", unit=cell_a, newcomer="Vàng A Mới", reported_on=DAY)
    client.force_login(clerk)
    address = reverse("member-add")
    typed = {"full_name": "vàng a mới", "unit": "a", "gender": "male", "ethnicity": "mong", "way": "transferred_in"}
    sent = filled(client, address) | typed | {"day": "10/01/2026"}
    assert "settling" in client.post(address, sent).context["form"].errors
    assert client.post(address, sent | {"settling": "1"}).status_code == 302
    assert again(report).state == "done"


def test_who_has_no_report_is_not_asked(client, clerk, lan, cell_a):
    report_change(kind="died", member=make_member(cell_a), reported_on=DAY)
    report_change(kind="badge", member=lan, reported_on=DAY, years=30)
    client.force_login(clerk)
    assert "settling" not in filled(client, reverse("member-form", args=[lan.pk, "ra-khoi-dang"]))


def test_a_secretary_settles_nothing_but_reports(client, secretary_a, lan):
    report_change(kind="exemption", member=lan, reported_on=DAY, note="Đi làm xa")
    client.force_login(secretary_a)
    assert "settling" not in filled(client, f"{reverse('record-add', args=['mien-sinh-hoat'])}?dang_vien={lan.pk}")


def test_a_post_taken_from_its_holder_is_written_in_one_act(client, clerk, lan, cell_a):
    before = appoint(unit=cell_a, post="village_head", holder_name="Giàng A Cũ", day=date(2025, 12, 1))
    report = report_change(
        kind="post_taken", member=lan, reported_on=DAY, post="village_head", day=PartialDate("2026-01-10")
    )
    client.force_login(clerk)
    address = reverse("change-report-write", args=[report.pk])
    sent = filled(client, address)
    assert client.post(address, sent | {"started_on": "10/01/2026"}).url == report.get_absolute_url()
    held = Position.objects.get(member=lan)
    assert (held.post, held.unit, held.started_on, again(before).ended_on) == (
        "village_head",
        cell_a,
        date(2026, 1, 10),
        date(2026, 1, 10),
    )
    assert again(report).state == "done"


def test_a_post_left_ends_where_it_is_held(client, clerk, lan, cell_a):
    held = appoint(unit=cell_a, post="front_head", member=lan, day=date(2025, 12, 1))
    report = report_change(
        kind="post_left", member=lan, reported_on=DAY, post="front_head", day=PartialDate("2026-01-10")
    )
    client.force_login(clerk)
    address = reverse("change-report-write", args=[report.pk])
    sent = filled(client, address)
    assert sent["position"] == held.pk
    client.post(address, sent | {"ended_on": "10/01/2026"})
    assert (again(held).ended_on, again(report).state) == (date(2026, 1, 10), "done")
