from datetime import date
from uuid import uuid4

import pytest
from django.http import QueryDict

from binhlu_portal.audit.models import Entry
from binhlu_portal.records.forms.submit import EditConflict, submit
from members.admissions import actions as admissions
from members.admissions import forms, target_form
from members.choices import EndReason
from members.membership import actions as membership
from members.models import Admission, AdmissionTarget, Member
from tests.factories import START, admit, leave_party, make_member, make_person, make_unit
from tests.proofs import again

TODAY = date(2026, 11, 2)
OFFICIAL_DECISION = {"decision_number": "99-QĐ/ĐU", "decision_date": "28/10/2026"}
ADMISSION = {"unit": "a", "decision_number": "12-QĐ/ĐU", "decision_date": "01/10/2025"}
NEWCOMER = {"full_name": "Lò Thị Mới", "gender": "female", "born_on": "21/03/2000", "ethnicity": "thai"}


def filled(form_class, user, typed, instance=None, **more):
    """Return the form as if `user` had sent it with `typed`."""
    data = QueryDict(mutable=True)
    data.update({"token": str(uuid4()), **{name: str(value) for name, value in typed.items()}})
    return form_class(data, user=user, today=TODAY, instance=instance, **more)


def write(form):
    """Send a form that must be valid."""
    assert form.is_valid(), form.errors
    return submit(form, lambda written: "/")


def candidate(unit, name="An"):
    return admissions.list_candidate(member=make_person(name), unit=unit, day=START)


# --- Candidates ---


def test_a_new_person_is_listed_in_one_form_and_one_act(secretary_a, cell_a):
    write(filled(forms.ListCandidateForm, secretary_a, {"unit": "a", "day": "01/10/2026", **NEWCOMER}))
    row = Admission.objects.get()
    assert (row.unit, row.listed_on, row.member.full_name) == (cell_a, date(2026, 10, 1), "Lò Thị Mới")
    entries = Entry.objects.filter(user=secretary_a)
    assert len({entry.act for entry in entries}) == 1
    assert {entry.table for entry in entries} == {"members_member", "members_admission"}


def test_a_person_who_has_a_record_is_listed(secretary_a, cell_a):
    row = candidate(cell_a)
    admissions.drop_candidate(admission=row, day=date(2026, 1, 5))
    person = row.member
    write(filled(forms.ListCandidateForm, secretary_a, {"unit": "a", "day": "01/10/2026", "person": person.pk}))
    assert person.admissions.filter(listed_on=date(2026, 10, 1)).exists()
    assert Member.objects.count() == 1


def test_those_offered_have_a_record_and_no_cell(clerk, secretary_a, cell_a, cell_b):
    make_member(cell_a, "Đảng viên")
    candidate(cell_a, "Đang trong nguồn")
    dropped, gone, dead = (
        candidate(cell_a, "Đã đưa ra"),
        make_member(cell_a, "Đã xóa tên"),
        make_member(cell_a, "Đã mất"),
    )
    admissions.drop_candidate(admission=dropped, day=TODAY)
    leave_party(gone, TODAY, EndReason.STRUCK_OFF)
    membership.end_membership(member=dead, day=TODAY, reason=EndReason.DIED)
    foreign = make_member(cell_b, "Ở chi bộ khác")
    leave_party(foreign, TODAY, EndReason.STRUCK_OFF)
    leave_party(make_member(cell_b, "Đã xin ra"), TODAY, EndReason.RESIGNED)
    offered = {
        user: {
            person.full_name for person in filled(forms.ListCandidateForm, user, {}).fields["person"].people.values()
        }
        for user in (secretary_a, clerk)
    }
    assert offered == {
        secretary_a: {"Đã đưa ra", "Đã xóa tên"},
        clerk: {"Đã đưa ra", "Đã xóa tên", "Ở chi bộ khác"},
    }


