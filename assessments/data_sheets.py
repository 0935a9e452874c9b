"""The sheets of assessments in the data workbook."""

from binhlu_portal.spreadsheets.data_workbook.resources import Tab, tab
from organizations.rights import Right

from .meetings import office_lists as meeting_lists  # noqa: F401 (declares what lists call meetings)
from .models import Absence, Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating
from .ratings import office_lists as rating_lists  # noqa: F401 (declares what lists call ratings)

tab(Tab(UnitRating, "Xếp loại tổ chức", keys=(("unit", "year"),), right=Right.DECIDE))
tab(Tab(FourGoods, "Bốn tốt", keys=(("unit", "year"),), right=Right.DECIDE))
tab(Tab(MemberRating, "Xếp loại đảng viên", keys=(("member", "year"),), needs={"member": ("spells",)}))
tab(Tab(Meeting, "Sinh hoạt chi bộ", keys=(("unit", "held_on", "kind"),), needs={"unit": ("periods",)}))
tab(Tab(Absence, "Vắng sinh hoạt", keys=(("meeting", "member"),)))
tab(
    Tab(
        Case,
        "Kiểm tra, giám sát",
        keys=(("unit", "member", "kind", "subject", "concluded_on"),),
        right=Right.DECIDE,
        needs={"unit": ("periods",)},
    )
)
tab(
    Tab(
        UnitDiscipline,
        "Kỷ luật tổ chức",
        keys=(("unit", "decided_on"),),
        right=Right.DECIDE,
        needs={"unit": ("periods",)},
    )
)
tab(Tab(NilReturn, "Không phát sinh", keys=(("unit", "register", "started_on"),), needs={"unit": ("periods",)}))
