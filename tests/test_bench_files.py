import pytest

from bench import exports, file_readers, imports
from bench.files import CODED, make_files
from bench.stopwatch import Mismatch
from bench.turns import HEADING, Turns
from tests.proofs import undone


def rows_of(model, resource):
    """Return the values that files have brought in, whatever the ids."""
    names = {"unit": "unit__code", "member": "member__card_number"}
    return sorted(map(repr, model.objects.values_list(*(names.get(name, name) for name in resource.Meta.fields))))


def test_both_ways_to_bring_in_files_write_the_same(db, tmp_path):
    files, found = make_files(tmp_path, 30), {}
    for way in imports.WAYS:
        with undone():
            imports.work(way, 30, *files)
            found[way] = {model: rows_of(model, resource) for model, resource in imports.RESOURCES.items()}
    assert found["portal"] == found["library"]
    assert set(found["portal"]) == set(CODED)


def test_an_import_that_leaves_something_out_stops_the_comparison(db, tmp_path, monkeypatch):
    monkeypatch.setitem(imports.WAYS, "portal", lambda *given: None)
    with pytest.raises(Mismatch, match=r"\[0, 0, 0\] instead of 30 of each"):
        imports.work("portal", 30, *make_files(tmp_path, 30))


def test_exporting_and_reading_are_compared_by_their_ratios(tmp_path):
    lines = []
    assert isinstance(exports.measure(50, lines.append), Turns)
    file_readers.measure(tmp_path, 20, lines.append)
    names = [line[:34].strip() for line in lines if line != HEADING]
    assert names == ["export of 50 x 20", "the portal, 20 members", "calamine alone, 20 members"]


@pytest.mark.parametrize(("portal", "over"), [((1.0, 1.0), False), ((2.0, 9.0), True)])
def test_a_ratio_beyond_its_goal_is_said(portal, over):
    assert ("over" in str(Turns(portal, (1.0, 1.0), 1.3))) == over
