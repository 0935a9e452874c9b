"""Filters of placeholders: of which other unit, which other day, period or year a figure is asked for.

They bear the names that addresses have, and what they leave open stays as it is for the text around.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from binhlu_portal.dates.arithmetic import last_of_month
from binhlu_portal.moment.moment import Moment
from organizations.models import Unit
from organizations.scope import Reader

from .syntax import Placeholder

Filters = tuple[tuple[str, str], ...]
"""The filters of a placeholder as it holds them."""

UNIT = "don_vi"
TIMES = {
    "ngay": ("as_of", forms.DateField()),
    "tu": ("since", forms.DateField()),
    "nam": ("year", forms.IntegerField()),
}
"""The filters of time: {name: (part of the moment, field that reads it)}."""


DAYS: dict[str, tuple[str, Callable[[Moment], date]]] = {
    "den_ngay": ("Ngày số liệu", lambda moment: moment.as_of),
    "tu_ngay": ("Ngày bắt đầu tính", lambda moment: moment.since),
    "cuoi_thang": ("Ngày cuối tháng của ngày số liệu", lambda moment: last_of_month(moment.as_of)),
    "cuoi_thang_lap": (
        "Ngày cuối tháng thành lập đảng bộ",
        lambda moment: last_of_month(moment.unit.started_on),
    ),
}
"""Days that a text names instead of writing them, so that it stays right in every report: {name: (label, day)}.

Each stands for the day in a sentence, and for the number of another day as the value of the filter `ngay` or `tu`.
"""

LABELS = {
    UNIT: ("Đơn vị khác, ghi mã của đơn vị", "quan-su"),
    "ngay": ("Số liệu đến ngày khác, ghi ngày hoặc tên ngày", "01/7/2025"),
    "tu": ("Biến động tính từ ngày khác", "01/01/2025"),
    "nam": ("Xếp loại của năm khác", "2024"),
}
"""Every filter: what it is called, and a value as an example."""


def misread(asked: Placeholder) -> list[str]:
    """Return what to tell who wrote the filters of `asked`: a Vietnamese sentence for each that cannot be read."""
    return [sentence for each in asked.filters if (sentence := _misread(*each))]


def _misread(name, value):
    if name not in LABELS:
        known = ", ".join(f'{each}:"{example}"' for each, (_, example) in LABELS.items())
        return f"Không hiểu “| {name}”: sau dấu | chỉ ghi {known}."
    if name == UNIT:
        return "" if value else f'Chưa ghi mã đơn vị: ghi như {UNIT}:"{LABELS[UNIT][1]}".'
    try:
        _part(name, value, None)
    except ValidationError:
        return f'Không đọc được {name}:"{value}": ghi như {name}:"{LABELS[name][1]}".'
    return ""


def _part(name, value, moment):
    """Return the day or year that a filter of time asks for at `moment`; None for a named day without a moment."""
    if name == "nam" or value not in DAYS:
        return TIMES[name][1].clean(value)
    return moment and DAYS[value][1](moment)


def unknown_units(asked: Collection[Placeholder], committee: Unit, user: Reader) -> list[str]:
    """Return what to tell who named units that `user` does not see beneath `committee`: a sentence for each."""
    codes = dict.fromkeys(code for each in asked if (code := dict(each.filters).get(UNIT)))
    known = _units(codes, committee, user)
    return [_unknown(code) for code in codes if code not in known]


def _unknown(code):
    return f"Không có đơn vị “{code}”: ghi mã của đơn vị trực thuộc, xem ở trang của đơn vị đó."


def _units(codes, committee, user):
    """Return the units with these codes that lie, or once lay, beneath the committee: no report speaks of others.

    What is frozen is read by all who read the committee's report, so what its writer sees elsewhere stays out too.
    """
    if not codes:
        return {}
    found = Unit.objects.visible_to(user).filter(code__in=codes, lines__ancestor=committee)
    return {unit.code: unit for unit in found.distinct()}


def moments(asked: Collection[tuple[Moment, Filters]], committee: Unit, user: Reader) -> dict[tuple, Moment]:
    """Return the moment that filters ask for in a text of a moment: {(id of its unit, filters): moment}.

    Left out is what cannot be asked for: a unit that `user` does not see beneath `committee`, or that did not exist
    then. One statement for all units named, none without any.
    """
    units = _units({code for _, filters in asked if (code := dict(filters).get(UNIT))}, committee, user)
    found = {}
    for moment, filters in asked:
        try:
            found[moment.unit.pk, filters] = _moment(moment, dict(filters), units)
        except (KeyError, ValueError, ValidationError):
            continue
    return found


def _moment(moment: Moment, filters: dict[str, str], units: Mapping[str, Unit]):
    given = {part: _part(name, filters[name], moment) for name, (part, _) in TIMES.items() if name in filters}
    unit = units[filters[UNIT]] if UNIT in filters else moment.unit
    as_of = given.setdefault("as_of", moment.as_of)
    if moment.since <= as_of:
        given.setdefault("since", moment.since)
    if moment.year <= as_of.year:
        given.setdefault("year", moment.year)
    return Moment.of(unit, moment.user, today=as_of, **given)
