"""The electronic handbook, why members have none, and who is introduced to the place of residence."""

from django.db.models import Exists, OuterRef, Q

from assessments.nil_returns.queries import known_without_handbook
from binhlu_portal.dates.validity import covers
from members.choices import NoHandbookReason
from members.models import Liaison
from members.unrecorded import not_installed, of_villages, reason_stated
from reports.figures.populations import MEMBERS, RECORDS
from reports.figures.registry import Figure, add

SECTION = "III.2.3"


def member(code, label, where, of, register, **more):
    """Return a figure over the members of the as-of day that rests on one register."""
    return Figure(f"members.{code}", label, SECTION, MEMBERS, where, of=of, rests_on=(register,), **more)


def without(reason):
    """Return the condition that a member has no handbook for `reason`."""
    return lambda moment: not_installed(moment) & reason_stated(moment, cause=reason)


def introduced(moment):
    """Return the condition that a member of an agency has been introduced to the place of residence."""
    liaison = Liaison.objects.filter(covers(moment.as_of), member=OuterRef("member"))
    return ~of_villages(moment) & Q(Exists(liaison))


add(
    member(
        "handbook",
        "Đảng viên đã cài Sổ tay đảng viên điện tử",
        lambda moment: Q(member__handbook_installed_on__lte=moment.as_of),
        "members.total",
        "unrecorded.handbook",
        places=2,
    ),
    member(
        "without_handbook",
        "Đảng viên chưa cài Sổ tay đảng viên điện tử",
        known_without_handbook,
        "members.total",
        "unrecorded.handbook",
        places=2,
    ),
    *(
        member(
            f"no_handbook.{reason}",
            f"Chưa cài Sổ tay: {reason.label[0].lower()}{reason.label[1:]}",
            without(reason),
            "members.without_handbook",
            "unrecorded.no_handbook_reason",
        )
        for reason in NoHandbookReason
    ),
    member(
        "agencies",
        "Đảng viên ở cơ quan, đơn vị",
        lambda moment: ~of_villages(moment),
        "members.total",
        RECORDS,
        reading="Đảng viên của mọi chi bộ không phải chi bộ bản.",
    ),
    member(
        "liaison",
        "Đảng viên được giới thiệu giữ mối liên hệ với nơi cư trú",
        introduced,
        "members.agencies",
        "unrecorded.liaison",
        reading="Tính đảng viên ở cơ quan, đơn vị: đảng viên chi bộ bản sinh hoạt ngay nơi cư trú.",
    ),
)
