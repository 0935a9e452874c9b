"""Blocks of the dashboard: which figures stand where, and what they are called there."""

from assessments.choices import Rating
from members.choices import NoHandbookReason
from organizations.fact_kinds import NOT_ADMITTED

FACTS = {
    "members.total": "Đảng viên",
    "units.total": "Tổ chức đảng trực thuộc",
    "members.probationary": "Đảng viên dự bị",
    "members.female": "Đảng viên nữ",
    "members.ethnic_minority": "Dân tộc thiểu số",
    "members.handbook": "Đã cài Sổ tay điện tử",
}
"""The numbers at the top, stocks, each with its share, that of the since day and its line of the months before."""

PEOPLE = {
    "Tuổi": {
        "members.age.18_30": "18–30",
        "members.age.31_35": "31–35",
        "members.age.36_40": "36–40",
        "members.age.41_45": "41–45",
        "members.age.46_50": "46–50",
        "members.age.51_60": "51–60",
        "members.age.over_60": "Trên 60",
    },
    "Học vấn": {
        "members.education.primary": "Tiểu học",
        "members.education.lower_secondary": "THCS",
        "members.education.upper_secondary": "THPT",
    },
    "Lý luận chính trị": {
        "members.theory.elementary": "Sơ cấp",
        "members.theory.intermediate": "Trung cấp",
        "members.theory.advanced": "Cao cấp, cử nhân",
    },
}
"""Of whom the members consist, group by group, as far as the numbers at the top do not tell it."""

UNITS = {
    "Loại tổ chức": {
        "units.grassroots.party_organizations": "Đảng bộ cơ sở",
        "units.grassroots.cells": "Chi bộ cơ sở",
        "units.subordinate_cells": "Chi bộ trực thuộc Đảng ủy xã",
    },
    "Loại hình": {
        "units.sectors.villages": "Bản",
        "units.sectors.public_services": "Đơn vị sự nghiệp",
        "units.sectors.agencies": "Cơ quan, loại hình khác",
        "units.sectors.armed_forces": "Quân đội, công an",
        "units.sectors.enterprises": "Doanh nghiệp, hợp tác xã",
    },
}
"""Of what the units consist."""

LIFE = {
    "Có mặt trên số lượt phải dự sinh hoạt": {
        "meetings.attendance.village": "Chi bộ bản",
        "meetings.attendance.agency": "Cơ quan, đơn vị",
    },
    "Trên tổng số đảng viên": {
        "members.exempt.age_health": "Miễn do tuổi cao, sức yếu",
        "members.exempt.other": "Miễn vì lý do khác",
    },
}
"""Who takes part in the life of the Party."""

REASONS = {
    "Lý do quần chúng chưa kết nạp được": {
        f"not_admitted.{kind}": kind.label.removeprefix("Chưa kết nạp được: ").removesuffix(" (người)").capitalize()
        for kind in NOT_ADMITTED
    },
    "Mạng internet": {"units.villages.offline": "Bản chưa có mạng"},
    "Lý do chưa cài Sổ tay điện tử": {f"members.no_handbook.{reason}": reason.label for reason in NoHandbookReason},
}
"""Why something is not so, as far as it is written down: of these only what is counted is shown."""

WATCHED = ("chua-co-bi-thu", "duoi-3-chinh-thuc", "du-bi-qua-han", "chua-co-noi-sinh-hoat", "chua-sinh-hoat")
"""The data checks whose findings a committee attends to, by their codes."""

POSTS = {
    "targets.village_secretary_concurrent": "Bí thư kiêm trưởng bản hoặc trưởng ban Mặt trận",
    "targets.village_heads_members": "Trưởng bản là đảng viên",
    "targets.front_heads_members": "Trưởng ban Mặt trận là đảng viên",
    "targets.agency_secretaries_heads": "Bí thư là thủ trưởng cơ quan, đơn vị",
}
"""The targets on who holds which posts."""

GOOD, NEW_MEMBERS = "targets.ratings.good_or_better", "targets.admissions"
"""The targets on ratings and on new members."""

RATED = {"units": "Tổ chức đảng", "members": "Đảng viên"}
"""Whose ratings there are."""

CODES = [
    *FACTS,
    *(code for groups in (PEOPLE, UNITS, LIFE, REASONS) for group in groups.values() for code in group),
    *POSTS,
    *(f"ratings.{who}.{level}" for who in RATED for level in ("rated", *Rating)),
    *(GOOD, NEW_MEMBERS, "admissions.year", "admissions.target"),
]
"""Everything that is asked for as of the day, in one statement."""

LAST_YEAR = [
    "admissions.year",
    *(f"ratings.{who}.good_or_better" for who in RATED),
    *(code for group in LIFE.values() for code in group),
]
"""What is told of the same period last year too; the numbers at the top have their lines of months."""

ADMISSIONS_SCALE = 6
"""Percent of the members in the box of yearly admissions: the band asked for lies in its middle."""

MOST_UNITS = 5
"""How many units are compared; the others are one click away."""
