from datetime import date

import pytest
from django.http import Http404

from binhlu_portal.moment.forms import MomentForm
from binhlu_portal.moment.query_string import query
from binhlu_portal.search_boxes import MOST_LISTED
from organizations.choices import Kind
from organizations.tree_queries import tree_of_day
from organizations.units import actions as units
from tests.factories import START, make_unit, moment_of

TODAY = date(2026, 3, 31)


@pytest.fixture(params=[MOST_LISTED, 0], ids=["listed", "searched"])
def ask(request, monkeypatch, clerk):
    """Ask where units are few enough for a list, and where a form reads only the one that is asked for."""
    monkeypatch.setattr("binhlu_portal.moment.forms.MOST_LISTED", request.param)

    def ask(user=clerk, today=TODAY, **asked):
        form = MomentForm(asked, user=user, today=today)
        form.is_valid()
        return form

    return ask


def test_without_words_it_is_the_highest_unit_of_the_reader_today(ask, commune, cell_a, secretary_a):
    assert (ask().moment.unit, ask().moment.as_of) == (commune, TODAY)
    assert ask(user=secretary_a).moment.unit == cell_a


def test_days_are_read_day_first(ask, commune):
    moment = ask(don_vi="xa", ngay="01/03/2026", tu="05-02-2026", nam="2026").moment
    assert (moment.as_of, moment.since, moment.year) == (date(2026, 3, 1), date(2026, 2, 5), 2026)


def test_units_are_offered_in_the_order_of_the_tree(ask, commune, cell_a):
    hospital = make_unit("z", commune, kind=Kind.PARTY_ORGANIZATION)
    make_unit("z1", hospital)
    offered = [(place.unit.code, place.depth) for place in ask().places]
    assert offered == [("xa", 0), ("z", 1), ("z1", 2), ("a", 1)]


def test_a_reader_is_offered_nothing_beyond_the_own_unit(ask, cell_a, cell_b, secretary_a):
    assert [place.unit for place in ask(user=secretary_a).places] == [cell_a]


def test_names_are_those_of_the_as_of_day(ask, commune, cell_a):
    units.rename(unit=cell_a, name="Chi bộ mới", day=date(2026, 3, 1))
    assert ask(don_vi="a", ngay="28/02/2026").unit_name == "Chi bộ a"
    assert ask(don_vi="a", ngay="01/03/2026").unit_name == "Chi bộ mới"


def test_many_units_are_searched_by_words_and_read_only_then(monkeypatch, ask, commune, cell_a, cell_b, clerk):
    make_unit("dai", commune)
    monkeypatch.setattr("binhlu_portal.moment.forms.MOST_LISTED", 0)
    read = []
    monkeypatch.setattr("binhlu_portal.moment.forms.tree_of_day", lambda *asked: read.append(1) or tree_of_day(*asked))
    for asked, name in (({}, "Đảng bộ xa"), ({"don_vi": "a"}, "Chi bộ a"), ({"don_vi": "Chi bộ a [a]"}, "Chi bộ a")):
        assert (ask(**asked).unit_name, read) == (name, [])
    form = ask(don_vi="bo dai")
    assert (form.moment.unit.code, form.unit_name, read) == ("dai", "Chi bộ dai", [1])
    assert set(form.names) == {"xa", "a", "b", "dai"}


def unit_of(ask, **asked):
    """Return the unit that is asked for, None for one that is unknown."""
    try:
        moment = ask(**asked).moment
    except Http404:
        return None
    return moment and moment.unit


def test_a_foreign_unit_is_as_unknown_as_one_that_never_was(ask, cell_a, cell_b, secretary_a):
    for code in ("xa", "never"):
        assert unit_of(ask, user=secretary_a, don_vi=code) is None
    for words in ("b", "a b"):  # where one searches, the name of the own unit bears them
        assert unit_of(ask, user=secretary_a, don_vi=words) in (None, cell_a)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"ngay": "31/02/2026"}, "ngay"),
        ({"ngay": "30/06/2025"}, "ngay"),
        ({"tu": "hôm qua"}, "tu"),
        ({"ngay": "01/03/2026", "tu": "02/03/2026"}, "tu"),
        ({"nam": "hai"}, "nam"),
        ({"nam": "2027"}, "nam"),
    ],
)
def test_what_cannot_be_asked_for_is_said_at_its_field(ask, asked, field):
    form = ask(don_vi="xa", **asked)
    assert list(form.errors) == [field]
    assert form.moment is None


def test_a_unit_that_is_no_more_asks_for_another_day(ask, commune, cell_a):
    units.close(unit=cell_a, day=date(2026, 1, 1), kind="dissolved")
    assert list(ask(don_vi="a").errors) == ["ngay"]
    assert ask(don_vi="a", ngay="31/12/2025").moment.unit == cell_a


def test_an_account_without_a_role_is_for_nobody_but_an_early_day_is_only_an_error(ask, stranger, administrator):
    assert ask(user=stranger).is_for_nobody
    assert ask(user=administrator).is_for_nobody
    assert not ask(ngay="01/01/2020").is_for_nobody


def test_links_repeat_the_moment_and_leave_out_what_is_usual(commune):
    usual = moment_of(commune, date(2026, 3, 1))
    special = moment_of(commune, date(2026, 3, 1), since=START, year=2026)
    assert query(usual) == "don_vi=xa&ngay=01/03/2026"
    assert query(special, trong="a,b") == "don_vi=xa&ngay=01/03/2026&tu=01/07/2025&nam=2026&trong=a,b"


def test_links_are_read_as_the_moment_they_were_made_of(ask, commune, clerk):
    moment = moment_of(commune, date(2026, 3, 1), since=START, year=2026, user=clerk)
    assert ask(**dict(pair.split("=") for pair in query(moment).split("&"))).moment == moment
