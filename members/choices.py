"""The lists from which facts about members are chosen; ethnic groups and religions are in `ethnicity.py`.

Codes are stored in the records: labels may change, codes may not.
"""

from django.db import models


class Gender(models.TextChoices):
    """As on the citizen card."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Education(models.TextChoices):
    """General education (học vấn phổ thông) in Party form 3-BTCTW (11-HD/BTCTW, 13/12/2021)."""

    ILLITERATE = "illiterate", "Chưa biết chữ quốc ngữ"
    LITERATE = "literate", "Biết đọc, biết viết chữ quốc ngữ"
    PRIMARY = "primary", "Tiểu học"
    LOWER_SECONDARY = "lower_secondary", "Trung học cơ sở"
    UPPER_SECONDARY = "upper_secondary", "Trung học phổ thông"


class Qualification(models.TextChoices):
    """The highest professional level (chuyên môn nghiệp vụ) in form 3-BTCTW; the form has no row for the untrained."""

    NONE = "none", "Chưa qua đào tạo"
    ELEMENTARY = "elementary", "Sơ cấp, công nhân kỹ thuật, nhân viên nghiệp vụ"
    INTERMEDIATE = "intermediate", "Trung cấp"
    COLLEGE = "college", "Cao đẳng"
    UNIVERSITY = "university", "Đại học"
    MASTER = "master", "Thạc sĩ"
    DOCTOR = "doctor", "Tiến sĩ"
    DOCTOR_OF_SCIENCE = "doctor_of_science", "Tiến sĩ khoa học"


class AcademicTitle(models.TextChoices):
    """Học hàm (chức danh khoa học)."""

    NONE = "none", "Không"
    ASSOCIATE_PROFESSOR = "associate_professor", "Phó Giáo sư"
    PROFESSOR = "professor", "Giáo sư"


class Theory(models.TextChoices):
    """Political theory (lý luận chính trị); forms count the two highest together as "Cao cấp, cử nhân"."""

    NONE = "none", "Chưa qua"
    ELEMENTARY = "elementary", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    ADVANCED = "advanced", "Cao cấp"
    BACHELOR = "bachelor", "Cử nhân"


class Occupation(models.TextChoices):
    """Work (nghề nghiệp) in the rows of forms 2- and 3-BTCTW, without the district level that ended on 01/7/2025.

    The forms count the two commune codes in one row; they are apart because only officials are civil servants.
    """

    STATE_AGENCY = "state_agency", "Cán bộ, công chức cơ quan Nhà nước từ cấp tỉnh trở lên"
    PARTY_AGENCY = "party_agency", "Cán bộ, công chức cơ quan Đảng, MTTQ, đoàn thể CT-XH từ cấp tỉnh trở lên"
    COMMUNE_OFFICIAL = "commune_official", "Cán bộ, công chức xã, phường, đặc khu"
    COMMUNE_PART_TIME = "commune_part_time", "Người hoạt động không chuyên trách ở xã, phường, đặc khu"
    VILLAGE_PART_TIME = "village_part_time", "Người hoạt động không chuyên trách ở thôn, tổ dân phố, bản"
    PUBLIC_SERVICE = "public_service", "Viên chức đơn vị sự nghiệp công lập"
    PRIVATE_SERVICE = "private_service", "Người lao động đơn vị sự nghiệp ngoài công lập"
    ENTERPRISE_MANAGER = "enterprise_manager", "Lãnh đạo, quản lý doanh nghiệp"
    ENTERPRISE_STAFF = "enterprise_staff", "Nhân viên, lao động gián tiếp trong doanh nghiệp"
    ENTERPRISE_WORKER = "enterprise_worker", "Công nhân, lao động trực tiếp trong doanh nghiệp"
    FARMER = "farmer", "Nông, lâm, ngư nghiệp"
    ARMED_FORCES = "armed_forces", "Sĩ quan, chiến sĩ quân đội, công an"
    STUDENT = "student", "Sinh viên"
    PUPIL = "pupil", "Học sinh"
    OTHER = "other", "Nghề nghiệp khác"
    RETIRED = "retired", "Nghỉ hưu, mất sức"
    STOPPED = "stopped", "Nghỉ công tác"


WORKING = frozenset(Occupation) - {Occupation.RETIRED, Occupation.STOPPED}
"""Đang làm việc, công tác; students and pupils are in this part of form 3-BTCTW."""

CIVIL_SERVANTS = frozenset(
    {
        Occupation.STATE_AGENCY,
        Occupation.PARTY_AGENCY,
        Occupation.COMMUNE_OFFICIAL,
        Occupation.PUBLIC_SERVICE,
    }
)
"""Cán bộ, công chức, viên chức; the army and the police are counted apart."""


class StartReason(models.TextChoices):
    """How a stay in a cell begins: the rows of increase in form 1-BTCTW, and moves that leave the total as it is."""

    ADMITTED = "admitted", "Kết nạp"
    READMITTED = "readmitted", "Kết nạp lại"
    TRANSFERRED_IN = "transferred_in", "Chuyển đến trong tỉnh"
    TRANSFERRED_IN_FAR = "transferred_in_far", "Chuyển đến từ tỉnh khác"
    RECEIVED_WITH_UNIT = "received_with_unit", "Tiếp nhận cùng tổ chức đảng"
    MOVED_WITHIN = "moved_within", "Chuyển trong đảng bộ"
    RESTORED = "restored", "Phục hồi đảng tịch"


WAYS_IN = (StartReason.TRANSFERRED_IN, StartReason.TRANSFERRED_IN_FAR, StartReason.RECEIVED_WITH_UNIT)
"""How someone who is a member already comes to us, with what was decided elsewhere before."""


class EndReason(models.TextChoices):
    """How a stay in a cell ends: the rows of decrease in form 1-BTCTW, and moves that leave the total as it is."""

    TRANSFERRED_OUT = "transferred_out", "Chuyển đi trong tỉnh"
    TRANSFERRED_OUT_FAR = "transferred_out_far", "Chuyển đi tỉnh khác"
    MOVED_WITHIN = "moved_within", "Chuyển trong đảng bộ"
    DIED = "died", "Từ trần"
    STRUCK_OFF = "struck_off", "Xóa tên"
    EXPELLED = "expelled", "Khai trừ"
    RESIGNED = "resigned", "Xin ra khỏi Đảng"
    UNIT_DISSOLVED = "unit_dissolved", "Tổ chức đảng giải thể"
    UNIT_MERGED = "unit_merged", "Tổ chức đảng sáp nhập"


PUT_OUT = frozenset({EndReason.STRUCK_OFF, EndReason.EXPELLED})
"""Endings that somebody decides against a member: they have a decision, and can turn out to have been wrong."""

NO_WAY_BACK = frozenset({EndReason.DIED, EndReason.RESIGNED})
"""Endings after which nobody is admitted again."""

OUT_OF_THE_PARTY = PUT_OUT | NO_WAY_BACK
"""Leaving the Party; everything else ends a stay in one cell only."""
RETURNS = frozenset({StartReason.READMITTED, StartReason.RESTORED})
"""The two ways back after leaving the Party; from death there is none."""


class ExemptionKind(models.TextChoices):
    """Why a member is free of Party work and meetings, and so who decides (38-HD/BTCTW, 29/9/2025)."""

    AGE_HEALTH = "age_health", "Do tuổi cao, sức yếu (chi bộ quyết định)"
    OTHER = "other", "Không vì tuổi cao, sức yếu (Ban Thường vụ quyết định)"


class FeeRelief(models.TextChoices):
    """Freed from the Party fee or paying that much less (01-QĐ/TW, 03/02/2026)."""

    EXEMPT = "exempt", "Miễn đảng phí"
    REDUCED_30 = "reduced_30", "Giảm 30% đảng phí"
    REDUCED_50 = "reduced_50", "Giảm 50% đảng phí"
    REDUCED_70 = "reduced_70", "Giảm 70% đảng phí"


class FeeGround(models.TextChoices):
    """Why a member pays no fee, or less (01-QĐ/TW, 03/02/2026)."""

    YEARS = "years", "Đủ năm tuổi Đảng được miễn đảng phí"
    SOCIAL_PENSION = "social_pension", "Hưởng trợ cấp hưu trí xã hội"
    POOR = "poor", "Hộ nghèo, hộ cận nghèo"
    ILLNESS = "illness", "Bệnh hiểm nghèo"
    HARDSHIP = "hardship", "Hoàn cảnh khó khăn khác"


class FeeGroup(models.TextChoices):
    """What a member's Party fee is reckoned on."""

    SALARY = "salary", "Tiền lương đóng bảo hiểm xã hội bắt buộc"
    BENEFIT = "benefit", "Trợ cấp ốm đau, thai sản"
    PENSION = "pension", "Lương hưu"
    STUDENT = "student", "Học sinh, sinh viên"
    OTHER = "other", "Đối tượng khác"


