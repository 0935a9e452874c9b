"""Templates of the office: filled with what they name, refused with a sentence when they are wrong or hostile."""

import json
import sys
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from binhlu_portal.db.actions import Refusal
from organizations.scope import SYSTEM
from reports.narrative import content, document
from reports.narrative.actions import use_own_template, use_template, write_text
from reports.narrative.docx_worker import FETCHES
from reports.narrative.models import ReportTemplate
from reports.narrative.outline.queries import built_in
from tests.factories import make_member
from tests.proofs import refused

from .docx_reader import document as made
from .docx_reader import lines, part, with_part

OUTLINE = built_in("nq21")
NOW = datetime(2026, 3, 5, tzinfo=UTC)
WORDS = {
    "members.total": "861",
    "members.age.18_30": "42",
    "members.female.ty_le": "44,5 %",
    "cap_uy": "Đảng ủy <xã> & Bình Lư",
    "muc.IV.3": "Một.\aHai.",
    "noi_nhan": "- A,\n- B.",
    "chu_thich.members.total": "\ue0000\ue001",
}
NOTES = ["Mỗi người tính một lần."]


def fill(content):
    return document.fill(content, WORDS, NOTES)


def use(period, clerk, content, name="mau.docx"):
    return use_template(period=period, user=clerk, now=NOW, name=name, content=content)


def told(content):
    """Return the sentences with which a template is refused."""
    with pytest.raises(Refusal) as caught:
        fill(content)
    return caught.value.messages


def test_place_holders_are_filled_by_their_codes():
    found = lines(
        fill(made("Có {{ members.total }} đảng viên ({{members.age.18_30}} trẻ), nữ {{ members.female.ty_le }}."))
    )
    assert found == ["Có 861 đảng viên (42 trẻ), nữ 44,5 %."]


def test_text_stays_text_and_paragraphs_become_paragraphs():
    assert lines(fill(made("{{ cap_uy }}", "{{ muc.IV.3 }}", "{{ noi_nhan }}"))) == [
        "Đảng ủy <xã> & Bình Lư",
        "Một.",
        "Hai.",
        "- A,\n- B.",
    ]


def test_a_place_holder_that_word_has_cut_in_pieces_is_filled():
    whole = docx.Document()
    paragraph = whole.add_paragraph()
    for index, text in enumerate(("Có {", "{ mem", "bers.to", "tal }", "} người")):
        paragraph.add_run(text).bold = index % 2 == 0
    content = BytesIO()
    whole.save(content)
    assert lines(fill(content.getvalue())) == ["Có 861 người"]


def test_headers_and_tables_are_filled_too():
    whole = docx.Document()
    whole.sections[0].header.paragraphs[0].text = "{{ members.total }}"
    whole.add_table(1, 1).rows[0].cells[0].text = "{{ members.total }}"
    content = BytesIO()
    whole.save(content)
    filled = fill(content.getvalue())
    assert docx.Document(BytesIO(filled)).sections[0].header.paragraphs[0].text == "861"
    assert "861" in lines(filled)


def test_a_footnote_is_put_where_it_is_called():
    filled = fill(
        made("Có {{ members.total }} đảng viên{{ chu_thich.members.total }}, tăng. {{ chu_thich.members.total }}")
    )
    assert lines(filled) == ["Có 861 đảng viên(), tăng. ()"], "brackets tell the number of a note from a figure"
    assert part(filled, "word/document.xml").count('<w:t>(</w:t><w:footnoteReference w:id="') == 2
    assert part(filled, "word/document.xml").count("<w:footnoteReference") == 2
    assert part(filled, "word/footnotes.xml").count("Mỗi người tính một lần.") == 2


def test_footnotes_are_added_to_those_of_the_template():
    filled = fill(fill(made("A{{ chu_thich.members.total }} B")))
    again = document.fill(
        with_part(
            filled,
            "word/document.xml",
            part(filled, "word/document.xml").replace(" B", " {{ chu_thich.members.total }}"),
        ),
        WORDS,
        ["Thứ hai."],
    )
    assert part(again, "word/footnotes.xml").count("Mỗi người tính một lần.") == 1
    assert part(again, "word/footnotes.xml").count("Thứ hai.") == 1
    assert 'w:id="2"' in part(again, "word/document.xml")


