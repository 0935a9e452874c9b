"""Every figure once more, by plain loops over plain records: slow, obvious, independent of the portal's queries.

`NAIVE` holds for each code a function of a `World` and a moment that returns the value the portal must show.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from assessments.models import Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating
from members.models import (
    Admission,
    AdmissionTarget,
    Discipline,
    Exemption,
    FeeReduction,
    HandbookAbsence,
    Liaison,
    Member,
    MemberState,
    Planning,
    Position,
    Spell,
    Suspension,
    Training,
    Vacancy,
)
from organizations.models import Document, UnitEvent, UnitFact, UnitPeriod

GRASSROOTS = ("party_organization", "grassroots_cell")
RATED = ("excellent", "good", "fair", "failed")
SERVICES = ("school", "health_station", "public_service", "private_service")
BUSINESSES = (
    *("state_owned", "state_majority", "state_minority", "joint_stock", "private_enterprise"),
    *("limited_company", "partnership", "foreign_invested", "foreign_owned", "cooperative"),
)
TOPICS = (
    *("request", "founding", "four_goods", "enterprises", "functions", "working_rules", "oversight", "ratings"),
    *("cell_meetings", "allowances", "study", "member_work", "screening", "handbook", "admissions"),
)
CIVIL = ("state_agency", "party_agency", "commune_official", "public_service")


def holds(row, day):
    """Whether a row's period covers a day."""
    return row.started_on <= day < row.ended_on


def by(rows, name):
    """Group rows by one of their attributes."""
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return groups


class World:
    """All records, read once, and the few questions the loops below ask."""

    def __init__(self):
        self.periods = by(UnitPeriod.objects.all(), "unit_id")
        self.events = list(UnitEvent.objects.all())
        self.members = {member.pk: member for member in Member.objects.all()}
        self.spells = list(Spell.objects.all())
        self.spells_of = by(self.spells, "member_id")
        self.states = by(MemberState.objects.all(), "member_id")
        self.exemptions = by(Exemption.objects.all(), "member_id")
        self.fees = by(FeeReduction.objects.all(), "member_id")
        self.absences = by(HandbookAbsence.objects.all(), "member_id")
        self.liaisons = by(Liaison.objects.all(), "member_id")
        self.positions = by(Position.objects.all(), "unit_id")
        self.posts_of = by(Position.objects.exclude(member=None), "member_id")
        self.vacancies = by(Vacancy.objects.all(), "unit_id")
        self.nil_returns = list(NilReturn.objects.all())
        self.ratings = {(row.member_id, row.year): row for row in MemberRating.objects.all()}
        self.unit_ratings = {(row.unit_id, row.year): row for row in UnitRating.objects.all()}
        self.four_goods = {(row.unit_id, row.year) for row in FourGoods.objects.all()}
        self.admissions = [row for row in Admission.objects.all() if row.ceremony_on]
        self.admission_targets = list(AdmissionTarget.objects.all())
        self.trainings = list(Training.objects.all())
        planned = list(Planning.objects.all())
        self.plannings = [row for row in planned if row.step == "approved"]
        self.planning_reviews = [row for row in planned if row.step != "approved"]
        self.disciplines = list(Discipline.objects.all())
        self.suspensions = list(Suspension.objects.all())
        self.unit_disciplines = list(UnitDiscipline.objects.all())
        self.cases = list(Case.objects.all())
        self.meetings = list(Meeting.objects.all())
        self.documents = list(Document.objects.all())
        self.facts = list(UnitFact.objects.all())

    def was(self, unit, day):
        """Return the period of a unit on a day, or None."""
        return next((period for period in self.periods[unit] if holds(period, day)), None)

    def line(self, unit, day):
        """Return the units from `unit` up to the root on a day."""
        found = []
        while unit is not None and (period := self.was(unit, day)):
            found.append(unit)
            unit = period.parent_id
        return found

    def is_beneath(self, unit, top, day):
        """Whether `unit` is `top` or stands beneath it on a day."""
        return top in self.line(unit, day)

    def is_direct(self, unit, day):
        """Whether `unit` stands directly beneath a commune committee on a day."""
        period = self.was(unit, day)
        above = period and period.parent_id and self.was(period.parent_id, day)
        return bool(above) and above.kind == "commune"

    def cell(self, member, day):
        """Return the cell of a member on a day, or None."""
        return next((spell.unit_id for spell in self.spells_of[member] if holds(spell, day)), None)

    def stood(self, member, day):
        """Return the cell in which a fact about a member stands, None for none, and the day of its tree.

        On the day on which a stay ends, and no other begins, both are those of the eve.
        """
        eve = day - timedelta(days=1)
        ended = [spell.unit_id for spell in self.spells_of[member] if spell.ended_on == day]
        if (cell := self.cell(member, day)) or not ended:
            return cell, day
        return ended[0], eve

    def units(self, moment):
        """Return the periods of the units directly beneath a commune committee and beneath the unit asked for."""
        return [
            self.was(unit, moment.as_of)
            for unit in self.periods
            if self.is_direct(unit, moment.as_of) and self.is_beneath(unit, moment.unit.pk, moment.as_of)
        ]

    def people(self, moment, day=None):
        """Return the members beneath the unit asked for."""
        day = day or moment.as_of
        return [
            self.members[spell.member_id]
            for spell in self.spells
            if holds(spell, day) and self.is_beneath(spell.unit_id, moment.unit.pk, day)
        ]

    def state(self, member, moment):
        """Return the levels of a member on the as-of day, or None."""
        return next((state for state in self.states[member.pk] if holds(state, moment.as_of)), None)

    def is_vacant(self, unit, post, moment):
        """Whether somebody has written down that a post is vacant on the as-of day."""
        return any(row.post == post and holds(row, moment.as_of) for row in self.vacancies[unit])

    def holders(self, unit, post, moment):
        """Return the posts of that kind held in a unit on the as-of day."""
        return [row for row in self.positions[unit] if row.post == post and holds(row, moment.as_of)]


