"""The second step of signing in, and the pages about one's own second factor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from binhlu_portal.accounts import entrance, request_info
from binhlu_portal.accounts.proofs import check_fresh
from binhlu_portal.audit.context import acting

from . import actions, codes
from .forms import SecondStepForm, SetUpForm
from .passkeys.ceremonies import PasskeyQuestion

SECRET = "totp_secret"
"""Where a session keeps the secret that a telephone has not confirmed yet."""


def second_step_page(request, form):
    """Return the page that asks for the second step."""
    return render(request, "accounts/second_factor/second_step.html", {"title": "Xác minh bước hai", "form": form})


def second_step_form(request, user, now, data=None):
    """Return the form that asks `user` for the second step."""
    question = PasskeyQuestion(request, user, now)
    return SecondStepForm(data, user=user, now=now, address=request_info.address(request), question=question)


@method_decorator([login_not_required, sensitive_post_parameters()], name="dispatch")
class SecondStepView(View):
    """Takes the code of somebody whose password was right."""

    def post(self, request):
        """Sign in, or ask again."""
        now = timezone.now()
        found = entrance.waiting(request, now)
        if found is None:
            return redirect("sign-in")
        user, lead_to = found
        form = second_step_form(request, user, now, request.POST)
        if not form.is_valid():
            return second_step_page(request, form)
        del request.session[entrance.PENDING]
        response = entrance.enter(request, user, form.given, now, lead_to)
        if form.cleaned_data.get("remembered"):
            token = actions.remember_device(user=user, browser=request_info.browser(request), now=now)
            entrance.set_remembered_cookie(response, token)
        return response


class PaperPageMixin:
    """A page that shows new codes for paper, once."""

    def paper(self, printed):
        """Return the page to be printed."""
        context = {"title": "Tờ mã giấy", "codes": printed, "printed_at": timezone.now()}
        return render(self.request, "accounts/second_factor/codes.html", context)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SecondFactorView(PaperPageMixin, View):
    """Has a telephone read a secret and confirm it; then codes for paper are shown."""

    def dispatch(self, request, *args, **kwargs):
        """Ask for a fresh sign-in before a secret is shown."""
        check_fresh(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Show a secret; it stays the same until it is confirmed."""
        request.session.setdefault(SECRET, codes.new_secret())
        return self.render_page(SetUpForm(secret=request.session[SECRET], now=timezone.now()))

    def post(self, request):
        """Turn the second factor on."""
        secret = request.session.get(SECRET)
        if secret is None:
            return redirect("second-factor")
        form = SetUpForm(request.POST, secret=secret, now=timezone.now())
        if not form.is_valid():
            return self.render_page(form)
        with acting(request.user, "Bật xác minh hai bước"):
            printed = actions.turn_on(user=request.user, secret=secret, step=form.step, now=form.now)
        del request.session[SECRET]
        return self.paper(printed)

    def render_page(self, form):
        """Return the page with the picture to be read."""
        context = {
            "title": "Xác minh hai bước",
            "form": form,
            "secret": form.secret,
            "picture": codes.picture(form.secret, self.request.user),
            "is_asked": codes.is_required(self.request.user) and not self.request.user.second_factor_at,
        }
        return render(self.request, "accounts/second_factor/set_up.html", context)


class TurnOffView(View):
    """Turns the own second factor off."""

    def post(self, request):
        """Do so, or say why not."""
        try:
            with acting(request.user, "Tắt xác minh hai bước"):
                actions.turn_off(user=request.user)
            messages.success(request, "Đã tắt xác minh hai bước; khóa truy cập và mã giấy cũng hết hiệu lực.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("account")


class RemoveTelephoneView(View):
    """Gives up the codes of one's own telephone."""

    def post(self, request):
        """Do so, or say why not."""
        try:
            with acting(request.user, "Bỏ mã trên điện thoại"):
                actions.remove_telephone(user=request.user)
            messages.success(request, "Đã bỏ mã trên điện thoại. Từ nay đăng nhập dùng khóa truy cập hoặc mã giấy.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("account")


class PaperCodesView(PaperPageMixin, View):
    """Makes new codes for paper."""

    def post(self, request):
        """Show them once."""
        with acting(request.user, "In mã giấy"):
            return self.paper(actions.print_codes(user=request.user, keeper=request.user))


class ForgetDevicesView(View):
    """Forgets every browser that is not asked for a code."""

    def post(self, request):
        """Do so."""
        with acting(request.user, "Không nhớ thiết bị nào nữa"):
            actions.forget_devices(user=request.user)
        messages.success(request, "Từ nay đăng nhập ở đâu cũng phải ghi mã.")
        return redirect("account")
