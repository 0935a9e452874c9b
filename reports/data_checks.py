"""Sums that must close: figures that together are another figure, and the ledger of members."""

from dataclasses import dataclass

from django.urls import reverse

from binhlu_portal.data_checks.rules import SUMS, Sum

from .figures import evaluate, ledger
from .figures.definitions.age_bands import AGE_BANDS


@dataclass(frozen=True)
class SumRule:
    """A figure that is the sum of others; what a gap comes from, and the code of the check that lists it."""

    title: str
    code: str
    parts: tuple
    advice: str = ""
    gap: str = ""


def figures(prefix, *codes):
    """Return the codes of figures that begin alike."""
    return tuple(f"{prefix}.{code}" for code in codes)


LEVELS = ("excellent", "good", "fair", "failed")
SUM_RULES = (
    SumRule("Nam, nữ", "members.total", figures("members", "male", "female")),
    SumRule(
        "Học vấn",
        "members.total",
        figures("members.education", "primary", "lower_secondary", "upper_secondary"),
        "Người chưa ghi học vấn, hoặc chưa học hết tiểu học: báo cáo không có dòng.",
        "thieu-hoc-van",
    ),
    SumRule(
        "Chuyên môn",
        "members.total",
        figures("members.qualification", "elementary", "intermediate", "college", "university", "master"),
        "Người chưa ghi chuyên môn, chưa qua đào tạo, hoặc là tiến sĩ: báo cáo không có dòng.",
        "thieu-chuyen-mon",
    ),
    SumRule(
        "Đang làm việc, đã nghỉ",
        "members.total",
        figures("members", "working", "retired"),
        "Người chưa ghi nghề nghiệp.",
        "thieu-nghe-nghiep",
    ),
    SumRule(
        "Độ tuổi",
        "members.total",
        (*figures("members.age", *(f"{youngest}_{oldest}" for youngest, oldest in AGE_BANDS)), "members.age.over_60"),
        "Người chưa có ngày sinh, hoặc chưa đủ 18 tuổi.",
        "thieu-ngay-sinh",
    ),
    SumRule("Có xếp loại, không xếp loại", "ratings.members.listed", figures("ratings.members", "rated", "not_rated")),
    SumRule("Mức xếp loại đảng viên", "ratings.members.rated", figures("ratings.members", *LEVELS)),
    SumRule("Mức xếp loại tổ chức đảng", "ratings.units.rated", figures("ratings.units", *LEVELS)),
)
"""The figures that must close."""


def sums(moment):
    """Return the ledger of the period and the sums of figures."""
    codes = {code for whole in SUM_RULES for code in (whole.code, *whole.parts)}
    values = {code: result.value for code, result in evaluate.results(moment, [*codes, "members.increase"]).items()}
    closing = values["members.total"]
    book = ledger.make_ledger(moment, (closing - values["members.increase"], closing))
    balance = book.opening + sum(book.increases.values()) - sum(book.decreases.values())
    return [
        Sum("Đầu kỳ + tăng − giảm = cuối kỳ", closing, balance, reverse("figure", args=["members.increase"])),
        *(
            Sum(
                whole.title,
                values[whole.code],
                sum(values[part] for part in whole.parts),
                reverse("figure", args=[whole.code]),
                whole.advice,
                whole.gap,
            )
            for whole in SUM_RULES
        ),
    ]


SUMS.add("reports", sums)
