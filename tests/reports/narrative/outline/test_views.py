"""An outline of another resolution is data: pasted on screen, followed, written, printed, closed; no code knows it."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from organizations.models import Threshold
from organizations.scope import SYSTEM
from reports.narrative import actions as narrative
from reports.narrative import document
from reports.narrative.models import ReportOutline, ReportText
from reports.narrative.outline import actions as outlines
from reports.narrative.outline import builtin
from reports.narrative.outline.queries import outline_of
from reports.reporting_periods import actions as reporting_periods
from tests.factories import START, make_member
from tests.proofs import refused
from tests.reports.narrative.conftest import close
from tests.reports.narrative.docx_reader import document as made
from tests.reports.narrative.docx_reader import lines, opened

from .factories import INVENTED

NQ21 = builtin.text_of("nq21")


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def send(client, name, *args, **typed):
    """Send a form as the browser does: with what its page holds."""
    address = reverse(name, args=args)
    form = client.get(address).context["form"]
    return client.post(address, {"token": form["token"].value(), "seen": form["seen"].value() or ""} | typed)


@pytest.fixture
def office(client, clerk):
    """The browser of the office."""
    client.force_login(clerk)
    return client


def keep(period, clerk, text):
    return outlines.use_outline(period=period, user=clerk, now=timezone.now(), text=text)


def start(period, clerk, text=INVENTED):
    outlines.start_outline(period=period, user=clerk, now=timezone.now(), text=text)
    period.refresh_from_db()


def printed(period):
    [(_, content)] = document.build(period)
    return lines(content)


def test_an_outline_of_another_resolution_is_pasted_written_and_printed(office, clerk, period, cell_a):
    make_member(cell_a)
    narrative.write_text(period=period, section="I.1", text="Nói theo Nghị quyết 21.")
    seen = send(office, "report-outline-new", period.pk, text=INVENTED).content.decode()
    assert "Đề cương “Kết luận mẫu” được hiểu như sau" in seen
    assert "- Ở cơ quan" in seen
    assert not ReportOutline.objects.exists()
    assert send(office, "report-outline-new", period.pk, text=INVENTED, xac_nhan="1").status_code == 302
    period.refresh_from_db()
    assert send(office, "period-report-text", period.pk, "I.2.b", text="Đã làm ở cơ quan.").status_code == 302
    report = page(office, "period-report", period.pk)
    assert '<h4 id="muc-I.2.b" class="report-dash">- Ở cơ quan</h4>' in report
    assert "<p>Đã làm ở cơ quan.</p>" in report
    assert "Nói theo Nghị quyết 21." not in report
    body = printed(period)
    start_of_body = body.index("I. TÌNH HÌNH")
    assert body[start_of_body : start_of_body + 10] == [
        "I. TÌNH HÌNH",
        "1. Số liệu",
        "Đảng bộ có 01 đảng viên.",
        "2. Việc đã làm",
        "- Ở bản",
        "…",
        "- Ở cơ quan",
        "Đã làm ở cơ quan.",
        "II. KIẾN NGHỊ",
        "…",
    ]
    assert "Kết quả thực hiện Kết luận mẫu" in body
    [(_, content)] = document.build(period)
    assert [each.style.name for each in opened(content).paragraphs if each.text.startswith("- Ở")] == ["Heading 4"] * 2


def test_the_same_outline_as_a_file_of_the_portal_is_no_code_either(period, monkeypatch, tmp_path):
    (tmp_path / "nq21.txt").write_text(NQ21)
    (tmp_path / "mau.txt").write_text(INVENTED)
    monkeypatch.setattr(builtin, "FOLDER", tmp_path)
    call_command("check")
    outlines.follow_outline(period=period, outline="mau")
    period.refresh_from_db()
    assert "Đảng bộ chưa có đảng viên." in printed(period)


def test_texts_stay_with_the_outline_by_which_they_were_written(office, clerk, period):
    narrative.write_text(period=period, section="I.1", text="Theo Nghị quyết 21.")
    start(period, clerk)
    narrative.write_text(period=period, section="I.1", text="Theo Kết luận mẫu.")
    assert "Theo Nghị quyết 21." not in printed(period)
    send(office, "report-outline-choose", period.pk, outline="nq21")
    period.refresh_from_db()
    assert "Theo Nghị quyết 21." in printed(period)
    assert "Theo Kết luận mẫu." not in printed(period)


def test_the_office_edits_the_outline_downloads_it_and_goes_back(office, clerk, period):
    assert "Đang dùng đề cương của hệ thống" in page(office, "report-outline", period.pk)
    narrative.write_text(period=period, section="III.1.1.b", text="Mô hình mẫu.")
    narrative.write_text(period=period, section="V.3", text="Kiến nghị mẫu.")
    text = NQ21.replace("- Việc xây dựng các mô hình", "- Ý thêm\n- Việc xây dựng các mô hình")
    text = text[: text.index("3. Đề xuất, kiến nghị")]
    seen = send(office, "report-outline-edit", period.pk, text=text).content.decode()
    assert "V.3. Đề xuất, kiến nghị" in seen
    assert "III.1.1.b. Việc" not in seen
    send(office, "report-outline-edit", period.pk, text=text, xac_nhan="1")
    told = page(office, "report-outline", period.pk)
    assert "Đề cương do Người dùng clerk đặt ngày" in told
    file = office.get(reverse("report-outline-file", args=[period.pk]))
    assert "bộ máy {III.1.1.b}\n" in file.content.decode()
    body = printed(period)
    assert body[body.index("- Ý thêm") + 1 :][:3] == ["…", body[body.index("- Ý thêm") + 2], "Mô hình mẫu."]
    assert "Kiến nghị mẫu." not in body
    send(office, "report-outline-own", period.pk)
    assert "Đang dùng đề cương của hệ thống" in page(office, "report-outline", period.pk)
    assert {"Kiến nghị mẫu.", "Mô hình mẫu."} <= {*printed(period)}


def test_what_is_wrong_in_an_outline_is_told_in_the_form(office, period):
    response = send(office, "report-outline-edit", period.pk, text="I. MỘT\nIII. BA")
    assert "Dòng 2 “III. BA”: mục “III.” không đúng thứ tự" in str(response.context["form"].errors)
    assert not ReportOutline.objects.exists()


def test_who_edits_what_another_has_replaced_meanwhile_is_told(office, clerk, period):
    form = office.get(reverse("report-outline-edit", args=[period.pk])).context["form"]
    keep(period, clerk, NQ21.replace("ĐÁNH GIÁ CHUNG", "ĐÁNH GIÁ"))
    typed = {"token": form["token"].value(), "seen": form["seen"].value(), "text": NQ21, "xac_nhan": "1"}
    response = office.post(reverse("report-outline-edit", args=[period.pk]), typed)
    assert "Có người khác vừa sửa" in response.content.decode()
    assert ReportOutline.objects.count() == 1


def test_a_template_in_use_must_fit_the_outline(period, clerk):
    used = {"period": period, "user": clerk, "now": timezone.now()}
    narrative.use_template(**used, name="mau.docx", content=made("{{ muc.V.3 }}"))
    with refused("Mẫu báo cáo đang dùng không hợp", "{{ muc.V.3 }}"):
        keep(period, clerk, NQ21[: NQ21.index("3. Đề xuất, kiến nghị")])
    start(period, clerk)
    assert "II. KIẾN NGHỊ" in printed(period)


def test_a_whole_section_stands_where_a_template_names_it(period, clerk):
    narrative.write_text(period=period, section="III.1.1.b", text="Mô hình mẫu.")
    narrative.write_text(period=period, section="III.1.1", text="Chung.")
    names = made("{{ muc.III.1.1 }}", "{{ rieng.III.1.1 }}", "{{ rieng.III.1.2 }}", "{{ muc.III.1 }}")
    narrative.use_template(period=period, user=clerk, now=timezone.now(), name="mau.docx", content=names)
    body = printed(period)
    assert body[0] == "Chung."
    assert body.count("Mô hình mẫu.") == 2
    assert body.count("Chung.") == 3
    assert body.count("- Việc xây dựng các mô hình TCCSĐ đặc thù về chức năng, nhiệm vụ, tổ chức bộ máy") == 2
    assert "" not in body


def test_a_closed_report_keeps_the_outline_that_it_followed(office, clerk, period, monkeypatch):
    period.forms = ""
    period.save()
    Threshold.objects.create(code="targets.admissions", low=3, high=4, source="Mẫu", started_on=START)
    start(period, clerk)
    reporting_periods.close_period(period=period, today=timezone.localdate())
    ReportOutline.objects.create(
        unit=period.unit,
        code=period.outline,
        name="Khác",
        user=clerk,
        at=timezone.now(),
        text=INVENTED.replace("KIẾN NGHỊ", "ĐỀ XUẤT"),
    )
    assert "II. ĐỀ XUẤT" in [section.title for section in outline_of(period).sections]
    assert "II. KIẾN NGHỊ" in page(office, "period-report", period.pk)
    file = office.get(reverse("period-report-file", args=[period.pk, "docx"]))
    assert "II. KIẾN NGHỊ" in lines(file.content)
    assert "Kỳ này đã khóa" in page(office, "report-outline", period.pk)


@pytest.mark.parametrize("act", ["use_outline", "start_outline", "use_builtin_outline", "follow_outline"])
def test_a_closed_report_changes_its_outline_no_more(period, clerk, act):
    close(period)
    set_by = {"user": clerk, "now": timezone.now()}
    given = {"follow_outline": {"outline": "nq21"}, "use_builtin_outline": set_by}
    with refused("đã khóa", "mở lại kỳ"):
        getattr(outlines, act)(period=period, **given.get(act, set_by | {"text": INVENTED}))


def test_a_report_follows_only_outlines_that_there_are(period, clerk):
    with refused("không có đề cương này"):
        outlines.follow_outline(period=period, outline="khac")
    start(period, clerk)
    with refused("Hệ thống không có sẵn"):
        outlines.use_builtin_outline(period=period, user=clerk, now=timezone.now())
    assert period.moment(SYSTEM).unit == period.unit
    assert not ReportText.objects.exists()
