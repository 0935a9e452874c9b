"""Signing in and out, and the page about one's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from binhlu_portal.audit.context import acting
from organizations.rights import Right
from organizations.scope import rights_of

from . import actions as account_actions
from . import entrance, lockout, request_info
from .forms import ChangePasswordForm, ChoosePasswordForm, SignInForm
from .models import AttemptOutcome, User, account_key
from .phones.pins import PAIRED_FOR
from .phones.queries import COOKIE, UNSENT_COOKIE, phone_of, secret_of, unsent_of
from .phones.views import BY_PASSWORD, pin_form, pin_page
from .proofs import Proof
from .second_factor import codes
from .second_factor.views import second_step_form, second_step_page
from .sessions import Ending, key_digest

CLEARED = '"storage"'
"""What a browser forgets. Cookies are not named: that would take those of every other host of the domain along. Nor is
its cache: of the portal there is nothing in it but static files, which are the same for everybody, and would be fetched
anew on a slow line."""


def forget_phone(response):
    """Have a phone that is remembered no more forget what it kept of the portal, and by which it was known."""
    response.headers["Clear-Site-Data"] = CLEARED
    response.delete_cookie(COOKIE)
    response.delete_cookie(UNSENT_COOKIE)
    return response


class SignInView(LoginView):
    """The page to sign in on; every attempt is noted."""

    http_method_names = ("get", "head", "options", "post")  # Django would take PUT for POST
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    lost = None

    def get(self, request, *args, **kwargs):
        """Show the form; on a paired phone that of its PIN, unless the password is asked for."""
        now = timezone.now()
        phone = phone_of(request, now)
        if phone is None and secret_of(request):
            self.lost = unsent_of(request)
            return forget_phone(super().get(request, *args, **kwargs))
        if phone is None or BY_PASSWORD in request.GET:
            return super().get(request, *args, **kwargs)
        return pin_page(request, pin_form(request, phone, now), self.get_redirect_url(), self.ending())

    def get_form_kwargs(self):
        """Tell the form when and from where."""
        return {**super().get_form_kwargs(), "now": timezone.now(), "address": request_info.address(self.request)}

    def get_context_data(self, **kwargs):
        """Tell the reader why a session has ended, and what a phone that was forgotten had not sent."""
        return super().get_context_data(ending=self.ending(), lost=self.lost, **kwargs)

    def ending(self):
        """Return why the session has ended, or a phone is no longer known."""
        return dict(Ending.choices).get(self.request.GET.get("vi_sao"))

    def form_valid(self, form):
        """Open a session, or ask for the second step first."""
        user, lead_to = form.get_user(), self.get_success_url()
        if entrance.asks_second_step(self.request, user, form.now):
            entrance.wait_for_second_step(self.request, user, lead_to, form.now)
            return second_step_page(self.request, second_step_form(self.request, user, form.now))
        return entrance.enter(self.request, user, Proof.PASSWORD, form.now, lead_to)

    def form_invalid(self, form):
        """Note the failure; who has to wait is told how long, browsers too."""
        if form.tried:
            username = form.cleaned_data["username"]
            user = User.objects.filter(username__iexact=account_key(username)).first()
            lockout.record_attempt(AttemptOutcome.FAILED, username, form.address, form.now, user, form.device)
        response = super().form_invalid(form)
        if form.until:
            response.status_code = 429
            response.headers["Retry-After"] = str(form.seconds)
        return response


class SignOutView(LogoutView):
    """Ends the session, and has the browser forget what it kept of the portal."""

    def post(self, request, *args, **kwargs):
        """Sign out."""
        response = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = CLEARED
        response.delete_cookie(UNSENT_COOKIE)
        return response


@method_decorator(sensitive_post_parameters(), name="dispatch")
class NewPasswordView(View):
    """A page with a form for a new password."""

    template = form_class = reason = done = None

    def get(self, request):
        """Show the form."""
        return self.render_page(self.form_class(request.user))

    def post(self, request):
        """Take the new password and keep this browser, and no other, signed in."""
        form = self.form_class(request.user, request.POST)
        if not form.is_valid():
            return self.render_page(form)
        with acting(request.user, self.reason):
            account_actions.choose_password(user=request.user, password=form.cleaned_data["new_password1"])
            update_session_auth_hash(request, request.user)
        entrance.offer_pairing(request, request.user, timezone.now())
        messages.success(request, self.done)
        return redirect(self.after)

    def render_page(self, form):
        """Return the page with `form`."""
        return render(self.request, self.template, {"title": self.title, "form": form} | self.context())

    def context(self):
        """Return what else the page shows."""
        return {}


class ChoosePasswordView(NewPasswordView):
    """Where a start code leads: nothing else opens until there is a password."""

    title = "Đặt mật khẩu của riêng mình"
    template = "accounts/choose_password.html"
    form_class = ChoosePasswordForm
    reason = "Đặt mật khẩu bằng mã khởi đầu"
    done = "Đã đặt mật khẩu. Từ nay đăng nhập bằng mật khẩu này; mã khởi đầu không dùng được nữa."
    after = "home"

    def dispatch(self, request, *args, **kwargs):
        """Send those who have a password to the page on which the present one is asked for."""
        if not request.user.must_choose_password:
            return redirect("account")
        return super().dispatch(request, *args, **kwargs)


class OwnAccountView(NewPasswordView):
    """One's own account: roles, password, open sessions."""

    title = "Tài khoản của tôi"
    template = "accounts/account.html"
    form_class = ChangePasswordForm
    reason = "Tự đổi mật khẩu"
    done = "Đã đổi mật khẩu. Những nơi khác đang đăng nhập tài khoản này đều đã bị đăng xuất."
    after = "account"

    def context(self):
        """Return roles and sessions."""
        user, phone = self.request.user, phone_of(self.request, timezone.now())
        return {
            "roles": user.roles.with_unit_names(),
            "sessions": user.sessions.filter(expire_date__gt=timezone.now()).order_by("-seen_at"),
            "here": key_digest(self.request.session.session_key),
            "keeps_accounts": Right.ACCOUNTS in rights_of(user),
            "must_have_second_factor": codes.is_required(user),
            "devices": user.second_factor_at and user.remembered_devices.filter(expires_at__gt=timezone.now()),
            "passkeys": user.second_factor_at and user.passkeys.all(),
            "may_be_remembered": codes.may_be_remembered(user),
            "phones": user.paired_phones.filter(expires_at__gt=timezone.now()),
            "this_phone": phone if phone and phone.user_id == user.pk else None,
            "paired_days": PAIRED_FOR.days,
            "unsent": unsent_of(self.request),
            "paper_codes": user.recovery_codes.filter(used_at=None),
        }


class SignOutElsewhereView(View):
    """End sessions of the account: the one that is named, or all but this one."""

    def post(self, request):
        """Do so."""
        here = key_digest(request.session.session_key)
        if there := request.POST.get("there"):
            with acting(request.user, "Đăng xuất ở một nơi khác"):
                account_actions.sign_out_there(user=request.user, there=there, here=here)
            messages.success(request, "Đã đăng xuất ở nơi đó.")
        else:
            with acting(request.user, "Đăng xuất ở mọi nơi khác"):
                account_actions.sign_out_elsewhere(user=request.user, here=here)
            messages.success(request, "Đã đăng xuất ở mọi nơi khác. Chỉ còn trình duyệt này đang đăng nhập.")
        return redirect("account")
