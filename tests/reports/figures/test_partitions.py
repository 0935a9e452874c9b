"""Partitions: whatever is missing, the parts and those not written down are the whole."""

from random import Random

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from organizations.models import Unit
from reports.figures import evaluate
from reports.figures.partitions import PARTITIONS
from reports.figures.registry import KNOWN, REGISTERS
from tests.examples import examples
from tests.factories import moment_of
from tests.reports.worlds import build, days_to_ask

CODES = sorted({code for partition in PARTITIONS for code in partition.codes})


def test_partitions_are_made_of_known_figures_and_rest_on_the_register_that_closes_them():
    for partition in PARTITIONS:
        assert set(partition.codes) <= KNOWN.keys(), partition.title
        assert not partition.register or partition.register in REGISTERS
        if partition.register:
            assert KNOWN[partition.register].population == KNOWN[partition.whole].population, partition.title


@pytest.mark.django_db
@settings(max_examples=examples(2), phases=[Phase.generate])  # a smaller seed is no simpler world
@given(seed=st.integers(0, 1_000_000))
def test_every_partition_of_a_random_world_closes(seed):
    random = Random(seed)
    with transaction.atomic():
        tree = build(random)
        for since, as_of in days_to_ask():
            for unit in Unit.objects.filter(pk__in=[each.pk for each in tree.values()]):
                if unit.started_on <= as_of < unit.ended_on:
                    results = evaluate.results(moment_of(unit, as_of, since=since, year=2025), CODES)
                    gaps = {each.title: each.difference(results) for each in PARTITIONS}
                    assert not any(gaps.values()), (gaps, unit, as_of)
        transaction.set_rollback(True)
