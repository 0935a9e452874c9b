"""What the database keeps of members: periods that do not overlap and stay within the life of the unit."""

from binhlu_portal.guards import Guard, NoOverlap
from organizations.guards import alive, outlives

from . import codes

SINGLE = ", ".join(f"'{post.value}'" for post in sorted(codes.SINGLE_POSTS))

GUARDS = [
    NoOverlap(
        "spell_no_overlap",
        "members_spell",
        ("member_id",),
        "Hai giai đoạn sinh hoạt của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "memberstate_no_overlap",
        "members_memberstate",
        ("member_id",),
        "Hai giai đoạn trình độ, nghề nghiệp của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "exemption_no_overlap",
        "members_exemption",
        ("member_id",),
        "Hai lần miễn sinh hoạt của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "feereduction_no_overlap",
        "members_feereduction",
        ("member_id",),
        "Hai lần miễn, giảm đảng phí của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "position_one_holder",
        "members_position",
        ("unit_id", "post"),
        "Chức vụ này đang do người khác giữ.",
        where=f"post IN ({SINGLE})",
    ),
    Guard(
        "spell_in_life",
        "members_spell",
        f"NOT {alive('NEW.unit_id')}",
        "Chi bộ không tồn tại suốt giai đoạn sinh hoạt đó.",
    ),
    Guard(
        "position_in_life",
        "members_position",
        f"NOT {alive('NEW.unit_id')}",
        "Tổ chức đảng không tồn tại suốt thời gian giữ chức vụ đó.",
    ),
    Guard(
        "unit_outlived_by_members",
        "organizations_unit",
        f"{outlives('members_spell')} OR {outlives('members_position')}",
        "Tổ chức đảng còn đảng viên hoặc chức vụ nằm ngoài thời gian tồn tại mới.",
        events=("UPDATE",),
    ),
]
