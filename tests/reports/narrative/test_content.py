"""What the report says: sentences that fit the figures, words carried over from period to period."""

import re
from datetime import date, timedelta

import pytest

from assessments.nil_returns.actions import state_nil
from binhlu_portal.text.vietnamese import document_day
from organizations.documents.actions import record_document
from organizations.scope import SYSTEM
from reports.figures import registry
from reports.figures.result import Result, percentage
from reports.narrative import actions as narrative
from reports.narrative import content
from reports.narrative.outline.parts import FRAME, Sentence
from reports.narrative.outline.queries import built_in
from reports.placeholders.report import ReportValues
from tests.factories import START, admit, make_member
from tests.proofs import refused

from .conftest import close, open_period

OUTLINE = built_in("nq21")


def said(period, section):
    """Return the paragraphs of a section of the report of a period."""
    parts = {
        part.section.code: part for part in content.report(period.moment(SYSTEM), OUTLINE, period.form_codes).parts
    }
    return ["".join(piece.text for piece in line) for line in parts[section].paragraphs]


def say(sentence, **values):
    results = {code.replace("__", "."): value for code, value in values.items()}
    results = {
        code: Result(registry.FIGURES[code], value, 10, percentage(value, 10, 1)) for code, value in results.items()
    }
    return "".join(piece.text for piece in content.paragraph([sentence], ReportValues(results, {})))


TWO = Sentence(
    "Ra khỏi Đảng[: |{{ members.struck_off }} bị xóa tên|{{ members.expelled }} bị khai trừ].",
    "Không ai ra khỏi Đảng.",
)


@pytest.mark.parametrize(
    ("struck_off", "expelled", "text"),
    [
        (2, 1, "Ra khỏi Đảng: 02 bị xóa tên, 01 bị khai trừ."),
        (0, 1, "Ra khỏi Đảng: 01 bị khai trừ."),
        (0, 0, "Không ai ra khỏi Đảng."),
    ],
)
def test_a_list_names_what_there_is(struck_off, expelled, text):
    assert say(TWO, members__struck_off=struck_off, members__expelled=expelled) == text


def test_a_list_of_shares_gives_number_and_percentage():
    sentence = Sentence("Có {{ members.total }}[; |nữ {{ members.female }} ({{ members.female.ty_le }})].")
    assert say(sentence, members__total=12, members__female=5) == "Có 12; nữ 05 (50%)."
    assert say(sentence, members__total=12, members__female=0) == "Có 12."


def opening(period):
    blank = content.report(period.moment(SYSTEM), OUTLINE).blanks["mo_dau"]
    return ["".join(piece.text for piece in line) for line in blank.paragraphs], [gap.code for gap in blank.gaps]


def test_the_opening_line_names_the_document_that_asks_for_the_report_or_marks_its_place(period, commune):
    reports = f"Đảng ủy xa báo cáo kết quả từ ngày {document_day(period.since)} đến ngày"
    (line,), gaps = opening(period)
    assert line.startswith(f"[chưa ghi văn bản của cấp trên về yêu cầu báo cáo: 01 đảng bộ xã – cần bổ sung] {reports}")
    assert gaps == ["unrecorded.superior.request"]
    words = {"number": "01-CV/TU", "kind": "Công văn", "issuer": "Tỉnh ủy", "subject": "Báo cáo", "topic": "request"}
    record_document(unit=commune, issued_on=period.since - timedelta(days=1), **words)
    assert opening(period)[1] == gaps
    record_document(unit=commune, issued_on=period.as_of, **words)
    (line,), gaps = opening(period)
    assert line.startswith(
        f"Thực hiện Công văn số 01-CV/TU, ngày {document_day(period.as_of)} của Tỉnh ủy về “Báo cáo”"
    )
    assert f"”, {reports}" in line
    assert gaps == []


def test_a_sentence_without_another_is_left_out():
    assert say(Sentence("Có {{ members.total }}."), members__total=0) == ""


def test_a_new_commune_is_told_in_whole_sentences(period):
    for section in (section for section in OUTLINE.sections if section.paragraphs):
        for line in said(period, section.code):
            assert "–" not in re.sub(r"3–4|\[[^]]*\]", "", line), line
            assert line.endswith((".", "]")), line
    not_stated = "01 chi bộ chưa báo có hay không phát sinh – cần xác nhận]"
    not_kept = "[chưa ghi văn bản của cấp trên về kết nạp đảng viên: 01 đảng bộ xã – cần bổ sung]"
    no_reason = "[chưa ghi lý do quần chúng chưa kết nạp được: 01 bản – cần bổ sung]"
    assert said(period, "III.2.4") == [not_kept, f"[Kết nạp đảng viên: {not_stated}", no_reason]
    assert said(period, "II.2") == [f"[Văn bản đã ban hành: {not_stated}"]


