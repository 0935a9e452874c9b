"""Access log: who opened or exported which list of people."""

from django.http import HttpRequest

from binhlu_portal.audit.models import Access


def log_access(request: HttpRequest, kind: str, what: str, rows: int) -> None:
    """Access log entry: the reader of `request` opened or exported (`AccessKind`) `rows` rows of personal data."""
    Access.objects.create(
        user=request.user, kind=kind, what=what[:200], address=request.get_full_path()[:500], rows=rows
    )
