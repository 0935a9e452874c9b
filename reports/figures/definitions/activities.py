"""Training, planning, discipline, meetings and documents of the period."""

from django.db.models import Exists, OuterRef, Q

from members.choices import SKILL_PROGRAMS, DisciplineMeasure, PlanningPost
from members.models import PlanningStep
from organizations.choices import Sector, Subject
from organizations.models import Regulation
from reports.figures.inspection_populations import DISCIPLINES
from reports.figures.populations import DOCUMENTS, MEETINGS, PLANNING_REVIEWS, PLANNINGS, TRAININGS
from reports.figures.registry import PEOPLE, Figure, add

IN_VILLAGE = Q(unit__periods__sector=Sector.VILLAGE)

RESOLUTIONS = Regulation.objects.order_by().filter(subject=Subject.GRASSROOTS)
IMPLEMENTS_RESOLUTION = Q(Exists(RESOLUTIONS.filter(number=OuterRef("implements"))))
"""The document carries out the resolution that the report is about, or one before it."""


def attendance(code, label, where):
    """Return the figures of members expected at meetings and present there, the one the base of the other."""
    section = "III.1.3"
    expected, rests_on = f"meetings.expected.{code}", (f"unrecorded.meetings.{code}",)
    reading = "Tổng lượt có mặt trên tổng lượt phải dự của các buổi sinh hoạt trong kỳ."
    return (
        Figure(
            expected,
            f"Lượt phải dự sinh hoạt: {label}",
            section,
            MEETINGS,
            where,
            measure="expected",
            rests_on=rests_on,
        ),
        Figure(
            f"meetings.attendance.{code}",
            f"Tỷ lệ dự sinh hoạt: {label}",
            section,
            MEETINGS,
            where,
            of=expected,
            measure="present",
            reading=reading,
            rests_on=rests_on,
        ),
    )


def disciplined(code, label, where, of=""):
    """Return a figure over people disciplined in the period."""
    reading = "Tính số người; khai trừ là kỷ luật, xóa tên thì không."
    figure = f"discipline.members.{code}"
    return Figure(figure, label, "III.3", DISCIPLINES, where, of=of, measure=PEOPLE, reading=reading)


add(
    Figure(
        "training.committee_members",
        "Cấp ủy viên cơ sở được cử bồi dưỡng nghiệp vụ, kỹ năng",
        "III.1.4",
        TRAININGS,
        Q(program__in=sorted(SKILL_PROGRAMS)),
        measure=PEOPLE,
        reading="Tính số người giữ chức vụ cấp ủy vào ngày khai giảng, không tính lượt; không gồm đào tạo lý luận.",
    ),
    Figure(
        "planning.total",
        "Lượt cán bộ được phê duyệt quy hoạch",
        "III.1.4",
        PLANNINGS,
        reading="Tính lượt theo ngày phê duyệt: một người có thể được quy hoạch nhiều chức danh.",
    ),
    *(
        Figure(f"planning.{post}", f"Quy hoạch {post.label}", "III.1.4", PLANNINGS, Q(post=post), of="planning.total")
        for post in PlanningPost
    ),
    *(
        Figure(
            f"planning.{code}",
            label,
            "III.1.4",
            PLANNING_REVIEWS,
            Q(step=step),
            reading="Tính lượt theo ngày của văn bản; không tính vào số lượt được phê duyệt.",
        )
        for code, label, step in (
            ("reviewed", "Lượt cán bộ được rà soát, tiếp tục quy hoạch", PlanningStep.REVIEWED),
            ("removed", "Lượt cán bộ được đưa ra khỏi quy hoạch", PlanningStep.REMOVED),
        )
    ),
    *attendance("village", "thôn bản", IN_VILLAGE),
    *attendance("agency", "cơ quan, đơn vị", ~IN_VILLAGE),
    disciplined("total", "Đảng viên bị thi hành kỷ luật", Q()),
    *(
        disciplined(code, f"Đảng viên bị kỷ luật {form.label.lower()}", Q(form=form), of="discipline.members.total")
        for code, form in (
            ("reprimanded", DisciplineMeasure.REPRIMAND),
            ("warned", DisciplineMeasure.WARNING),
            ("dismissed", DisciplineMeasure.DISMISSAL),
            ("expelled", DisciplineMeasure.EXPULSION),
        )
    ),
    Figure(
        "documents.issued",
        "Văn bản cụ thể hóa Nghị quyết của Trung ương về tổ chức cơ sở đảng đã ban hành",
        "II.2",
        DOCUMENTS,
        IMPLEMENTS_RESOLUTION & Q(issuer=""),
    ),
)
