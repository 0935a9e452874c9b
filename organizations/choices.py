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


class Subject(models.TextChoices):
    """What regulations are about: code names a regulation by its subject and never by its number."""

    CHARTER_GUIDANCE = "charter_guidance", "Thi hành Điều lệ Đảng"
    MEMBER_WORK = "member_work", "Nghiệp vụ công tác đảng viên"
    CARDS = "cards", "Thẻ đảng viên"
    FEES = "fees", "Đảng phí"
    RATINGS = "ratings", "Đánh giá, xếp loại chất lượng"
    RATING_GUIDANCE = "rating_guidance", "Hướng dẫn đánh giá, xếp loại"
    CELL_MEETINGS = "cell_meetings", "Sinh hoạt chi bộ"
    GRASSROOTS = "grassroots", "Củng cố, xây dựng tổ chức cơ sở đảng"
    HANDBOOK = "handbook", "Sổ tay đảng viên điện tử"
    STATISTICS = "statistics", "Thống kê cơ bản của Đảng"
    INSPECTION_STATISTICS = "inspection_statistics", "Thống kê ngành Kiểm tra Đảng"
    DOCUMENT_KINDS = "document_kinds", "Thể loại, thẩm quyền ban hành văn bản của Đảng"
    DOCUMENT_FORM = "document_form", "Thể thức văn bản của Đảng"
    RETIREMENT = "retirement", "Tuổi nghỉ hưu"
    OTHER = "other", "Nội dung khác"


class Certainty(models.TextChoices):
    """How surely a regulation, or a value it sets, is known to the portal."""

    READ = "read", "Đã đọc văn bản"
    REPORTED = "reported", "Theo nguồn công khai, chưa đối chiếu"


class Measure(models.TextChoices):
    """What the value of a threshold counts."""

    PERCENT = "percent", "%"
    PEOPLE = "people", "đảng viên"
    YEARS = "years", "năm"
    AGE = "age", "tuổi"
    MONTHS = "months", "tháng"
    WORKING_DAYS = "working_days", "ngày làm việc"
    DAYS = "days", "ngày"


class Norm(models.TextChoices):
    """What a value is about: deadlines, ages, sizes, the ceiling on ratings, the targets of the committee."""

    YOUNGEST = "admissions.youngest", "Tuổi thấp nhất khi kết nạp"
    OLDEST = "admissions.oldest", "Tuổi cao nhất khi kết nạp mà không cần cấp tỉnh đồng ý"
    CEREMONY = "admissions.ceremony_days", "Thời hạn tổ chức lễ kết nạp"
    READMISSION = "admissions.readmission_months", "Thời gian ít nhất ở ngoài Đảng để xét kết nạp lại"
    PROBATION = "admissions.probation_months", "Thời gian dự bị"
    VOTE = "admissions.vote_days", "Thời hạn chi bộ họp xét sau khi hết dự bị"
    ARRIVAL = "transfers.arrival_days", "Thời hạn nộp giấy giới thiệu sinh hoạt đảng"
    FEWEST = "cells.fewest", "Số đảng viên chính thức ít nhất của chi bộ"
    WITH_COMMITTEE = "cells.with_committee", "Số đảng viên chính thức để bầu chi ủy"
    MOST = "cells.most", "Số đảng viên để lập đảng bộ cơ sở"
    TERM = "committees.term_years", "Nhiệm kỳ của cấp ủy"
    FEE_RELIEF = "fees.relief_months", "Thời hạn mỗi lần miễn, giảm đảng phí"
    FREE_OF_FEE = "fees.free_years", "Tuổi Đảng được miễn đảng phí"
    RATED_FROM = "ratings.youngest_months", "Thời gian ít nhất để được xếp loại"
    EXCELLENT = "ratings.excellent", "Tỷ lệ khống chế hoàn thành xuất sắc nhiệm vụ"
    TARGET_RATED = "targets.ratings.good_or_better", "Chỉ tiêu hoàn thành tốt nhiệm vụ trở lên"
    TARGET_ADMITTED = "targets.admissions", "Chỉ tiêu kết nạp đảng viên"
    TARGET_CONCURRENT = "targets.village_secretary_concurrent", "Chỉ tiêu bí thư chi bộ kiêm nhiệm ở bản"
    TARGET_HEADS = "targets.village_heads_members", "Chỉ tiêu trưởng bản là đảng viên"
    TARGET_FRONT = "targets.front_heads_members", "Chỉ tiêu trưởng ban công tác Mặt trận là đảng viên"
    TARGET_AGENCIES = "targets.agency_secretaries_heads", "Chỉ tiêu bí thư là thủ trưởng cơ quan, đơn vị"
