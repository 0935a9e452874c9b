"""Of whom every register says nothing, once more by plain loops."""

from datetime import date, timedelta

from tests.reports.naive import (
    TOPICS,
    agencies,
    has_fact,
    has_handbook,
    has_rules,
    holds,
    in_agency,
    in_period,
    is_introduced,
    nobody_else,
    of_the_list,
    on_probation,
    people,
    reasons,
    units,
    villages,
)
from tests.reports.naive_officials import UNKNOWN_OF_OFFICIALS

CELLS = ("grassroots_cell", "subordinate_cell")
DAY = timedelta(days=1)


def unknown(field):
    """Count members without a level on the as-of day."""
    return people(lambda w, p, m: not ((state := w.state(p, m)) and getattr(state, field)))


def is_stated(world, unit, register, first, last):
    """Whether every day of a span is covered by what the unit, or one above it on the last day, has stated."""
    line = world.line(unit, last)
    rows = [row for row in world.nil_returns if row.register == register and row.unit_id in line]
    began = min(period.started_on for period in world.periods[unit])
    day = max(first, began)
    while day <= last:
        if not any(holds(row, day) for row in rows):
            return False
        day += DAY
    return bool(rows) and any(holds(row, max(first, began)) for row in rows)


def cells(world, moment):
    """Return the cells beneath the unit asked for."""
    day = moment.as_of
    return [
        unit
        for unit in list(world.periods)
        if (was := world.was(unit, day)) and was.kind in CELLS and world.is_beneath(unit, moment.unit.pk, day)
    ]


def not_stated(register, span):
    """Count the cells for which nobody has stated a register."""
    return lambda w, m: sum(not is_stated(w, unit, register, *span(m)) for unit in cells(w, m))


def period(moment):
    """Return the days of the period."""
    return moment.since, moment.as_of


def year(moment):
    """Return the days of the calendar year so far."""
    return date(moment.as_of.year, 1, 1), moment.as_of


def twelve_months(moment):
    """Return the days of the year that ends with the as-of day."""
    return moment.as_of.replace(year=moment.as_of.year - 1) + DAY, moment.as_of


def on_day(moment):
    """Return the as-of day."""
    return moment.as_of, moment.as_of


def rating_day(moment):
    """Return the day of the rating list."""
    day = min(moment.as_of, date(moment.year, 12, 31))
    return day, day


def no_official_day(world, person, moment):
    """Whether nothing tells if the probation of somebody is over."""
    return not person.official_on and not on_probation(world, person, moment.as_of)


def no_official_day_of_struck_off(world, moment):
    """Count those struck off in the period of whom nothing tells if they were on probation."""
    found = 0
    for spell in world.spells:
        person = world.members[spell.member_id]
        if spell.end_reason == "struck_off" and in_period(spell.ended_on, moment) and not person.official_on:
            beneath = world.is_beneath(spell.unit_id, moment.unit.pk, spell.ended_on - DAY)
            found += beneath and not on_probation(world, person, spell.ended_on)
    return found


def no_admission(span):
    """Count members who joined here within a span without an admission."""

    def test(world, person, moment):
        first, last = span(moment)
        joined = person.joined_on
        if joined is None or any(row.member_id == person.pk for row in world.admissions):
            return False
        known_in_part = len(joined.iso) < 10 and first.isoformat().startswith(joined.iso)
        is_within = known_in_part or first <= joined.first_day <= last
        came = [row for row in world.spells_of[person.pk] if row.start_reason.startswith("transferred_in")]
        return is_within and not any(row.started_on.isoformat() >= joined.iso for row in came)

    return people(test)


def free_of_fee(world, person, moment):
    """Whether somebody has fifty years in the Party, was never out, and nothing is written of the fee."""
    start = person.decided_on or person.joined_on
    is_old = start and start.first_day <= moment.as_of.replace(year=moment.as_of.year - 50)
    is_official = person.official_on and person.official_on.first_day <= moment.as_of
    past = [row for row in world.spells_of[person.pk] if row.ended_on <= moment.as_of]
    was_out = any(row.end_reason in ("struck_off", "expelled", "resigned") for row in past)
    return is_old and is_official and not was_out and not any(holds(row, moment.as_of) for row in world.fees[person.pk])


