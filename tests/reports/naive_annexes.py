"""The figures that only the annexes print, once more by plain loops."""

from datetime import timedelta

from tests.reports.naive import disciplined as measures
from tests.reports.naive import events, facts, held_committee_post, in_period, of_unit, persons, turns

GRAVER = {
    "inspection": ["poor", "violation", "to_discipline", "disciplined"],
    "supervision": ["signs", "passed_on"],
    "suspicion": ["violation", "to_discipline", "disciplined"],
}
"""The bad outcomes of each kind of case from mild to grave: the graver are counted with the milder."""

PROGRAMS = (
    "theory_elementary",
    "theory_intermediate_full",
    "theory_intermediate_part",
    "theory_advanced_full",
    "theory_advanced_part",
    "theory_bachelor",
    "party_work",
    "inspection_work",
    "front_work",
    "state_management",
    "updates",
    "defence",
    "digital",
    "other",
)
VIOLATIONS = (
    "centralism",
    "ethics",
    "unity",
    "prohibited",
    "population",
    "corruption",
    "irresponsibility",
    "land",
    "finance",
    "declaration",
    "other",
)


def nested(*kinds):
    """Count units beneath a party organization (or a departmental one) by kind."""

    def count(world, moment):
        found = 0
        for unit in world.periods:
            period = world.was(unit, moment.as_of)
            above = period and period.parent_id and world.was(period.parent_id, moment.as_of)
            if above and above.kind in ("party_organization", "departmental") and period.kind in kinds:
                found += world.is_beneath(unit, moment.unit.pk, moment.as_of)
        return found

    return count


def trained(test):
    """Count turns in courses of people who held a committee post when the course began."""
    return turns(facts("trainings", "began_on", lambda w, row: held_committee_post(w, row) and test(row.program)))


def cases(kind, subject, outcomes=None):
    """Count concluded cases of a kind about units or about members, by outcome."""
    return of_unit(
        "cases",
        "concluded_on",
        lambda w, row: (
            row.kind == kind
            and subject in ("both", "units" if row.member_id is None else "members")
            and (outcomes is None or row.outcome in outcomes)
        ),
    )


def case_figures():
    """Return the counts of all kinds of cases."""
    found = {}
    for kind, grave in GRAVER.items():
        for subject in ("units", "members"):
            found[f"cases.{kind}.{subject}.total"] = cases(kind, subject)
            if kind != "suspicion":
                found[f"cases.{kind}.{subject}.good"] = cases(kind, subject, ["good"])
            for index, outcome in enumerate(grave):
                found[f"cases.{kind}.{subject}.{outcome}"] = cases(kind, subject, grave[index:])
    for kind in ("denunciation", "complaint"):
        found[f"cases.{kind}.total"] = cases(kind, "both")
    return found


def disciplined(test):
    """Count people disciplined by what `test` says of the measure."""
    return persons(measures(lambda w, row: test(row)))


def disciplined_units(*forms):
    """Count disciplinary measures against units by form."""
    return of_unit("unit_disciplines", "decided_on", lambda w, row: not forms or row.form in forms)


def left_party(world, moment):
    """Count stays that ended outside the Party, by the tree of the day before."""
    found = 0
    for spell in world.spells:
        if spell.end_reason in ("struck_off", "expelled", "resigned") and in_period(spell.ended_on, moment):
            found += world.is_beneath(spell.unit_id, moment.unit.pk, spell.ended_on - timedelta(days=1))
    return found


NAIVE_ANNEXES = {
    "units.nested.departmental": nested("departmental"),
    "units.nested.cells": nested("subordinate_cell"),
    "units.events": lambda w, m: sum(
        events(kind)(w, m)
        for kind in ("received", "established", "renamed", "moved", "reclassified", "split", "merged", "dissolved")
    ),
    **{f"units.events.{kind}": events(kind) for kind in ("received", "established", "dissolved", "renamed")},
    "training.turns.total": trained(lambda program: True),
    "training.turns.theory": trained(lambda program: program.startswith("theory")),
    "training.turns.theory_intermediate": trained(lambda program: "intermediate" in program),
    "training.turns.theory_advanced": trained(lambda program: "advanced" in program),
    "training.turns.skills": trained(lambda program: not program.startswith("theory")),
    **{f"training.turns.{code}": trained(lambda program, code=code: program == code) for code in PROGRAMS},
    **case_figures(),
    "discipline.units.total": disciplined_units(),
    **{f"discipline.units.{form}": disciplined_units(form) for form in ("reprimand", "warning", "disbanding")},
    "discipline.members.suspended": persons(facts("suspensions", "started_on", lambda w, row: True)),
    "discipline.members.committee": disciplined(lambda row: row.committee_member),
    **{
        f"discipline.members.violation.{code}": disciplined(lambda row, code=code: row.violation == code)
        for code in VIOLATIONS
    },
    "members.left_party": left_party,
}
