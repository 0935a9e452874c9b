"""What no figure reads: columns that change no number, and no row of the list behind one.

A unit that confirms its figures stands for everything else. That nothing is missing here and nothing too much,
`tests/reports/figures/test_uncounted.py` reads from the statements of all figures.
"""

from collections.abc import Mapping

from django.db.models import Model

from assessments import models as assessments
from members import models as members
from organizations import models as organizations

DECISION = ("decision_number", "decision_date")

UNCOUNTED: Mapping[type[Model], frozenset[str]] = {
    model: frozenset(columns)
    for model, columns in {
        organizations.Unit: ("ended_on", "is_sample"),
        organizations.UnitEvent: ("decision_date", "other_unit_id"),
        members.Spell: (*DECISION, "came_from", "end_decision_number", "end_decision_date"),
        members.Position: (*DECISION, "holder_name"),
        members.Vacancy: ("note",),
        members.Admission: (
            *("decision_date", "listed_on", "course_on", "closed_on", "consent"),
            *("official_decision", "official_decided_on"),
        ),
        members.Member: (
            *("phone", "residence", "temporary_residence", "birthplace", "birth_registration", "hometown"),
            *("birth_name", "alias", "search_name", "citizen_id", "old_identity_number", "old_card_number"),
            *("card_issued_at", "profile_number", "registry_id", "joined_at", "introducers"),
            *("occupation_when_admitted", "youth_union_on", "recruited_on", "enlisted_on", "discharged_on"),
            *("health", "disability_class", "merit_family", "note"),
        ),
        members.MemberState: ("education_grade", "speciality", "foreign_language", "job"),
        members.Exemption: DECISION,
        members.FeeReduction: (*DECISION, "ground"),
        members.HandbookAbsence: ("source",),
        members.Liaison: ("place", "source"),
        members.Training: ("level", "finished_on"),
        members.Planning: DECISION,
        members.Discipline: (*DECISION, "expires_on"),
        members.Suspension: (*DECISION, "ended_on", "note"),
        members.Badge: DECISION,
        assessments.MemberRating: ("decided_on",),
        assessments.UnitRating: ("decided_on",),
        assessments.FourGoods: DECISION,
        assessments.Meeting: ("topic", "guests", "by_name"),
        assessments.Absence: ("meeting_id", "member_id", "unit_id", "held_on", "reason", "note"),
        assessments.UnitDiscipline: DECISION,
        assessments.NilReturn: ("stated_by",),
    }.items()
}
"""The columns of what units and their people are asked about, by their models."""
