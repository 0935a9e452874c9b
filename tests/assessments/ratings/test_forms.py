import json
from datetime import date
from uuid import uuid4

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import FourGoods, MemberRating, UnitRating
from assessments.ratings import actions as ratings
from assessments.ratings.forms import MemberSheetForm, UnitSheetForm
from binhlu_portal.audit.models import Entry
from binhlu_portal.records.forms.submit import EditConflict, submit
from members.choices import ExemptionKind
from members.member_records import actions as member_records
from members.membership import actions as membership
from tests.examples import examples
from tests.factories import START, make_member, make_unit
from tests.ground import layer
from tests.proofs import undone

TODAY = date(2026, 3, 1)
DAY = date(2025, 12, 20)


@layer
def people(cell_a):
    """Three members of A: Lan is rated good, Minh and Hoa are not rated yet."""
    found = {name: make_member(cell_a, name) for name in ("Hoa", "Lan", "Minh")}
    ratings.rate(member=found["Lan"], year=2025, level="good", decided_on=DAY)
    return found


def shown(user, unit, form_class=MemberSheetForm):
    """Return the form as it opens."""
    return form_class(user=user, today=TODAY, instance=unit, initial={"year": 2025})


def data_of(form, marks=None, **typed):
    """Return what a browser would send of an open form, with other marks for some rows."""
    cells = {row.key: mark for row, mark, _ in form.lines if row.writable}
    cells |= {row.goods_key: goods for row, _, goods in form.lines if goods}
    cells |= {row.key: marks[row.name] for row in form.sheet.writable if row.name in (marks or {})}
    data = QueryDict(mutable=True)
    data.update({"token": str(uuid4()), "was": form["was"].value(), "decided_on": "26/12/2025"} | cells | typed)
    return data


def sent(user, unit, data, form_class=MemberSheetForm):
    """Return the form as sent."""
    return form_class(data, user=user, today=TODAY, instance=unit, initial={"year": 2025})


def write(form):
    """Send a form that must be valid."""
    assert form.is_valid(), form.errors
    return submit(form, lambda written: "/")


def written():
    rows = MemberRating.objects.select_related("member")
    return {row.member.full_name: (row.level or row.not_rated, row.decided_on) for row in rows}


# --- Writing ---


def test_one_act_rates_corrects_and_offers_revert(secretary_a, cell_a, people):
    form = shown(secretary_a, cell_a)
    write(sent(secretary_a, cell_a, data_of(form, {"Lan": "", "Minh": "excellent", "Hoa": "exempt"})))
    assert written() == {"Minh": ("excellent", date(2025, 12, 26)), "Hoa": ("exempt", date(2025, 12, 26))}
    entries = Entry.objects.filter(user=secretary_a)
    assert entries.count() == 3
    assert len({entry.act for entry in entries}) == 1
    assert {entry.reason for entry in entries} == {"Xếp loại đảng viên năm 2025"}


def test_rows_that_were_not_touched_stay_as_they_are(secretary_a, cell_a, people):
    write(sent(secretary_a, cell_a, data_of(shown(secretary_a, cell_a), {"Minh": "fair"})))
    assert written() == {"Lan": ("good", DAY), "Minh": ("fair", date(2025, 12, 26))}


def test_the_day_of_all_rows_is_written_when_asked_for(secretary_a, cell_a, people):
    write(sent(secretary_a, cell_a, data_of(shown(secretary_a, cell_a), for_all="on")))
    assert written() == {"Lan": ("good", date(2025, 12, 26))}


def test_the_latest_day_is_offered(secretary_a, cell_a, people):
    assert shown(secretary_a, cell_a)["decided_on"].value() == DAY


@pytest.mark.parametrize(
    ("marks", "typed", "field", "sentence"),
    [
        ({}, {}, "__all__", "Chưa có gì thay đổi"),
        ({"Minh": "good"}, {"decided_on": ""}, "decided_on", "Ghi ngày quyết định xếp loại."),
        ({}, {"for_all": "on", "decided_on": ""}, "decided_on", "Ghi ngày quyết định xếp loại."),
        ({"Minh": "good"}, {"decided_on": "02/03/2026"}, "decided_on", "Ngày này còn ở phía trước"),
        ({"Minh": "good"}, {"decided_on": "31/02/2026"}, "decided_on", "Không có ngày này"),
        ({"Minh": "tuyệt vời"}, {}, "mark", "Có mức xếp loại không đọc được"),
    ],
)
def test_what_is_wrong_is_said(secretary_a, cell_a, people, marks, typed, field, sentence):
    form = sent(secretary_a, cell_a, data_of(shown(secretary_a, cell_a), marks, **typed))
    assert not form.is_valid()
    told = {name.partition("-")[0]: " ".join(sentences) for name, sentences in form.errors.items()}
    assert sentence in told[field]
    assert written() == {"Lan": ("good", DAY)}