def test_every_unknown_place_holder_is_told_with_what_to_write():
    found = told(made("{{ members.totl }} {{ members.total }}", "{{ cap_uyy }}", "{{ zzzz }}"))
    assert found == [
        "Không có chỗ điền {{ members.totl }}: có lẽ là {{ members.total }}.",
        "Không có chỗ điền {{ cap_uyy }}: có lẽ là {{ cap_uy }}.",
        "Không có chỗ điền {{ zzzz }}: xem bảng các chỗ điền.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ members.total.__class__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ cap_uy|attr('__class__') }}",
        "{{ cap_uy|upper }}",
        "{{ 2 ** 100000000 }}",
        "{{ range(1000000000)|list }}",
        "{{ 'x' * 1000000000 }}",
        "{% for x in range(1000000000) %}x{% endfor %}",
        "{% for a in (1,2) %}{{ a }}{% endfor %}",
        "{%p if cap_uy %}",
        "{% set x = 1 %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include '/etc/passwd' %}",
        "{% raw %}",
        "{{ }}",
        "{{ cap_uy",
    ],
)
def test_a_template_that_computes_is_refused(text):
    assert told(made(text))[0].startswith(("Mẫu chỉ dùng chỗ điền", "Không có chỗ điền"))


def test_what_stands_in_an_attribute_is_looked_at_too():
    content = made("Mẫu")
    body = part(content, "word/document.xml").replace("<w:p>", "<w:p w:rsidR=\"{{ ''.__class__ }}\">", 1)
    assert told(with_part(content, "word/document.xml", body))[0].startswith("Mẫu chỉ dùng chỗ điền")


def test_properties_of_the_file_are_not_computed():
    content = made("{{ members.total }}")
    core = part(content, "docProps/core.xml").replace("generated by python-docx", "{{ 7 * 7 }}")
    assert "49" not in part(fill(with_part(content, "docProps/core.xml", core)), "docProps/core.xml")


def bomb():
    content = BytesIO(made("Mẫu"))
    with ZipFile(content, "a", ZIP_DEFLATED) as file:
        file.writestr("word/media/image1.png", b"\0" * 120 * 1024 * 1024)
    return content.getvalue()


def entities():
    body = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    return with_part(made("Mẫu"), "word/document.xml", body)


def body_with(element):
    content = made("Mẫu")
    return with_part(
        content, "word/document.xml", part(content, "word/document.xml").replace("<w:p>", f"{element}<w:p>", 1)
    )


