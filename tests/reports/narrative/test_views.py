"""The pages and files of the report: who sees and writes it, where figures lead, what is sent when it is frozen."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.models import Access, AccessKind, Entry
from binhlu_portal.db.actions import correct
from organizations.choices import RoleKind
from organizations.models import Threshold
from reports.narrative import actions as narrative
from reports.narrative import document, pdf
from reports.narrative.models import ReportOutline, ReportTemplate, ReportText
from reports.narrative.outline.queries import built_in
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods.closing.models import Closing, FrozenFile
from tests.factories import START, make_member, make_root, make_unit, make_user

from .conftest import close, open_period
from .docx_reader import document as made
from .docx_reader import lines


def get(client, name, *args, **asked):
    return client.get(reverse(name, args=args), asked)


def page(client, name, *args):
    response = get(client, name, *args)
    assert response.status_code == 200
    return response.content.decode()


def send(client, name, *args, **typed):
    """Send a form as the browser does: with what its page holds."""
    form = get(client, name, *args).context["form"]
    given = {"token": form["token"].value(), "seen": form["seen"].value() or ""}
    return client.post(reverse(name, args=args), given | typed)


def test_every_figure_leads_to_its_list(client, clerk, period, cell_a):
    make_member(cell_a)
    reporting_periods.set_signature(period=period, explains=True)
    client.force_login(clerk)
    report = page(client, "period-report", period.pk)
    asked = "don_vi=xa&amp;ngay=01/03/2026&amp;tu=01/07/2025"
    assert f'<a href="{reverse("figure", args=["members.total"])}?{asked}">01</a> đảng viên' in report
    assert f"{reverse('figure', args=['units.total'])}?{asked}" in report
    assert 'href="#chu-thich-1"' in report
    assert 'id="chu-thich-1"' in report
    assert '<span class="visually-hidden">chú thích </span>(1)</a></sup>' in report
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in report


def test_a_judgement_is_written_in_its_place(client, clerk, period):
    client.force_login(clerk)
    assert "Chưa viết mục này." in page(client, "period-report", period.pk)
    response = send(client, "period-report-text", period.pk, "IV.3", text="Bài học một.\nBài học hai.")
    assert response.url == f"{reverse('period-report', args=[period.pk])}#muc-IV.3"
    report = page(client, "period-report", period.pk)
    assert "<p>Bài học một.</p>" in report
    assert "<p>Bài học hai.</p>" in report
    assert Entry.objects.get(table="reports_reporttext").user == clerk


def test_what_is_typed_stays_text(client, clerk, period):
    client.force_login(clerk)
    send(client, "period-report-text", period.pk, "IV.3", text="<script>alert(1)</script> & {% now 'Y' %}")
    report = page(client, "period-report", period.pk)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {% now &#x27;Y&#x27; %}" in report
    [(_, content)] = document.build(period)
    assert "<script>alert(1)</script> & {% now 'Y' %}" in lines(content)


def test_the_page_tells_from_where_a_text_was_carried_over(client, clerk, before, commune):
    narrative.write_text(period=before, section="IV.3", text="Bài học cũ.")
    close(before)
    period = open_period(commune, date(2026, 3, 1))
    client.force_login(clerk)
    told = "Nhận định chuyển từ kỳ đến ngày 31/12/2025: xem lại trước khi gửi."
    assert told in page(client, "period-report", period.pk)
    form = page(client, "period-report-text", period.pk, "IV.3")
    assert "Bài học cũ.</textarea>" in form
    assert "chuyển từ kỳ đến ngày 31/12/2025" in form
    send(client, "period-report-text", period.pk, "IV.3", text="Bài học mới.")
    assert "chuyển từ kỳ" not in page(client, "period-report", period.pk)
    assert ReportText.objects.filter(section="IV.3").count() == 2


def test_a_blank_starts_with_what_it_says_until_it_is_written(client, clerk, period):
    client.force_login(clerk)
    assert "Lưu Văn phòng" in page(client, "period-report-text", period.pk, "noi_nhan")
    send(client, "period-report-text", period.pk, "so", text="Số 12-BC/ĐU")
    assert "Số 12-BC/ĐU" in page(client, "period-report", period.pk)


def test_a_wrong_place_holder_is_told_at_the_field(client, clerk, period):
    client.force_login(clerk)
    response = send(client, "period-report-text", period.pk, "IV.3", text="Có {{ members.totl }}.")
    assert response.context["form"].errors["text"] == [
        "Không có chỗ điền {{ members.totl }}: có lẽ là {{ members.total }}."
    ]


def test_two_who_write_the_same_section_do_not_overwrite_each_other(client, clerk, period):
    client.force_login(clerk)
    form = get(client, "period-report-text", period.pk, "IV.3").context["form"]
    narrative.write_text(period=period, section="IV.3", text="Của người khác.")
    typed = {"token": form["token"].value(), "seen": form["seen"].value() or "", "text": "Của tôi."}
    response = client.post(reverse("period-report-text", args=[period.pk, "IV.3"]), typed)
    assert response.context["form"].conflict == (("IV.3. Bài học kinh nghiệm", "", "Của người khác.", "Của tôi."),)
    seen = response.context["form"]["seen"].value()
    client.post(reverse("period-report-text", args=[period.pk, "IV.3"]), typed | {"seen": seen})
    assert ReportText.objects.get().text == "Của tôi."


def test_a_leader_reads_and_does_not_write(client, leader, period):
    client.force_login(leader)
    report = page(client, "period-report", period.pk)
    assert "Viết" not in report
    assert reverse("report-template", args=[period.pk]) not in report
    assert get(client, "period-report-text", period.pk, "IV.3").status_code == 404
    typed = {"token": uuid4(), "text": "Bài học."}
    assert client.post(reverse("period-report-text", args=[period.pk, "IV.3"]), typed).status_code == 404
    assert not ReportText.objects.exists()
    assert get(client, "report-template", period.pk).status_code == 404
    assert get(client, "report-template-file", period.pk).status_code == 404
    assert reverse("period-report", args=[period.pk]) in page(client, "period", period.pk)
    assert get(client, "period-report-file", period.pk, "docx").status_code == 200


@pytest.mark.parametrize("person", ["secretary_a", "administrator", "stranger", "foreign"])
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("period-report", []),
        ("period-report-file", ["docx"]),
        ("period-report-text", ["IV.3"]),
        ("report-outline", []),
        ("report-outline-edit", []),
        ("report-outline-new", []),
        ("report-outline-choose", []),
        ("report-outline-own", []),
        ("report-outline-file", []),
        ("report-template", []),
        ("report-template-own", []),
        ("report-template-file", []),
    ],
)
def test_the_report_of_a_whole_committee_is_unknown_to_others(client, request, period, person, name, arguments):
    foreign = make_user("foreign", (RoleKind.SECRETARIAT, make_root("khac")))
    client.force_login(foreign if person == "foreign" else request.getfixturevalue(person))
    assert get(client, name, period.pk, *arguments).status_code == 404
    typed = {
        "token": uuid4(),
        "text": "Bài học.",
        "file": SimpleUploadedFile("mau.docx", document.own_template(built_in("nq21"))),
    }
    assert client.post(reverse(name, args=[period.pk, *arguments]), typed).status_code in (404, 405)
    assert not ReportText.objects.exists()
    assert not ReportTemplate.objects.exists()
    assert not ReportOutline.objects.exists()


def test_a_secretary_is_not_led_to_the_report(client, secretary_a, period):
    client.force_login(secretary_a)
    assert reverse("period-report", args=[period.pk]) not in page(client, "period", period.pk)


def test_the_section_must_be_one_that_is_written(client, clerk, period):
    client.force_login(clerk)
    address = reverse("period-report-text", args=[period.pk, "III.1"])
    assert client.get(address).status_code == 404
    assert client.post(address, {"token": uuid4(), "text": "Mẫu."}).status_code == 404
    assert not ReportText.objects.exists()


def test_the_report_comes_in_no_other_form_of_file(client, clerk, period):
    client.force_login(clerk)
    assert get(client, "period-report-file", period.pk, "odt").status_code == 404
    assert not Access.objects.exists()


@pytest.mark.parametrize("units", [1, 30])
def test_pages_ask_few_questions(client, clerk, commune, period, units):
    for index in range(units):
        make_member(make_unit(f"u{index}", commune))
    for section in ("IV.1.1", "IV.3", "V.3")[: 1 + units]:
        narrative.write_text(period=period, section=section, text="Có {{ members.total }} đảng viên.")
    client.force_login(clerk)
    page(client, "period-report", period.pk)  # the first asks what the database can do
    expected = {
        ("report-outline",): 6,
        ("report-outline-edit",): 5,
        ("period-report",): 11,
        ("report-template",): 9,
        ("period-report-text", "IV.3"): 6,
    }
    found = {}
    for name, *arguments in expected:
        with CaptureQueriesContext(connection) as asked:
            page(client, name, period.pk, *arguments)
        found[name, *arguments] = len(asked)
    assert found == expected
    reporting_periods.close_period(period=period, today=timezone.localdate())
    with CaptureQueriesContext(connection) as asked:
        page(client, "period-report", period.pk)
    assert len(asked) == 9


def test_the_word_document_is_sent_and_noted(client, clerk, period):
    client.force_login(clerk)
    response = get(client, "period-report-file", period.pk, "docx")
    assert response["Content-Disposition"] == 'attachment; filename="bao-cao-xa-2026-03-01.docx"'
    assert response["Content-Type"] == document.MIME
    assert response.content == document.build(period)[0][1]
    noted = Access.objects.get(kind=AccessKind.EXPORTED)
    assert (noted.user, noted.what) == (clerk, "Báo cáo (docx): Kỳ báo cáo đến ngày 01/03/2026")


def test_of_a_closed_period_what_was_frozen_is_sent(client, clerk, period):
    frozen = made("Bản đã khóa")
    close(period)
    for number, content in ((1, b""), (2, frozen)):
        closing = Closing.objects.create(period=period, number=number, closed_on=timezone.localdate(), contents=b"")
        FrozenFile.objects.create(closing=closing, code=document.CODE, name="bao-cao.docx", content=content)
    client.force_login(clerk)
    assert get(client, "period-report-file", period.pk, "docx").content == frozen
    report = page(client, "period-report", period.pk)
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert f"Kỳ này đã khóa từ ngày {today} và khi đó chưa giữ số liệu: trang này tính theo hồ sơ" in report
    assert reverse("figure", args=["units.total"]) in report
    assert "Viết" not in report


@pytest.fixture(params=[document.CODE])
def put_right(request, client, clerk, period, cell_a):
    """A period closed with what was asked for (the report); after that the card of a man was put right: a woman."""
    period.forms = request.param
    period.save()
    Threshold.objects.create(code="targets.admissions", low=3, high=4, source="Mẫu", started_on=START)
    lan = make_member(cell_a, "Lan", gender="male")
    narrative.write_text(period=period, section="IV.3", text="Có {{ members.female }} đảng viên nữ.")
    reporting_periods.close_period(period=period, today=timezone.localdate())
    correct(row=lan, gender="female")
    client.force_login(clerk)
    return period


def test_the_page_of_a_closed_period_says_what_was_frozen(client, put_right):
    report = page(client, "period-report", put_right.pk)
    address = reverse("frozen-figure", args=[put_right.pk, "members.female"])
    assert f'Có <a href="{address}?don_vi=xa&amp;lan=1">0</a> đảng viên nữ.' in report
    everything = reverse("frozen", args=[put_right.pk])
    assert f'<a href="{everything}?don_vi=xa&amp;lan=1">3–4%</a>' in report
    live = re.findall(rf'href="{reverse("figure", args=["members.total"])}[^"]*', report)
    assert [address for address in live if "ngay=01/03/2026" in address or "ngay=" not in address] == []
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert f"Kỳ này đã khóa từ ngày {today}: số liệu ở đây và trong tệp là số lúc khóa." in report


def test_every_figure_of_a_closed_report_leads_somewhere(client, put_right):
    parts = get(client, "period-report", put_right.pk).context["parts"]
    addresses = {found.address for _, written in parts for line in written for found in line if found.address}
    assert len(addresses) > 5
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_page_of_a_closed_period_is_the_file(client, put_right):
    parts = get(client, "period-report", put_right.pk).context["parts"]
    told = ["".join(found.piece.text for found in line) for _, written in parts for line in written]
    content = get(client, "period-report-file", put_right.pk, "docx").content
    printed = [line.replace("()", "") for line in lines(content)]  # Word numbers the calls of footnotes itself
    assert len(told) > 10
    assert [line for line in printed if line in told] == told


@pytest.mark.parametrize("put_right", ["9"], indirect=True)
def test_a_file_that_was_not_asked_for_is_made_of_what_was_frozen(client, put_right):
    assert [file.code for file in FrozenFile.objects.all()] == ["9"]
    assert "Có 0 đảng viên nữ." in lines(get(client, "period-report-file", put_right.pk, "docx").content)


def test_a_period_opened_again_says_what_is_so_now(client, put_right):
    reporting_periods.reopen(user=None, period=put_right, reason="sửa thẻ")
    report = page(client, "period-report", put_right.pk)
    assert f"{reverse('figure', args=['members.female'])}?" in report
    assert ">01</a> đảng viên nữ." in report
    reporting_periods.close_period(period=put_right, today=timezone.localdate())
    assert 'lan=2">01</a> đảng viên nữ.' in page(client, "period-report", put_right.pk)


def test_closing_freezes_the_report_that_was_asked_for(client, clerk, period, cell_a):
    period.forms = document.CODE
    period.save()
    make_member(cell_a)
    [(_, content)] = document.build(period)
    reporting_periods.close_period(period=period, today=timezone.localdate())
    ReportTemplate.objects.create(
        unit=period.unit, user=clerk, at=timezone.now(), name="mau.docx", content=made("Khác")
    )
    client.force_login(clerk)
    assert get(client, "period-report-file", period.pk, "docx").content == content
    assert FrozenFile.objects.get().name == "bao-cao-xa-2026-03-01.docx"


def test_a_closed_period_takes_no_text(client, clerk, period):
    close(period)
    client.force_login(clerk)
    response = send(client, "period-report-text", period.pk, "IV.3", text="Muộn.")
    assert "mở lại kỳ" in str(response.context["form"].errors)
    assert not ReportText.objects.exists()


def test_taking_back_changes_no_text_of_a_closed_period(client, clerk, period):
    client.force_login(clerk)
    send(client, "period-report-text", period.pk, "IV.3", text="Bài học.")
    close(period)
    address = reverse("act-revert", args=[Entry.objects.get(table="reports_reporttext").act])
    token = client.get(address).context["form"]["token"].value()
    answer = client.post(address, {"token": token, "xac_nhan": "1"})
    assert "mở lại kỳ đó (có lý do) rồi viết" in str(answer.context["form"].errors)
    assert ReportText.objects.get().text == "Bài học."


def test_the_office_brings_its_template_and_goes_back(client, clerk, period):
    client.force_login(clerk)
    told = page(client, "report-template", period.pk)
    assert "Đang dùng mẫu của hệ thống" in told
    assert "{{ members.female.ty_le }}" in told
    assert "{{ muc.III.2.4 }}" in told
    file = SimpleUploadedFile("mau văn phòng.docx", made("Có {{ members.total }} đảng viên."))
    assert send(client, "report-template", period.pk, file=file).status_code == 302
    assert "Đang dùng mẫu “mau văn phòng.docx”, Người dùng clerk đặt ngày" in page(client, "report-template", period.pk)
    assert lines(get(client, "period-report-file", period.pk, "docx").content) == ["Có 0 đảng viên."]
    assert lines(get(client, "report-template-file", period.pk).content) == ["Có {{ members.total }} đảng viên."]
    send(client, "report-template-own", period.pk)
    assert "Đang dùng mẫu của hệ thống" in page(client, "report-template", period.pk)


def test_a_wrong_template_is_told_in_the_form(client, clerk, period):
    client.force_login(clerk)
    file = SimpleUploadedFile("mau.docx", made("{{ members.totl }} {{ cap_u }}"))
    response = send(client, "report-template", period.pk, file=file)
    assert response.context["form"].non_field_errors() == [
        "Không có chỗ điền {{ members.totl }}: có lẽ là {{ members.total }}.",
        "Không có chỗ điền {{ cap_u }}: có lẽ là {{ cap_uy }}.",
    ]
    assert "Chưa chọn tệp nào" in str(send(client, "report-template", period.pk).context["form"].errors)
    assert not ReportTemplate.objects.exists()


def test_without_libreoffice_no_pdf_is_offered(client, clerk, period, monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    client.force_login(clerk)
    assert "PDF" not in page(client, "period-report", period.pk)
    assert get(client, "period-report-file", period.pk, "pdf").status_code == 404


def test_what_cannot_be_made_is_told_on_the_page(client, clerk, period, monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: "/bin/false")
    client.force_login(clerk)
    response = client.get(reverse("period-report-file", args=[period.pk, "pdf"]), follow=True)
    assert "Chưa lập được tệp PDF" in response.content.decode()
    assert not Access.objects.filter(kind=AccessKind.EXPORTED).exists()
