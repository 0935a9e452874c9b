"""The forms of the Party's basic statistics that the records can fill (11-HD/BTCTW, 13/12/2021).

They keep the rows and columns of the printed forms without the district level, which ended on 01/7/2025. A form asks
for what no record tells too: such rows are left out, and the note beneath the form names them.
"""

from .bieu_1 import bieu_1
from .bieu_2 import bieu_2
from .bieu_3 import bieu_3
from .bieu_5 import bieu_5
from .bieu_6 import bieu_6
from .bieu_7 import bieu_7
from .bieu_10 import bieu_10
from .ethnicity import bieu_2b, bieu_4

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
"""Every form by its code; their numbers are those of other annexes too, so the codes name the issuer."""
