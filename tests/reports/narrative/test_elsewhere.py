"""Figures of other days and units in the report: in texts, lists and templates, and as they were when it closed."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.db.actions import correct
from reports.narrative import content, document
from reports.narrative.actions import use_template, write_text
from reports.narrative.outline.parts import Sentence
from reports.placeholders.report import ReportValues
from reports.placeholders.syntax import names_in
from reports.reporting_periods import actions as reporting_periods
from tests.factories import make_member, make_root, make_unit, moment_of
from tests.proofs import refused

from .conftest import open_period
from .docx_reader import document as made
from .docx_reader import lines

TEXT = 'Ngày 01/9/2025 có {{ members.female | ngay:"01/9/2025" }}, nay chi bộ a có {{ members.total | don_vi:"a" }}.'


@pytest.fixture
def told(period, clerk, cell_a):
    """A period with a text about another day and another unit, and the woman of whom it tells."""
    lan = make_member(cell_a, "Lan", gender="female", day=date(2025, 8, 1))
    make_member(cell_a, gender="male", day=date(2025, 10, 1))
    write_text(period=period, section="IV.3", text=TEXT, user=clerk)
    return lan


def test_figures_lead_to_their_list_of_that_day_and_unit(client, clerk, period, told):
    client.force_login(clerk)
    report = client.get(reverse("period-report", args=[period.pk])).content.decode()
    women, total = (reverse("figure", args=[code]) for code in ("members.female", "members.total"))
    assert f'<a href="{women}?don_vi=xa&amp;ngay=01/09/2025&amp;tu=01/07/2025&amp;nam=2025">01</a>' in report
    address = f"{total}?don_vi=a&ngay=01/03/2026&tu=01/07/2025"
    assert f'<a href="{address.replace("&", "&amp;")}">02</a>.' in report
    listed = client.get(f"{women}?don_vi=xa&ngay=01/09/2025&tu=01/07/2025&nam=2025").content.decode()
    assert "Lan" in listed


def test_the_file_says_the_same(period, told):
    [(_, file)] = document.build(period)
    assert "Ngày 01/9/2025 có 01, nay chi bộ a có 02." in lines(file)


def test_what_was_told_when_the_period_closed_is_told_from_then_on(client, clerk, period, told):
    reporting_periods.close_period(period=period, today=timezone.localdate())
    correct(row=told, gender="male")
    client.force_login(clerk)
    report = client.get(reverse("period-report", args=[period.pk])).content.decode()
    assert "Ngày 01/9/2025 có <a" in report
    assert 'nam=2025">01</a>, nay chi bộ a' in report


def test_a_template_of_the_office_asks_for_another_day_and_unit(period, clerk, told):
    typed = (
        "{{ members.total | ngay:“01/9/2025” }} rồi {{ members.total }}",
        '{{members.total|don_vi:"a"|ngay:"31/7/2025"}}',
    )
    use_template(period=period, user=clerk, now=timezone.now(), name="m.docx", content=made(*typed))
    [(_, file)] = document.build(period)
    assert lines(file) == ["01 rồi 02", "0"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ('{{ members.total | don_vi:"ngoai" }}', "Không có đơn vị “ngoai”"),
        ('{{ members.total | ngay:"32/1/2026" }}', 'Không đọc được ngay:"32/1/2026"'),
        ('{{ members.totl | ngay:"01/9/2025" }}', "có lẽ là {{ members.total }}"),
        ('{{ members.total | thang:"9" }}', "sau dấu | chỉ ghi"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_texts_and_templates(period, clerk, typed, sentence):
    make_unit("ngoai", make_root("khac"))
    with refused(sentence):
        write_text(period=period, section="IV.3", text=typed, user=clerk)
    with refused(sentence):
        use_template(period=period, user=clerk, now=timezone.now(), name="m.docx", content=made(typed))


def test_a_list_may_ask_for_another_day(commune, cell_a):
    make_member(cell_a, day=date(2025, 9, 1))
    moment = moment_of(commune, date(2026, 3, 1), since=date(2025, 7, 1), year=2025)
    sentence = 'Đảng viên[ gồm |{{ members.total | ngay:"01/8/2025" }} cũ|{{ members.total | ngay:"01/9/2025" }} mới].'
    values = ReportValues.at(moment)
    values.look_up(names_in(sentence))
    pieces = content.paragraph([Sentence(sentence)], values)
    assert "".join(piece.text for piece in pieces) == "Đảng viên gồm 01 mới."


def test_the_report_of_a_day_before_the_unit_was_there_says_that_it_is_not_known(commune, cell_a):
    period = open_period(commune, date(2026, 3, 1))
    make_unit("moi", commune, day=date(2026, 2, 1))
    write_text(period=period, section="IV.3", text='Có {{ members.total | don_vi:"moi" | ngay:"01/9/2025" }}.')
    [(_, file)] = document.build(period)
    assert "Có –." in lines(file)
