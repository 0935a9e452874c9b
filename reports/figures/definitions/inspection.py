"""Inspection, supervision, discipline and leaving the Party: the rows of annex 9."""

from django.db.models import Q

from assessments.choices import OUTCOMES, CaseKind, CaseOutcome, UnitDisciplineMeasure
from members.choices import EndReason, Violation
from reports.figures.inspection_populations import CASES, DISCIPLINES, SUSPENSIONS, UNIT_DISCIPLINES
from reports.figures.populations import DEPARTURES
from reports.figures.registry import PEOPLE, Figure, add

SECTION = "Biểu 9"
CONCLUDED = "Tính theo ngày kết luận."
SUBJECTS = (("units", "tổ chức đảng"), ("members", "đảng viên"))
PRINTED = {
    CaseKind.INSPECTION: OUTCOMES[CaseKind.INSPECTION],
    CaseKind.SUPERVISION: OUTCOMES[CaseKind.SUPERVISION],
    CaseKind.SUSPICION: OUTCOMES[CaseKind.SUSPICION][1:],
}
"""The outcomes that annex 9 asks for; of inspections on suspicion it does not ask how many found nothing."""


def holding(kind, outcome):
    """Return the outcomes counted under `outcome`: those after it are graver and lie within it, but not within good."""
    outcomes = OUTCOMES[kind]
    return (outcome,) if outcome == CaseOutcome.GOOD else outcomes[outcomes.index(outcome) :]


def cases(kind, code, subject):
    """Return the figures of cases of `kind` about units or about members: all, and by outcome."""
    about = Q(kind=kind, member__isnull=code == "units")
    prefix, label = f"cases.{kind}.{code}", f"{kind.label} {subject}"
    total = Figure(f"{prefix}.total", label, SECTION, CASES, about, reading=CONCLUDED)
    outcomes = (
        Figure(
            f"{prefix}.{outcome}",
            f"{label}: {outcome.label.lower()}",
            SECTION,
            CASES,
            about & Q(outcome__in=holding(kind, outcome)),
            of=total.code,
            reading=CONCLUDED,
        )
        for outcome in PRINTED[kind]
    )
    return (total, *outcomes)


def settled(kind):
    """Return the figure of denunciations or complaints settled."""
    return Figure(f"cases.{kind}.total", kind.label, SECTION, CASES, Q(kind=kind), reading=CONCLUDED)


def disciplined_units(code, label, where, of="discipline.units.total"):
    """Return a figure over disciplinary measures against party organizations."""
    return Figure(f"discipline.units.{code}", label, SECTION, UNIT_DISCIPLINES, where, of=of)


def disciplined(code, label, where):
    """Return a figure over people disciplined in the period."""
    total = "discipline.members.total"
    return Figure(f"discipline.members.{code}", label, SECTION, DISCIPLINES, where, of=total, measure=PEOPLE)


add(
    *(figure for kind in PRINTED for subject in SUBJECTS for figure in cases(kind, *subject)),
    disciplined_units("total", "Tổ chức đảng bị thi hành kỷ luật", Q(), of=""),
    *(
        disciplined_units(form, f"Tổ chức đảng bị kỷ luật {form.label.lower()}", Q(form=form))
        for form in UnitDisciplineMeasure
    ),
    Figure(
        "discipline.members.suspended",
        "Đảng viên bị đình chỉ sinh hoạt đảng",
        SECTION,
        SUSPENSIONS,
        measure=PEOPLE,
        reading="Tính số người có ngày bắt đầu đình chỉ trong kỳ; không phải là hình thức kỷ luật.",
    ),
    disciplined("committee", "Cấp ủy viên bị thi hành kỷ luật", Q(committee_member=True)),
    *(
        disciplined(
            f"violation.{violation}", f"Kỷ luật đảng viên do vi phạm: {violation.label}", Q(violation=violation)
        )
        for violation in Violation
    ),
    Figure(
        "members.left_party",
        "Đảng viên đưa ra khỏi Đảng",
        SECTION,
        DEPARTURES,
        Q(end_reason__in=[EndReason.EXPELLED, EndReason.STRUCK_OFF, EndReason.RESIGNED]),
        reading="Gồm khai trừ, xóa tên và xin ra khỏi Đảng.",
    ),
    settled(CaseKind.DENUNCIATION),
    settled(CaseKind.COMPLAINT),
)
