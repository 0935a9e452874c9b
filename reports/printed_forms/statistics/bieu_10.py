"""Form 10-BTCTW: courses of everybody by programme; annex 6 tells of committee members alone."""

from members.choices import Program

from .year_on_year import YearOnYearLine, figures, sheet


def programs(*codes, level=2):
    """Return the rows of single programmes."""
    return tuple(YearOnYearLine(f"courses.{code}", code.label, level) for code in codes)


def whole(code, name, parts, level=1):
    """Return the row of several programmes, then their rows."""
    direct = tuple(part.key for part in parts if part.level == level + 1)
    return (YearOnYearLine(f"courses.{code}", name, level, plus=direct, emphasis=not level), *parts)


INTERMEDIATE = programs(Program.THEORY_INTERMEDIATE_FULL, Program.THEORY_INTERMEDIATE_PART)
ADVANCED = programs(Program.THEORY_ADVANCED_FULL, Program.THEORY_ADVANCED_PART)
THEORY = (
    *programs(Program.THEORY_ELEMENTARY, level=1),
    *whole("theory_intermediate", "Trung cấp lý luận chính trị", INTERMEDIATE),
    *whole("theory_advanced", "Cao cấp lý luận chính trị", ADVANCED),
    *programs(Program.THEORY_BACHELOR, level=1),
)
SKILLS = programs(
    Program.PARTY_WORK,
    Program.INSPECTION_WORK,
    Program.FRONT_WORK,
    Program.STATE_MANAGEMENT,
    Program.DIGITAL,
    Program.UPDATES,
    Program.DEFENCE,
    Program.OTHER,
    level=1,
)
LINES = (
    YearOnYearLine("courses.total", "Tổng số (I + II)", plus=("courses.theory", "courses.skills"), emphasis=True),
    *whole("theory", "I. Đào tạo lý luận chính trị", THEORY, level=0),
    *whole("skills", "II. Bồi dưỡng", SKILLS, level=0),
)


def bieu_10(moment):
    """Return form 10-BTCTW."""
    return [
        sheet(
            moment,
            "Biểu số 10-TCTW",
            "KẾT QUẢ ĐÀO TẠO, BỒI DƯỠNG CÁN BỘ, ĐẢNG VIÊN",
            "Lượt người",
            LINES,
            figures(moment, LINES),
            (
                "Tính lượt theo ngày khai giảng; một người dự hai lớp tính hai lượt. Tính mọi đảng viên có ghi trong "
                "sổ đào tạo, bồi dưỡng; riêng cấp ủy viên xem Biểu 6.",
                "Không có các dòng, cột mà hồ sơ không ghi: đào tạo chuyên môn; bồi dưỡng kinh tế, ngoại ngữ; "
                "cán bộ lãnh đạo, quản lý cấp tỉnh; số lớp (xem Biểu 6).",
            ),
        )
    ]
