"""Record types of dated facts about members."""

from binhlu_portal.records.tables.columns import ListColumn, labelled
from binhlu_portal.records.types import register
from binhlu_portal.text.vietnamese import day
from members import choices
from members.member_records import corrections, forms
from members.models import Badge, Exemption, HandbookAbsence, Liaison, Planning, PlanningStep, Training
from organizations.rights import Right

from .columns import DECISION, SINCE, UNTIL, MemberRecordType, of_members


@register
class ExemptionRecords(MemberRecordType):
    """Exemptions from Party work and meetings (miễn công tác và sinh hoạt)."""

    code = "mien-sinh-hoat"
    model = Exemption
    title = "Miễn công tác và sinh hoạt"
    description = "Đảng viên được miễn công tác và sinh hoạt đảng: vì sao, từ ngày nào, theo quyết định nào."
    listing = of_members(
        ListColumn("Lý do miễn", "kind", labelled(choices.ExemptionKind)), SINCE, DECISION, extra=(UNTIL,)
    )
    list_filter = ("kind",)
    date_field = "started_on"
    is_lasting = True
    add_form = forms.ExemptionForm
    correct_form = corrections.CorrectExemptionForm
    actions = {"ket-thuc": corrections.EndExemptionForm}


@register
class HandbookAbsenceRecords(MemberRecordType):
    """Why members have no electronic handbook (Sổ tay đảng viên điện tử)."""

    code = "chua-cai-so-tay"
    model = HandbookAbsence
    title = "Lý do chưa cài Sổ tay"
    description = (
        "Đảng viên chưa cài Sổ tay đảng viên điện tử: vì sao, từ ngày nào; ngày cài ghi ở thẻ, hồ sơ đảng viên."
    )
    listing = of_members(
        ListColumn("Lý do chưa cài", "cause", labelled(choices.NoHandbookReason)),
        SINCE,
        ListColumn("Căn cứ", "source"),
        extra=(ListColumn("Ngày cài Sổ tay", "member__handbook_installed_on", day, short=True), UNTIL),
    )
    list_filter = ("cause",)
    date_field = "started_on"
    is_lasting = True
    add_form = forms.HandbookAbsenceForm
    correct_form = corrections.CorrectHandbookAbsenceForm


@register
class LiaisonRecords(MemberRecordType):
    """Introductions of members to the Party organization where they live."""

    code = "lien-he-noi-cu-tru"
    model = Liaison
    title = "Liên hệ nơi cư trú"
    description = "Đảng viên được giới thiệu giữ mối liên hệ với tổ chức đảng và nhân dân nơi cư trú: ngày nào, về đâu."
    listing = of_members(
        ListColumn("Ngày giới thiệu", "started_on", day, short=True),
        ListColumn("Nơi cư trú", "place"),
        ListColumn("Giấy giới thiệu, căn cứ", "source"),
        extra=(UNTIL,),
    )
    date_field = "started_on"
    is_lasting = True
    add_form = forms.LiaisonForm
    correct_form = corrections.CorrectLiaisonForm


@register
class TrainingRecords(MemberRecordType):
    """Turns of members in courses (đào tạo, bồi dưỡng)."""

    code = "dao-tao"
    model = Training
    title = "Đào tạo, bồi dưỡng"
    description = "Đảng viên học lớp nào, do cấp nào mở, từ ngày nào đến ngày nào."
    listing = of_members(
        ListColumn("Chương trình", "program", labelled(choices.Program)),
        ListColumn("Lớp", "course"),
        ListColumn("Cấp mở lớp", "level", labelled(choices.CourseLevel)),
        ListColumn("Khai giảng", "began_on", day, short=True),
        ListColumn("Bế giảng", "finished_on", day, short=True),
        own_day="began_on",
    )
    list_filter = ("program", "level")
    date_field = "began_on"
    tree_date_field = "began_on"
    add_form = forms.TrainingForm
    correct_form = corrections.CorrectTrainingForm


@register
class PlanningRecords(MemberRecordType):
    """Members in the planning of posts (quy hoạch): approved, looked through every year, taken out."""

    code = "quy-hoach"
    model = Planning
    title = "Quy hoạch"
    description = "Đảng viên được phê duyệt, rà soát, đưa ra khỏi quy hoạch chức danh nào, cho nhiệm kỳ nào."
    right = Right.DECIDE
    listing = of_members(
        ListColumn("Việc", "step", labelled(PlanningStep)),
        ListColumn("Chức danh quy hoạch", "post", labelled(choices.PlanningPost)),
        ListColumn("Nhiệm kỳ", "term", short=True),
        ListColumn("Ngày phê duyệt", "approved_on", day, short=True),
        DECISION,
        own_day="approved_on",
    )
    list_filter = ("step", "post")
    date_field = "approved_on"
    tree_date_field = "approved_on"
    add_form = forms.PlanningForm
    correct_form = corrections.CorrectPlanningForm


@register
class BadgeRecords(MemberRecordType):
    """Badges for years in the Party (Huy hiệu Đảng)."""

    code = "huy-hieu"
    model = Badge
    title = "Huy hiệu Đảng"
    description = "Huy hiệu 30, 40, 45 … 90 năm tuổi Đảng đã trao: số huy hiệu, ngày trao, quyết định."
    right = Right.DECIDE
    listing = of_members(
        ListColumn("Huy hiệu", "years", labelled([(years, f"{years} năm") for years in choices.BADGES]), short=True),
        ListColumn("Số huy hiệu", "number", short=True),
        ListColumn("Ngày trao tặng", "awarded_on", day, short=True),
        DECISION,
    )
    list_filter = ("years",)
    date_field = "awarded_on"
    grid = "badges-award", "Ghi cả đợt trên bảng"
    add_form = forms.BadgeForm
    correct_form = corrections.CorrectBadgeForm
