"""Builders of registers: one of what is not written down of somebody, one of what nobody has said did not happen."""

from assessments.choices import OF_CELLS
from assessments.nil_returns.queries import stated
from reports.figures.populations import ADMISSIONS, CELL_UNITS, MEMBERS, RECORDS
from reports.figures.rating_list import RATED_MEMBERS, RATED_UNITS
from reports.figures.registry import Register

PEOPLE = "đảng viên"

EVERYBODY = {
    MEMBERS.code: "members.total",
    RATED_MEMBERS.code: "ratings.members.listed",
    RATED_UNITS.code: "ratings.units.listed",
    CELL_UNITS.code: "units.cells",
    ADMISSIONS.code: "admissions.total",
}
"""The figures of all whom the registers of a population ask, where they ask everybody."""


def register(code, what, population, where, whose=PEOPLE, *, check, of=""):
    """Return the register of `what`, which is silent about the rows of `population` that meet `where`.

    `of` is the figure of all whom it asks.
    """
    return Register(
        f"unrecorded.{code}",
        f"Chưa ghi {what}",
        "Chưa ghi",
        population,
        where,
        of=of or EVERYBODY.get(population.code, ""),
        rests_on=(RECORDS,),
        gap=f"[chưa ghi {what}: {{n}} {whose} – cần bổ sung]",
        whose=whose,
        check=check,
    )


def nil_register(code, kept, span):
    """Return the register of what happens, silent until it is stated that nothing else did in the `span` of a moment.

    `kept` is its code among the registers of nil returns.
    """
    return Register(
        f"unrecorded.{code}",
        f"{kept.label}: chưa báo có hay không phát sinh",
        "Chưa ghi",
        CELL_UNITS,
        lambda moment: ~stated(kept, *span(moment)),
        of=EVERYBODY[CELL_UNITS.code],
        rests_on=(RECORDS,),
        reading="Báo không phát sinh của chi bộ, hoặc của tổ chức đảng cấp trên, cho cả thời gian tính.",
        gap=f"[{kept.label}: {{n}} chi bộ chưa báo có hay không phát sinh – cần xác nhận]",
        whose="chi bộ",
        asked_of_nought=True,
        check="chua-bao-khong-phat-sinh" if kept in OF_CELLS else "chua-bao-so-cua-cap-uy",
    )
