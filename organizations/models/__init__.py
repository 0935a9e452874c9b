"""Models of party organizations: units, roles, documents, facts, the regulations of each day, what was disposed of."""

from .disposals import Disposal
from .documents import Document
from .facts import UnitFact
from .regulations import FormTitle, ImpossiblePair, Regulation, Threshold
from .roles import Role, RoleQuerySet
from .units import Ancestry, Unit, UnitEvent, UnitPeriod, UnitPeriodQuerySet, UnitQuerySet

__all__ = [
    "Ancestry",
    "Disposal",
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
