"""Models of party organizations: units, roles, documents, facts, and the regulations of each day."""

from .documents import Document
from .facts import UnitFact
from .regulations import Regulation, Threshold
from .roles import Role, RoleQuerySet
from .units import Ancestry, Unit, UnitEvent, UnitPeriod, UnitPeriodQuerySet, UnitQuerySet

__all__ = [
    "Ancestry",
    "Document",
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
