"""What lists say of party organizations."""

from django.db.models import OuterRef, Subquery

from .models import UnitPeriod


def name_of(unit, holds):
    """Return the name the unit at path `unit` had when `holds` (a condition on its periods) was true."""
    return Subquery(UnitPeriod.objects.filter(holds, unit=OuterRef(unit)).values("name")[:1])
