"""One act, one record: whatever door a change comes by, discipline and membership tell the same of an expulsion."""

from datetime import date, timedelta
from random import Random

import pytest
from django.urls import reverse

from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.validity import OPEN
from members.choices import EndReason, Post, StartReason
from members.discipline import actions
from members.discipline.expulsion import apart
from members.models import Discipline, Spell
from members.positions.actions import appoint
from reports.figures import evaluate
from tests.binhlu_portal.spreadsheets.books import Book, wrong
from tests.examples import examples
from tests.factories import DECIDED, START, discipline, leave_party, make_member, moment_of
from tests.ground import layer
from tests.proofs import again, refused
from tests.record_types import filled

DAY = date(2026, 1, 15)
LATER = date(2026, 2, 15)
TYPED = {"day": "15/01/2026", "decision_number": "05-QĐ/ĐU", "decision_date": "15/01/2026"}
MEASURE = {"level": "committee", "violation": "land"}
EXPELS = MEASURE | {"form": "expulsion", "decided_on": "15/01/2026", "decision_number": "05-QĐ/ĐU"}


@layer
def lan(cell_a):
    """A member of A, its secretary."""
    member = again(make_member(cell_a, "Lan"))
    appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=START)
    return member


@pytest.fixture
def office(client, clerk):
    """The client of the secretariat."""
    client.force_login(clerk)
    return client


def send(client, address, **typed):
    """Type into the form at an address and send it, twice if it shows first what it does; return what is wrong."""
    typed = filled(client, address) | typed
    response = client.post(address, typed)
    if response.status_code == 200 and not response.context["form"].errors:
        response = client.post(address, typed | {"xac_nhan": "1"})
    return response.context["form"].errors if response.status_code == 200 else {}


def move(client, member, name, **typed):
    """Send a form about where somebody belongs."""
    return send(client, reverse("member-form", args=[member.pk, name]), **typed)


def told(member):
    """Return what the two registers tell of somebody: (stays, measures)."""
    stays = member.spells.order_by("started_on").values_list("ended_on", "end_reason", "end_decision_number")
    measures = member.disciplines.order_by("decided_on")
    return list(stays), list(measures.values_list("form", "decided_on", "decision_number", "expires_on"))


EXPELLED = ([(DAY, "expelled", "05-QĐ/ĐU")], [("expulsion", DAY, "05-QĐ/ĐU", None)])
HERE = ([(OPEN, "", "")], [])


# --- One act by either form ---


def test_an_expulsion_recorded_as_discipline_ends_the_membership_and_the_posts(office, lan):
    address = f"{reverse('record-add', args=['ky-luat'])}?dang_vien={lan.pk}"
    assert send(office, address, **EXPELS) == {}
    assert told(lan) == EXPELLED
    assert lan.positions.get().ended_on == DAY
    assert Entry.objects.filter(table__in=["members_spell", "members_discipline"], act=acts()[0]).count() == 2


def test_a_membership_ended_by_expulsion_is_recorded_as_discipline(office, lan):
    assert move(office, lan, "ra-khoi-dang", why="expelled", **MEASURE, **TYPED) == {}
    assert told(lan) == EXPELLED
    assert lan.disciplines.get().violation == "land"


def test_several_are_expelled_at_once(office, lan, cell_b):
    other = again(make_member(cell_b, "Hoa"))
    address = f"{reverse('record-add', args=['ky-luat'])}?dang_vien={lan.pk}&dang_vien={other.pk}"
    assert send(office, address, **EXPELS) == {}
    assert told(lan) == told(other) == EXPELLED


def test_an_ending_by_expulsion_asks_who_decided_it_and_what_for(office, lan):
    errors = move(office, lan, "ra-khoi-dang", why="expelled", **TYPED)
    assert errors.keys() == {"level", "violation"}
    assert told(lan) == HERE


@pytest.mark.parametrize("why", ["expelled", "struck_off"])
def test_what_is_decided_has_a_number_and_a_day(office, lan, why):
    errors = move(office, lan, "ra-khoi-dang", why=why, day="15/01/2026", **MEASURE)
    days = set() if why == "expelled" else {"decision_date"}  # a measure is decided on its own day
    assert errors.keys() == {"decision_number"} | days
    assert "phải có quyết định: ghi số quyết định." in errors["decision_number"][0]


def test_a_cell_expels_nobody_by_either_form(office, lan):
    errors = move(office, lan, "ra-khoi-dang", why="expelled", **TYPED, **MEASURE | {"level": "cell"})
    assert "Chi bộ chỉ quyết định khiển trách, cảnh cáo" in errors["level"][0]
    assert told(lan) == HERE


def test_who_was_transferred_is_expelled_from_the_new_cell_only(lan):
    with refused("mới đến chi bộ ngày"):
        discipline(lan, START, "expulsion")
    assert told(lan) == HERE


# --- Restoring ---


