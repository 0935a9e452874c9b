"""Yearly ratings of units and of members (366-QĐ/TW, 30/8/2025)."""

from django.db.models import Q

from assessments.choices import GOOD_OR_BETTER, Rating
from assessments.ratings.ceiling import CEILING, USUAL_BASE
from reports.figures.populations import MEMBERS, UNITS, the_rating_year
from reports.figures.registry import Figure, add

SECTION = "III.1.3"
RATED = Q(rating__level__in=Rating.values)
NOT_RATED = Q(rating__isnull=True) | Q(rating__level="")
BETTER = Q(rating__level__in=sorted(GOOD_OR_BETTER))


def level(rating):
    """Return the condition of one level."""
    return Q(rating__level=rating)


def units(code, label, where, of="ratings.units.rated", **more):
    """Return a figure over the ratings of units directly beneath the commune committee."""
    return Figure(f"ratings.units.{code}", label, SECTION, UNITS, where, of=of, when=the_rating_year, **more)


def members(code, label, where, of="ratings.members.rated", **more):
    """Return a figure over the ratings of the members of the as-of day."""
    return Figure(f"ratings.members.{code}", label, SECTION, MEMBERS, where, of=of, when=the_rating_year, **more)


add(
    units("rated", "Chi, đảng bộ được đánh giá", RATED, of="units.total"),
    units("excellent", "Chi, đảng bộ hoàn thành xuất sắc nhiệm vụ", level(Rating.EXCELLENT), ceiling=CEILING),
    units("good", "Chi, đảng bộ hoàn thành tốt nhiệm vụ", level(Rating.GOOD)),
    units("good_or_better", "Chi, đảng bộ hoàn thành tốt nhiệm vụ trở lên", BETTER),
    units("fair", "Chi, đảng bộ hoàn thành nhiệm vụ", level(Rating.FAIR)),
    units("failed", "Chi, đảng bộ không hoàn thành nhiệm vụ", level(Rating.FAILED)),
    members("rated", "Đảng viên tham gia đánh giá, xếp loại", RATED, of="members.total"),
    members(
        "not_rated",
        "Đảng viên không tham gia đánh giá",
        NOT_RATED,
        of="members.total",
        reading="Gồm cả người có lý do không xếp loại và người chưa có kết quả.",
    ),
    members(
        "good_or_better",
        "Đảng viên hoàn thành tốt nhiệm vụ trở lên",
        BETTER,
        reading="Gồm cả hoàn thành xuất sắc nhiệm vụ.",
    ),
    members(
        "excellent",
        "Đảng viên hoàn thành xuất sắc nhiệm vụ",
        level(Rating.EXCELLENT),
        of=f"ratings.members.{USUAL_BASE}",
        reading="Tỷ lệ tính trên số hoàn thành tốt nhiệm vụ trở lên, là số gốc của mức trần 20%.",
        ceiling=CEILING,
    ),
    members(
        "good",
        "Đảng viên hoàn thành tốt nhiệm vụ",
        level(Rating.GOOD),
        reading="Không gồm hoàn thành xuất sắc nhiệm vụ.",
    ),
    members("fair", "Đảng viên hoàn thành nhiệm vụ", level(Rating.FAIR)),
    members("failed", "Đảng viên không hoàn thành nhiệm vụ", level(Rating.FAILED)),
)
