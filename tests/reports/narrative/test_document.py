"""The Word document: its figures are the registry's, its form is that of Party documents, its bytes are certain."""

import re
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn

from binhlu_portal.moment.moment import Moment
from binhlu_portal.sheets.sheet import PARTY
from binhlu_portal.text.vietnamese import document_percent, number
from organizations.models import Unit
from organizations.scope import SYSTEM
from reports.figures import evaluate
from reports.figures.result import percentage
from reports.narrative import builtin_template, content, document
from reports.narrative.outline.queries import built_in
from reports.placeholders.moments import DAYS
from reports.placeholders.report import REPORT, ReportValues
from reports.placeholders.syntax import read
from reports.printed_forms.catalogue import ANNEXES

from .docx_reader import lines, opened, part

OUTLINE = built_in("nq21")
MARKED = re.compile("⟦(.*?)=(.*?)⟧")


@pytest.fixture(scope="module")
def moment(sample):
    """The moment of the report of March 2026."""
    unit = Unit.objects.get(code="binh-lu")
    return Moment.of(unit, SYSTEM, today=date(2026, 3, 1), since=date(2025, 7, 1), year=2025)


@pytest.fixture(scope="module")
def printed_file(moment):
    """The document of the sample."""
    return document.document(content.report(moment, OUTLINE, tuple(ANNEXES)))


@pytest.fixture(scope="module")
def marked(moment):
    """The same document with a mark around everything that a figure has printed."""
    look_up = ReportValues.piece

    def piece(self, name):
        found = look_up(self, name)
        return found._replace(text=f"⟦{name}={found.text}⟧") if figure_of(name) else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ReportValues, "piece", piece)
        return document.document(content.report(moment, OUTLINE, tuple(ANNEXES)))


def figure_of(name):
    """Return the figure that a place-holder prints, with its form; None for a word."""
    code, form = REPORT.of_figures.get(read(name).name, ("", None))
    return (code, form) if form else None


def results_at(filters, moment):
    """Return the results of the day for which the filters of a place-holder ask."""
    asked = dict(filters).get("ngay", "den_ngay")
    as_of = DAYS[asked][1](moment) if asked in DAYS else datetime.strptime(asked, "%d/%m/%Y").date()
    return evaluate.results(Moment.of(moment.unit, SYSTEM, today=as_of, since=moment.since, year=as_of.year - 1))


def expected(name, results):
    """Return what a place-holder must print, by the rules of documents told once more."""
    code, form = figure_of(name)
    result = results[code]

    def plain(value):
        return f"0{value}" if 1 <= value <= 9 else number(value)

    return {
        "": lambda: plain(result.value) if result.value is not None else result.asked.replace("\N{NO-BREAK SPACE}", ""),
        ".tren": lambda: f"{plain(result.value)}/{plain(result.base)}",
        ".ty_le": lambda: document_percent(
            percentage(result.value, result.base, result.figure.places, result.levels), result.places
        ),
        ".tang_giam": lambda: f"tăng {plain(result.value)}",
        ".hien_dat": lambda: " và ".join(document_percent(actual.percent, actual.places) for actual in result.actual),
    }[form.ending]()


def test_every_figure_printed_is_that_of_the_registry(moment, printed_file, marked):
    printed = [pair for line in lines(marked) for pair in MARKED.findall(line)]
    assert len(printed) > 100
    printed = [(name, text) for name, text in printed if figure_of(name)[1].write]
    results = {filters: results_at(filters, moment) for filters in {read(name).filters for name, _ in printed}}
    assert len(results) > 1
    assert [(name, text) for name, text in printed if text != expected(name, results[read(name).filters])] == []
    assert [MARKED.sub(r"\2", line) for line in lines(marked)] == lines(printed_file)


def test_no_number_stands_in_a_section_that_no_figure_has_printed(marked):
    headings = {section.title for section in OUTLINE.sections}
    body = "\n".join(line for line in lines(marked) if line not in headings)
    said = body[body.index("Đến ngày") : body.index("Nơi nhận")]
    left = MARKED.sub("", said)
    for known in (
        r"\d\d/\d{1,2}/\d{4}",
        r"[Nn]ăm 2025",
        r"Biểu \w+",
        r"từ \d+ đến \d+ tuổi",
        "trên 60 tuổi",
        r"^[0-9.]+ ",
        r"\[chưa ghi .* – cần bổ sung\]",
        r"\[.* – cần xác nhận\]",
    ):
        left = re.sub(known, "", left, flags=re.MULTILINE)
    assert re.findall(r".*\d.*", left) == []


def test_every_section_is_there_under_a_heading_of_its_level(printed_file):
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened(printed_file).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert headings == [(f"Heading {section.level}", section.title) for section in OUTLINE.sections]


def test_the_heading_block_and_the_signature_stand_in_two_columns_without_borders(printed_file):
    first, last = opened(printed_file).tables
    assert first.rows[0].cells[0].text.splitlines() == [
        "ĐẢNG BỘ TỈNH LAI CHÂU",
        "Đảng ủy xã Bình Lư",
        "*",
        "Số …-BC/ĐU",
    ]
    assert first.rows[0].cells[1].text.splitlines()[0] == PARTY
    assert first.rows[0].cells[1].text.splitlines()[-1] == "Bình Lư, ngày … tháng … năm …"
    assert last.rows[0].cells[0].text.splitlines()[0] == "Nơi nhận:"
    assert last.rows[0].cells[1].text.splitlines()[:2] == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]
    assert all(cell.text.strip() for cell in (first.rows[0].cells[0], last.rows[0].cells[1]))
    assert "w:tblBorders" not in part(printed_file, "word/document.xml")


def test_the_page_is_that_of_party_documents(printed_file):
    section = opened(printed_file).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous or not section.first_page_header.paragraphs[0].text
    assert "PAGE" in "".join(text.text for text in section.header._element.iter(qn("w:instrText")))
    assert round(section.header_distance.mm) == 10


def test_footnotes_are_real_ones_in_the_order_of_their_calls(moment):
    printed_file = document.document(content.report(moment, OUTLINE, explains=True))
    body, notes = part(printed_file, "word/document.xml"), part(printed_file, "word/footnotes.xml")
    called = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
    assert called == [str(index) for index in range(1, len(called) + 1)]
    told = re.findall(r'<w:footnote w:id="\d+">.*?<w:t xml:space="preserve"> (.*?)</w:t>', notes, re.DOTALL)
    assert told == content.report(moment, OUTLINE, explains=True).notes
    assert "Quyết định số 52-QĐ/ĐU, ngày 06/8/2025 về “" in told[1]
    assert "footnotes+xml" in part(printed_file, "[Content_Types].xml")


def test_annexes_are_named(printed_file):
    text = "\n".join(lines(printed_file))
    assert [code for code in ANNEXES if f"Biểu {code}" not in text] == []


def test_the_same_report_is_the_same_bytes(moment, printed_file):
    assert document.document(content.report(moment, OUTLINE, tuple(ANNEXES))) == printed_file
    assert {entry.date_time for entry in ZipFile(BytesIO(printed_file)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_portals_own_template_is_the_same_bytes_but_for_the_time_of_its_zip():
    first, second = builtin_template.make(OUTLINE), builtin_template.make(OUTLINE)
    assert part(first, "word/document.xml") == part(second, "word/document.xml")
    assert part(first, "docProps/core.xml") == part(second, "docProps/core.xml")


def test_nobody_is_named_in_the_file(printed_file):
    core = part(printed_file, "docProps/core.xml")
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core
    assert "1980-01-01" in core