def test_restoring_lets_the_expulsion_expire_in_one_act(office, lan, cell_b):
    leave_party(lan, DAY, EndReason.EXPELLED)
    assert move(office, lan, "phuc-hoi", unit="b", **TYPED | {"day": "15/02/2026"}) == {}
    assert lan.spells.get(unit=cell_b).start_reason == StartReason.RESTORED
    assert lan.disciplines.get().expires_on == LATER
    assert send(office, reverse("act-revert", args=[acts()[0]])) == {}
    assert told(lan) == EXPELLED


def test_who_was_struck_off_is_restored_and_older_expulsions_stay(lan, cell_a):
    leave_party(lan, DAY, EndReason.EXPELLED)
    actions.restore(member=again(lan), unit=cell_a, day=LATER, decision=DECIDED)
    leave_party(again(lan), date(2026, 3, 1), EndReason.STRUCK_OFF)
    actions.restore(member=again(lan), unit=cell_a, day=date(2026, 4, 1), decision=DECIDED)
    assert lan.disciplines.get().expires_on == LATER
    assert apart() == {}


# --- Correcting and taking back ---


def test_a_corrected_expulsion_moves_the_end_of_the_membership_and_of_the_posts(office, lan):
    row = discipline(lan, DAY, "expulsion")
    address = reverse("record-form", args=["ky-luat", row.pk, "sua"])
    assert send(office, address, decided_on="15/02/2026", decision_number="06-QĐ/ĐU") == {}
    assert told(lan) == ([(LATER, "expelled", "06-QĐ/ĐU")], [("expulsion", LATER, "06-QĐ/ĐU", None)])
    assert lan.positions.get().ended_on == LATER


def test_a_corrected_stay_corrects_the_decision_of_the_expulsion(office, lan):
    spell = leave_party(lan, DAY, EndReason.EXPELLED)
    address = reverse("record-form", args=["sinh-hoat-dang", spell.pk, "sua"])
    assert send(office, address, end_decision_number="06-QĐ/ĐU") == {}
    assert told(lan) == ([(DAY, "expelled", "06-QĐ/ĐU")], [("expulsion", DAY, "06-QĐ/ĐU", None)])


@pytest.mark.parametrize(("before", "after"), [("expulsion", "warning"), ("warning", "expulsion")])
def test_an_expulsion_becomes_no_other_measure_and_no_other_one_an_expulsion(office, lan, before, after):
    row = discipline(lan, DAY, before, level="committee")
    was = told(lan)
    errors = send(office, reverse("record-form", args=["ky-luat", row.pk, "sua"]), form=after)
    assert "xóa bản ghi" in errors["form"][0]
    assert told(lan) == was


def test_the_expiry_of_an_expulsion_is_not_typed(office, lan):
    row = discipline(lan, DAY, "expulsion")
    errors = send(office, reverse("record-form", args=["ky-luat", row.pk, "sua"]), expires_on="15/02/2026")
    assert "chỉ hết hiệu lực đúng vào ngày phục hồi đảng tịch" in str(errors)
    assert told(lan) == EXPELLED


def test_a_deleted_expulsion_gives_the_membership_back(office, lan):
    row = discipline(lan, DAY, "expulsion")
    assert send(office, reverse("record-remove", args=["ky-luat", row.pk]), reason="ghi nhầm") == {}
    assert told(lan) == HERE


def test_an_expulsion_is_not_deleted_after_the_member_came_back(office, lan, cell_a):
    row = discipline(lan, DAY, "expulsion")
    actions.restore(member=again(lan), unit=cell_a, day=LATER, decision=DECIDED)
    errors = send(office, reverse("record-remove", args=["ky-luat", row.pk]), reason="ghi nhầm")
    assert "đã trở lại Đảng sau lần khai trừ này" in str(errors)
    assert lan.disciplines.exists()


def acts():
    """Return the acts of the history, the newest first."""
    return list(dict.fromkeys(Entry.objects.filter(act__isnull=False).order_by("-pk").values_list("act", flat=True)))


def test_the_whole_act_is_reverted_with_its_posts_and_not_one_side_of_it(office, lan):
    move(office, lan, "ra-khoi-dang", why="expelled", **MEASURE, **TYPED)
    for table in ("members_spell", "members_discipline"):
        entry = Entry.objects.filter(table=table).first()
        errors = send(office, reverse("entry-revert", args=[entry.pk]))
        assert "Khai trừ phải có ở cả hai sổ" in str(errors), table
        assert told(lan) == EXPELLED
    assert send(office, reverse("act-revert", args=[acts()[0]])) == {}
    assert told(lan) == HERE
    assert lan.positions.get().is_open
    assert send(office, reverse("act-revert", args=[acts()[0]])) == {}
    assert told(lan) == EXPELLED


# --- The data workbook ---

ENDING = {"ended_on": "15/01/2026", "end_reason": "Khai trừ", "end_decision_number": "05-QĐ/ĐU"}
ENDING |= {"end_decision_date": "15/01/2026"}
SHEET = {"form": "Khai trừ", "level": "Cấp trên", "violation": "Đất đai, tài nguyên, khoáng sản"}
SHEET |= {"decided_on": "15/01/2026", "decision_number": "05-QĐ/ĐU", "decision_date": "15/01/2026"}