def linked(target, kind="attachedTemplate"):
    content = made("Mẫu")
    relation = (
        '<Relationship Id="rId99" TargetMode="External" Target="' + target + '" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"
    return with_part(content, name, part(content, name).replace("</Relationships>", relation))


def macros():
    content = made("Mẫu")
    kinds = part(content, "[Content_Types].xml").replace(
        "wordprocessingml.document.main+xml", "vnd.ms-word.document.macroEnabled.main+xml"
    )
    return with_part(content, "[Content_Types].xml", kinds)


def hidden():
    """Return a file whose body says of itself that it is a picture's neighbour and no XML."""
    content = with_part(made("Mẫu"), "word/body.bin", part(made("Mẫu"), "word/document.xml"))
    kinds = part(content, "[Content_Types].xml").replace("/word/document.xml", "/word/body.bin")
    return with_part(content, "[Content_Types].xml", kinds)


HOSTILE = {
    "no zip": (lambda: b"{\\rtf1 x}", "không phải văn bản Word"),
    "cut": (lambda: made("Mẫu")[:-200], "không phải văn bản Word"),
    "another zip": (
        lambda: b"PK\x03\x04",
        "không phải văn bản Word",
    ),
    "broken xml": (lambda: with_part(made("Mẫu"), "word/document.xml", "<w:document"), "không phải văn bản Word"),
    "bomb": (bomb, "giải nén ra quá"),
    "entities": (entities, "khai báo XML nguy hiểm"),
    "macros": (macros, "macro"),
    "linked": (lambda: linked("https://example.invalid/x.dotx"), "liên kết ngoài"),
    "picture elsewhere": (lambda: linked("https://example.invalid/x.png", "image"), "liên kết ngoài"),
    "field": (
        lambda: body_with(
            '<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "x"</w:instrText></w:r></w:p>'
        ),
        "liên kết ngoài",
    ),
    "simple field": (lambda: body_with('<w:p><w:fldSimple w:instr="DDEAUTO c"/></w:p>'), "liên kết ngoài"),
    "far picture": (lambda: body_with('<w:p src="//example.invalid/x"/>'), "liên kết ngoài"),
    "hidden body": (hidden, "không phải văn bản Word"),
    "object": (lambda: body_with("<w:p><w:r><w:object/></w:r></w:p>"), "nhúng"),
    "altChunk": (lambda: body_with("<w:altChunk/>"), "nhúng"),
    "embedded": (lambda: with_part(made("Mẫu"), "word/embeddings/a.bin", "x"), "nhúng"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(name):
    make, words = HOSTILE[name]
    assert words in told(make())[0]


def test_fields_that_only_count_pages_are_no_harm():
    assert not FETCHES.search(" PAGE  NUMPAGES TOC \\o HYPERLINK \\l x DATE \\@ dd/MM")
    assert lines(fill(body_with('<w:p><w:fldSimple w:instr="PAGE"/></w:p>')))[-1] == "Mẫu"


def test_a_filler_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(document, "FILLER", [sys.executable, "-c", "while True: pass"])
    monkeypatch.setattr(document, "SECONDS", 0.2)
    assert "quá nhiều bộ nhớ hoặc thời gian" in told(made("Mẫu"))[0]


def test_a_filler_out_of_memory_is_told():
    many = {"members.total": "x" * 40_000_000}
    with pytest.raises(Refusal, match="quá nhiều bộ nhớ hoặc thời gian"):
        document.fill(made(*["{{ members.total }}"] * 20), many, [])


def test_the_process_gets_no_secrets(monkeypatch):
    tells = "import json, os, sys; print(json.dumps([dict(os.environ), sys.stdin.readline()]))"
    monkeypatch.setattr(document, "FILLER", [sys.executable, "-c", tells])
    monkeypatch.setenv("DATABASE_URL", "postgres://secret@127.0.0.1/portal")
    environment, given = json.loads(fill(made("Mẫu")))
    assert "secret" not in str(environment)
    assert json.loads(given)["words"] == WORDS


def test_the_committee_uses_its_own_template_from_then_on(period, clerk, cell_a):
    make_member(cell_a)
    used = use(period, clerk, made("Tổng số {{ members.total }} ({{ den_ngay }})"))
    assert (str(used), used.unit, used.user, used.at) == ("mau.docx", period.unit, clerk, NOW)
    [(name, content)] = document.build(period)
    assert name == "bao-cao-xa-2026-03-01.docx"
    assert lines(content) == ["Tổng số 01 (01/3/2026)"]
    use_own_template(period=period, user=clerk, now=NOW)
    [(_, content)] = document.build(period)
    assert "1. Đặc điểm tình hình" in lines(content)
    assert ReportTemplate.objects.count() == 2


def test_every_place_holder_can_be_used(period):
    said = content.report(period.moment(SYSTEM), OUTLINE)
    words, _ = document.words(said)
    assert len(lines(document.document(said, made(*(f"{{{{ {name} }}}}" for name in words))))) >= len(words)


def test_letters_that_no_document_can_hold_are_left_out(period):
    write_text(period=period, section="IV.3", text="Bài \x01học\ue0005\ue001 \x07hay")
    [(_, content)] = document.build(period)
    assert "Bài học5 hay" in lines(content)


def test_a_wrong_template_is_not_kept(period, clerk):
    with refused("có lẽ là {{ members.total }}"):
        use(period, clerk, made("{{ members.totl }}"))
    with refused("trống hoặc lớn hơn 5 MB"):
        use(period, clerk, b"")
    with refused("trống hoặc lớn hơn 5 MB"):
        use(period, clerk, b"x" * (5 * 1024 * 1024 + 1))
