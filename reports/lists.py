"""The list behind a figure: which columns a population shows, and how each value is written for people."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat, NullIf

from assessments.codes import CaseKind, NotRated, Outcome, Rating, UnitDisciplineForm
from binhlu_portal import vietnamese
from binhlu_portal.partial_dates import PartialDate
from binhlu_portal.periods import covers, covers_eve
from members import codes
from organizations.codes import EventKind, Kind, Sector
from organizations.models import UnitPeriod


def text(value):
    """Write a value as it is; nothing as an empty text."""
    return "" if value is None else str(value)


def labelled(choices):
    """Return a writer of the labels of `choices`."""
    labels = {code: str(label) for code, label in getattr(choices, "choices", choices)}
    return lambda code: labels.get(code, "")


@dataclass(frozen=True)
class ListColumn:
    """A column: its heading, the ORM path of its value, the writer that makes text of it, and the path it sorts by.

    A `short` value stays on one line.
    """

    label: str
    path: str
    write: Callable = text
    numeric: bool = False
    short: bool = False
    sort: str = ""

    def plain(self, value):
        """Return `value` as a cell of a spreadsheet: a day or a number as such, anything else as text."""
        if isinstance(value, PartialDate) and value.precision == "day":
            return value.first_day
        return value if self.numeric or isinstance(value, date) else self.write(value)

    @property
    def name(self):
        """What the column is called in an address: its heading without marks."""
        return vietnamese.search_key(self.label).replace(", ", "-").replace(" ", "-")


@dataclass(frozen=True)
class Listing:
    """How the rows of a population are listed: columns, order, and the values that must be looked up first."""

    columns: tuple
    order: tuple
    look_up: Callable = field(default=lambda moment: {})

    def rows(self, queryset, moment):
        """Return `queryset` as dictionaries of the columns' values, in order."""
        return queryset.annotate(**self.look_up(moment)).order_by(*self.order).values("pk", *self.paths)

    @property
    def paths(self):
        """The paths of all values that are shown or sorted by, each once."""
        return [*dict.fromkeys(path for column in self.columns for path in (column.path, column.sort) if path)]


def name_of(unit, holds):
    """Return the name the unit at path `unit` had when `holds` (a condition on its periods) was true."""
    return Subquery(UnitPeriod.objects.filter(holds, unit=OuterRef(unit)).values("name")[:1])


def cell_of_member(day):
    """Return the name of the cell in which the member of a row was on the day at path `day`."""
    when = OuterRef(day)
    cells = UnitPeriod.objects.filter(
        covers(when), covers(when, "unit__spells__"), unit__spells__member=OuterRef("member")
    )
    return Subquery(cells.values("name")[:1])


def cell_on(day):
    """Return the look-up of the cell of a row that names its unit, on the day at path `day`."""
    return lambda moment: {"cell": name_of("unit", covers(OuterRef(day)))}


def person(path="member__"):
    """Return the columns by which a person is known."""
    return (
        ListColumn("Họ và tên", f"{path}full_name", short=True, sort=f"{path}sort_name"),
        ListColumn("Ngày sinh", f"{path}born_on", short=True),
        ListColumn("Giới tính", f"{path}gender", labelled(codes.Gender), short=True),
        ListColumn("Dân tộc", f"{path}ethnicity", labelled(codes.ETHNICITY_CHOICES), short=True),
    )


CELL = ListColumn("Chi bộ", "cell")
BY_NAME = ("member__sort_name", "pk")

RATED = NullIf(Concat("rating__level", "rating__not_rated"), Value(""))
"""The level of a rating or the reason why there is none: one of the two is always empty."""

UNIT = Listing(
    (
        ListColumn("Tổ chức đảng", "name"),
        ListColumn("Loại tổ chức", "kind", labelled(Kind)),
        ListColumn("Loại hình", "sector", labelled(Sector)),
        ListColumn("Từ ngày", "unit__started_on", vietnamese.day, short=True),
    ),
    ("unit__code",),
)