def with_measure(book, member):
    """Add an expulsion to the sheet of discipline."""
    row = next(row for row in book.rows[type(member)] if row["full_name"] == member.full_name)
    return book.add(Discipline, member=row["mark"], **SHEET)


def test_a_workbook_that_tells_both_is_taken(clerk, lan):
    lan.positions.all().delete()
    book = Book.of(clerk)
    book.of_record(lan.spells.get()).update(ENDING)
    with_measure(book, lan)
    assert wrong(book.bring(clerk)) == []
    assert told(lan) == EXPELLED


def test_a_workbook_that_tells_one_side_is_refused_at_its_line(clerk, lan):
    for one in ("stay", "measure"):
        book = Book.of(clerk)
        if one == "stay":
            book.of_record(lan.spells.get()).update(ENDING)
        else:
            with_measure(book, lan)
        ((_, _, message),) = wrong(book.bring(clerk))
        assert "Khai trừ phải có ở cả hai sổ" in message
        assert told(lan) == HERE


def test_a_workbook_does_not_change_one_side(clerk, lan):
    row = discipline(lan, DAY, "expulsion")
    for record, values in (
        (row, {"form": "Cách chức"}),
        (row, {"decision_number": "06-QĐ/ĐU"}),
        (row, {"expires_on": "15/02/2026"}),
        (lan.spells.get(), {"end_reason": "Xóa tên"}),
    ):
        book = Book.of(clerk)
        book.of_record(record).update(values)
        assert len(wrong(book.bring(clerk))) == 1, values
        assert told(lan) == EXPELLED


def test_what_is_missing_since_older_days_is_added(office, lan):
    Spell.objects.filter(member=lan).update(ended_on=DAY, end_reason=EndReason.EXPELLED)
    discipline(again(lan), DAY, "expulsion")
    assert told(lan) == EXPELLED


def test_those_apart_from_older_days_stop_nobody_else(office, clerk, lan, cell_b):
    old = make_member(cell_b, "Cũ")
    Spell.objects.filter(member=old).update(ended_on=DAY, end_reason=EndReason.EXPELLED)
    assert list(apart()) == [old.pk]
    assert move(office, lan, "ra-khoi-dang", why="expelled", **MEASURE, **TYPED) == {}
    book = Book.of(clerk)
    book.of_record(lan.spells.get())["came_from"] = "Nơi khác"
    assert wrong(book.bring(clerk)) == []


# --- Whatever door, in whatever order ---


def day_typed(random):
    """Return a day of the half year, as typed."""
    return f"{DAY + timedelta(days=random.randrange(120)):%d/%m/%Y}"


def door(random, client, clerk, member):
    """Send one form, or a workbook, about somebody; it may well be refused."""
    row, spell = member.disciplines.order_by("?").first(), member.spells.last()
    day, number = day_typed(random), f"{random.randrange(3)}-QĐ/ĐU"
    decided = {"day": day, "decision_number": number, "decision_date": day}
    record = {"decided_on": day, "decision_number": number}

    def forms(name, form):
        return reverse("record-form", args=[name, form.pk, "sua"])

    def workbook():
        book = Book.of(clerk)
        change = random.choice([{"end_reason": "Khai trừ"}, {"end_reason": "Xóa tên"}, {"ended_on": day}])
        book.of_record(spell).update(change)
        if row and random.random() < 0.5:
            book.of_record(row).update(random.choice([{"decided_on": day}, {"form": "Khai trừ"}, {"expires_on": day}]))
        book.bring(clerk)

    doors = [
        lambda: move(
            client, member, "ra-khoi-dang", why=random.choice(["expelled", "struck_off"]), **decided, **MEASURE
        ),
        lambda: move(client, member, "phuc-hoi", unit=random.choice("ab"), **decided),
        lambda: send(client, f"{reverse('record-add', args=['ky-luat'])}?dang_vien={member.pk}", **EXPELS | record),
        lambda: send(client, forms("sinh-hoat-dang", spell), end_decision_number=number),
        lambda: acts() and send(client, reverse("act-revert", args=[random.choice(acts())])),
        workbook,
    ]
    if row:
        doors += [
            lambda: send(client, forms("ky-luat", row), form=random.choice(["expulsion", "warning"]), **record),
            lambda: send(client, reverse("record-remove", args=["ky-luat", row.pk]), reason="nhầm"),
        ]
    random.choice(doors)()


@pytest.mark.parametrize("seed", range(examples(6)))
def test_the_two_sides_agree_by_whatever_door(office, clerk, commune, lan, cell_b, seed):
    random, hoa = Random(seed), again(make_member(cell_b, "Hoa"))
    asked = moment_of(commune, date(2026, 12, 31), since=START)
    for _ in range(12):
        try:
            door(random, office, clerk, again(random.choice([lan, hoa])))
        except (TypeError, KeyError):
            continue  # a form that is not offered now is an unknown page: nothing can be typed
        assert apart() == {}
    figures = evaluate.results(asked, ["discipline.members.expelled", "members.expelled"])
    disciplined, left = (result.value for result in figures.values())
    assert disciplined <= left, "somebody expelled twice is one person disciplined"
    assert bool(disciplined) == bool(left)
