"""What holds of every grid, shown on one of three rows that writes into a dictionary."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from binhlu_portal.db.actions import Refusal
from binhlu_portal.records.forms.submit import EditConflict
from binhlu_portal.records.grid.forms import GridForm
from binhlu_portal.records.grid.rows import GridColumn, GridRow
from tests.grids import cell_named, told, typed_into

NAMES = ("Một", "Hai", "Ba")


class ShelfForm(GridForm):
    """Numbers of three shelves, kept in the instance; the third is new while nothing stands on it."""

    heading = "Ngăn"
    columns = (
        GridColumn("books", "Sách", lambda row: forms.IntegerField(max_value=99, required=row.record is None)),
        GridColumn("note", "Ghi chú", lambda row: forms.CharField(required=False, max_length=20)),
    )

    def read_rows(self):
        """Return the shelves."""
        return [
            GridRow(str(number), name, self.instance.get(name, {}), record=self.instance.get(name))
            for number, name in enumerate(NAMES)
        ]

    def write(self, row, values):
        """Put the books there."""
        if values.get("books") == 13:
            raise Refusal({"books": "Ngăn này không chứa 13 cuốn."})
        if values.get("note") == "không":
            raise Refusal("Ngăn này không ghi được.")
        self.instance[row.name] = (row.record or {}) | values
        return []


@pytest.fixture
def shelves():
    return {"Một": {"books": 1, "note": "cũ"}, "Hai": {"books": 2, "note": ""}}


def grid(shelves, data=None):
    return ShelfForm(data, user=None, today=date(2026, 3, 1), instance=shelves, initial={})


def written(shelves, cells, **head):
    """Send the grid with other texts in some cells, as it is written in a transaction."""
    form = grid(shelves, typed_into(grid(shelves), cells, **head))
    assert form.is_valid(), told(form)
    form.check_unchanged()
    form.save()
    return shelves


def test_only_what_was_changed_is_written_and_of_a_new_row_everything(shelves):
    shelves["Một"]["note"] = "ghi chú dài hơn hai mươi chữ, có từ trước"
    assert written(shelves, {("Một", "books"): "5", ("Ba", "books"): "3"}) == {
        "Một": {"books": 5, "note": "ghi chú dài hơn hai mươi chữ, có từ trước"},
        "Hai": {"books": 2, "note": ""},
        "Ba": {"books": 3, "note": ""},
    }


def test_a_new_row_is_asked_for_what_it_needs_and_an_untouched_one_for_nothing(shelves):
    form = grid(shelves, typed_into(grid(shelves), {("Ba", "note"): "mới"}))
    assert told(form).keys() == {("Ba", "books")}


def test_all_rows_are_told_at_once_what_is_refused(shelves):
    typed = {("Một", "books"): "13", ("Hai", "note"): "không", ("Ba", "books"): "4"}
    form = grid(shelves, typed_into(grid(shelves), typed))
    assert form.is_valid()
    with pytest.raises(ValidationError) as refused:
        form.save()
    assert refused.value.message_dict == {
        cell_named(form, "Một", "books"): ["Ngăn này không chứa 13 cuốn."],
        cell_named(form, "Hai", "books"): ["Ngăn này không ghi được."],
    }


def test_a_row_that_was_not_sent_stays_and_is_shown_again(shelves):
    data = typed_into(grid(shelves), {("Hai", "books"): "100"})
    del data["books-0"], data["note-0"]
    form = grid(shelves, data)
    assert told(form).keys() == {("Hai", "books")}
    assert form["note-0"].value() == "cũ"


@pytest.mark.parametrize("name", ["books-7", "note-x", "books-"])
def test_a_row_that_is_not_there_is_refused(shelves, name):
    form = grid(shelves, typed_into(grid(shelves), {("Hai", "books"): "3"}, **{name: "1"}))
    assert "không còn ghi được" in told(form)["__all__"]


@pytest.mark.parametrize("was", ["", "{", "[1]", "null"])
def test_without_knowing_what_was_seen_nothing_is_written_over(shelves, was):
    form = grid(shelves, typed_into(grid(shelves), {("Một", "books"): "5"}, was=was))
    assert form.is_valid(), told(form)
    with pytest.raises(EditConflict):
        form.check_unchanged()


def test_a_row_that_is_gone_when_it_is_written_is_refused(shelves, monkeypatch):
    form = grid(shelves, typed_into(grid(shelves), {("Ba", "books"): "5"}))
    assert form.is_valid()
    monkeypatch.setattr(form, "read_rows", list)
    with pytest.raises(ValidationError, match="không còn ghi được"):
        form.check_unchanged()


texts = st.sampled_from(["1", "2", "3", "04", ""])


@given(seen=texts, now=texts, typed=texts)
def test_three_ways_meet_as_in_an_import(seen, now, typed):
    """What the sender left stays as the other wrote it; what both changed differently is asked about."""
    number = {text: int(text) if text else None for text in (seen, now, typed)}
    shelves = {"Một": {"books": number[seen]}, "Hai": {"books": 2}}
    data = typed_into(grid(shelves), {("Một", "books"): typed, ("Hai", "books"): "7"})
    shelves["Một"]["books"] = number[now]
    form = grid(shelves, data)
    assert form.is_valid(), told(form)
    left, same, untouched = typed == str(number[seen] or ""), number[typed] == number[now], number[now] == number[seen]
    if left or same or untouched:
        form.check_unchanged()
        form.save()
        assert shelves["Một"]["books"] == (number[now] if left else number[typed])
    else:
        with pytest.raises(EditConflict):
            form.check_unchanged()
