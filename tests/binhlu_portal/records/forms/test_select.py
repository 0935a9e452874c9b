"""A list of choices is drawn by one template, letter for letter as Django draws it by one for each choice."""

import pytest
from django.forms import Select, SelectMultiple
from django.forms.renderers import DjangoTemplates

from organizations.models import Unit
from tests.factories import make_unit

GROUPS = [("", "Mọi <đơn vị>"), ("Xã", [("a", 'Chi bộ "A"'), (2, "B & C")]), (None, "Không"), (True, "Có")]


def assert_drawn_alike(widget, value):
    """Compare both, but for the empty lines that Django leaves."""
    by_django = widget.render("don_vi", value, renderer=DjangoTemplates()).replace("\n\n", "\n")
    assert widget.render("don_vi", value) == by_django
    assert "<option" in by_django


@pytest.mark.parametrize("widget", [Select, SelectMultiple])
@pytest.mark.parametrize("value", ["a", 2, ["", "2"], None])
@pytest.mark.parametrize("attrs", [{}, {"id": "x", "required": True, "disabled": False, "data-a": 'b"<'}])
def test_a_list_is_drawn_as_django_draws_it(widget, value, attrs):
    drawn = widget(choices=GROUPS, attrs=attrs)
    assert_drawn_alike(drawn, value)


def test_so_are_attributes_of_choices(commune):
    class Told(Select):
        def create_option(self, name, value, label, selected, *more, **named):
            found = super().create_option(name, value, label, selected, *more, **named)
            found["attrs"] |= {"data-kind": str(label), "hidden": True, "disabled": False}
            return found

    make_unit("a", commune)
    drawn = Told(choices=[(unit.pk, unit) for unit in Unit.objects.all()])
    assert_drawn_alike(drawn, None)
