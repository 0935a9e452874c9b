"""The figures that only the forms of statistics print, once more by plain loops."""

from datetime import date, timedelta

from members.models import Badge
from tests.reports.naive import (
    RATED,
    World,
    admissions,
    aged,
    facts,
    holds,
    in_period,
    level,
    of_the_list,
    on_probation,
    people,
    turns,
)
from tests.reports.naive_annexes import PROGRAMS
from tests.reports.naive_officials import NAIVE_OFFICIALS

ENTERPRISES = ("enterprise_manager", "enterprise_staff", "enterprise_worker")
OCCUPATIONS = {
    **{
        code: (code,)
        for code in (
            *("state_agency", "party_agency", "village_part_time", "public_service", "private_service"),
            *("enterprise_manager", "enterprise_staff", "enterprise_worker", "farmer", "armed_forces"),
            *("student", "pupil", "other"),
        )
    },
    "commune": ("commune_official", "commune_part_time"),
}
AGES = {
    "18_30": (18, 30),
    "31_35": (31, 35),
    "36_40": (36, 40),
    "41_45": (41, 45),
    "46_50": (46, 50),
    "51_55": (51, 55),
    "56_60": (56, 60),
    "over_60": (61, 999),
}
QUALIFICATIONS = ("elementary", "intermediate", "college", "university", "master")
DOCTORS = ("doctor", "doctor_of_science")
PEOPLES = (
    *("kinh", "tay", "thai", "hoa", "khmer", "muong", "nung", "mong", "dao", "gia_rai", "ngai", "e_de", "ba_na"),
    *("xo_dang", "san_chay", "co_ho", "cham", "san_diu", "hre", "mnong", "raglay", "xtieng", "bru_van_kieu", "tho"),
    *("giay", "co_tu", "gie_trieng", "ma", "kho_mu", "co", "ta_oi", "cho_ro", "khang", "xinh_mun", "ha_nhi"),
    *("chu_ru", "lao", "la_chi", "la_ha", "phu_la", "la_hu", "lu", "lo_lo", "chut", "mang", "pa_then", "co_lao"),
    *("cong", "bo_y", "si_la", "pu_peo", "brau", "o_du", "ro_mam", "other", "foreign"),
)
RELIGIONS = ("buddhism", "catholicism", "hoa_hao", "cao_dai", "protestantism", "islam")


def joined(first, last):
    """Count members by the day they joined the Party, both days included."""
    return people(lambda w, p, m: p.joined_on is not None and first <= p.joined_on.first_day <= last)


def admitted(test):
    """Count admissions that pass a test of (world, admission, member)."""
    return lambda world, moment: admissions(lambda row, person: test(world, row, person))(world, moment)


def admitted_aged(youngest, oldest):
    """Count admissions by completed years on the day of the ceremony."""

    def test(world, row, person):
        if person.born_on is None:
            return False
        born, day = person.born_on.first_day, row.ceremony_on
        return youngest <= day.year - born.year - ((day.month, day.day) < (born.month, born.day)) <= oldest

    return admitted(test)


def admitted_level(name, *values):
    """Count admissions by a level held on the day of the ceremony."""
    return admitted(
        lambda w, row, person: any(
            holds(state, row.ceremony_on) and getattr(state, name) in values for state in w.states[person.pk]
        )
    )


def admitting(kind):
    """Count units of a kind beneath which somebody was admitted in the period."""

    def count(world, moment):
        return sum(
            period.kind == kind
            and any(
                in_period(row.ceremony_on, moment) and world.is_beneath(row.unit_id, period.unit_id, row.ceremony_on)
                for row in world.admissions
            )
            for period in world.units(moment)
        )

    return count


def struck_off_on_probation(world, moment):
    """Count those struck off before they were official, by the tree of the day before."""
    found = 0
    for spell in world.spells:
        if spell.end_reason == "struck_off" and in_period(spell.ended_on, moment):
            beneath = world.is_beneath(spell.unit_id, moment.unit.pk, spell.ended_on - timedelta(days=1))
            found += beneath and on_probation(world, world.members[spell.member_id], spell.ended_on)
    return found


def grouped(count):
    """Return the counts of all peoples and religions and of their women; `count` counts people by a test."""
    tests = {f"people.{code}": lambda person, code=code: person.ethnicity == code for code in PEOPLES}
    tests |= {f"religion.{code}": lambda person, code=code: person.religion == code for code in RELIGIONS}
    tests["religion.other"] = lambda person: person.religion not in ("", "none", *RELIGIONS)
    found = {code: count(test) for code, test in tests.items()}
    tests["religious"] = lambda person: person.religion not in ("", "none")
    for code, test in tests.items():
        found[f"{code}.female"] = count(lambda person, test=test: person.gender == "female" and test(person))
    return found


def nested(world, moment):
    """Return the periods of the units beneath a party organization (or a departmental one)."""
    for unit in world.periods:
        period = world.was(unit, moment.as_of)
        above = period and period.parent_id and world.was(period.parent_id, moment.as_of)
        beneath = above and above.kind in ("party_organization", "departmental")
        if beneath and world.is_beneath(unit, moment.unit.pk, moment.as_of):
            yield period


def rated_units(kind, found, test):
    """Count the units of a kind among those `found` whose rating of the year (or None) passes a test."""
    return of_the_list(
        lambda world, moment: sum(
            period.kind == kind and bool(test(world.unit_ratings.get((period.unit_id, moment.year))))
            for period in found(world, moment)
        )
    )


