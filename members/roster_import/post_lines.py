"""Lines of posts: who holds which, since when, and until when where the list says it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from binhlu_portal.dates.validity import OPEN
from members.choices import COMMITTEE_POSTS
from members.models import Position

from .arrivals import WITH_UNIT, Arrivals
from .resolution import RosterPerson, of_kind

DECISION = ("decision_number", "decision_date")
DAYS = ("started_on", "ended_on")

NO_DECISION = "Chưa ghi chức vụ cấp ủy: danh sách không có quyết định chuẩn y."
UNDECIDED = (
    "Chưa ghi {} chức vụ cấp ủy vì danh sách không có số, ngày quyết định chuẩn y: thêm hai cột đó rồi gửi lại, hoặc "
    "ghi ở sổ Chức vụ."
)
NO_BEGINNING = "Tệp ghi ngày thôi giữ chức vụ nhưng không ghi ngày bắt đầu. Thêm cột “Từ ngày” rồi gửi lại."


class PostLines:
    """Lines of posts of one list: of those that the portal does not know yet, and of those known that end.

    `day` is that of the list, since when a post is held that says nothing else; of people who came with their cell it
    is theirs, unless the list `tells` its day. No post is held before it was decided on.
    """

    def __init__(self, people: Sequence[RosterPerson], arrivals: Arrivals, day: date, tells: bool):
        self.arrivals, self.day, self.tells, self.lines, self.undecided = arrivals, day, tells, [], 0
        self.held = defaultdict(list)
        known = [person.pk for person in people if person.pk]
        for row in Position.objects.filter(member__in=known):
            self.held[row.member_id, row.unit_id, row.post].append(row)
        told = [(person, *_told(person)) for person in people if person.cell]
        self.begun = {
            (person.cell.unit_id, post, said.get("started_on")) for person, said, posts in told for post in posts
        }
        for person, said, posts in told:
            for post in posts:
                self._add(person, post, said)

    @property
    def notes(self) -> list[str]:
        """What to tell of the posts that lack a decision."""
        return [UNDECIDED.format(self.undecided)] if self.undecided else []

    def _add(self, person, post, said):
        """Add the line of a post; one that the portal knows is only ended."""
        since = said.get("started_on") or self._since(person, said.get("decision_date"))
        ended = self._ended(person, post, said)
        began = since if "started_on" in said or ended == OPEN else ended - timedelta(days=1)
        rows = self.held[person.pk, person.cell.unit_id, post]
        known = next((row for row in rows if row.started_on < ended and began < row.ended_on), None)
        if known is None:
            self._add_new(person, post, said, since, ended)
        elif more := self._untold(known, said, ended):
            self.lines.append(person.line(Position, known.pk, **more))

    @staticmethod
    def _untold(known, said, ended):
        """Return what the list says of a post besides what the portal knows: its end, the decision that it lacks."""
        more = {"ended_on": ended} if known.ended_on == OPEN != ended else {}
        if known.post in COMMITTEE_POSTS and not (known.decision_number or known.decision_date):
            more |= {name: said[name] for name in DECISION if name in said}
        return more

    def _since(self, person, decided):
        """Return since when a post is held of which the list says no day: not before it was `decided`."""
        came = self.arrivals.by_mark.get(person.mark)
        if came and came.way == WITH_UNIT and not self.tells:
            since = came.day
        elif decided and not self.tells:
            since = max(decided, came.day if came else person.cell.unit.started_on)
        else:
            since = max(self.day, came.day) if came else self.day
        return max(since, decided) if decided else since

    def _ended(self, person, post, said):
        """Return since when a post is held no more: a last day on which somebody else begins is no day of it."""
        ended = said.get("ended_on", OPEN)
        last = ended - timedelta(days=1)
        return last if (person.cell.unit_id, post, last) in self.begun else ended

    def _add_new(self, person, post, said, since, ended):
        decision = {name: said[name] for name in DECISION if name in said}
        fields = {"unit": person.cell.unit.code, "member": person.mark, "started_on": since, "ended_on": ended}
        if post not in COMMITTEE_POSTS:
            decision = {}
        elif not decision and since != person.cell.unit.started_on:
            self.undecided += 1
            person.said.unwritten.append(NO_DECISION)
            return
        line = person.line(Position, post=post, **fields, **decision)
        if "started_on" not in said and ended != OPEN:
            line.faults.append(line.fault(NO_BEGINNING, "ended_on"))
        self.lines.append(line)


def _told(person: RosterPerson) -> tuple[dict[str, Any], Iterable[Any]]:
    """Return (what the list says of the posts of a person, those posts)."""
    said = of_kind("position", person.said.values)
    return said, [post for name, post in said.items() if name not in (*DECISION, *DAYS)]
