"""A form is written once, by its sender, whole or not at all, and never over what its sender has not seen."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessments.meetings.forms import CorrectMeetingForm, MeetingForm
from assessments.models import Meeting
from binhlu_portal.audit.change_sets import newest_entry
from binhlu_portal.audit.models import Entry, Submission
from binhlu_portal.db.actions import correct
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.submit import EditConflict, dry_run, submit
from members.member_records.forms import TrainingForm
from members.models import Training
from tests.factories import make_member
from tests.proofs import again, records

DAY = date(2026, 1, 15)
MEETING = {"unit": "a", "held_on": "15/01/2026", "kind": "regular", "expected": "1", "present": "1"}
CORRECTED = {name: value for name, value in MEETING.items() if name != "unit"}
COURSE = {"program": "digital", "course": "Lớp mẫu", "level": "commune", "began_on": "15/01/2026"}


def filled(form_class, user, values, **more):
    """Return the valid form that `user` sends with `values`."""
    sent = QueryDict(mutable=True)
    sent.update({"token": str(uuid.uuid4())} | {name: str(value) for name, value in values.items()})
    form = form_class(sent, user=user, today=DAY, **more)
    assert form.is_valid(), form.errors
    return form


def lead_to(written):
    """Return an address that names what was written."""
    return f"/{written and written.pk}/"


@pytest.fixture(autouse=True)
def members(cell_a, cell_b):
    """Somebody in each cell, so that there can be a meeting."""
    for cell in (cell_a, cell_b):
        make_member(cell)


@pytest.fixture
def meeting(cell_a):
    """A meeting of A."""
    return Meeting.objects.create(unit=cell_a, held_on=DAY, kind="regular", expected=1, present=1)


def test_what_is_sent_is_written_in_the_name_of_the_sender(clerk, cell_a):
    address = submit(filled(MeetingForm, clerk, MEETING | {"reason": "Biên bản số 3"}), lead_to)
    meeting = Meeting.objects.get()
    entry = Entry.objects.get(table="assessments_meeting")
    assert address == f"/{meeting.pk}/"
    assert (entry.row, entry.user, entry.reason) == (meeting.pk, clerk, "Ghi buổi sinh hoạt: Biên bản số 3")


def test_text_is_written_as_the_portal_keeps_it(clerk, cell_a):
    submit(filled(MeetingForm, clerk, MEETING | {"topic": "  Ho\u0300a \u200b  bi\u0300nh "}), lead_to)
    assert Meeting.objects.get().topic == "Hòa bình"


def test_a_form_sent_twice_makes_one_record_and_leads_to_it_twice(clerk, cell_a):
    token = {"token": str(uuid.uuid4())}
    addresses = [submit(filled(MeetingForm, clerk, MEETING | token), lead_to) for _ in range(2)]
    assert len(set(addresses)) == 1
    assert Meeting.objects.count() == Submission.objects.count() == 1


def test_the_token_of_somebody_else_opens_nothing(clerk, secretary_a):
    token = {"token": str(uuid.uuid4())}
    submit(filled(MeetingForm, clerk, MEETING | token), lead_to)
    other = filled(MeetingForm, secretary_a, MEETING | token | {"topic": "Khác"})
    with pytest.raises(Exception, match=r"(?i)unique"):
        submit(other, lead_to)
    assert Meeting.objects.count() == 1


def test_what_is_refused_leaves_nothing_and_can_be_sent_again(clerk, cell_a):
    token, before = {"token": str(uuid.uuid4())}, records()
    with pytest.raises(ValidationError):
        submit(filled(MeetingForm, clerk, MEETING | token | {"present": "4"}), lead_to)
    assert records() == before
    assert not Submission.objects.exists()
    submit(filled(MeetingForm, clerk, MEETING | token), lead_to)
    assert Meeting.objects.count() == 1


def test_what_is_refused_for_one_member_is_refused_for_all_by_name(clerk, cell_a):
    lan, minh = make_member(cell_a, "Lan"), make_member(cell_a, "Minh")
    named = {"initial": {"dang_vien": [str(lan.pk), str(minh.pk)]}}
    Training.objects.create(member=minh, began_on=DAY, **{n: COURSE[n] for n in ("program", "course", "level")})
    with pytest.raises(ValidationError) as refusal:
        submit(filled(TrainingForm, clerk, COURSE, **named), lambda written: "/")
    assert refusal.value.messages == ["Minh: Đảng viên đã được ghi vào lớp này."]
    assert not lan.trainings.exists()
    Training.objects.all().delete()
    submit(filled(TrainingForm, clerk, COURSE, **named), lambda written: "/")
    entries = Entry.objects.filter(table="members_training", action="created", user=clerk)
    assert (lan.trainings.count(), minh.trainings.count()) == (1, 1)
    assert len(set(entries.values_list("act", flat=True))) == 1


def test_what_another_has_changed_meanwhile_is_not_overwritten(clerk, meeting):
    form = filled(CorrectMeetingForm, clerk, CORRECTED | {"topic": "Của tôi"}, instance=meeting)
    correct(row=again(meeting), topic="Của người khác", guests=3)
    with pytest.raises(EditConflict):
        submit(form, lead_to)
    assert again(meeting).topic == "Của người khác"


def test_who_has_seen_all_of_the_history_has_seen_the_record(clerk, meeting):
    seen = newest_entry()
    correct(row=again(meeting), topic="Của người khác")
    form = filled(CorrectMeetingForm, clerk, CORRECTED | {"topic": "Của tôi", "seen": seen}, instance=meeting)
    with pytest.raises(EditConflict):
        submit(form, lead_to)
    form.show_conflict()
    assert form.conflict == (("nội dung", "–", "Của người khác", "Của tôi"),)
    values = CORRECTED | {"topic": "Của tôi", "seen": newest_entry() + 1}
    submit(filled(CorrectMeetingForm, clerk, values, instance=again(meeting)), lead_to)
    assert again(meeting).topic == "Của tôi"


def test_both_versions_are_shown_and_a_second_send_writes(clerk, meeting):
    seen = CorrectMeetingForm(user=clerk, today=DAY, instance=meeting)["seen"].value()
    values = CORRECTED | {"topic": "Của tôi", "seen": seen}
    correct(row=again(meeting), topic="Của người khác")
    form = filled(CorrectMeetingForm, clerk, values, instance=meeting)
    with pytest.raises(EditConflict):
        submit(form, lead_to)
    form.show_conflict()
    assert form.conflict == (("nội dung", "–", "Của người khác", "Của tôi"),)
    submit(filled(CorrectMeetingForm, clerk, form.data.dict(), instance=again(meeting)), lead_to)
    assert again(meeting).topic == "Của tôi"


def test_what_another_has_changed_elsewhere_in_the_record_is_no_conflict(clerk, meeting):
    class CorrectTopic(CorrectMeetingForm):
        model_fields = ("topic",)

    seen = CorrectTopic(user=clerk, today=DAY, instance=meeting)["seen"].value()
    correct(row=again(meeting), guests=3)
    submit(filled(CorrectTopic, clerk, {"topic": "Của tôi", "seen": seen}, instance=meeting), lead_to)
    assert (again(meeting).topic, again(meeting).guests) == ("Của tôi", 3)


def test_a_record_does_not_leave_the_scope_of_its_sender(secretary_a, meeting, cell_b):
    class MoveMeeting(RecordForm):
        def perform(self):
            return correct(row=self.instance, unit=cell_b)

    before = records()
    with pytest.raises(ValidationError, match="ra ngoài phạm vi"):
        submit(filled(MoveMeeting, secretary_a, {}, instance=again(meeting)), lead_to)
    assert records() == before


@pytest.mark.parametrize("several", [False, True])
def test_nothing_is_written_outside_the_scope_of_the_sender(secretary_a, cell_b, several):
    class MeetElsewhere(RecordForm):
        def perform(self):
            made = Meeting.objects.create(unit=cell_b, held_on=DAY, kind="regular", expected=1, present=1)
            return [made] if several else made

    with pytest.raises(ValidationError, match="ra ngoài phạm vi"):
        submit(filled(MeetElsewhere, secretary_a, {}), lambda written: "/")
    assert not Meeting.objects.exists()


def test_a_rehearsal_tells_what_would_be_written_and_writes_nothing(clerk, cell_a):
    before, entries = records(), Entry.objects.count()
    told = dry_run(filled(MeetingForm, clerk, MEETING))
    assert [(entry.table, entry.action, entry.user) for entry in told] == [("assessments_meeting", "created", clerk)]
    assert records() == before
    assert Entry.objects.count() == entries


def test_a_rehearsal_is_refused_like_the_writing(clerk, cell_a):
    with pytest.raises(ValidationError):
        dry_run(filled(MeetingForm, clerk, MEETING | {"present": "4"}))
