"""Registers of where members belong and what they are: spells, the way into the Party, levels, posts."""

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import About, Register, register
from binhlu_portal.text.vietnamese import day
from members import choices
from members.columns import BY_NAME, CELL, person
from members.member_records import corrections, forms
from members.models import Admission, MemberState, Position, Spell
from members.positions import forms as position_forms
from members.queries import member_lies_beneath
from organizations.rights import Right
from organizations.tree_queries import unit_lies_beneath as unit_beneath

from .columns import DECISION, NAME, SINCE, UNTIL, OfMembers, cell_now, of_members


def holders(moment):
    """Return the look-up of the unit of a post and of its holder, who may be outside the Party."""
    return cell_now(moment) | {
        "holder": Coalesce("member__full_name", "holder_name"),
        "holder_key": Coalesce("member__sort_name", Value("")),
    }


def under_way(moment):
    """Return the condition that someone is a candidate on the as-of day, or was admitted since the since day."""
    listed = Q(listed_on__lte=moment.as_of) | Q(listed_on=None)
    gone = Q(closed_on__lte=moment.as_of) | Q(ceremony_on__lte=moment.as_of)
    return listed & ~gone | Q(ceremony_on__range=(moment.since, moment.as_of))


register(
    OfMembers(
        code="sinh-hoat-dang",
        model=Spell,
        title="Nơi sinh hoạt đảng",
        holds="Mỗi đảng viên sinh hoạt ở chi bộ nào, từ ngày nào, vì sao đến, vì sao thôi; ghi mới bằng việc chuyển.",
        right=Right.DECIDE,
        listing=Listing(
            (
                *person(),
                CELL,
                SINCE,
                ListColumn("Lý do đến", "start_reason", labelled(choices.StartReason), short=True),
                ListColumn("Từ tổ chức đảng", "came_from"),
            ),
            BY_NAME,
            cell_now,
            (UNTIL, ListColumn("Lý do thôi", "end_reason", labelled(choices.EndReason)), DECISION),
        ),
        day="started_on",
        lasts=True,
        within=unit_beneath(None),
        corrects=corrections.CorrectSpellForm,
        removes=None,
        choices=("start_reason",),
    )
)

register(
    OfMembers(
        code="ket-nap",
        model=Admission,
        title="Kết nạp đảng viên",
        holds="Quần chúng trong nguồn, người được kết nạp, ngày chính thức; các bước ghi ở bảng kết nạp.",
        right=Right.DECIDE,
        listing=Listing(
            (
                *person(),
                CELL,
                ListColumn("Đưa vào nguồn", "listed_on", day, short=True),
                ListColumn("Lễ kết nạp", "ceremony_on", day, short=True),
                ListColumn("Chính thức", "official_on", day, short=True),
                DECISION,
            ),
            BY_NAME,
            cell_now,
            (
                ListColumn("Học lớp nhận thức", "course_on", day, short=True),
                ListColumn("Nghề nghiệp", "occupation", labelled(choices.Occupation)),
                ListColumn("Học vấn", "education", labelled(choices.Education)),
            ),
        ),
        day="ceremony_on",
        within=unit_beneath(None),
        when=under_way,
        corrects=corrections.CorrectAdmissionForm,
        removes=None,
        choices=("occupation", "education"),
    )
)

register(
    OfMembers(
        code="trinh-do",
        model=MemberState,
        title="Trình độ, nghề nghiệp",
        holds="Học vấn, chuyên môn, lý luận chính trị, nghề nghiệp của đảng viên và ngày bắt đầu có.",
        listing=of_members(
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
        ),
        day="started_on",
        lasts=True,
        within=member_lies_beneath(None),
        adds=forms.LevelsForm,
        corrects=corrections.CorrectLevelsForm,
        removes=corrections.RemoveLevelsForm,
        choices=("education", "qualification", "theory", "occupation"),
    )
)

register(
    Register(
        code="chuc-vu",
        model=Position,
        title="Chức vụ",
        holds="Ai giữ chức vụ nào trong cấp ủy, cơ quan, thôn bản, từ ngày nào; có chức vụ do người ngoài Đảng giữ.",
        about=About.UNIT,
        right=Right.DECIDE,
        listing=Listing(
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
        ),
        day="started_on",
        lasts=True,
        within=unit_beneath(None),
        adds=position_forms.PositionForm,
        corrects=position_forms.CorrectPositionForm,
        actions={"thoi-giu": position_forms.RelieveForm},
        choices=("post",),
        search=NAME,
    )
)
