"""Form 7-BTCTW: badges, cards and letters of introduction, which the ledger tells of."""

from members.choices import BADGES
from organizations.choices import StatisticsForm

from .bieu_1 import CAME, LEFT, moved
from .year_on_year import YearOnYearLine, blank, figures, heading, sheet

FLAG, CERTIFICATE, LETTER = "- Tặng cờ", "- Tặng bằng khen", "- Tặng giấy khen"
COMMENDED = (
    *blank("commended", "I. Khen thưởng tổ chức đảng và đảng viên trong năm", 0),
    *blank("commended.units", "1. Khen thưởng tổ chức đảng", 1),
    *blank("commended.above", "a) Số tổ chức đảng cấp trên trực tiếp cơ sở được khen, chia ra:", 2, FLAG, CERTIFICATE),
    *blank("commended.grassroots", "b) Số tổ chức cơ sở đảng được khen, chia ra:", 2, FLAG, CERTIFICATE, LETTER),
    *blank(
        "commended.departmental",
        "c) Số đảng bộ bộ phận trực thuộc đảng ủy cơ sở được khen, chia ra:",
        2,
        CERTIFICATE,
        LETTER,
    ),
    *blank("commended.cells", "d) Số chi bộ trực thuộc đảng bộ cơ sở được khen, chia ra:", 2, CERTIFICATE, LETTER),
    *blank("commended.members", "2. Số đảng viên được khen, chia ra:", 1, CERTIFICATE, LETTER),
)
BADGE_LINES = tuple(YearOnYearLine(f"badges.{years}", f"- Huy hiệu Đảng {years} năm", 1) for years in BADGES)
BADGES_AND_CARDS = (
    YearOnYearLine(
        "badges.total",
        "II. Tặng Huy hiệu Đảng trong năm",
        plus=tuple(line.key for line in BADGE_LINES),
        emphasis=True,
    ),
    *BADGE_LINES,
    YearOnYearLine("badges.posthumous", "Ngoài mẫu: trong đó truy tặng", 1),
    heading("III. Phát thẻ đảng viên trong năm"),
    YearOnYearLine("cards.issued", "1. Số thẻ đảng viên được phát cho đảng viên chính thức", 1),
    *blank("cards.lost", "2. Số thẻ đảng viên được cấp lại cho đảng viên do mất", 1),
    *blank("cards.damaged", "3. Số thẻ đảng viên được đổi lại cho đảng viên do bị hỏng", 1),
)
MOVED = (
    heading("IV. Giới thiệu sinh hoạt đảng trong năm"),
    *blank(
        "moved.for_a_time",
        "1. Số lượt đảng viên chuyển sinh hoạt đảng tạm thời",
        1,
        "- Giới thiệu chuyển đi",
        "- Tiếp nhận chuyển đến",
    ),
    heading("2. Số lượt đảng viên chuyển sinh hoạt đảng chính thức", 1),
    YearOnYearLine("C5", "- Giới thiệu chuyển đi", 2),
    *(YearOnYearLine(key, LEFT[key][0], 3) for key in ("C5a", "C5b", "C5c")),
    YearOnYearLine("B2", "- Tiếp nhận chuyển đến", 2),
    *(YearOnYearLine(key, CAME[key][0], 3) for key in ("B2a", "B2b", "B2c")),
    *blank(
        "moved.wrongly",
        "3. Một số nội dung liên quan đến giới thiệu sinh hoạt đảng",
        1,
        "- Số đảng viên nơi khác chuyển sinh hoạt đảng đến chưa đúng quy định",
        "- Số đảng viên giới thiệu sinh hoạt đảng đi chưa đúng quy định",
        "- Số trường hợp phát hiện giả mạo qua giới thiệu sinh hoạt đảng",
    ),
)
LINES = (*COMMENDED, *BADGES_AND_CARDS, *MOVED)


def bieu_7(moment):
    """Return form 7-BTCTW."""
    cells = tuple(
        None if counted is None else counted | told
        for counted, told in zip(figures(moment, BADGES_AND_CARDS), moved(moment), strict=True)
    )
    return [
        sheet(
            moment,
            StatisticsForm.MEMBER_WORK,
            "Người, thẻ, lượt",
            LINES,
            cells,
            (
                "Thẻ đã phát tính theo ngày cấp của thẻ ghi gần nhất trong hồ sơ. Chuyển giữa các chi bộ trong đảng bộ "
                "chỉ tính trong biểu của từng chi bộ.",
            ),
        )
    ]
