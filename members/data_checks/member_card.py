"""Checks of what a record lacks, and of what is written in a wrong form or twice."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from binhlu_portal.data_checks.rules import Check, Level, check
from members.columns import adding, on_grid
from members.missing_details import MISSING, MISSING_ON_CARD, on_card
from members.models import DistinctPair, Member, Spell
from members.unrecorded import (
    free_of_fee,
    in_period,
    without_admission,
    without_level,
    without_liaison,
    without_official_day,
)
from organizations.rights import Right
from organizations.tree_queries import lies_beneath

from .fix_urls import card, fact, levels
from .populations import CURRENT_MEMBERS

REGISTER = "Phiếu đảng viên (2-HSĐV), sổ danh sách đảng viên (7-HSĐV)"
STATISTICS = "Biểu 3-BTCTW ({statistics})"

CITIZEN_ID = "^[0-9]{12}$"
CARD_NUMBER = "^[0-9]{8}([0-9]{4})?$"
PROFILE_NUMBER = "^[0-9]{6}[A-ZĐ]{1,3}$"
"""The shapes that `members.choices` asks for; files from elsewhere may bring others."""


def lacking(code, title, where, mends, source, right, label):
    """Return the check of members whose record lacks what stands in the column `label` of the list of people."""
    return Check(
        f"thieu-{code}",
        Level.WARNING,
        f"Đảng viên chưa {title}",
        "Hỏi đảng viên hoặc xem hồ sơ giấy rồi ghi vào.",
        source,
        CURRENT_MEMBERS,
        where,
        mends,
        right,
        bulk=on_grid(label),
    )


def lacks(code, title, mends, source, right=Right.EDIT, label=""):
    """Return the check of members whose card lacks something, as the list of people names it, or by another `label`."""
    usual, condition = MISSING_ON_CARD[code]
    return lacking(code, title, lambda moment: condition(moment, "member__"), mends, source, right, label or usual)


def lacks_level(code, title, field):
    """Return the check of members of whom one level is not known."""
    return lacking(code, title, without_level(field), levels, STATISTICS, Right.EDIT, MISSING[code][0])


def unwritten(code, title, advice, where, mends, source=REGISTER, right=Right.DECIDE, bulk=None):
    """Return the check of members about whom figures cannot tell something, because nobody has written it down."""
    return Check(code, Level.WARNING, title, advice, source, CURRENT_MEMBERS, where, mends, right, bulk=bulk)


def misshapen(code, title, advice, mends, labels, **shapes):
    """Return the check of members with a number that is written but has another shape than it should."""

    def where(moment):
        wrong = Q()
        for field, shape in shapes.items():
            wrong |= ~on_card("member__", **{field: ""}) & ~on_card("member__", **{f"{field}__regex": shape})
        return wrong

    return Check(
        f"sai-{code}", Level.ERROR, title, advice, REGISTER, CURRENT_MEMBERS, where, mends, bulk=on_grid(*labels)
    )


def written_twice(moment):
    """Return the condition that another record in sight has the same name and birth, or the card as its old one.

    Records that are stated to be of two people are not held against each other.
    """
    distinct = DistinctPair.objects.between(OuterRef("pk"), OuterRef(OuterRef("member")))
    others = Member.objects.in_hand(moment.user).exclude(pk=OuterRef("member")).exclude(Exists(distinct))
    same_name = _alike(moment, others, sort_name="sort_name", born_on="born_on")
    return same_name | _alike(moment, others, ~Q(card_number=""), card_number="old_card_number")


def _alike(moment, others, *which, **fields):
    """Return the condition that one of `others` says in `fields` what the card of a row says in those they name.

    Few do: they are found in one pass, and only of them it is asked whether the other one is in sight.
    """
    same = {field: OuterRef(f"member__{name}") for field, name in fields.items()}
    twins = Member.objects.filter(*which, **same).exclude(pk=OuterRef("member"))
    stays = Spell.objects.on(moment.as_of).filter(lies_beneath(moment.unit, moment.as_of), Exists(twins))
    return Q(pk__in=stays.values("pk")) & Q(Exists(others.filter(*which, **same)))


check(
    lacks("ngay-sinh", "có ngày sinh", card("sua-ca-nhan"), REGISTER),
    lacks("ngay-vao-dang", "có ngày vào Đảng", card("sua-vao-dang"), REGISTER, right=Right.DECIDE),
    lacks("so-the", "có số thẻ", card("sua-the"), REGISTER, label="Số thẻ"),
    lacks("dinh-danh", "có số định danh", card("sua-ca-nhan"), REGISTER, label="Số định danh"),
    lacks_level("hoc-van", "ghi học vấn", "education"),
    lacks_level("chuyen-mon", "ghi chuyên môn", "qualification"),
    lacks_level("ly-luan", "ghi lý luận chính trị", "theory"),
    lacks_level("nghe-nghiep", "ghi nghề nghiệp", "occupation"),
    lacks_level("hoc-ham", "ghi học hàm", "academic_title"),
    lacks("ton-giao", "ghi tôn giáo", card("sua-ca-nhan"), STATISTICS),
    lacks("ngay-cap-the", "ghi ngày cấp thẻ", card("sua-the"), REGISTER),
    unwritten(
        "thieu-ngay-chinh-thuc",
        "Đảng viên vào Đảng trên {admissions.probation_months} chưa ghi ngày chính thức",
        "Xem quyết định công nhận đảng viên chính thức rồi ghi ngày; chưa công nhận thì ghi hồ sơ kết nạp.",
        without_official_day,
        card("sua-vao-dang"),
        bulk=on_grid("Ngày chính thức"),
    ),
    unwritten(
        "thieu-ket-nap",
        "Đảng viên vào Đảng trong kỳ chưa có hồ sơ kết nạp",
        "Ghi lễ kết nạp vào sổ kết nạp; người được kết nạp ở nơi khác thì sửa nơi sinh hoạt: chuyển đến.",
        without_admission(in_period),
        lambda row, moment: reverse("admissions"),
    ),
    unwritten(
        "du-50-nam-chua-mien",
        "Đảng viên đủ {fees.free_years} tuổi Đảng chưa ghi miễn đảng phí",
        "Ghi vào sổ miễn, giảm đảng phí; ngày vào Đảng sai thì sửa.",
        free_of_fee,
        fact("mien-giam-dang-phi"),
        "{fees}",
        Right.EDIT,
        adding("mien-giam-dang-phi", "Ghi miễn đảng phí cho những người đã chọn"),
    ),
    unwritten(
        "thieu-lien-he-noi-cu-tru",
        "Đảng viên ở cơ quan, đơn vị chưa ghi giới thiệu về nơi cư trú",
        "Ghi ngày giới thiệu về tổ chức đảng nơi cư trú; chưa giới thiệu thì giới thiệu.",
        without_liaison,
        fact("lien-he-noi-cu-tru"),
        "{residence}",
        Right.EDIT,
        adding("lien-he-noi-cu-tru", "Ghi giới thiệu cho những người đã chọn"),
    ),
    misshapen(
        "dinh-danh",
        "Số định danh cá nhân không đúng 12 chữ số",
        "Sửa theo thẻ căn cước: đúng 12 chữ số, không dấu cách.",
        card("sua-ca-nhan"),
        ("Số định danh",),
        citizen_id=CITIZEN_ID,
    ),
    misshapen(
        "so-the",
        "Số thẻ, số lý lịch không đúng dạng",
        "Số thẻ gồm 8 hoặc 12 chữ số; số lý lịch gồm 6 chữ số rồi 1 đến 3 chữ in hoa.",
        card("sua-the"),
        ("Số thẻ", "Số lý lịch"),
        card_number=CARD_NUMBER,
        old_card_number=CARD_NUMBER,
        profile_number=PROFILE_NUMBER,
    ),
    Check(
        "trung-ho-so",
        Level.WARNING,
        "Đảng viên có thể được ghi hai lần",
        "Cùng họ tên và ngày sinh với một hồ sơ khác, hoặc số thẻ cũ là số thẻ của hồ sơ khác: xem hai hồ sơ rồi gộp, "
        "hoặc ghi là hai người.",
        REGISTER,
        CURRENT_MEMBERS,
        written_twice,
        lambda row, moment: reverse("members-duplicates"),
        Right.DECIDE,
    ),
)
