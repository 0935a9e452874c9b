"""First steps of a committee: from an empty tree to the first reporting period, each with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.query_string import query
from binhlu_portal.text.vietnamese import number
from members.queries import members_on
from organizations.choices import CELLS, LEADING
from organizations.models import UnitPeriod
from organizations.rights import Right
from organizations.scope import rights_of
from organizations.tree_queries import subtree
from reports.reporting_periods.models import ReportingPeriod

NO_UNITS = "Chưa ghi tổ chức nào. Danh sách Excel có tên chi bộ thì nhập luôn ở bước 2."


@dataclass(frozen=True)
class FirstStep:
    """A step: what is to be done, how far it is, where it is done."""

    title: str
    told: str
    address: str
    is_done: bool


def first_steps(moment: Moment, place: UnitPeriod, places: Sequence[UnitPeriod], faults: int) -> list[FirstStep]:
    """Return the steps of the committee that `place` is, in their order; none for others, and none once all are done.

    `places` is the tree of the reader, `faults` how much the checks have found. The first reporting period ends the
    steps, as soon as there are cells and people: what is missing then stands below.
    """
    if place.kind not in LEADING or moment.user.in_sample or Right.DECIDE not in rights_of(moment.user):
        return []
    beneath = subtree(places, place.unit_id)[1:]
    cells = sum(each.kind in CELLS for each in beneath)
    people = members_on(moment).aggregate(members=Count("member"), cells=Count("unit", distinct=True))
    has_period = ReportingPeriod.objects.visible_to(moment.user).filter(unit=moment.unit).exists()
    if cells and people["members"] and has_period:
        return []
    return [
        _of_units(place, len(beneath), cells),
        _of_lists(cells, people),
        _of_gaps(people["members"], faults, moment),
        _of_period(has_period),
    ]


def _of_units(place, units, cells):
    told = f"{number(units)} tổ chức, trong đó {number(cells)} chi bộ." if units else NO_UNITS
    address = reverse("unit-form", args=[place.unit.code, "tiep-nhan"])
    return FirstStep("Tổ chức đảng trực thuộc", told, address, bool(cells))


def _of_lists(cells, people):
    told = f"{number(people['cells'])}/{number(cells)} chi bộ có đảng viên, cộng {number(people['members'])} đảng viên."
    if not cells:
        told = "Nhập danh sách Excel đang có: chi bộ chưa ghi thì được hỏi rồi thêm cùng lúc."
    return FirstStep("Danh sách đảng viên", told, reverse("imports"), 0 < cells == people["cells"])


def _of_gaps(members, faults, moment):
    told = f"{number(faults)} điều cần xem lại." if faults else "Không thiếu gì."
    if not members:
        told = "Xem sau khi có danh sách."
    return FirstStep("Dữ liệu còn thiếu", told, f"{reverse('checks')}?{query(moment)}", bool(members) and not faults)


def _of_period(has_period):
    told = "Đã mở." if has_period else "Chưa mở kỳ nào."
    return FirstStep("Kỳ báo cáo đầu tiên", told, reverse("periods" if has_period else "period-open"), has_period)
