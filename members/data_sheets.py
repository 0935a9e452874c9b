"""The sheets of members in the data workbook."""

from binhlu_portal.spreadsheets.data_workbook.resources import CARRIED, Tab, tab
from binhlu_portal.spreadsheets.importer.formats import READERS
from organizations.models import Unit
from organizations.rights import Right

from .member_records import office_lists  # noqa: F401 (declares what lists call the registers)
from .models import (
    Admission,
    AdmissionTarget,
    Badge,
    Discipline,
    Exemption,
    FeeBasis,
    FeeReduction,
    HandbookAbsence,
    Liaison,
    Member,
    MemberState,
    Planning,
    Position,
    Spell,
    Suspension,
    Training,
    Vacancy,
)
from .restructuring.corrections import moved_end
from .roster_import import reader
from .unit_pages import office_lists as unit_lists  # noqa: F401 (declares what lists call what units are)

STAYS = {"member": ("spells",)}
PLANNINGS = {"member": ("spells", "plannings")}

READERS.add("roster", reader.read)
CARRIED.add(Unit, moved_end)

tab(
    Tab(
        Member,
        "Đảng viên",
        keys=(("citizen_id",), ("card_number",), ("profile_number",)),
        prepare=Member.refresh_keys,
        alike=("full_name", "born_on"),
    )
)
tab(Tab(Spell, "Quá trình sinh hoạt", keys=(("member", "started_on"),), right=Right.DECIDE, stands_for="member"))
tab(Tab(MemberState, "Trình độ, nghề nghiệp", keys=(("member", "started_on"),)))
tab(
    Tab(
        Position,
        "Chức vụ",
        keys=(("unit", "post", "member", "holder_name", "started_on"),),
        right=Right.DECIDE,
        needs={"member": ("admissions", "spells"), "unit": ("periods",)},
    )
)
tab(Tab(Vacancy, "Khuyết chức vụ", keys=(("unit", "post", "started_on"),), right=Right.DECIDE))
tab(
    Tab(
        Admission,
        "Kết nạp",
        keys=(("member", "ceremony_on"), ("member", "listed_on")),
        right=Right.DECIDE,
        needs=STAYS,
    )
)
tab(Tab(AdmissionTarget, "Chỉ tiêu kết nạp", keys=(("unit", "year"),), right=Right.DECIDE))
tab(Tab(Exemption, "Miễn sinh hoạt", keys=(("member", "started_on"),), needs=STAYS))
tab(Tab(FeeBasis, "Căn cứ đảng phí", keys=(("member", "started_on"),), needs=STAYS))
tab(Tab(FeeReduction, "Miễn, giảm đảng phí", keys=(("member", "started_on"),), needs=STAYS))
tab(Tab(HandbookAbsence, "Chưa cài Sổ tay", keys=(("member", "started_on"),), needs=STAYS))
tab(Tab(Liaison, "Liên hệ nơi cư trú", keys=(("member", "started_on"),), needs=STAYS))
tab(Tab(Training, "Đào tạo", keys=(("member", "course", "began_on"),), needs=STAYS))
tab(
    Tab(
        Planning,
        "Quy hoạch",
        keys=(("member", "post", "term", "step", "approved_on"),),
        right=Right.DECIDE,
        needs=PLANNINGS,
    )
)
tab(Tab(Discipline, "Kỷ luật đảng viên", keys=(("member", "decided_on"),), needs=STAYS))
tab(Tab(Suspension, "Đình chỉ sinh hoạt", keys=(("member", "started_on"),), right=Right.DECIDE, needs=STAYS))
tab(Tab(Badge, "Huy hiệu Đảng", keys=(("member", "years"),), right=Right.DECIDE, needs=STAYS))
