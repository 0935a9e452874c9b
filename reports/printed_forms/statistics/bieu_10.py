"""Form 10-BTCTW: courses of everybody by programme; annex 6 tells of committee members alone.

The register of courses does not say of which level an official is, so those columns stay empty. What the form has no
row or column for stands below or beside it.
"""

from collections import Counter
from dataclasses import dataclass

from binhlu_portal.sheets.sheet import Sheet, SheetCell, SheetColumn, SheetRow, SumOfColumns, SumOfRows, group
from members.choices import CourseLevel, Program
from organizations.choices import StatisticsForm
from reports.figures import evaluate
from reports.figures.registry import KNOWN
from reports.printed_forms import layout

TURNS, CLASSES, BEFORE = "c3", "c9", "c13"
HELD_BY = {"c10": CourseLevel.PROVINCE, "c12": CourseLevel.COMMUNE}
"""The columns of classes by who held them; nobody holds those of the district any more, so theirs stays empty."""

ALL_CLASSES = SumOfColumns(("c10", "c11", "c12"))


@dataclass(frozen=True)
class CourseRow:
    """A row: a programme, or with `parts` (keys of rows) the sum of some; a heading has no figure."""

    key: str
    name: str
    mark: str = ""
    level: int = 0
    parts: tuple = ()
    recorded: bool = True

    @property
    def programs(self):
        """The programmes that the row covers."""
        parts = [row for row in ROWS if row.key in self.parts]
        return [program for part in parts for program in part.programs] or [self.key.removeprefix("courses.")]


def course(code, name, mark="", level=0, *parts):
    """Return a row with its rows `parts` beneath it."""
    return (CourseRow(f"courses.{code}", name, mark, level, tuple(part.key for part in parts)), *parts)


def blank(key, name, mark, level, *names):
    """Return a row of which no record tells, then those beneath it, called by `names`."""
    beneath = (
        CourseRow(f"blank.{key}.{number}", each, "", level + 1, recorded=False) for number, each in enumerate(names)
    )
    return (CourseRow(f"blank.{key}", name, mark, level, recorded=False), *beneath)


def beneath(key, *names):
    """Return rows of which no record tells, beneath one of which some does."""
    return tuple(CourseRow(f"blank.{key}.{number}", name, "", 2, recorded=False) for number, name in enumerate(names))


PLACES = ("+ Đào tạo trong nước", "+ Đào tạo ngoài nước", "+ Đào tạo liên kết")
TRAINED_AT = ("+ Bồi dưỡng trong nước", "+ Bồi dưỡng ngoài nước")
FULL, PART = "+ Hệ tập trung", "+ Hệ không tập trung"
THEORY = (
    *course(
        "theory_intermediate",
        "- Trung cấp LLCT",
        "",
        1,
        *course(Program.THEORY_INTERMEDIATE_FULL, FULL, "", 2),
        *course(Program.THEORY_INTERMEDIATE_PART, PART, "", 2),
    ),
    *course(
        "theory_advanced",
        "- Cao cấp LLCT",
        "",
        1,
        *course(Program.THEORY_ADVANCED_FULL, FULL, "", 2),
        *course(Program.THEORY_ADVANCED_PART, PART, "", 2),
    ),
    *course(Program.THEORY_BACHELOR, "- Cử nhân LLCT", "", 1),
    *beneath("bachelor", FULL, PART),
    *course(Program.THEORY_ELEMENTARY, "- Ngoài mẫu: sơ cấp LLCT", "", 1),
)
SKILLS = (
    *course(Program.PARTY_WORK, "Nghiệp vụ xây dựng Đảng", "1"),
    *course(Program.FRONT_WORK, "Nghiệp vụ đoàn thể chính trị", "2"),
    *course(Program.STATE_MANAGEMENT, "Quản lý nhà nước", "3"),
    *beneath("state_management", *TRAINED_AT),
    *blank("economy", "Quản lý kinh tế", "4", 0, *TRAINED_AT),
    *blank("languages", "Ngoại ngữ", "5", 0, *TRAINED_AT),
    *course(Program.DIGITAL, "Tin học", "6"),
    *course(Program.UPDATES, "Cập nhật kiến thức mới", "7"),
    *course(Program.DEFENCE, "Quốc phòng - an ninh", "8"),
    *beneath("defence", *(f"- Đối tượng {number}" for number in range(1, 5))),
    *course(Program.INSPECTION_WORK, "Ngoài mẫu: nghiệp vụ kiểm tra, giám sát"),
    *course(Program.OTHER, "Ngoài mẫu: chương trình khác"),
)
ROWS = (
    CourseRow("I", "Đào tạo", "I"),
    *blank("profession", "Đào tạo chuyên môn", "1", 0),
    *blank("university", "- Đại học", "", 1, *PLACES),
    *blank("master", "- Thạc sĩ (tương đương)", "", 1, *PLACES),
    *blank("doctor", "- Tiến sĩ (tương đương)", "", 1, *PLACES),
    CourseRow(
        "courses.theory",
        "Đào tạo chính trị",
        "2",
        parts=tuple(row.key for row in THEORY if row.level == 1 and row.recorded),
    ),
    *THEORY,
    CourseRow("courses.skills", "Bồi dưỡng", "II", parts=tuple(row.key for row in SKILLS if row.recorded)),
    *SKILLS,
)


