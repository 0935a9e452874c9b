"""Yearly ratings of units and of members (366-QĐ/TW, 30/8/2025)."""

from django.db.models import Q

from assessments.choices import GOOD_OR_BETTER, Rating
from assessments.ratings.ceiling import USUAL_BASE
from reports.figures.populations import RECORDS
from reports.figures.rating_list import RATED_MEMBERS, RATED_UNITS
from reports.figures.registry import Figure, add

SECTION = "III.1.3"
RATED = Q(rating__level__in=Rating.values)
NOT_RATED = Q(rating__isnull=True) | Q(rating__level="")
BETTER = Q(rating__level__in=sorted(GOOD_OR_BETTER))


def level(rating):
    """Return the condition of one level."""
    return Q(rating__level=rating)


def units(code, label, where, of="ratings.units.rated", **more):
    """Return a figure over the ratings of the units that stood directly beneath the committee on the reference day."""
    return Figure(f"ratings.units.{code}", label, SECTION, RATED_UNITS, where, of=of, **more)


def members(code, label, where, of="ratings.members.rated", **more):
    """Return a figure over the ratings of the members of the reference day."""
    return Figure(f"ratings.members.{code}", label, SECTION, RATED_MEMBERS, where, of=of, **more)


LISTED = "Danh sách ngày 31/12 của năm xếp loại; biến động sau ngày đó không làm thay đổi kết quả của năm."

add(
    units(
        "listed",
        "Chi bộ, đảng bộ trong danh sách năm đánh giá (31/12)",
        Q(),
        of="",
        reading=LISTED,
        rests_on=(RECORDS,),
    ),
    Figure(
        "units.four_goods",
        "Chi bộ, đảng bộ được công nhận “bốn tốt”",
        "III.1.1",
        RATED_UNITS,
        Q(four_goods__isnull=False),
        of="ratings.units.listed",
        rests_on=("unrecorded.four_goods",),
    ),
    units("rated", "Chi, đảng bộ được đánh giá", RATED, of="ratings.units.listed"),
    units("excellent", "Chi, đảng bộ hoàn thành xuất sắc nhiệm vụ", level(Rating.EXCELLENT)),
    units("good", "Chi, đảng bộ hoàn thành tốt nhiệm vụ", level(Rating.GOOD)),
    units("good_or_better", "Chi, đảng bộ hoàn thành tốt nhiệm vụ trở lên", BETTER),
    units("fair", "Chi, đảng bộ hoàn thành nhiệm vụ", level(Rating.FAIR)),
    units("failed", "Chi, đảng bộ không hoàn thành nhiệm vụ", level(Rating.FAILED)),
    members(
        "listed", "Đảng viên trong danh sách năm đánh giá (31/12)", Q(), of="", reading=LISTED, rests_on=(RECORDS,)
    ),
    members("rated", "Đảng viên tham gia đánh giá, xếp loại", RATED, of="ratings.members.listed"),
    members(
        "not_rated",
        "Đảng viên không tham gia đánh giá",
        NOT_RATED,
        of="ratings.members.listed",
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
        reading="Tỷ lệ tính trên số hoàn thành tốt nhiệm vụ trở lên, là mẫu số của tỷ lệ khống chế.",
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
