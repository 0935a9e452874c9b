"""Kinds of party organization and sectors (loại hình), with what may stand beneath what."""

from django.db import models


class Kind(models.TextChoices):
    """The kinds of party organization from the province down (294-QĐ/TW, 26/5/2025: no district level)."""

    PROVINCE = "province", "Đảng bộ tỉnh"
    COMMUNE = "commune", "Đảng bộ xã"
    PARTY_ORGANIZATION = "party_organization", "Đảng bộ cơ sở"
    GRASSROOTS_CELL = "grassroots_cell", "Chi bộ cơ sở"
    DEPARTMENTAL = "departmental", "Đảng bộ bộ phận"
    SUBORDINATE_CELL = "subordinate_cell", "Chi bộ trực thuộc"


CELLS = frozenset({Kind.GRASSROOTS_CELL, Kind.SUBORDINATE_CELL})
"""Members belong to cells; every other kind only gathers them."""

GRASSROOTS = frozenset({Kind.PARTY_ORGANIZATION, Kind.GRASSROOTS_CELL})
"""Tổ chức cơ sở đảng: the grassroots organizations of Điều lệ Đảng, Article 21."""

PARENTS = {
    Kind.PROVINCE: frozenset({None}),
    Kind.COMMUNE: frozenset({None, Kind.PROVINCE}),
    Kind.PARTY_ORGANIZATION: frozenset({Kind.COMMUNE}),
    Kind.GRASSROOTS_CELL: frozenset({Kind.COMMUNE}),
    Kind.DEPARTMENTAL: frozenset({Kind.PARTY_ORGANIZATION}),
    Kind.SUBORDINATE_CELL: frozenset({Kind.COMMUNE, Kind.PARTY_ORGANIZATION, Kind.DEPARTMENTAL}),
}
"""Which kinds a unit of each kind may stand directly beneath; None is the root."""


class Sector(models.TextChoices):
    """Loại hình: the rows of form 5 of the Party's basic statistics (11-HD/BTCTW, 13/12/2021) and the local ones."""

    COMMUNE = "commune", "Xã"
    WARD = "ward", "Phường"
    TOWNSHIP = "township", "Thị trấn"
    SPECIAL_ZONE = "special_zone", "Đặc khu"
    PARTY_AGENCY = "party_agency", "Cơ quan Đảng, MTTQ, đoàn thể chính trị - xã hội"
    STATE_AGENCY = "state_agency", "Cơ quan Nhà nước"
    PUBLIC_SERVICE = "public_service", "Đơn vị sự nghiệp công lập"
    PRIVATE_SERVICE = "private_service", "Đơn vị sự nghiệp ngoài công lập"
    MILITARY = "military", "Quân đội"
    POLICE = "police", "Công an"
    STATE_OWNED = "state_owned", "Doanh nghiệp Nhà nước nắm 100% vốn điều lệ"
    STATE_MAJORITY = "state_majority", "Doanh nghiệp Nhà nước nắm từ 50% vốn điều lệ"
    STATE_MINORITY = "state_minority", "Doanh nghiệp Nhà nước nắm dưới 50% vốn điều lệ"
    JOINT_STOCK = "joint_stock", "Công ty cổ phần ngoài Nhà nước"
    PRIVATE_ENTERPRISE = "private_enterprise", "Doanh nghiệp tư nhân"
    LIMITED_COMPANY = "limited_company", "Công ty trách nhiệm hữu hạn"
    PARTNERSHIP = "partnership", "Công ty hợp danh"
    FOREIGN_INVESTED = "foreign_invested", "Doanh nghiệp có vốn nước ngoài"
    FOREIGN_OWNED = "foreign_owned", "Doanh nghiệp 100% vốn nước ngoài"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    ABROAD = "abroad", "Tổ chức đảng ở ngoài nước"
    OTHER = "other", "Loại hình cơ sở khác"
    VILLAGE = "village", "Bản"
    SCHOOL = "school", "Trường học"
    HEALTH_STATION = "health_station", "Trạm Y tế"


ENTERPRISES = frozenset(
    {
        Sector.STATE_OWNED,
        Sector.STATE_MAJORITY,
        Sector.STATE_MINORITY,
        Sector.JOINT_STOCK,
        Sector.PRIVATE_ENTERPRISE,
        Sector.LIMITED_COMPANY,
        Sector.PARTNERSHIP,
        Sector.FOREIGN_INVESTED,
        Sector.FOREIGN_OWNED,
        Sector.COOPERATIVE,
    }
)
"""Doanh nghiệp và hợp tác xã."""


class EventKind(models.TextChoices):
    """What can happen to a unit."""

    RECEIVED = "received", "Tiếp nhận"
    ESTABLISHED = "established", "Thành lập"
    RENAMED = "renamed", "Đổi tên"
    MOVED = "moved", "Chuyển tổ chức đảng cấp trên"
    RECLASSIFIED = "reclassified", "Đổi loại tổ chức, loại hình"
    SPLIT = "split", "Tách"
    MERGED = "merged", "Sáp nhập"
    DISSOLVED = "dissolved", "Giải thể"


ENDINGS = frozenset({EventKind.MERGED, EventKind.DISSOLVED})
"""Events after which the unit is no more: they belong to the tree of the day before."""


class RoleKind(models.TextChoices):
    """What an account is to a unit and everything beneath it."""

    SECRETARIAT = "secretariat", "Văn phòng, Ban Xây dựng Đảng"
    CELL_SECRETARY = "cell_secretary", "Bí thư chi bộ"
    LEADER = "leader", "Lãnh đạo"
    ADMINISTRATOR = "administrator", "Quản trị"
