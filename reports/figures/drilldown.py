"""Drill-down: the rows behind a figure, whole or narrowed, and the rows of the ledger behind a change."""

from collections.abc import Collection, Iterable

from django.db.models import Case, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat, NullIf

from assessments.choices import CaseKind, CaseOutcome, NotRated, Rating, UnitDisciplineMeasure
from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.text import vietnamese
from members import choices
from members.columns import BY_NAME, CELL, person
from members.models import PlanningStep
from members.queries import cell_of_member, cell_of_the_honoured, cell_on
from organizations.choices import EventKind, Kind, Sector
from organizations.tree_queries import name_of

from . import evaluate, ledger
from .columns import FACT_LISTINGS
from .parts import narrow
from .rating_list import rating_day
from .registry import Figure

REASONS = {
    **dict(choices.StartReason.choices),
    **dict(choices.EndReason.choices),
    ledger.WITH_UNIT: "Cùng tổ chức đảng",
}
"""Why people came or left; a move within the committee is called the same at both ends."""

SIGNS = {1: "Tăng", -1: "Giảm"}
DIRECTIONS = {ledger.CAME: SIGNS[1], ledger.LEFT: SIGNS[-1]}

CHANGE = Listing(
    (
        ListColumn("Tăng, giảm", "sign", SIGNS.get, short=True),
        *person(),
        CELL,
        ListColumn("Ngày", "day", vietnamese.day, short=True),
        ListColumn("Lý do", "reason", REASONS.get),
    ),
    ("-sign", *BY_NAME),
)
"""How the rows of a change are listed: who came, then who left."""


def rows(moment: Moment, figure: Figure, units: Collection[int] | None = None, own: bool = False) -> QuerySet:
    """Drill-down of a figure: the rows that `figure` counts, as dictionaries {path: value} of its listing.

    With `units` (ids) only those beneath one of these, with `own` too only those that stand in one of them itself.
    """
    figure = figure if units is None else narrow(figure, units, own)
    return LISTINGS[figure.population.code].rows(evaluate.rows(moment, figure), moment)


def changes(moment: Moment, direction: str | None = None, reasons: Iterable[str] = ()) -> QuerySet:
    """Drill-down of a change: the rows of the ledger, who came (`CAME`) and who left (`LEFT`), or one of them.

    For any reason or for one of `reasons`.
    """
    parts = []
    if direction != ledger.LEFT:
        parts.append(_signed(ledger.arrivals(moment), 1, covers))
    if direction != ledger.CAME:
        parts.append(_signed(ledger.departures(moment), -1, covers_eve))
    if known := [reason for reason in reasons if reason in REASONS]:
        parts = [part.filter(reason__in=known) for part in parts]
    parts = [CHANGE.rows(part, moment).order_by() for part in parts]
    return parts[0].union(*parts[1:], all=True).order_by(*CHANGE.order)


def _signed(stays, sign, holds):
    return stays.order_by().annotate(sign=Value(sign), cell=name_of("unit", holds(OuterRef("day"))))


RATED = NullIf(Concat("rating__level", "rating__not_rated"), Value(""))
"""The level of a rating or the reason why there is none: one of the two is always empty."""

NAME_BEFORE = Case(When(kind=EventKind.RENAMED, then=name_of("unit", covers_eve(OuterRef("day")))))
"""What a unit was called before it was renamed."""

UNIT = Listing(
    (
        ListColumn("Tổ chức đảng", "name"),
        ListColumn("Loại tổ chức", "kind", labelled(Kind)),
        ListColumn("Loại hình", "sector", labelled(Sector)),
        ListColumn("Từ ngày", "unit__started_on", vietnamese.day, short=True),
    ),
    ("unit__code",),
)

RATED_UNIT = Listing(
    (*UNIT.columns, ListColumn("Xếp loại", "rated", labelled([*Rating.choices, *NotRated.choices]))),
    UNIT.order,
    lambda moment: {"rated": RATED},
)

ADMISSION = Listing(
    (
        *person(),
        CELL,
        ListColumn("Ngày vào Đảng", "ceremony_on", vietnamese.day, short=True),
        ListColumn("Quyết định", "decision_number", short=True),
        ListColumn("Nghề nghiệp", "occupation", labelled(choices.Occupation)),
    ),
    BY_NAME,
    cell_on("ceremony_on"),
)

PLANNING = Listing(
    (
        *person(),
        CELL,
        ListColumn("Việc", "step", labelled(PlanningStep)),
        ListColumn("Chức danh quy hoạch", "post", labelled(choices.PlanningPost)),
        ListColumn("Nhiệm kỳ", "term"),
        ListColumn("Ngày phê duyệt", "approved_on", vietnamese.day, short=True),
    ),
    (*BY_NAME[:1], "post", "term", "pk"),
    lambda moment: {"cell": cell_of_member("approved_on")},
)

TRAINING = Listing(
    (
        *person(),
        CELL,
        ListColumn("Chương trình", "program", labelled(choices.Program)),
        ListColumn("Lớp", "course"),
        ListColumn("Khai giảng", "began_on", vietnamese.day, short=True),
    ),
    BY_NAME,
    lambda moment: {"cell": cell_of_member("began_on")},
)

MEMBER = Listing(
    (
        *person(),
        CELL,
        ListColumn("Học vấn", "state__education", labelled(choices.Education)),
        ListColumn("Chuyên môn", "state__qualification", labelled(choices.Qualification)),
        ListColumn("Lý luận chính trị", "state__theory", labelled(choices.Theory)),
        ListColumn("Ngày vào Đảng", "member__joined_on", short=True),
        ListColumn("Xếp loại", "rated", labelled([*Rating.choices, *NotRated.choices])),
    ),
    BY_NAME,
    lambda moment: {"cell": name_of("unit", covers(moment.as_of)), "rated": RATED},
)

