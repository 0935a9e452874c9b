"""THE outline of the report on Nghị quyết 21-NQ/TW: its sections I–V, one module a subject, in their order.

It follows the outline of the interim reports of communes of March 2026; the sentences are the portal's own.
"""

from . import assessment, membership, organization, situation
from .blanks import BLANKS

__all__ = ["BLANKS", "SECTIONS", "WRITTEN"]

SECTIONS = (*situation.SECTIONS, *organization.SECTIONS, *membership.SECTIONS, *assessment.SECTIONS)
"""Every section."""

WRITTEN = {part.code: part for part in (*BLANKS, *(section for section in SECTIONS if section.ask))}
"""What committees write themselves, by its code: blanks and judgements."""
