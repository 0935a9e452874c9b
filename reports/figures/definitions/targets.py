"""Targets of the commune's resolution for the coming years, beside what has been reached."""

from reports.figures.registry import TargetFigure, add


def target(code, label, *actual):
    """Return a target of section V.1 of the report."""
    return TargetFigure(f"targets.{code}", f"Mục tiêu: {label}", "V.1", actual)


add(
    target(
        "ratings.good_or_better",
        "tổ chức đảng và đảng viên hoàn thành tốt nhiệm vụ trở lên",
        "ratings.units.good_or_better",
        "ratings.members.good_or_better",
    ),
    target("admissions", "kết nạp đảng viên hằng năm trên tổng số", "admissions.twelve_months"),
    target(
        "village_secretary_concurrent",
        "bí thư chi bộ kiêm trưởng bản hoặc trưởng ban công tác Mặt trận",
        "posts.villages.secretary_concurrent",
    ),
    target("village_heads_members", "trưởng bản là đảng viên", "posts.villages.head_members"),
    target("front_heads_members", "trưởng ban công tác Mặt trận là đảng viên", "posts.villages.front_head_members"),
    target(
        "agency_secretaries_heads",
        "bí thư chi bộ trực thuộc là thủ trưởng cơ quan, đơn vị",
        "posts.agency_heads.secretary",
    ),
)
