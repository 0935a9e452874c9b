"""A reporting period from its opening to its reopening: the clerk asks, a secretary confirms, a leader reads."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from assessments.choices import MeetingKind
from assessments.meetings.actions import hold_meeting
from assessments.models import Meeting
from members.models import Member
from reports.figures.registry import FIGURES
from reports.reporting_periods import actions as reporting_periods
from reports.reporting_periods.closing.locks import LOCKED
from tests.factories import make_member
from tests.reports.narrative.docx_reader import lines

PROBLEM = "Đảng viên vào Đảng khi chưa đủ 18 tuổi"
JUDGEMENT = "Đảng bộ có 02 đảng viên, đã rà soát từng hồ sơ."
REASON = "Xem lại ngày sinh của Đèo Thị Mẫu"


@pytest.fixture
def records(commune, cell_a, cell_b):
    """A period closed before, two cells with a member each, one with a wrong day of birth, and a meeting."""
    today = timezone.localdate()
    days = {"as_of": date(2025, 12, 31), "since": date(2025, 7, 1), "year": 2025, "due_on": today}
    before = reporting_periods.open_period(unit=commune, today=today, forms=(), **days)
    make_member(cell_a, "Đèo Thị Mẫu", gender="female", born_on="2000-05-17")
    make_member(cell_b, "Vàng A Khác")
    reporting_periods.close_period(period=before, today=today)
    hold_meeting(unit=cell_a, day=date(2026, 2, 3), kind=MeetingKind.REGULAR, expected=1, present=1, topic="Tháng 2")


@pytest.fixture
def clerk_at_desk(sign_in, open_browser, clerk, records):
    """The clerk, signed in."""
    return sign_in(open_browser(), clerk)


@pytest.fixture
def secretary(sign_in, telephone, secretary_a, records):
    """The secretary of cell A, signed in on a telephone."""
    return sign_in(telephone, secretary_a)


@pytest.fixture
def leader_at_desk(sign_in, open_browser, leader, records):
    """A leader, signed in."""
    return sign_in(open_browser(), leader)


def follow(page, *names):
    """Follow links one after the other, of a page or a part of it."""
    for name in names:
        page.get_by_role("link", name=name).first.click()


def press(page, name, told):
    """Press a button, and read what is told."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(told)).to_be_visible()


def board(page):
    """Come to the period by way of the front door."""
    page.goto("/")
    follow(page, "Kỳ báo cáo", "Số liệu đến 01/03/2026")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kỳ báo cáo đến ngày 01/03/2026")


def row(page, name):
    return page.get_by_role("row", name=name).first


def saved(page, link):
    """Return the content of the file to which a link leads."""
    with page.expect_download() as download:
        follow(page, link)
    return download.value.path().read_bytes()


def cells(workbook):
    rows = load_workbook(BytesIO(workbook)).active.iter_rows(values_only=True)
    return {value for row in rows for value in row}


def opens_a_period(clerk):
    follow(clerk, "Kỳ báo cáo", "Mở kỳ báo cáo")
    clerk.get_by_label("Cấp ủy mở kỳ").select_option(label="Đảng bộ xa")
    clerk.get_by_label("Đến ngày").fill("01/03/2026")
    clerk.get_by_label("Từ ngày").fill("01/07/2025")
    clerk.get_by_label("Năm xếp loại").fill("2025")
    clerk.get_by_label("Hạn xác nhận").fill(f"{timezone.localdate():%d/%m/%Y}")
    for code in ("1B", "5B", "6"):
        clerk.get_by_label(f"Biểu {code}", exact=True).uncheck()
    press(clerk, "Lưu", "Đã mở kỳ báo cáo")
    expect(clerk.get_by_text("Biểu 9, Báo cáo")).to_be_visible()


def looks_and_confirms(secretary):
    secretary.goto("/")
    follow(secretary, "Xem và xác nhận")
    expect(row(secretary, "Tổng số đảng viên").get_by_role("link")).to_have_text("1")
    expect(secretary.get_by_text("Sinh hoạt chi bộ: tạo 1")).to_be_visible()
    expect(secretary.get_by_role("link", name=PROBLEM)).to_be_visible()
    press(secretary, "Xác nhận số liệu đúng", "Đã xác nhận số liệu.")


def returns_it(clerk):
    board(clerk)
    expect(row(clerk, "Chi bộ a")).to_contain_text("Đã xác nhận")
    follow(clerk, "Chi bộ a", "Trả lại để sửa")
    clerk.get_by_label("Lý do trả lại").fill(REASON)
    press(clerk, "Trả lại số liệu", "Đã trả lại")


def mends_and_confirms_again(secretary):
    secretary.goto("/")
    follow(secretary, "Xác nhận lại")
    expect(secretary.get_by_text(f"{REASON}. Sửa rồi xác nhận lại.")).to_be_visible()
    follow(secretary, PROBLEM, "Đèo Thị Mẫu", "Sửa thông tin cá nhân")
    secretary.get_by_role("textbox", name="Ngày sinh").fill("17/05/1980")
    press(secretary, "Lưu", "Đã lưu")
    secretary.goto("/")
    follow(secretary, "Xác nhận lại")
    expect(secretary.get_by_text(f"{REASON}. Sửa rồi xác nhận lại.")).to_be_visible()
    expect(secretary.get_by_role("link", name=PROBLEM)).to_have_count(0)
    press(secretary, "Xác nhận số liệu đúng", "Đã xác nhận số liệu.")


