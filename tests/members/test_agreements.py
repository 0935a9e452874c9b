"""One act, one record: whatever door a change comes by, registers that tell of an act tell the same of it."""

from datetime import date, timedelta
from random import Random

import pytest
from django.urls import reverse

from assessments.models import MemberRating
from assessments.ratings import actions as ratings
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.records.agreements import AGREEMENTS
from members.admissions import actions as admissions
from members.choices import Post
from members.discipline.actions import suspend
from members.models import Member, Spell, Suspension
from members.positions.actions import appoint
from members.restructuring import actions as restructuring
from organizations.models import Unit, UnitEvent, UnitPeriod
from tests.binhlu_portal.spreadsheets.books import Book, wrong
from tests.examples import examples
from tests.factories import DECIDED, START, admit, make_member
from tests.ground import layer
from tests.members.discipline.test_expulsion import acts, move, send
from tests.proofs import again

DAY, LATER, OFFICIAL = date(2025, 8, 15), date(2025, 9, 15), date(2026, 8, 15)
END = date(2025, 11, 1)


@pytest.fixture
def office(client, clerk):
    """The client of the secretariat."""
    client.force_login(clerk)
    return client


@layer
def mai(cell_a):
    """Someone admitted in A and recognised as an official member."""
    row = admit(cell_a, DAY, "Mai")
    admissions.make_official(admission=row)
    return again(row.member)


@layer
def lan(cell_a):
    """A member of A, its secretary."""
    member = again(make_member(cell_a, "Lan"))
    appoint(unit=cell_a, post=Post.SECRETARY, member=member, day=START)
    return member


def apart():
    """Return about what any two registers do not agree."""
    return {name: found for name, agreement in AGREEMENTS.items() if (found := agreement.apart())}


def correction(code, row):
    """Return where a record is put right."""
    return reverse("record-form", args=[code, row.pk, "sua"])


def faults(errors):
    """Return all that is wrong with a form as one text."""
    return " ".join(sentence for several in errors.values() for sentence in several)


# --- Entry into the Party ---


def entry_of(member):
    """Return what register, stay and card tell of an entry into the Party."""
    row, stay, card = member.admissions.get(), member.spells.order_by("started_on").first(), again(member)
    return (row.ceremony_on, row.official_on), stay.started_on, (str(card.joined_on), str(card.official_on))


ENTERED = ((DAY, OFFICIAL), DAY, ("15/08/2025", "15/08/2026"))


def test_a_corrected_ceremony_moves_the_stay_and_the_days_on_the_card(office, mai):
    assert entry_of(mai) == ENTERED
    row = mai.admissions.get()
    days = {"ceremony_on": "15/09/2025", "official_on": "15/09/2026", "decision_date": "10/09/2025"}
    assert send(office, correction("ket-nap", row), **days) == {}
    assert entry_of(mai) == ((LATER, date(2026, 9, 15)), LATER, ("15/09/2025", "15/09/2026"))
    assert str(again(mai).decided_on) == "10/09/2025"
    assert mai.spells.get().decision_date == date(2025, 9, 10)


def test_a_corrected_ceremony_keeps_probation(office, mai):
    errors = send(office, correction("ket-nap", mai.admissions.get()), ceremony_on="15/09/2025")
    assert "Thời gian dự bị kết thúc ngày 15/09/2026" in errors["official_on"][0]
    assert entry_of(mai) == ENTERED


def test_a_candidate_is_not_admitted_by_a_correction(office, cell_a):
    row = admissions.list_newcomer(unit=cell_a, day=START, full_name="Hoa", gender="female", ethnicity="kinh")
    send(office, correction("ket-nap", row), ceremony_on="15/09/2025", decision_date="15/09/2025")
    assert again(row).ceremony_on is None