LISTINGS = {
    "units": Listing(
        (
            *UNIT.columns,
            ListColumn("Xếp loại", "rating__level", labelled(Rating)),
        ),
        UNIT.order,
    ),
    "cells": UNIT,
    "communes": UNIT,
    "nested": UNIT,
    "rated_units": RATED_UNIT,
    "rated_nested": RATED_UNIT,
    "rated_collectives": RATED_UNIT,
    "rated_members": Listing(
        (*person(), CELL, ListColumn("Xếp loại", "rated", labelled([*Rating.choices, *NotRated.choices]))),
        BY_NAME,
        lambda moment: {"cell": name_of("unit", covers(rating_day(moment))), "rated": RATED},
    ),
    "events": Listing(
        (
            ListColumn("Ngày", "day", vietnamese.day, short=True),
            ListColumn("Sự kiện", "kind", labelled(EventKind)),
            ListColumn("Tổ chức đảng", "unit__periods__name"),
            ListColumn("Tên trước đó", "before"),
            ListColumn("Loại tổ chức", "unit__periods__kind", labelled(Kind)),
            ListColumn("Quyết định", "decision_number", short=True),
            ListColumn("Tiếp nhận từ", "came_from"),
            ListColumn("Ghi chú", "note"),
        ),
        ("day", "unit__code"),
        lambda moment: {"before": NAME_BEFORE},
    ),
    "members": MEMBER,
    "officials": MEMBER,
    "departures": Listing(
        (
            *person(),
            CELL,
            ListColumn("Ngày", "ended_on", vietnamese.day, short=True),
            ListColumn("Lý do", "end_reason", labelled(choices.EndReason)),
            ListColumn("Nơi đến", "went_to"),
        ),
        BY_NAME,
        lambda moment: {"cell": name_of("unit", covers_eve(OuterRef("ended_on")))},
    ),
    "admissions": ADMISSION,
    "admissions_of_year": ADMISSION,
    "admissions_of_twelve_months": ADMISSION,
    "admission_targets": Listing(
        (
            ListColumn("Tổ chức đảng", "cell"),
            ListColumn("Năm", "year", short=True),
            ListColumn("Chỉ tiêu", "target", vietnamese.number, numeric=True),
        ),
        ("unit__code",),
        lambda moment: {"cell": name_of("unit", covers(moment.as_of))},
    ),
    "trainings": TRAINING,
    "plannings": PLANNING,
    "planning_reviews": PLANNING,
    "disciplines": Listing(
        (
            *person(),
            CELL,
            ListColumn("Hình thức", "form", labelled(choices.DisciplineMeasure)),
            ListColumn("Cấp quyết định", "level", labelled(choices.DecidingLevel)),
            ListColumn("Nội dung vi phạm", "violation", labelled(choices.Violation)),
            ListColumn("Ngày quyết định", "decided_on", vietnamese.day, short=True),
        ),
        BY_NAME,
        lambda moment: {"cell": cell_of_member("decided_on")},
    ),
    "suspensions": Listing(
        (
            *person(),
            CELL,
            ListColumn("Cấp quyết định", "level", labelled(choices.DecidingLevel)),
            ListColumn("Từ ngày", "started_on", vietnamese.day, short=True),
        ),
        BY_NAME,
        lambda moment: {"cell": cell_of_member("started_on")},
    ),
    "unit_disciplines": Listing(
        (
            CELL,
            ListColumn("Hình thức", "form", labelled(UnitDisciplineMeasure)),
            ListColumn("Cấp quyết định", "level", labelled(choices.DecidingLevel)),
            ListColumn("Nội dung vi phạm", "violation"),
            ListColumn("Ngày quyết định", "decided_on", vietnamese.day, short=True),
        ),
        ("decided_on", "pk"),
        cell_on("decided_on"),
    ),
    "cases": Listing(
        (
            ListColumn("Loại việc", "kind", labelled(CaseKind)),
            ListColumn("Tổ chức đảng", "cell"),
            ListColumn("Đảng viên", "member__full_name", member="member__pk"),
            ListColumn("Nội dung", "subject"),
            ListColumn("Cấp thực hiện", "level", labelled(choices.DecidingLevel)),
            ListColumn("Kết luận", "outcome", labelled(CaseOutcome)),
            ListColumn("Ngày", "concluded_on", vietnamese.day, short=True),
        ),
        ("concluded_on", "pk"),
        cell_on("concluded_on"),
    ),
    "meetings": Listing(
        (
            ListColumn("Ngày", "held_on", vietnamese.day, short=True),
            ListColumn("Chi bộ", "unit__periods__name"),
            ListColumn("Phải dự", "expected", vietnamese.number, numeric=True),
            ListColumn("Có mặt", "present", vietnamese.number, numeric=True),
        ),
        ("held_on", "unit__code"),
    ),
    **FACT_LISTINGS,
    "awards": Listing(
        (
            *person(),
            CELL,
            ListColumn("Huy hiệu (năm)", "years", numeric=True),
            ListColumn("Số huy hiệu", "number", short=True),
            ListColumn("Ngày trao tặng", "awarded_on", vietnamese.day, short=True),
        ),
        BY_NAME,
        lambda moment: {"cell": cell_of_the_honoured()},
    ),
    "cards": Listing(
        (
            *person(""),
            ListColumn("Số thẻ", "card_number", short=True),
            ListColumn("Ngày cấp", "card_issued_on", vietnamese.day, short=True),
        ),
        ("sort_name", "pk"),
    ),
    "courses": TRAINING,
}
"""How each population is listed, by its code."""
