"""Catalogue of printed forms: each a function of a moment that returns its sheets, by its code."""

from .annexes.bieu_1b import bieu_1b
from .annexes.bieu_5b import bieu_5b
from .annexes.bieu_6 import bieu_6 as annex_6
from .annexes.bieu_9 import bieu_9
from .statistics.bieu_1 import bieu_1
from .statistics.bieu_2 import bieu_2
from .statistics.bieu_3 import bieu_3
from .statistics.bieu_5 import bieu_5
from .statistics.bieu_6 import bieu_6
from .statistics.bieu_7 import bieu_7
from .statistics.bieu_10 import bieu_10
from .statistics.ethnicity import bieu_2b, bieu_4

ANNEXES = {"1B": bieu_1b, "5B": bieu_5b, "6": annex_6, "9": bieu_9}
"""Every annex of the interim review of 21-NQ/TW by its code, in the order of the report."""

STATISTICS = {
    "1-TCTW": bieu_1,
    "2-TCTW": bieu_2,
    "2B-TCTW": bieu_2b,
    "3-TCTW": bieu_3,
    "4-TCTW": bieu_4,
    "5-TCTW": bieu_5,
    "6-TCTW": bieu_6,
    "7-TCTW": bieu_7,
    "10-TCTW": bieu_10,
}
"""The forms of the Party's basic statistics; their numbers are those of other annexes too, so codes name the issuer."""

FORMS = ANNEXES | STATISTICS
"""Everything that can be asked for by its code: the annexes, then the forms of the Party's statistics."""
