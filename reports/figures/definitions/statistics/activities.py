"""Forms 7- and 10-BTCTW: badges and cards given in the period, courses of everybody."""

from django.db.models import Q

from members.choices import BADGES, SKILL_PROGRAMS, THEORY_PROGRAMS, Program
from reports.figures.registry import STATISTICS, Figure, add

from .populations import AWARDS, CARDS, COURSES

FORM_7, FORM_10 = "Biểu số 7-BTCTW", "Biểu số 10-BTCTW"
BADGE = "Tính theo ngày trao tặng; người được truy tặng tính ở chi bộ nơi sinh hoạt trước khi từ trần."
CARD = "Tính theo ngày cấp của thẻ ghi gần nhất trong hồ sơ."
TURN = "Tính lượt theo ngày khai giảng, ở chi bộ nơi sinh hoạt ngày đó: một người dự hai lớp là hai lượt."
INTERMEDIATE = (Program.THEORY_INTERMEDIATE_FULL, Program.THEORY_INTERMEDIATE_PART)
ADVANCED = (Program.THEORY_ADVANCED_FULL, Program.THEORY_ADVANCED_PART)


def turns(code, label, where):
    """Return a figure over the turns of everybody in courses that began in the period."""
    return Figure(f"courses.{code}", label, FORM_10, COURSES, where, reading=TURN)


add(
    Figure("badges.total", "Huy hiệu Đảng được trao tặng", FORM_7, AWARDS, reading=BADGE),
    *(
        Figure(f"badges.{years}", f"Huy hiệu {years} năm tuổi Đảng", FORM_7, AWARDS, Q(years=years), reading=BADGE)
        for years in BADGES
    ),
    Figure("badges.posthumous", "Huy hiệu Đảng được truy tặng", FORM_7, AWARDS, Q(posthumous=True), reading=BADGE),
    Figure("cards.issued", "Thẻ đảng viên được cấp", FORM_7, CARDS, reading=CARD),
    turns("total", "Lượt được đào tạo, bồi dưỡng", Q()),
    turns("theory", "Lượt đào tạo lý luận chính trị", Q(program__in=THEORY_PROGRAMS)),
    turns("theory_intermediate", "Lượt học trung cấp lý luận chính trị", Q(program__in=INTERMEDIATE)),
    turns("theory_advanced", "Lượt học cao cấp lý luận chính trị", Q(program__in=ADVANCED)),
    turns("skills", "Lượt bồi dưỡng", Q(program__in=SKILL_PROGRAMS)),
    *(turns(program, f"Lượt học: {program.label}", Q(program=program)) for program in Program),
    to=STATISTICS,
)
