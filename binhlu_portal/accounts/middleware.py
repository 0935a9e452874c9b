"""Sign-in middleware: who is not signed in is led to sign in, who has only a start code to choose a password.

Where an act asks for a fresh proof (`proofs.SignInAgain`), a page comes in its place that carries along what was sent.
It is sent to the same address again, with the proof, so nothing that was typed is lost or kept anywhere.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from binhlu_portal.log_records import note_account

from . import entrance, proofs, request_info, start_word
from .second_factor import codes
from .second_factor.forms import ANSWER, ProofForm
from .second_factor.passkeys.ceremonies import PasskeyQuestion
from .sessions import ending_of

OPEN_TO_START_CODES = {"choose-password", "sign-out", "sign-in"}
"""The pages of an account that has not chosen a password yet."""

OPEN_TO_SET_UP = {"second-factor", "passkey-new", *OPEN_TO_START_CODES}
"""The pages of an account that must have a second factor and has none yet."""

PROOF, NEEDED, WITH_GET = "proof", "proof_needed", "proof_for_get"
CARRIERS = frozenset({"csrfmiddlewaretoken", PROOF, ANSWER, NEEDED, WITH_GET})
"""What the page that asks for a proof adds to what was sent, and takes away again."""


class SignInRequired(LoginRequiredMiddleware):
    """Sign-in middleware: let pages be seen by those who may sign in only.

    Tell the others why, and lead them back after. While nobody has begun, every page leads to where one begins.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of the page where somebody must sign in or choose a password first."""
        note_account(request)
        here = request.resolver_match.url_name
        if not request.user.is_authenticated and here != start_word.PAGE and start_word.is_empty():
            return redirect(start_word.PAGE)
        if answer := super().process_view(request, view_func, view_args, view_kwargs):
            return answer
        if getattr(request.user, "must_choose_password", False) and here not in OPEN_TO_START_CODES:
            return redirect("choose-password")
        if here not in OPEN_TO_SET_UP and lacks_second_factor(request.user):
            return redirect("second-factor")
        return None

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        """Redirect to the sign-in page: with the way back, and with the reason when a session has ended.

        None has ended where somebody is between the two steps of signing in.
        """
        asked = {self.redirect_field_name: way_back(request)}
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key and entrance.PENDING not in request.session:
            asked["vi_sao"] = ending_of(key)
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode(asked, safe='/')}")


def lacks_second_factor(user: Any) -> bool:
    """Whether the account of a request must have a second factor first."""
    return user.is_authenticated and not user.second_factor_at and codes.is_required(user)


def way_back(request: HttpRequest) -> str:
    """Redirect target after signing in: the page asked for, or that of the form which was being sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    form = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(form, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return reverse(settings.LOGIN_REDIRECT_URL)
    return urlsplit(form)._replace(scheme="", netloc="", fragment="").geturl()


class FreshSignIn:
    """Fresh sign-in middleware."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Tell the account what was proved; take the proof that comes with what was sent before."""
        if not request.user.is_authenticated:
            return None
        now = timezone.now()
        request.user.proof = proofs.fresh_proof(request.session, now)
        if NEEDED not in request.POST:
            return None
        form = proof_form(request, request.POST[NEEDED], request.POST)
        if not form.is_valid():
            return proof_page(request, form)
        proofs.remember(request.session, form.given, now)
        request.user.proof = form.given
        if WITH_GET in request.POST:
            return redirect(request.get_full_path())
        request.POST = what_was_sent(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask for a proof in place of what was refused for want of one."""
        if not isinstance(exception, proofs.SignInAgain):
            return None
        return proof_page(request, proof_form(request, exception.needed))


def proof_form(request: HttpRequest, needed: str, data: Any = None) -> ProofForm:
    """Form that asks the person of a request for a proof."""
    user, now, address = request.user, timezone.now(), request_info.address(request)
    question = PasskeyQuestion(request, user, now)
    return ProofForm(data, user=user, now=now, address=address, needed=needed, question=question)


def what_was_sent(request: HttpRequest) -> Any:
    """Form data of a request without what the page of the proof added."""
    sent = request.POST.copy()
    for name in CARRIERS & sent.keys():
        del sent[name]
    return sent


def proof_page(request: HttpRequest, form: ProofForm) -> HttpResponse:
    """Page that asks for a proof and carries along what was sent."""
    sent = [(name, value) for name, values in what_was_sent(request).lists() for value in values]
    context = {
        "title": "Xác nhận lại",
        "form": form,
        "sent": sent,
        "with_get": request.method != "POST" or WITH_GET in request.POST,
        "lost_files": bool(request.FILES),
        "minutes": proofs.FRESH // timedelta(minutes=1),
    }
    return render(request, "accounts/fresh_sign_in.html", context)
