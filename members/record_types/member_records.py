"""Registers of dated facts about members."""

from binhlu_portal.records.tables.columns import ListColumn, labelled
from binhlu_portal.records.types import register
from binhlu_portal.text.vietnamese import day
from members import choices
from members.member_records import corrections, forms
from members.models import Badge, Discipline, Exemption, FeeReduction, Planning, Training
from members.queries import member_lies_beneath
from organizations.rights import Right

from .columns import DECISION, SINCE, UNTIL, OfMembers, of_members

register(
    OfMembers(
        code="mien-sinh-hoat",
        model=Exemption,
        title="Miễn công tác và sinh hoạt",
        holds="Đảng viên được miễn công tác và sinh hoạt đảng: vì sao, từ ngày nào, theo quyết định nào.",
        listing=of_members(
            ListColumn("Lý do miễn", "kind", labelled(choices.ExemptionKind)), SINCE, DECISION, extra=(UNTIL,)
        ),
        day="started_on",
        lasts=True,
        within=member_lies_beneath(None),
        adds=forms.ExemptionForm,
        corrects=corrections.CorrectExemptionForm,
        actions={"ket-thuc": corrections.EndExemptionForm},
        choices=("kind",),
    )
)

register(
    OfMembers(
        code="mien-giam-dang-phi",
        model=FeeReduction,
        title="Miễn, giảm đảng phí",
        holds="Đảng viên được miễn hoặc giảm đảng phí, mỗi lần không quá 12 tháng.",
        listing=of_members(ListColumn("Mức", "kind", labelled(choices.FeeRelief)), SINCE, UNTIL, DECISION),
        day="started_on",
        lasts=True,
        within=member_lies_beneath(None),
        adds=forms.FeeReductionForm,
        corrects=corrections.CorrectFeeReductionForm,
        choices=("kind",),
    )
)

register(
    OfMembers(
        code="dao-tao",
        model=Training,
        title="Đào tạo, bồi dưỡng",
        holds="Đảng viên học lớp nào, do cấp nào mở, từ ngày nào đến ngày nào.",
        listing=of_members(
            ListColumn("Chương trình", "program", labelled(choices.Program)),
            ListColumn("Lớp", "course"),
            ListColumn("Cấp mở lớp", "level", labelled(choices.CourseLevel)),
            ListColumn("Khai giảng", "began_on", day, short=True),
            ListColumn("Bế giảng", "finished_on", day, short=True),
            own_day="began_on",
        ),
        day="began_on",
        within=member_lies_beneath("began_on"),
        adds=forms.TrainingForm,
        corrects=corrections.CorrectTrainingForm,
        choices=("program", "level"),
    )
)

register(
    OfMembers(
        code="quy-hoach",
        model=Planning,
        title="Quy hoạch",
        holds="Đảng viên được phê duyệt quy hoạch chức danh nào, cho nhiệm kỳ nào.",
        right=Right.DECIDE,
        listing=of_members(
            ListColumn("Chức danh quy hoạch", "post", labelled(choices.PlanningPost)),
            ListColumn("Nhiệm kỳ", "term", short=True),
            ListColumn("Ngày phê duyệt", "approved_on", day, short=True),
            DECISION,
            own_day="approved_on",
        ),
        day="approved_on",
        within=member_lies_beneath("approved_on"),
        adds=forms.PlanningForm,
        corrects=corrections.CorrectPlanningForm,
        choices=("post",),
    )
)

register(
    OfMembers(
        code="ky-luat",
        model=Discipline,
        title="Kỷ luật đảng viên",
        holds="Quyết định kỷ luật đảng viên: hình thức, cấp quyết định, nội dung vi phạm.",
        right=Right.DECIDE,
        listing=of_members(
            ListColumn("Hình thức", "form", labelled(choices.DisciplineMeasure), short=True),
            ListColumn("Cấp quyết định", "level", labelled(choices.DecidingLevel)),
            ListColumn("Nội dung vi phạm", "violation", labelled(choices.Violation)),
            ListColumn("Ngày quyết định", "decided_on", day, short=True),
            DECISION,
            own_day="decided_on",
        ),
        day="decided_on",
        within=member_lies_beneath("decided_on"),
        adds=forms.DisciplineForm,
        corrects=corrections.CorrectDisciplineForm,
        choices=("form", "level", "violation"),
    )
)

register(
    OfMembers(
        code="huy-hieu",
        model=Badge,
        title="Huy hiệu Đảng",
        holds="Huy hiệu 30, 40, 45 … 90 năm tuổi Đảng đã trao: số huy hiệu, ngày trao, quyết định.",
        right=Right.DECIDE,
        listing=of_members(
            ListColumn(
                "Huy hiệu", "years", labelled([(years, f"{years} năm") for years in choices.BADGES]), short=True
            ),
            ListColumn("Số huy hiệu", "number", short=True),
            ListColumn("Ngày trao tặng", "awarded_on", day, short=True),
            DECISION,
        ),
        day="awarded_on",
        within=member_lies_beneath(None),
        adds=forms.BadgeForm,
        corrects=corrections.CorrectBadgeForm,
        choices=("years",),
    )
)