@pytest.mark.parametrize("name", ["joined_on", "official_on"])
def test_the_card_does_not_tell_another_day_than_the_admission(office, clerk, mai, name):
    assert "Sửa ở sổ Kết nạp" in faults(move(office, mai, "sua-vao-dang", **{name: "01/01/2026"}))
    book = Book.of(clerk)
    book.of_record(mai)[name] = "01/01/2026"
    ((_, _, message),) = wrong(book.bring(clerk))
    assert "Sửa ở sổ Kết nạp" in message
    assert entry_of(mai) == ENTERED


def test_what_disagrees_since_older_days_does_not_stop_a_phone_number(office, mai):
    Member.objects.update(official_on="2026-01-01")
    assert move(office, mai, "sua-ca-nhan", phone="0912345678") == {}
    assert move(office, mai, "sua-vao-dang", joined_on="01/01/2026") != {}


def test_a_workbook_moves_no_side_of_an_admission_alone(clerk, mai):
    for row, name in ((mai.admissions.get(), "ceremony_on"), (mai.spells.get(), "started_on")):
        book = Book.of(clerk)
        book.of_record(row)[name] = "20/08/2025"
        assert "Kết nạp phải có ở cả hai sổ" in wrong(book.bring(clerk))[0][2], name
    book = Book.of(clerk)
    for row, name in ((mai.admissions.get(), "ceremony_on"), (mai.spells.get(), "started_on"), (mai, "joined_on")):
        book.of_record(row)[name] = "14/08/2025"
    book.of_record(mai.admissions.get())["decision_date"] = "14/08/2025"
    assert wrong(book.bring(clerk)) == []
    assert apart() == {}


# --- The end of a unit ---


@pytest.fixture
def dissolved(clerk, cell_a, cell_b, lan):
    """Cell A, dissolved while Lan was its secretary."""
    moves = {stay.member: cell_b for stay in cell_a.spells.all()}
    with acting(clerk, "giải thể"):
        restructuring.dissolve(cell=cell_a, day=END, moves=moves, decision=DECIDED)
    return again(cell_a)


def test_a_dissolution_ends_the_posts_and_its_revert_brings_them_back(office, lan, dissolved):
    assert lan.positions.get().ended_on == END
    assert send(office, reverse("act-revert", args=[acts()[0]])) == {}
    assert (again(dissolved).ended_on, lan.positions.get().ended_on, lan.spells.get().ended_on) == (OPEN,) * 3


def test_no_part_of_a_dissolution_is_taken_back_alone(office, lan, dissolved):
    for entry in Entry.objects.filter(act=acts()[0]):
        errors = send(office, reverse("entry-revert", args=[entry.pk]))
        was_new = entry.table == "members_spell" and entry.before is None  # who goes nowhere is a state of its own
        assert errors or was_new, entry.table
        assert apart() == {}
    assert (again(dissolved).ended_on, lan.positions.get().ended_on) == (END, END)


def test_a_workbook_does_not_bring_a_unit_back(clerk, dissolved):
    book = Book.of(clerk)
    book.of_record(dissolved)["ended_on"] = ""
    book.of_record(dissolved.periods.get())["ended_on"] = ""
    assert "hoàn tác cả lần ghi" in " ".join(message for *_, message in wrong(book.bring(clerk)))
    assert again(dissolved).ended_on == END


# --- Suspended, hence not rated ---


@pytest.fixture
def suspended(lan):
    """Lan's suspension over the end of 2025."""
    return suspend(member=lan, level="committee", day=date(2025, 12, 1), until=date(2026, 2, 1), decision=DECIDED)


def rate(lan, **mark):
    """Rate Lan for 2025, whatever the register of suspensions tells."""
    return ratings.rate(member=lan, year=2025, decided_on=date(2026, 1, 5), **mark)