def in_period(day, moment):
    """Whether a day lies in the period asked for."""
    return moment.since <= day <= moment.as_of


def units(test):
    """Count the units that pass a test of (world, period, moment)."""
    return lambda world, moment: sum(bool(test(world, period, moment)) for period in world.units(moment))


def kind(*kinds, sector=None):
    """Count units by kind and sector."""
    return units(lambda w, p, m: p.kind in kinds and (sector is None or p.sector == sector))


def cells(test):
    """Count the cells of the as-of day, at any depth, by a test of what each is then."""

    def count(world, moment):
        found = [unit for unit in list(world.periods) if world.is_beneath(unit, moment.unit.pk, moment.as_of)]
        standing = [period for unit in found if (period := world.was(unit, moment.as_of))]
        return sum(period.kind in ("grassroots_cell", "subordinate_cell") and test(period) for period in standing)

    return count


def events(event, *kinds):
    """Count events by kind of event and kind of unit at that time; an ending belongs to the day before."""

    def count(world, moment):
        found = 0
        for row in world.events:
            day = row.day - timedelta(days=1) if row.kind in ("merged", "dissolved") else row.day
            found += (
                row.kind == event
                and in_period(row.day, moment)
                and world.is_direct(row.unit_id, day)
                and world.is_beneath(row.unit_id, moment.unit.pk, day)
                and (not kinds or world.was(row.unit_id, day).kind in kinds)
            )
        return found

    return count


def of_the_list(count):
    """Count at the day of the rating list: the end of the rating year, or the as-of day while it lasts."""
    return lambda world, moment: count(world, replace(moment, as_of=min(moment.as_of, date(moment.year, 12, 31))))


def unit_rated(*levels):
    """Count units of the rating list by their rating of the year."""

    def test(world, period, moment):
        rating = world.unit_ratings.get((period.unit_id, moment.year))
        return rating and rating.level in levels

    return of_the_list(units(test))


def secretary_also(world, unit, moment, *posts):
    """Whether the secretary of a unit holds one of `posts` in it too."""
    others = {row.member_id for post in posts for row in world.holders(unit, post, moment)} - {None}
    return any(row.member_id in others for row in world.holders(unit, "secretary", moment))