def of_admitted(test):
    """Count admissions of the period by a test of (world, admission, person)."""
    return lambda w, m: sum(
        in_period(row.ceremony_on, m)
        and w.is_beneath(row.unit_id, m.unit.pk, row.ceremony_on)
        and bool(test(w, row, w.members[row.member_id]))
        for row in w.admissions
    )


def level_at_ceremony(field):
    """Count admissions of people without a level on the day of the ceremony."""
    return of_admitted(
        lambda w, row, p: (
            not any(holds(state, row.ceremony_on) and getattr(state, field) for state in w.states[row.member_id])
        )
    )


def no_row(world, unit, post, moment):
    """Whether it is written neither who holds a post nor that it is vacant."""
    return not world.holders(unit, post, moment) and not world.is_vacant(unit, post, moment)


def in_villages(*posts):
    """Count villages where one of the posts is not written down."""
    return villages(lambda w, u, m: any(no_row(w, u, post, m) for post in posts))


def lacks_a_meeting(world, unit, moment):
    """Whether a cell has no meeting in the period, or in a month within it that began after the cell did."""
    held = [row.held_on for row in world.meetings if row.unit_id == unit and in_period(row.held_on, moment)]
    began = min(period.started_on for period in world.periods[unit])
    day = moment.since
    while day <= moment.as_of:
        following = (day.replace(day=1) + 31 * DAY).replace(day=1)
        is_whole = day.day == 1 and following - DAY <= moment.as_of and began < day
        if is_whole and not any(day <= on < following for on in held):
            return True
        day = following
    return not held


def no_meeting(is_village):
    """Count cells that lack a meeting, in villages or elsewhere."""
    return lambda w, m: sum(
        (w.was(unit, m.as_of).sector == "village") == is_village and lacks_a_meeting(w, unit, m) for unit in cells(w, m)
    )


def no_reason_why_nobody_is_admitted(world, moment):
    """Count village cells for which neither they nor any unit above states why people cannot be admitted."""
    kinds = ("working_away", "schooling", "population_policy", "marriage_law", "political_history")
    return sum(
        world.was(unit, moment.as_of).sector == "village"
        and not any(has_fact(world, above, kind, moment) for above in world.line(unit, moment.as_of) for kind in kinds)
        for unit in cells(world, moment)
    )


def nested(world, moment):
    """Return the units beneath party organizations and beneath the unit asked for."""
    found = []
    for unit in list(world.periods):
        was = world.was(unit, moment.as_of)
        above = was and was.parent_id and world.was(was.parent_id, moment.as_of)
        is_nested = above and above.kind in ("party_organization", "departmental")
        if is_nested and world.is_beneath(unit, moment.unit.pk, moment.as_of):
            found.append(unit)
    return found


def communes(test):
    """Count the communes beneath the unit asked for that fail a test of (world, unit, moment)."""

    def count(world, moment):
        found = 0
        for unit in list(world.periods):
            was = world.was(unit, moment.as_of)
            is_asked = was and was.kind == "commune" and world.is_beneath(unit, moment.unit.pk, moment.as_of)
            found += bool(is_asked) and not test(world, unit, moment)
        return found

    return count


def has_document(topic):
    """Whether a commune keeps a document of a superior on a topic, or it is stated that there are no others."""

    def test(world, unit, moment):
        kept = any(
            row.unit_id == unit
            and row.topic == topic
            and row.issuer
            and row.issued_on <= moment.as_of
            and (topic != "request" or row.issued_on >= moment.since)
            for row in world.documents
        )
        return kept or is_stated(world, unit, "superior_documents", *on_day(moment))

    return test


def without(kind):
    """Count communes without a fact of a kind."""
    return communes(lambda w, unit, m: has_fact(w, unit, kind, m))


