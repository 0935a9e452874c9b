"""Headlines of the dashboard: the title of each block says what its numbers come to, in one computed sentence.

What nobody has written down is said to be so: a sentence never takes it for nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import number
from organizations.choices import LEADING
from organizations.models import UnitPeriod
from reports.figures.result import Result, in_tenths

OLD, YOUNG = ("members.age.51_60", "members.age.over_60"), "members.age.18_30"
ATTENDANCE = {"meetings.attendance.village": "ở bản", "meetings.attendance.agency": "ở cơ quan"}


def headlines(moment: Moment, blocks: Mapping[str, Any], results: Mapping[str, Result]) -> dict[str, str]:
    """Return the title of each block by its name; `blocks` are those of the board."""
    came, left = (lines[0].result.value for lines in blocks["flows"].values())
    return {
        "flows": flows(blocks["opening"], blocks["closing"], came, left),
        "admissions": admissions(
            moment.as_of,
            results["admissions.year"].value,
            results["admissions.target"].value,
            blocks["of_year"].is_known,
        ),
        "ratings": ratings(moment.year, [line.result for line in blocks["ratings"][:2]]),
        "posts": posts([line.goal for line in blocks["posts"]]),
        "people": people(results),
        "kinds": kinds(results["units.total"].value, results["units.sectors.villages"].value),
        "life": life(results),
    }


def flows(opening: int, closing: int, came: int, left: int) -> str:
    """Return what the ledger comes to."""
    if not came and not left:
        return "Trong kỳ chưa ghi tăng, giảm đảng viên"
    grown = closing - opening
    change = f"{'tăng' if grown > 0 else 'giảm'} {number(abs(grown))}" if grown else "không đổi"
    return f"Đảng viên {change}: {number(came)} người vào, {number(left)} người ra"


def admissions(day: date, done: int, wanted: int, is_known: bool = True) -> str:
    """Return how many were admitted in the year of `day` of those `wanted`, and whether that keeps up with the time.

    Nobody is slow of whom it is not known (`is_known`) that none was.
    """
    if not wanted:
        said = f"đã kết nạp {number(done)}" if done else "chưa ghi ai được kết nạp"
        return f"Năm {day.year} {said}, chưa ghi chỉ tiêu"
    share = f"Kết nạp {number(done)} trên {number(wanted)} chỉ tiêu năm {day.year}"
    if not done:
        share = f"Năm {day.year} chưa ghi ai được kết nạp, chỉ tiêu {number(wanted)}"
    if not (done or is_known):
        return share
    if done >= wanted:
        return f"{share}: đã đủ"
    if keeps_up(day, done, wanted):
        return f"{share}: kịp so với thời gian" if done else share
    return f"{share}: chậm so với thời gian"


def keeps_up(day: date, done: int, wanted: int) -> bool:
    """Whether as much of what is `wanted` in a year is done by `day` as of it is over, to the nearest person.

    One of one is due from the second half of the year on.
    """
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    over, year = (day - first).days + 1, (last - first).days + 1
    return done >= (2 * wanted * over + year - 1) // (2 * year)


def ratings(year: int, results: list[Result]) -> str:
    """Return which shares of units and of members were rated good or better."""
    known = [
        f"{result.tenths} {who}"
        for result, who in zip(results, ("tổ chức đảng trực thuộc", "đảng viên"), strict=True)
        if result.base
    ]
    if not known:
        return f"Năm {year} chưa ghi kết quả xếp loại"
    return f"Năm {year}: {', '.join(known)} hoàn thành tốt trở lên"


def posts(goals: list[Result | None]) -> str:
    """Return how many of the targets on posts are missed."""
    held = [goal for goal in goals if goal and goal.low is not None]
    missed, unknown = (sum(goal.met is verdict for goal in held) for verdict in (False, None))
    if not held or unknown == len(held):
        return "Chức danh: chưa đủ số liệu để chấm" if held else "Chức danh ở đơn vị"
    said = f"{missed} trên {len(held)} mục tiêu về chức danh chưa đạt" if missed else "Mục tiêu về chức danh đều đạt"
    return f"{said}, {unknown} chưa đủ số liệu" if unknown else said


def people(results: Mapping[str, Result]) -> str:
    """Return how many members are old and how many young."""
    everybody = results[YOUNG].base
    if not everybody:
        return "Cơ cấu đảng viên"
    old = sum(results[code].value for code in OLD)
    shares = [in_tenths(part, everybody) for part in (old, results[YOUNG].value)]
    return f"{shares[0]} đảng viên trên 50 tuổi, {shares[1]} đến 30 tuổi"


def kinds(units: int, villages: int) -> str:
    """Return how many units there are, and how many of villages."""
    return f"{number(units)} tổ chức đảng trực thuộc, {number(villages)} ở bản" if units else "Hệ thống tổ chức"


def life(results: Mapping[str, Result]) -> str:
    """Return which shares came to meetings, as far as these are written down."""
    known = [f"{results[code].tenths} {where}" for code, where in ATTENDANCE.items() if results[code].base]
    if not known:
        return "Trong kỳ chưa ghi buổi sinh hoạt nào"
    silent = sum(results[code].unrecorded for code in ATTENDANCE)
    gap = f"; {number(silent)} chi bộ chưa ghi đủ các tháng" if silent else ""
    return f"Dự sinh hoạt {', '.join(known)}{gap}"


def are_held(moment: Moment, places: Sequence[UnitPeriod]) -> bool:
    """Whether targets are held against the unit of `moment`: a committee that sets them, by the tree of the day."""
    return any(place.unit_id == moment.unit.pk and place.kind in LEADING for place in places)


def why_not_held(members: int, where: str = "ở đây") -> str:
    """Return why targets are not held against a unit of so many members; `where` says which it is."""
    sentence = "Mục tiêu về tỷ lệ đặt cho toàn Đảng bộ, không chấm cho từng đơn vị"
    if not members:
        return f"{sentence}."
    return f"{sentence}: {where} có {number(members)} đảng viên, một người đã là {in_tenths(1, members)}."
