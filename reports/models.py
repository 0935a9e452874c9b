"""The models of the app, each declared with its feature."""

from .form_templates.models import Blank, BlankCell, BlankFile
from .narrative.models import ReportOutline, ReportTemplate, ReportText
from .reporting_periods.closing.models import Closing, Frozen, FrozenFile
from .reporting_periods.models import Confirmation, ReportingPeriod

__all__ = [
    "Blank",
    "BlankCell",
    "BlankFile",
    "Closing",
    "Confirmation",
    "Frozen",
    "FrozenFile",
    "ReportOutline",
    "ReportTemplate",
    "ReportText",
    "ReportingPeriod",
]