NAIVE_REGISTERS = {
    **UNKNOWN_OF_OFFICIALS,
    "area": without("area"),
    "population": without("population"),
    "ethnic_shares": without("ethnic_share"),
    "coverage": without("coverage"),
    "peoples": without("peoples"),
    **{f"superior.{topic}": communes(has_document(topic)) for topic in TOPICS},
    "overseen": units(lambda w, p, m: not w.holders(p.unit_id, "overseer", m)),
    "internet": villages(lambda w, u, m: not has_fact(w, u, "internet", m)),
    "not_admitted": no_reason_why_nobody_is_admitted,
    "bank_accounts": units(lambda w, p, m: not has_fact(w, p.unit_id, "bank_account", m)),
    "working_rules": units(lambda w, p, m: not has_rules(w, p.unit_id, m)),
    "education": unknown("education"),
    "qualification": unknown("qualification"),
    "theory": unknown("theory"),
    "occupation": unknown("occupation"),
    "academic_title": unknown("academic_title"),
    "born_on": people(lambda w, p, m: p.born_on is None),
    "joined_on": people(lambda w, p, m: p.joined_on is None),
    "official_on": people(no_official_day),
    "official_of_struck_off": no_official_day_of_struck_off,
    "religion": people(lambda w, p, m: p.religion == ""),
    "card_issued_on": people(lambda w, p, m: p.card_number and not p.card_issued_on),
    "handbook": people(lambda w, p, m: not has_handbook(p, m) and not reasons(w, p, m) and not nobody_else(w, p, m)),
    "no_handbook_reason": people(
        lambda w, p, m: not has_handbook(p, m) and not reasons(w, p, m) and nobody_else(w, p, m)
    ),
    "liaison": people(lambda w, p, m: in_agency(w, p, m) and not is_introduced(w, p, m)),
    "free_of_fee": people(free_of_fee),
    "admission": no_admission(period),
    "admission_of_year": no_admission(year),
    "admission_of_twelve_months": no_admission(twelve_months),
    "admitted_religion": of_admitted(lambda w, row, p: p.religion == ""),
    "admitted_born_on": of_admitted(lambda w, row, p: p.born_on is None),
    "admitted_occupation": of_admitted(lambda w, row, p: not row.occupation),
    "admitted_education": of_admitted(lambda w, row, p: not row.education),
    "admitted_qualification": level_at_ceremony("qualification"),
    "admitted_title": level_at_ceremony("academic_title"),
    "member_ratings": of_the_list(people(lambda w, p, m: (p.pk, m.year) not in w.ratings)),
    "unit_ratings": of_the_list(units(lambda w, p, m: (p.unit_id, m.year) not in w.unit_ratings)),
    "nested_ratings": of_the_list(lambda w, m: sum((unit, m.year) not in w.unit_ratings for unit in nested(w, m))),
    "agency_heads": agencies(
        lambda w, u, m: (
            no_row(w, u, "secretary", m) or (w.holders(u, "secretary", m) and no_row(w, u, "agency_head", m))
        )
    ),
    "secretaries": agencies(lambda w, u, m: no_row(w, u, "secretary", m)),
    "village_heads": in_villages("village_head"),
    "front_heads": in_villages("front_head"),
    "both_heads": in_villages("village_head", "front_head"),
    "village_secretaries": in_villages("secretary", "village_head", "front_head"),
    "secretary_village_heads": in_villages("secretary", "village_head"),
    "secretary_front_heads": in_villages("secretary", "front_head"),
    "meetings.village": no_meeting(True),
    "meetings.agency": no_meeting(False),
    **{
        register: not_stated(register, period)
        for register in (
            *("admissions", "departures", "discipline", "trainings", "badges", "plannings", "cases"),
            *("unit_discipline", "unit_events", "documents", "screening"),
        )
    },
    "admissions_of_year": not_stated("admissions", year),
    "admissions_of_twelve_months": not_stated("admissions", twelve_months),
    "exemptions": not_stated("exemptions", on_day),
    "fee_relief": not_stated("fee_relief", on_day),
    "four_goods": not_stated("four_goods", rating_day),
}
