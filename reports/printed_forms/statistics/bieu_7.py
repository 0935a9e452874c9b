"""Form 7-BTCTW: badges, cards and letters of introduction, which the ledger tells of."""

from members.choices import BADGES

from .bieu_1 import CAME, LEFT, moved
from .year_on_year import YearOnYearLine, figures, heading, sheet

BADGE_LINES = tuple(YearOnYearLine(f"badges.{years}", f"Huy hiệu {years} năm", 1) for years in BADGES)
COUNTED = (
    YearOnYearLine(
        "badges.total",
        "I. Huy hiệu Đảng được trao tặng",
        plus=tuple(line.key for line in BADGE_LINES),
        emphasis=True,
    ),
    *BADGE_LINES,
    YearOnYearLine("badges.posthumous", "Trong đó: truy tặng", 1),
    YearOnYearLine("cards.issued", "II. Thẻ đảng viên đã phát", emphasis=True),
)
MOVED = (
    heading("III. Giới thiệu sinh hoạt đảng chính thức"),
    YearOnYearLine("C5", "1. Chuyển đi", 1),
    YearOnYearLine("C5a", LEFT["C5a"][0], 2),
    YearOnYearLine("C5b", LEFT["C5b"][0], 2),
    YearOnYearLine("C5c", LEFT["C5c"][0], 2),
    YearOnYearLine("B2", "2. Chuyển đến", 1),
    YearOnYearLine("B2a", CAME["B2a"][0], 2),
    YearOnYearLine("B2b", CAME["B2b"][0], 2),
    YearOnYearLine("B2c", CAME["B2c"][0], 2),
)


def bieu_7(moment):
    """Return form 7-BTCTW."""
    lines = (*COUNTED, *MOVED)
    cells = tuple(
        None if counted is None else counted | told
        for counted, told in zip(figures(moment, COUNTED), moved(moment), strict=True)
    )
    return [
        sheet(
            moment,
            "Biểu số 7-TCTW",
            "NGHIỆP VỤ CÔNG TÁC ĐẢNG VIÊN",
            "Người, thẻ, lượt",
            lines,
            cells,
            (
                "Thẻ đã phát tính theo ngày cấp của thẻ ghi gần nhất trong hồ sơ. Chuyển giữa các chi bộ trong đảng bộ "
                "chỉ tính trong biểu của từng chi bộ.",
                "Không có các mục mà hồ sơ không ghi: khen thưởng; cấp lại thẻ do mất, đổi thẻ do hỏng; giới thiệu "
                "sinh hoạt đảng tạm thời; giới thiệu sai quy định, giả mạo hồ sơ.",
            ),
        )
    ]
