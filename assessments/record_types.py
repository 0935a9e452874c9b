"""Record types of assessments: meetings, inspection and supervision, discipline of units, ratings."""

from django.db.models import F, Q

from assessments.inspections import forms as inspection_forms
from assessments.nil_returns import forms as nil_return_forms
from assessments.ratings import record_forms
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import register
from binhlu_portal.text.vietnamese import day, number
from members.choices import DecidingLevel
from members.columns import BY_NAME, CELL, person
from members.models import Member, Spell
from members.namesakes import told_apart
from members.queries import cell_of_member, cell_on
from members.record_types.columns import SINCE, UNTIL, MemberRecordType, cell_now
from organizations.record_types import UnitRecordType
from organizations.rights import Right
from organizations.tree_queries import name_of

from . import choices
from .meetings import forms
from .models import Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating

LEVEL = ListColumn("Cấp thực hiện", "level", labelled(DecidingLevel))
RATED = (
    ListColumn("Năm", "year", short=True),
    ListColumn("Mức xếp loại", "level", labelled(choices.Rating)),
    ListColumn("Lý do không xếp loại", "not_rated", labelled(choices.NotRated)),
    ListColumn("Ngày xếp loại", "decided_on", day, short=True),
)


class RatingYearMixin:
    """What record types share whose model has a field `year`: a record is of a rating year, whatever its day."""

    def lies_in_time(self, moment: Moment) -> Q:
        """Return the condition that a record is of the rating year of the moment."""
        return Q(year=moment.year)


def unit_of_year(moment):
    """Return the look-up of the latest name of the unit of a row."""
    return {"cell": name_of("unit", Q(ended_on=F("unit__ended_on")))}


@register
class MeetingRecords(UnitRecordType):
    """Meetings of cells (sinh hoạt chi bộ)."""

    code = "sinh-hoat"
    model = Meeting
    title = "Sinh hoạt chi bộ"
    description = (
        "Mỗi buổi sinh hoạt thường kỳ, chuyên đề của chi bộ: ngày họp, nội dung, số phải dự, số có mặt và khách dự."
    )
    listing = Listing(
        (
            ListColumn("Ngày họp", "held_on", day, short=True),
            ListColumn("Chi bộ", "cell"),
            ListColumn("Loại sinh hoạt", "kind", labelled(choices.MeetingKind), short=True),
            ListColumn("Nội dung", "topic"),
            ListColumn("Phải dự", "expected", number, numeric=True),
            ListColumn("Có mặt", "present", number, numeric=True),
        ),
        ("-held_on", "pk"),
        cell_on("held_on"),
        (ListColumn("Khách dự", "guests", number, numeric=True),),
    )
    list_filter = ("kind",)
    date_field = "held_on"
    tree_date_field = "held_on"
    grid = "meetings-month", "Ghi cả tháng trên bảng"
    add_form = forms.MeetingForm
    correct_form = forms.CorrectMeetingForm
    delete_form = forms.RemoveMeetingForm
    actions = {"diem-danh": forms.CorrectAttendanceForm}

    def further(self, record):
        """Return who was absent and why, where attendance is kept by name."""
        if not record.by_name:
            return []
        rows = [*record.absences.select_related("member")]
        there = Member.objects.filter(spells__in=Spell.objects.on(record.held_on).filter(unit=record.unit_id))
        names = told_apart({person.pk: person for person in (*there, *(row.member for row in rows))}.values())
        absent = "; ".join(f"{names[row.member_id]} ({row.why})" for row in rows)
        return [("vắng, theo điểm danh", absent or "không ai")]


@register
class CaseRecords(UnitRecordType):
    """Concluded inspections, supervisions, denunciations and complaints (kiểm tra, giám sát)."""

    code = "kiem-tra"
    model = Case
    title = "Kiểm tra, giám sát"
    description = (
        "Việc kiểm tra, giám sát, giải quyết tố cáo, khiếu nại đã kết luận; việc còn giữ bí mật không ghi ở đây."
    )
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Ngày kết luận", "concluded_on", day, short=True),
            ListColumn("Tổ chức đảng", "cell"),
            ListColumn("Đảng viên", "member__full_name", short=True, sort="member__sort_name"),
            ListColumn("Loại việc", "kind", labelled(choices.CaseKind)),
            ListColumn("Nội dung", "subject"),
            LEVEL,
            ListColumn("Kết luận", "outcome", labelled(choices.CaseOutcome)),
        ),
        ("-concluded_on", "pk"),
        cell_on("concluded_on"),
    )
    list_filter = ("kind", "level", "outcome")
    date_field = "concluded_on"
    tree_date_field = "concluded_on"
    add_form = inspection_forms.CaseForm
    correct_form = inspection_forms.CorrectCaseForm


