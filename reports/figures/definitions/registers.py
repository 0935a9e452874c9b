"""The registers on which figures rest: for each of them, of whom it says nothing at a moment.

Registers of what people and units are (levels, posts, ratings) are silent about whoever has no entry. Registers of what
happens now and then are silent about a cell until it, or an organization above it, has stated that nothing else
happened (`assessments.models.NilReturn`).
"""

from django.db.models import Q

from assessments.choices import NilRegister
from assessments.nil_returns.queries import without_handbook, without_reason
from members.choices import Post
from members.data_checks.fix_urls import card, levels, record
from members.unrecorded import (
    free_of_fee,
    in_period,
    in_twelve_months,
    in_year,
    without_admission,
    without_level,
    without_liaison,
    without_official_day,
)
from organizations.rights import Right
from reports.figures.fact_populations import COMMUNES
from reports.figures.populations import ADMISSIONS, CELL_UNITS, DEPARTURES, MEMBERS, PLANNINGS, UNITS
from reports.figures.rating_list import RATED_MEMBERS, RATED_NESTED, RATED_UNITS
from reports.figures.registry import REGISTERS, add

from .register_builders import nil_register, register
from .register_checks import add_checked, add_form
from .register_conditions import (
    VILLAGES,
    agency_heads,
    level_at_ceremony,
    on_day,
    on_rating_day,
    posts,
    without_meeting,
)
from .statistics.members import struck_off_unknown
from .statistics.officials import UNKNOWN, unknown, without_committee
from .statistics.populations import OFFICIALS

UNRATED = Q(rating__isnull=True)

FOUND = {
    "born_on": "thieu-ngay-sinh",
    "qualification": "thieu-chuyen-mon",
    "academic_title": "thieu-hoc-ham",
    "theory": "thieu-ly-luan",
}
"""The checks that find of whom something is not known, whatever post they hold."""


def of_admitted(code, what, where, slug, mends, right=Right.DECIDE):
    """Declare the register of what is not known of people admitted in the period, with the check that finds them."""
    admitted = register(f"admitted_{code}", what, ADMISSIONS, where, check=f"nguoi-ket-nap-thieu-{slug}")
    add_checked(admitted, f"Người được kết nạp trong kỳ chưa ghi {what}", mends, right)


of_admitted("religion", "tôn giáo của người được kết nạp", Q(member__religion=""), "ton-giao", card("sua-ca-nhan"))
of_admitted(
    "born_on", "ngày sinh của người được kết nạp", Q(member__born_on__isnull=True), "ngay-sinh", card("sua-ca-nhan")
)
of_admitted("occupation", "nghề nghiệp khi kết nạp", Q(occupation=""), "nghe-nghiep", record("ket-nap"))
of_admitted("education", "học vấn khi kết nạp", Q(education=""), "hoc-van", record("ket-nap"))
of_admitted("qualification", "chuyên môn khi kết nạp", level_at_ceremony("qualification"), "chuyen-mon", levels)
of_admitted("title", "học hàm khi kết nạp", level_at_ceremony("academic_title"), "hoc-ham", levels)

add_checked(
    register(
        *("official_of_struck_off", "ngày chính thức của người bị xóa tên", DEPARTURES, struck_off_unknown),
        check="xoa-ten-thieu-ngay-chinh-thuc",
    ),
    "Người bị xóa tên trong kỳ chưa ghi ngày chính thức",
    card("sua-vao-dang"),
)

