"""Scans of party organizations: what they are, who holds their posts, what happened to them, what they issued."""

from assessments.choices import GOOD_OR_BETTER, OUTCOMES, CaseKind, CaseOutcome, UnitDisciplineMeasure
from organizations.choices import ENDINGS, ENTERPRISES, GRASSROOTS

from .facts import BANK_ACCOUNT, OFFLINE, OVERSEEN, WORKING_RULES
from .pieces import LISTED, Statement, among, each, holds, holds_before, in_period, tree


def holder(alias, post):
    """Return the join with who holds `post` in the unit; posts of this kind have one holder at a time."""
    return (
        f"LEFT JOIN members_position {alias} ON {alias}.unit_id = p.unit_id AND {alias}.post = '{post}' "
        f"AND {holds(alias)}"
    )


def vacant(post):
    """Return the condition that somebody has written down that `post` in the unit is vacant."""
    return (
        f"EXISTS (SELECT 1 FROM members_vacancy v WHERE v.unit_id = p.unit_id AND v.post = '{post}' AND {holds('v')})"
    )


def member_on(alias):
    """Return the join of a holder with his or her stay in a cell, found when the holder is a member."""
    return (
        f"LEFT JOIN members_spell {alias}_spell ON {alias}_spell.member_id = {alias}.member_id "
        f"AND {holds(alias + '_spell')}"
    )


VILLAGE, AGENCY = "p.sector = 'village'", "p.sector <> 'village'"
CELL = "p.kind = 'subordinate_cell'"
SECTORS = {
    "villages": ("village",),
    "public_services": ("school", "health_station", "public_service", "private_service"),
    "armed_forces": ("military", "police"),
    "enterprises": ENTERPRISES,
}
HEADS = {"village_head": "village", "front_head": "front"}

UNITS = Statement(
    "organizations_unitperiod p "
    "JOIN organizations_unitperiod above ON above.unit_id = p.parent_id AND above.kind = 'commune' "
    f"AND {holds('above')} {tree('p.unit_id')} "
    f"{holder('secretary', 'secretary')} {holder('head', 'agency_head')} "
    f"{holder('village', 'village_head')} {holder('front', 'front_head')} "
    f"{member_on('village')} {member_on('front')} "
    f"WHERE {holds('p')}",
    each(
        {
            "units.total": "",
            "units.grassroots": f"p.kind IN {among(GRASSROOTS)}",
            "units.grassroots.party_organizations": "p.kind = 'party_organization'",
            "units.grassroots.cells": "p.kind = 'grassroots_cell'",
            "units.subordinate_cells": CELL,
            "units.subordinate_cells.village": f"{CELL} AND {VILLAGE}",
            "units.subordinate_cells.school": f"{CELL} AND p.sector = 'school'",
            "units.subordinate_cells.health_station": f"{CELL} AND p.sector = 'health_station'",
            "units.subordinate_cells.other": f"{CELL} AND p.sector NOT IN ('village', 'school', 'health_station')",
            "units.bank_accounts": BANK_ACCOUNT,
            "units.villages.offline": f"{VILLAGE} AND {OFFLINE}",
            "units.overseen": OVERSEEN,
            "units.working_rules": WORKING_RULES,
            **{f"units.sectors.{code}": f"p.sector IN {among(sectors)}" for code, sectors in SECTORS.items()},
            "units.sectors.agencies": f"p.sector NOT IN {among(set().union(*SECTORS.values()))}",
            "posts.agency_heads.units": AGENCY,
            "posts.agency_heads.secretary": f"{AGENCY} AND secretary.member_id = head.member_id",
            "posts.agency_heads.vacant": f"{AGENCY} AND {vacant('secretary')}",
            "posts.agency_heads.other_secretary": f"{AGENCY} AND secretary.id IS NOT NULL AND head.id IS NOT NULL "
            "AND (head.member_id IS NULL OR head.member_id <> secretary.member_id)",
            "posts.agency_heads.other_reason": f"{AGENCY} AND secretary.id IS NOT NULL AND {vacant('agency_head')}",
            "posts.villages.units": VILLAGE,
            "posts.villages.both_heads_members": f"{VILLAGE} AND village_spell.id IS NOT NULL "
            "AND front_spell.id IS NOT NULL",
            "posts.villages.secretary_concurrent": f"{VILLAGE} "
            "AND secretary.member_id IN (village.member_id, front.member_id)",
            "posts.villages.heads": f"{VILLAGE} AND village.id IS NOT NULL",
            "posts.villages.head_members": f"{VILLAGE} AND village_spell.id IS NOT NULL",
            "posts.villages.front_heads": f"{VILLAGE} AND front.id IS NOT NULL",
            "posts.villages.front_head_members": f"{VILLAGE} AND front_spell.id IS NOT NULL",
            **{
                f"posts.villages.secretary_{post}": f"{VILLAGE} AND secretary.member_id = {alias}.member_id"
                for post, alias in HEADS.items()
            },
        }
    ),
)

RATED = Statement(
    "organizations_unitperiod p "
    "JOIN organizations_unitperiod above ON above.unit_id = p.parent_id AND above.kind = 'commune' "
    f"AND {holds('above', LISTED)} {tree('p.unit_id', LISTED)} "
    "LEFT JOIN assessments_unitrating r ON r.unit_id = p.unit_id AND r.year = %(year)s "
    "LEFT JOIN assessments_fourgoods g ON g.unit_id = p.unit_id AND g.year = %(year)s "
    f"WHERE {holds('p', LISTED)}",
    each(
        {
            "units.four_goods": "g.id IS NOT NULL",
            "ratings.units.listed": "",
            "ratings.units.rated": "r.level <> ''",
            "ratings.units.good_or_better": f"r.level IN {among(GOOD_OR_BETTER)}",
            **{f"ratings.units.{level}": f"r.level = '{level}'" for level in ("excellent", "good", "fair", "failed")},
        }
    ),
)
"""The units of the reference day of the rating year."""

