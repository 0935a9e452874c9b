"""The sheets of party organizations in the data workbook."""

from binhlu_portal.spreadsheets.data_workbook.resources import Tab, tab

from .models import (
    Document,
    FormTitle,
    ImpossiblePair,
    Regulation,
    Threshold,
    Unit,
    UnitEvent,
    UnitFact,
    UnitPeriod,
)
from .rights import Right

tab(Tab(Unit, "Tổ chức đảng", keys=(("code",),), right=Right.DECIDE, named=True))
tab(Tab(UnitPeriod, "Tên, loại, cấp trên", keys=(("unit", "started_on"),), right=Right.DECIDE))
tab(Tab(UnitEvent, "Sự kiện tổ chức", keys=(("unit", "other_unit", "kind", "day"),), right=Right.DECIDE))
tab(
    Tab(
        Document,
        "Văn bản",
        keys=(("unit", "number", "issued_on"),),
        right=Right.DECIDE,
        needs={"unit": ("periods",)},
    )
)
tab(Tab(UnitFact, "Thông tin đơn vị", keys=(("unit", "kind", "detail", "started_on"),), needs={"unit": ("periods",)}))
tab(Tab(Regulation, "Văn bản quy định", keys=(("subject", "started_on"),), right=Right.DECIDE))
tab(Tab(Threshold, "Chỉ tiêu, định mức", keys=(("code", "started_on"),), right=Right.DECIDE))
tab(Tab(FormTitle, "Tên biểu thống kê", keys=(("form", "started_on"),), right=Right.DECIDE))
tab(
    Tab(
        ImpossiblePair,
        "Loại không có loại hình",
        keys=(("kind", "sector", "started_on"),),
        right=Right.DECIDE,
    )
)
