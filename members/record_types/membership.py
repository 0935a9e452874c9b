"""Record types of where members belong and what they are: spells, the way into the Party, levels, posts."""

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import register
from binhlu_portal.text.vietnamese import day
from members import choices
from members.columns import BY_NAME, CELL, person
from members.discipline.forms import CorrectSpellForm
from members.member_records import corrections, forms
from members.models import Admission, MemberState, Position, Spell, Vacancy
from members.positions import forms as position_forms
from organizations.record_types import UnitRecordType
from organizations.rights import Right
from organizations.tree_queries import unit_lies_beneath

from .columns import DECISION, NAME, SINCE, UNTIL, MemberRecordType, cell_now, of_members, until


def holders(moment):
    """Return the look-up of the unit of a post and of its holder, who may be outside the Party."""
    return cell_now(moment) | {
        "holder": Coalesce("member__full_name", "holder_name"),
        "holder_key": Coalesce("member__sort_name", Value("")),
    }


@register
class SpellRecords(MemberRecordType):
    """Spells of membership in cells (nơi sinh hoạt đảng); new ones come from transfers."""

    code = "sinh-hoat-dang"
    model = Spell
    title = "Quá trình sinh hoạt đảng"
    description = (
        "Mỗi đảng viên sinh hoạt ở chi bộ nào, từ ngày nào, lý do tăng, lý do giảm; ghi mới bằng việc chuyển sinh hoạt."
    )
    right = Right.DECIDE
    listing = Listing(
        (
            *person(),
            CELL,
            SINCE,
            ListColumn("Lý do tăng", "start_reason", labelled(choices.StartReason), short=True),
            ListColumn("Từ tổ chức đảng", "came_from"),
        ),
        BY_NAME,
        cell_now,
        (
            ListColumn("Ngày chuyển / từ trần", "ended_on", until, short=True),
            ListColumn("Lý do giảm", "end_reason", labelled(choices.EndReason)),
            DECISION,
        ),
    )
    list_filter = ("start_reason",)
    date_field = "started_on"
    is_lasting = True
    correct_form = CorrectSpellForm
    delete_form = None

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that the unit of a record, not the member, lies beneath that of the moment."""
        return unit_lies_beneath(None)(moment)


@register
class AdmissionRecords(MemberRecordType):
    """The way of people into the Party (kết nạp); its steps are written on the board of admissions."""

    code = "ket-nap"
    model = Admission
    title = "Kết nạp đảng viên"
    description = "Quần chúng ưu tú, người được kết nạp, ngày chính thức; các bước ghi ở bảng kết nạp."
    right = Right.DECIDE
    listing = Listing(
        (
            *person(),
            CELL,
            ListColumn("Vào danh sách", "listed_on", day, short=True),
            ListColumn("Lễ kết nạp", "ceremony_on", day, short=True),
            ListColumn("Chính thức", "official_on", day, short=True),
            DECISION,
        ),
        BY_NAME,
        cell_now,
        (
            ListColumn("Học lớp nhận thức", "course_on", day, short=True),
            ListColumn("Số quyết định chính thức", "official_decision", short=True),
            ListColumn("Ngày quyết định chính thức", "official_decided_on", day, short=True),
            ListColumn("Văn bản đồng ý kết nạp lại", "consent"),
            ListColumn("Nghề nghiệp", "occupation", labelled(choices.Occupation)),
            ListColumn("Học vấn", "education", labelled(choices.Education)),
        ),
    )
    list_filter = ("occupation", "education")
    date_field = "ceremony_on"
    correct_form = corrections.CorrectAdmissionForm
    delete_form = None

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that the unit of a record, not the member, lies beneath that of the moment."""
        return unit_lies_beneath(None)(moment)

    def lies_in_time(self, moment: Moment) -> Q:
        """Return the condition that someone is a candidate on the as-of day, or was admitted since the since day."""
        listed = Q(listed_on__lte=moment.as_of) | Q(listed_on=None)
        gone = Q(closed_on__lte=moment.as_of) | Q(ceremony_on__lte=moment.as_of)
        return listed & ~gone | Q(ceremony_on__range=(moment.since, moment.as_of))


@register
class LevelsRecords(MemberRecordType):
    """Levels and occupation of members (trình độ, nghề nghiệp), each from a day on."""

    code = "trinh-do"
    model = MemberState
    title = "Trình độ, nghề nghiệp"
    description = "Học vấn, chuyên môn, lý luận chính trị, nghề nghiệp của đảng viên và ngày bắt đầu có."
    listing = of_members(
        ListColumn("Học vấn", "education", labelled(choices.Education)),
        ListColumn("Chuyên môn", "qualification", labelled(choices.Qualification)),
        ListColumn("Lý luận chính trị", "theory", labelled(choices.Theory), short=True),
        ListColumn("Nghề nghiệp", "occupation", labelled(choices.Occupation)),
        SINCE,
        extra=(
            ListColumn("Lớp/hệ", "education_grade"),
            ListColumn("Chuyên ngành", "speciality"),
            ListColumn("Học hàm", "academic_title", labelled(choices.AcademicTitle)),
            ListColumn("Ngoại ngữ, tiếng dân tộc, tin học", "foreign_language"),
            ListColumn("Công việc hiện nay", "job"),
        ),
    )
    list_filter = ("education", "qualification", "theory", "occupation")
    date_field = "started_on"
    is_lasting = True
    add_form = forms.LevelsForm
    correct_form = corrections.CorrectLevelsForm
    delete_form = corrections.RemoveLevelsForm


@register
class PositionRecords(UnitRecordType):
    """Posts in units and who holds them (chức vụ), also people outside the Party."""

    code = "chuc-vu"
    model = Position
    title = "Chức vụ"
    description = "Ai giữ chức vụ nào trong cấp ủy, cơ quan, thôn bản, từ ngày nào; có chức vụ do người ngoài Đảng giữ."
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Người giữ", "holder", short=True, sort="holder_key"),
            ListColumn("Chức vụ", "post", labelled(choices.Post)),
            ListColumn("Tổ chức đảng", "cell"),
            SINCE,
            DECISION,
        ),
        ("unit__code", "post", "pk"),
        holders,
        (UNTIL,),
    )
    list_filter = ("post",)
    search_fields = NAME
    date_field = "started_on"
    is_lasting = True
    grid = "committees", "Ghi cấp ủy nhiều tổ chức trên bảng"
    add_form = position_forms.PositionForm
    correct_form = position_forms.CorrectPositionForm
    actions = {"thay": position_forms.ReplaceHolderForm, "thoi-giu": position_forms.RelieveForm}


@register
class VacancyRecords(UnitRecordType):
    """Posts that nobody holds (khuyết chức vụ): a post without any row is not vacant but not written down."""

    code = "khuyet-chuc-vu"
    model = Vacancy
    title = "Khuyết chức vụ"
    description = "Bí thư, thủ trưởng, trưởng bản, trưởng ban công tác Mặt trận nơi nào đang khuyết, từ ngày nào."
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Chức vụ khuyết", "post", labelled(choices.Post)),
            ListColumn("Tổ chức đảng", "cell"),
            SINCE,
            ListColumn("Lý do khuyết", "note"),
        ),
        ("unit__code", "post", "pk"),
        cell_now,
        (UNTIL,),
    )
    list_filter = ("post",)
    date_field = "started_on"
    is_lasting = True
    add_form = position_forms.VacancyForm
    correct_form = position_forms.CorrectVacancyForm
