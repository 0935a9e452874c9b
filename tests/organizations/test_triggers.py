from datetime import date, timedelta

import pytest
from django.db import connection

from binhlu_portal.db.derived import MARK
from members.restructuring import actions as restructuring
from organizations.choices import EventKind, Kind, RoleKind, Sector
from organizations.fact_kinds import FactKind
from organizations.models import (
    Ancestry,
    Document,
    FormTitle,
    ImpossiblePair,
    Regulation,
    Role,
    Threshold,
    Unit,
    UnitEvent,
    UnitFact,
    UnitPeriod,
)
from tests.factories import START, make_unit, make_user
from tests.proofs import DAY, GONE, broken, every_insert, every_update

BEFORE = START - timedelta(days=1)
LONG_AGO = date(2000, 1, 1)


def period(unit, parent, started_on=START, **fields):
    fields = {"name": "Chi bộ", "kind": Kind.SUBORDINATE_CELL, "sector": Sector.VILLAGE} | fields
    return UnitPeriod(unit=unit, parent=parent, started_on=started_on, **fields)


def document(unit, issued_on, number="01-NQ/ĐU"):
    return Document(unit=unit, number=number, kind="Nghị quyết", issued_on=issued_on, subject="Mẫu")


def threshold(code="admissions", started_on=START, **fields):
    return Threshold(code=code, started_on=started_on, low=3, source="Mẫu", **fields)


def regulation(subject="fees", started_on=START, **fields):
    named = {"kind": "Quy định", "number": "01-QĐ/MẪU", "title": "Mẫu"}
    return Regulation(subject=subject, issued_on=START, started_on=started_on, **named | fields)


def title(form="1", started_on=START, **fields):
    fields = {"source": "Mẫu"} | fields
    return FormTitle(form=form, title="Mẫu", started_on=started_on, **fields)


def pair(kind=Kind.GRASSROOTS_CELL, sector=Sector.WARD, started_on=START, **fields):
    fields = {"source": "Mẫu"} | fields
    return ImpossiblePair(kind=kind, sector=sector, started_on=started_on, **fields)


def fact(world, **fields):
    usual = {"unit": world.a, "kind": FactKind.AREA, "value": 5, "source": "Mẫu", "started_on": START}
    return UnitFact(**usual | fields)


def coverage(world, **fields):
    return fact(world, **{"kind": FactKind.COVERAGE, "detail": "Đảng viên"} | fields)


def facts_of_two_days(world):
    saved(fact(world, kind=FactKind.SCREENED))
    return saved(fact(world, kind=FactKind.SCREENED, started_on=DAY)), {"started_on": START}


def facts_of_two_kinds(world):
    saved(fact(world))
    return saved(fact(world, kind=FactKind.POPULATION, started_on=DAY)), {"kind": FactKind.AREA}


def saved(row):
    row.save()
    return row


def line(unit):
    """Return what the database derived of a unit that stands right beneath the root."""
    return Ancestry.objects.get(unit=unit, depth=1)


def line_again(unit):
    row = line(unit)
    row.pk, row._state.adding = None, True
    return row


def underived(row):
    """Take away, to the end of the test, what keeps every hand from rows that the database derives."""
    with connection.cursor() as cursor:
        cursor.execute(MARK[connection.vendor])
    return row


def second_role(world):
    user = make_user("two", (RoleKind.LEADER, world.a), (RoleKind.SECRETARIAT, world.a))
    return user.roles.get(kind=RoleKind.LEADER)


def of_another_commune():
    unit = Unit.objects.create(code="khac", started_on=START)
    return saved(period(unit, None, kind=Kind.COMMUNE, sector=Sector.COMMUNE))


def gone_organization(w):
    """Return what could stand above a cell, if it still were."""
    unit = make_unit("het", w.root, kind=Kind.PARTY_ORGANIZATION)
    restructuring.dissolve_organization(organization=unit, day=GONE)
    return unit


def beneath_a_cell(w):
    """Return a period of a new unit beneath `bare`, which is a cell."""
    saved(period(w.bare, w.root))
    return period(Unit.objects.create(code="below", started_on=START), w.bare)


def beneath_a_coming_cell(w):
    """Return a period beneath `bare` that ends before that becomes a cell."""
    saved(period(w.bare, w.root, ended_on=DAY, kind=Kind.PARTY_ORGANIZATION, sector=Sector.STATE_AGENCY))
    saved(period(w.bare, w.root, DAY))
    return saved(period(Unit.objects.create(code="below", started_on=START), w.bare, ended_on=DAY))


