"""Rules of what is reported: those of the act by which the office will write it, asked before it is sent.

Nothing is written here, so that what lies in a closed period can be reported. A day that is known in part is judged by
the last that it can mean, one that is not told by that of the report.
"""

from collections.abc import Callable, Mapping
from datetime import date

from binhlu_portal.db.actions import Refusal
from binhlu_portal.text.vietnamese import name_key
from members.membership import actions as membership
from members.models import Badge, ChangeReport, Position
from members.models.change_report import MAY_LIE_AHEAD, ChangeKind
from members.positions import actions as positions
from members.roster_import.unit_names import PREFIX
from organizations.units.actions import period_on

from . import queries

NOT_HELD = (
    "Hồ sơ không ghi {} giữ chức vụ này ở chi bộ: chọn chức vụ đang giữ; nếu hồ sơ thiếu thì báo “Giữ chức vụ mới” "
    "trước."
)


def check_report(report: ChangeReport) -> None:
    """Validate a report. Raises ValidationError for what the act of the office would refuse."""
    told = report.day and report.day.last_day
    ahead = report.kind in MAY_LIE_AHEAD
    day = min(told, report.reported_on) if told and not ahead else told or report.reported_on
    if report.member_id and told:
        _in_the_cell(report, day)
    RULES[report.kind](report, day)


def _in_the_cell(report, day):
    """Refuse a day before the member came to the cell: that is not the cell's to tell."""
    came = membership.current_spell(report.member).started_on
    if day < came:
        sentence = f"{report.member} mới đến chi bộ ngày {came:%d/%m/%Y}: ghi ngày không trước ngày đó."
        raise Refusal({"day": sentence})


def _leaves(report, day):
    if report.day:
        membership.open_spell(report.member, day)


def _moves(report, day):
    _leaves(report, day)
    own = _words(period_on(report.unit, report.reported_on).name)
    place = _words(report.place)
    if place and own[-len(place) :] == place:  # "Nà Hoa", of Chi bộ bản Nà Hoa
        raise Refusal({"place": membership.OWN_CELL.format(report.member)})


def _words(name):
    """Return the words of the name of a cell, but for what it is."""
    return name_key(PREFIX.sub("", name)).split()


def _comes(report, day):
    membership.check_cell(report.unit, day)


def _asks_exemption(report, day):
    _is_not_so(queries.exemption_of(report), "day")


def _takes_post(report, day):
    _is_not_so(queries.post_held(report), "post")
    if held := positions.held_alone(report.unit, report.post):
        positions.check_ends(held, day, "day")
    Position(unit=report.unit, post=report.post, member=report.member, started_on=day).check_holder()


def _leaves_post(report, day):
    held = queries.held_post(report)
    if held is None:
        raise Refusal({"post": NOT_HELD.format(report.member)})
    if report.day:
        positions.check_ends(held, day, "day")


def _asks_badge(report, day):
    _is_not_so(queries.badge_of(report), "years")
    Badge(member=report.member, years=report.years, awarded_on=day).clean()


def _is_not_so(written, name):
    """Refuse what is written already."""
    if written:
        raise Refusal({name: f"Hồ sơ đã có: {written}. Nếu hồ sơ ghi sai thì nói với Văn phòng Đảng ủy."})


RULES: Mapping[str, Callable[[ChangeReport, date], None]] = {
    ChangeKind.DIED: _leaves,
    ChangeKind.RESIGNED: _leaves,
    ChangeKind.MOVED_WITHIN: _moves,
    ChangeKind.MOVED_OUT: _leaves,
    ChangeKind.NEWCOMER: _comes,
    ChangeKind.EXEMPTION: _asks_exemption,
    ChangeKind.BADGE: _asks_badge,
    ChangeKind.POST_TAKEN: _takes_post,
    ChangeKind.POST_LEFT: _leaves_post,
    ChangeKind.ENTRY: lambda report, day: None,
}
"""What is asked of each kind."""
