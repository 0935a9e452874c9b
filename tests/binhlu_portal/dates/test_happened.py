"""What has happened did not happen after today, whatever record tells of it and by whatever door it comes."""

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.apps import apps
from django.http import QueryDict

from assessments.models import Meeting
from binhlu_portal.dates.happened import future_days, happened_fields, still_to_come
from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.dates.validity import OPEN
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.fields import DayField, PastDayField
from binhlu_portal.records.types import RECORD_TYPES
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.models import Batch
from members.models import Member, MemberState, Position, Spell
from organizations.scope import SYSTEM
from tests.binhlu_portal.spreadsheets.books import Book
from tests.factories import make_member
from tests.ground import layer
from tests.record_types import FORM_DATA, RECORDS, record_of

TODAY = date(2026, 3, 1)
TOMORROW = TODAY + timedelta(days=1)

TO_COME = {
    "members.ChangeReport": ("day",),
    "members.Exemption": ("started_on", "ended_on"),
    "members.Discipline": ("expires_on",),
    "members.FeeBasis": ("started_on", "ended_on"),
    "members.FeeReduction": ("started_on", "ended_on"),
    "members.Suspension": ("started_on", "ended_on"),
    "members.Position": ("started_on", "ended_on"),
    "organizations.FormTitle": ("started_on", "ended_on"),
    "organizations.ImpossiblePair": ("started_on", "ended_on"),
    "organizations.Regulation": ("started_on", "ended_on"),
    "organizations.Threshold": ("started_on", "ended_on"),
    "reports.ReportingPeriod": ("as_of", "since", "due_on"),
}
"""What a decision of today may set for a later day; all other days of all records have come."""


def subclasses(form):
    """Return a form class and all those made of it."""
    return {form}.union(*map(subclasses, form.__subclasses__()))


def typed(code, lan, **days):
    """Return what is sent to add a record of a record type, about cell A or Lan."""
    about = {"member": str(lan.pk)} if "member" in FORM_DATA[code] else {}
    days = {name: f"{day:%d/%m/%Y}" for name, day in days.items()}
    return QueryDict(urlencode({"token": str(uuid4())} | FORM_DATA[code] | about | days, doseq=True))


@layer
def lan(cell_a):
    return make_member(cell_a, "Lan", joined_on="1990-01-05", decided_on="1990-01-02")


@pytest.mark.parametrize(
    ("value", "is_future"),
    [(TODAY, False), (TOMORROW, True), (None, False), (OPEN, False), ("mai", False)],
)
def test_a_day_has_come_by_today_and_an_open_end_is_none(value, is_future):
    assert future_days(Spell, {"ended_on": value}, TODAY) == ({"ended_on": still_to_come(TODAY)} if is_future else {})


@pytest.mark.parametrize(
    ("known", "is_future"), [("2026-03-01", False), ("2026-03-02", True), ("2026-03", False), ("2026-04", True)]
)
def test_a_day_known_in_part_is_judged_by_the_first_it_can_mean(known, is_future):
    assert bool(future_days(Member, {"joined_on": PartialDate(known)}, TODAY)) == is_future


def test_moments_that_the_portal_notes_itself_are_no_days_that_people_type():
    assert [field.name for field in happened_fields(Batch)] == []


def test_exceptions_are_named_at_their_model_and_nowhere_else():
    named = {model._meta.label: model.days_to_come for model in apps.get_models() if hasattr(model, "days_to_come")}
    assert named == TO_COME
    for label, names in named.items():
        assert {field.name for field in apps.get_model(label)._meta.fields} >= set(names)


def test_a_form_has_no_day_to_come_but_one_that_its_model_names():
    free = [
        (form.__name__, name)
        for form in subclasses(RecordForm)
        for name, field in form.base_fields.items()
        if isinstance(field, DayField) and not isinstance(field, PastDayField)
        if name not in getattr(form.model, "days_to_come", ())
    ]
    assert free == []


@pytest.mark.parametrize("code", FORM_DATA)
def test_no_form_that_adds_takes_a_day_to_come(clerk, lan, code):
    record_type = RECORD_TYPES[code]
    may_come = getattr(record_type.model, "days_to_come", ())
    fields = record_type.add_form(user=clerk, today=TODAY).fields
    days = dict.fromkeys([name for name, field in fields.items() if isinstance(field, DayField)], TOMORROW)
    assert days or code == "bon-tot"
    form = record_type.add_form(typed(code, lan, **days), user=clerk, today=TODAY)
    for name in days:
        assert (still_to_come(TODAY) in form.errors.get(name, ())) == (name not in may_come), name


@pytest.mark.parametrize("code", [code for code, record_type in RECORD_TYPES.items() if record_type.correct_form])
def test_no_form_that_corrects_takes_a_day_to_come(clerk, cell_a, lan, code):
    record, form_class = record_of(code, cell_a, lan), RECORD_TYPES[code].correct_form
    happened = {field.name for field in happened_fields(type(record))} & set(form_class.model_fields)
    sent = QueryDict(mutable=True)
    sent.update(dict.fromkeys(happened, f"{TOMORROW:%d/%m/%Y}"))
    form = form_class(sent, user=clerk, today=TODAY, instance=record)
    for name in happened:
        assert form.fields[name].disabled or form.errors[name] == [still_to_come(TODAY)]


def test_no_day_of_any_sheet_of_the_workbook_is_to_come(cell_a, lan):
    for code in RECORDS:
        record_of(code, cell_a, lan)
    book, expected = Book.of(SYSTEM), set()
    for model, rows in book.rows.items():
        days = [field.name for field in happened_fields(model) if field.name in TABS[model].columns]
        for number, row in enumerate(rows, 2):
            row.update(dict.fromkeys(days, TOMORROW))
            places = {name: place for place, name in enumerate(TABS[model].columns, 2)}
            expected |= {(TABS[model].title, number, places[name]) for name in days}
    assert {Meeting, Member, MemberState, Spell} <= {model for model, rows in book.rows.items() if rows}
    outcome = book.bring(SYSTEM, today=TODAY)
    said = {(fault.sheet, fault.row, fault.column) for fault in outcome.faults if fault.message == still_to_come(TODAY)}
    assert said == expected


def test_what_stands_from_before_is_not_asked_again(cell_a, lan):
    Member.objects.filter(pk=lan.pk).update(card_issued_on=TOMORROW)
    book = Book.of(SYSTEM)
    book.of_record(lan)["phone"] = "0912345678"
    assert book.bring(SYSTEM, today=TODAY).faults == []


def test_a_post_may_be_given_from_a_later_day_and_its_decision_is_of_today(clerk, lan):
    form_class = RECORD_TYPES["chuc-vu"].add_form
    later = form_class(typed("chuc-vu", lan, started_on=TOMORROW, decision_date=TODAY), user=clerk, today=TODAY)
    assert later.is_valid(), later.errors
    assert later.save().started_on == TOMORROW
    assert Position.objects.get().decision_date == TODAY
