"""The outline: the sections that are asked for, in their order, and what they name."""

import re

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from reports.figures import registry
from reports.figures.queries import SECTIONS as WITH_FIGURES
from reports.narrative.outline import FRAME, SECTIONS, WRITTEN, system_checks
from reports.placeholders.language import PLACEHOLDER, names_in
from reports.placeholders.report import ANNEX, REPORT
from reports.printed_forms.catalogue import ANNEXES

ASKED = [
    *("I", "I.1", "I.2", "II", "II.1", "II.2"),
    *("III", "III.1", "III.1.1", "III.1.2", "III.1.3", "III.1.4"),
    *("III.2", "III.2.1", "III.2.2", "III.2.3", "III.2.4", "III.3", "III.4"),
    *("IV", "IV.1", "IV.1.1", "IV.1.2", "IV.2", "IV.2.1", "IV.2.2", "IV.3"),
    *("V", "V.1", "V.2", "V.3"),
]
"""The outline of the interim reports of communes of March 2026."""

TEXTS = [
    text
    for section in SECTIONS
    for sentences in section.paragraphs
    for sentence in sentences
    for text in (sentence.text, sentence.otherwise)
]
NAMES = [name for text in TEXTS for name in names_in(text)]


def test_the_sections_are_those_asked_for_in_their_order():
    assert [section.code for section in SECTIONS] == ASKED


def test_numbers_and_levels_follow_from_the_code():
    found = {section.code: (section.level, section.number) for section in SECTIONS}
    assert [found[code] for code in ("III", "III.2", "III.2.4")] == [(1, "III."), (2, "2."), (3, "2.4.")]


def test_only_sections_without_sections_of_their_own_say_something():
    for section in SECTIONS:
        is_above = any(other.code.startswith(f"{section.code}.") for other in SECTIONS)
        assert section.says != is_above, section.code


def test_every_section_with_figures_on_the_page_of_figures_has_sentences():
    with_sentences = {section.code for section in SECTIONS if section.paragraphs}
    assert set(WITH_FIGURES) <= with_sentences


def test_sentences_name_annexes_that_exist():
    assert {name.removeprefix(ANNEX) for name in NAMES if name.startswith(ANNEX)} == set(ANNEXES)


def test_most_figures_of_the_contract_are_said():
    said = {REPORT.of_figures[name][0] for name in NAMES if name in REPORT.of_figures}
    needed = {"members.total", "admissions.total", "ratings.members.rated", "posts.villages.both_heads_members"}
    assert needed <= said
    assert said <= set(registry.FIGURES)


def test_with_an_outline_that_names_what_does_not_exist_no_command_starts(monkeypatch):
    assert set(TEXTS) <= set(system_checks.texts())
    call_command("check")
    monkeypatch.setattr(system_checks, "texts", lambda: ["Có {{ members.totl }} đảng viên."])
    with pytest.raises(SystemCheckError, match=r"members\.totl"):
        call_command("check")


def test_figures_are_in_place_holders_and_nowhere_else():
    left = [re.sub(r"từ \d+ đến \d+ tuổi|trên 60 tuổi", "", PLACEHOLDER.sub("", text)) for text in TEXTS]
    assert [text for text in left if re.search(r"\d", text)] == []


def test_codes_fit_where_they_are_kept():
    assert all(len(code) <= 20 for code in WRITTEN)
    assert len(WRITTEN) == len(FRAME) + sum(bool(section.ask) for section in SECTIONS)