def test_a_rating_is_taken_back_without_a_day(secretary_a, cell_a, people):
    write(sent(secretary_a, cell_a, data_of(shown(secretary_a, cell_a), {"Lan": ""}, decided_on="")))
    assert written() == {}


def test_nobody_writes_rows_of_others(secretary_a, cell_a, cell_b, people):
    form = shown(secretary_a, cell_a)
    membership.transfer(member=people["Minh"], to=cell_b, day=date(2026, 2, 1))
    foreign = make_member(cell_b, "Khác")
    data = data_of(form, {"Minh": "good", "Hoa": "fair"}, **{f"mark-{foreign.pk}": "good"})
    refused = sent(secretary_a, cell_a, data)
    assert "không còn ghi được" in refused.errors["__all__"][0]
    write(sent(secretary_a, cell_a, data_of(refused)))
    assert written() == {"Lan": ("good", DAY), "Hoa": ("fair", date(2025, 12, 26))}


def test_a_row_that_was_not_sent_stays(secretary_a, cell_a, people):
    data = data_of(shown(secretary_a, cell_a), {"Minh": "fair"})
    del data[f"mark-{people['Lan'].pk}"]
    write(sent(secretary_a, cell_a, data))
    assert written()["Lan"] == ("good", DAY)


# --- Two at once ---


def test_a_row_that_another_has_rated_meanwhile_is_shown_before_it_is_written(secretary_a, clerk, cell_a, people):
    data = data_of(shown(secretary_a, cell_a), {"Minh": "fair", "Hoa": "good"})
    ratings.rate(member=people["Minh"], year=2025, level="excellent", decided_on=DAY)
    ratings.rate_many(year=2025, marks={people["Lan"]: "failed"}, decided_on=DAY)
    form = sent(secretary_a, cell_a, data)
    assert form.is_valid()
    with pytest.raises(EditConflict):
        submit(form, lambda address: "/")
    assert written() == {"Lan": ("failed", DAY), "Minh": ("excellent", DAY)}
    form.show_conflict()
    assert form.conflict == (
        ("Minh, sinh 17/05/1980", "Chưa xếp loại", "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành nhiệm vụ"),
    )
    once_more = data_of(form, decided_on="26/12/2025")
    write(sent(secretary_a, cell_a, once_more))
    assert {name: mark for name, (mark, _) in written().items()} == {"Lan": "failed", "Minh": "fair", "Hoa": "good"}


def test_rows_that_another_has_rated_and_the_sender_has_not_touched_are_no_conflict(secretary_a, cell_a, people):
    data = data_of(shown(secretary_a, cell_a), {"Hoa": "good"}, for_all="on")
    ratings.rate_many(year=2025, marks={people["Lan"]: "failed", people["Minh"]: "fair"}, decided_on=DAY)
    write(sent(secretary_a, cell_a, data))
    assert {name: mark for name, (mark, _) in written().items()} == {"Lan": "failed", "Minh": "fair", "Hoa": "good"}


def test_a_row_that_another_took_back_meanwhile_is_a_conflict(secretary_a, cell_a, people):
    data = data_of(shown(secretary_a, cell_a), {"Lan": "fair"})
    ratings.rate_many(year=2025, marks={people["Lan"]: ""})
    form = sent(secretary_a, cell_a, data)
    assert form.is_valid()
    with pytest.raises(EditConflict):
        submit(form, lambda address: "/")


def test_the_same_mark_by_both_is_no_conflict(secretary_a, cell_a, people):
    data = data_of(shown(secretary_a, cell_a), {"Minh": "fair"})
    ratings.rate(member=people["Minh"], year=2025, level="fair", decided_on=DAY)
    write(sent(secretary_a, cell_a, data))
    assert written()["Minh"][0] == "fair"


