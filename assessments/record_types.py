"""The registers of assessments: meetings, inspection and supervision, discipline of units, ratings."""

from django.db.models import F, Q

from assessments.inspections import forms as inspection_forms
from assessments.ratings import record_forms
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import About, Register, register
from binhlu_portal.text.vietnamese import day, number
from members.choices import DecidingLevel
from members.columns import BY_NAME, CELL, person
from members.queries import cell_of_member, cell_on
from members.queries import member_lies_beneath as member_beneath
from organizations.rights import Right
from organizations.tree_queries import name_of, unit_lies_beneath

from . import choices
from .meetings import forms
from .models import Case, FourGoods, Meeting, MemberRating, UnitDiscipline, UnitRating

LEVEL = ListColumn("Cấp thực hiện", "level", labelled(DecidingLevel))
RATED = (
    ListColumn("Năm", "year", short=True),
    ListColumn("Mức xếp loại", "level", labelled(choices.Rating)),
    ListColumn("Lý do không xếp loại", "not_rated", labelled(choices.NotRated)),
    ListColumn("Ngày xếp loại", "decided_on", day, short=True),
)


def of_year(moment):
    """Return the condition that a record is of the rating year."""
    return Q(year=moment.year)


def unit_of_year(moment):
    """Return the look-up of the latest name of the unit of a row."""
    return {"cell": name_of("unit", Q(ended_on=F("unit__ended_on")))}


register(
    Register(
        code="sinh-hoat",
        model=Meeting,
        title="Sinh hoạt chi bộ",
        holds="Mỗi buổi sinh hoạt thường kỳ, chuyên đề của chi bộ: ngày họp, nội dung, số phải dự và số có mặt.",
        about=About.UNIT,
        listing=Listing(
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
        ),
        day="held_on",
        within=unit_lies_beneath("held_on"),
        adds=forms.MeetingForm,
        corrects=forms.CorrectMeetingForm,
        choices=("kind",),
    )
)

register(
    Register(
        code="kiem-tra",
        model=Case,
        title="Kiểm tra, giám sát",
        holds="Việc kiểm tra, giám sát, giải quyết tố cáo, khiếu nại đã kết luận; việc còn giữ bí mật không ghi ở đây.",
        about=About.UNIT,
        right=Right.DECIDE,
        listing=Listing(
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
        ),
        day="concluded_on",
        within=unit_lies_beneath("concluded_on"),
        adds=inspection_forms.CaseForm,
        corrects=inspection_forms.CorrectCaseForm,
        choices=("kind", "level", "outcome"),
    )
)

register(
    Register(
        code="ky-luat-to-chuc",
        model=UnitDiscipline,
        title="Kỷ luật tổ chức đảng",
        holds="Quyết định kỷ luật đối với chi bộ, đảng bộ: hình thức, cấp quyết định, nội dung vi phạm.",
        about=About.UNIT,
        right=Right.DECIDE,
        listing=Listing(
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
        ),
        day="decided_on",
        within=unit_lies_beneath("decided_on"),
        adds=inspection_forms.UnitDisciplineForm,
        corrects=inspection_forms.CorrectUnitDisciplineForm,
        choices=("form", "level"),
    )
)

register(
    Register(
        code="xep-loai-to-chuc",
        model=UnitRating,
        title="Xếp loại tổ chức đảng",
        holds="Kết quả xếp loại hằng năm của chi bộ, đảng bộ; ghi mới ở bảng xếp loại.",
        about=About.UNIT,
        right=Right.DECIDE,
        listing=Listing((ListColumn("Tổ chức đảng", "cell"), *RATED), ("unit__code", "pk"), unit_of_year),
        day="decided_on",
        within=unit_lies_beneath(None),
        when=of_year,
        corrects=record_forms.CorrectUnitRatingForm,
        choices=("level", "not_rated"),
    )
)

register(
    Register(
        code="bon-tot",
        model=FourGoods,
        title="Chi bộ, đảng bộ bốn tốt",
        holds="Công nhận chi bộ bốn tốt, đảng bộ cơ sở bốn tốt của từng năm.",
        about=About.UNIT,
        right=Right.DECIDE,
        listing=Listing(
            (
                ListColumn("Tổ chức đảng", "cell"),
                ListColumn("Năm", "year", short=True),
                ListColumn("Số quyết định", "decision_number", short=True),
                ListColumn("Ngày quyết định", "decision_date", day, short=True),
            ),
            ("unit__code", "pk"),
            unit_of_year,
        ),
        day="decision_date",
        within=unit_lies_beneath(None),
        when=of_year,
        adds=record_forms.FourGoodsForm,
        corrects=record_forms.CorrectFourGoodsForm,
    )
)

register(
    Register(
        code="xep-loai-dang-vien",
        model=MemberRating,
        title="Xếp loại đảng viên",
        holds="Kết quả xếp loại hằng năm của đảng viên; ghi mới ở bảng xếp loại.",
        about=About.MEMBER,
        listing=Listing((*person(), CELL, *RATED), BY_NAME, lambda moment: {"cell": cell_of_member("decided_on")}),
        day="decided_on",
        within=member_beneath(None),
        when=of_year,
        corrects=record_forms.CorrectMemberRatingForm,
        choices=("level", "not_rated"),
        search=("member__search_name",),
    )
)
