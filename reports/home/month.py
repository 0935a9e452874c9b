"""This month: the three steps of a cell's secretary, each with how far it is and where it goes on.

A step that cannot go on yet leads nowhere: it says from when on it can.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from assessments.choices import OF_CELLS, MeetingKind
from assessments.meetings.queries import held_lately
from assessments.nil_returns.queries import stated_until
from binhlu_portal.dates.arithmetic import first_of_month
from binhlu_portal.moment.moment import Moment
from binhlu_portal.text.vietnamese import day as said
from members.change_reports.queries import open_by_state
from members.models.change_report import ChangeReportState
from reports.reporting_periods.later_changes import unchanged
from reports.reporting_periods.models import Answer, Confirmation, ReportingPeriod
from reports.reporting_periods.queries import locked_until

LONGEST_TOPIC = 80
"""So many letters of the topic of a meeting are told; its own page tells the rest."""


@dataclass(frozen=True)
class MonthLink:
    """Where a step goes on, or is looked at."""

    label: str
    address: str


@dataclass(frozen=True)
class MonthStep:
    """A step of the month: what is known of it, whether it is done, what is to be done (`next`), what else can be."""

    title: str
    told: Sequence[str]
    is_done: bool
    next: MonthLink | None = None
    others: Sequence[MonthLink] = field(default_factory=tuple)


def month_steps(moment: Moment, period: ReportingPeriod | None, members: int, faults: int) -> list[MonthStep]:
    """Return the steps of the month of the moment for the cell of the moment.

    `period` is the open reporting period in which the cell confirms itself, `members` how many people the cell has,
    `faults` how much the checks have found.
    """
    locked = locked_until(moment.unit)
    return [_meeting(moment, locked), _people(moment, members, faults, locked), _confirmation(moment, period)]


def _meeting(moment, locked):
    first = first_of_month(moment.as_of)
    held = held_lately(moment.unit, moment.user, moment.as_of)
    this_month = [meeting for meeting in held if meeting.held_on >= first]
    told = [_told(meeting) for meeting in this_month]
    shown = _links(this_month)
    add = reverse("meeting-by-name", args=[moment.unit.code])
    is_done = any(meeting.kind == MeetingKind.REGULAR for meeting in this_month)
    before = first - timedelta(days=1)
    if moment.unit.started_on < first and not any(
        meeting.kind == MeetingKind.REGULAR and meeting.held_on < first for meeting in held
    ):
        told.append(f"Tháng {before:%m/%Y} chưa ghi buổi thường kỳ.")
        if not _is_locked(before, locked):
            shown.append(MonthLink(f"Ghi bù tháng {before:%m/%Y}", f"{add}?{urlencode({'ngay': said(before)})}"))
    if is_done:
        more = MonthLink("Ghi thêm buổi", f"{add}?{urlencode({'loai': MeetingKind.THEMATIC})}")
        return MonthStep("Sinh hoạt chi bộ", told, True, others=[*shown, more])
    told.insert(0, f"Tháng {moment.as_of:%m/%Y} chưa ghi buổi thường kỳ.")
    return MonthStep("Sinh hoạt chi bộ", told, False, MonthLink("Ghi buổi sinh hoạt", add), shown)


def _links(meetings):
    """Return the links to meetings, called by their days; of one day each is of another kind, and called by that."""
    days = Counter(meeting.held_on for meeting in meetings)
    return [
        MonthLink(
            f"Xem {each.get_kind_display().lower() if days[each.held_on] > 1 else 'buổi ngày'} {each.held_on:%d/%m}",
            reverse("record", args=["sinh-hoat", each.pk]),
        )
        for each in meetings
    ]


def _told(meeting):
    """Return a meeting in words."""
    said_of = f"{meeting.get_kind_display()} ngày {said(meeting.held_on)}, có mặt {meeting.present}/{meeting.expected}"
    return sentence(f"{said_of}: {Truncator(meeting.topic).chars(LONGEST_TOPIC)}" if meeting.topic else said_of)


def _people(moment, members, faults, locked):
    first = max(first_of_month(moment.as_of), moment.unit.started_on)
    end = first_of_month(moment.as_of) - timedelta(days=1)
    until, before = stated_until(moment.unit, first, max(first_of_month(end), moment.unit.started_on))
    told = [f"Chi bộ có {members} đảng viên.", *_reports(reports := dict(open_by_state(moment)))]
    if faults:
        told.append(f"Có {faults} điều cần xem lại, ở dưới.")
    change = MonthLink("Báo thay đổi", f"{reverse('change')}?{urlencode({'don_vi': moment.unit.code})}")
    missed = _missed(moment.unit, end, before, locked)
    state = MonthLink("Báo không phát sinh", _nil_return(moment.unit, first, moment.as_of))
    if len(until) == len(OF_CELLS):
        told.append(f"Đã báo tháng này đủ các sổ, đến hết ngày {said(min(until.values()))}.")
        again = [state] if min(until.values()) < moment.as_of else []
        answer = _to_answer(moment.unit, reports)
        return MonthStep("Đảng viên", told, not answer, next(iter(answer), None), [change, *missed, *again])
    told.append(
        f"Mới báo {len(until)}/{len(OF_CELLS)} sổ của tháng này."
        if until
        else f"Chưa báo tháng này {'còn ai khác' if reports else 'có ai'} đến, đi, kết nạp, bị kỷ luật … hay không."
    )
    due = [*missed, state] if first == moment.as_of else [state, *missed]  # of a day that begins there is little to say
    due = [*_to_answer(moment.unit, reports), *due]
    return MonthStep("Đảng viên", told, False, due[0], [change, *due[1:]])


def _reports(counts):
    """Return in words which reports of the cell the office has, and about which it asks."""
    waiting, asked = counts.get(ChangeReportState.WAITING), counts.get(ChangeReportState.ASKED)
    told = [f"{waiting} báo thay đổi đang chờ Văn phòng."] if waiting else []
    return [*told, f"Văn phòng hỏi lại {asked} báo thay đổi."] if asked else told


def _to_answer(unit, counts):
    """Return the link to what the office asks about."""
    if ChangeReportState.ASKED not in counts:
        return []
    asked = urlencode({"don_vi": unit.code, "state": ChangeReportState.ASKED})
    return [MonthLink("Trả lời Văn phòng", f"{reverse('records', args=['bao-thay-doi'])}?{asked}")]


def _missed(unit, end, until, locked):
    """Return the link to the nil return of the month that ended on `end`, where it lacks a register and still can."""
    first = max(first_of_month(end), unit.started_on)
    if first > end or _is_locked(first, locked) or sum(day >= end for day in until.values()) == len(OF_CELLS):
        return []
    return [MonthLink(f"Báo bù tháng {end:%m/%Y}", _nil_return(unit, first, end))]


def _nil_return(unit, first, last):
    """Return the address at which a cell states that nothing happened in a while."""
    asked = {"don_vi": unit.code, "tu": said(first), "den": said(last)}
    return f"{reverse('record-add', args=['khong-phat-sinh'])}?{urlencode(asked)}"


def _is_locked(day, locked):
    return locked is not None and day <= locked


def _confirmation(moment, period):
    title = "Xác nhận số liệu"
    if period is None:
        return MonthStep(title, ["Văn phòng chưa mở kỳ báo cáo nào: chưa phải xác nhận."], False)
    page = reverse("confirm", args=[period.pk, moment.unit.code])
    if period.answer == Answer.RETURNED:
        told = [f"Văn phòng trả lại: {sentence(period.returned_for)}", f"Sửa hồ sơ rồi xác nhận lại, {_due(period)}"]
        return MonthStep(title, told, False, MonthLink("Xác nhận lại", page))
    if period.answer is not None:
        confirmed = Confirmation.objects.standing().filter(period=period, unit=moment.unit)
        if not unchanged(period, confirmed):
            told = [f"Có thay đổi sau khi xác nhận: xem thay đổi gì rồi xác nhận lại, {_due(period)}"]
            return MonthStep(title, told, False, MonthLink("Xem và xác nhận lại", page))
        received = "Văn phòng đã nhận." if period.answer else "Chờ văn phòng nhận."
        told = [f"Đã xác nhận số liệu đến ngày {said(period.as_of)}.", received]
        return MonthStep(title, told, True, others=[MonthLink("Xem số đã xác nhận", page)])
    if moment.as_of < period.as_of:
        told = [f"Kỳ báo cáo đến ngày {said(period.as_of)}: xác nhận được từ ngày đó, {_due(period)}"]
        return MonthStep(title, told, False)
    told = [f"Xác nhận số liệu đến ngày {said(period.as_of)}, {_due(period)}"]
    return MonthStep(title, told, False, MonthLink("Xem và xác nhận", page))


def _due(period):
    return f"hạn {said(period.due_on)}."


def sentence(text: str) -> str:
    """Return what somebody typed with one full stop."""
    return text if text[-1:] in ".…!?" else f"{text}."