INSERTS = {
    "unitperiod_suits": beneath_a_cell,
    "organizations_unitfact_ends_after_start": lambda w: fact(w, ended_on=START),
    "organizations_unitfact_has_detail": lambda w: coverage(w, detail=""),
    "organizations_unitfact_has_value": lambda w: fact(w, value=None),
    "organizations_unitfact_once_a_day": lambda w: fact(
        w, kind=FactKind.SCREENED, unit=saved(fact(w, kind=FactKind.SCREENED)).unit
    ),
    "organizations_unitfact_share_of_hundred": lambda w: coverage(w, value=101),
    "unitfact_counted_whole": lambda w: fact(w, kind=FactKind.POPULATION, value=5.5),
    "unitfact_in_life": lambda w: fact(w, started_on=LONG_AGO),
    "unitfact_no_overlap": lambda w: fact(w, unit=saved(fact(w)).unit, started_on=DAY),
    "organizations_unit_ends_after_start": lambda w: Unit(code="x", started_on=DAY, ended_on=DAY),
    "organizations_unitperiod_ends_after_start": lambda w: period(w.bare, w.root, DAY, ended_on=DAY),
    "organizations_unitperiod_root_kind": lambda w: period(w.bare, None),
    "organizations_ancestry_no_cycle": lambda w: period(w.bare, w.bare),
    "organizations_ancestry_once": lambda w: underived(line_again(w.a)),
    "organizations_threshold_ends_after_start": lambda w: threshold(ended_on=START),
    "organizations_threshold_has_basis": lambda w: Threshold(code="admissions", started_on=START, low=3),
    "threshold_keeps_long_enough": lambda w: threshold(
        "keeping.access_months", date(1929, 1, 1), ended_on=date(1930, 1, 1), unit="months"
    ),
    "organizations_regulation_ends_after_start": lambda w: regulation("other", ended_on=START),
    "regulation_no_overlap": lambda w: regulation(started_on=DAY),
    "organizations_formtitle_ends_after_start": lambda w: title(started_on=LONG_AGO, ended_on=LONG_AGO),
    "organizations_formtitle_has_basis": lambda w: title(
        source="", started_on=LONG_AGO, ended_on=START - timedelta(days=3650)
    ),
    "formtitle_no_overlap": lambda w: title(),
    "organizations_impossiblepair_ends_after_start": lambda w: pair(ended_on=START),
    "organizations_impossiblepair_has_basis": lambda w: pair(source=""),
    "impossiblepair_no_overlap": lambda w: pair(sector=Sector.VILLAGE),
    "unitperiod_possible": lambda w: period(w.bare, w.root, kind=Kind.GRASSROOTS_CELL),
    "organizations_document_once": lambda w: document(w.root, saved(document(w.root, DAY)).issued_on),
    "organizations_role_once": lambda w: Role(user=second_role(w).user, unit=w.a, kind=RoleKind.LEADER),
    "unitperiod_no_overlap": lambda w: period(w.a, w.root, DAY),
    "threshold_no_overlap": lambda w: threshold(saved(threshold()).code, DAY),
    "unitperiod_in_life": lambda w: period(w.bare, None, BEFORE, kind=Kind.COMMUNE, sector=Sector.COMMUNE),
    "unitperiod_parent_alive": lambda w: period(w.bare, gone_organization(w), ended_on=GONE + timedelta(days=1)),
    "unitevent_in_life": lambda w: UnitEvent(unit=w.gone, kind=EventKind.RENAMED, day=GONE + timedelta(days=1)),
    "document_in_life": lambda w: document(w.gone, GONE),
}