def test_who_is_suspended_is_not_rated_by_any_door(office, clerk, lan, suspended):
    row = rate(lan, not_rated="suspended")
    assert apart() == {}
    asked = "Lan đang bị đình chỉ sinh hoạt đảng ngày 31/12/2025: năm 2025 ghi không xếp loại"
    assert asked in faults(send(office, correction("xep-loai-dang-vien", row), level="good", not_rated=""))
    book = Book.of(clerk)
    book.of_record(row).update(level="Hoàn thành tốt nhiệm vụ", not_rated="")
    assert asked in wrong(book.bring(clerk))[0][2]
    assert again(row).not_rated == "suspended"


def test_nobody_is_called_suspended_whom_the_register_does_not_know_as_such(office, clerk, lan):
    row = rate(lan, level="good")
    errors = send(office, correction("xep-loai-dang-vien", row), level="", not_rated="suspended")
    assert "Lan không bị đình chỉ sinh hoạt đảng ngày 31/12/2025" in faults(errors)


@pytest.mark.parametrize(("until", "is_refused"), [("31/12/2025", True), ("01/01/2026", False)])
def test_a_suspension_does_not_leave_its_rating_behind(office, lan, suspended, until, is_refused):
    rate(lan, not_rated="suspended")
    errors = send(office, correction("dinh-chi-sinh-hoat", suspended), ended_on=until)
    assert bool(errors) is is_refused
    assert apart() == {}


# --- Whatever door, in whatever order ---


def day_typed(random):
    """Return a day of the year around, as typed."""
    return f"{DAY + timedelta(days=random.randrange(500)):%d/%m/%Y}"


def door(random, client, clerk):
    """Send one form, or a workbook, about somebody or a unit; it may well be refused."""
    member, day = Member.objects.order_by("?").first(), day_typed(random)
    books = {
        Spell: ["started_on", "ended_on"],
        Member: ["joined_on", "official_on"],
        Unit: ["ended_on"],
        UnitPeriod: ["ended_on"],
        UnitEvent: ["day"],
        Suspension: ["started_on", "ended_on"],
        MemberRating: ["decided_on"],
    }

    def workbook():
        book = Book.of(clerk)
        for model in random.sample([*books], 2):
            if row := model.objects.order_by("?").first():
                book.of_record(row)[random.choice(books[model])] = random.choice([day, ""])
        book.bring(clerk)

    def corrected(code, rows, **typed):
        if row := rows.order_by("?").first():
            send(client, correction(code, row), **typed)

    entries = Entry.objects.filter(act__isnull=False).order_by("?")
    not_rated = random.choice(["suspended", "other"])
    adds = f"{reverse('record-add', args=['dinh-chi-sinh-hoat'])}?dang_vien={member.pk}"
    suspension = {"level": "committee", "decision_number": "1", "decision_date": day, "started_on": day}
    doors = [
        lambda: corrected("ket-nap", member.admissions, ceremony_on=day, decision_date=day, official_on=day),
        lambda: corrected("ket-nap", member.admissions, ceremony_on=day, decision_date=day),
        lambda: corrected("xep-loai-dang-vien", member.ratings, level="", not_rated=not_rated),
        lambda: corrected("dinh-chi-sinh-hoat", member.suspensions, started_on=day),
        lambda: send(client, adds, **suspension, ended_on=day_typed(random)),
        lambda: move(client, member, "sua-vao-dang", **{random.choice(["joined_on", "official_on"]): day}),
        lambda: entries and send(client, reverse("entry-revert", args=[entries[0].pk])),
        lambda: acts() and send(client, reverse("act-revert", args=[random.choice(acts())])),
        workbook,
    ]
    random.choice(doors)()


@pytest.mark.parametrize("seed", range(examples(4)))
def test_all_sides_agree_by_whatever_door(office, clerk, mai, lan, suspended, dissolved, seed):
    random = Random(seed)
    rate(lan, not_rated="suspended")
    rate(mai, level="good")
    assert apart() == {}
    for _ in range(12):
        try:
            door(random, office, clerk)
        except (TypeError, KeyError):
            continue  # a form that is not offered now is an unknown page: nothing can be typed
        assert apart() == {}