INCOME_GROUPS = frozenset({FeeGroup.SALARY, FeeGroup.BENEFIT, FeeGroup.PENSION})
"""Groups whose fee is a share of what the member gets in a month."""


class DisciplineMeasure(models.TextChoices):
    """Measures against a member (Điều lệ Đảng, Article 35); one on probation gets only the first two."""

    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    DISMISSAL = "dismissal", "Cách chức"
    EXPULSION = "expulsion", "Khai trừ"


OFFICIAL_ONLY = frozenset({DisciplineMeasure.DISMISSAL, DisciplineMeasure.EXPULSION})
"""Measures that only an official member can suffer."""

CELL_MEASURES = frozenset({DisciplineMeasure.REPRIMAND, DisciplineMeasure.WARNING})
"""Measures that a cell decides itself, against its own members."""


class DecidingLevel(models.TextChoices):
    """Who disciplined, inspected or supervised, as seen from a commune."""

    COMMITTEE = "committee", "Đảng ủy, Ban Thường vụ Đảng ủy xã"
    INSPECTION = "inspection", "Ủy ban Kiểm tra Đảng ủy xã"
    ADVISORY = "advisory", "Cơ quan tham mưu, giúp việc"
    GRASSROOTS = "grassroots", "Cấp ủy cơ sở, Ủy ban Kiểm tra cơ sở"
    CELL = "cell", "Chi bộ"
    SUPERIOR = "superior", "Cấp trên"


