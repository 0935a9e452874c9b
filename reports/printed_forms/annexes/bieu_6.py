"""Annex 6: training of committee members by programme, after form 10-BTCTW (11-HD/BTCTW, 13/12/2021).

A turn counts by what its member was on the day the course began, on the eve where the membership ended that day: the
highest committee post held then, and the unit directly beneath the commune committee in which the cell stood.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from binhlu_portal.sheets.sheet import Sheet, SheetCell, SheetColumn, SheetRow, SumOfColumns, SumOfRows, group
from members.choices import CourseLevel, Gender, Post, Program
from members.positions.queries import held_post
from members.queries import on_day_or_eve
from organizations.choices import Kind, Sector
from organizations.models import UnitPeriod
from reports.figures import evaluate
from reports.figures.registry import FIGURES
from reports.printed_forms import layout
from reports.printed_forms.cross_table import cross_table

BEGAN = "began_on"


def stood_in(*kinds, **what):
    """Return the condition that the member's cell stood in a direct unit of `kinds` when the course began."""

    def direct(holds):
        """Return the condition of the tree and the stay that hold so on the day on which the course began."""
        paths = ("", "parent__periods__", "unit__beneath__", "unit__beneath__unit__spells__")
        places = UnitPeriod.objects.filter(
            *(holds(OuterRef(BEGAN), path) for path in paths),
            parent__periods__kind=Kind.COMMUNE,
            unit__beneath__unit__spells__member=OuterRef("member"),
            kind__in=kinds,
            **what,
        )
        return Q(Exists(places))

    return on_day_or_eve(BEGAN, direct)


SECRETARY, DEPUTY = (held_post(BEGAN, [post]) for post in (Post.SECRETARY, Post.DEPUTY_SECRETARY))
TURNS = {
    "c7": SECRETARY,
    "c8": ~SECRETARY & DEPUTY,
    "c9": ~SECRETARY & ~DEPUTY,
    "c10": Q(member__gender=Gender.FEMALE),
    "c11": ~Q(member__ethnicity__in=["kinh", "foreign"]),
    "c12": stood_in(Kind.PARTY_ORGANIZATION),
    "c13": stood_in(Kind.GRASSROOTS_CELL),
    "c14": stood_in(Kind.SUBORDINATE_CELL, sector=Sector.VILLAGE),
    "c15": stood_in(Kind.SUBORDINATE_CELL, sector__in=[Sector.SCHOOL, Sector.HEALTH_STATION]),
}
COURSES = {"c4": CourseLevel.PROVINCE, "c5": CourseLevel.COMMUNE}
ACROSS = {"c3": SumOfColumns(("c4", "c5")), "c6": SumOfColumns(("c7", "c8", "c9"))}


@dataclass(frozen=True)
class CourseLine:
    """A row: one programme, or the sum of the rows `parts`; its turns are those of the figure `turns`."""

    key: str
    mark: str
    name: str
    turns: str
    parts: tuple = ()
    level: int = 0

    @property
    def figure(self):
        """The code of the figure that counts the turns of the row."""
        return f"training.turns.{self.turns}"

    @property
    def emphasis(self):
        """Whether the row is printed bold: those of the groups and of the whole are."""
        return self.mark in ("I", "II", "")


FULL, PART = "Tập trung", "Không tập trung"
LINES = (
    CourseLine("I", "I", "Đào tạo lý luận chính trị", "theory", ("I1", "I2", "I3", "I4")),
    CourseLine("I1", "1", "Sơ cấp", Program.THEORY_ELEMENTARY),
    CourseLine("I2", "2", "Trung cấp", "theory_intermediate", ("I2a", "I2b")),
    CourseLine("I2a", "-", FULL, Program.THEORY_INTERMEDIATE_FULL, level=1),
    CourseLine("I2b", "-", PART, Program.THEORY_INTERMEDIATE_PART, level=1),
    CourseLine("I3", "3", "Cao cấp", "theory_advanced", ("I3a", "I3b")),
    CourseLine("I3a", "-", FULL, Program.THEORY_ADVANCED_FULL, level=1),
    CourseLine("I3b", "-", PART, Program.THEORY_ADVANCED_PART, level=1),
    CourseLine("I4", "4", "Cử nhân", Program.THEORY_BACHELOR),
    CourseLine("II", "II", "Bồi dưỡng nghiệp vụ, kỹ năng", "skills", tuple(f"II{number}" for number in range(1, 9))),
    CourseLine("II1", "1", "Nghiệp vụ công tác đảng cho bí thư, cấp ủy viên", Program.PARTY_WORK),
    CourseLine("II2", "2", "Nghiệp vụ kiểm tra, giám sát", Program.INSPECTION_WORK),
    CourseLine("II3", "3", "Nghiệp vụ MTTQ, đoàn thể", Program.FRONT_WORK),
    CourseLine("II4", "4", "Quản lý nhà nước", Program.STATE_MANAGEMENT),
    CourseLine("II5", "5", "Cập nhật kiến thức mới", Program.UPDATES),
    CourseLine("II6", "6", "Quốc phòng - an ninh (đối tượng 1 - 4)", Program.DEFENCE),
    CourseLine("II7", "7", "Tin học, chuyển đổi số", Program.DIGITAL),
    CourseLine("II8", "8", "Khác", Program.OTHER),
    CourseLine("total", "", "Cộng (I + II)", "total", ("I", "II")),
)