def test_where_many_have_a_record_the_person_is_searched(secretary_a, cell_a, monkeypatch):
    monkeypatch.setattr("members.forms.MOST_LISTED", 1)
    make_member(cell_a, "Lò Văn Còn")
    gone, other = (make_member(cell_a, name) for name in ("Lò Văn An", "Lò Văn Ân"))
    for person in (gone, other):
        leave_party(person, date(2026, 8, 1), EndReason.STRUCK_OFF)
    form = filled(forms.ListCandidateForm, secretary_a, {"unit": "a", "day": "01/10/2026", "person": f"An [{gone.pk}]"})
    assert form.fields["person"].is_searched
    assert form.is_valid() and form.cleaned_data["person"] == gone
    wrong = filled(forms.ListCandidateForm, secretary_a, {"unit": "a", "day": "01/10/2026", "person": "còn"})
    assert "không có trong những người đưa vào danh sách được" in wrong.errors["person"][0]
    named = forms.ListCandidateForm(user=secretary_a, today=TODAY, initial={"person": str(gone.pk)})
    assert [key for key, _ in named.fields["person"].choices] == [str(gone.pk)]
    assert not named.fields["person"].is_searched and not named.fields["person"].valid_value(str(other.pk))


def test_from_the_page_of_a_person_only_cell_and_day_are_asked(secretary_a, cell_a):
    gone = make_member(cell_a)
    leave_party(gone, date(2026, 8, 1), EndReason.STRUCK_OFF)
    named = {"initial": {"person": str(gone.pk)}}
    form = forms.ListCandidateForm(user=secretary_a, today=TODAY, **named)
    assert [field.name for field in form.visible_fields()] == ["person", "unit", "day", "reason"]
    assert (form.title, form["person"].label) == ("Đưa lại vào danh sách quần chúng ưu tú", "Họ và tên")
    assert str(form["person"]).count("<option") == 1
    write(filled(forms.ListCandidateForm, secretary_a, {"unit": "a", "day": "01/10/2026", "person": gone.pk}, **named))
    assert gone.admissions.get().listed_on == date(2026, 10, 1)


@pytest.mark.parametrize("named", ["abc", "0", "99999999999999999999"])
def test_an_address_that_names_nobody_asks_for_somebody_new(secretary_a, cell_a, named):
    form = forms.ListCandidateForm(user=secretary_a, today=TODAY, initial={"person": named})
    assert {"full_name", "namesake"} <= {field.name for field in form.visible_fields()}


@pytest.mark.parametrize("missing", ["full_name", "gender", "born_on", "ethnicity"])
def test_a_new_person_needs_a_name_and_what_is_counted(secretary_a, missing):
    form = filled(forms.ListCandidateForm, secretary_a, {"unit": "a", "day": "01/10/2026", **NEWCOMER, missing: ""})
    assert form.errors == {missing: ["Ghi mục này cho người mới, hoặc chọn người đã có hồ sơ."]}


def test_one_person_is_listed_at_a_time(secretary_a, cell_a):
    row = candidate(cell_a)
    admissions.drop_candidate(admission=row, day=TODAY)
    typed = {"unit": "a", "day": "01/10/2026", "person": row.member_id, **NEWCOMER}
    assert "bỏ trống mục này" in str(filled(forms.ListCandidateForm, secretary_a, typed).errors["full_name"])


def test_a_namesake_is_asked_about(secretary_a, cell_a):
    make_member(cell_a, "Lò Thị Mới", born_on="2000-03-21")
    typed = {"unit": "a", "day": "01/10/2026", **NEWCOMER}
    assert list(filled(forms.ListCandidateForm, secretary_a, typed).errors) == ["namesake"]
    write(filled(forms.ListCandidateForm, secretary_a, typed | {"namesake": "on"}))
    assert Admission.objects.count() == 1


def test_a_namesake_with_an_alias_is_asked_about_too(secretary_a, cell_a):
    make_member(cell_a, "Lò Thị Mới", born_on="2000-03-21", alias="Mây")
    typed = {"unit": "a", "day": "01/10/2026", **NEWCOMER}
    assert list(filled(forms.ListCandidateForm, secretary_a, typed).errors) == ["namesake"]


def test_the_only_cell_of_a_secretary_is_chosen_already(secretary_a, clerk, cell_b):
    first = {user: forms.ListCandidateForm(user=user, today=TODAY)["unit"].value() for user in (secretary_a, clerk)}
    assert first == {secretary_a: "a", clerk: None}