@register
class UnitDisciplineRecords(UnitRecordType):
    """Disciplinary measures against units (kỷ luật tổ chức đảng)."""

    code = "ky-luat-to-chuc"
    model = UnitDiscipline
    title = "Kỷ luật tổ chức đảng"
    description = "Quyết định kỷ luật đối với chi bộ, đảng bộ: hình thức, cấp quyết định, nội dung vi phạm."
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Ngày quyết định", "decided_on", day, short=True),
            ListColumn("Tổ chức đảng", "cell"),
            ListColumn("Hình thức", "form", labelled(choices.UnitDisciplineMeasure), short=True),
            ListColumn("Cấp quyết định", "level", labelled(DecidingLevel)),
            ListColumn("Nội dung vi phạm", "violation"),
            ListColumn("Số quyết định", "decision_number", short=True),
        ),
        ("-decided_on", "pk"),
        cell_on("decided_on"),
    )
    list_filter = ("form", "level")
    date_field = "decided_on"
    tree_date_field = "decided_on"
    add_form = inspection_forms.UnitDisciplineForm
    correct_form = inspection_forms.CorrectUnitDisciplineForm


@register
class UnitRatingRecords(RatingYearMixin, UnitRecordType):
    """Yearly ratings of units (xếp loại tổ chức đảng); new ones come from the grid of ratings."""

    code = "xep-loai-to-chuc"
    model = UnitRating
    title = "Xếp loại tổ chức đảng"
    description = "Kết quả xếp loại hằng năm của chi bộ, đảng bộ; ghi mới ở bảng xếp loại."
    right = Right.DECIDE
    listing = Listing((ListColumn("Tổ chức đảng", "cell"), *RATED), ("unit__code", "pk"), unit_of_year)
    list_filter = ("level", "not_rated")
    date_field = "decided_on"
    correct_form = record_forms.CorrectUnitRatingForm


@register
class FourGoodsRecords(RatingYearMixin, UnitRecordType):
    """Units recognised as good in the four ways in a year (bốn tốt)."""

    code = "bon-tot"
    model = FourGoods
    title = "Chi bộ, đảng bộ bốn tốt"
    description = "Công nhận chi bộ bốn tốt, đảng bộ cơ sở bốn tốt của từng năm."
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Tổ chức đảng", "cell"),
            ListColumn("Năm", "year", short=True),
            ListColumn("Số quyết định", "decision_number", short=True),
            ListColumn("Ngày quyết định", "decision_date", day, short=True),
        ),
        ("unit__code", "pk"),
        unit_of_year,
    )
    date_field = "decision_date"
    add_form = record_forms.FourGoodsForm
    correct_form = record_forms.CorrectFourGoodsForm


@register
class MemberRatingRecords(RatingYearMixin, MemberRecordType):
    """Yearly ratings of members (xếp loại đảng viên); new ones come from the grid of ratings."""

    code = "xep-loai-dang-vien"
    model = MemberRating
    title = "Xếp loại đảng viên"
    description = "Kết quả xếp loại hằng năm của đảng viên; ghi mới ở bảng xếp loại."
    listing = Listing((*person(), CELL, *RATED), BY_NAME, lambda moment: {"cell": cell_of_member("decided_on")})
    list_filter = ("level", "not_rated")
    date_field = "decided_on"
    correct_form = record_forms.CorrectMemberRatingForm


@register
class NilReturnRecords(UnitRecordType):
    """What units state to be complete (không phát sinh): nothing happened beyond what the register says."""

    code = "khong-phat-sinh"
    model = NilReturn
    title = "Báo không phát sinh"
    description = (
        "Đơn vị báo: ngoài những gì đã ghi, sổ không phát sinh thêm. Có đủ báo thì báo cáo mới viết “không có”."
    )
    listing = Listing(
        (
            ListColumn("Sổ", "register", labelled(choices.NilRegister)),
            ListColumn("Tổ chức đảng báo", "cell"),
            SINCE,
            UNTIL,
            ListColumn("Người báo", "stated_by"),
        ),
        ("unit__code", "register", "-started_on", "pk"),
        cell_now,
    )
    list_filter = ("register",)
    date_field = "started_on"
    add_form = nil_return_forms.NilReturnForm
    correct_form = nil_return_forms.CorrectNilReturnForm

    def lies_in_time(self, moment: Moment) -> Q:
        """Return the condition that a statement speaks of some day of the period."""
        return Q(started_on__lte=moment.as_of, ended_on__gt=moment.since)