UPDATES = {
    "unitperiod_suits": lambda w: (w.org.periods.get(), {"kind": Kind.SUBORDINATE_CELL}),
    "unitperiod_suits_longer": lambda w: (beneath_a_coming_cell(w), {"ended_on": GONE.replace(year=2027)}),
    "organizations_unitfact_ends_after_start": lambda w: (saved(fact(w)), {"ended_on": START}),
    "organizations_unitfact_has_detail": lambda w: (saved(coverage(w)), {"detail": ""}),
    "organizations_unitfact_has_value": lambda w: (saved(fact(w)), {"value": None}),
    "organizations_unitfact_once_a_day": facts_of_two_days,
    "organizations_unitfact_share_of_hundred": lambda w: (saved(coverage(w)), {"value": 101}),
    "unitfact_counted_whole": lambda w: (saved(fact(w, kind=FactKind.POPULATION)), {"value": 5.5}),
    "unitfact_in_life": lambda w: (saved(fact(w)), {"started_on": LONG_AGO}),
    "unitfact_no_overlap": facts_of_two_kinds,
    "organizations_unit_ends_after_start": lambda w: (w.bare, {"ended_on": START}),
    "organizations_unitperiod_ends_after_start": lambda w: (w.a.periods.get(), {"ended_on": START}),
    "organizations_unitperiod_root_kind": lambda w: (w.a.periods.get(), {"parent": None}),
    "organizations_ancestry_once": lambda w: (underived(line(w.b)), {"unit": w.a}),
    "organizations_ancestry_no_cycle": lambda w: (of_another_commune(), {"unit": w.bare, "parent": w.bare}),
    "organizations_threshold_ends_after_start": lambda w: (saved(threshold()), {"ended_on": START}),
    "organizations_threshold_has_basis": lambda w: (saved(threshold()), {"source": ""}),
    "threshold_keeps_long_enough": lambda w: (Threshold.objects.get(code="keeping.access_months"), {"low": 3}),
    "organizations_regulation_ends_after_start": lambda w: (saved(regulation("other")), {"ended_on": START}),
    "regulation_no_overlap": lambda w: (saved(regulation("other", DAY)), {"subject": "fees"}),
    "organizations_formtitle_ends_after_start": lambda w: (FormTitle.objects.first(), {"ended_on": LONG_AGO}),
    "organizations_formtitle_has_basis": lambda w: (FormTitle.objects.first(), {"regulation": None}),
    "formtitle_no_overlap": lambda w: (FormTitle.objects.get(form="1"), {"form": "2"}),
    "organizations_impossiblepair_ends_after_start": lambda w: (saved(pair()), {"ended_on": START}),
    "organizations_impossiblepair_has_basis": lambda w: (saved(pair()), {"source": ""}),
    "impossiblepair_no_overlap": lambda w: (saved(pair()), {"sector": Sector.VILLAGE}),
    "unitperiod_possible": lambda w: (w.a.periods.get(), {"kind": Kind.GRASSROOTS_CELL}),
    "organizations_document_once": lambda w: (
        saved(document(w.root, saved(document(w.root, DAY)).issued_on, "02-NQ/ĐU")),
        {"number": "01-NQ/ĐU"},
    ),
    "organizations_role_once": lambda w: (second_role(w), {"kind": RoleKind.SECRETARIAT}),
    "unitperiod_no_overlap": lambda w: (saved(period(w.bare, w.root)), {"unit": w.a}),
    "threshold_no_overlap": lambda w: (saved(threshold("other")), {"code": saved(threshold()).code}),
    "unitperiod_in_life": lambda w: (w.root.periods.get(), {"started_on": BEFORE}),
    "unitperiod_parent_alive": lambda w: (w.a.periods.get(), {"parent": gone_organization(w)}),
    "unit_outlived": lambda w: (w.org, {"ended_on": DAY}),
    "unit_outlived_by_facts": lambda w: (saved(document(w.bare, DAY)).unit, {"ended_on": DAY}),
    "unitevent_in_life": lambda w: (w.gone.events.first(), {"day": BEFORE}),
    "document_in_life": lambda w: (saved(document(w.gone, START)), {"issued_on": GONE}),
}


@every_insert
@pytest.mark.parametrize("rule", INSERTS)
def test_the_database_refuses_a_new_row_that_breaks(rule, insert, world):
    row = INSERTS[rule](world)
    with broken(rule):
        insert(row)


@every_update
@pytest.mark.parametrize("rule", UPDATES)
def test_the_database_refuses_a_change_that_breaks(rule, update, world):
    row, values = UPDATES[rule](world)
    with broken(rule):
        update(row, **values)


@every_update
def test_a_unit_may_not_end_before_a_unit_beneath_it(update, world):
    world.org.periods.update(ended_on=DAY)
    with broken("unit_outlived"):
        update(world.org, ended_on=DAY)


@every_update
def test_a_unit_may_not_begin_after_what_it_was(update, world):
    with broken("unit_outlived", "unit_outlived_by_facts"):
        update(world.nested, started_on=DAY)


@every_update
def test_a_cycle_over_several_units_is_refused(update, world):
    with broken("unitperiod_suits"):
        update(world.org.periods.get(), parent=world.nested)


def test_an_ending_may_be_recorded_on_the_day_it_happens(world):
    UnitEvent.objects.bulk_create([UnitEvent(unit=world.gone, kind=EventKind.DISSOLVED, day=GONE)])
    assert world.gone.events.filter(day=GONE).count() == 2


def test_periods_that_follow_one_another_are_no_overlap(world):
    world.a.periods.update(ended_on=date(2026, 1, 1))
    UnitPeriod.objects.bulk_create([period(world.a, world.root, date(2026, 1, 1))])
    assert world.a.periods.count() == 2