def test_nothing_is_listed_ahead_of_time(secretary_a):
    form = filled(forms.ListCandidateForm, secretary_a, {"unit": "a", "day": "03/11/2026", **NEWCOMER})
    assert "Ngày này còn ở phía trước" in str(form.errors["day"])


# --- Steps ---


def test_a_candidate_goes_all_the_way(clerk, cell_a, cell_b):
    row = candidate(cell_a)
    write(filled(forms.CourseForm, clerk, {"day": "01/08/2025"}, row))
    typed = {
        "unit": "b",
        "day": "15/10/2025",
        "decision_number": "12-QĐ/ĐU",
        "decision_date": "01/10/2025",
        "youth_union": "on",
        "education": "primary",
    }
    write(filled(forms.AdmitForm, clerk, typed, again(row)))
    row = again(row)
    assert (row.unit, row.course_on, row.ceremony_on) == (cell_b, date(2025, 8, 1), date(2025, 10, 15))
    assert (row.youth_union, row.rural, row.education, row.decision_number) == (True, False, "primary", "12-QĐ/ĐU")
    write(filled(forms.OfficialForm, clerk, {"day": "15/10/2026", **OFFICIAL_DECISION}, row))
    row = again(row)
    assert (row.official_on, row.official_decision) == (date(2026, 10, 15), "99-QĐ/ĐU")
    assert row.official_decided_on == date(2026, 10, 28)


def test_the_official_day_offered_is_the_end_of_probation(clerk, cell_a):
    row = admit(cell_a, date(2025, 9, 1))
    form = forms.OfficialForm(user=clerk, today=TODAY, instance=row, initial={})
    assert form["day"].value() == date(2026, 9, 1)


def test_an_admission_needs_the_day_of_its_decision(clerk, cell_a):
    form = filled(forms.AdmitForm, clerk, {"unit": "a", "day": "15/10/2025"}, candidate(cell_a))
    assert list(form.errors) == ["decision_date"]


def test_an_official_member_is_recognised_by_a_decision(clerk, cell_a):
    form = filled(forms.OfficialForm, clerk, {"day": "01/09/2026"}, admit(cell_a, date(2025, 9, 1)))
    assert list(form.errors) == ["decision_number", "decision_date"]


def test_a_late_ceremony_is_warned_of_with_its_days_and_let_through_when_it_is_known(clerk, cell_a):
    row, late = candidate(cell_a), ADMISSION | {"day": "14/11/2025"}
    form = filled(forms.AdmitForm, clerk, late, row)
    assert list(form.errors) == ["lateness_known"]
    assert "quá hạn 2 ngày" in str(form.errors) and "hạn là 12/11/2025, 30 ngày làm việc" in str(form.errors)
    write(filled(forms.AdmitForm, clerk, late | {"lateness_known": "on"}, row))
    assert again(row).ceremony_on == date(2025, 11, 14)


def test_a_ceremony_on_the_last_day_is_in_time(clerk, cell_a):
    assert filled(forms.AdmitForm, clerk, ADMISSION | {"day": "12/11/2025"}, candidate(cell_a)).is_valid()


def test_who_has_left_the_party_is_offered_readmission_which_needs_the_consent_of_the_province(clerk, cell_a):
    first = forms.AdmitForm(user=clerk, today=TODAY, instance=candidate(cell_a), initial={})
    assert first["again"].value() is False
    member = make_member(cell_a)
    leave_party(member, date(2025, 8, 1), EndReason.STRUCK_OFF)
    row = admissions.list_candidate(member=again(member), unit=cell_a, day=date(2025, 9, 1))
    form = forms.AdmitForm(user=clerk, today=TODAY, instance=row, initial={})
    assert form["again"].value() is True
    assert "36 tháng" in form.fields["again"].help_text
    assert form.title == "Kết nạp lại vào Đảng"
    form = filled(forms.AdmitForm, clerk, ADMISSION | {"day": "15/10/2025"}, row)
    assert list(form.errors) == ["consent"]
    assert "phải được cấp ủy cấp tỉnh đồng ý" in str(form.errors["consent"])
    consent = {"consent": "55-CV/TU", "again": ""}
    form = filled(forms.AdmitForm, clerk, ADMISSION | {"day": "15/10/2025"} | consent, row)
    assert form.is_valid() and form.cleaned_data["again"] is True


