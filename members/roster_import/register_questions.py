"""Questions about what a list does not say of the records of a register and nobody may guess, once for all rows."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

WHICH = "Danh sách không ghi “{}” của {}. Chọn một; câu trả lời dùng cho mọi dòng không ghi."
"""What is asked of a choice that a list lacks."""

SYMBOL = re.compile(r"\A[\W\d]*(?:số)?[\W\d]*", re.IGNORECASE)
"""What stands before the symbol of whoever decided in the number of a decision: "12-QĐ/UBKT"."""


@dataclass(frozen=True)
class Question:
    """Question about what a list does not say of the records of a register.

    `options` are {answer: (words, the values it stands for)} of the values of a record and the day of the list. It is
    asked of records that are not there yet, unless every record is known by the answer too. It is asked apart of
    records that differ in the field `by`; what is asked alike of the lists of a folder has a `topic`.
    """

    fields: tuple[str, ...]
    sentence: str
    options: Callable[[Mapping[str, Any], date], dict[str, tuple[str, dict[str, Any]]]]
    of_new: bool = True
    by: str = ""
    topic: str = ""

    def is_open(self, values: Mapping[str, Any]) -> bool:
        """Return whether the values of a record leave something to be asked."""
        return not values.keys() >= set(self.fields)

    def group_of(self, values: Mapping[str, Any]) -> str:
        """Return what tells records apart of which it is asked by itself: of decisions the symbol in their numbers."""
        said = str(values.get(self.by, ""))
        return SYMBOL.sub("", said) if self.by == "decision_number" else said
