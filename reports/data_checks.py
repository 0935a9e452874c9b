"""Sums that must close: figures that together are another figure, and the ledger of members."""

from django.urls import reverse

from binhlu_portal.data_checks.rules import SUMS, Sum

from .figures import evaluate, ledger
from .figures.partitions import PARTITIONS
from .figures.registry import REGISTERS


def sums(moment):
    """Return the ledger of the period and the sums of figures; who is in no part is told with its list."""
    codes = {code for partition in PARTITIONS for code in partition.codes}
    results = evaluate.results(moment, [*codes, "members.increase"])
    closing = results["members.total"].value
    book = ledger.make_ledger(moment, (closing - results["members.increase"].value, closing))
    balance = book.opening + sum(book.increases.values()) - sum(book.decreases.values())
    return [
        Sum("Đầu kỳ + tăng − giảm = cuối kỳ", closing, balance, reverse("figure", args=["members.increase"])),
        *(_sum(partition, results) for partition in PARTITIONS),
    ]


def _sum(partition, results):
    whole, missing = results[partition.whole].value, partition.missing(results)
    return Sum(
        partition.title,
        whole,
        whole - partition.difference(results),
        reverse("figure", args=[partition.whole]),
        missing,
        REGISTERS[partition.register].check if missing else "",
    )


SUMS.add("reports", sums)