@pytest.mark.parametrize("form_class", [forms.CourseForm, forms.DropForm, forms.StrikeOffForm, forms.OfficialForm])
def test_no_step_lies_ahead(clerk, cell_a, form_class):
    row = admit(cell_a, date(2025, 9, 1))
    form = filled(form_class, clerk, {"day": "03/11/2026"}, row)
    assert "Ngày này còn ở phía trước" in str(form.errors["day"])


def test_a_candidate_is_dropped(secretary_a, cell_a):
    row = candidate(cell_a)
    write(filled(forms.DropForm, secretary_a, {"day": "01/10/2026", "reason": "Đi làm xa"}, row))
    assert again(row).closed_on == date(2026, 10, 1)
    assert "Đi làm xa" in Entry.objects.latest("pk").reason


def test_who_is_not_recognised_is_struck_off(clerk, cell_a):
    row = admit(cell_a, date(2025, 9, 1))
    typed = {"day": "01/10/2026", "decision_number": "7-QĐ/ĐU", "decision_date": "20/09/2026"}
    write(filled(forms.StrikeOffForm, clerk, typed, row))
    stay = row.member.spells.get()
    assert (stay.end_reason, stay.ended_on, stay.end_decision_number) == ("struck_off", date(2026, 10, 1), "7-QĐ/ĐU")


# --- Targets ---


def targets_form(user, commune, **typed):
    """Return the form of the targets of 2026 as sent; what was seen is what stands."""
    seen = target_form.TargetsForm(user=user, today=TODAY, instance=commune, initial={"year": 2026})
    sent = {name: seen.text_of(name) for name in seen.cells} | typed
    return filled(target_form.TargetsForm, user, {"was": seen["was"].value()} | sent, commune, initial={"year": 2026})


def test_targets_of_all_units_are_written_in_one_act(clerk, commune, cell_a, cell_b):
    cell_c = make_unit("c", commune)
    admissions.set_targets(year=2026, targets={cell_b: 2, cell_c: 5})
    write(targets_form(clerk, commune, **{f"target-{cell_a.pk}": 4, f"target-{cell_b.pk}": ""}))
    assert dict(AdmissionTarget.objects.values_list("unit__code", "target")) == {"a": 4, "c": 5}
    assert len({entry.act for entry in Entry.objects.filter(user=clerk)}) == 1
    assert Entry.objects.filter(user=clerk).count() == 2


@pytest.mark.parametrize("typed", ["-1", "ba", "1,5"])
def test_a_target_is_a_number_of_people(clerk, commune, cell_a, typed):
    form = targets_form(clerk, commune, **{f"target-{cell_a.pk}": typed})
    assert list(form.errors) == [f"target-{cell_a.pk}"]


def test_a_target_that_another_has_changed_meanwhile_is_shown_before_it_is_written(clerk, commune, cell_a, cell_b):
    admissions.set_targets(year=2026, targets={cell_a: 1})
    form = targets_form(clerk, commune, **{f"target-{cell_a.pk}": 3})
    admissions.set_targets(year=2026, targets={cell_a: 2, cell_b: 7})
    assert form.is_valid()
    with pytest.raises(EditConflict):
        submit(form, lambda written: "/")
    form.show_conflict()
    assert form.conflict == (("Chi bộ a: Chỉ tiêu (người)", "1", "2", "3"),)
    again_sent = target_form.TargetsForm(form.data, user=clerk, today=TODAY, instance=commune, initial={"year": 2026})
    write(again_sent)
    assert dict(AdmissionTarget.objects.values_list("unit__code", "target")) == {"a": 3, "b": 7}


def test_only_the_own_units_are_offered(clerk, commune, cell_a):
    other = make_unit("x", make_unit("org", commune, kind="party_organization"))
    rows = target_form.TargetsForm(user=clerk, today=TODAY, instance=commune, initial={"year": 2026}).rows
    assert {row.subject.code for row in rows} == {"a", "org"}
    own = target_form.TargetsForm(user=clerk, today=TODAY, instance=other, initial={"year": 2026}).rows
    assert {row.subject.code for row in own} == {"x"}