def test_a_report_says_that_there_is_none_once_everybody_concerned_has_stated_it(period, commune, cell_a):
    nothing_else = {"unit": commune, "started_on": START, "stated_by": "Văn phòng"}
    registers = ["admissions", "documents", "superior_documents"]
    state_nil(registers=registers, ended_on=date(2026, 3, 1), **nothing_else)
    assert "chưa báo" in said(period, "III.2.4")[-2]
    state_nil(registers=registers, ended_on=date(2026, 3, 2), **nothing_else)
    assert said(period, "III.2.4")[0] == "Từ ngày 01/7/2025 đến ngày 01/3/2026 chưa kết nạp đảng viên nào."
    assert said(period, "II.2") == ["Trong kỳ không ban hành thêm văn bản để cụ thể hóa Nghị quyết."]


def test_sentences_follow_the_records(period, cell_a):
    make_member(cell_a, gender="female")
    admit(cell_a, date(2025, 9, 3))
    line = said(period, "III.2.4")[-2]
    assert line.startswith("Từ ngày 01/7/2025 đến ngày 01/3/2026 đã kết nạp 01 đảng viên, bằng 50% tổng số đảng viên")
    assert "có 02 đảng viên, tăng 01 so với ngày 01/7/2025" in said(period, "III.2.1.a")[0]


def test_annexes_are_named_when_they_are_asked_for(period, commune):
    nothing = {"unit": commune, "registers": ["discipline"], "started_on": START, "ended_on": date(2026, 3, 2)}
    state_nil(stated_by="Văn phòng", **nothing)
    assert said(period, "III.3")[-1].endswith("(chi tiết tại Biểu 9).")
    period.forms = "1B"
    assert said(period, "III.3")[-1].endswith("kỷ luật.")
    assert said(period, "III.1.1.a")[0].endswith("(chi tiết tại Biểu 1B).")


JUDGEMENTS = [section.code for section in OUTLINE.sections if section.ask]


def test_every_judgement_is_carried_over_until_it_is_written_anew(before, commune):
    for section in JUDGEMENTS:
        narrative.write_text(period=before, section=section, text=f"Nhận định {section}.\nCâu hai.")
    close(before)
    period = open_period(commune, date(2026, 3, 1))
    parts = {part.section.code: part for part in content.report(period.moment(SYSTEM), OUTLINE).parts}
    for section in JUDGEMENTS:
        assert (parts[section].carried, parts[section].source) == (True, before)
        assert [line[0].text for line in parts[section].written] == [f"Nhận định {section}.", "Câu hai."]
    narrative.write_text(period=period, section="IV.3", text="Nhận định mới.")
    assert said(period, "IV.3") == ["Nhận định mới."]
    assert said(before, "IV.3")[0] == "Nhận định IV.3."


def test_what_is_emptied_is_not_carried_over_any_more(before, commune):
    narrative.write_text(period=before, section="IV.3", text="Bài học.")
    close(before)
    period = open_period(commune, date(2026, 3, 1))
    narrative.write_text(period=period, section="IV.3", text="")
    assert said(period, "IV.3") == []


def test_numbers_days_and_names_start_afresh(before, commune):
    for blank in FRAME:
        narrative.write_text(period=before, section=blank.code, text="Đã lưu.")
    close(before)
    blanks = content.report(open_period(commune, date(2026, 3, 1)).moment(SYSTEM), OUTLINE).blanks
    written = {
        code: [piece.text for line in part.written for piece in line] == ["Đã lưu."] for code, part in blanks.items()
    }
    assert written == {blank.code: blank.carries for blank in FRAME}
    assert not written["so"]


def test_a_figure_in_a_judgement_is_that_of_the_period(before, commune, cell_a):
    narrative.write_text(period=before, section="IV.1.1", text="Đảng bộ có {{ members.total }} đảng viên.")
    make_member(cell_a, day=date(2026, 1, 5))
    assert said(before, "IV.1.1") == ["Đảng bộ có 0 đảng viên."]
    close(before)
    assert said(open_period(commune, date(2026, 3, 1)), "IV.1.1") == ["Đảng bộ có 01 đảng viên."]


def test_a_text_with_an_unknown_place_holder_is_refused(period):
    with refused("{{ members.totl }}", "có lẽ là {{ members.total }}"):
        narrative.write_text(period=period, section="IV.1.1", text="Có {{ members.totl }}.")


def test_no_text_is_written_outside_the_outline_or_in_a_closed_period(period):
    with refused("không có mục này"):
        narrative.write_text(period=period, section="IV.9", text="Mẫu.")
    with refused("không có mục này"):
        narrative.write_text(period=period, section="III.1", text="Mẫu.")
    close(period)
    with refused("mở lại kỳ"):
        narrative.write_text(period=period, section="IV.3", text="Mẫu.")


def test_a_text_is_changed_and_not_written_twice(period):
    first = narrative.write_text(period=period, section="IV.3", text="Một.")
    assert narrative.write_text(period=period, section="IV.3", text="Hai.").pk == first.pk
