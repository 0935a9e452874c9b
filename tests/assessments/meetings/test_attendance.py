"""Attendance by name: who was absent and why, and the numbers of a meeting that follow from it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from assessments.meetings import actions as meetings
from assessments.meetings.actions import Absent
from assessments.meetings.queries import expected_numbers, usual_day
from assessments.models import Absence, Meeting
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Entry
from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.db.actions import correct
from binhlu_portal.records.agreements import check_agreements
from members.choices import ExemptionKind
from members.duplicates import actions as duplicates
from members.member_records import actions as member_records
from members.membership import actions as membership
from tests.binhlu_portal.spreadsheets.books import Book, mark_of, wrong
from tests.factories import START, make_member, moment_of
from tests.ground import layer
from tests.proofs import refused, undone
from tests.record_types import filled

TODAY = date(2026, 3, 20)
DAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let every page believe that it is one day in March."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@layer
def people(cell_a):
    """Four members of A, of whom the last is exempt."""
    found = [make_member(cell_a, f"Lò Thị {name}") for name in ("An", "Bình", "Chi", "Dung")]
    member_records.exempt(member=found[-1], kind=ExemptionKind.AGE_HEALTH, day=START)
    return found


def hold(unit, *absent, day=DAY, **fields):
    return meetings.hold_by_name(unit=unit, day=day, kind="regular", absent=absent, **fields)


def numbers(meeting):
    meeting.refresh_from_db()
    return meeting.expected, meeting.present, meeting.by_name


def typed(people, absent=(), **more):
    """Return what a page sends: everybody ticked but the `absent`, {person: reason}."""
    here = people[:3]
    sent = {
        "held_on": "05/03/2026",
        "kind": "regular",
        "attendance-listed": " ".join(str(person.pk) for person in here),
        "attendance": [person.pk for person in here if person not in absent],
        **{f"attendance-{person.pk}": reason for person, reason in dict(absent).items()},
        "token": "a5d2a0f6-0000-4000-8000-000000000001",
    }
    return sent | more


def test_the_numbers_follow_from_the_names_and_the_exempt_are_not_expected(cell_a, people):
    an, *_, dung = people
    meeting = hold(cell_a, Absent(an, "ill"))
    assert numbers(meeting) == (3, 2, True)
    assert [(row.member, row.why) for row in meeting.absences.all()] == [(an, "Ốm đau")]
    with refused("Lò Thị Dung không phải dự"):
        hold(cell_a, Absent(dung, "ill"), day=DAY - timedelta(days=1))


def test_who_was_there_is_put_right_and_only_what_changes_is_written(cell_a, people):
    an, binh, chi, _ = people
    meeting = hold(cell_a, Absent(an, "ill"), Absent(binh, "family"))
    before = {row.member: row.pk for row in meeting.absences.all()}
    meetings.correct_meeting(meeting=meeting, absent=[Absent(an, "other", "Đi viện"), Absent(chi, "on_duty")])
    assert numbers(meeting) == (3, 1, True)
    assert {row.member: row.reason for row in meeting.absences.all()} == {an: "other", chi: "on_duty"}
    assert meeting.absences.get(member=an).pk == before[an]


def test_on_another_day_others_are_expected(cell_a, people):
    make_member(cell_a, "Lò Thị Mới", day=DAY + timedelta(days=1))
    meeting = hold(cell_a, Absent(people[0], "ill"))
    meetings.correct_meeting(meeting=meeting, held_on=DAY + timedelta(days=2))
    assert numbers(meeting) == (4, 3, True)
    assert meeting.absences.get().held_on == DAY + timedelta(days=2)


def test_a_meeting_of_totals_becomes_one_of_names(cell_a, people):
    meeting = meetings.hold_meeting(unit=cell_a, day=DAY, kind="regular", expected=4, present=4)
    assert numbers(meeting) == (4, 4, False)
    meetings.correct_meeting(meeting=meeting, absent=[])
    assert numbers(meeting) == (3, 3, True)


@pytest.mark.parametrize("what", [{"present": 3}, {"by_name": False}, {"expected": 4}])
def test_no_door_leaves_numbers_and_names_apart(cell_a, people, what):
    meeting = hold(cell_a, Absent(people[0], "ill"))
    with acting(None, "") as act:
        correct(row=meeting, **what)
        with refused("theo tên"):
            check_agreements(act)


def test_what_the_names_say_is_not_typed_over(cell_a, people):
    meeting = hold(cell_a, Absent(people[0], "ill"))
    with refused("Buổi này điểm danh theo tên"):
        meetings.correct_meeting(meeting=meeting, present=3)
    assert meetings.correct_meeting(meeting=meeting, present=2, topic="Mới").topic == "Mới"


def test_a_meeting_is_deleted_with_its_attendance_and_the_history_keeps_both(client, secretary_a, cell_a, people):
    meeting = hold(cell_a, Absent(people[0], "ill"))
    client.force_login(secretary_a)
    client.post(reverse("record-remove", args=["sinh-hoat", meeting.pk]), typed(people, reason="Ghi nhầm"))
    assert not Meeting.objects.exists()
    gone = Entry.objects.filter(action="deleted", user=secretary_a).values_list("table", flat=True)
    assert sorted(gone) == ["assessments_absence", "assessments_meeting"]


def test_the_page_is_filled_in_and_one_tap_writes_it(client, secretary_a, cell_a, people):
    for month in (1, 2):
        meetings.hold_meeting(unit=cell_a, day=date(2026, month, 5), kind="regular", expected=3, present=3)
    client.force_login(secretary_a)
    address = reverse("meeting-by-name", args=["a"])
    page = client.get(address).content.decode()
    assert 'value="05/03/2026"' in page
    assert page.count(" checked>") == 3
    assert "Không tính người được miễn sinh hoạt: Lò Thị Dung." in page
    answer = client.post(address, typed(people))
    assert answer.url == f"{reverse('home')}?don_vi=a"
    assert numbers(Meeting.objects.get(held_on=DAY)) == (3, 3, True)


def test_an_absence_has_a_reason_and_the_page_of_the_meeting_tells_it(client, secretary_a, cell_a, people):
    an, binh, *_ = people
    client.force_login(secretary_a)
    address = reverse("meeting-by-name", args=["a"])
    page = client.post(address, typed(people, {an: "", binh: "other"})).content.decode()
    assert "Lò Thị An: chọn lý do vắng." in page
    assert "Lò Thị Bình: ghi rõ lý do." in page
    sent = typed(people, {an: "ill"}, **{"token": "a5d2a0f6-0000-4000-8000-000000000002"})
    client.post(address, sent)
    meeting = Meeting.objects.get()
    assert "Lò Thị An (Ốm đau)" in client.get(reverse("record", args=["sinh-hoat", meeting.pk])).content.decode()
    again = client.get(reverse("record-form", args=["sinh-hoat", meeting.pk, "diem-danh"])).content.decode()
    assert again.count(" checked>") == 2
    assert '<option value="ill" selected>' in again


def test_another_day_with_other_people_is_shown_before_it_is_written(client, secretary_a, cell_a, people):
    make_member(cell_a, "Lò Thị Mới", day=DAY + timedelta(days=1))
    client.force_login(secretary_a)
    page = client.post(reverse("meeting-by-name", args=["a"]), typed(people, held_on="10/03/2026")).content.decode()
    assert "thêm Lò Thị Mới" in page
    assert not Meeting.objects.exists()
    bad = client.post(reverse("meeting-by-name", args=["a"]), typed(people, held_on="31/02/2026")).content.decode()
    assert "Danh sách của ngày này khác" not in bad


def test_what_is_unusual_is_asked_and_written_once_ticked(client, secretary_a, cell_a, people):
    an, binh, *_ = people
    meetings.hold_meeting(unit=cell_a, day=date(2026, 3, 2), kind="regular", expected=3, present=3)
    client.force_login(secretary_a)
    address = reverse("meeting-by-name", args=["a"])
    absent = {an: "ill", binh: "ill"}
    page = client.post(address, typed(people, absent))
    asked = dict(page.context["form"].fields["sure"].choices)
    assert [*asked.values()] == [
        "Chỉ 1 trên 3 người phải dự có mặt, chưa đến một nửa.",
        "Tháng 03/2026 đã có buổi thường kỳ ngày 02/03/2026; đây là buổi thường kỳ thứ hai của tháng.",
    ]
    one = next(iter(asked))
    assert client.post(address, typed(people, absent, sure=[one])).status_code == 200
    more = client.post(address, typed(people, absent, guests="9", sure=[*asked]))
    assert "Khách dự 9 người" in more.content.decode()
    assert client.post(address, typed(people, absent, sure=[*asked])).status_code == 302
    assert numbers(Meeting.objects.get(held_on=DAY)) == (3, 1, True)


def test_a_meeting_on_a_subject_says_which(client, secretary_a, cell_a, people):
    client.force_login(secretary_a)
    address = reverse("meeting-by-name", args=["a"])
    assert "ghi nội dung chuyên đề" in client.post(address, typed(people, kind="thematic")).content.decode()
    client.post(address, typed(people, kind="thematic", topic="Học tập và làm theo Bác"))
    assert Meeting.objects.get().topic == "Học tập và làm theo Bác"


@pytest.mark.parametrize(("days", "found"), [((5, 5), 5), ((5, 6), 20), ((25, 25), 20), ((), 20)])
def test_the_usual_day_is_one_on_which_the_cell_has_met_before(cell_a, people, days, found):
    for month, number in enumerate(days, 1):
        meetings.hold_meeting(unit=cell_a, day=date(2026, month, number), kind="regular", expected=3, present=3)
    assert usual_day(cell_a, TODAY) == TODAY.replace(day=found)


def test_another_cell_sees_and_changes_nothing_of_it(client, secretary_b, cell_a, people):
    hold(cell_a, Absent(people[0], "ill"))
    client.force_login(secretary_b)
    assert client.get(reverse("meeting-by-name", args=["a"])).status_code == 404
    assert not Absence.objects.visible_to(secretary_b).exists()


def test_who_was_absent_stays_so_when_two_records_are_made_one(cell_a, cell_b, people):
    meeting = hold(cell_a, Absent(people[0], "ill"))
    same = make_member(cell_b, "Lò Thị An", day=DAY + timedelta(days=2))
    membership.transfer_out(member=people[0], day=DAY + timedelta(days=1))
    duplicates.merge(keep=same, other=people[0])
    assert meeting.absences.get().member == same


def test_attendance_leaves_in_the_workbook_and_comes_back(cell_a, people, clerk):
    meeting = hold(cell_a, Absent(people[0], "ill"), Absent(people[1], "other", "đi cấp cứu"))
    book, kept = Book.of(), [*meeting.absences.order_by("pk").values("member", "reason", "note", "held_on")]
    assert [row["reason"] for row in book.rows[Absence]] == ["Ốm đau", "Lý do khác"]
    meetings.remove_meeting(meeting=meeting)
    for row in (*book.rows[Meeting], *book.rows[Absence]):
        row["mark"] = f"mới-{row['mark']}"
    book.rows[Absence] = [row | {"meeting": book.rows[Meeting][0]["mark"]} for row in book.rows[Absence]]
    assert wrong(book.bring(clerk)) == []
    back = Meeting.objects.get()
    assert numbers(back) == (3, 1, True)
    assert [*back.absences.order_by("pk").values("member", "reason", "note", "held_on")] == kept


def test_a_file_is_refused_whose_absent_are_not_those_of_the_meeting(cell_a, people, clerk):
    hold(cell_a, Absent(people[0], "ill"))
    book = Book.of()
    book.add(Absence, **book.rows[Absence][0] | {"mark": "", "member": mark_of(people[1])})
    assert [row for _, row, message in wrong(book.bring(clerk)) if "theo tên" in message]
    assert Absence.objects.count() == 1
    book.rows[Meeting][0]["present"] = 1
    assert wrong(book.bring(clerk)) == []
    assert Absence.objects.count() == 2


def test_who_writes_an_end_is_asked_about_meetings_of_later_days(client, clerk, cell_a, people):
    an = people[0]
    hold(cell_a)
    client.force_login(clerk)
    address = reverse("member-form", args=[an.pk, "ra-khoi-dang"])
    typed = filled(client, address) | {"why": "died", "day": f"{DAY:%d/%m/%Y}"}
    asked = client.post(address, typed).context["form"].asks
    assert asked == [
        f"Lò Thị An còn được tính ở buổi sinh hoạt điểm danh ngày {DAY:%d/%m/%Y}: lưu xong thì điểm danh lại buổi đó."
    ]
    later = typed | {"day": f"{DAY + timedelta(days=1):%d/%m/%Y}"}
    with undone():
        assert client.post(address, later).status_code == 302  # the meeting was before
    form = client.post(address, typed).context["form"]
    sure = [key for key, _ in form.fields["sure"].choices]
    assert client.post(address, typed | {"sure": sure}).status_code == 302
    assert an.spells.get().ended_on == DAY


def test_a_meeting_that_counts_who_has_left_is_found_until_it_is_put_right(commune, cell_a, people):
    an = people[0]
    meeting = hold(cell_a)
    moment = moment_of(commune, DAY + timedelta(days=9))
    found = CHECKS["diem-danh-nguoi-da-thoi"]
    assert not found.rows(moment)
    an.spells.update(ended_on=DAY, end_reason="died")
    assert [(row.due, row.expected) for row in found.rows(moment)] == [(2, 3)]
    meetings.correct_meeting(meeting=meeting, absent=())
    assert not found.rows(moment)


def test_the_form_of_totals_starts_with_what_is_known_as_the_list_does(client, secretary_a, cell_a, people):
    for month in (1, 2):
        hold(cell_a, day=date(2026, month, 7))
    client.force_login(secretary_a)
    form = client.get(reverse("record-add", args=["sinh-hoat"])).context["form"]
    listed = client.get(reverse("meeting-by-name", args=["a"])).context["form"]
    assert (form["expected"].value(), form["present"].value()) == (3, 3)
    assert [form[name].value() for name in ("held_on", "kind")] == [date(2026, 3, 7), "regular"]
    assert [listed[name].value() for name in ("held_on", "kind")] == [date(2026, 3, 7), "regular"]
    named = client.get(reverse("record-add", args=["sinh-hoat"]), {"don_vi": "a"}).context["form"]
    assert named["expected"].value() == 3


def test_who_may_choose_among_cells_finds_the_numbers_once_one_is_named(client, clerk, cell_a, cell_b, people):
    client.force_login(clerk)
    address = reverse("record-add", args=["sinh-hoat"])
    assert client.get(address).context["form"]["expected"].value() is None
    assert client.get(address, {"don_vi": "a"}).context["form"]["expected"].value() == 3


@pytest.mark.parametrize(("guests", "asked"), [("3", 0), ("4", 1), ("9999", 1)])
def test_more_guests_than_members_are_asked_about(client, secretary_a, people, guests, asked):
    client.force_login(secretary_a)
    address = reverse("record-add", args=["sinh-hoat"])
    sent = filled(client, address) | {"held_on": "05/03/2026", "guests": guests}
    answer = client.post(address, sent)
    asks = answer.context["form"].asks if answer.context else []
    assert len([sentence for sentence in asks if "Khách dự" in sentence]) == asked


@pytest.mark.parametrize("page", ["totals", "list"])
def test_a_meeting_to_which_nobody_came_is_refused_by_either_form(client, secretary_a, cell_a, people, page):
    client.force_login(secretary_a)
    address = reverse("record-add", args=["sinh-hoat"]) if page == "totals" else reverse("meeting-by-name", args=["a"])
    sent = typed(people, dict.fromkeys(people[:3], "ill")) if page == "list" else filled(client, address)
    answer = client.post(address, sent | {"held_on": "05/03/2026", "present": "0"})
    assert "Không có ai có mặt thì không phải là buổi sinh hoạt" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_totals_alone_keep_what_was_typed_of_the_meeting(client, cell_a, people, secretary_a):
    client.force_login(secretary_a)
    address = reverse("meeting-by-name", args=["a"])
    typed = {"held_on": "05/02/2026", "kind": "thematic", "topic": "Nước sạch", "guests": "", "tong_so": "1"}
    page = client.post(address, typed, follow=True)
    assert page.redirect_chain[0][0].startswith(reverse("record-add", args=["sinh-hoat"]))
    form = page.context["form"]
    kept = {name: form[name].value() for name in ("unit", "held_on", "kind", "topic")}
    assert kept == {"unit": "a", "held_on": "05/02/2026", "kind": "thematic", "topic": "Nước sạch"}
    assert form["expected"].value() == expected_numbers([cell_a], date(2026, 2, 5))[cell_a.pk]
    assert not Meeting.objects.exists()
    assert client.get(page.redirect_chain[0][0], {"don_vi": "a", "held_on": "mai"}).status_code == 200


def test_who_was_absent_is_told_apart_from_a_namesake_who_was_there(client, secretary_a, cell_a):
    one, _ = (make_member(cell_a, "Lò Văn Hoan", born_on=born) for born in ("1964-11", "1952-08-03"))
    meeting = hold(cell_a, Absent(one, "ill"))
    client.force_login(secretary_a)
    page = client.get(reverse("record", args=["sinh-hoat", meeting.pk])).content.decode()
    assert "Lò Văn Hoan, sinh 1964 (Ốm đau)" in page