def by_member(world, unit, post, moment):
    """Whether a post is held by someone who is a member on the as-of day."""
    return any(row.member_id and world.cell(row.member_id, moment.as_of) for row in world.holders(unit, post, moment))


def agencies(test):
    """Count units of agencies that pass a test of (world, unit, moment)."""
    return units(lambda w, p, m: p.sector != "village" and test(w, p.unit_id, m))


def villages(test):
    """Count village cells that pass a test of (world, unit, moment)."""
    return units(lambda w, p, m: p.sector == "village" and test(w, p.unit_id, m))


def people(test):
    """Count members that pass a test of (world, member, moment)."""
    return lambda world, moment: sum(bool(test(world, member, moment)) for member in world.people(moment))


def level(name, *values):
    """Count members by a dated level."""

    def test(world, member, moment):
        state = world.state(member, moment)
        return state and getattr(state, name) in values

    return people(test)


def aged(youngest, oldest):
    """Count members by completed years."""

    def test(world, member, moment):
        if member.born_on is None:
            return False
        born, day = member.born_on.first_day, moment.as_of
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        return youngest <= years <= oldest

    return people(test)


def covered(name, test):
    """Count members with a fact of `name` that holds on the as-of day and passes a test."""
    return people(lambda w, member, m: any(holds(row, m.as_of) and test(row) for row in getattr(w, name)[member.pk]))


def member_rated(*levels):
    """Count members of the rating list by their rating of the year."""

    def test(world, member, moment):
        rating = world.ratings.get((member.pk, moment.year))
        return rating and rating.level in levels

    return of_the_list(people(test))


def departures(reason):
    """Count stays ended for a reason, by the tree of the day before."""

    def count(world, moment):
        eve = timedelta(days=1)
        return sum(
            spell.end_reason == reason
            and in_period(spell.ended_on, moment)
            and world.is_beneath(spell.unit_id, moment.unit.pk, spell.ended_on - eve)
            for spell in world.spells
        )

    return count


def of_sector(sector):
    """Count members whose cell is of a sector."""
    return people(lambda w, p, m: w.was(w.cell(p.pk, m.as_of), m.as_of).sector == sector)


def received(*kinds):
    """Count stays begun with the cell, where the unit directly beneath the commune was of one of `kinds`."""

    def count(world, moment):
        found = 0
        for spell in world.spells:
            day = spell.started_on
            if spell.start_reason == "received_with_unit" and in_period(day, moment):
                direct = [unit for unit in world.line(spell.unit_id, day) if world.is_direct(unit, day)]
                is_of_kind = any(world.was(unit, day).kind in kinds for unit in direct)
                found += is_of_kind and world.is_beneath(spell.unit_id, moment.unit.pk, day)
        return found

    return count


def admissions(test):
    """Count admissions that pass a test of (admission, member)."""
    return lambda world, moment: sum(
        in_period(row.ceremony_on, moment)
        and world.is_beneath(row.unit_id, moment.unit.pk, row.ceremony_on)
        and bool(test(row, world.members[row.member_id]))
        for row in world.admissions
    )


def admissions_of_year(world, moment):
    """Count the admissions of the calendar year of the as-of day, until that day."""
    return sum(
        row.ceremony_on.year == moment.as_of.year
        and row.ceremony_on <= moment.as_of
        and world.is_beneath(row.unit_id, moment.unit.pk, row.ceremony_on)
        for row in world.admissions
    )


def admissions_of_twelve_months(world, moment):
    """Count the admissions since the same day a year before, that day left out."""
    before = moment.as_of.replace(year=moment.as_of.year - 1)
    return sum(
        before < row.ceremony_on <= moment.as_of and world.is_beneath(row.unit_id, moment.unit.pk, row.ceremony_on)
        for row in world.admissions
    )


def admission_targets(world, moment):
    """Sum the targets of the calendar year of the as-of day."""
    return sum(
        row.target
        for row in world.admission_targets
        if row.year == moment.as_of.year and world.is_beneath(row.unit_id, moment.unit.pk, moment.as_of)
    )


