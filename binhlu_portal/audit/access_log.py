"""The log of access: who opened or exported which list of people."""

from binhlu_portal.audit.models import Access


def log_access(request, kind, what, rows):
    """Note that the reader opened or exported `rows` rows of personal data."""
    Access.objects.create(
        user=request.user, kind=kind, what=what[:200], address=request.get_full_path()[:500], rows=rows
    )
