"""Form 2-BTCTW: new members by what they were on the day of the ceremony."""

from organizations.choices import StatisticsForm
from reports.figures.average_age import OF_ADMITTED

from . import shared_rows
from .year_on_year import YearOnYearLine, blank, figures, heading, sheet, with_average_age

LINES = (
    YearOnYearLine("admissions.total", "I. Tổng số đảng viên mới kết nạp trong kỳ", emphasis=True),
    YearOnYearLine("admissions.female", "Trong đó: nữ", 1),
    YearOnYearLine("admissions.ethnic_minority", "Dân tộc thiểu số", 1),
    YearOnYearLine("admissions.religious", "Người theo tôn giáo", 1),
    YearOnYearLine("admissions.youth_union", "Đoàn viên Đoàn TNCS Hồ Chí Minh", 1),
    *blank("owners", "Chủ doanh nghiệp tư nhân", 1),
    *blank("population_policy", "Quần chúng vi phạm chính sách kế hoạch hóa gia đình", 1),
    *blank("foreign_spouses", "Có quan hệ hôn nhân với người nước ngoài", 1),
    YearOnYearLine("admissions.again", "Kết nạp lại", 1),
    heading("II. Phân tích đảng viên mới kết nạp"),
    *shared_rows.under("1. Nghề nghiệp", shared_rows.occupations("admissions", 2)),
    *shared_rows.under("2. Tuổi đời", shared_rows.ages("admissions", OF_ADMITTED)),
    *shared_rows.under("3. Trình độ giáo dục phổ thông", shared_rows.educations("admissions")),
    *shared_rows.under("4. Trình độ chuyên môn, nghiệp vụ", shared_rows.qualifications("admissions")),
    *shared_rows.under("5. Chức danh khoa học", shared_rows.titles("admissions")),
    heading("III. Số tổ chức cơ sở đảng có đến cuối kỳ"),
    YearOnYearLine("units.grassroots.party_organizations", "1. Đảng bộ cơ sở", 1),
    YearOnYearLine("units.admitting.party_organizations", "Trong đó: có kết nạp đảng viên", 2),
    *blank("nobody_left.party_organizations", "Không còn quần chúng", 2),
    YearOnYearLine("units.grassroots.cells", "2. Chi bộ cơ sở", 1),
    YearOnYearLine("units.admitting.cells", "Trong đó: có kết nạp đảng viên", 2),
    *blank("nobody_left.cells", "Không còn quần chúng", 2),
)


def bieu_2(moment):
    """Return form 2-BTCTW."""
    return [
        sheet(
            moment,
            StatisticsForm.ADMISSIONS,
            "Người, tổ chức",
            LINES,
            with_average_age(moment, OF_ADMITTED, figures(moment, LINES)),
            (
                "Tính theo ngày lễ kết nạp, gồm cả kết nạp lại; tuổi và trình độ vào ngày đó. Các mục của phần II, cả "
                "tuổi bình quân, chỉ gồm người mà hồ sơ có ghi.",
            ),
        )
    ]
