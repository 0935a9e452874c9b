"""Forms to be printed and signed: each a function of a moment that returns its sheets."""

from reports.printed_forms.statistics import STATISTICS

from .bieu_1b import bieu_1b
from .bieu_5b import bieu_5b
from .bieu_6 import bieu_6
from .bieu_9 import bieu_9

ANNEXES = {"1B": bieu_1b, "5B": bieu_5b, "6": bieu_6, "9": bieu_9}
"""Every annex of the interim review of 21-NQ/TW by its code, in the order of the report."""

FORMS = ANNEXES | STATISTICS
"""Everything that can be asked for by its code: the annexes, then the forms of the Party's statistics."""