def bieu_10(moment):
    """Return form 10-BTCTW."""
    earlier = moment.a_year_earlier()
    moments = [moment, earlier] if earlier else [moment]
    codes = [row.key for row in ROWS if row.key in KNOWN]
    found = list(zip((TURNS, BEFORE), moments, evaluate.side_by_side(moments, codes), strict=False))
    classes = _classes(moment)
    frame = layout.form_frame(moment, StatisticsForm.COURSES, "Lượt người, lớp")
    return [
        Sheet(
            code=frame.heading.form,
            tab=frame.heading.form,
            title=frame.title,
            subtitle=layout.as_of_line(moment),
            columns=COLUMNS,
            rows=tuple(_row(row, found, classes) for row in ROWS),
            heading=frame.heading,
            signature=frame.signature,
            left_signature=frame.left_signature,
            notes=(
                "Tính lượt theo ngày khai giảng; một người dự hai lớp tính hai lượt. Tính mọi đảng viên có ghi trong "
                "sổ đào tạo, bồi dưỡng; riêng cấp ủy viên xem Biểu 6.",
                "Cột (4) đến (8) để trống: sổ đào tạo, bồi dưỡng chưa ghi cấp của cán bộ. Cột (11) để trống: không còn "
                "cấp huyện; lớp do cấp xã mở ở cột (12), ngoài mẫu.",
                *layout.about_blanks(ROWS),
                layout.about_earlier(moment),
                layout.EMPTY_MEANS,
            ),
        )
    ]


def _classes(moment):
    """Return how many classes of each programme were held at each level: {(programme, level): classes}."""
    rows = evaluate.rows(moment, KNOWN["courses.total"])
    held = set(rows.values_list("program", "level", "course", "began_on"))
    return Counter((program, level) for program, level, _, _ in held)


def _row(row, found, classes):
    cells = {"mark": row.mark, "name": row.name}
    if row.key in KNOWN:
        down = SumOfRows(row.parts) if row.parts else None
        for column, moment, values in found:
            cells[column] = layout.counted(moment, values.get(row.key, 0), row.key, formula=down)
        for column, level in HELD_BY.items():
            cells[column] = SheetCell(sum(classes[program, level] for program in row.programs), down)
        across = [cells[key].value if key in cells else None for key in ALL_CLASSES.plus]
        cells[CLASSES] = SheetCell(ALL_CLASSES.evaluate(across, 0), ALL_CLASSES)
    return SheetRow(row.key, cells, level=row.level, emphasis=row.mark in ("I", "II"))


def _levels(label, whole, leaders):
    """Return the columns of the officials of one level."""
    return group(
        label, SheetColumn(whole, "Tổng số", width=7), SheetColumn(leaders, "Trong đó: lãnh đạo, quản lý", width=9)
    )


COLUMNS = (
    SheetColumn("mark", "TT", kind="mark", width=5),
    SheetColumn("name", "Chương trình, hình thức đào tạo, bồi dưỡng", kind="text", width=34),
    group(
        "Cán bộ được đào tạo, bồi dưỡng",
        SheetColumn(TURNS, "Tổng số", width=7),
        _levels("Cấp tỉnh", "c4", "c5"),
        _levels("Cấp huyện", "c6", "c7"),
        SheetColumn("c8", "Cấp xã", width=6),
    ),
    group(
        "Số lớp đào tạo, bồi dưỡng",
        SheetColumn(CLASSES, "Tổng số lớp", width=7),
        SheetColumn("c10", "Cấp ủy cấp tỉnh mở", width=8),
        SheetColumn("c11", "Cấp ủy cấp huyện mở", width=8),
    ),
    group(
        "Ngoài mẫu",
        SheetColumn("c12", "Lớp cấp xã mở", width=7),
        SheetColumn(BEFORE, "Lượt cùng kỳ năm trước", width=9),
    ),
)