CELLS = Statement(
    f"organizations_unitperiod p {tree('p.unit_id')} "
    f"WHERE p.kind IN ('grassroots_cell', 'subordinate_cell') AND {holds('p')}",
    each({"units.cells": "", "units.cells.village": VILLAGE, "units.cells.agency": AGENCY}),
)

NESTED = Statement(
    "organizations_unitperiod p "
    "JOIN organizations_unitperiod above ON above.unit_id = p.parent_id "
    f"AND above.kind IN ('departmental', 'party_organization') AND {holds('above')} "
    f"{tree('p.unit_id')} WHERE {holds('p')}",
    each(
        {
            "units.nested.departmental": "p.kind = 'departmental'",
            "units.nested.cells": "p.kind = 'subordinate_cell'",
        }
    ),
)


def then(alias):
    """Return the SQL condition that the period of `alias` is that of the event, of its eve when the unit ended."""
    ending = f"e.kind IN {among(ENDINGS)}"
    return f"({ending} AND {holds_before(alias, 'e.day')} OR NOT {ending} AND {holds(alias, 'e.day')})"


def happened(kind, *kinds):
    """Return the SQL condition of an event of `kind` to a unit of one of `kinds`."""
    return f"e.kind = '{kind}' AND was.kind IN {among(kinds)}"


EVENTS = Statement(
    "organizations_unitevent e "
    f"JOIN organizations_unitperiod was ON was.unit_id = e.unit_id AND {then('was')} "
    "JOIN organizations_unitperiod above ON above.unit_id = was.parent_id AND above.kind = 'commune' "
    f"AND {then('above')} "
    f"JOIN organizations_ancestry a ON a.unit_id = e.unit_id AND {then('a')} "
    f"WHERE {in_period('e.day')}",
    each(
        {
            "units.received.grassroots": happened("received", *GRASSROOTS),
            "units.received.cells": happened("received", "subordinate_cell"),
            "units.established.party_organizations": happened("established", "party_organization"),
            "units.established.grassroots_cells": happened("established", "grassroots_cell"),
            "units.established.subordinate_cells": happened("established", "subordinate_cell"),
            "units.renamed": happened("renamed", "party_organization"),
            "units.renamed.cells": happened("renamed", "grassroots_cell", "subordinate_cell"),
            "units.dissolved": happened("dissolved", "grassroots_cell"),
            "units.dissolved.subordinate_cells": happened("dissolved", "subordinate_cell"),
            "units.dissolved.party_organizations": happened("dissolved", "party_organization"),
            "units.merged": "e.kind = 'merged'",
            "units.events": "",
            **{
                f"units.events.{kind}": f"e.kind = '{kind}'"
                for kind in ("received", "established", "dissolved", "renamed")
            },
        }
    ),
)


def inspected(kind):
    """Return the conditions of the cases of `kind` by code; a graver outcome lies within the milder ones before it."""
    outcomes = OUTCOMES[kind]
    for subject, about in (("units", "c.member_id IS NULL"), ("members", "c.member_id IS NOT NULL")):
        where = f"c.kind = '{kind}' AND {about}"
        yield f"cases.{kind}.{subject}.total", where
        for index, outcome in enumerate(outcomes):
            graver = [outcome] if outcome == CaseOutcome.GOOD else outcomes[index:]
            if (kind, outcome) != (CaseKind.SUSPICION, CaseOutcome.GOOD):
                yield f"cases.{kind}.{subject}.{outcome}", f"{where} AND c.outcome IN {among(graver)}"


CASES = Statement(
    f"assessments_case c {tree('c.unit_id', 'c.concluded_on')} WHERE {in_period('c.concluded_on')}",
    each(
        {
            **{
                code: where
                for kind in (CaseKind.INSPECTION, CaseKind.SUPERVISION, CaseKind.SUSPICION)
                for code, where in inspected(kind)
            },
            "cases.denunciation.total": "c.kind = 'denunciation'",
            "cases.complaint.total": "c.kind = 'complaint'",
        }
    ),
)

DISCIPLINES = Statement(
    f"assessments_unitdiscipline d {tree('d.unit_id', 'd.decided_on')} WHERE {in_period('d.decided_on')}",
    each(
        {
            "discipline.units.total": "",
            **{f"discipline.units.{form}": f"d.form = '{form}'" for form in UnitDisciplineMeasure},
        }
    ),
)

MEETINGS = Statement(
    "assessments_meeting t "
    f"JOIN organizations_unitperiod was ON was.unit_id = t.unit_id AND {holds('was', 't.held_on')} "
    f"{tree('t.unit_id', 't.held_on')} WHERE {in_period('t.held_on')}",
    {
        f"meetings.{code}.{place}": f"COALESCE(SUM(t.{column}) FILTER (WHERE was.sector {sign} 'village'), 0)"
        for code, column in (("expected", "expected"), ("attendance", "present"))
        for place, sign in (("village", "="), ("agency", "<>"))
    },
)

DOCUMENTS = Statement(
    f"organizations_document d {tree('d.unit_id', 'd.issued_on')} WHERE {in_period('d.issued_on')}",
    each({"documents.issued": "d.implements = '21-NQ/TW'"}),
)

SCANS = (UNITS, RATED, CELLS, NESTED, EVENTS, CASES, DISCIPLINES, MEETINGS, DOCUMENTS)
