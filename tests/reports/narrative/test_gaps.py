"""What nobody recorded is never printed as none: not in any random world, whatever is missing in it."""

import re
from datetime import date
from random import Random

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assessments.models import Meeting, MemberRating, NilReturn, UnitRating
from members.models import Admission, MemberState, Vacancy
from organizations.models import Unit
from organizations.scope import SYSTEM
from reports.figures import evaluate, registry
from reports.narrative.content import paragraph, report
from reports.narrative.outline.queries import built_in
from reports.placeholders.report import REPORT, ReportValues
from reports.placeholders.syntax import names_in, read
from tests.examples import examples
from tests.factories import make_member, moment_of
from tests.reports.naive import World
from tests.reports.naive_registers import NAIVE_REGISTERS
from tests.reports.worlds import build, days_to_ask

OUTLINE = built_in("nq21")
DENIED = re.compile(r"\b(không có|không ban hành|chưa|khuyết)\b", re.IGNORECASE)
"""How a sentence says that there is none."""

WRITTEN_DOWN = re.compile(r"\d+ nơi khuyết [\w ]+|Chưa cài đặt \d[\d.]* đảng viên[^.]*")
"""Counts what somebody has written down: posts that are vacant, members without the handbook by their reasons."""

REMOVABLE = (MemberState, MemberRating, UnitRating, Meeting, NilReturn, Vacancy, Admission)


def remove_some(random):
    """Remove random rows, as if nobody had ever written them down."""
    for model in random.sample(REMOVABLE, random.randrange(len(REMOVABLE) + 1)):
        keys = list(model.objects.values_list("pk", flat=True))
        gone = keys if random.random() < 0.5 else random.sample(keys, len(keys) // 2)
        model.objects.filter(pk__in=gone)._raw_delete("default")


def silent_registers(world, moment, sentence):
    """Return the registers behind a sentence that are silent about somebody, by plain loops."""
    codes = REPORT.codes_in([read(name) for name in names_in(sentence.text)])
    registers = {register for code in codes for register in registry.registers_of(registry.FIGURES[code])}
    return [code for code in registers if NAIVE_REGISTERS[code.removeprefix("unrecorded.")](world, moment)]


def check_sentences(world, moment):
    """Compare what each sentence says with what its registers are silent about."""
    values = ReportValues.at(moment)
    for section in OUTLINE.sections:
        for sentence in (each for line in section.paragraphs for each in line):
            pieces = paragraph([sentence], values)
            words = WRITTEN_DOWN.sub("", "".join(piece.text for piece in pieces if not piece.gap))
            if DENIED.search(words):
                assert silent_registers(world, moment, sentence) == [], (sentence, words, moment)


@pytest.mark.django_db
@settings(max_examples=examples(3), phases=[Phase.generate])  # a smaller seed is no simpler world
@given(seed=st.integers(0, 1_000_000))
def test_no_sentence_of_a_random_world_says_none_while_somebody_is_silent(seed):
    random = Random(seed)
    with transaction.atomic():
        tree = build(random)
        remove_some(random)
        world = World()
        for since, as_of in random.sample(days_to_ask(), 2):
            unit = Unit.objects.get(pk=tree[random.choice(["xa-1", "xa-2", "tinh", "db-0"])].pk)
            check_sentences(world, moment_of(unit, as_of, since=since, year=2025))
        transaction.set_rollback(True)


def test_what_is_counted_stands_before_what_is_not_written_down(commune, cell_a):
    make_member(cell_a).states.create(started_on=date(2025, 7, 1), education="primary")
    make_member(cell_a)
    content = report(moment_of(commune, date(2026, 3, 1)), OUTLINE)
    lines = ["".join(piece.text for piece in line) for part in content.parts for line in part.figures]
    (line,) = [line for line in lines if line.startswith("Học vấn")]
    assert re.match(r"Học vấn: tiểu học 01 \(50(,0)?\s?%\)\. \[chưa ghi học vấn: 01 đảng viên – cần bổ sung\]", line)


def test_who_joined_in_the_period_without_an_admission_is_told(commune, cell_a):
    member = make_member(cell_a, joined_on="2025-09-02", official_on=None)
    member.spells.update(start_reason="received_with_unit")
    moment = moment_of(commune, date(2026, 3, 1), since=date(2025, 7, 1))
    NilReturn.objects.create(
        unit=commune, register="admissions", started_on=date(2025, 7, 1), ended_on=date(2026, 4, 1), stated_by="VP"
    )
    total = evaluate.results(moment, ["admissions.total"])["admissions.total"]
    assert (total.value, total.unrecorded) == (0, 1)
    content = report(moment, OUTLINE)
    assert "chưa kết nạp đảng viên" not in "".join(
        piece.text for part in content.parts for line in part.figures for piece in line
    )
    assert any("hồ sơ kết nạp của người vào Đảng trong kỳ: 01 đảng viên" in point for point in content.open_points)


def test_a_post_that_nobody_wrote_down_is_not_vacant(commune, cell_a):
    cell_a.periods.update(sector="school")
    moment = moment_of(commune, date(2026, 3, 1))
    values = evaluate.results(moment, ["posts.agency_heads.vacant"])["posts.agency_heads.vacant"]
    assert (values.value, values.unrecorded) == (0, 1)
    Vacancy.objects.create(unit=cell_a, post="secretary", started_on=date(2025, 8, 1))
    values = evaluate.results(moment, ["posts.agency_heads.vacant"])["posts.agency_heads.vacant"]
    assert (values.value, values.unrecorded) == (1, 0)


def test_who_reads_a_part_is_told_of_the_silence_there_alone(commune, cell_a, cell_b, secretary_a):
    make_member(cell_a)
    make_member(cell_b)
    moment = moment_of(commune, date(2026, 3, 1), user=secretary_a)
    assert evaluate.results(moment, ["members.education.primary"])["members.education.primary"].unrecorded == 1
    assert SYSTEM is not secretary_a
