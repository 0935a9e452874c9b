"""What waits for those who keep records: what the month and the year ask for, deadlines, missing data.

A task is a condition over records of a moment. All tasks of a page are counted in one statement, and each leads to the
page where it can be done.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from assessments.models import Meeting, MemberRating
from assessments.rating.grid import reference_day
from binhlu_portal.counting import counted
from binhlu_portal.periods import covers, months_later
from members.admissions import PROBATION_MONTHS
from members.admitting import board
from members.codes import Post
from members.models import Exemption, FeeReduction, Member, Position, Spell
from members.people.filters import MISSING
from organizations.codes import CELLS
from organizations.lists import lies_beneath
from organizations.models import Unit, UnitPeriod

SOON = timedelta(days=60)
"""How long before its day a deadline is shown."""


@dataclass(frozen=True)
class Task:
    """Records that wait: which of a moment, what they are called, the page where something is done about them.

    `page` is the name of the address with its arguments, `asked` what the address asks for beside the moment. To the
    secretary of a cell a task about cells is said by `own`, and not counted.
    """

    label: str
    rows: Callable
    page: tuple
    asked: str = ""
    own: str = ""

    @property
    def address(self):
        """The address of the page, without what it asks for."""
        return reverse(self.page[0], args=self.page[1:])


@dataclass(frozen=True)
class Waiting:
    """A task that waits, in words; `count` is None where there is nothing to count."""

    task: Task
    label: str
    count: int | None


def members(moment, day=None):
    """Return the stays of the members beneath the unit on `day`, by the tree of that day; usually the as-of day."""
    day = day or moment.as_of
    return Spell.objects.visible_to(moment.user).on(day).filter(lies_beneath(moment.unit, day))


def cells(moment):
    """Return what the cells beneath the unit are on the day, those that have members."""
    inside = Spell.objects.filter(covers(moment.as_of), unit=OuterRef("unit"))
    found = UnitPeriod.objects.visible_to(moment.user).on(moment.as_of)
    return found.filter(lies_beneath(moment.unit, moment.as_of), Exists(inside), kind__in=CELLS)


def probation_ending(moment):
    """Return admissions whose twelve months of probation are over or soon will be."""
    admitted_by = months_later(moment.as_of + SOON, -PROBATION_MONTHS)
    return board.pipeline(moment).filter(stage=board.PROBATION.code, ceremony_on__lte=admitted_by)


def candidates(moment):
    """Return who waits to be admitted."""
    return board.pipeline(moment).filter(stage__in=[board.LISTED.code, board.TAUGHT.code])


def unrated(moment):
    """Return members of the end of the rating year who have neither a rating nor a reason for none."""
    rated = MemberRating.objects.filter(year=moment.year, member=OuterRef("member"))
    return members(moment, reference_day(moment.year, moment.as_of)).filter(~Exists(rated))


def without_secretary(moment):
    """Return cells in which nobody is secretary."""
    holders = Position.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), post=Post.SECRETARY)
    return cells(moment).filter(~Exists(holders))


def without_meeting(moment):
    """Return cells without a meeting written down in the month (42-HD/BTCTW, 28/10/2025: one a month)."""
    first = month_of(moment)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    held = Meeting.objects.filter(unit=OuterRef("unit"), held_on__range=(first, last))
    return cells(moment).filter(~Exists(held))


def month_of(moment):
    """Return the first day of the month that the day closes or lies in: on the first of a month the one before."""
    return (moment.as_of - timedelta(days=1)).replace(day=1)


def ending(model):
    """Return, for a moment, the facts of `model` about members beneath the unit that end soon."""

    def rows(moment):
        stays = members(moment).filter(member=OuterRef("member"))
        return model.objects.on(moment.as_of).filter(Exists(stays), ended_on__lte=moment.as_of + SOON)

    return rows


def missing(code):
    """Return, for a moment, the people who are members beneath the unit and lack something in their record."""

    def rows(moment):
        stays = members(moment).filter(member=OuterRef("pk"))
        return Member.objects.filter(MISSING[code][1](moment), Exists(stays))

    return rows


TASKS = {
    "Việc có thời hạn": (
        Task(
            "Chi bộ chưa ghi buổi sinh hoạt tháng {month}",
            without_meeting,
            ("records", "sinh-hoat"),
            own="Chưa ghi buổi sinh hoạt tháng {month}",
        ),
        Task("Đảng viên dự bị sắp hết hoặc đã hết 12 tháng", probation_ending, ("admissions",)),
        Task("Người trong nguồn kết nạp", candidates, ("admissions",)),
        Task("Đảng viên chưa xếp loại năm {year}", unrated, ("ratings",)),
        Task("Miễn sinh hoạt sắp hết hạn", ending(Exemption), ("records", "mien-sinh-hoat")),
        Task("Miễn, giảm đảng phí sắp hết hạn", ending(FeeReduction), ("records", "mien-giam-dang-phi")),
    ),
    "Dữ liệu còn thiếu": (
        Task("Chi bộ chưa có bí thư", without_secretary, ("units",), own="Chưa có bí thư chi bộ"),
        Task("Đảng viên chưa có ngày sinh", missing("ngay-sinh"), ("members",), "thieu=ngay-sinh"),
        Task("Đảng viên chưa có số thẻ", missing("so-the"), ("members",), "thieu=so-the"),
        Task("Đảng viên chưa có số định danh", missing("dinh-danh"), ("members",), "thieu=dinh-danh"),
        Task("Đảng viên chưa ghi học vấn", missing("hoc-van"), ("members",), "thieu=hoc-van"),
        Task("Đảng viên chưa ghi lý luận chính trị", missing("ly-luan"), ("members",), "thieu=ly-luan"),
    ),
}
"""What may wait, in groups."""


def waiting(moment, is_cell=False):
    """Return what waits beneath the unit, in groups: {heading: [Waiting]}; all tasks are counted in one statement."""
    tasks = {f"task_{number}": task for number, task in enumerate(task for group in TASKS.values() for task in group)}
    counts = {name: counted(task.rows(moment)) for name, task in tasks.items()}
    found = Unit.objects.filter(pk=moment.unit.pk).values(**counts)[0]
    told = {task: _told(task, found[name], moment, is_cell) for name, task in tasks.items() if found[name]}
    groups = {heading: [told[task] for task in group if task in told] for heading, group in TASKS.items()}
    return {heading: group for heading, group in groups.items() if group}


def _told(task, count, moment, is_cell):
    alone = is_cell and task.own
    label = (task.own if alone else task.label).format(year=moment.year, month=f"{month_of(moment):%m/%Y}")
    return Waiting(task, label, None if alone else count)


def people(moment, most):
    """Return the members of the unit by given name, each with what a secretary asks first; `most` at the most."""
    exempt = Exemption.objects.filter(covers(moment.as_of), member=OuterRef("member"))
    found = members(moment).annotate(exempt=Exists(exempt)).order_by("member__sort_name", "member")
    known = {name: F(f"member__{name}") for name in ("full_name", "born_on", "official_on")}
    return found.values("exempt", pk=F("member"), **known)[:most]
