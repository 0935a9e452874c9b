"""Checks of the decisions on the way into the Party: to admit, to admit again, to recognise as an official member."""

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast

from binhlu_portal.data_checks.rules import Check, Level, check
from binhlu_portal.records.tables.columns import ListColumn
from members import probation
from members.models import Admission
from organizations.rights import Right

from .dates import CHARTER, INTO_THE_PARTY, OFFICIAL, before
from .fix_urls import record
from .populations import ADMITTED, CURRENT_MEMBERS, MADE_OFFICIAL


def official_otherwise(moment):
    """Return the condition that the card has another official day than the last admission in the register."""
    known = Admission.objects.filter(official_on__lte=moment.as_of)
    later = known.filter(member=OuterRef("member"), official_on__gt=OuterRef("official_on"))
    last = known.filter(~Exists(later), member=OuterRef("member")).annotate(day=Cast("official_on", CharField()))
    otherwise = before(OFFICIAL, "day") | before("day", OFFICIAL) | Q(**{f"{OFFICIAL}__isnull": True})
    return Q(Exists(last.filter(otherwise)))


check(
    Check(
        "le-ket-nap-qua-han",
        Level.WARNING,
        "Lễ kết nạp tổ chức quá {admissions.ceremony_days} sau ngày ký quyết định",
        "Quá hạn phải được cấp ủy cấp trên đồng ý; ngày ghi sai thì sửa. Hạn tính từ khi nhận được quyết định và trừ "
        "ngày lễ, nên hạn đúng có thể muộn hơn.",
        "{charter_guidance}",
        ADMITTED,
        lambda moment: probation.ceremony_is_late(moment.in_force),
        record("ket-nap"),
        Right.DECIDE,
    ),
    Check(
        "ket-nap-lai-chua-dong-y",
        Level.WARNING,
        "Kết nạp lại chưa ghi văn bản đồng ý của cấp ủy cấp tỉnh",
        "Ghi số, ngày văn bản vào sổ kết nạp.",
        "{charter_guidance}",
        ADMITTED,
        Q(again=True, consent=""),
        record("ket-nap"),
        Right.DECIDE,
    ),
    Check(
        "chinh-thuc-chua-ghi-quyet-dinh",
        Level.NOTE,
        "Công nhận chính thức chưa ghi số, ngày quyết định",
        "Ghi số, ngày quyết định công nhận đảng viên chính thức vào sổ kết nạp.",
        CHARTER,
        MADE_OFFICIAL,
        Q(official_decision="") | Q(official_decided_on__isnull=True),
        record("ket-nap"),
        Right.DECIDE,
    ),
    Check(
        "ngay-chinh-thuc-khac-so",
        Level.ERROR,
        "Ngày chính thức trong hồ sơ khác ngày trong sổ kết nạp",
        "Một trong hai ngày ghi sai: xem quyết định công nhận rồi sửa hồ sơ, hoặc đề nghị Văn phòng sửa sổ kết nạp.",
        CHARTER,
        CURRENT_MEMBERS,
        official_otherwise,
        INTO_THE_PARTY,
        Right.DECIDE,
        (ListColumn("Chính thức", OFFICIAL, short=True),),
    ),
)
