"""Kinds of party organization and sectors (loại hình), with what may stand beneath what."""

from django.db import models


class Kind(models.TextChoices):
    """The kinds of party organization from the whole Party down (294-QĐ/TW, 26/5/2025: no district level)."""

    NATION = "nation", "Toàn Đảng"
    PROVINCE = "province", "Đảng bộ tỉnh"
    COMMUNE = "commune", "Đảng bộ xã"
    PARTY_ORGANIZATION = "party_organization", "Đảng bộ cơ sở"
    GRASSROOTS_CELL = "grassroots_cell", "Chi bộ cơ sở"
    DEPARTMENTAL = "departmental", "Đảng bộ bộ phận"
    SUBORDINATE_CELL = "subordinate_cell", "Chi bộ trực thuộc"


KIND_WORDS = {
    Kind.SUBORDINATE_CELL: "Chi bộ; CBTT",
    Kind.GRASSROOTS_CELL: "CBCS; TCCSĐ",
    Kind.PARTY_ORGANIZATION: "Đảng bộ; ĐBCS",
}
"""What people call them besides."""

CELLS = frozenset({Kind.GRASSROOTS_CELL, Kind.SUBORDINATE_CELL})
"""Members belong to cells; every other kind only gathers them."""

GRASSROOTS = frozenset({Kind.PARTY_ORGANIZATION, Kind.GRASSROOTS_CELL})
"""Tổ chức cơ sở đảng: the grassroots organizations of Điều lệ Đảng, Article 21."""

PARENTS = {
    Kind.NATION: frozenset({None}),
    Kind.PROVINCE: frozenset({None, Kind.NATION}),
    Kind.COMMUNE: frozenset({None, Kind.PROVINCE}),
    Kind.PARTY_ORGANIZATION: frozenset({Kind.COMMUNE}),
    Kind.GRASSROOTS_CELL: frozenset({Kind.COMMUNE}),
    Kind.DEPARTMENTAL: frozenset({Kind.PARTY_ORGANIZATION}),
    Kind.SUBORDINATE_CELL: frozenset({Kind.COMMUNE, Kind.PARTY_ORGANIZATION, Kind.DEPARTMENTAL}),
}
"""Which kinds a unit of each kind may stand directly beneath; None is the root."""

LEADING = frozenset(kind for kind, above in PARENTS.items() if None in above)
"""The committees that may head a tree; they ask others to report."""


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


SECTOR_WORDS = {
    Sector.VILLAGE: "Thôn; Bản, thôn; Thôn, bản; Nông thôn; Khu dân cư",
    Sector.SCHOOL: "Trường; Giáo dục",
    Sector.HEALTH_STATION: "Y tế; Trạm y tế xã",
    Sector.PARTY_AGENCY: "Cơ quan Đảng; Đảng, đoàn thể",
    Sector.STATE_AGENCY: "Cơ quan hành chính; Hành chính",
    Sector.PUBLIC_SERVICE: "Sự nghiệp; Đơn vị sự nghiệp",
    Sector.POLICE: "CA",
    Sector.COOPERATIVE: "HTX",
}
"""What people call them besides."""


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
    RESIDENCE = "residence", "Giữ mối liên hệ với nơi cư trú"
    STATISTICS = "statistics", "Thống kê cơ bản của Đảng"
    INSPECTION_STATISTICS = "inspection_statistics", "Thống kê ngành Kiểm tra Đảng"
    DOCUMENT_KINDS = "document_kinds", "Thể loại, thẩm quyền ban hành văn bản của Đảng"
    DOCUMENT_FORM = "document_form", "Thể thức văn bản của Đảng"
    RETIREMENT = "retirement", "Tuổi nghỉ hưu"
    OTHER = "other", "Nội dung khác"


class DocumentTopic(models.TextChoices):
    """What a document is about, as far as reports ask: under which heading it is told."""

    REQUEST = "request", "Yêu cầu báo cáo"
    FOUNDING = "founding", "Thành lập xã, thành lập đảng bộ"
    FOUR_GOODS = "four_goods", "Chi bộ, đảng bộ bốn tốt"
    ENTERPRISES = "enterprises", "Tổ chức đảng trong doanh nghiệp"
    FUNCTIONS = "functions", "Chức năng, nhiệm vụ của tổ chức đảng"
    WORKING_RULES = "working_rules", "Quy chế làm việc, quy chế phối hợp"
    OVERSIGHT = "oversight", "Phân công phụ trách, dự sinh hoạt"
    RATINGS = "ratings", "Kiểm điểm, đánh giá, xếp loại"
    CELL_MEETINGS = "cell_meetings", "Sinh hoạt chi bộ"
    ALLOWANCES = "allowances", "Chế độ, chính sách, đảng phí"
    STUDY = "study", "Giáo dục chính trị, tư tưởng"
    MEMBER_WORK = "member_work", "Quản lý đảng viên"
    SCREENING = "screening", "Rà soát, sàng lọc đảng viên"
    HANDBOOK = "handbook", "Ứng dụng công nghệ, Sổ tay đảng viên"
    ADMISSIONS = "admissions", "Kết nạp đảng viên"


