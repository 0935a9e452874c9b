from copy import deepcopy
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhlu_portal.dates.partial_dates import PartialDate
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.data_workbook.widgets import ChoiceWidget, DayWidget, PartialDateWidget, ReadWidget
from members.member_records import actions as member_records
from members.models import FeeReduction, Member, MemberState
from organizations.scope import SYSTEM
from tests.binhlu_portal.spreadsheets.books import Book, differences, everything, wrong
from tests.examples import examples
from tests.factories import START, in_letters, make_member, reduce_fee
from tests.proofs import undone

DURING = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(10))
PEOPLE = 4

FREE = {
    Member: ("full_name", "alias", "hometown", "born_on", "gender", "ethnicity", "religion", "handbook_installed_on"),
    MemberState: ("education", "theory", "job"),
    FeeReduction: ("kind", "decision_number", "decision_date"),
}
"""Fields that may be anything, whatever else the records say."""

NEEDED = ("full_name", "gender", "ethnicity", "religion", "kind", "decision_number", "decision_date")
WORDS = st.text("Lò ÂnHoàẹ=+-1", min_size=1, max_size=12).map(str.strip).filter(bool)
NAMES = st.builds("{} {}".format, *[st.sampled_from(["Lò", "Ân", "Hoà", "Hẹn", "Y"])] * 2)
DAYS = st.dates(date(1940, 1, 1), date(2026, 1, 1))


def cells_of(model, name):
    """Return what may be typed into a cell, with what it means as plain dates and texts have it."""
    widget = TABS[model].columns[name].widget
    empty = st.just((None, None if isinstance(widget, DayWidget | PartialDateWidget) else ""))
    if isinstance(widget, ChoiceWidget):
        found = st.sampled_from([(label, code) for code, label in widget.by_code.items()])
    elif isinstance(widget, PartialDateWidget):
        forms = st.sampled_from([("%d/%m/%Y", "%Y-%m-%d"), ("%m/%Y", "%Y-%m"), ("%Y", "%Y")])
        found = st.builds(lambda day, form: (day.strftime(form[0]), PartialDate(day.strftime(form[1]))), DAYS, forms)
    elif isinstance(widget, DayWidget):
        found = DAYS.map(lambda day: (f"{day:%d/%m/%Y}", day))
    elif isinstance(widget, ReadWidget):
        found = NAMES.map(lambda name: (name, name))
    else:
        found = WORDS.map(lambda text: (text, " ".join(text.split())))
    return found if name in NEEDED else found | empty


PLACES = [(model, name) for model, names in FREE.items() for name in names]
EDITS = st.lists(
    st.sampled_from(PLACES).flatmap(
        lambda place: st.tuples(st.just(place), st.integers(0, PEOPLE - 1), cells_of(*place))
    ),
    max_size=12,
)


@pytest.fixture
def exported(cell_a):
    """People with a level and a fee reduction each, by model in one order; their workbook; and what everything is."""
    people = [make_member(cell_a, f"Lò Văn {in_letters(number)}") for number in range(PEOPLE)]
    levels = [member_records.set_levels(member=each, day=START, theory="elementary") for each in people]
    fees = [reduce_fee(each, START, date(2026, 6, 1)) for each in people]
    return {Member: people, MemberState: levels, FeeReduction: fees}, Book.of(), everything()


@DURING
@given(EDITS, st.permutations(range(PEOPLE)), st.integers(0, PEOPLE))
def test_random_edits_change_exactly_what_was_edited(exported, edits, order, left):
    (records, original, before), book = exported, Book()
    book.rows, book.stamp = deepcopy(original.rows), original.stamp
    wanted = deepcopy(before)
    for (model, name), number, (typed, meant) in edits:
        record = records[model][number]
        book.of_record(record)[name] = typed
        wanted[model][record.pk][name] = meant
    kept = [book.of_record(records[Member][number]) for number in order[left:]]  # the others are not in the file
    for number in order[:left]:
        wanted[Member][records[Member][number].pk] = before[Member][records[Member][number].pk]
    book.rows[Member] = kept
    with undone():
        outcome = book.bring(SYSTEM)
        assert wrong(outcome) == []
        assert everything() == wanted
    changed = len(differences(before, wanted))
    assert outcome.writes == changed
    assert outcome.done == sum(map(len, before.values())) - left
