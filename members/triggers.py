"""Database rules of members: periods that do not overlap and stay within the life of the unit."""

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.db.field_rules import FIRST_YEAR, LAST_YEAR, field_rules
from binhlu_portal.db.triggers import Guard, NoOverlap
from organizations.choices import CELLS
from organizations.triggers import alive, alive_on, meet, outlives, outlives_on, rests_on_unit

from . import choices


def listed(codes):
    """Return codes as a list in SQL."""
    return ", ".join(f"'{code.value}'" for code in sorted(codes))


def before(one, other):
    """Return the SQL condition that a partial date is surely before another: as far as both are known."""
    return f"SUBSTR(NEW.{one}, 1, LENGTH(NEW.{other})) < SUBSTR(NEW.{other}, 1, LENGTH(NEW.{one}))"


SINCE_BIRTH = ("joined_on", "decided_on", "official_on", "youth_union_on", "recruited_on", "enlisted_on")
"""Days on the card of somebody who is born."""

GUARDS = [
    Guard(
        "member_born_first",
        "members_member",
        " OR ".join(before(day, "born_on") for day in SINCE_BIRTH),
        "Ngày sinh phải trước ngày vào Đảng, vào Đoàn và mọi ngày khác của lý lịch.",
        of=("born_on", *SINCE_BIRTH),
    ),
    Guard(
        "member_joined_first",
        "members_member",
        before("official_on", "joined_on"),
        "Ngày chính thức phải sau ngày vào Đảng.",
        of=("joined_on", "official_on"),
    ),
    Guard(
        "member_enlisted_first",
        "members_member",
        before("discharged_on", "enlisted_on"),
        "Ngày xuất ngũ phải sau ngày nhập ngũ.",
        of=("enlisted_on", "discharged_on"),
    ),
    Guard(
        "planning_term_of_years",
        "members_planning",
        "LENGTH(NEW.term) <> 9 OR LTRIM(SUBSTR(NEW.term, 1, 4) || SUBSTR(NEW.term, 6), '0123456789') <> '' "
        "OR SUBSTR(NEW.term, 5, 1) <> '-' OR SUBSTR(NEW.term, 1, 4) >= SUBSTR(NEW.term, 6) "
        f"OR SUBSTR(NEW.term, 1, 4) < '{FIRST_YEAR}' OR SUBSTR(NEW.term, 6) > '{LAST_YEAR}'",
        "Ghi nhiệm kỳ bằng năm đầu và năm cuối, ví dụ: 2025-2030.",
        of=("term",),
    ),
    Guard(
        "discipline_of_level",
        "members_discipline",
        f"NEW.level = '{choices.DecidingLevel.CELL.value}' AND NEW.form NOT IN ({listed(choices.CELL_MEASURES)})",
        "Chi bộ chỉ quyết định khiển trách, cảnh cáo: chọn đúng cấp quyết định.",
        of=("level", "form"),
    ),
    Guard(
        "discipline_expires_later",
        "members_discipline",
        "NEW.expires_on < NEW.decided_on",
        "Ngày hết hiệu lực phải sau ngày quyết định kỷ luật.",
        of=("expires_on", "decided_on"),
    ),
    Guard(
        "feebasis_has_income",
        "members_feebasis",
        f"NEW.\"group\" IN ({listed(choices.INCOME_GROUPS)}) AND NEW.income IS NULL AND NEW.ended_on = '{OPEN}'",
        "Nhóm này đóng đảng phí theo thu nhập: ghi mức của một tháng, tính bằng đồng.",
        of=("group", "ended_on"),  # an income is erased in time, whatever became of its basis
    ),
    Guard(
        "feereduction_of_ground",
        "members_feereduction",
        f"NEW.ground NOT IN ('', '{choices.FeeGround.HARDSHIP.value}') "
        f"AND NEW.kind <> '{choices.FeeRelief.EXEMPT.value}'",
        "Theo căn cứ này đảng viên được miễn, không phải giảm đảng phí.",
        of=("ground", "kind"),
    ),
    Guard(
        "feereduction_of_hardship_ends",
        "members_feereduction",
        f"NEW.ground = '{choices.FeeGround.HARDSHIP.value}' AND NEW.ended_on = '{OPEN}'",
        "Miễn, giảm vì hoàn cảnh khó khăn: ghi ngày kết thúc.",
        of=("ground", "ended_on"),
    ),
    Guard(
        "training_finishes_later",
        "members_training",
        "NEW.finished_on < NEW.began_on",
        "Ngày bế giảng phải sau ngày khai giảng.",
        of=("finished_on", "began_on"),
    ),
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
        "feebasis_no_overlap",
        "members_feebasis",
        ("member_id",),
        "Hai căn cứ đóng đảng phí của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "feereduction_no_overlap",
        "members_feereduction",
        ("member_id",),
        "Hai lần miễn, giảm đảng phí của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "suspension_no_overlap",
        "members_suspension",
        ("member_id",),
        "Hai lần đình chỉ sinh hoạt của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "handbookabsence_no_overlap",
        "members_handbookabsence",
        ("member_id",),
        "Hai lý do chưa cài Sổ tay của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "liaison_no_overlap",
        "members_liaison",
        ("member_id",),
        "Hai lần giới thiệu về nơi cư trú của một đảng viên không được chồng lên nhau.",
    ),
    NoOverlap(
        "position_one_holder",
        "members_position",
        ("unit_id", "post"),
        "Chức vụ này đang do người khác giữ.",
        where=f"post IN ({listed(choices.SINGLE_POSTS)})",
    ),
    NoOverlap(
        "vacancy_no_overlap",
        "members_vacancy",
        ("unit_id", "post"),
        "Chức vụ này đã ghi là khuyết trong thời gian đó.",
    ),
    Guard(
        "vacancy_of_nobody",
        "members_vacancy",
        "EXISTS (SELECT 1 FROM members_position held WHERE held.unit_id = NEW.unit_id AND held.post = NEW.post "
        f"AND {meet('held', 'NEW')})",
        "Có người giữ chức vụ này trong thời gian đó: sửa thời gian giữ chức vụ trước.",
    ),
    Guard(
        "position_not_vacant",
        "members_position",
        "EXISTS (SELECT 1 FROM members_vacancy gap WHERE gap.unit_id = NEW.unit_id AND gap.post = NEW.post "
        f"AND {meet('gap', 'NEW')})",
        "Chức vụ này đã ghi là khuyết trong thời gian đó: sửa sổ khuyết chức vụ trước.",
    ),
    Guard(
        "vacancy_in_life",
        "members_vacancy",
        f"NOT {alive('NEW.unit_id')}",
        "Tổ chức đảng không tồn tại suốt thời gian khuyết chức vụ đó.",
    ),
    Guard(
        "spell_in_life",
        "members_spell",
        f"NOT {alive('NEW.unit_id')}",
        "Chi bộ không tồn tại suốt giai đoạn sinh hoạt đó.",
    ),
    Guard(
        "spell_in_cell",
        "members_spell",
        "EXISTS (SELECT 1 FROM organizations_unitperiod place WHERE place.unit_id = NEW.unit_id "
        f"AND {meet('place', 'NEW')} AND place.kind NOT IN ({listed(CELLS)}))",
        "Đảng viên chỉ sinh hoạt ở chi bộ.",
    ),
    Guard(
        "unitperiod_holds_no_members",
        "organizations_unitperiod",
        f"NEW.kind NOT IN ({listed(CELLS)}) AND EXISTS (SELECT 1 FROM members_spell stay "
        f"WHERE stay.unit_id = NEW.unit_id AND {meet('stay', 'NEW')})",
        "Tổ chức đảng còn đảng viên nên phải là chi bộ: chuyển đảng viên trước.",
    ),
    Guard(
        "admission_in_life",
        "members_admission",
        f"NEW.ceremony_on IS NOT NULL AND NOT {alive_on('NEW.unit_id', 'NEW.ceremony_on')}",
        "Chi bộ không tồn tại vào ngày lễ kết nạp.",
    ),
    Guard(
        "position_from_a_cell",
        "members_position",
        f"NEW.member_id IS NOT NULL AND NEW.post IN ({listed(choices.COMMITTEE_POSTS)}) "
        "AND NOT EXISTS (SELECT 1 FROM members_spell stay WHERE stay.member_id = NEW.member_id "
        "AND stay.started_on <= NEW.started_on AND stay.ended_on > NEW.started_on)",
        "Người giữ chức vụ cấp ủy phải đang sinh hoạt ở một chi bộ vào ngày bắt đầu giữ.",
        of=("member_id", "post", "started_on"),
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
        " OR ".join(
            [outlives(table) for table in ("members_spell", "members_position", "members_vacancy")]
            + [outlives_on("members_admission", "ceremony_on", where="rows.ceremony_on IS NOT NULL")]
            + [outlives_on("members_changereport", "reported_on")]
        ),
        "Tổ chức đảng còn đảng viên, chức vụ, lễ kết nạp hoặc báo thay đổi nằm ngoài thời gian tồn tại mới.",
        events=("UPDATE",),
    ),
    Guard(
        "changereport_in_life",
        "members_changereport",
        f"NOT {alive_on('NEW.unit_id', 'NEW.reported_on')}",
        "Chi bộ không tồn tại vào ngày báo thay đổi.",
        of=("unit_id", "reported_on"),
    ),
    *map(rests_on_unit, ("members_spell", "members_admission", "members_changereport")),
    rests_on_unit("members_position", alone=True),
    rests_on_unit("members_vacancy", alone=True),
    *field_rules("members"),
]
