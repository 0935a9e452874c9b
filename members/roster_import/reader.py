"""Roster reader: an office's list brought in.

Each person becomes lines of a card, of levels, for someone new of a stay, of each register that the list speaks of.

What a list does not speak of is left as it is; an empty cell says nothing. Nobody is moved by a list: someone who is
listed in another cell than the portal says is asked about.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from binhlu_portal.audit.display import in_words
from binhlu_portal.dates.validity import covers
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import ParsedFile
from binhlu_portal.spreadsheets.models import Layout
from binhlu_portal.spreadsheets.sandbox.client import Grid
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from members.choices import WAYS_IN
from members.models import Member, MemberState, Spell
from organizations.choices import CELLS
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right
from organizations.scope import SYSTEM, rights_of

from .admission_lines import AdmissionLines
from .arrivals import Arrivals
from .cells import field_of
from .column_settings import column_settings, doubtful, hints_of, no_lists, not_read
from .column_types import COLUMN_TYPES, column_type_of
from .date_order import day_first, hold_back, orders_in
from .first_load import is_first_load
from .layout import unit_of_file
from .list_dates import day_of_file, day_of_titles, day_said, question_of_day
from .parser import PEOPLE, Roster, lines, recognize, tables_of
from .people_apart import wanted, with_what_is_said
from .post_lines import PostLines
from .preview import preview_of, preview_of_units
from .record_linkage import says_less
from .register_lines import RegisterLines, readable, untold
from .resolution import Resolver, each_once, of_kind, without_asked
from .table_parts import not_enough, tables_in
from .text_keys import enumerated
from .unit_lists import UnitResolver, units_in, with_units
from .units import name_units

DAYS = ("started_on", "ended_on")

DAY_ASKED = "Chưa rõ danh sách tính đến ngày nào: trả lời câu hỏi về ngày của danh sách."
ADDED = "Đã thêm số 0 bị bảng tính bỏ mất ở đầu {}, trang “{}”, dòng {}. Xem lại các số ấy."


def read(grids: Sequence[Grid], said: SenderInput) -> ParsedFile | None:
    """Read the lists in a file, None for a file without any; one of the `READERS` of imports.

    Raises Unreadable for one with headings that are not enough to be read, and says which they are.
    """
    roster = with_units(recognize(grids))
    if not roster.sheets and (told := not_enough(roster.tables)):
        raise Unreadable(told)
    return RosterReader(grids, roster, said).reading() if roster.sheets else None


class RosterReader:
    """Roster reader of one file, for one sender."""

    def __init__(self, grids: Sequence[Grid], roster: Roster, said: SenderInput):
        self.said = said
        self.roster = roster
        self.day, self.read_on, self.tells_day = self._days()
        self.mapping = self._mapping()
        self.places = {place.unit_id: place for place in self._places()}
        self.chosen = self._chosen()
        read = {shape: readable(kinds, said) for shape, kinds in self.mapping.items()}
        self.passed_over = list(dict.fromkeys(note for _, notes in read.values() for note in notes))
        spoken = (untold(table.titles, kinds) for table, kinds in tables_of(roster.tables, self.mapping))
        spoken = chain(*spoken, no_lists(roster.tables, self.mapping))
        self.passed_over = list(dict.fromkeys([*self.passed_over, *spoken]))
        self.read = {shape: kinds for shape, (kinds, _) in read.items()}
        self.orders = orders_in(tables_of(roster.tables, self.read), said)
        swapped = self.orders.swapped
        self.tables = tables_in(day_first(grids, swapped)) if swapped else roster.tables
        self.listed = lines(self.tables, self.read, day=self.read_on)
        hold_back(self.listed, self.orders.questions)
        self.people, self.asked = wanted(self.listed, said)
        self.people, asked = with_what_is_said(self.people, said)
        self.asked += [*asked, *self.orders.questions]
        if not said.settings.get("unit"):
            name_units(self.people, unit_of_file(said.file), self.places.values())
        self.lines = []
        self.may_decide = said.user is SYSTEM or Right.DECIDE in rights_of(said.user)

    def reading(self) -> ParsedFile:
        """Return the lines, and the questions about the whole file."""
        units = self._add_units()
        known_as = Resolver(self.said, self.day, self.places, self.chosen, self.may_decide)
        resolved, lines = known_as.find(self.people)
        self.arrivals = Arrivals(resolved, self.said, self.day)
        self.lines += without_asked(lines, self.asked) + known_as.made + self.arrivals.asked
        self.passed_over += known_as.notes
        found, again = each_once(self.arrivals.of(resolved))
        known = [person.member.pk for person in found if person.member]
        self._add_cards(found)
        self._add_levels(found, known)
        self._add_posts([*found, *again])
        self._add_registers([*found, *again])
        self._ask_day()
        preview = preview_of(self.listed, resolved, self.arrivals.by_mark).beside(units)
        settings = self._settings()
        preview = replace(preview, hints=hints_of(settings["columns"]))
        order = [*TABS]
        self.lines.sort(key=lambda line: order.index(line.tab.model))
        notes = self.roster.told
        notes += [*self.passed_over, *self._added(), *not_read(settings["columns"])]
        unread = [*self.passed_over, *not_read(doubtful(settings["columns"]))]
        sheets = [sheet.name for sheet in self.roster.sheets]
        count = sum(not line.follows for line in self.lines)
        more = {"notes": notes, "unread": unread, "settings": settings, "grids": self.roster.tables}
        return ParsedFile(self.lines, count, sheets, faults=self.asked, preview=preview, **more)

    def _added(self):
        """Return what was added to numbers, and in which rows."""
        rows = defaultdict(list)
        for line in self.people:
            for name in sorted(line.added):
                rows[line.sheet, name].append(str(line.row))
        return [
            ADDED.format(field_of(name).verbose_name, sheet, enumerated(found)) for (sheet, name), found in rows.items()
        ]

    def _mapping(self):
        """Return {shape: {index: kind}}: as recognised, or as the sender said, now or of an earlier file."""
        mapping = {shape: dict(kinds) for shape, kinds in self.roster.mapping.items()}
        known = {}
        if self.said.user is not SYSTEM:
            for layout in Layout.objects.filter(user=self.said.user, shape__in=mapping):
                known |= layout.mapping
        self.meant = known | self.said.settings.get("mapping", {})
        for place, kind in self.meant.items():
            shape, index = place.split("!")
            if shape in mapping:
                mapping[shape][int(index)] = kind
        return mapping

    def _days(self):
        """Return (day of the list, day as of which its cells are read, whether anybody says it).

        The sender says it, or the titles or the name of the file do; else it is the day on which the file came, or for
        the first people of all the one on which their cells began. Nothing is recorded before that. What the first
        check has found stays so, whatever is saved before the list is.
        """
        self.is_undated = False
        if said := day_said(self.said):
            return said, said, True
        today = self.said.received_on
        places = UnitPeriod.objects.editable_by(self.said.user).on(today)
        began = dict(places.filter(kind__in=CELLS).values_list("unit", "unit__started_on"))
        began = began or dict(places.values_list("unit", "unit__started_on"))
        titles = [title for table in self.roster.tables for title in table.titles]
        told = day_of_titles(titles) or day_of_file(self.said.file)
        told = told if told and told <= today else None
        self.is_undated = not told and today > max(began.values(), default=today)
        if self.said.day_found:
            return self.said.day_found, told or today, bool(told)
        lists_people = any(sheet.of == PEOPLE for sheet in self.roster.sheets)
        if began and lists_people and is_first_load(self.said):
            self.is_undated = False
            return max(told or max(began.values()), max(began.values())), told or today, bool(told)
        return max(told or today, min(began.values(), default=today)), told or today, bool(told)

    def _places(self):
        """Return what the cells are on the day that the sender may fill."""
        cells = UnitPeriod.objects.editable_by(self.said.user).on(self.day).filter(kind__in=CELLS)
        return cells.select_related("unit").order_by("unit__code")

    def _chosen(self):
        """Return the cell of the whole file: the one the sender says, or the only one there is."""
        code = self.said.settings.get("unit")
        found = [place for place in self.places.values() if place.unit.code == code or len(self.places) == 1]
        return found[0] if found else None

    def _add_cards(self, people):
        """Add the lines of cards, of admissions, and of the stays of new people."""
        admissions = AdmissionLines(people, self.arrivals, self.may_decide)
        self.lines += admissions.lines
        self.passed_over += admissions.notes
        for person in people:
            values = {name: value for name, value in person.said.values.items() if "." not in name}
            if known := person.member:  # a list of years makes no day of birth less well known
                values = {name: value for name, value in values.items() if not says_less(value, getattr(known, name))}
                if values.get("old_card_number") == known.card_number:
                    del values["old_card_number"]  # the sheet of the superior has a column for each kind of card
            values |= admissions.card(person)
            self.lines.append(person.line(Member, person.member and person.member.pk, **values))
            if person.mark in admissions.begun:
                self.lines.append(admissions.stay(person))
            elif person.member is None:
                came = self.arrivals.by_mark[person.mark]
                fields = {"unit": person.cell.unit.code, "started_on": came.day, "start_reason": came.way}
                fields["came_from"] = person.said.values.get("spell.came_from", "")
                self.lines.append(person.line(Spell, member=person.mark, **fields))

    def _add_levels(self, people, known):
        """Add the lines of levels: a new state from the day of the list where something has changed."""
        states = MemberState.objects.filter(covers(self.day), member__in=known)
        states = {state.member_id: state for state in states}
        for person in people:
            levels = of_kind("state", person.said.values)
            if person.member is None:
                if levels:
                    day = self.arrivals.by_mark[person.mark].day
                    self.lines.append(person.line(MemberState, member=person.mark, started_on=day, **levels))
                continue
            state = states.get(person.member.pk)
            new = {name: value for name, value in levels.items() if getattr(state, name, "") != value}
            if new:
                self.lines += self._changed(person, state, new)

    def _changed(self, person, state, new):
        """Return the lines that make levels new from the day of the list on."""
        if state and state.started_on == self.day:
            return [person.line(MemberState, state.pk, **new)]
        known, ending = {}, []
        if state:
            known = {name: getattr(state, name) for name in TABS[MemberState].columns if name not in ("member", *DAYS)}
            known["ended_on"] = state.ended_on
            ending = [person.line(MemberState, state.pk, ended_on=self.day)]
            ending[0].told = [_in_words(state, name, value) for name, value in new.items()]
        since = {"member": person.mark, "started_on": self.day}
        begun = person.line(MemberState, **(known | new | since))
        begun.follows = bool(ending)
        return [*ending, begun]

    def _add_posts(self, people):
        """Add the lines of posts, by whoever may decide on them."""
        posts = PostLines(people if self.may_decide else (), self.arrivals, self.day, self.tells_day)
        self.lines += posts.lines
        self.passed_over += posts.notes

    def _add_registers(self, people):
        """Add the lines of the registers besides the card that the list speaks of, and what is asked about them."""
        registers = RegisterLines(self.said, self.read_on)
        registers.add(people)
        self.lines += registers.lines
        self.asked += registers.questions

    def _ask_day(self):
        """Ask for the day of a list that is no first load, tells none, and of which something begins on that day.

        Who has a cell founded on that day has said it.
        """
        begin = [line for line in self.lines if line.values.get("started_on") == self.day and not line.faults]
        founds = any(line.tab.model is Unit for line in begin)
        if self.is_undated and self.day == self.said.received_on and begin and not founds:
            self.asked.append(question_of_day(self.said, self.roster.sheets[0].name, len(begin)))
            for line in begin:
                line.faults.append(replace(line.fault(DAY_ASKED), waits=True))

    def _add_units(self):
        """Add the lines of lists of units, and what is asked about them; return their preview."""
        listed = units_in(self.tables, self.read, self.read_on)
        hold_back(listed, self.orders.questions)
        lines, hidden = wanted(listed, self.said)
        self.asked += hidden
        if not lines:
            return preview_of_units(listed, ())
        resolver = UnitResolver(self.said, self.day)
        units, faults = resolver.find(lines)
        self.places |= {pk: place for pk, place in resolver.places.items() if place.is_cell and pk not in self.places}
        registers = RegisterLines(self.said, self.read_on)
        registers.add(units, "unit")
        self.lines += resolver.made + registers.lines
        self.asked += faults + registers.questions
        return preview_of_units(listed, units)

    def _settings(self):
        """Return how the file was read, for the page on which the sender says what is otherwise."""
        columns = column_settings(self.roster, self.mapping, self.meant, self.orders)
        meant = [column["field"] for column in columns if column["field"]]
        fields = {}
        for kind in map(column_type_of, dict.fromkeys((*COLUMN_TYPES, *meant))):
            fields.setdefault(kind.group, []).append((kind.name, kind.label))
        return {
            "columns": columns,
            "fields": [*fields.items()],
            "unit": self.chosen and self.chosen.unit.code,
            "units": [(place.unit.code, place.name) for place in self.places.values()],
            "day": self.day.isoformat(),
            "way": self.arrivals.way,
            "ways": [(way.value, way.label) for way in WAYS_IN] if self.may_decide else [],
        }


def _in_words(state, name, value):
    """Return [label, before, after] of one level."""
    field = MemberState._meta.get_field(name)
    return [str(field.verbose_name), in_words(field, getattr(state, name)), in_words(field, value)]
