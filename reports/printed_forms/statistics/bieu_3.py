"""Form 3-BTCTW: the members of the as-of day by what they are."""

from organizations.choices import StatisticsForm
from reports.figures.average_age import OF_MEMBERS
from reports.figures.definitions.statistics.members import JOINED

from . import shared_rows
from .year_on_year import YearOnYearLine, blank, figures, heading, sheet, with_average_age

WORK = tuple(shared_rows.occupations("members", 2))
LINES = (
    YearOnYearLine("members.total", "I. Đảng viên trong danh sách cuối kỳ báo cáo", emphasis=True),
    YearOnYearLine("members.female", "Trong đó: nữ", 1),
    YearOnYearLine("members.probationary", "Đảng viên dự bị", 1),
    YearOnYearLine("members.ethnic_minority", "Dân tộc thiểu số", 1),
    YearOnYearLine("members.religious", "Người theo tôn giáo", 1),
    *blank("youth_union", "Đoàn viên Đoàn TNCS Hồ Chí Minh", 1),
    *blank("owners", "Chủ doanh nghiệp tư nhân", 1),
    *blank("foreign_spouses", "Có quan hệ hôn nhân với người nước ngoài", 1),
    heading("II. Phân tích đội ngũ đảng viên"),
    heading("1. Nghề nghiệp", 1),
    YearOnYearLine(
        "members.working",
        "a. Đang làm việc và công tác",
        1,
        plus=tuple(line.key for line in WORK if line.level == 2),
    ),
    *WORK,
    YearOnYearLine("members.retired", "b. Đã nghỉ hưu và nghỉ công tác", 1),
    YearOnYearLine("members.retired.exempt", "Trong đó: được miễn công tác và sinh hoạt đảng", 2),
    *shared_rows.under("2. Tuổi đời", shared_rows.ages("members", OF_MEMBERS)),
    *shared_rows.under(
        "3. Thời gian kết nạp vào Đảng",
        (YearOnYearLine(f"members.joined.{code}", name, 2) for code, (name, *_) in JOINED.items()),
    ),
    *shared_rows.under("4. Trình độ giáo dục phổ thông", shared_rows.educations("members")),
    *shared_rows.under("5. Trình độ chuyên môn, nghiệp vụ", shared_rows.qualifications("members")),
    *shared_rows.under("6. Chức danh khoa học", shared_rows.titles("members")),
    *shared_rows.under(
        "7. Trình độ lý luận chính trị",
        (
            YearOnYearLine("members.theory.elementary", "Sơ cấp", 2),
            YearOnYearLine("members.theory.intermediate", "Trung cấp", 2),
            YearOnYearLine("members.theory.advanced", "Cao cấp, cử nhân", 2),
        ),
    ),
)


def bieu_3(moment):
    """Return form 3-BTCTW."""
    return [
        sheet(
            moment,
            StatisticsForm.MEMBERS,
            "Người",
            LINES,
            with_average_age(moment, OF_MEMBERS, figures(moment, LINES)),
            (
                "Các mục của phần II, cả tuổi bình quân, chỉ gồm người mà hồ sơ có ghi, nên có thể cộng lại nhỏ hơn "
                "dòng I.",
            ),
        )
    ]
