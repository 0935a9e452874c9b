"""A cross table counts each figure as a whole and narrowed by each condition."""

from django.db.models import Q

from reports.printed_forms.cross_table import cross_table
from tests.factories import make_member, moment_of
from tests.proofs import DAY


def test_a_cross_table_narrows_figures_of_several_populations(commune, cell_a, cell_b):
    for cell, gender in ((cell_a, "female"), (cell_a, "male"), (cell_b, "female")):
        make_member(cell, gender=gender)
    found = cross_table(moment_of(commune, DAY), ["members.total", "units.total"], {})
    assert found == {"members.total": {"total": 3}, "units.total": {"total": 2}}
    narrowed = cross_table(moment_of(commune, DAY), ["members.total"], {"women": Q(member__gender="female")})
    assert narrowed == {"members.total": {"total": 3, "women": 2}}


def test_where_nothing_is_recorded_every_count_is_nought(commune):
    assert cross_table(moment_of(commune, DAY), ["training.turns.total"], {"women": Q(member__gender="female")}) == {
        "training.turns.total": {"total": 0, "women": 0}
    }
