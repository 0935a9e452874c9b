"""Filters of the list of people, read from its address."""

import django_filters
from django.db.models import Q
from django.utils.text import capfirst

from binhlu_portal.dates.partial_dates import born_by
from binhlu_portal.records.tables.filters import ListFilters, search_filter
from members import choices
from members.membership.status import STANDINGS, status_condition
from members.missing_details import MISSING
from members.models import Exemption, Member, MemberState
from members.queries import holding

from . import queries

ALL = "Tất cả"
OLDEST = 130
"""No age above can have been meant."""

YES_NO = (("co", "Có"), ("chua", "Chưa"))


class MomentFilter(django_filters.ChoiceFilter):
    """A choice whose meaning, `condition(moment, value)`, depends on the moment.

    With `always` the condition is asked without a choice too.
    """

    def __init__(self, *, condition, always=False, empty_label=ALL, **kwargs):
        super().__init__(empty_label=empty_label, **kwargs)
        self.condition, self.always = condition, always

    def filter(self, rows, value):
        """Return the rows that meet the condition."""
        if not value and not self.always:
            return rows
        return rows.filter(self.condition(self.parent.moment, value or ""))


def level_filter(field):
    """Return the filter of one level, by what holds on the day."""
    field = MemberState._meta.get_field(field)
    return MomentFilter(
        label=capfirst(field.verbose_name),
        choices=field.flatchoices,
        condition=lambda moment, value: holding(MemberState, moment, **{field.name: value}),
    )


def choice(field, label):
    """Return the filter of a field of the person with its own choices."""
    return django_filters.ChoiceFilter(
        field_name=field, label=label, choices=Member._meta.get_field(field).flatchoices, empty_label=ALL
    )


def age(label, condition):
    """Return the filter of an age in completed years on the day."""
    return django_filters.NumberFilter(label=label, method=condition, min_value=0, max_value=OLDEST)


def exempt(moment, value):
    """Return the condition of exemption from work and meetings on the day: of any kind, of one kind, or none."""
    if value == "khong":
        return ~holding(Exemption, moment)
    return holding(Exemption, moment, **({} if value == "co" else {"kind": value}))


def has_handbook(moment, value):
    """Return the condition of having the electronic handbook on the day, or not."""
    has = Q(handbook_installed_on__lte=moment.as_of)
    return has if value == "co" else ~has


class MemberFilters(ListFilters):
    """The filters of the list of people at `moment`."""

    in_sight = ("tim", "tinh_trang", "gioi_tinh", "thieu")

    tim = search_filter("Tên, số thẻ, số định danh, số lý lịch")
    tinh_trang = MomentFilter(
        label="Tình trạng", choices=STANDINGS, condition=status_condition, always=True, empty_label="Đang sinh hoạt"
    )
    gioi_tinh = choice("gender", "Giới tính")
    thieu = MomentFilter(
        label="Thiếu dữ liệu",
        choices=[(code, label) for code, (label, _) in MISSING.items()],
        condition=lambda moment, value: MISSING[value][1](moment),
        empty_label="Không xét",
    )
    dan_toc = choice("ethnicity", "Dân tộc")
    ton_giao = choice("religion", "Tôn giáo")
    tuoi_tu = age("Tuổi từ", "from_age")
    tuoi_den = age("Tuổi đến", "to_age")
    hoc_van = level_filter("education")
    chuyen_mon = level_filter("qualification")
    ly_luan = level_filter("theory")
    nghe_nghiep = level_filter("occupation")
    mien = MomentFilter(
        label="Miễn sinh hoạt",
        choices=[("co", "Đang được miễn"), ("khong", "Không được miễn"), *choices.ExemptionKind.choices],
        condition=exempt,
    )
    so_tay = MomentFilter(
        label="Sổ tay đảng viên điện tử",
        choices=YES_NO,
        condition=has_handbook,
    )

    def __init__(self, *args, moment, **kwargs):
        super().__init__(*args, **kwargs)
        self.moment = moment

    def holds(self, word):
        """Return the condition that a word is found in the name, or in a number."""
        return queries.finds(word, self.moment.user)

    def from_age(self, rows, name, value):
        """Return the people who have completed `value` years on the day."""
        return rows.filter(born_on__lte=born_by(self.moment.as_of, int(value)))

    def to_age(self, rows, name, value):
        """Return the people who have not completed one year more."""
        return rows.filter(born_on__gt=born_by(self.moment.as_of, int(value) + 1))