def facts(name, day, test):
    """Return the facts of `name` of the period whose member was beneath the unit on that day."""

    def found(world, moment):
        for row in getattr(world, name):
            when = getattr(row, day)
            cell, tree = world.stood(row.member_id, when)
            if in_period(when, moment) and cell and world.is_beneath(cell, moment.unit.pk, tree) and test(world, row):
                yield row

    return found


def disciplined(test):
    """Return the disciplinary measures whose member was beneath the unit on that day."""
    return facts("disciplines", "decided_on", test)


def persons(rows):
    """Count the people in what `rows` finds."""
    return lambda world, moment: len({row.member_id for row in rows(world, moment)})


def turns(rows):
    """Count what `rows` finds."""
    return lambda world, moment: sum(1 for row in rows(world, moment))


def held_committee_post(world, row):
    """Whether someone held a committee post on the day a course began, on the eve when the stay ended that day."""
    posts = ("secretary", "deputy_secretary", "committee_member")
    day = world.stood(row.member_id, row.began_on)[1]
    return any(post.post in posts and holds(post, day) for post in world.posts_of[row.member_id])


def of_unit(name, day, test, weight=lambda row: 1):
    """Sum the weights of rows that name their unit, by the tree of their own day."""

    def count(world, moment):
        total = 0
        for row in getattr(world, name):
            when = getattr(row, day)
            if in_period(when, moment) and world.is_beneath(row.unit_id, moment.unit.pk, when) and test(world, row):
                total += weight(row)
        return total

    return count


def stated(kind):
    """Count the facts of a kind that hold on the as-of day."""
    return lambda world, moment: sum(
        row.kind == kind and holds(row, moment.as_of) and world.is_beneath(row.unit_id, moment.unit.pk, moment.as_of)
        for row in world.facts
    )


def number_stated(kind):
    """Add up the facts of a kind that hold on the as-of day."""
    return lambda world, moment: sum(
        int(row.value)
        for row in world.facts
        if row.kind == kind and holds(row, moment.as_of) and world.is_beneath(row.unit_id, moment.unit.pk, moment.as_of)
    )


def has_fact(world, unit, kind, moment, value=None):
    """Whether a fact of a kind about a unit holds on the as-of day, one of a value if that is asked."""
    return any(
        row.unit_id == unit and row.kind == kind and holds(row, moment.as_of) and value in (None, row.value)
        for row in world.facts
    )


def has_rules(world, unit, moment):
    """Whether a unit has adopted working rules."""
    return any(
        row.unit_id == unit and row.topic == "working_rules" and not row.issuer and row.issued_on <= moment.as_of
        for row in world.documents
    )


def of_superiors(topic):
    """Count the documents of superiors on a topic, whatever their day, that are kept beneath the unit."""
    return lambda world, moment: sum(
        row.topic == topic
        and bool(row.issuer)
        and row.issued_on <= moment.as_of
        and (topic != "request" or row.issued_on >= moment.since)
        and world.is_beneath(row.unit_id, moment.unit.pk, moment.as_of)
        for row in world.documents
    )


def has_handbook(person, moment):
    """Whether somebody has installed the handbook."""
    return person.handbook_installed_on is not None and person.handbook_installed_on <= moment.as_of


def reasons(world, person, moment):
    """Return why somebody has no handbook, as is written down on the as-of day."""
    return [row.cause for row in world.absences[person.pk] if holds(row, moment.as_of)]


def nobody_else(world, person, moment):
    """Whether the cell of somebody, or one above it, has stated that nobody else has the handbook."""
    line = world.line(world.cell(person.pk, moment.as_of), moment.as_of)
    return any(
        row.register == "handbook" and row.unit_id in line and holds(row, moment.as_of) for row in world.nil_returns
    )


def in_agency(world, person, moment):
    """Whether the cell of somebody is no village cell."""
    return world.was(world.cell(person.pk, moment.as_of), moment.as_of).sector != "village"


def is_introduced(world, person, moment):
    """Whether an introduction of somebody to the place of residence holds."""
    return any(holds(row, moment.as_of) for row in world.liaisons[person.pk])


def in_village(world, row):
    """Whether a meeting was held in a cell that was then a village cell."""
    return world.was(row.unit_id, row.held_on).sector == "village"