def unit_ratings():
    """Return the counts of ratings of every kind of organization."""
    kinds = {
        "party_organizations": ("party_organization", World.units),
        "grassroots_cells": ("grassroots_cell", World.units),
        "departmental": ("departmental", nested),
        "direct_cells": ("subordinate_cell", World.units),
        "nested_cells": ("subordinate_cell", nested),
    }
    tests = {
        "total": lambda row: True,
        "rated": lambda row: row and row.level,
        "not_rated": lambda row: not (row and row.level),
        "new": lambda row: row and row.not_rated == "new",
        **{grade: lambda row, grade=grade: row and row.level == grade for grade in RATED},
    }
    return {
        f"ratings.{code}.{name}": rated_units(*kind, test)
        for code, kind in kinds.items()
        for name, test in tests.items()
    }


def unrated(test):
    """Count members by their rating of the year, or None."""
    return of_the_list(people(lambda w, p, m: test(w.ratings.get((p.pk, m.year)))))


def badges(test):
    """Count badges given in the period, of the dead where they were last."""

    def count(world, moment):
        found = 0
        for row in Badge.objects.all():
            cell, day = world.stood(row.member_id, row.awarded_on)
            for spell in world.spells_of[row.member_id]:
                if cell is None and spell.end_reason == "died" and spell.ended_on <= row.awarded_on:
                    day, cell = spell.ended_on - timedelta(days=1), spell.unit_id
            beneath = cell and world.is_beneath(cell, moment.unit.pk, day)
            found += bool(beneath and in_period(row.awarded_on, moment) and test(row))
        return found

    return count


def cards(world, moment):
    """Count people whose card was issued in the period."""
    found = 0
    for person in world.members.values():
        day = person.card_issued_on
        cell, tree = world.stood(person.pk, day) if day and in_period(day, moment) else (None, None)
        found += bool(cell and world.is_beneath(cell, moment.unit.pk, tree))
    return found


def studied(test):
    """Count turns of everybody in courses by programme."""
    return turns(facts("trainings", "began_on", lambda w, row: test(row.program)))


def of_members(test):
    """Count members by a test of the person."""
    return people(lambda w, person, m: test(person))


def of_admitted(test):
    """Count admissions by a test of the person."""
    return admissions(lambda row, person: test(person))


NAIVE_STATISTICS = {
    **NAIVE_OFFICIALS,
    **{f"members.occupation.{code}": level("occupation", *codes) for code, codes in OCCUPATIONS.items()},
    "members.enterprises": level("occupation", *ENTERPRISES),
    "members.retired.exempt": people(
        lambda w, p, m: (
            (state := w.state(p, m))
            and state.occupation in ("retired", "stopped")
            and any(holds(row, m.as_of) for row in w.exemptions[p.pk])
        )
    ),
    "members.age.51_55": aged(51, 55),
    "members.age.56_60": aged(56, 60),
    "members.joined.1945": joined(date.min, date(1945, 8, 18)),
    "members.joined.1954": joined(date(1945, 8, 19), date(1954, 7, 20)),
    "members.joined.1975": joined(date(1954, 7, 21), date(1975, 4, 30)),
    "members.joined.since_1975": joined(date(1975, 5, 1), date.max),
    "members.education.illiterate": level("education", "illiterate"),
    "members.qualification.none": level("qualification", "none"),
    "members.theory.none": level("theory", "none"),
    "members.age.under_18": aged(-1, 17),
    "members.education.literate": level("education", "literate"),
    "members.qualification.doctor": level("qualification", *DOCTORS),
    **{f"members.title.{code}": level("academic_title", code) for code in ("associate_professor", "professor")},
    "members.struck_off.probationary": struck_off_on_probation,
    "admissions.religious": of_admitted(lambda person: person.religion not in ("", "none")),
    **{
        f"admissions.occupation.{code}": admitted(lambda w, row, person, codes=codes: row.occupation in codes)
        for code, codes in OCCUPATIONS.items()
    },
    "admissions.enterprises": admitted(lambda w, row, person: row.occupation in ENTERPRISES),
    **{f"admissions.age.{code}": admitted_aged(*years) for code, years in AGES.items()},
    **{
        f"admissions.education.{code}": admitted(lambda w, row, person, code=code: row.education == code)
        for code in ("literate", "primary", "lower_secondary", "upper_secondary")
    },
    **{f"admissions.qualification.{code}": admitted_level("qualification", code) for code in QUALIFICATIONS},
    "admissions.qualification.doctor": admitted_level("qualification", *DOCTORS),
    **{
        f"admissions.title.{code}": admitted_level("academic_title", code)
        for code in ("associate_professor", "professor")
    },
    "units.admitting.party_organizations": admitting("party_organization"),
    "units.admitting.cells": admitting("grassroots_cell"),
    **{f"admissions.{code}": count for code, count in grouped(of_admitted).items()},
    **{f"members.{code}": count for code, count in grouped(of_members).items()},
    **unit_ratings(),
    "badges.total": badges(lambda row: True),
    "badges.posthumous": badges(lambda row: row.posthumous),
    **{
        f"badges.{years}": badges(lambda row, years=years: row.years == years)
        for years in (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
    },
    "cards.issued": cards,
    "courses.total": studied(lambda program: True),
    "courses.theory": studied(lambda program: program.startswith("theory")),
    "courses.theory_intermediate": studied(lambda program: "intermediate" in program),
    "courses.theory_advanced": studied(lambda program: "advanced" in program),
    "courses.skills": studied(lambda program: not program.startswith("theory")),
    **{f"courses.{code}": studied(lambda program, code=code: program == code) for code in PROGRAMS},
    "ratings.members.exempt": unrated(lambda row: row and row.not_rated == "exempt"),
    "ratings.members.new": unrated(lambda row: row and row.not_rated == "new"),
    "ratings.members.suspended": unrated(lambda row: row and row.not_rated == "suspended"),
    "ratings.members.pending": unrated(lambda row: not row or (not row.level and row.not_rated != "exempt")),
}
