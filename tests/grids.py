"""Grids in tests: what a browser would send of an open one, with other texts in some cells."""

from uuid import uuid4

from django.http import QueryDict

from binhlu_portal.records.forms.submit import submit
from binhlu_portal.records.grid.rows import shown


def typed_into(form, cells, **head):
    """Return what a browser would send of an open grid; `cells` is {(name of the row, column): text}."""
    data = QueryDict(mutable=True)
    data.update({"token": str(uuid4()), "was": form["was"].value()})
    data.update({name: shown(form.fields[name], form[name].value()) for name in form.head})
    data.update({name: form.text_of(name) for name in form.cells})
    data.update({cell_named(form, row, column): text for (row, column), text in cells.items()})
    data.update(head)
    return data


def cell_named(form, row, column):
    """Return the name of a cell of the first row that is called so."""
    return next(found.cell(column) for found in form.rows if found.name == row)


def send(form):
    """Send a grid that must be valid."""
    assert form.is_valid(), form.errors
    return submit(form, lambda written: "/")


def told(form):
    """Return what is wrong in the cells of a grid: {(name of the row, column): sentences}."""
    cells = {name: (row.name, column.name) for name, (row, column) in form.cells.items()}
    return {cells.get(name, name): " ".join(sentences) for name, sentences in form.errors.items()}
