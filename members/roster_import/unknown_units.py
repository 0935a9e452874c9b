"""Unknown units: what is asked of a name of a unit that the portal does not know, and what the answer makes of it.

It is asked once for all rows, sheets and files that bear the name. Units and names that are nearly the same are offered
first, and then nothing is proposed: two names may be one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import Fault
from binhlu_portal.text.likeness import nearly_same
from organizations.models import UnitPeriod

from .column_types import UNIT
from .new_units import NOTHING_SAID, NewUnits, SaidOfUnit
from .parser import PersonLine
from .units import UnitMatch, marked_name, unit_key

SKIP = "bo"
TOPIC, LIKE = "don-vi:", "la:"
LIKE_THAT_ONE = "Là một với “{}”"


@dataclass
class UnknownUnits:
    """Asker about the names of a list: `places` {id: unit} are known, and those that answers make become so.

    `sentence` is what is asked, `skip` what leaving its rows out is called.
    """

    said: SenderInput
    places: dict[int, UnitPeriod]
    new: NewUnits
    sentence: str
    skip: str
    questions: dict[str, Fault] = field(default_factory=dict)

    def expect(self, matches: Mapping[str, UnitMatch]) -> None:
        """Note the names that nobody knows, before the first of them is asked about."""
        self.texts = {}
        for text, match in matches.items():
            if match.unit is None:
                self.texts.setdefault(topic_of(text), text)

    def settle(
        self, line: PersonLine, match: UnitMatch, place: tuple[str, int], says: SaidOfUnit = NOTHING_SAID
    ) -> int | str | None:
        """Return the id of the unit that a row names, `SKIP`, or None while that is asked (`questions`, by topic).

        A unit that an answer makes is made at `place`; what the row `says` of it is taken.
        """
        topic = topic_of(line.unit)
        made = self.new.options(line.unit, says)
        options, doubtful = self._known(match, topic)
        options |= made | dict(_options((unit, place.name) for unit, place in self.places.items() if unit > 0))
        options[SKIP] = self.skip
        answer = self._answer(topic)
        if answer == SKIP:
            return SKIP
        if unit := self._made(answer, place, says):
            return unit
        if answer in options and answer.isdecimal():
            return int(answer)
        proposed = "" if doubtful else self.new.proposed(line.unit, made, says)
        where = line.sheet, line.row, line.columns.get(UNIT, -1) + 1, line.unit
        asked = Fault(*where, self.sentence.format(line.unit), options, topic=topic, proposed=proposed)
        self.questions.setdefault(topic, asked)
        return None

    def _known(self, match, topic):
        """Return (options of the units and names that may be meant, whether one of them may well be)."""
        bare = unit_key(self.texts[topic])
        others = [each for each in self.texts if each != topic and nearly_same(bare, unit_key(self.texts[each]))]
        options = dict(_options(match.candidates[: match.near]))
        options |= {f"{LIKE}{each}": LIKE_THAT_ONE.format(self.texts[each]) for each in others}
        return options, bool(options)

    def _answer(self, topic):
        """Return what was answered about a name, or about the one that is the same."""
        answer = self.said.answers.get(topic, "")
        return self.said.answers.get(answer.removeprefix(LIKE), "") if answer.startswith(LIKE) else answer

    def _made(self, answer, place, says):
        """Return the id of the unit that an answer makes, or of one that was made of it before."""
        name = self.new.name_in(answer, says)
        known = next((unit for unit, each in self.places.items() if name and each.name == name), None)
        made = known is None and self.new.make(answer, place, says)
        if made:
            self.places[made.unit_id] = made
        return made.unit_id if made else known


def topic_of(text: str) -> str:
    """Topic of the question about a name: however "Chi bộ" and zeros are typed, with its marks."""
    return f"{TOPIC}{marked_name(text)}"


def _options(units: Iterable[tuple[int, str]]):
    return ((str(unit), name) for unit, name in units)
