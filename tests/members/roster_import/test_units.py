"""Texts that name cells: the same name however typed is sure, anything else is asked."""

import pytest

from members.roster_import.units import find_units, unit_key, without_committee
from organizations.choices import Kind, Sector
from organizations.models import UnitPeriod
from tests.factories import START, make_root, make_unit
from tests.ground import layer

NAMES = {
    "ban-01": "Chi bộ Bản 01",
    "ban-11": "Chi bộ Bản 11",
    "na-lung": "Chi bộ Bản Nà Lùng",
    "na-lung-2": "Chi bộ Bản Na Lung",
    "tram": "Chi bộ Trạm Y tế",
    "ubnd-1": "Chi bộ 1 - UBND xã",
}


@layer
def places(commune):
    """What the cells of a commune are, each by its code."""
    for code, name in NAMES.items():
        period = make_unit(code, commune).periods.get()
        UnitPeriod.objects.filter(pk=period.pk).update(name=name)
    return list(UnitPeriod.objects.on(START).select_related("unit"))


def find(text, places):
    """Return the code of the cell that a text surely means, and the names it may mean."""
    codes = {place.unit_id: place.unit.code for place in places}
    found = find_units([text], places)[text]
    return codes.get(found.unit), [name for _, name in found.candidates]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chi bộ Bản 01", "ban-01"),
        ("CHI BỘ BẢN 01", "ban-01"),
        ("chi bộ bản 1", "ban-01"),
        ("CB Bản 1", "ban-01"),
        ("chi bo ban 01", "ban-01"),
        ("Bản 01", "ban-01"),
        ("ban-01", "ban-01"),
        ("BAN-01 ", "ban-01"),
        ("Chi bộ trạm y tế.", "tram"),
        ("Chi bộ 1 – UBND xã", "ubnd-1"),
        ("Bản Nà Lùng", "na-lung"),
        ("bản na lung", "na-lung-2"),
    ],
)
def test_one_name_however_it_is_typed(text, code, places):
    assert find(text, places) == (code, [])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Bản 1 Bình Lư", "Chi bộ Bản 01"),
        ("Trạm Y tế xã", "Chi bộ Trạm Y tế"),
        ("Chi bộ 1 UBND", "Chi bộ 1 - UBND xã"),
    ],
)
def test_anything_else_is_asked_with_the_likeliest_first(text, first, places):
    code, names = find(text, places)
    assert code is None
    assert names[0] == first


def test_names_that_differ_in_marks_only_are_asked_when_the_marks_fit_neither(places):
    assert find("Bản Ná Lúng", places) == (None, ["Chi bộ Bản Nà Lùng", "Chi bộ Bản Na Lung"])


def test_only_cells_hold_people(places):
    assert find("xa", places)[0] is None
    assert "Đảng bộ xa" not in find("Đảng bộ xa", places)[1]


def test_a_name_that_two_cells_bear_is_asked(commune, places):
    other = make_root("khac", parent=make_root("tinh", kind=Kind.PROVINCE), sector=Sector.COMMUNE)
    UnitPeriod.objects.filter(unit=make_unit("ban-01-khac", other)).update(name="Chi bộ Bản 01")
    places = list(UnitPeriod.objects.on(START).select_related("unit"))
    assert find("Bản 01", places) == (None, ["Chi bộ Bản 01", "Chi bộ Bản 01"])


def test_each_text_is_asked_once_and_nothing_is_no_text(places):
    assert list(find_units(["Bản 01", None, "", "Bản 01"], places)) == ["Bản 01"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Chi bộ số 01", "1"), ("CB Bản 010", "ban 10"), ("Chi bộ Trường số 2", "truong 2"), ("Bản số 02 (cũ)", "ban 2")],
)
def test_bare_words_of_names(name, bare):
    assert unit_key(name) == bare


@pytest.mark.parametrize("joint", [", ", " - ", " thuộc ", " (", "; "])
@pytest.mark.parametrize("above", ["Đảng bộ xã Mường Thử", "ĐẢNG BỘ XÃ MƯỜNG THỬ", "Đảng ủy xã Mường Thử"])
def test_a_cell_is_known_beside_the_committee_above_it_and_none_of_another_one(joint, above, commune):
    UnitPeriod.objects.filter(unit=commune).update(name="Đảng bộ xã Mường Thử")
    end = ")" if "(" in joint else ""
    ours, theirs = f"Chi bộ bản 3{joint}{above}{end}", f"Chi bộ bản 3{joint}Đảng bộ phường Tân Phong{end}"
    assert without_committee([ours, theirs, "Chi bộ bản 3"]) == {ours: "Chi bộ bản 3"}
