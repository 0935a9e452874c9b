import pytest
from django.apps import apps
from django.db import models

from binhlu_portal.spreadsheets.data_workbook.reader import ERRORS, HELP, HIDDEN, LISTS
from binhlu_portal.spreadsheets.data_workbook.resources import MARK, TABS, Tab, tab, tab_titled
from binhlu_portal.text.vietnamese import search_key
from members.models import ChangeReport, DistinctPair, Member, Spell
from organizations.models import Disposal, Unit
from organizations.rights import Right
from organizations.scope import ScopedQuerySet

KEPT_BY_VERBS = "reports"
"""The app whose records only verbs of the portal write: periods, what was confirmed, what was closed."""

WITHOUT_SHEET = {
    Disposal: "the worker alone writes what it deleted",
    DistinctPair: "a judgement about two records of this portal, made on their page",
    ChangeReport: "a conversation of a cell and the office: what it came to stands in the registers it changed",
}
"""The kinds of record that no workbook takes along, each with the reason."""

every_tab = pytest.mark.parametrize("tab", TABS.values(), ids=lambda tab: tab.model._meta.label)


def test_every_kind_of_record_has_a_sheet():
    records = {model for model in apps.get_models() if isinstance(model._default_manager.all(), ScopedQuerySet)}
    assert {model for model in records if model._meta.app_label != KEPT_BY_VERBS} == set(TABS) | set(WITHOUT_SHEET)


@every_tab
def test_every_field_that_people_fill_in_has_a_column(tab):
    filled_in = {field.name for field in tab.model._meta.fields if field.editable and not field.primary_key}
    assert set(tab.columns) == filled_in


@every_tab
def test_a_spreadsheet_accepts_the_title_of_every_sheet(tab):
    assert 0 < len(tab.title) <= 31
    assert not set(tab.title) & set(r"[]:*?/\\")
    assert tab.title not in (HELP, HIDDEN, LISTS)


@every_tab
def test_headings_of_a_sheet_differ_though_case_and_marks_are_passed_over(tab):
    headings = [search_key(text) for text in (MARK, ERRORS, *(column.column_name for column in tab.columns.values()))]
    assert len(headings) == len(set(headings))


@every_tab
def test_labels_of_a_list_differ_though_case_and_marks_are_passed_over(tab):
    for column in tab.columns.values():
        labels = [search_key(label) for label in getattr(column.widget, "labels", ())]
        assert len(labels) == len(set(labels)), column.column_name


@every_tab
def test_links_come_first_and_point_at_sheets_that_are_written_before(tab):
    kinds = [bool(tab.model._meta.get_field(name).remote_field) for name in tab.columns]
    assert kinds == sorted(kinds, reverse=True)
    order = list(TABS)
    assert all(order.index(field.related_model) < order.index(tab.model) for field in tab.links)


@every_tab
def test_keys_and_needs_name_fields_of_the_model(tab):
    assert {name for key in (*tab.keys, tab.alike) for name in key} <= set(tab.columns)
    assert set(tab.needs) <= {field.name for field in tab.links}
    for name, needed in tab.needs.items():
        assert all(map(tab.model._meta.get_field(name).related_model._meta.get_field, needed))


@every_tab
def test_an_empty_cell_is_what_the_field_says(tab):
    for name, column in tab.columns.items():
        field = tab.model._meta.get_field(name)
        if not isinstance(field, models.ForeignKey):
            assert column.default == (field.get_default() if field.has_default() or not field.null else None)


def test_two_sheets_of_one_model_fail_at_once():
    with pytest.raises(ValueError, match="twice"):
        tab(Tab(Member, "Trang khác", keys=()))


def test_two_sheets_of_one_title_fail_when_the_portal_starts(monkeypatch):
    monkeypatch.setitem(TABS, Right, Tab(Right, "Đảng viên", keys=()))
    with pytest.raises(ValueError, match=r"Đảng viên.*twice"):
        TABS.complete()


def test_a_sheet_is_found_by_its_title():
    assert tab_titled("Đảng viên").model is Member
    assert tab_titled("Đảng viên ") is None


def test_units_are_called_by_their_code_and_people_by_their_mark():
    assert TABS[Unit].handle == "code"
    assert TABS[Member].handle is None
    assert TABS[Spell].handle is None
