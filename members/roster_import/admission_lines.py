"""Lines of admissions: who entered the Party inside the recorded time, with the stay that began and the decisions.

The day of entry, the introducers and the place stand on the card, whoever the person is. A record of the register of
admissions is written for someone new who joined where the cell existed already, for a candidate of the portal, and for
someone whose admission the portal has. Of all others it began elsewhere, or before anything was recorded.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.importer.rows import ImportRow
from members.choices import StartReason
from members.models import Admission, Spell

from .arrivals import Arrivals
from .register_lines import records_in
from .registers import DECISION, ListedRegister, listed
from .resolution import RosterPerson

NO_PLACE = "Chưa ghi quyết định kết nạp, công nhận chính thức."
NOT_KEPT = (
    "Chưa ghi quyết định kết nạp, công nhận chính thức của {} người: sổ Kết nạp chỉ ghi người vào Đảng tại chi bộ "
    "trong thời gian hệ thống có ghi, với đủ ngày, tháng, năm."
)

REGISTER = ListedRegister(
    "admission",
    Admission,
    {
        "decision_number": "Số quyết định kết nạp; Số QĐ kết nạp; Số QĐ KN; Quyết định kết nạp số; "
        "QĐ kết nạp; Quyết định kết nạp; QĐ KN",
        "decision_date": "",
        DECISION: "Số, ngày quyết định kết nạp; Số, ngày QĐ kết nạp",
        "official_decision": "Số quyết định công nhận chính thức; Số QĐ công nhận chính thức; "
        "Số quyết định chính thức; Số QĐ chính thức; Số quyết định công nhận đảng viên chính thức",
        "official_decided_on": "Ngày quyết định công nhận chính thức; Ngày QĐ công nhận chính thức; "
        "Ngày quyết định chính thức; Ngày QĐ chính thức; Ngày quyết định công nhận đảng viên chính thức",
        "course_on": "Ngày học lớp nhận thức về Đảng; Ngày học lớp cảm tình Đảng",
    },
    needs=(("decision_number", DECISION, "official_decision", "official_decided_on", "decision_date", "course_on"),),
    title=r"\bket nap\b",
    with_card=True,
)
listed(REGISTER)


class AdmissionLines:
    """Admissions that the rows of a list tell of: `begun` are {mark: day} of stays that an admission begins."""

    def __init__(self, people: Sequence[RosterPerson], arrivals: Arrivals, may_decide: bool):
        self.lines, self.begun, self.not_kept = [], {}, 0
        self.admitted = {mark for mark, arrival in arrivals.by_mark.items() if arrival.way == StartReason.ADMITTED}
        keys = [person.member.pk for person in people if person.member]
        rows = Admission.objects.filter(member__in=keys)
        self.rows = {(row.member_id, row.ceremony_on): row for row in rows if not row.closed_on}
        self.staying = set(Spell.objects.filter(member__in=keys).values_list("member", flat=True))
        for person in people if may_decide else ():
            self._add(person)

    def card(self, person: RosterPerson) -> dict[str, Any]:
        """Return what of the card follows from the decision: the years in the Party count from its day."""
        day = person.said.values.get("decided_on") is None and self._told(person).get("decision_date")
        return {"decided_on": PartialDate.of(day)} if day and person.mark in self.begun else {}

    def stay(self, person: RosterPerson) -> ImportRow:
        """Return the line of the stay that an admission begins."""
        decided = {name: said for name, said in self._decided(person).items() if name.startswith("decision_")}
        fields = {"unit": person.cell.unit.code, "start_reason": StartReason.ADMITTED}
        return person.line(Spell, member=person.mark, started_on=self.begun[person.mark], **fields, **decided)

    @property
    def notes(self) -> list[str]:
        """What to tell of those whose decisions have no place."""
        return [NOT_KEPT.format(self.not_kept)] if self.not_kept else []

    def _add(self, person):
        """Add the line of a person of whom the list tells something that the register of admissions keeps."""
        told, day = self._told(person), self._day(person)
        row = person.member and day and self.rows.get((person.member.pk, day))
        official = _day(person.said.values.get("official_on"))
        if row and (told or official):
            self.lines.append(self._line(person, row.pk, official))
        elif day and person.cell and (person.mark in self.admitted or (told and self._is_candidate(person, day))):
            waiting = person.member and self.rows.get((person.member.pk, None))
            self.begun[person.mark] = day
            self.lines.append(self._line(person, waiting and waiting.pk, official, ceremony_on=day))
        elif told:
            self.not_kept += 1
            person.said.unwritten.append(NO_PLACE)

    def _is_candidate(self, person, day):
        """Return whether somebody whom the portal follows as a candidate was admitted here on a day."""
        waits = person.member and (person.member.pk, None) in self.rows and person.member.pk not in self.staying
        return waits and person.cell.unit.started_on <= day

    def _line(self, person, pk, official, **more):
        where = {"unit": person.cell.unit.code} if more else {}
        fields = {"official_on": official} if official else {}
        return person.line(Admission, pk, member=person.mark, **where, **fields, **self._decided(person), **more)

    def _decided(self, person):
        """Return what the list tells of an admission; the day of the decision may stand on the card alone.

        Where the sender says that somebody was admitted, and the list tells no decision, it was taken by that day.
        """
        admitted = self._day(person) if person.mark in self.admitted else None
        day = _day(person.said.values.get("decided_on")) or admitted
        return ({"decision_date": day} if day else {}) | self._told(person)

    @staticmethod
    def _told(person):
        return dict(records_in(REGISTER, person.said.values)).get("", {})

    @staticmethod
    def _day(person) -> date | None:
        """Return the day of entry, as the list says or else the card."""
        return _day(person.said.values.get("joined_on") or (person.member and person.member.joined_on))


def _day(known):
    """Return a date that is known to the day, None for any other."""
    return known.first_day if known and known.precision == "day" else None
