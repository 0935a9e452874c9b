"""Records for tests, made through the verbs: plain functions that need no more than what a test is about."""

from datetime import date
from itertools import count

from django.contrib.auth import get_user_model

from binhlu_portal.db.actions import Decision, create
from binhlu_portal.moment.moment import Moment
from members.admissions import actions as admissions
from members.choices import EndReason
from members.discipline import actions
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Member
from organizations.choices import Kind, RoleKind, Sector
from organizations.models import Role
from organizations.scope import SYSTEM
from organizations.units import actions as units

START = date(2025, 7, 1)
"""The day on which the units of tests begin, unless a test says otherwise."""

DECIDED = Decision("06-QĐ/ĐU", START)
"""A decision for what cannot be without one, where a test is not about it."""

numbers = count(1)
DIGITS = {ord("0") + digit: f"{letter}a" for digit, letter in enumerate("bcdghklmnp")}


def in_letters(number):
    """Return a number as letters that can be said: the names of people have no digits."""
    return f"{number}".translate(DIGITS).title()


def make_root(code="xa", *, day=START, kind=Kind.COMMUNE, parent=None, sector=Sector.COMMUNE):
    """Establish a commune committee, the root unless it has a parent."""
    return units.establish(code=code, name=f"Đảng bộ {code}", kind=kind, sector=sector, parent=parent, day=day)


def make_unit(code, parent, *, kind=Kind.SUBORDINATE_CELL, sector=None, day=START, received=False):
    """Establish (or receive) a unit, a village cell unless told otherwise."""
    sector = sector or (Sector.VILLAGE if kind == Kind.SUBORDINATE_CELL else Sector.OTHER)
    found = units.receive if received else units.establish
    return found(code=code, name=f"Chi bộ {code}", kind=kind, sector=sector, parent=parent, day=day)


def make_person(full_name=None, *, gender="male", born_on="1980-05-17", ethnicity="kinh", **fields):
    """Create a person who belongs to no cell."""
    name = full_name or f"Người Mẫu {in_letters(next(numbers))}"
    return create(Member, full_name=name, gender=gender, born_on=born_on, ethnicity=ethnicity, **fields)


def make_member(unit, full_name=None, *, day=START, **fields):
    """Create an official member transferred into `unit` on `day`."""
    fields = {"joined_on": "2010-01-05", "official_on": "2011-01-05"} | fields
    member = make_person(full_name, **fields)
    membership.transfer_in(member=member, unit=unit, day=day)
    return member


def make_members(unit, number, **fields):
    """Create several members of `unit`, as many as a meeting of it needs."""
    return [make_member(unit, **fields) for _ in range(number)]


def admit(unit, day, full_name=None, *, person=None, **attributes):
    """Admit a person at a ceremony in `unit` on `day`, by a decision of the same day."""
    person = person or make_person(full_name)
    return admissions.admit(member=person, unit=unit, day=day, decision=Decision("01-QĐ/ĐU", day), **attributes)


def discipline(member, day, form="warning", **words):
    """Discipline a member: a warning of the cell, unless words say otherwise; an expulsion is the committee's."""
    usual = {"level": "committee" if form == "expulsion" else "cell", "violation": "other"}
    given = usual | {"decision": Decision("05-QĐ/ĐU", day)} | words
    return actions.discipline(member=member, day=day, form=form, **given)


def leave_party(member, day, reason, decision=None):
    """End the membership of somebody, by expulsion too; return the stay."""
    decision = decision or Decision("05-QĐ/ĐU", day)
    if reason != EndReason.EXPELLED:
        return membership.end_membership(member=member, day=day, reason=reason, decision=decision)
    discipline(member, day, "expulsion", decision=decision)
    return member.spells.get(ended_on=day)


def reduce_fee(member, day, until, *, kind="exempt", ground="hardship"):
    """Relieve a member of the fee by a decision of the same day."""
    given = {"kind": kind, "ground": ground, "decision": Decision("07-QĐ/ĐU", day)}
    return member_records.reduce_fee(member=member, day=day, until=until, **given)


def make_user(username, *roles, is_active=True):
    """Create an account with roles given as (kind, unit) pairs; its password is its username."""
    user = get_user_model().objects.create_user(
        username, password=username, full_name=f"Người dùng {username}", is_active=is_active
    )
    for kind, unit in roles:
        Role.objects.create(user=user, unit=unit, kind=kind)
    return user


def clerk_of(unit, username="clerk"):
    """Create someone of the secretariat of `unit`."""
    return make_user(username, (RoleKind.SECRETARIAT, unit))


def moment_of(unit, as_of, *, since=None, year=None, user=SYSTEM):
    """Return a moment; without `user` that of the machine itself."""
    return Moment.of(unit, user, today=as_of, as_of=as_of, since=since, year=year)
