"""Signing in on a paired phone, and the pages on which one is paired and forgotten."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import RedirectURLMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from binhlu_portal.accounts import entrance, request_info
from binhlu_portal.accounts.proofs import check_fresh
from binhlu_portal.accounts.second_factor import codes
from binhlu_portal.accounts.second_factor.passkeys.ceremonies import PasskeyQuestion
from binhlu_portal.accounts.second_factor.views import second_step_form, second_step_page
from binhlu_portal.accounts.sessions import Ending, key_digest
from binhlu_portal.audit.context import acting
from binhlu_portal.db.actions import Refusal

from . import actions, pins
from .forms import PairForm, PinForm
from .queries import phone_of, secret_of, set_phone_cookie

BY_PASSWORD = "mat_khau"
"""What the address of the page to sign in says where somebody wants to type the password on a paired phone."""


def pin_form(request, phone, now, data=None):
    """Return the form that asks for the PIN of `phone`, or for a passkey of its account."""
    question = PasskeyQuestion(request, phone.user, now)
    return PinForm(data, phone=phone, secret=secret_of(request), question=question, now=now)


def pin_page(request, form, lead_to, ending=None):
    """Return the small page on which a paired phone signs in; it says nothing of whose phone it is."""
    password = f"{reverse('sign-in')}?{urlencode({BY_PASSWORD: 1, 'next': lead_to})}"
    context = {"form": form, "next": lead_to, "password": password, "ending": ending}
    return render(request, "accounts/phones/pin.html", context)


@method_decorator([login_not_required, sensitive_post_parameters()], name="dispatch")
class PinView(RedirectURLMixin, View):
    """Takes the PIN of a paired phone."""

    def post(self, request):
        """Sign in, ask for the second step where the account has one, or ask again."""
        now = timezone.now()
        phone = phone_of(request, now)
        if phone is None:
            return self.forgotten()
        form = pin_form(request, phone, now, request.POST)
        try:
            is_right = form.is_valid()
        except Refusal:  # the phone was forgotten meanwhile
            return self.forgotten()
        if not is_right:
            return self.forgotten() if phone.pk is None else pin_page(request, form, self.get_redirect_url())
        if form.given or not entrance.asks_second_step(request, phone.user, now):
            return entrance.enter(request, phone.user, form.given, now, self.get_success_url())
        entrance.wait_for_second_step(request, phone.user, self.get_success_url(), now)
        return second_step_page(request, second_step_form(request, phone.user, now))

    def get_default_redirect_url(self):
        """Lead home where no page was asked for."""
        return resolve_url("home")

    def forgotten(self):
        """Lead to the page on which the password is asked for."""
        asked = {self.redirect_field_name: self.get_redirect_url(), "vi_sao": Ending.FORGOTTEN}
        return redirect(f"{reverse('sign-in')}?{urlencode(asked, safe='/')}")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PairPhoneView(View):
    """Pairs the phone in whose browser it is opened."""

    def dispatch(self, request, *args, **kwargs):
        """Know the page for secretaries of cells only, and ask them for a fresh sign-in."""
        if not codes.may_be_remembered(request.user):
            raise Http404
        check_fresh(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Show the form."""
        return self.render_page(PairForm())

    def post(self, request):
        """Pair it, in place of what this browser was paired with before."""
        form = PairForm(request.POST)
        if not form.is_valid():
            return self.render_page(form)
        given = {"browser": request_info.browser(request), "replaces": secret_of(request), "now": timezone.now()}
        with acting(request.user, "Nhớ điện thoại"):
            secret = actions.pair(user=request.user, pin=form.cleaned_data["pin"], **given)
        done = f"Đã nhớ điện thoại này {pins.PAIRED_FOR.days} ngày: lần sau đăng nhập chỉ ghi mã PIN."
        messages.success(request, f"{done} Muốn làm việc cả khi mất mạng thì bấm “Giữ tháng này để dùng khi mất mạng”.")
        response = redirect("account")
        set_phone_cookie(response, secret)
        return response

    def render_page(self, form):
        """Return the page with `form`."""
        context = {"title": "Nhớ điện thoại này", "form": form, "days": pins.PAIRED_FOR.days}
        return render(self.request, "accounts/phones/pair.html", context | {"failures": pins.MOST_FAILURES})


class ForgetPhoneView(View):
    """Forgets a phone of one's own."""

    def post(self, request, pk):
        """Do so."""
        phone = get_object_or_404(request.user.paired_phones, pk=pk)
        try:
            with acting(request.user, "Quên điện thoại"):
                actions.forget(phone=phone, by=request.user, here=key_digest(request.session.session_key))
            messages.success(request, "Đã quên điện thoại đó. Mọi nơi khác đang đăng nhập cũng đã bị đăng xuất.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("account")
