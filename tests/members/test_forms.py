"""What is asked of a person in any form of the portal."""

import pytest
from django import forms
from django.urls import get_resolver

from binhlu_portal.records.forms.fields import UNKEPT, form_field
from members.models import Member


def forms_below(form):
    """Yield every class of forms that rests on `form`."""
    for each in form.__subclasses__():
        yield each
        yield from forms_below(each)


def fields_of(form):
    """Return the fields of a class of forms: its own, and those it takes from a model."""
    names = getattr(form, "model_fields", ())
    taken = forms.fields_for_model(form.model, names, formfield_callback=form_field) if names else {}
    return taken | form.base_fields


assert get_resolver().url_patterns  # all forms are known once all pages are
ASKED = [
    (form, name) for form in forms_below(forms.Form) for name in Member.identity_numbers if name in fields_of(form)
]


@pytest.mark.parametrize(("form", "name"), ASKED, ids=lambda each: getattr(each, "__name__", each))
def test_no_browser_keeps_a_number_of_a_person(form, name):
    widget = fields_of(form)[name].widget
    assert UNKEPT.items() <= widget.attrs.items()
    assert "data-undrafted" in widget.render(name, "")


def test_forms_that_ask_for_numbers_are_found():
    assert {form.__name__ for form, _ in ASKED} >= {"NewMemberForm", "CorrectIdentityForm", "CorrectPartyCardForm"}
