"""The outlines that come with the portal: read without a fault, and that of Resolution 21 as it was asked for."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from reports.figures import registry
from reports.figures.queries import SECTIONS as WITH_FIGURES
from reports.narrative.outline import builtin
from reports.narrative.outline.queries import built_in
from reports.placeholders.report import ANNEX, REPORT
from reports.placeholders.syntax import PLACEHOLDER, names_in
from reports.printed_forms.catalogue import ANNEXES

HEADINGS = Path(__file__).resolve().parents[3] / "data" / "nq21-headings.txt"
OUTLINE = built_in("nq21")
TEXTS = [
    text
    for section in OUTLINE.sections
    for sentences in section.paragraphs
    for sentence in sentences
    for text in (sentence.text, sentence.otherwise)
]
DAY = r"\d\d/\d{1,2}/\d{4}"
NAMES = [name for text in TEXTS for name in names_in(text)]


def test_the_headings_of_resolution_21_are_those_of_the_reports_of_communes_word_for_word():
    asked = [line for line in HEADINGS.read_text().splitlines() if not line.startswith("#")]
    assert [section.title for section in OUTLINE.sections] == asked
    assert len(asked) > 60


def test_sections_that_were_written_before_keep_their_codes():
    before = [
        *("I.1", "I.2", "II.1", "II.2", "III.1.1", "III.1.2", "III.1.3", "III.1.4"),
        *("III.2.1", "III.2.2", "III.2.3", "III.2.4", "III.3", "III.4"),
        *("IV.1.1", "IV.1.2", "IV.2.1", "IV.2.2", "IV.3", "V.1", "V.2", "V.3"),
    ]
    assert [code for code in before if code not in OUTLINE.written] == []
    assert OUTLINE.written["III.1.1"].heading == "Đổi mới, hoàn thiện tổ chức các loại hình tổ chức cơ sở đảng"
    assert all(section.code == section.place for section in OUTLINE.sections)


def test_every_section_with_figures_on_the_page_of_figures_has_sentences():
    with_sentences = {section.code for section in OUTLINE.sections if section.paragraphs}
    assert [
        code for code in WITH_FIGURES if not any(f"{said}.".startswith(f"{code}.") for said in with_sentences)
    ] == []


def test_sentences_name_annexes_that_exist():
    assert {name.removeprefix(ANNEX) for name in NAMES if name.startswith(ANNEX)} == set(ANNEXES)


def test_most_figures_of_the_contract_are_said():
    said = {REPORT.of_figures[name][0] for name in NAMES if name in REPORT.of_figures}
    needed = {"members.total", "admissions.total", "ratings.members.rated", "posts.villages.both_heads_members"}
    assert needed <= said
    assert said <= set(registry.FIGURES)


def test_figures_are_in_place_holders_and_nowhere_else():
    left = [re.sub(r"từ \d+ đến \d+ tuổi|trên 60 tuổi", "", PLACEHOLDER.sub("", text)) for text in TEXTS]
    days = [re.findall(DAY, text) for text in left]
    assert [text for text in left if re.search(r"\d", re.sub(DAY, "", text))] == []
    assert all(f'ngay:"{day}"' in text for text, found in zip(TEXTS, days, strict=True) for day in found)


def test_the_title_names_the_resolution_in_full():
    [subject] = [blank.start for blank in OUTLINE.frame if blank.code == "trich_yeu"]
    assert subject.startswith("Sơ kết thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022")
    assert "khóa XIII “về tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng" in subject
    assert subject.endswith("trong giai đoạn mới”")


def test_with_an_outline_that_names_what_does_not_exist_no_command_starts(monkeypatch, tmp_path):
    call_command("check")
    assert builtin.codes() == ["nq21"]
    wrong = builtin.text_of("nq21").replace("{{ members.total }}", "{{ members.totl }}", 1)
    (tmp_path / "mau.txt").write_text(wrong)
    monkeypatch.setattr(builtin, "FOLDER", tmp_path)
    with pytest.raises(SystemCheckError, match=r"mau\.txt: Dòng \d+ .*members\.totl"):
        call_command("check")