def accepts_all(clerk):
    board(clerk)
    follow(clerk, "Nhận mọi đơn vị đã xác nhận")
    press(clerk, "Nhận mọi đơn vị đã xác nhận", "Đã nhận số liệu của mọi đơn vị đã xác nhận.")
    expect(row(clerk, "Chi bộ a")).to_contain_text("Đã nhận")
    expect(row(clerk, "Chi bộ b")).to_contain_text("Chưa xác nhận")


def writes_a_judgement(clerk):
    follow(clerk.get_by_role("main"), "Báo cáo", "Viết nhận định mục IV.1.1")
    clerk.get_by_label("Ưu điểm").fill("Đảng bộ có {{ members.total }} đảng viên, đã rà soát từng hồ sơ.")
    press(clerk, "Lưu", "Đã lưu nội dung của báo cáo.")
    expect(clerk.get_by_text(JUDGEMENT)).to_be_visible()


def closes(clerk):
    board(clerk)
    follow(clerk, "Khóa kỳ")
    expect(clerk.get_by_text("Đã có 1 trên 2 đơn vị xác nhận, văn phòng đã nhận 1.")).to_be_visible()
    press(clerk, "Khóa kỳ báo cáo", "Có lỗi cần sửa")
    clerk.get_by_label("Đã xem những chỗ chưa ghi").check()
    clerk.get_by_label("Ý kiến về những chỗ đó").fill("Bổ sung trong kỳ sau.")
    press(clerk, "Khóa kỳ báo cáo", "Đã khóa kỳ báo cáo")


def takes_the_files_along(clerk):
    """Return the report and an annex as they were frozen."""
    board(clerk)
    annex = saved(clerk, "Biểu 9 của lần khóa 1")
    follow(clerk.get_by_role("main"), "Báo cáo")
    return saved(clerk, "Báo cáo (Word)"), annex


def is_refused_a_change_of_those_days(clerk):
    meeting = Meeting.objects.get()
    clerk.goto(f"/so/sinh-hoat/{meeting.pk}/")
    follow(clerk, "Sửa")
    clerk.get_by_label("Khách dự").fill("1")
    press(clerk, "Lưu", LOCKED)
    meeting.refresh_from_db()
    assert meeting.guests is None


def reads_who_was_counted(leader):
    board(leader)
    follow(leader, "Số liệu đã khóa")
    row(leader, "Tổng số đảng viên").get_by_role("link").click()
    expect(leader.get_by_role("heading", level=1)).to_have_text("Tổng số đảng viên")
    expect(leader.get_by_role("cell", name="Vàng A Khác")).to_be_visible()
    expect(leader.get_by_role("cell", name="Đèo Thị Mẫu")).to_be_visible()


def corrects_a_card(clerk):
    clerk.goto("/dang-vien/")
    follow(clerk, "Đèo Thị Mẫu", "Sửa thông tin cá nhân")
    clerk.get_by_label("Họ và tên").fill("Đèo Thị Khác")
    clerk.get_by_label("Dân tộc").select_option(label="Thái")
    press(clerk, "Lưu", "Đã lưu")


def sees_then_and_now(clerk):
    board(clerk)
    follow(clerk, "Chênh lệch với số hiện nay")
    label = FIGURES["members.ethnic_minority"].label
    expect(row(clerk, label).get_by_role("link")).to_have_text(["0", "1"])


def sees_the_same_people(leader):
    leader.reload()
    expect(leader.get_by_role("cell", name="Đèo Thị Mẫu")).to_be_visible()
    follow(leader, "Danh sách hiện nay")
    expect(leader.get_by_role("cell", name="Đèo Thị Khác")).to_be_visible()


def opens_again(clerk):
    board(clerk)
    follow(clerk, "Mở lại kỳ")
    clerk.get_by_label("Lý do mở lại").fill("Ghi sót một đảng viên")
    press(clerk, "Mở lại kỳ báo cáo", "Đã mở lại kỳ báo cáo")
    expect(clerk.get_by_text("Kỳ này được mở lại: Ghi sót một đảng viên. Sửa xong thì khóa lại.")).to_be_visible()


def test_a_period_is_asked_confirmed_frozen_and_opened_again(clerk_at_desk, secretary, leader_at_desk):
    opens_a_period(clerk_at_desk)
    looks_and_confirms(secretary)
    returns_it(clerk_at_desk)
    mends_and_confirms_again(secretary)
    accepts_all(clerk_at_desk)
    writes_a_judgement(clerk_at_desk)
    closes(clerk_at_desk)
    report, annex = takes_the_files_along(clerk_at_desk)
    assert JUDGEMENT in lines(report)
    assert "(Từ ngày 01/7/2025 đến hết ngày 01/3/2026)" in cells(annex)
    is_refused_a_change_of_those_days(clerk_at_desk)
    reads_who_was_counted(leader_at_desk)
    corrects_a_card(clerk_at_desk)
    sees_then_and_now(clerk_at_desk)
    assert takes_the_files_along(clerk_at_desk) == (report, annex)
    sees_the_same_people(leader_at_desk)
    opens_again(clerk_at_desk)
    assert Member.objects.filter(full_name="Đèo Thị Khác", ethnicity="thai", born_on="1980-05-17").exists()
