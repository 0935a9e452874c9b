"""Questions that are compiled once: bound to any moment and reader, each is the statement that Django compiles afresh.

A condition that branches on what it is asked about, instead of binding it, fails here and is named.
"""

from datetime import date
from operator import itemgetter

import pytest

from binhlu_portal.data_checks.rules import CHECKS
from binhlu_portal.db.statements import ListParameter, PreparedStatement
from binhlu_portal.moment.moment import Moment
from binhlu_portal.moment.parameters import moment_parameters
from binhlu_portal.records import timeline
from binhlu_portal.records.types import About
from organizations.choices import RoleKind
from organizations.rights import Right
from organizations.scope import SYSTEM, keys_kept_by, kind_of_reader, units_kept_by
from reports.figures import evaluate
from reports.figures.registry import KNOWN, Figure
from reports.printed_forms.annexes import bieu_6, bieu_9
from reports.printed_forms.cross_table import cross_table_query
from tests.factories import make_user
from tests.proofs import assert_bound_alike


@pytest.fixture
def moments(commune, clerk, secretary_a, cell_a):
    """Moments that have nothing in common, each of another reader; the last one may sign in no more."""
    gone = make_user("gone", (RoleKind.LEADER, commune))
    gone.is_active = False
    return [
        Moment(commune, date(2024, 2, 29), date(2024, 1, 1), 2023, SYSTEM),
        Moment(commune, date(2025, 12, 31), date(2025, 12, 31), 2025, clerk),
        Moment(cell_a, date(2026, 8, 3), date(2023, 3, 1), 2020, secretary_a),
        Moment(commune, date(2026, 3, 31), date(2026, 1, 1), 2025, gone),
    ]


FIGURES = [figure for figure in KNOWN.values() if isinstance(figure, Figure)]


def test_every_figure_is_compiled_once(moments, cell_b):
    for moment in moments:
        units = (moment.unit.pk, cell_b.pk)
        of_any = moment_parameters(kind_of_reader(moment.user), itemgetter(0))
        for figure in FIGURES:
            prepared = PreparedStatement(evaluate.count_query(of_any, [figure], ListParameter(itemgetter(1), 2)))
            assert_bound_alike(prepared, evaluate.count_query(moment, [figure], units), (moment, units))


CROSSED = dict.fromkeys((line.figure for line in bieu_6.LINES), bieu_6.TURNS) | {
    figure: bieu_9.BY_LEVEL for figure in bieu_9.FIGURES if figure not in bieu_9.WITHOUT_LEVEL
}
"""The figures of the annexes that are cross tables, each with its columns."""


@pytest.mark.parametrize("code", CROSSED)
def test_every_cross_table_is_compiled_once(moments, code):
    columns = CROSSED[code]
    asked = [(code, column) for column in columns]
    for moment in moments:
        prepared = PreparedStatement(cross_table_query(moment_parameters(kind_of_reader(moment.user)), asked, columns))
        assert_bound_alike(prepared, cross_table_query(moment, asked, columns), moment)


@pytest.mark.parametrize("whom", [About.MEMBER, About.UNIT])
def test_every_timeline_is_compiled_once(moments, whom):
    for number, moment in enumerate(moments):
        prepared = timeline._statement(whom, kind_of_reader(moment.user))
        assert_bound_alike(prepared, timeline.timeline_query(whom, number, moment.user), (number, moment.user))


@pytest.mark.parametrize("right", Right)
def test_what_may_be_changed_is_compiled_once(moments, right):
    for reader in [moment.user for moment in moments if moment.user is not SYSTEM]:
        of_any = keys_kept_by(reader, right).statement
        assert_bound_alike(of_any, units_kept_by(reader, right), reader)
        assert keys_kept_by(reader, right).statement is of_any


def test_every_check_is_compiled_once(moments):
    for moment in moments:
        of_any = moment_parameters(kind_of_reader(moment.user))
        for check in CHECKS.values():
            assert_bound_alike(PreparedStatement(check.rows(of_any)), check.rows(moment), moment)
