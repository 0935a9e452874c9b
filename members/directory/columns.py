"""The columns of the list of people, and of the sheet of a superior that the same people fill."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Case, CharField, DateField, F, FilteredRelation, Value, When
from django.db.models.functions import Coalesce

from binhlu_portal.dates.partial_dates import completed_years
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled, text
from binhlu_portal.text.vietnamese import day
from members import choices
from members.choices import EndReason
from members.columns import person
from members.ethnicity import Religion
from members.membership import status
from members.models import Member
from members.superior_sheet import DIED, EXEMPT, GONE, HEADINGS, HERE, MOVED, parts_of_place

BY_NAME = ("sort_name", "pk")

SUPERIOR_TITLE = "Cập nhật CSDL đảng viên"

STANDINGS = (
    {reason.value: GONE for reason in status.LEAVING}
    | {
        EndReason.DIED.value: DIED,
        EndReason.TRANSFERRED_OUT.value: MOVED,
        EndReason.TRANSFERRED_OUT_FAR.value: MOVED,
        EXEMPT: EXEMPT,
    }
    | dict.fromkeys((status.OFFICIAL, status.PROBATIONARY, status.UNKNOWN), HERE)
)
"""What the sheet of the superior calls how somebody stands; it says nothing of who is no member yet."""

LONG = 12
"""The digits of a card number of today; one of those before has its own column."""


def _day(value):
    """Write a day; where none is known the sheet has an empty cell."""
    return day(value) if value else ""


DERIVED = {
    "number": ("pk",),
    "unit": ("cell",),
    "listed.standing": ("standing", lambda code: STANDINGS.get(code, "")),
    "listed.left_on": ("left_on", _day),
}
"""The columns that are no field of a person: {kind: path and writer}."""


def listing(moment):
    """Return the columns of the list at `moment`: those in sight, and those that can be chosen."""
    name, born, gender, ethnicity = person("")
    return Listing(
        (
            name,
            born,
            gender,
            ethnicity,
            ListColumn("Chi bộ", "cell"),
            ListColumn("Ngày vào Đảng", "joined_on", short=True),
            ListColumn("Số thẻ", "card_number", short=True),
            ListColumn("Tình trạng", "standing", labelled(status.STANDINGS)),
        ),
        BY_NAME,
        _look_up,
        (
            ListColumn("Tuổi", "born_on", lambda born: born and completed_years(born, moment.as_of), short=True),
            ListColumn("Ngày chính thức", "official_on", short=True),
            ListColumn("Số định danh", "citizen_id", short=True),
            ListColumn("Ngày cấp thẻ", "card_issued_on", day, short=True),
            ListColumn("Số lý lịch", "profile_number", short=True),
            ListColumn("Học vấn", "state__education", labelled(choices.Education)),
            ListColumn("Chuyên môn", "state__qualification", labelled(choices.Qualification)),
            ListColumn("Chuyên ngành", "state__speciality"),
            ListColumn("Học hàm", "state__academic_title", labelled(choices.AcademicTitle)),
            ListColumn("Lý luận chính trị", "state__theory", labelled(choices.Theory)),
            ListColumn("Nghề nghiệp", "state__occupation", labelled(choices.Occupation)),
            ListColumn("Công việc", "state__job"),
            ListColumn("Tôn giáo", "religion", labelled(Religion)),
            ListColumn("Quê quán", "hometown"),
            ListColumn("Thường trú", "residence"),
            ListColumn("Tạm trú", "temporary_residence"),
            ListColumn("Điện thoại", "phone", short=True),
            ListColumn("Miễn sinh hoạt", "exemption__kind", labelled(choices.ExemptionKind)),
            ListColumn("Cài Sổ tay", "handbook_installed_on", day, short=True),
            ListColumn("Ngày thôi", "left_on", day, short=True),
            ListColumn("Nơi đến", "went_to"),
            ListColumn("Ghi chú", "note"),
        ),
    )


def _look_up(moment):
    """Return what the columns need beside the fields of a person; what no chosen column shows costs nothing."""
    on_day = {"condition": covers(moment.as_of, "states__")}, {"condition": covers(moment.as_of, "exemptions__")}
    return status.status_joins(moment) | {
        "cell": status.cell_of(moment),
        "standing": status.status_expression(moment),
        "left_on": status.last_stay_field(moment, "ended_on"),
        "went_to": status.last_stay_field(moment, "went_to"),
        "state": FilteredRelation("states", **on_day[0]),
        "exemption": FilteredRelation("exemptions", **on_day[1]),
    }


def superior_listing(moment: Moment) -> Listing:
    """Return the columns of the sheet by which a superior's office updates the national database, at `moment`."""
    return Listing(tuple(_superior_column(*column) for column in HEADINGS), BY_NAME, _look_up_standing)


def numbered(rows: Iterable[list]) -> Iterator[list[Any]]:
    """Yield the cells of rows with their ordinal numbers in front, each number of a card in the column of its kind."""
    card, old = map([kind for kind, _ in HEADINGS].index, ("card_number", "old_card_number"))
    for number, (_, *cells) in enumerate(rows, 1):
        row = [number, *cells]
        if len(row[card]) != LONG:
            row[card], row[old] = "", row[old] or row[card]
        yield row


def _superior_column(kind, heading):
    if kind in DERIVED:
        return ListColumn(heading, *DERIVED[kind])
    whole, at, part = kind.partition("@")
    field = Member._meta.get_field(whole)
    if at:
        return ListColumn(heading, whole, lambda place: parts_of_place(place or "")[at + part])
    if isinstance(field, DateField):
        return ListColumn(heading, whole, _day)
    return ListColumn(heading, whole, labelled(field.flatchoices) if field.flatchoices else text)


def _look_up_standing(moment):
    exempt = When(stay__isnull=False, exemption__isnull=False, then=Value(EXEMPT))
    return status.status_joins(moment) | {
        "exemption": FilteredRelation("exemptions", condition=covers(moment.as_of, "exemptions__")),
        "cell": status.cell_of(moment),
        "standing": Case(exempt, default=status.status_expression(moment), output_field=CharField()),
        "left_on": Coalesce(status.last_stay_field(moment, "ended_on"), F("exemption__started_on")),
    }
