"""Models of party organizations: units, roles, documents, facts, and the regulations of each day."""

from .documents import Document
from .facts import UnitFact
from .regulations import FormTitle, ImpossiblePair, Regulation, Threshold
from .roles import Role, RoleQuerySet
from .units import Ancestry, Unit, UnitEvent, UnitPeriod, UnitPeriodQuerySet, UnitQuerySet

__all__ = [
    "Ancestry",
    "Document",
    "FormTitle",
    "ImpossiblePair",
    "Regulation",
    "Role",
    "RoleQuerySet",
    "Threshold",
    "Unit",
    "UnitEvent",
    "UnitFact",
    "UnitPeriod",
    "UnitPeriodQuerySet",
    "UnitQuerySet",
]
