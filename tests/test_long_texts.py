"""Every field of every form, and every reader of files, is given the worst text there is: refused, and cheaply."""

from contextlib import suppress
from importlib import import_module
from time import process_time

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from binhlu_portal.accounts.forms import ChangePasswordForm, ChoosePasswordForm, SignInForm
from binhlu_portal.accounts.models import LONGEST_PASSWORD
from binhlu_portal.records.forms.fields import clean_input, form_field
from binhlu_portal.request_limits import LONGEST_VALUE
from binhlu_portal.spreadsheets.jobs.actions import receive_file, work_on_next
from binhlu_portal.spreadsheets.models import BatchState
from binhlu_portal.spreadsheets.sandbox import client, delimited
from binhlu_portal.spreadsheets.sandbox.limits import LONGEST_CELL, Unreadable
from reports.form_templates import worker_client
from tests.binhlu_portal.spreadsheets import hostile
from tests.factories import make_user
from tests.worst_text import BOUND, MANY, watch, worst

OWN = ("binhlu_portal", "organizations", "members", "assessments", "reports")


import_module(settings.ROOT_URLCONF)  # and with it every form there is


def form_classes(base=forms.BaseForm):
    """Yield the classes of forms of the project."""
    for each in base.__subclasses__():
        if each.__module__.split(".")[0] in OWN and not issubclass(each, BaseUserCreationForm):
            yield each
        yield from form_classes(each)


def fields_of(form):
    """Return the fields of a class of forms, those of its model too."""
    found = dict(form.base_fields)
    if getattr(form, "model_fields", ()):
        found |= forms.fields_for_model(form.model, form.model_fields, formfield_callback=form_field)
    return {name: field for name, field in found.items() if not isinstance(field, forms.FileField)}


FORMS = {f"{form.__module__}.{form.__name__}": form for form in form_classes() if fields_of(form)}
del FORMS["binhlu_portal.accounts.forms.SignInForm"]  # it learns how long a name may be when it is made: see below


class Today:
    """What fields that offer choices ask of their form."""

    from datetime import date

    today = date(2026, 3, 1)


@pytest.mark.parametrize("name", FORMS)
def test_the_worst_text_in_a_field_costs_little(db, monkeypatch, name):
    watch(monkeypatch)
    fields = fields_of(FORMS[name])
    for kind, text in worst(LONGEST_VALUE).items():
        sent = QueryDict(mutable=True)
        sent.update(dict.fromkeys(fields, text))
        started = process_time()
        sent = clean_input(sent, fields)
        for key, field in fields.items():
            if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
                continue  # those look for the text among what they offer
            field.today = Today.today
            assert refuses(field, sent[key]) or len(sent[key]) <= longest(field), (key, kind)
        assert process_time() - started < BOUND, kind


def refuses(field, text):
    """Whether a field refuses a text; a tick is a tick."""
    if isinstance(field, forms.BooleanField):
        return True
    try:
        field.clean(text)
    except ValidationError:
        return True
    return False


def longest(field):
    """Return how long a text a field takes; where it says nothing, as long as a request brings it."""
    return getattr(field, "max_length", None) or LONGEST_VALUE


def test_a_password_is_read_up_to_its_length_and_never_cut(db, monkeypatch):
    watch(monkeypatch)
    user, password = make_user("long"), "â b" * LONGEST_PASSWORD
    user.set_password(password[:LONGEST_PASSWORD])
    assert user.check_password(password[:LONGEST_PASSWORD])
    assert not user.check_password(password[: LONGEST_PASSWORD + 1])
    with pytest.raises(ValueError, match="too long"):
        user.set_password(password)


@pytest.mark.parametrize("kind", worst(1))
def test_forms_of_passwords_refuse_the_worst_text(db, rf, monkeypatch, kind):
    watch(monkeypatch)
    user, text = make_user("long"), worst(LONGEST_VALUE)[kind]
    given = dict.fromkeys(("username", "password", "old_password", "new_password1", "new_password2"), text)
    request = rf.post("/dang-nhap/")
    started = process_time()
    sign_in = SignInForm(request, given, now=timezone.now(), address="")
    for form in (sign_in, ChoosePasswordForm(user, given), ChangePasswordForm(user, given)):
        assert not form.is_valid()
        assert any("dài nhất 256 ký tự" in message for errors in form.errors.values() for message in errors)
    assert not sign_in.tried
    assert process_time() - started < BOUND


def workbook(text):
    """Return a workbook of 24 cells of a text."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWX"
    cells = "".join(f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>' for letter in letters)
    return hostile.packed(hostile.excel(f'<row r="1">{cells}</row>'))


def open_workbook(text):
    """Return a workbook of LibreOffice with a cell of a text."""
    return hostile.packed(
        hostile.opened(f"<table:table-row>{hostile.CELL.replace('>x<', f'>{text}<')}</table:table-row>")
    )


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.csv", lambda text: f"Họ và tên;{text}\n".encode()), ("a.xlsx", workbook), ("a.ods", open_workbook)],
    ids=["csv", "xlsx", "ods"],
)
@pytest.mark.parametrize("kind", ["marks", "full width", "spaces"])
def test_a_reader_of_files_refuses_a_long_cell(monkeypatch, name, make, kind):
    watch(monkeypatch)
    content = make(worst(MANY // 24)[kind].strip())
    started = process_time()
    with pytest.raises(Unreadable, match="một ô"):
        client.read(content, name)
    assert process_time() - started < BOUND


def test_a_text_file_of_marks_costs_little(monkeypatch):
    watch(monkeypatch)
    for text in worst(MANY).values():
        started = process_time()
        with suppress(Unreadable):
            delimited.rows_of(delimited.text_of(text.encode()))
        assert process_time() - started < BOUND


def test_a_workbook_of_a_superior_committee_refuses_a_long_cell():
    with pytest.raises(ValidationError, match="một ô"):
        worker_client.outline(workbook("a" * (LONGEST_CELL + 1)))


def test_a_small_workbook_of_long_cells_never_comes_to_be_written(clerk, monkeypatch):
    watch(monkeypatch)
    content = workbook(worst(32_000)["marks"])
    assert len(content) < 40_000
    batch = receive_file(user=clerk, name="nho.xlsx", content=content)
    work_on_next()
    batch.refresh_from_db()
    assert batch.state == BatchState.UNREADABLE
    assert "một ô" in batch.message


def test_the_longest_cells_that_are_read_cost_little(clerk, monkeypatch):
    watch(monkeypatch)
    texts = worst(LONGEST_CELL)
    for kind in ("letters with many marks", "full width", "strokes"):
        receive_file(user=clerk, name="nho.xlsx", content=workbook(texts[kind]))
        started = process_time()
        work_on_next()
        assert process_time() - started < 2 * BOUND