def bieu_6(moment):
    """Return annex 6; a programme in which nobody took part stays empty."""
    turns = cross_table(moment, [line.figure for line in LINES], TURNS)
    courses = _courses(moment)
    people = evaluate.results(moment, ["training.committee_members"])["training.committee_members"].value
    frame = layout.frame(moment)
    return [
        Sheet(
            code="Biểu 6",
            title="KẾT QUẢ ĐÀO TẠO, BỒI DƯỠNG CẤP ỦY VIÊN CƠ SỞ",
            subtitle=f"(Các lớp khai giảng {layout.period_line(moment)})",
            columns=_columns(),
            rows=tuple(_row(moment, line, turns[line.figure], courses, people) for line in LINES),
            heading=frame.heading,
            signature=frame.signature,
            left_signature=frame.left_signature,
            notes=(
                "Cột (6) là số lượt: một người dự hai lớp tính hai lượt; chỉ tính người giữ chức vụ cấp ủy vào ngày "
                "khai giảng, theo chức vụ cao nhất. Số người ở cột (16) tính mỗi người một lần. "
                "Cột (3) đếm các lớp có cấp ủy viên tham gia.",
                "Cột (12) - (15) theo tổ chức đảng trực thuộc Đảng ủy xã vào ngày khai giảng; chi bộ của đảng bộ cơ sở "
                "tính vào cột (12).",
                layout.EMPTY_MEANS,
            ),
        )
    ]


def _courses(moment):
    """Return how many courses of each programme were held at each level, as {(programme, level): courses}."""
    rows = evaluate.rows(moment, FIGURES["training.turns.total"])
    held_courses = set(rows.values_list("program", "level", "course", "began_on"))
    return Counter((program, level) for program, level, _, _ in held_courses)


def _programs(line):
    """Return the programmes that a row covers."""
    if not line.parts:
        return [line.turns]
    return [program for part in LINES if part.key in line.parts for program in _programs(part)]


def _row(moment, line, turns, courses, people):
    """Return a row; sums are counted by themselves too, so their formulas are checked against the records."""
    down = SumOfRows(line.parts) if line.parts else None
    if turns["total"]:
        programs = _programs(line)
        values = {column: sum(courses[program, level] for program in programs) for column, level in COURSES.items()}
        values |= {column: turns[column] for column in TURNS}
    else:
        values = dict.fromkeys([*COURSES, *TURNS])
    cells = {column: SheetCell(value, down, _link(moment, line, turns, column)) for column, value in values.items()}
    for column, across in ACROSS.items():
        cells[column] = SheetCell(across.evaluate([values[key] for key in across.plus], 0), across)
    cells["c6"] = layout.counted(moment, cells["c6"].value, line.figure, formula=ACROSS["c6"])
    if line.key == "II" and people:
        cells["c16"] = f"{people} người"
    return SheetRow(line.key, {"mark": line.mark, "name": line.name} | cells, level=line.level, emphasis=line.emphasis)


def _link(moment, line, turns, column):
    """Return the address of the turns of a row for a part that is the whole of them; other parts have no list."""
    whole = turns["total"] and turns.get(column) == turns["total"]
    return layout.link(moment, line.figure) if whole else None


def _columns():
    return (
        SheetColumn("mark", "TT", kind="mark", width=5),
        SheetColumn("name", "Chương trình", kind="text", width=28),
        SheetColumn("c3", "Số lớp (=4+5)", width=7),
        group("Cấp mở lớp", SheetColumn("c4", "Tỉnh", width=6), SheetColumn("c5", "Xã (Trung tâm Chính trị)", width=9)),
        group(
            "Lượt cấp ủy viên tham gia",
            SheetColumn("c6", "Tổng số (=7+8+9)", width=9),
            group(
                "Chia theo chức danh",
                SheetColumn("c7", "Bí thư", width=6),
                SheetColumn("c8", "Phó bí thư", width=6),
                SheetColumn("c9", "Cấp ủy viên", width=7),
            ),
            group("Trong đó", SheetColumn("c10", "Nữ", width=6), SheetColumn("c11", "DTTS", width=7)),
            group(
                "Chia theo nơi sinh hoạt",
                SheetColumn("c12", "Đảng bộ cơ sở", width=7),
                SheetColumn("c13", "Chi bộ cơ sở", width=7),
                SheetColumn("c14", "Chi bộ bản", width=7),
                SheetColumn("c15", "Chi bộ trường học, trạm y tế", width=9),
            ),
        ),
        SheetColumn("c16", "Ghi chú", kind="text", width=10),
    )
