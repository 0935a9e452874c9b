"""Reminders by month: whom each kind finds, what is to be prepared for them, where it is written down.

A kind is a declaration: rows out of the records the reader may see, and their columns.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from binhlu_portal.dates.arithmetic import months_later
from binhlu_portal.db.expressions import counted
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.bulk_pages import BulkPage
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.text import vietnamese
from members import choices, seniority
from members.admissions import pipeline
from members.admissions.actions import OLDEST
from members.columns import COMMITTEES, MAKE_OFFICIAL, adding, on_grid
from members.probation import probation_end, vote_deadline
from members.record_types.columns import SINCE, UNTIL, of_members
from members.retirement import AGES, age_in_words
from organizations.choices import Kind
from organizations.in_force import InForce
from organizations.models import Unit
from organizations.rights import Right

from ..models import Exemption, FeeReduction, Suspension
from ..models.fees import FREE_YEARS
from . import queries
from .columns import badge_columns, derived, of_candidates, of_stays, reckoned
from .spans import Span, award_of, month_of


@dataclass(frozen=True)
class Reminder:
    """Reminder of one kind: its name in the address, its title, what to prepare, and the page to record it (`page`).

    `rows(moment, span)` are the records it finds, `listing(span, in_force)` their columns. `span` gives, for a day, the
    time that the kind is about. `page` is the name of an address and its arguments; `bulk` works off the people ticked
    in the list, for those who hold `right`.
    """

    code: str
    title: str
    prepare: tuple[str, ...]
    page: tuple[str, ...]
    page_title: str
    rows: Callable[[Moment, Span], QuerySet]
    listing: Callable[[Span, InForce], Listing]
    span: Callable[[date], Span] = month_of
    bulk: BulkPage | None = None
    right: Right = Right.DECIDE


MISSING_STEP = {
    pipeline.LISTED.code: "Học lớp nhận thức về Đảng",
    pipeline.TAUGHT.code: "Hồ sơ, nghị quyết, quyết định kết nạp",
}
"""What comes next for a candidate at each stage."""

REMINDERS = {
    reminder.code: reminder
    for reminder in (
        Reminder(
            "het-du-bi",
            "Hết thời gian dự bị",
            (
                "Giấy chứng nhận học lớp bồi dưỡng đảng viên mới.",
                "Bản tự kiểm điểm của đảng viên dự bị.",
                "Bản nhận xét của đảng viên chính thức được phân công giúp đỡ.",
                "Tổng hợp ý kiến của tổ chức chính trị - xã hội nơi làm việc và của chi ủy nơi cư trú.",
                "Chi bộ chỉ họp xét khi đã hết {admissions.probation_months} và trong {admissions.vote_days} sau đó; "
                "hạn ở đây chưa trừ ngày nghỉ "
                "lễ, Tết ({charter_guidance}).",
            ),
            ("admissions",),
            "Kết nạp",
            queries.on_probation,
            lambda span, in_force: of_stays(
                ListColumn("Ngày vào Đảng", "member__joined_on", short=True),
                reckoned("Hết dự bị", "member__joined_on", lambda day: probation_end(day, in_force)),
                reckoned("Hạn chi bộ họp xét", "member__joined_on", lambda day: vote_deadline(day, in_force)),
                order=("member__joined_on",),
            ),
            bulk=MAKE_OFFICIAL,
        ),
        Reminder(
            "huy-hieu",
            "Đề nghị tặng Huy hiệu Đảng",
            (
                "Lập danh sách, hồ sơ đề nghị gửi lên trước đợt trao; Ban Thường vụ Tỉnh ủy quyết định tặng.",
                "Tuổi Đảng tính từ ngày ký quyết định kết nạp, không còn quyết định thì từ ngày vào Đảng; thời gian ở "
                "ngoài Đảng đã trừ vào ngày bắt đầu tính. Chỉ đảng viên chính thức mới có tuổi Đảng.",
                "Người bệnh nặng có thể được đề nghị sớm đến 12 tháng, từ Huy hiệu 70 năm đến 24 tháng: chưa có ở đây.",
                "Người đủ từ đợt trước nhưng đã được tặng: ghi Huy hiệu đó vào sổ.",
            ),
            ("records", "huy-hieu"),
            "Sổ Huy hiệu Đảng",
            queries.due_badges,
            badge_columns,
            award_of,
            BulkPage("Ghi Huy hiệu của những người đã chọn trên bảng", ("badges-award",)),
        ),
        Reminder(
            "mien-sinh-hoat",
            "Miễn công tác và sinh hoạt hết hạn",
            (
                "Từ ngày hết hạn đảng viên trở lại sinh hoạt; vẫn còn lý do thì xét lại trước ngày đó và ghi lần miễn "
                "mới.",
            ),
            ("records", "mien-sinh-hoat"),
            "Sổ miễn công tác và sinh hoạt",
            queries.expiring(Exemption),
            lambda span, in_force: of_members(
                ListColumn("Lý do miễn", "kind", labelled(choices.ExemptionKind)), SINCE, UNTIL
            ),
            bulk=adding("mien-sinh-hoat", "Ghi lần miễn mới cho những người đã chọn"),
            right=Right.EDIT,
        ),
        Reminder(
            "mien-giam-dang-phi",
            "Miễn, giảm đảng phí hết hạn",
            (
                "Hoàn cảnh khó khăn mỗi lần không quá {fees.relief_months} ({fees}). Còn khó khăn thì đảng viên làm "
                "đơn, chi bộ xét lại; không thì từ ngày hết hạn đóng đủ mức.",
            ),
            ("records", "mien-giam-dang-phi"),
            "Sổ miễn, giảm đảng phí",
            queries.expiring(FeeReduction),
            lambda span, in_force: of_members(
                ListColumn("Mức", "kind", labelled(choices.FeeRelief)),
                ListColumn("Căn cứ", "ground", labelled(choices.FeeGround)),
                SINCE,
                UNTIL,
            ),
            bulk=adding("mien-giam-dang-phi", "Ghi lần miễn, giảm mới cho những người đã chọn"),
            right=Right.EDIT,
        ),
        Reminder(
            "dinh-chi-sinh-hoat",
            "Đình chỉ sinh hoạt đảng hết hạn",
            (
                "Báo chi bộ ngày đảng viên sinh hoạt trở lại; kéo dài thì ghi theo quyết định mới trước ngày đó.",
                "Người bị đình chỉ vào ngày cuối năm không được xếp loại năm đó.",
            ),
            ("records", "dinh-chi-sinh-hoat"),
            "Sổ đình chỉ sinh hoạt đảng",
            queries.expiring(Suspension),
            lambda span, in_force: of_members(
                ListColumn("Cấp quyết định", "level", labelled(choices.DecidingLevel)), SINCE, UNTIL
            ),
        ),
        Reminder(
            "ky-luat-het-hieu-luc",
            "Kỷ luật đảng viên hết hiệu lực",
            (
                "Báo đảng viên và chi bộ ngày hết hiệu lực. Không ghi riêng thì hệ thống tính "
                "{discipline.lasts_months} từ ngày quyết định; ghi sai thì sửa ở sổ.",
            ),
            ("records", "ky-luat"),
            "Sổ kỷ luật đảng viên",
            queries.lapsing,
            lambda span, in_force: of_members(
                ListColumn("Hình thức", "form", labelled(choices.DisciplineMeasure)),
                ListColumn("Ngày quyết định", "decided_on", vietnamese.day, short=True),
                ListColumn("Hết hiệu lực", "expires_on", vietnamese.day, short=True),
            ),
        ),
        Reminder(
            "dang-phi-50-nam",
            "Đủ năm tuổi Đảng được miễn đảng phí",
            ("Từ đủ {fees.free_years} tuổi Đảng không phải đóng đảng phí ({fees}).",),
            ("records", "mien-giam-dang-phi"),
            "Sổ miễn, giảm đảng phí",
            queries.free_of_fee,
            lambda span, in_force: of_stays(
                ListColumn("Tuổi Đảng tính từ", "start", short=True),
                reckoned(
                    "Ngày đủ năm",
                    "start",
                    lambda start: seniority.completed_on(in_force.value(FREE_YEARS), start),
                ),
            ),
            bulk=adding("mien-giam-dang-phi", "Ghi miễn đảng phí cho những người đã chọn"),
            right=Right.EDIT,
        ),
        Reminder(
            "tuoi-nghi-huu",
            "Đảng viên đến tuổi nghỉ hưu",
            (
                "Người không hưởng lương, không hưởng lương hưu: từ tuổi này mức đảng phí thấp hơn ({fees}).",
                "Tuổi cao, sức yếu và có nguyện vọng thì làm đơn xin miễn công tác và sinh hoạt; chi bộ quyết định.",
                "Nghỉ hưu, chuyển nơi ở thì làm thủ tục chuyển sinh hoạt đảng; ghi nghề nghiệp mới vào hồ sơ.",
            ),
            ("members",),
            "Đảng viên",
            queries.retiring,
            lambda span, in_force: of_stays(
                derived(
                    "Tuổi nghỉ hưu",
                    "member__gender",
                    lambda gender: age_in_words(replace(in_force, on=span.first).value(AGES[gender])),
                ),
                order=("member__born_on",),
            ),
            bulk=on_grid("Nghề nghiệp", "Công việc"),
            right=Right.EDIT,
        ),
        Reminder(
            "het-nhiem-ky",
            "Cấp ủy hết nhiệm kỳ",
            (
                "Chuẩn bị đại hội: báo cáo, nhân sự cấp ủy khóa mới. Đại hội có thể sớm hoặc muộn không quá 6 tháng.",
                "Nhiệm kỳ không ghi riêng trong hồ sơ: ở đây là {committees.term_years} ({charter_guidance}) kể từ "
                "ngày nhiều người nhất trong cấp ủy hiện nay nhận chức vụ. Ngày nhận chức vụ sai thì sửa ở sổ chức vụ.",
            ),
            ("records", "chuc-vu"),
            "Sổ chức vụ",
            queries.ending_terms,
            lambda span, in_force: Listing(
                (
                    ListColumn("Tổ chức đảng", "name", sort="unit__code"),
                    ListColumn("Loại tổ chức", "kind", labelled(Kind)),
                    ListColumn("Cấp ủy nhận chức vụ", "began", vietnamese.day, short=True),
                    reckoned(
                        "Hết nhiệm kỳ",
                        "began",
                        lambda began: months_later(began, 12 * in_force.value(queries.TERM_YEARS)),
                    ),
                ),
                ("began", "unit__code"),
            ),
            bulk=COMMITTEES,
        ),
        Reminder(
            "nguon-cho-lau",
            f"Quần chúng ưu tú đã theo dõi từ {queries.LONG_MONTHS} tháng",
            ("Chi bộ rà soát: làm tiếp bước còn thiếu, hoặc đưa khỏi danh sách theo dõi người không còn phấn đấu.",),
            ("admissions",),
            "Kết nạp",
            queries.waiting_long,
            lambda span, in_force: of_candidates(
                ListColumn("Học lớp nhận thức", "course_on", vietnamese.day, short=True),
                derived("Bước còn thiếu", "stage", MISSING_STEP.get),
            ),
        ),
        Reminder(
            "nguon-60-tuoi",
            "Quần chúng ưu tú hết tuổi kết nạp",
            (
                "Chi bộ phải họp xét trước ngày tròn {admissions.oldest}; trên {admissions.oldest} chỉ kết nạp khi "
                "cấp ủy cấp tỉnh đồng ý ({charter_guidance}).",
            ),
            ("admissions",),
            "Kết nạp",
            queries.too_old_soon,
            lambda span, in_force: of_candidates(
                reckoned(
                    "Hết tuổi kết nạp",
                    "member__born_on",
                    lambda born: months_later(born, 12 * in_force.value(OLDEST)),
                ),
            ),
        ),
    )
}
"""All kinds by their code, in the order of the page."""


def counts(moment: Moment, day: date) -> list[tuple[Reminder, Span, int]]:
    """Count reminders: each kind, its span at `day` and how many it finds, all in one statement."""
    spans = {code: reminder.span(day) for code, reminder in REMINDERS.items()}
    parts = {f"kind_{number}": code for number, code in enumerate(REMINDERS)}
    asked = {part: counted(REMINDERS[code].rows(moment, spans[code])) for part, code in parts.items()}
    found = Unit.objects.filter(pk=moment.unit.pk).values(**asked)[0]
    return [(REMINDERS[code], spans[code], found[part]) for part, code in parts.items()]
