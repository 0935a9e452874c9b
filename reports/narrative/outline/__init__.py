"""THE outline of the report on Nghị quyết 21-NQ/TW: its sections I–V, one module a subject, in their order.

It follows the outline of the interim reports of communes of March 2026; the sentences are the portal's own.
"""

from . import s1_2_situation, s3_1_organizations, s3_2_members, s4_5_assessment
from .frame import FRAME

__all__ = ["FRAME", "SECTIONS", "WRITTEN"]

SECTIONS = (*s1_2_situation.SECTIONS, *s3_1_organizations.SECTIONS, *s3_2_members.SECTIONS, *s4_5_assessment.SECTIONS)
"""Every section."""

WRITTEN = {part.code: part for part in (*FRAME, *(section for section in SECTIONS if section.ask))}
"""What committees write themselves, by its code: blanks and judgements."""