class Violation(models.TextChoices):
    """What a member was disciplined for: the eleven groups in the statistics of the inspection committees."""

    CENTRALISM = "centralism", "Nguyên tắc tập trung dân chủ"
    ETHICS = "ethics", "Phẩm chất đạo đức, lối sống"
    UNITY = "unity", "Đoàn kết nội bộ"
    PROHIBITED = "prohibited", "Những điều đảng viên không được làm"
    POPULATION = "population", "Chính sách dân số, kế hoạch hóa gia đình"
    CORRUPTION = "corruption", "Tham nhũng, cố ý làm trái"
    IRRESPONSIBILITY = "irresponsibility", "Thiếu trách nhiệm, buông lỏng lãnh đạo"
    LAND = "land", "Đất đai, tài nguyên, khoáng sản"
    FINANCE = "finance", "Tài chính, ngân hàng, đầu tư, xây dựng cơ bản"
    DECLARATION = "declaration", "Kê khai tài sản, thu nhập"
    OTHER = "other", "Nội dung khác"


class Program(models.TextChoices):
    """What a course teaches: the rows of annex 6, after form 10-BTCTW."""

    THEORY_ELEMENTARY = "theory_elementary", "Sơ cấp lý luận chính trị"
    THEORY_INTERMEDIATE_FULL = "theory_intermediate_full", "Trung cấp lý luận chính trị, tập trung"
    THEORY_INTERMEDIATE_PART = "theory_intermediate_part", "Trung cấp lý luận chính trị, không tập trung"
    THEORY_ADVANCED_FULL = "theory_advanced_full", "Cao cấp lý luận chính trị, tập trung"
    THEORY_ADVANCED_PART = "theory_advanced_part", "Cao cấp lý luận chính trị, không tập trung"
    THEORY_BACHELOR = "theory_bachelor", "Cử nhân lý luận chính trị"
    PARTY_WORK = "party_work", "Nghiệp vụ công tác đảng cho bí thư, cấp ủy viên"
    INSPECTION_WORK = "inspection_work", "Nghiệp vụ kiểm tra, giám sát"
    FRONT_WORK = "front_work", "Nghiệp vụ Mặt trận Tổ quốc, đoàn thể"
    STATE_MANAGEMENT = "state_management", "Quản lý nhà nước"
    UPDATES = "updates", "Cập nhật kiến thức mới"
    DEFENCE = "defence", "Quốc phòng - an ninh"
    DIGITAL = "digital", "Tin học, chuyển đổi số"
    OTHER = "other", "Bồi dưỡng khác"