@pytest.mark.parametrize("was", ["", "{", "[1]", json.dumps({"mark-0": "good"})])
def test_without_knowing_what_was_seen_nothing_is_written_over(secretary_a, cell_a, people, was):
    form = sent(secretary_a, cell_a, data_of(shown(secretary_a, cell_a), {"Lan": "fair"}, was=was))
    assert form.is_valid()
    with pytest.raises(EditConflict):
        submit(form, lambda address: "/")


# --- Filling and pasting ---


def test_filling_marks_good_whoever_has_no_mark_and_follows_what_is_proposed(secretary_a, cell_a, people):
    member_records.exempt(member=people["Hoa"], kind=ExemptionKind.AGE_HEALTH, day=START)
    ratings.rate_many(year=2025, marks={people["Lan"]: "fair"}, decided_on=DAY)
    form = shown(secretary_a, cell_a)
    form.fill()
    assert {row.name: mark for row, mark, _ in form.lines} == {"Hoa": "exempt", "Lan": "fair", "Minh": "good"}
    assert written() == {"Lan": ("fair", DAY)}


def test_filling_calls_no_founded_unit_new(clerk, commune, cell_a):
    make_unit("received", commune, received=True)
    form = shown(clerk, commune, UnitSheetForm)
    form.fill()
    assert {row.name: (row.proposed, mark) for row, mark, _ in form.lines} == {
        "Chi bộ a": ("new", ""),
        "Chi bộ received": ("", "good"),
    }


def test_the_day_of_new_marks_is_not_called_optional(client, secretary_a, cell_a, people):
    client.force_login(secretary_a)
    page = client.get("/xep-loai/a/?nam=2025").content.decode()
    label = page.partition("Ngày quyết định xếp loại")[2].partition("</label>")[0]
    assert "không bắt buộc" not in label


def test_a_pasted_column_takes_the_place_of_what_is_on_the_sheet(secretary_a, cell_a, people):
    form = shown(secretary_a, cell_a)
    assert form.take_in("Lan\tHTNV\nAi\tHTNV") == 1
    assert {row.name: mark for row, mark, _ in form.lines} == {"Hoa": "", "Lan": "fair", "Minh": ""}
    assert form.problems == ("Dòng 2: không có “Ai” trong danh sách.",)


@pytest.fixture
def five(cell_a):
    """Five members of A."""
    return [make_member(cell_a, f"Người {index}") for index in range(5)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(10))
@given(st.data())
def test_what_is_chosen_is_what_is_written(clerk, cell_a, five, data):
    marks = st.sampled_from(["", "excellent", "good", "fair", "failed", "exempt", "new", "other"])
    first, second = ({person.full_name: data.draw(marks) for person in five} for _ in range(2))
    with undone():
        for chosen in (first, second):
            form = sent(clerk, cell_a, data_of(shown(clerk, cell_a), chosen))
            if form.is_valid():
                submit(form, lambda address: "/")
            assert {name: mark for name, (mark, _) in written().items()} == {
                name: mark for name, mark in chosen.items() if mark
            }


# --- Units ---


def test_units_are_rated_and_recognised_in_one_act(clerk, commune, cell_a, cell_b):
    ratings.recognise_four_goods(unit=cell_b, year=2025)
    data = data_of(shown(clerk, commune, UnitSheetForm), {"Chi bộ a": "excellent"}, goods_number="3-QĐ/ĐU")
    data[f"goods-{cell_a.pk}"] = "1"
    del data[f"goods-{cell_b.pk}"]
    write(sent(clerk, commune, data, UnitSheetForm))
    assert [(row.unit, row.level) for row in UnitRating.objects.all()] == [(cell_a, "excellent")]
    assert [(row.unit, row.decision_number) for row in FourGoods.objects.all()] == [(cell_a, "3-QĐ/ĐU")]
    assert len({entry.act for entry in Entry.objects.filter(user=clerk)}) == 1


def test_a_recognition_that_another_wrote_meanwhile_is_a_conflict(clerk, commune, cell_a):
    ratings.recognise_four_goods(unit=cell_a, year=2025)
    data = data_of(shown(clerk, commune, UnitSheetForm))
    ratings.recognise_many(year=2025, units={cell_a: False})
    form = sent(clerk, commune, data, UnitSheetForm)
    assert not form.is_valid()
    assert "Chưa có gì thay đổi" in str(form.errors)
    data[f"mark-{cell_a.pk}"] = "good"
    write(sent(clerk, commune, data, UnitSheetForm))
    assert not FourGoods.objects.exists()
