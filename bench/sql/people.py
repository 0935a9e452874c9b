"""Scans of people: the members of a day, who came, who left, and what was decided about them."""

from itertools import pairwise

from assessments.choices import GOOD_OR_BETTER
from members.choices import (
    CIVIL_SERVANTS,
    COMMITTEE_POSTS,
    SKILL_PROGRAMS,
    THEORY_PROGRAMS,
    WORKING,
    NoHandbookReason,
    PlanningPost,
    Program,
    Violation,
)
from members.ethnicity import MINORITIES

from .pieces import LISTED, Statement, among, each, holds, holds_before, in_period, tree

AGES = (18, 31, 36, 41, 46, 51, 61)
"""The first year of each age band; the last band has no end."""

LEVELS = {
    "education": ("primary", "lower_secondary", "upper_secondary"),
    "qualification": ("elementary", "intermediate", "college", "university", "master"),
    "theory": ("elementary", "intermediate"),
}


def aged(youngest, beyond=None):
    """Return the SQL condition of an age from `youngest` to the year before `beyond`."""
    limit = f" AND m.born_on > %(born_{beyond})s" if beyond else ""
    return f"m.born_on <= %(born_{youngest})s{limit}"


NOT_INSTALLED = "(m.handbook_installed_on IS NULL OR m.handbook_installed_on > %(as_of)s)"
NOBODY_ELSE = (
    "EXISTS (SELECT 1 FROM assessments_nilreturn n JOIN organizations_ancestry line ON line.ancestor_id = n.unit_id "
    f"AND {holds('line')} WHERE line.unit_id = s.unit_id AND n.register = 'handbook' AND {holds('n')})"
)
OF_VILLAGE = (
    "EXISTS (SELECT 1 FROM organizations_unitperiod q WHERE q.unit_id = s.unit_id "
    f"AND q.sector = 'village' AND {holds('q')})"
)
"""Conditions on the stay `s` of the member `m`: no handbook yet, as is stated; a village cell."""


def absence(reason=None):
    """Return the condition that a reason for having no handbook is written down: any, or this one."""
    which = f" AND w.cause = '{reason}'" if reason else ""
    return f"EXISTS (SELECT 1 FROM members_handbookabsence w WHERE w.member_id = s.member_id AND {holds('w')}{which})"


MEMBERS = Statement(
    f"members_spell s {tree('s.unit_id')} JOIN members_member m ON m.id = s.member_id "
    f"LEFT JOIN members_memberstate l ON l.member_id = s.member_id AND {holds('l')} "
    f"LEFT JOIN members_exemption x ON x.member_id = s.member_id AND {holds('x')} "
    f"LEFT JOIN members_feereduction f ON f.member_id = s.member_id AND {holds('f')} "
    f"WHERE {holds('s')}",
    each(
        {
            "members.total": "",
            **{
                f"members.{sector}": "EXISTS (SELECT 1 FROM organizations_unitperiod q WHERE q.unit_id = s.unit_id "
                f"AND q.sector = '{sector}' AND {holds('q')})"
                for sector in ("police", "military")
            },
            "members.probationary": "m.official_on > %(as_of)s OR m.official_on IS NULL AND EXISTS (SELECT 1 "
            "FROM members_admission a WHERE a.member_id = m.id AND a.ceremony_on <= %(as_of)s "
            "AND a.official_on IS NULL)",  # nobody has a day of joining here
            **{
                f"members.{column}.{level}": f"l.{column} = '{level}'"
                for column, levels in LEVELS.items()
                for level in levels
            },
            "members.theory.advanced": "l.theory IN ('advanced', 'bachelor')",
            "members.female": "m.gender = 'female'",
            "members.male": "m.gender = 'male'",
            "members.kinh": "m.ethnicity = 'kinh'",
            "members.working": f"l.occupation IN {among(WORKING)}",
            "members.retired": "l.occupation IN ('retired', 'stopped')",
            **{f"members.age.{youngest}_{beyond - 1}": aged(youngest, beyond) for youngest, beyond in pairwise(AGES)},
            "members.age.over_60": aged(61),
            "members.ethnic_minority": f"m.ethnicity IN {among(MINORITIES)}",
            "members.religious": "m.religion NOT IN ('', 'none')",
            "members.exempt.age_health": "x.kind = 'age_health'",
            "members.exempt.other": "x.kind = 'other'",
            "members.handbook": "m.handbook_installed_on <= %(as_of)s",
            "members.without_handbook": f"{NOT_INSTALLED} AND ({absence()} OR {NOBODY_ELSE})",
            **{
                f"members.no_handbook.{reason}": f"{NOT_INSTALLED} AND {absence(reason)}" for reason in NoHandbookReason
            },
            "members.agencies": f"NOT {OF_VILLAGE}",
            "members.liaison": f"NOT {OF_VILLAGE} AND EXISTS (SELECT 1 FROM members_liaison i "
            f"WHERE i.member_id = s.member_id AND {holds('i')})",
            "members.fee.exempt": "f.kind = 'exempt'",
            "members.fee.reduced": "f.kind <> 'exempt'",
        }
    ),
)

