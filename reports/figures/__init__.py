"""THE figures, one module a subject, in the order of the report."""

from .. import registry
from . import (  # noqa: F401  each enters its figures
    admissions,
    annexes,
    inspection,
    members,
    posts,
    ratings,
    statistics,
    structure,
    targets,
    work,
)

registry.check()
