"""Forms 6- and 6F-BTCTW: the ratings of organizations by their kind, and why members have none."""

from django.db.models import Q

from assessments.choices import NotRated, Rating
from organizations.choices import Kind
from reports.figures.definitions.ratings import NOT_RATED, RATED, level
from reports.figures.populations import RECORDS
from reports.figures.rating_list import RATED_COLLECTIVES, RATED_MEMBERS, RATED_NESTED, RATED_UNITS
from reports.figures.registry import STATISTICS, Figure, add

FORM = "Biểu số 6-BTCTW"
BLOCKS = {
    "party_organizations": ("Đảng bộ cơ sở", RATED_UNITS, Kind.PARTY_ORGANIZATION),
    "grassroots_cells": ("Chi bộ cơ sở", RATED_UNITS, Kind.GRASSROOTS_CELL),
    "departmental": ("Đảng bộ bộ phận", RATED_NESTED, Kind.DEPARTMENTAL),
    "direct_cells": ("Chi bộ trực thuộc Đảng ủy xã", RATED_UNITS, Kind.SUBORDINATE_CELL),
    "nested_cells": ("Chi bộ trực thuộc đảng bộ cơ sở", RATED_NESTED, Kind.SUBORDINATE_CELL),
}
"""The kinds of organization that are rated apart: name, population, kind."""

NEW = Q(rating__not_rated=NotRated.NEW)
EXEMPT = Q(rating__not_rated=NotRated.EXEMPT)


def block(code, label, population, kind):
    """Return the figures of the ratings of one kind of organization."""

    def rated(row, what, where, of):
        """Return one of them."""
        condition = Q(kind=kind) & where
        base = f"ratings.{code}.{of}" if of else ""
        name = f"{label}: {what}" if what else label
        counts_units = () if what else (RECORDS,)
        return Figure(f"ratings.{code}.{row}", name, FORM, population, condition, of=base, rests_on=counts_units)

    return (
        rated("total", "", Q(), ""),
        rated("rated", "đã đánh giá, xếp loại", RATED, "total"),
        *(rated(rating, rating.label.lower(), level(rating), "rated") for rating in Rating),
        rated("not_rated", "chưa đánh giá, xếp loại", NOT_RATED, "total"),
        rated("new", "mới thành lập, chưa đủ thời gian", NEW, "not_rated"),
    )


def member(code, label, where, reading=""):
    """Return a figure over the members of the reference day who have no rating."""
    return Figure(
        f"ratings.members.{code}",
        label,
        FORM,
        RATED_MEMBERS,
        where,
        of="ratings.members.listed",
        reading=reading,
    )


def collective(code, label, where, **more):
    """Return a figure of form 6F-BTCTW over the organizations of all levels of the reference day."""
    return Figure(f"ratings.collectives.{code}", label, "Biểu số 6F-BTCTW", RATED_COLLECTIVES, where, **more)


add(
    *(figure for code, about in BLOCKS.items() for figure in block(code, *about)),
    member("exempt", "Đảng viên được miễn kiểm điểm, đánh giá, xếp loại", EXEMPT),
    member(
        "pending",
        "Đảng viên chưa được kiểm điểm, đánh giá, xếp loại",
        NOT_RATED & (Q(rating__isnull=True) | ~EXEMPT),
        "Gồm cả người chưa có kết quả.",
    ),
    member("new", "Đảng viên mới kết nạp, chưa đủ thời gian để xếp loại", NEW),
    member("suspended", "Đảng viên bị đình chỉ sinh hoạt, chưa xếp loại", Q(rating__not_rated=NotRated.SUSPENDED)),
    collective("listed", "Tập thể phải kiểm điểm", Q(), rests_on=(RECORDS,)),
    collective("rated", "Tập thể đã kiểm điểm, xếp loại", RATED, of="ratings.collectives.listed"),
    collective(
        "not_rated",
        "Tập thể chưa kiểm điểm, xếp loại",
        NOT_RATED,
        of="ratings.collectives.listed",
        reading="Gồm cả tập thể chưa có kết quả.",
    ),
    collective("founded", "Tập thể mới thành lập, chưa xếp loại", NEW, of="ratings.collectives.not_rated"),
    to=STATISTICS,
)
