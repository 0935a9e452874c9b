"""What is kept of a preview: columns that say something, odd rows first, not more rows than a screen needs."""

import pytest

from binhlu_portal.spreadsheets.importer import preview
from binhlu_portal.spreadsheets.importer.preview import LEFT_OUT, Preview, PreviewRow
from binhlu_portal.spreadsheets.importer.results import ACTIONS, CHANGED, NEW, REFUSED, SAME, Fate


def row(number, *odd, **cells):
    """Return the preview of a row."""
    return PreviewRow("Trang", number, f"Người {number}", [f"Người {number}"], cells, [*odd])


def kept(shown, fates=None, wrong=()):
    """Return (columns, [(row, what becomes of it)], count) of what is kept."""
    fates = {("Trang", number, f"Người {number}"): fate for number, fate in (fates or {}).items()}
    found = preview.to_json(shown, fates, {("Trang", number) for number in wrong})
    return found["columns"], [(line[1], line[2]) for line in found["rows"]], found["count"]


@pytest.mark.parametrize(
    ("actions", "wrong", "becomes"),
    [
        ({NEW}, False, ACTIONS[NEW]),
        ({SAME}, False, ACTIONS[SAME]),
        ({SAME, NEW}, False, ACTIONS[CHANGED]),
        ({SAME, CHANGED}, False, ACTIONS[CHANGED]),
        ({NEW, REFUSED}, False, ACTIONS[REFUSED]),
        (set(), True, ACTIONS[REFUSED]),
        (set(), False, LEFT_OUT),
    ],
)
def test_what_becomes_of_a_row_is_told_of_all_its_records(actions, wrong, becomes):
    _, rows, _ = kept(Preview([], [row(1)]), {1: Fate(actions)}, [1] if wrong else [])
    assert rows == [(1, becomes)]


def test_odd_rows_stand_first_then_wrong_ones_each_as_in_the_file():
    shown = Preview([], [row(1), row(2), row(3, "?"), row(4), row(5, "?")])
    _, rows, _ = kept(shown, dict.fromkeys(range(1, 6), Fate({NEW})), [4])
    assert [number for number, _ in rows] == [3, 5, 4, 1, 2]


def test_of_a_long_list_the_first_rows_are_kept_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(preview, "MOST", 2)
    _, rows, count = kept(Preview([], [row(1), row(2), row(3, "?")]))
    assert ([number for number, _ in rows], count) == ([3, 1], 3)


def test_columns_that_say_nothing_are_left_out_and_those_of_two_lists_stand_together():
    both = Preview(["a", "b"], [row(1, a=["x"])]).beside(Preview(["c", "a"], [row(2, c=["y"])]))
    columns, rows, _ = kept(both)
    assert (columns, len(rows)) == (["a", "c"], 2)