class StatisticsForm(models.TextChoices):
    """The forms of the Party's basic statistics that the portal fills, by their numbers; form 6 has two tables."""

    LEDGER = "1", "Biểu số 1"
    ADMISSIONS = "2", "Biểu số 2"
    ADMISSIONS_BY_PEOPLE = "2B", "Biểu số 2B"
    MEMBERS = "3", "Biểu số 3"
    MEMBERS_BY_PEOPLE = "4", "Biểu số 4"
    SECTORS = "5", "Biểu số 5"
    UNIT_RATINGS = "6", "Biểu số 6, tổ chức đảng"
    MEMBER_RATINGS = "6-dang-vien", "Biểu số 6, đảng viên"
    REVIEW = "6F", "Biểu số 6F"
    MEMBER_WORK = "7", "Biểu số 7"
    OFFICIALS = "9C", "Biểu số 9C"
    COURSES = "10", "Biểu số 10"
    PLANNING = "12C", "Biểu số 12C"

    @property
    def number(self) -> str:
        """The number in print."""
        return self.value.partition("-")[0]


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
    DONG = "dong", "đồng"


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
    DISCIPLINE = "discipline.lasts_months", "Thời hạn hiệu lực của kỷ luật đảng viên"
    REMIND = "reminders.days", "Số ngày báo trước khi một việc hết hạn"
    FEE_RELIEF = "fees.relief_months", "Thời hạn mỗi lần miễn, giảm đảng phí"
    FREE_OF_FEE = "fees.free_years", "Tuổi Đảng được miễn đảng phí"
    FEE_SALARY = "fees.salary", "Đảng phí: trên tiền lương đóng bảo hiểm xã hội bắt buộc"
    FEE_BENEFIT = "fees.benefit", "Đảng phí: trên trợ cấp ốm đau, thai sản"
    FEE_PENSION = "fees.pension", "Đảng phí: trên lương hưu"
    FEE_STUDENT = "fees.student", "Đảng phí: học sinh, sinh viên"
    FEE_WORKING = "fees.working", "Đảng phí: đối tượng khác chưa đến tuổi nghỉ hưu, trên lương tối thiểu vùng"
    FEE_RETIRED = "fees.retired", "Đảng phí: đối tượng khác từ tuổi nghỉ hưu, trên lương tối thiểu vùng"
    MINIMUM_WAGE = "fees.minimum_wage", "Lương tối thiểu tháng của vùng nơi đảng viên sinh hoạt"
    RETIREMENT_MEN = "fees.retirement_men", "Tuổi nghỉ hưu của nam"
    RETIREMENT_WOMEN = "fees.retirement_women", "Tuổi nghỉ hưu của nữ"
    FEE_INCOME = "fees.income_months", "Thời gian giữ mức thu nhập đã hết áp dụng"
    FEE_FEWEST = "fees.fewest_payers", "Số người đóng theo thu nhập ít nhất để lãnh đạo xem tổng của một chi bộ"
    KEEP_ACCESS = "keeping.access_months", "Thời gian giữ nhật ký truy cập"
    KEEP_ATTEMPTS = "keeping.attempt_months", "Thời gian giữ nhật ký đăng nhập"
    KEEP_SUBMISSIONS = "keeping.submission_months", "Thời gian giữ dấu chống lưu trùng của biểu mẫu"
    RATED_FROM = "ratings.youngest_months", "Thời gian ít nhất để được xếp loại"
    EXCELLENT = "ratings.excellent", "Tỷ lệ khống chế hoàn thành xuất sắc nhiệm vụ"
    TARGET_RATED = "targets.ratings.good_or_better", "Chỉ tiêu hoàn thành tốt nhiệm vụ trở lên"
    TARGET_ADMITTED = "targets.admissions", "Chỉ tiêu kết nạp đảng viên"
    TARGET_CONCURRENT = "targets.village_secretary_concurrent", "Chỉ tiêu bí thư chi bộ kiêm nhiệm ở bản"
    TARGET_HEADS = "targets.village_heads_members", "Chỉ tiêu trưởng bản là đảng viên"
    TARGET_FRONT = "targets.front_heads_members", "Chỉ tiêu trưởng ban công tác Mặt trận là đảng viên"
    TARGET_AGENCIES = "targets.agency_secretaries_heads", "Chỉ tiêu bí thư là thủ trưởng cơ quan, đơn vị"


class Kept(models.TextChoices):
    """What is kept for a while only, and deleted when that is over."""

    ACCESS = "access", "Nhật ký truy cập"
    ATTEMPTS = "attempts", "Nhật ký đăng nhập"
    SUBMISSIONS = "submissions", "Dấu chống lưu trùng của biểu mẫu"
    FILES = "files", "Tệp đã gửi lên, giá trị trong kết quả kiểm tra tệp"
    INCOMES = "incomes", "Mức thu nhập đã hết áp dụng"


KEPT_FOR = {
    Kept.ACCESS: Norm.KEEP_ACCESS,
    Kept.ATTEMPTS: Norm.KEEP_ATTEMPTS,
    Kept.SUBMISSIONS: Norm.KEEP_SUBMISSIONS,
    Kept.FILES: Norm.FEE_INCOME,
    Kept.INCOMES: Norm.FEE_INCOME,
}
"""Which value says for how many months. A file may tell what somebody earns, so it goes as soon as that."""
