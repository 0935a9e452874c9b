"""Annex 9: inspection, supervision, discipline and leaving the Party, after the forms of the inspection committees.

Their statistics are those of 885-QĐ/UBKTTW, 29/12/2022, cut down to what a commune does.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import capfirst

from assessments.choices import CaseKind, UnitDisciplineMeasure
from binhlu_portal.sheets.sheet import Sheet, SheetCell, SheetColumn, SheetRow, SumOfColumns, group
from members.choices import DecidingLevel, Violation
from reports.figures import evaluate
from reports.figures.definitions.inspection import PRINTED
from reports.printed_forms import layout
from reports.printed_forms.cross_table import cross_table

LEVELS = {
    "c5": DecidingLevel.COMMITTEE,
    "c6": DecidingLevel.INSPECTION,
    "c7": DecidingLevel.ADVISORY,
    "c8": DecidingLevel.GRASSROOTS,
    "c9": DecidingLevel.CELL,
}
BY_LEVEL = {column: Q(level=level) for column, level in LEVELS.items()}
ORGANIZATIONS, MEMBERS, TASKS = "tổ chức", "đảng viên", "vụ việc"
SUBJECTS = (("1", "Tổ chức đảng", ORGANIZATIONS, "units"), ("2", "Đảng viên", MEMBERS, "members"))


@dataclass(frozen=True)
class InspectionLine:
    """A row: the figure it shows, and the figure `whole` of its group, which is empty when that counts nothing.

    A row without a figure is a heading, or asks for something of which the portal keeps no record.
    """

    key: str
    mark: str
    name: str
    unit: str = ""
    figure: str = ""
    whole: str = ""
    level: int = 0


def gathered(key, mark, name, unit, figure, *parts):
    """Return the row of a group and those of its `parts`, given as (name, figure)."""
    rows = (InspectionLine(of, "-", label, unit, of, figure, level=1) for label, of in parts)
    return (InspectionLine(key, mark, name, unit, figure, figure), *rows)


def cases(letter, name, kind):
    """Return the rows of cases of `kind`: a heading, then units and members with their outcomes."""
    rows = [InspectionLine(letter, letter, name)]
    for mark, subject, unit, code in SUBJECTS:
        prefix = f"cases.{kind}.{code}"
        outcomes = ((outcome.label, f"{prefix}.{outcome}") for outcome in PRINTED[kind])
        rows += gathered(f"{letter}{mark}", mark, subject, unit, f"{prefix}.total", *outcomes)
    return rows


def discipline(figure):
    """Return the code of a figure over people disciplined."""
    return f"discipline.members.{figure}"


def violations():
    """Return the rows of what people were disciplined for."""
    return (
        InspectionLine(of, "+", label, MEMBERS, of, discipline("total"), level=2)
        for value, label in Violation.choices
        for of in [discipline(f"violation.{value}")]
    )


SUSPENDED = discipline("suspended")

LINES = (
    *cases("A", "Kiểm tra (Điều 30 Điều lệ Đảng)", CaseKind.INSPECTION),
    *cases("B", "Giám sát chuyên đề", CaseKind.SUPERVISION),
    *cases("C", "Kiểm tra khi có dấu hiệu vi phạm", CaseKind.SUSPICION),
    *gathered(
        "D",
        "D",
        "Thi hành kỷ luật tổ chức đảng",
        ORGANIZATIONS,
        "discipline.units.total",
        *((form.label, f"discipline.units.{form}") for form in UnitDisciplineMeasure),
    ),
    *gathered(
        "Đ",
        "Đ",
        "Thi hành kỷ luật đảng viên",
        MEMBERS,
        discipline("total"),
        ("Khiển trách", discipline("reprimanded")),
        ("Cảnh cáo", discipline("warned")),
        ("Cách chức", discipline("dismissed")),
        ("Khai trừ", discipline("expelled")),
    ),
    InspectionLine("suspended", "", "Ghi thêm: đình chỉ sinh hoạt đảng", MEMBERS, SUSPENDED, SUSPENDED, level=1),
    InspectionLine(
        "committee", "", "Trong đó: là cấp ủy viên", MEMBERS, discipline("committee"), discipline("total"), level=1
    ),
    InspectionLine("violations", "", "Chia theo nội dung vi phạm:", level=1),
    *violations(),
    *gathered(
        "E",
        "E",
        "Đưa ra khỏi Đảng",
        MEMBERS,
        "members.left_party",
        ("Khai trừ", "members.expelled"),
        ("Xóa tên", "members.struck_off"),
        ("Xin ra khỏi Đảng", "members.resigned"),
    ),
    InspectionLine("G", "G", "Giải quyết tố cáo, khiếu nại kỷ luật đảng"),
    *gathered("G1", "1", "Giải quyết tố cáo", TASKS, "cases.denunciation.total"),
    *gathered("G2", "2", "Giải quyết khiếu nại kỷ luật đảng", TASKS, "cases.complaint.total"),
)
FIGURES = tuple(line.figure for line in LINES if line.figure)
WITHOUT_LEVEL = (SUSPENDED, *(figure for figure in FIGURES if figure.startswith("members.")))
"""Who leaves the Party has no level; of suspensions the statistics ask for the total only."""


def bieu_9(moment):
    """Return annex 9, with the same period a year earlier beside it."""
    found = cross_table(moment, [figure for figure in FIGURES if figure not in WITHOUT_LEVEL], BY_LEVEL)
    earlier = moment.a_year_earlier()
    now, *rest = evaluate.side_by_side([moment, *filter(None, [earlier])], FIGURES)
    found |= {figure: {"total": now.get(figure, 0)} for figure in WITHOUT_LEVEL}
    before = rest[0] if rest else {}
    frame = layout.frame(moment)
    return [
        Sheet(
            code="Biểu 9",
            title="KẾT QUẢ KIỂM TRA, GIÁM SÁT, THI HÀNH KỶ LUẬT ĐẢNG",
            subtitle=f"({capfirst(layout.period_line(moment))})",
            columns=COLUMNS,
            rows=tuple(_row(moment, line, found, before) for line in LINES),
            heading=frame.heading,
            signature=frame.signature,
            left_signature=frame.left_signature,
            notes=(
                "Tính theo ngày kết luận, ngày quyết định kỷ luật, ngày ra khỏi Đảng. Cột (4) gồm cả việc do cấp trên "
                "thực hiện. Số đảng viên bị kỷ luật tính mỗi người một lần. Trường hợp phải thi hành kỷ luật cũng nằm "
                "trong số có khuyết điểm, vi phạm.",
                _about(earlier),
                layout.EMPTY_MEANS,
            ),
        )
    ]


def _about(earlier):
    if earlier is None:
        return "Cột (10) để trống: một năm trước chưa có tổ chức đảng này."
    return f"Cột (10): {layout.period_line(earlier)}."


def _row(moment, line, found, before):
    cells = {"mark": line.mark, "name": line.name, "unit": line.unit}
    if line.figure and found[line.whole]["total"]:
        cells |= _numbers(moment, line.figure, found[line.figure])
    if before.get(line.whole):
        cells["c10"] = layout.counted(moment.a_year_earlier(), before[line.figure], line.figure)
    return SheetRow(line.key, cells, level=line.level, emphasis=line.mark.isalpha())


def _numbers(moment, figure, counts):
    """Return the total and its parts by level.

    The total is a sum only where the parts make it up, for a superior level has no column and a person disciplined at
    two levels counts once. A part that is the whole shares its list.
    """
    number = counts["total"]
    parts = [counts[column] for column in LEVELS if column in counts]
    formula = SumOfColumns(tuple(LEVELS)) if parts and sum(parts) == number else None
    cells = {"c4": layout.counted(moment, number, figure, formula=formula)}
    for column in LEVELS:
        part = counts.get(column)
        whole = part and part == number
        cells[column] = layout.counted(moment, part, figure) if whole else SheetCell(part)
    return cells


COLUMNS = (
    SheetColumn("mark", "TT", kind="mark", width=5),
    SheetColumn("name", "Nội dung", kind="text", width=48),
    SheetColumn("unit", "Đơn vị tính", kind="mark", width=10),
    SheetColumn("c4", "Tổng số", width=7),
    group(
        "Cấp thực hiện",
        SheetColumn("c5", "Đảng ủy, BTV Đảng ủy xã", width=10),
        SheetColumn("c6", "UBKT Đảng ủy xã", width=9),
        SheetColumn("c7", "Cơ quan tham mưu, giúp việc", width=11),
        SheetColumn("c8", "Cấp ủy cơ sở, UBKT cơ sở", width=10),
        SheetColumn("c9", "Chi bộ", width=7),
    ),
    SheetColumn("c10", "Cùng kỳ", width=7),
    SheetColumn("c11", "Ghi chú", kind="text", width=16),
)