THEORY_PROGRAMS = tuple(program for program in Program if program.name.startswith("THEORY_"))
"""Group I of annex 6: đào tạo lý luận chính trị."""

SKILL_PROGRAMS = tuple(program for program in Program if program not in THEORY_PROGRAMS)
"""Group II of annex 6: bồi dưỡng nghiệp vụ, kỹ năng."""


class CourseLevel(models.TextChoices):
    """Who held the course."""

    PROVINCE = "province", "Cấp tỉnh"
    COMMUNE = "commune", "Cấp xã (Trung tâm Chính trị)"


class Post(models.TextChoices):
    """Posts in a party organization, its agency and its village; last, who of a committee above looks after it."""

    SECRETARY = "secretary", "Bí thư"
    DEPUTY_SECRETARY = "deputy_secretary", "Phó bí thư"
    COMMITTEE_MEMBER = "committee_member", "Cấp ủy viên"
    AGENCY_HEAD = "agency_head", "Thủ trưởng cơ quan, đơn vị"
    VILLAGE_HEAD = "village_head", "Trưởng bản"
    FRONT_HEAD = "front_head", "Trưởng ban công tác Mặt trận"
    OVERSEER = "overseer", "Cấp ủy viên cấp trên phụ trách"


COMMITTEE_POSTS = frozenset({Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.COMMITTEE_MEMBER})
"""Whoever holds one of them is a committee member (cấp ủy viên)."""

OPEN_POSTS = frozenset({Post.AGENCY_HEAD, Post.VILLAGE_HEAD, Post.FRONT_HEAD})
"""Posts outside the Party: the holder may be no member."""

SINGLE_POSTS = OPEN_POSTS | {Post.SECRETARY}
"""Posts that one person holds at a time."""


class NoHandbookReason(models.TextChoices):
    """Why a member has not installed the electronic handbook, as reports tell it."""

    NO_SMARTPHONE = "no_smartphone", "Không có điện thoại thông minh"
    AGE_HEALTH = "age_health", "Tuổi cao, sức yếu"
    NO_NETWORK = "no_network", "Nơi ở không có mạng"
    EXEMPT = "exempt", "Được miễn công tác và sinh hoạt đảng"
    OTHER = "other", "Lý do khác"


class PlanningPost(models.TextChoices):
    """Posts for which a commune approves coming holders (quy hoạch cán bộ)."""

    EXECUTIVE_COMMITTEE = "executive_committee", "Ban Chấp hành Đảng bộ xã"
    STANDING_COMMITTEE = "standing_committee", "Ban Thường vụ Đảng ủy xã"
    COUNCIL_VICE_CHAIR = "council_vice_chair", "Phó Chủ tịch HĐND xã"
    GOVERNMENT_VICE_CHAIR = "government_vice_chair", "Phó Chủ tịch UBND xã"
    UNIT_LEADERS = "unit_leaders", "Cấp trưởng, cấp phó các cơ quan, đơn vị và tương đương thuộc xã"


BADGES = (30, *range(40, 95, 5))
"""Years in the Party at which the badge (Huy hiệu Đảng) is given; there is none at 35."""

LATE_BADGE = 70
"""From this badge on the gravely ill may have theirs two years early."""
