"""Sign-in middleware: who is not signed in is led to sign in, who has only a start code to choose a password."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .sessions import ending_of

OPEN_TO_START_CODES = {"choose-password", "sign-out", "sign-in"}
"""The pages of an account that has not chosen a password yet."""


class SignInRequired(LoginRequiredMiddleware):
    """Sign-in middleware: let pages be seen by those who may sign in only.

    Tell the others why, and lead them back after.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of the page where somebody must sign in or choose a password first."""
        if answer := super().process_view(request, view_func, view_args, view_kwargs):
            return answer
        here = request.resolver_match.url_name
        if getattr(request.user, "must_choose_password", False) and here not in OPEN_TO_START_CODES:
            return redirect("choose-password")
        return None

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        """Redirect to the sign-in page: with the way back, and with the reason when a session has ended."""
        asked = {self.redirect_field_name: way_back(request)}
        if key := request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            asked["vi_sao"] = ending_of(key)
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode(asked, safe='/')}")


def way_back(request: HttpRequest) -> str:
    """Redirect target after signing in: the page asked for, or that of the form which was being sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    form = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(form, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return reverse(settings.LOGIN_REDIRECT_URL)
    return urlsplit(form)._replace(scheme="", netloc="", fragment="").geturl()