RATED = Statement(
    f"members_spell s {tree('s.unit_id', LISTED)} "
    "LEFT JOIN assessments_memberrating r ON r.member_id = s.member_id AND r.year = %(year)s "
    f"WHERE {holds('s', LISTED)}",
    each(
        {
            "ratings.members.listed": "",
            "ratings.members.rated": "r.level <> ''",
            "ratings.members.not_rated": "r.id IS NULL OR r.level = ''",
            "ratings.members.good_or_better": f"r.level IN {among(GOOD_OR_BETTER)}",
            **{f"ratings.members.{level}": f"r.level = '{level}'" for level in ("excellent", "good", "fair", "failed")},
        }
    ),
)
"""The members of the reference day of the rating year."""

SINCE = Statement(
    f"members_spell s {tree('s.unit_id', '%(since)s')} WHERE {holds('s', '%(since)s')}",
    each({"members.increase": ""}),
)
"""The members of the since day; what the total grew by is found from it."""

DEPARTURES = Statement(
    f"members_spell s JOIN organizations_ancestry a ON a.unit_id = s.unit_id AND {holds_before('a', 's.ended_on')} "
    f"WHERE {in_period('s.ended_on')}",
    each(
        {
            "members.left_party": "s.end_reason IN ('expelled', 'struck_off', 'resigned')",
            **{f"members.{reason}": f"s.end_reason = '{reason}'" for reason in ("expelled", "struck_off", "resigned")},
        }
    ),
)

ADMISSIONS = Statement(
    f"members_admission n {tree('n.unit_id', 'n.ceremony_on')} JOIN members_member m ON m.id = n.member_id "
    f"WHERE {in_period('n.ceremony_on')}",
    each(
        {
            "admissions.total": "",
            "admissions.share": "",
            "admissions.female": "m.gender = 'female'",
            "admissions.youth_union": "n.youth_union",
            "admissions.rural": "n.rural",
            "admissions.again": "n.again",
            "admissions.civil_servants": f"n.occupation IN {among(CIVIL_SERVANTS)}",
            "admissions.ethnic_minority": f"m.ethnicity IN {among(MINORITIES)}",
        }
    ),
)

ADMISSIONS_OF_YEAR = Statement(
    f"members_admission n {tree('n.unit_id', 'n.ceremony_on')} WHERE n.ceremony_on BETWEEN %(new_year)s AND %(as_of)s",
    each({"admissions.year": ""}),
)

ADMISSIONS_OF_TWELVE_MONTHS = Statement(
    f"members_admission n {tree('n.unit_id', 'n.ceremony_on')} "
    "WHERE n.ceremony_on > %(year_before)s AND n.ceremony_on <= %(as_of)s",
    each({"admissions.twelve_months": ""}),
)