add(
    register("education", "học vấn", MEMBERS, without_level("education"), check="thieu-hoc-van"),
    register("qualification", "chuyên môn", MEMBERS, without_level("qualification"), check="thieu-chuyen-mon"),
    register("theory", "lý luận chính trị", MEMBERS, without_level("theory"), check="thieu-ly-luan"),
    register("occupation", "nghề nghiệp", MEMBERS, without_level("occupation"), check="thieu-nghe-nghiep"),
    register("academic_title", "học hàm", MEMBERS, without_level("academic_title"), check="thieu-hoc-ham"),
    register("born_on", "ngày sinh", MEMBERS, Q(member__born_on__isnull=True), check="thieu-ngay-sinh"),
    register("joined_on", "ngày vào Đảng", MEMBERS, Q(member__joined_on__isnull=True), check="thieu-ngay-vao-dang"),
    register("official_on", "ngày chính thức", MEMBERS, without_official_day, check="thieu-ngay-chinh-thuc"),
    register("religion", "tôn giáo", MEMBERS, Q(member__religion=""), check="thieu-ton-giao"),
    register(
        "handbook",
        "cài hay chưa cài Sổ tay đảng viên điện tử",
        MEMBERS,
        without_handbook,
        check="thieu-so-tay",
    ),
    register(
        "no_handbook_reason",
        "lý do chưa cài Sổ tay đảng viên điện tử",
        MEMBERS,
        without_reason,
        check="thieu-ly-do-so-tay",
        of="members.without_handbook",
    ),
    register(
        "liaison",
        "giới thiệu về nơi cư trú",
        MEMBERS,
        without_liaison,
        check="thieu-lien-he-noi-cu-tru",
        of="members.agencies",
    ),
    register(
        "card_issued_on",
        "ngày cấp thẻ",
        MEMBERS,
        ~Q(member__card_number="") & Q(member__card_issued_on__isnull=True),
        check="thieu-ngay-cap-the",
    ),
    register(
        "free_of_fee",
        "miễn đảng phí của người đủ năm tuổi Đảng được miễn",
        MEMBERS,
        free_of_fee,
        check="du-50-nam-chua-mien",
    ),
    register(
        "admission",
        "hồ sơ kết nạp của người vào Đảng trong kỳ",
        MEMBERS,
        without_admission(in_period),
        check="thieu-ket-nap",
    ),
    register(
        "admission_of_year",
        "hồ sơ kết nạp của người vào Đảng trong năm",
        MEMBERS,
        without_admission(in_year),
        check="thieu-ket-nap",
    ),
    register(
        "admission_of_twelve_months",
        "hồ sơ kết nạp của người vào Đảng trong 12 tháng",
        MEMBERS,
        without_admission(in_twelve_months),
        check="thieu-ket-nap",
    ),
    *(
        register(f"official_{field}", f"{what} của cấp ủy viên xã", OFFICIALS, unknown(field), check=FOUND[field])
        for field, what in UNKNOWN.items()
    ),
    *(
        register(
            f"planned_{field}",
            f"{what} của người được quy hoạch",
            PLANNINGS,
            unknown(field),
            "lượt",
            check=FOUND[field],
        )
        for field, what in UNKNOWN.items()
    ),
    register("member_ratings", "xếp loại hoặc lý do không xếp loại", RATED_MEMBERS, UNRATED, check="chua-xep-loai"),
    register(
        "unit_ratings",
        "xếp loại tổ chức đảng",
        RATED_UNITS,
        UNRATED,
        whose="chi bộ, đảng bộ",
        check="to-chuc-chua-xep-loai",
    ),
    register(
        "nested_ratings",
        "xếp loại tổ chức đảng trực thuộc đảng bộ cơ sở",
        RATED_NESTED,
        UNRATED,
        whose="tổ chức đảng",
        check="to-chuc-chua-xep-loai",
    ),
    register(
        "agency_heads",
        "bí thư, thủ trưởng",
        UNITS,
        agency_heads,
        whose="cơ quan, đơn vị",
        check="chua-ghi-thu-truong",
        of="posts.agency_heads.units",
    ),
    register(
        "secretaries",
        "bí thư",
        UNITS,
        posts(~VILLAGES, Post.SECRETARY),
        "cơ quan, đơn vị",
        check="chua-co-bi-thu",
        of="posts.agency_heads.units",
    ),
    *(
        register(code, what, UNITS, posts(VILLAGES, *asked), whose="bản", check=check, of="posts.villages.units")
        for code, what, asked, check in (
            ("village_heads", "trưởng bản", (Post.VILLAGE_HEAD,), "chua-ghi-truong-ban"),
            ("front_heads", "trưởng ban công tác Mặt trận", (Post.FRONT_HEAD,), "chua-ghi-truong-ban-mat-tran"),
            (
                "both_heads",
                "trưởng bản hoặc trưởng ban công tác Mặt trận",
                (Post.VILLAGE_HEAD, Post.FRONT_HEAD),
                "chua-ghi-truong-ban",
            ),
            (
                "village_secretaries",
                "bí thư, trưởng bản hoặc trưởng ban công tác Mặt trận",
                (Post.SECRETARY, Post.VILLAGE_HEAD, Post.FRONT_HEAD),
                "chua-ghi-truong-ban",
            ),
            (
                "secretary_village_heads",
                "bí thư hoặc trưởng bản",
                (Post.SECRETARY, Post.VILLAGE_HEAD),
                "chua-ghi-truong-ban",
            ),
            (
                "secretary_front_heads",
                "bí thư hoặc trưởng ban công tác Mặt trận",
                (Post.SECRETARY, Post.FRONT_HEAD),
                "chua-ghi-truong-ban-mat-tran",
            ),
        )
    ),
    *(
        register(
            f"meetings.{code}",
            f"đủ buổi sinh hoạt các tháng trong kỳ ({where})",
            CELL_UNITS,
            without_meeting(which),
            whose="chi bộ",
            check="chua-sinh-hoat",
            of=f"units.cells.{code}",
        )
        for code, where, which in (("village", "thôn bản", VILLAGES), ("agency", "cơ quan, đơn vị", ~VILLAGES))
    ),
    *(
        nil_register(kept, kept, in_period)
        for kept in (
            NilRegister.ADMISSIONS,
            NilRegister.DEPARTURES,
            NilRegister.DISCIPLINE,
            NilRegister.TRAININGS,
            NilRegister.BADGES,
            NilRegister.PLANNINGS,
            NilRegister.CASES,
            NilRegister.UNIT_DISCIPLINE,
            NilRegister.UNIT_EVENTS,
            NilRegister.DOCUMENTS,
            NilRegister.SCREENING,
        )
    ),
    nil_register("admissions_of_year", NilRegister.ADMISSIONS, in_year),
    nil_register("admissions_of_twelve_months", NilRegister.ADMISSIONS, in_twelve_months),
    nil_register(NilRegister.EXEMPTIONS, NilRegister.EXEMPTIONS, on_day),
    nil_register(NilRegister.FEE_RELIEF, NilRegister.FEE_RELIEF, on_day),
    nil_register(NilRegister.FOUR_GOODS, NilRegister.FOUR_GOODS, on_rating_day),
    to=REGISTERS,
)
add_checked(
    register(
        "committee",
        "ủy viên Ban Chấp hành Đảng bộ xã",
        COMMUNES,
        without_committee,
        whose="đảng bộ xã",
        check="chua-ghi-ban-chap-hanh",
    ),
    "Chưa ghi ủy viên Ban Chấp hành Đảng bộ xã",
    add_form("chuc-vu"),
)