def on_probation(world, person, day):
    """Whether somebody is on probation on a day, as far as that is recorded."""
    if person.official_on:
        return person.official_on.first_day > day
    going_on = any(
        row.member_id == person.pk and row.ceremony_on <= day and not row.official_on for row in world.admissions
    )
    return going_on or bool(person.joined_on and person.joined_on.first_day > day.replace(year=day.year - 1))


def minority(member):
    """Whether someone belongs to an ethnic minority."""
    return member.ethnicity not in ("kinh", "foreign")


NAIVE = {
    "units.total": units(lambda w, p, m: True),
    "units.grassroots": kind(*GRASSROOTS),
    "units.grassroots.party_organizations": kind("party_organization"),
    "units.grassroots.cells": kind("grassroots_cell"),
    "units.subordinate_cells": kind("subordinate_cell"),
    "units.subordinate_cells.village": kind("subordinate_cell", sector="village"),
    "units.subordinate_cells.school": kind("subordinate_cell", sector="school"),
    "units.subordinate_cells.health_station": kind("subordinate_cell", sector="health_station"),
    "units.subordinate_cells.other": units(
        lambda w, p, m: p.kind == "subordinate_cell" and p.sector not in ("village", "school", "health_station")
    ),
    "units.sectors.villages": units(lambda w, p, m: p.sector == "village"),
    "units.sectors.public_services": units(lambda w, p, m: p.sector in SERVICES),
    "units.sectors.armed_forces": units(lambda w, p, m: p.sector in ("military", "police")),
    "units.sectors.enterprises": units(lambda w, p, m: p.sector in BUSINESSES),
    "units.sectors.agencies": units(
        lambda w, p, m: p.sector not in ("village", "military", "police", *SERVICES, *BUSINESSES)
    ),
    "units.cells": cells(lambda period: True),
    "units.cells.village": cells(lambda period: period.sector == "village"),
    "units.cells.agency": cells(lambda period: period.sector != "village"),
    "units.received.grassroots": events("received", *GRASSROOTS),
    "units.received.cells": events("received", "subordinate_cell"),
    "units.established.party_organizations": events("established", "party_organization"),
    "units.established.grassroots_cells": events("established", "grassroots_cell"),
    "units.established.subordinate_cells": events("established", "subordinate_cell"),
    "units.renamed": events("renamed", "party_organization"),
    "units.renamed.cells": events("renamed", "grassroots_cell", "subordinate_cell"),
    "units.dissolved": events("dissolved", "grassroots_cell"),
    "units.dissolved.subordinate_cells": events("dissolved", "subordinate_cell"),
    "units.dissolved.party_organizations": events("dissolved", "party_organization"),
    "units.merged": events("merged"),
    "units.four_goods": of_the_list(units(lambda w, p, m: (p.unit_id, m.year) in w.four_goods)),
    "ratings.units.listed": of_the_list(units(lambda w, p, m: True)),
    "ratings.units.rated": unit_rated(*RATED),
    "ratings.units.excellent": unit_rated("excellent"),
    "ratings.units.good": unit_rated("good"),
    "ratings.units.good_or_better": unit_rated("excellent", "good"),
    "ratings.units.fair": unit_rated("fair"),
    "ratings.units.failed": unit_rated("failed"),
    "ratings.members.listed": of_the_list(people(lambda w, p, m: True)),
    "ratings.members.rated": member_rated(*RATED),
    "ratings.members.not_rated": of_the_list(lambda w, m: len(w.people(m)) - member_rated(*RATED)(w, m)),
    "ratings.members.good_or_better": member_rated("excellent", "good"),
    "ratings.members.excellent": member_rated("excellent"),
    "ratings.members.good": member_rated("good"),
    "ratings.members.fair": member_rated("fair"),
    "ratings.members.failed": member_rated("failed"),
    "posts.agency_heads.units": agencies(lambda w, u, m: True),
    "posts.agency_heads.secretary": agencies(lambda w, u, m: secretary_also(w, u, m, "agency_head")),
    "posts.agency_heads.vacant": agencies(lambda w, u, m: w.is_vacant(u, "secretary", m)),
    "posts.agency_heads.other_secretary": agencies(
        lambda w, u, m: (
            w.holders(u, "secretary", m)
            and w.holders(u, "agency_head", m)
            and not secretary_also(w, u, m, "agency_head")
        )
    ),
    "posts.agency_heads.other_reason": agencies(
        lambda w, u, m: w.holders(u, "secretary", m) and w.is_vacant(u, "agency_head", m)
    ),
    "posts.villages.units": villages(lambda w, u, m: True),
    "posts.villages.both_heads_members": villages(
        lambda w, u, m: by_member(w, u, "village_head", m) and by_member(w, u, "front_head", m)
    ),
    "posts.villages.secretary_concurrent": villages(
        lambda w, u, m: secretary_also(w, u, m, "village_head", "front_head")
    ),
    "posts.villages.secretary_village_head": villages(lambda w, u, m: secretary_also(w, u, m, "village_head")),
    "posts.villages.secretary_front_head": villages(lambda w, u, m: secretary_also(w, u, m, "front_head")),
    "posts.villages.heads": villages(lambda w, u, m: w.holders(u, "village_head", m)),
    "posts.villages.head_members": villages(lambda w, u, m: by_member(w, u, "village_head", m)),
    "posts.villages.front_heads": villages(lambda w, u, m: w.holders(u, "front_head", m)),
    "posts.villages.front_head_members": villages(lambda w, u, m: by_member(w, u, "front_head", m)),
    "members.police": of_sector("police"),
    "members.military": of_sector("military"),
    "members.received.grassroots": received(*GRASSROOTS),
    "members.received.cells": received("subordinate_cell"),
    "members.total": people(lambda w, p, m: True),
    "members.increase": lambda w, m: len(w.people(m)) - len(w.people(m, m.since)),
    "members.probationary": people(lambda w, p, m: on_probation(w, p, m.as_of)),
    "members.education.primary": level("education", "primary"),
    "members.education.lower_secondary": level("education", "lower_secondary"),
    "members.education.upper_secondary": level("education", "upper_secondary"),
    "members.qualification.elementary": level("qualification", "elementary"),
    "members.qualification.intermediate": level("qualification", "intermediate"),
    "members.qualification.college": level("qualification", "college"),
    "members.qualification.university": level("qualification", "university"),
    "members.qualification.master": level("qualification", "master"),
    "members.theory.elementary": level("theory", "elementary"),
    "members.theory.intermediate": level("theory", "intermediate"),
    "members.theory.advanced": level("theory", "advanced", "bachelor"),
    "members.female": people(lambda w, p, m: p.gender == "female"),
    "members.male": people(lambda w, p, m: p.gender == "male"),
    "members.kinh": people(lambda w, p, m: p.ethnicity == "kinh"),
    "members.working": people(
        lambda w, p, m: (state := w.state(p, m)) and state.occupation not in ("", "retired", "stopped")
    ),
    "members.retired": level("occupation", "retired", "stopped"),
    "members.age.18_30": aged(18, 30),
    "members.age.31_35": aged(31, 35),
    "members.age.36_40": aged(36, 40),
    "members.age.41_45": aged(41, 45),
    "members.age.46_50": aged(46, 50),
    "members.age.51_60": aged(51, 60),
    "members.age.over_60": aged(61, 999),
    "members.ethnic_minority": people(lambda w, p, m: minority(p)),
    "members.religious": people(lambda w, p, m: p.religion not in ("", "none")),
    "members.exempt.age_health": covered("exemptions", lambda row: row.kind == "age_health"),
    "members.exempt.other": covered("exemptions", lambda row: row.kind == "other"),
    "members.struck_off": departures("struck_off"),
    "members.expelled": departures("expelled"),
    "members.resigned": departures("resigned"),
    "members.handbook": people(lambda w, p, m: has_handbook(p, m)),
    "members.without_handbook": people(
        lambda w, p, m: not has_handbook(p, m) and (reasons(w, p, m) or nobody_else(w, p, m))
    ),
    **{
        f"members.no_handbook.{reason}": people(
            lambda w, p, m, reason=reason: not has_handbook(p, m) and reason in reasons(w, p, m)
        )
        for reason in ("no_smartphone", "age_health", "no_network", "exempt", "other")
    },
    "members.agencies": people(in_agency),
    "members.liaison": people(lambda w, p, m: in_agency(w, p, m) and is_introduced(w, p, m)),
    "members.fee.exempt": covered("fees", lambda row: row.kind == "exempt"),
    "members.fee.reduced": covered("fees", lambda row: row.kind != "exempt"),
    "admissions.total": admissions(lambda row, person: True),
    "admissions.female": admissions(lambda row, person: person.gender == "female"),
    "admissions.youth_union": admissions(lambda row, person: row.youth_union),
    "admissions.rural": admissions(lambda row, person: row.rural),
    "admissions.civil_servants": admissions(lambda row, person: row.occupation in CIVIL),
    "admissions.ethnic_minority": admissions(lambda row, person: minority(person)),
    "admissions.again": admissions(lambda row, person: row.again),
    "admissions.share": admissions(lambda row, person: True),
    "admissions.year": admissions_of_year,
    "admissions.twelve_months": admissions_of_twelve_months,
    "admissions.target": admission_targets,
    "training.committee_members": persons(
        facts(
            "trainings",
            "began_on",
            lambda w, row: held_committee_post(w, row) and not row.program.startswith("theory_"),
        )
    ),
    "planning.total": turns(facts("plannings", "approved_on", lambda w, row: True)),
    **{
        f"planning.{post}": turns(facts("plannings", "approved_on", lambda w, row, post=post: row.post == post))
        for post in (
            "executive_committee",
            "standing_committee",
            "council_vice_chair",
            "government_vice_chair",
            "unit_leaders",
        )
    },
    **{
        f"planning.{step}": turns(facts("planning_reviews", "approved_on", lambda w, row, step=step: row.step == step))
        for step in ("reviewed", "removed")
    },
    "meetings.expected.village": of_unit("meetings", "held_on", in_village, lambda row: row.expected),
    "meetings.attendance.village": of_unit("meetings", "held_on", in_village, lambda row: row.present),
    "meetings.expected.agency": of_unit(
        "meetings", "held_on", lambda w, row: not in_village(w, row), lambda row: row.expected
    ),
    "meetings.attendance.agency": of_unit(
        "meetings", "held_on", lambda w, row: not in_village(w, row), lambda row: row.present
    ),
    "discipline.members.total": persons(disciplined(lambda w, row: True)),
    **{
        f"discipline.members.{code}": persons(disciplined(lambda w, row, form=form: row.form == form))
        for code, form in (
            ("reprimanded", "reprimand"),
            ("warned", "warning"),
            ("dismissed", "dismissal"),
            ("expelled", "expulsion"),
        )
    },
    "documents.issued": of_unit(
        "documents", "issued_on", lambda w, row: row.implements == "21-NQ/TW" and not row.issuer
    ),
    "facts.area": stated("area"),
    "facts.population": stated("population"),
    "facts.peoples": stated("peoples"),
    "facts.ethnic_shares": stated("ethnic_share"),
    "facts.coverage": stated("coverage"),
    "units.bank_accounts": units(lambda w, p, m: has_fact(w, p.unit_id, "bank_account", m)),
    "units.villages.offline": villages(lambda w, u, m: has_fact(w, u, "internet", m, value=0)),
    **{
        f"not_admitted.{kind}": number_stated(kind)
        for kind in ("working_away", "schooling", "population_policy", "marriage_law", "political_history")
    },
    "units.overseen": units(lambda w, p, m: w.holders(p.unit_id, "overseer", m)),
    "units.working_rules": units(lambda w, p, m: has_rules(w, p.unit_id, m)),
    **{
        f"screening.{kind}": of_unit(
            "facts", "started_on", lambda w, row, kind=kind: row.kind == kind, lambda row: int(row.value)
        )
        for kind in ("screened", "helped", "progressed", "not_progressed")
    },
    **{f"documents.superior.{topic}": of_superiors(topic) for topic in TOPICS},
    **{
        f"documents.own.{topic}": of_unit(
            "documents", "issued_on", lambda w, row, topic=topic: row.topic == topic and not row.issuer
        )
        for topic in TOPICS
    },
}