ADMISSION_TARGETS = Statement(
    f"members_admissiontarget g {tree('g.unit_id')} WHERE g.year = %(target_year)s",
    {"admissions.target": "SUM(g.target)"},
)


def where_member_was(table, alias, day):
    """Return the rows of `table` about members, each with the ancestry of the cell where the member was on `day`.

    On the last day of a stay it is that of the eve.
    """
    last = f"NOT {is_present(alias, day)}"
    return (
        f"{table} {alias} JOIN members_spell s ON s.member_id = {alias}.member_id "
        f"JOIN organizations_ancestry a ON a.unit_id = s.unit_id AND ({holds('s', day)} AND {holds('a', day)} "
        f"OR {holds_before('s', day)} AND {holds_before('a', day)} AND {last}) WHERE {in_period(day)}"
    )


def is_present(alias, day):
    """Return the SQL condition that the member of `alias` is in a cell on `day`."""
    return f"EXISTS (SELECT 1 FROM members_spell o WHERE o.member_id = {alias}.member_id AND {holds('o', day)})"


TRAININGS = Statement(
    f"{where_member_was('members_training', 't', 't.began_on')} AND EXISTS (SELECT 1 FROM members_position p "
    f"WHERE p.member_id = t.member_id AND p.post IN {among(COMMITTEE_POSTS)} "
    f"AND ({holds('p', 't.began_on')} OR {holds_before('p', 't.began_on')} AND NOT {is_present('t', 't.began_on')}))",
    each(
        {
            "training.turns.total": "",
            "training.turns.theory": f"t.program IN {among(THEORY_PROGRAMS)}",
            "training.turns.skills": f"t.program IN {among(SKILL_PROGRAMS)}",
            **{
                f"training.turns.theory_{level}": f"t.program IN ('theory_{level}_full', 'theory_{level}_part')"
                for level in ("intermediate", "advanced")
            },
            **{f"training.turns.{program}": f"t.program = '{program}'" for program in Program},
        }
    )
    | each({"training.committee_members": f"t.program IN {among(SKILL_PROGRAMS)}"}, "COUNT(DISTINCT t.member_id)"),
)

APPROVED = "t.step = 'approved'"

PLANNINGS = Statement(
    where_member_was("members_planning", "t", "t.approved_on"),
    each(
        {
            "planning.total": APPROVED,
            **{f"planning.{post}": f"{APPROVED} AND t.post = '{post}'" for post in PlanningPost},
            "planning.reviewed": "t.step = 'reviewed'",
            "planning.removed": "t.step = 'removed'",
        }
    ),
)

FORMS = {"reprimanded": "reprimand", "warned": "warning", "dismissed": "dismissal", "expelled": "expulsion"}

DISCIPLINES = Statement(
    where_member_was("members_discipline", "t", "t.decided_on"),
    each(
        {
            "discipline.members.total": "",
            "discipline.members.committee": "t.committee_member",
            **{f"discipline.members.{code}": f"t.form = '{form}'" for code, form in FORMS.items()},
            **{f"discipline.members.violation.{content}": f"t.violation = '{content}'" for content in Violation},
        },
        "COUNT(DISTINCT t.member_id)",
    ),
)

SUSPENSIONS = Statement(
    where_member_was("members_suspension", "t", "t.started_on"),
    each({"discipline.members.suspended": ""}, "COUNT(DISTINCT t.member_id)"),
)

SCANS = (
    MEMBERS,
    RATED,
    SINCE,
    DEPARTURES,
    ADMISSIONS,
    ADMISSIONS_OF_YEAR,
    ADMISSIONS_OF_TWELVE_MONTHS,
    ADMISSION_TARGETS,
    TRAININGS,
    PLANNINGS,
    DISCIPLINES,
    SUSPENSIONS,
)