LISTINGS = {
    "units": Listing(
        (
            *UNIT.columns,
            ListColumn("Xếp loại", "rating__level", labelled(Rating)),
        ),
        UNIT.order,
    ),
    "nested": UNIT,
    "events": Listing(
        (
            ListColumn("Ngày", "day", vietnamese.day, short=True),
            ListColumn("Sự kiện", "kind", labelled(EventKind)),
            ListColumn("Tổ chức đảng", "unit__periods__name"),
            ListColumn("Loại tổ chức", "unit__periods__kind", labelled(Kind)),
            ListColumn("Quyết định", "decision_number", short=True),
            ListColumn("Ghi chú", "note"),
        ),
        ("day", "unit__code"),
    ),
    "members": Listing(
        (
            *person(),
            CELL,
            ListColumn("Học vấn", "state__education", labelled(codes.Education)),
            ListColumn("Chuyên môn", "state__qualification", labelled(codes.Qualification)),
            ListColumn("Lý luận chính trị", "state__theory", labelled(codes.Theory)),
            ListColumn("Ngày vào Đảng", "member__joined_on", short=True),
            ListColumn("Xếp loại", "rated", labelled([*Rating.choices, *NotRated.choices])),
        ),
        BY_NAME,
        lambda moment: {"cell": name_of("unit", covers(moment.as_of)), "rated": RATED},
    ),
    "departures": Listing(
        (
            *person(),
            CELL,
            ListColumn("Ngày", "ended_on", vietnamese.day, short=True),
            ListColumn("Lý do", "end_reason", labelled(codes.EndReason)),
            ListColumn("Nơi đến", "went_to"),
        ),
        BY_NAME,
        lambda moment: {"cell": name_of("unit", covers_eve(OuterRef("ended_on")))},
    ),
    "admissions": Listing(
        (
            *person(),
            CELL,
            ListColumn("Ngày vào Đảng", "ceremony_on", vietnamese.day, short=True),
            ListColumn("Quyết định", "decision_number", short=True),
            ListColumn("Nghề nghiệp", "occupation", labelled(codes.Occupation)),
        ),
        BY_NAME,
        cell_on("ceremony_on"),
    ),
    "trainings": Listing(
        (
            *person(),
            CELL,
            ListColumn("Chương trình", "program", labelled(codes.Program)),
            ListColumn("Lớp", "course"),
            ListColumn("Khai giảng", "began_on", vietnamese.day, short=True),
        ),
        BY_NAME,
        lambda moment: {"cell": cell_of_member("began_on")},
    ),
    "plannings": Listing(
        (
            *person(),
            CELL,
            ListColumn("Chức danh quy hoạch", "post", labelled(codes.PlanningPost)),
            ListColumn("Nhiệm kỳ", "term"),
            ListColumn("Ngày phê duyệt", "approved_on", vietnamese.day, short=True),
        ),
        (*BY_NAME[:1], "post", "term", "pk"),
        lambda moment: {"cell": cell_of_member("approved_on")},
    ),
    "disciplines": Listing(
        (
            *person(),
            CELL,
            ListColumn("Hình thức", "form", labelled(codes.DisciplineForm)),
            ListColumn("Cấp quyết định", "level", labelled(codes.DecidingLevel)),
            ListColumn("Nội dung vi phạm", "violation", labelled(codes.Violation)),
            ListColumn("Ngày quyết định", "decided_on", vietnamese.day, short=True),
        ),
        BY_NAME,
        lambda moment: {"cell": cell_of_member("decided_on")},
    ),
    "unit_disciplines": Listing(
        (
            CELL,
            ListColumn("Hình thức", "form", labelled(UnitDisciplineForm)),
            ListColumn("Cấp quyết định", "level", labelled(codes.DecidingLevel)),
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
            ListColumn("Đảng viên", "member__full_name"),
            ListColumn("Nội dung", "subject"),
            ListColumn("Cấp thực hiện", "level", labelled(codes.DecidingLevel)),
            ListColumn("Kết luận", "outcome", labelled(Outcome)),
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
    "documents": Listing(
        (
            ListColumn("Ngày ban hành", "issued_on", vietnamese.day, short=True),
            ListColumn("Loại văn bản", "kind"),
            ListColumn("Số, ký hiệu", "number"),
            ListColumn("Trích yếu", "subject"),
        ),
        ("issued_on", "number"),
    ),
}
"""How each population is listed, by its code."""
