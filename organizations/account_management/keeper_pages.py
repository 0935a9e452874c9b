"""Pages for keepers of accounts: what those of this feature share with others that open accounts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organizations.rights import Right
from organizations.scope import rights_of


class KeeperPageMixin:
    """A page for keepers of accounts only; all it shows and changes lies beneath a unit of theirs."""

    title = "Tài khoản"
    folder = "account_management"
    """The folder of its templates."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody else."""
        if Right.ACCOUNTS not in rights_of(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def render_page(self, template: str, **context: Any) -> HttpResponse:
        """Return the page made of `template`."""
        return render(self.request, f"{self.folder}/{template}", {"title": self.title} | context)
