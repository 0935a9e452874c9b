"""Rating levels, reasons for no rating, kinds and outcomes of inspection."""

from django.db import models


class Rating(models.TextChoices):
    """The four levels of yearly rating (366-QĐ/TW, 30/8/2025)."""

    EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "good", "Hoàn thành tốt nhiệm vụ"
    FAIR = "fair", "Hoàn thành nhiệm vụ"
    FAILED = "failed", "Không hoàn thành nhiệm vụ"


GOOD_OR_BETTER = frozenset({Rating.EXCELLENT, Rating.GOOD})
"""Hoàn thành tốt nhiệm vụ trở lên."""


class NotRated(models.TextChoices):
    """Why a member or a unit has no rating in a year (21-HD/BTCTW, 18/10/2019, kept by custom)."""

    EXEMPT = "exempt", "Được miễn công tác và sinh hoạt đảng"
    NEW = "new", "Mới kết nạp hoặc mới thành lập, chưa đủ thời gian"
    SUSPENDED = "suspended", "Đang bị đình chỉ sinh hoạt đảng"
    OTHER = "other", "Lý do khác"


class MeetingKind(models.TextChoices):
    """Kinds of cell meeting (42-HD/BTCTW, 28/10/2025): monthly, and on one subject each quarter."""

    REGULAR = "regular", "Thường kỳ"
    THEMATIC = "thematic", "Chuyên đề"


MEETING_WORDS = {
    MeetingKind.REGULAR: "Định kỳ; Sinh hoạt thường kỳ; Sinh hoạt định kỳ; Họp thường kỳ; Họp định kỳ; TK",
    MeetingKind.THEMATIC: "Sinh hoạt chuyên đề; Họp chuyên đề; CĐ",
}
"""What people call them besides."""


class AbsenceReason(models.TextChoices):
    """Why somebody who was expected at a meeting was not there."""

    ILL = "ill", "Ốm đau"
    ON_DUTY = "on_duty", "Đi công tác"
    FAR_AWAY = "far_away", "Đi làm ăn xa"
    STUDYING = "studying", "Đi học"
    FAMILY = "family", "Việc gia đình"
    OTHER = "other", "Lý do khác"
    UNSTATED = "unstated", "Không báo lý do"


class CaseKind(models.TextChoices):
    """Kinds of inspection and supervision (Điều lệ Đảng, Articles 30 and 32)."""

    INSPECTION = "inspection", "Kiểm tra"
    SUPERVISION = "supervision", "Giám sát chuyên đề"
    SUSPICION = "suspicion", "Kiểm tra khi có dấu hiệu vi phạm"
    DENUNCIATION = "denunciation", "Giải quyết tố cáo"
    COMPLAINT = "complaint", "Giải quyết khiếu nại kỷ luật đảng"


class CaseOutcome(models.TextChoices):
    """What a case ended with; each kind of case uses those of `OUTCOMES`."""

    GOOD = "good", "Thực hiện tốt"
    POOR = "poor", "Thực hiện chưa tốt"
    VIOLATION = "violation", "Có khuyết điểm, vi phạm"
    TO_DISCIPLINE = "to_discipline", "Phải thi hành kỷ luật"
    DISCIPLINED = "disciplined", "Đã thi hành kỷ luật"
    SIGNS = "signs", "Phát hiện có dấu hiệu vi phạm"
    PASSED_ON = "passed_on", "Chuyển kiểm tra khi có dấu hiệu vi phạm"
    SETTLED = "settled", "Đã giải quyết"


OUTCOMES = {
    CaseKind.INSPECTION: (
        CaseOutcome.GOOD,
        CaseOutcome.POOR,
        CaseOutcome.VIOLATION,
        CaseOutcome.TO_DISCIPLINE,
        CaseOutcome.DISCIPLINED,
    ),
    CaseKind.SUPERVISION: (CaseOutcome.GOOD, CaseOutcome.SIGNS, CaseOutcome.PASSED_ON),
    CaseKind.SUSPICION: (CaseOutcome.GOOD, CaseOutcome.VIOLATION, CaseOutcome.TO_DISCIPLINE, CaseOutcome.DISCIPLINED),
    CaseKind.DENUNCIATION: (CaseOutcome.SETTLED,),
    CaseKind.COMPLAINT: (CaseOutcome.SETTLED,),
}
"""The outcomes of each kind of case; after the good one each holds those after it: the disciplined are violations."""


class UnitDisciplineMeasure(models.TextChoices):
    """Disciplinary measures against a party organization (Điều lệ Đảng, Article 35)."""

    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    DISBANDING = "disbanding", "Giải tán"


class NilRegister(models.TextChoices):
    """The registers of what happens: without a nil return nobody knows whether they are complete."""

    ADMISSIONS = "admissions", "Kết nạp đảng viên"
    DEPARTURES = "departures", "Ra khỏi Đảng (xóa tên, khai trừ, xin ra)"
    DISCIPLINE = "discipline", "Kỷ luật đảng viên"
    EXEMPTIONS = "exemptions", "Miễn công tác và sinh hoạt"
    FEE_RELIEF = "fee_relief", "Miễn, giảm đảng phí"
    HANDBOOK = "handbook", "Cài Sổ tay đảng viên điện tử"
    TRAININGS = "trainings", "Đào tạo, bồi dưỡng"
    BADGES = "badges", "Huy hiệu Đảng"
    PLANNINGS = "plannings", "Quy hoạch cán bộ"
    CASES = "cases", "Kiểm tra, giám sát"
    UNIT_DISCIPLINE = "unit_discipline", "Kỷ luật tổ chức đảng"
    UNIT_EVENTS = "unit_events", "Thành lập, đổi tên, giải thể tổ chức đảng"
    FOUR_GOODS = "four_goods", "Công nhận bốn tốt"
    DOCUMENTS = "documents", "Văn bản đã ban hành"
    SUPERIOR_DOCUMENTS = "superior_documents", "Văn bản của cấp trên"
    SCREENING = "screening", "Rà soát, sàng lọc đảng viên"


OF_CELLS = (
    NilRegister.ADMISSIONS,
    NilRegister.DEPARTURES,
    NilRegister.DISCIPLINE,
    NilRegister.EXEMPTIONS,
    NilRegister.FEE_RELIEF,
    NilRegister.HANDBOOK,
    NilRegister.TRAININGS,
)
"""What the secretary of a cell knows of the own people; of the others the office states for the whole committee."""
