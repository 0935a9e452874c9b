"""Types of change: what a cell tells of somebody, who writes it down, and in which form.

What the cell decides itself is written at once, on the page that there is for it. The rest is reported, and the office
writes it in its own form, filled in with what the report carries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from binhlu_portal.records.forms.base import RecordForm
from members.choices import EndReason, ExemptionKind
from members.directory.forms.card import ChangeAddressForm, ChangePhoneForm, CorrectJoiningForm
from members.member_records.forms import BadgeForm, ExemptionForm, LevelsForm
from members.membership.forms import EndMembershipForm, TransferOutForm, TransferWithinForm
from members.membership.newcomer_form import NewMemberForm
from members.models import ChangeReport, Member
from members.models.change_report import ChangeKind
from organizations.models import Unit
from organizations.rights import Right

from . import queries
from .post_forms import LeavePostForm, TakePostForm

PERSON, RECORD, NEWCOMER = "directory/form.html", "records/add.html", "directory/newcomer.html"
"""The pages of forms about a person, of those that add a record, of the one that adds a person."""

NOTE = {"note": "Nói rõ thêm"}

TOLD_AT_ONCE = {"day": "Ngày", "place": "Nếu chuyển đi: đến đâu", "note": "Nói rõ thêm, lý do"}
"""What most types carry, with labels for all of them."""

NEEDED = {"place": "nơi đến", "note": "lý do"}
"""What of it is called where a type needs it."""


def on_card(name: str) -> Callable[[Member | None, Unit], str]:
    """Return what gives the address of a form about a person."""
    return lambda member, unit: reverse("member-form", args=[member.pk, name])


def in_register(code: str, part: str = "") -> Callable[[Member | None, Unit], str]:
    """Return what gives the address of the form that adds a record about a person to a register, or a part of it."""
    more = f"&muc={part}" if part else ""
    return lambda member, unit: f"{reverse('record-add', args=[code])}?dang_vien={member.pk}{more}"


@dataclass(frozen=True)
class ChangeType:
    """Type of change: its words, and the page (`page(member, unit)`) for those who write it themselves, by `right`.

    It is written in `form`. What is reported has a `kind`: the report `carries` fields, each with its label, of which
    some are `needed`; the office writes it in that form on a page made of `template`, which `fill(report)` fills in.
    What is `already(report)` written is told.
    """

    words: str
    page: Callable[[Member | None, Unit], str]
    form: type[RecordForm]
    right: Right = Right.DECIDE
    kind: ChangeKind | None = None
    carries: Mapping[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    template: str = PERSON
    fill: Callable[[ChangeReport], dict[str, Any]] = lambda report: {}
    already: Callable[[ChangeReport], str] = lambda report: ""

    @property
    def is_about_member(self) -> bool:
        """Whether it is about somebody who has a record."""
        return self.kind != ChangeKind.NEWCOMER

    @property
    def asked(self) -> str:
        """What it is, and which of the fields that all of them share cannot be left empty."""
        needed = [NEEDED[name] for name in self.needed if self.is_told_at_once]
        return f"{self.words} (cần ghi {', '.join(needed)})" if needed else self.words

    @property
    def is_told_at_once(self) -> bool:
        """Whether it is told of a member by what stands beside all such types on one page."""
        return "day" in self.carries and self.carries.keys() <= TOLD_AT_ONCE.keys()


CHANGE_TYPES: Mapping[str, ChangeType] = {
    "dien-thoai": ChangeType("Số điện thoại mới", on_card("sua-dien-thoai"), ChangePhoneForm, Right.EDIT),
    "cho-o": ChangeType("Chỗ ở mới", on_card("sua-cho-o"), ChangeAddressForm, Right.EDIT),
    "viec-lam": ChangeType("Công việc mới", in_register("trinh-do", "viec-lam"), LevelsForm, Right.EDIT),
    "hoc-van": ChangeType("Học vấn, chuyên môn mới", in_register("trinh-do", "hoc-van"), LevelsForm, Right.EDIT),
    "ly-luan": ChangeType("Lý luận chính trị mới", in_register("trinh-do", "ly-luan"), LevelsForm, Right.EDIT),
    "suc-yeu": ChangeType(
        "Miễn sinh hoạt vì tuổi cao, sức yếu", in_register("mien-sinh-hoat"), ExemptionForm, Right.EDIT
    ),
    "tu-tran": ChangeType(
        "Từ trần",
        on_card("ra-khoi-dang"),
        kind=ChangeKind.DIED,
        carries={"day": "Ngày từ trần"} | NOTE,
        form=EndMembershipForm,
        fill=lambda report: {"why": EndReason.DIED, "day": report.known_day},
        already=queries.stay_ended,
    ),
    "chuyen-chi-bo": ChangeType(
        "Chuyển sang chi bộ khác",
        on_card("chuyen-chi-bo"),
        kind=ChangeKind.MOVED_WITHIN,
        carries={"place": "Chuyển đến chi bộ", "day": "Ngày chuyển"} | NOTE,
        needed=("place",),
        form=TransferWithinForm,
        fill=lambda report: {"to": report.place, "day": report.known_day},
        already=queries.stay_ended,
    ),
    "chuyen-di": ChangeType(
        "Chuyển ra ngoài đảng bộ",
        on_card("chuyen-di"),
        kind=ChangeKind.MOVED_OUT,
        carries={"place": "Chuyển đến tổ chức đảng, địa phương", "day": "Ngày chuyển"} | NOTE,
        form=TransferOutForm,
        fill=lambda report: {"went_to": report.place, "day": report.known_day},
        already=queries.stay_ended,
    ),
    "xin-ra": ChangeType(
        "Xin ra khỏi Đảng",
        on_card("ra-khoi-dang"),
        kind=ChangeKind.RESIGNED,
        carries={"day": "Ngày làm đơn"} | NOTE,
        form=EndMembershipForm,
        fill=lambda report: {"why": EndReason.RESIGNED},
        already=queries.stay_ended,
    ),
    "xin-mien": ChangeType(
        "Đề nghị miễn sinh hoạt vì lý do khác",
        in_register("mien-sinh-hoat"),
        kind=ChangeKind.EXEMPTION,
        carries={"day": "Xin miễn từ ngày", "note": "Lý do"},
        needed=("note",),
        form=ExemptionForm,
        template=RECORD,
        fill=lambda report: {"kind": ExemptionKind.OTHER, "started_on": report.known_day},
        already=queries.exemption_of,
    ),
    "giu-chuc-vu": ChangeType(
        "Giữ chức vụ mới",
        in_register("chuc-vu"),
        kind=ChangeKind.POST_TAKEN,
        carries={"post": "Chức vụ", "day": "Giữ từ ngày"} | NOTE,
        needed=("post",),
        form=TakePostForm,
        template=RECORD,
        fill=lambda report: {"unit": report.unit.code, "post": report.post, "started_on": report.known_day},
        already=queries.post_held,
    ),
    "thoi-chuc-vu": ChangeType(
        "Thôi giữ chức vụ",
        lambda member, unit: member.get_absolute_url(),
        kind=ChangeKind.POST_LEFT,
        carries={"post": "Chức vụ", "day": "Thôi giữ từ ngày"} | NOTE,
        needed=("post",),
        form=LeavePostForm,
        fill=lambda report: {"position": queries.held_post(report), "ended_on": report.known_day},
        already=queries.post_left,
    ),
    "huy-hieu": ChangeType(
        "Đề nghị tặng Huy hiệu Đảng",
        in_register("huy-hieu"),
        kind=ChangeKind.BADGE,
        carries={"years": "Huy hiệu"} | NOTE,
        needed=("years",),
        form=BadgeForm,
        template=RECORD,
        fill=lambda report: {"years": report.years},
        already=queries.badge_of,
    ),
    "ngay-vao-dang": ChangeType(
        "Ngày vào Đảng, ngày chính thức ghi sai",
        on_card("sua-vao-dang"),
        kind=ChangeKind.ENTRY,
        carries={"note": "Ngày đúng, theo giấy tờ nào"},
        needed=("note",),
        form=CorrectJoiningForm,
    ),
    "nguoi-moi": ChangeType(
        "Có người mới chuyển đến",
        lambda member, unit: f"{reverse('member-add')}?don_vi={unit.code}",
        kind=ChangeKind.NEWCOMER,
        carries={"newcomer": "Họ và tên", "place": "Từ tổ chức đảng, địa phương", "day": "Ngày đến"} | NOTE,
        needed=("newcomer",),
        form=NewMemberForm,
        template=NEWCOMER,
        fill=lambda report: {
            "full_name": report.newcomer,
            "don_vi": report.unit.code,
            "came_from": report.place,
            "day": report.known_day,
        },
    ),
}
"""The types of change by their name in the address, those that cells write themselves first."""


def type_of(report: ChangeReport) -> ChangeType:
    """Return the type of the change that a report tells."""
    return next(each for each in CHANGE_TYPES.values() if each.kind == report.kind)
