"""Arrivals: how people who are new to the portal came into their cell, and on which day.

A first load is told from later lists by the cell: while nobody was ever in it, its people were received with it, from
its first day. Whoever joined the Party after that was admitted into it on that day, by a decision that the list tells,
or if the sender says so. Of these without one, of people who came into a new cell later, and of people who are new in a
cell that has others nobody guesses how they came: the sender is asked once for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from members.choices import WAYS_IN, StartReason
from members.models import Member

from .first_load import stays_before
from .resolution import RosterPerson, day_of, of_kind

WITH_UNIT = StartReason.RECEIVED_WITH_UNIT
LATER, UNDECIDED = "later", "undecided"
ASKED = {
    LATER: "Chưa rõ người này{} vào chi bộ bằng cách nào. Chọn một; ai vào bằng cách khác thì ghi ở chi bộ trước.",
    UNDECIDED: "Người này{} vào Đảng sau ngày đầu của chi bộ. Kết nạp tại chi bộ, hay vào chi bộ bằng cách khác?",
}
"""What is asked of those who are new, once of each kind."""

ADMITTED_HERE = "Kết nạp tại chi bộ, vào ngày vào Đảng; chưa rõ ngày quyết định thì ghi cùng ngày, sửa ở sổ Kết nạp"
TOPIC = "vao-chi-bo:"
"""What the topics of these questions begin with."""

OTHERS = " và {} người khác"
ASKED_ABOVE = "Chưa rõ vào chi bộ bằng cách nào: trả lời câu hỏi ở dòng {} trang “{}”."


@dataclass(frozen=True)
class Arrival:
    """Arrival of somebody in a cell."""

    day: date
    way: StartReason


class Arrivals:
    """Arrivals of the people of a list who are new: `by_mark` {mark: arrival}, `asked` the lines of the others.

    `way` is what holds for the whole list: what the sender has said, or how all of them came; else nothing.
    """

    def __init__(self, people: Sequence[RosterPerson], said: SenderInput, day: date):
        self.said, self.day, self.asked = said, day, []
        new = [person for person in people if person.member is None]
        units = {person.cell.unit_id for person in new}
        self.peopled = set(stays_before(said).filter(unit__in=units).values_list("unit", flat=True).distinct())
        chosen = said.settings.get("way")
        self.chosen = StartReason(chosen) if chosen in WAYS_IN else None
        known = {person.mark: self._arrival(person) for person in new}
        for kind in ASKED:
            known |= self._answered(kind, [person for person in new if known[person.mark] == kind])
        self.by_mark = {mark: arrival for mark, arrival in known.items() if isinstance(arrival, Arrival)}
        ways = {arrival.way for arrival in self.by_mark.values()}
        alike = next(iter(ways)) if len(ways) == 1 and not self.asked else ""
        self.way = self.chosen or (alike if alike in WAYS_IN else "")

    def _arrival(self, person):
        """Return the arrival of somebody new, or what kind of question has to be asked about it."""
        values, began = person.said.values, person.cell.unit.started_on
        joined, came = day_of(values.get("joined_on")), day_of(values.get("spell.started_on"))
        here = came in (None, joined) and not values.get("spell.came_from")
        told = bool(of_kind("admission", values))
        first = self.chosen == WITH_UNIT or (not self.chosen and person.cell.unit_id not in self.peopled)
        if (
            joined
            and (told or (first and here and day_of(values.get("decided_on")) and joined > began))
            and joined >= began
        ):
            return Arrival(joined, StartReason.ADMITTED)
        if self.chosen:
            return self._by(person, self.chosen)
        moved = came and came > began and came != joined
        if joined and joined > began and not moved and (first or here):
            return UNDECIDED
        return self._by(person, WITH_UNIT) if first and not moved else LATER

    def _by(self, person, way):
        """Return the arrival of somebody who came in a way: nobody was there before the cell, or before joining."""
        joined, came = (day_of(person.said.values.get(name)) for name in ("joined_on", "spell.started_on"))
        if way == StartReason.ADMITTED:
            return Arrival(joined, way)
        if way == WITH_UNIT:
            return Arrival(max(filter(None, (came, joined, person.cell.unit.started_on))), way)
        return Arrival(came or max(filter(None, (joined, self.day))), way)

    def _answered(self, kind, people):
        """Return {mark: arrival} of people of whom a question is answered; else ask it on the first of them."""
        cards = [person.line(Member) for person in people]
        topic = f"{TOPIC}{kind}"
        answer, options = self.said.answers.get(topic), {way.value: way.label for way in WAYS_IN}
        if kind == UNDECIDED:
            options = {StartReason.ADMITTED.value: ADMITTED_HERE} | options
        if answer in options:
            return {person.mark: self._by(person, StartReason(answer)) for person in people}
        for card in cards[:1]:
            sentence = ASKED[kind].format(OTHERS.format(len(cards) - 1) if len(cards) > 1 else "")
            card.faults.append(replace(card.fault(sentence, options=options), topic=topic))
        for card in cards[1:]:
            card.faults.append(replace(card.fault(ASKED_ABOVE.format(cards[0].row, cards[0].sheet)), waits=True))
        self.asked += cards
        return {}

    def of(self, people: Sequence[RosterPerson]) -> list[RosterPerson]:
        """Return those of `people` about whose arrival nothing has to be asked."""
        return [person for person in people if person.member or person.mark in self.by_mark]
