"""What is in force on a day: regulations by subject, values by code, said in sentences."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.dates.validity import OPEN
from organizations.choices import Certainty, Kind, Measure, Sector, StatisticsForm, Subject
from organizations.in_force import InForce, cite
from organizations.models import ImpossiblePair, Regulation, Threshold
from organizations.regulations.actions import name_form
from organizations.regulations.seed import plant

pytestmark = pytest.mark.django_db

BEFORE, CHANGE = date(2026, 7, 25), date(2026, 7, 26)
SENTENCE = "Trong {admissions.vote_days} ({charter_guidance})."


def test_a_sentence_names_the_regulation_of_its_day_and_how_surely_it_is_known():
    assert cite(SENTENCE, BEFORE) == "Trong 30 ngày làm việc (Quy định 294-QĐ/TW ngày 26/05/2025)."
    assert cite("{charter_guidance}", CHANGE) == "Quy định 208-QĐ/TW ngày 26/07/2026, chưa đối chiếu văn bản"
    assert InForce(CHANGE).cite("{charter_guidance}", surely=False) == "Quy định 208-QĐ/TW ngày 26/07/2026"


def test_a_sentence_of_a_day_without_regulation_says_so():
    assert cite("{fees}", date(1990, 1, 1)) == "văn bản về “Đảng phí” (hệ thống chưa ghi)"


@pytest.mark.parametrize("text", ["{year}", "{{ members.total }}", "{Fees}", "không có dấu"])
def test_other_braces_stay(text):
    assert cite(text, CHANGE) == text


def test_everything_in_force_is_one_statement_and_none_without_marks(django_assert_num_queries):
    with django_assert_num_queries(0):
        InForce(CHANGE).cite("Không có dấu {year}")
    with django_assert_num_queries(1):
        in_force = InForce(CHANGE)
        in_force.cite(SENTENCE)
        assert in_force.value("admissions.youngest") == 18


def test_every_subject_is_in_force_today_in_the_data_known_from_the_start():
    open_subjects = set(Regulation.objects.filter(ended_on=OPEN).values_list("subject", flat=True))
    assert open_subjects == set(Subject) - {Subject.OTHER}


def test_a_regulation_is_replaced_on_the_day_the_next_one_begins():
    ends = {(row.subject, row.ended_on) for row in Regulation.objects.exclude(ended_on=OPEN)}
    assert ends <= {(row.subject, row.started_on) for row in Regulation.objects.all()}


def test_every_form_of_statistics_has_a_title_that_a_later_one_replaces_from_its_day_on():
    assert all(InForce(day).form_title(form) for form in StatisticsForm for day in (date(1990, 1, 1), CHANGE))
    name_form(form="3", title="Tên mới", started_on=CHANGE, source="Mẫu")
    assert InForce(BEFORE).form_title(StatisticsForm.MEMBERS) == "Đội ngũ đảng viên"
    assert InForce(CHANGE).form_title(StatisticsForm.MEMBERS) == "Tên mới"


def test_a_pair_is_impossible_while_its_rule_holds():
    pair = (Kind.GRASSROOTS_CELL, Sector.VILLAGE)
    assert InForce(BEFORE).impossible(*pair)
    ImpossiblePair.objects.filter(kind=pair[0], sector=pair[1]).update(ended_on=CHANGE)
    assert InForce(BEFORE).impossible(*pair)
    assert InForce(CHANGE).impossible(*pair) is None
    assert InForce(CHANGE).impossible(Kind.SUBORDINATE_CELL, Sector.VILLAGE) is None


def test_what_is_known_from_the_start_never_overwrites_what_an_office_wrote(django_assert_num_queries):
    Regulation.objects.filter(number="208-QĐ/TW").update(certainty=Certainty.READ)
    Threshold.objects.filter(code="cells.most").update(low=50)
    Regulation.objects.filter(subject=Subject.HANDBOOK).delete()
    plant(None, using="default")
    assert Regulation.objects.get(number="208-QĐ/TW").certainty == Certainty.READ
    assert InForce(CHANGE).value("cells.most") == 50
    assert Regulation.objects.filter(subject=Subject.HANDBOOK).count() == 1


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_later_rule_changes_nothing_of_any_day_before_it(day, start):
    def said(on):
        return cite(SENTENCE + " {document_form}", on)

    with transaction.atomic():
        days = sorted({day, start - timedelta(days=1), start, BEFORE})
        before = {on: said(on) for on in days}
        rows = [
            Threshold(code="admissions.vote_days", low=45, unit=Measure.WORKING_DAYS, started_on=start, source="Mẫu")
        ]
        rows += [
            Regulation(subject=subject, kind="Quy định", number="9", title="Mẫu", issued_on=start, started_on=start)
            for subject in (Subject.CHARTER_GUIDANCE, Subject.DOCUMENT_FORM)
        ]
        Threshold.objects.exclude(regulation=None).update(regulation=None, source="Mẫu")
        for row in rows:
            key = {"code": row.code} if isinstance(row, Threshold) else {"subject": row.subject}
            same = type(row).objects.filter(**key)
            same.filter(started_on__gte=start).delete()
            same.filter(ended_on__gt=start).update(ended_on=start)
            row.save()
        assert {on: said(on) for on in days if on < start} == {on: text for on, text in before.items() if on < start}
        assert said(start).startswith("Trong 45 ngày làm việc (Quy định 9 ngày")
        transaction.set_rollback(True)


def test_a_database_made_before_gets_the_ceiling_on_ratings():
    Threshold.objects.filter(code="ratings.excellent").delete()
    plant(None, using="default")
    ceiling = InForce(CHANGE).threshold("ratings.excellent")
    assert (ceiling.low, ceiling.certainty, ceiling.base) == (20, Certainty.REPORTED, "good_or_better")
    assert InForce(date(2025, 8, 29)).threshold("ratings.excellent") is None


def test_what_the_sample_brings_of_values_are_targets_of_its_own_committee():
    rows = json.loads((Path(settings.FIXTURE_DIRS[0]) / "thresholds.json").read_text())
    assert {row["fields"]["code"].partition(".")[0] for row in rows} == {"targets"}
