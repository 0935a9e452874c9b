"""The pages of those who keep accounts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views import View

from binhlu_portal.accounts import lockout
from binhlu_portal.accounts.models import SHORTEST_PASSWORD
from binhlu_portal.accounts.phones.actions import forget
from binhlu_portal.accounts.phones.pins import PAIRED_FOR
from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.context import acting
from binhlu_portal.audit.guarded_acts import notice_of_others
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.audit.uniqueness import TAKEN
from binhlu_portal.request_values import row_key
from binhlu_portal.sandbox.layers import protections
from binhlu_portal.self_checks.registry import faults, verdicts
from binhlu_portal.self_checks.sizes import line_counts, sizes
from organizations.models import Role
from organizations.rights import Right
from organizations.scope import units_kept_by

from . import actions as accounts
from .forms import AccountFilter, AccountForm, NameForm, RoleForm
from .keeper_pages import KeeperPageMixin
from .tables import AccountState, AccountTable

ATTEMPTS_SHOWN = 10


class KeeperView(KeeperPageMixin, View):
    """A page of accounts, with forms that offer units."""

    def scope(self):
        """Return for whom and for which day a form offers units."""
        return {"keeper": self.request.user, "day": timezone.localdate()}

    def slip(self, account, code):
        """Return the page with the start code to be printed: the only one that ever shows it."""
        return self.render_page(
            "start_code.html",
            title="Phiếu mở tài khoản",
            account=account,
            roles=account.roles.with_unit_names(),
            code=code,
            address=self.request.build_absolute_uri("/"),
            shortest_password=SHORTEST_PASSWORD,
        )


class AccountListView(KeeperView):
    """The list of accounts."""

    def get(self, request):
        """Narrow, sort and cut the list."""
        form = AccountFilter(request.GET, **self.scope())
        roles = Prefetch("roles", Role.objects.with_unit_names(), to_attr="shown_roles")
        rows = form.narrow(accounts.accounts_of(request.user)).order_by("sort_name", "pk").prefetch_related(roles)
        table = AccountTable(rows, empty_text="Không có tài khoản nào như vậy trong phạm vi quản trị.").read(request)
        wrong, notice = faults(timezone.now(), at_once=True), notice_of_others(request.user, timezone.now())
        return self.render_page("accounts.html", filter=form, table=table, faults=len(wrong), **notice)


class SystemView(KeeperView):
    """The state of the portal itself: every self-check with what it found, and how much room its records take."""

    title = "Tình trạng hệ thống"

    def get(self, request):
        """Look now."""
        found = {"verdicts": verdicts(timezone.now()), "sizes": sizes(), "line_counts": line_counts()}
        return self.render_page("system.html", protections=protections(), **found)


class AccountCreateView(KeeperView):
    """Open an account for a person, and print the slip by which the person starts."""

    title = "Mở tài khoản"

    def get(self, request):
        """Show the form."""
        return self.render_page("new_account.html", form=AccountForm(**self.scope()))

    def post(self, request):
        """Open the account."""
        form = AccountForm(request.POST, **self.scope())
        if form.is_valid():
            try:
                with acting(request.user, self.title):
                    return self.slip(
                        *accounts.open_account(**form.cleaned_data, now=timezone.now(), keeper=request.user)
                    )
            except ValidationError as error:
                if getattr(error, "code", "") == TAKEN:
                    log_access(request, AccessKind.TAKEN, "Tên đăng nhập đã có", 1)
                form.add_error("username", error.messages)
        return self.render_page("new_account.html", form=form)


class AccountDetailView(KeeperView):
    """One account: who, which roles, in which state; and everything that can be done to it.

    `work` in a form sent here names what to do. What concerns the account itself, and not a role at a unit of the
    keeper's, is refused when the account reaches out to units of others.
    """

    WORK = {
        "rename": "Sửa họ tên",
        "give_role": "Giao vai trò",
        "take_role": "Bỏ vai trò",
        "close": "Đóng tài khoản",
        "reopen": "Mở lại tài khoản",
        "give_start_code": "Cấp mã khởi đầu",
        "unlock": "Mở khóa đăng nhập",
        "remove_second_factor": "Bỏ xác minh hai bước",
        "forget_phone": "Quên điện thoại",
    }
    ABOUT_ROLES = {"give_role", "take_role"}

    def get(self, request, pk):
        """Show the account."""
        return self.show(self.account(pk))

    def post(self, request, pk):
        """Do what is asked, wholly or not at all."""
        asked = request.POST.get("work")
        if asked not in self.WORK:
            raise Http404
        try:
            with acting(request.user, self.WORK[asked]):
                account = self.account(pk)
                if account.reaches_out and asked not in self.ABOUT_ROLES:
                    raise Http404
                return getattr(self, asked)(account)
        except ValidationError as error:
            return self.show(self.account(pk), refusal=" ".join(error.messages))

    def account(self, pk):
        """Return the account, if it is one of the keeper's."""
        return get_object_or_404(accounts.accounts_of(self.request.user), pk=pk)

    def show(self, account, refusal="", **forms):
        """Return the page, with what went wrong."""
        here = set(account.roles.filter(unit__in=self.units()).values_list("pk", flat=True))
        context = {
            "title": account.full_name,
            "account": account,
            "state": AccountState.of(account).label,
            "is_me": account == self.request.user,
            "roles": [(role, role.pk in here) for role in account.roles.with_unit_names()],
            "phones": account.paired_phones.filter(expires_at__gt=timezone.now()),
            "paired_days": PAIRED_FOR.days,
            "attempts": account.attempts.all()[:ATTEMPTS_SHOWN],
            "is_locked": lockout.is_locked(account, timezone.now()),
            "refusal": refusal,
            "name_form": NameForm(initial={"full_name": account.full_name}),
            "role_form": RoleForm(**self.scope()),
        }
        return self.render_page("account.html", **context | forms)

    def units(self):
        """Return the units whose roles the keeper may give and take."""
        return units_kept_by(self.request.user, Right.ACCOUNTS)

    def done(self, account, sentence):
        """Lead back to the page with a notice."""
        messages.success(self.request, sentence)
        return redirect("account-page", account.pk)

    def rename(self, account):
        """Put right the name."""
        form = NameForm(self.request.POST)
        if not form.is_valid():
            return self.show(account, name_form=form, form=form)
        accounts.rename(user=account, **form.cleaned_data)
        return self.done(account, "Đã sửa họ tên.")

    def give_role(self, account):
        """Give a role."""
        form = RoleForm(self.request.POST, **self.scope())
        if not form.is_valid():
            return self.show(account, role_form=form, form=form)
        accounts.give_role(user=account, **form.cleaned_data, keeper=self.request.user)
        return self.done(account, "Đã giao vai trò. Vai trò có hiệu lực ngay.")

    def take_role(self, account):
        """Take a role away."""
        roles = account.roles.filter(unit__in=self.units())
        role = get_object_or_404(roles, pk=row_key(self.request.POST.get("role", "")))
        accounts.take_role(role=role, keeper=self.request.user)
        return self.done(account, "Đã bỏ vai trò.")

    def close(self, account):
        """Close the account."""
        accounts.close(user=account, keeper=self.request.user)
        return self.done(account, "Đã đóng tài khoản: người này đã bị đăng xuất và không đăng nhập được nữa.")

    def reopen(self, account):
        """Open it again."""
        accounts.reopen(user=account)
        return self.done(account, "Đã mở lại tài khoản.")

    def give_start_code(self, account):
        """Give a start code and show it once."""
        code = accounts.give_start_code(user=account, now=timezone.now(), keeper=self.request.user)
        return self.slip(account, code)

    def unlock(self, account):
        """Let the person try again."""
        accounts.unlock(user=account, now=timezone.now())
        return self.done(account, "Đã mở khóa: người này đăng nhập lại được ngay.")

    def forget_phone(self, account):
        """Have a phone that was lost open nothing any more."""
        phone = get_object_or_404(account.paired_phones, pk=row_key(self.request.POST.get("phone", "")))
        forget(phone=phone, by=self.request.user)
        return self.done(account, "Đã quên điện thoại đó, và đăng xuất người này ở mọi nơi.")

    def remove_second_factor(self, account):
        """Take away the second factor that was lost."""
        accounts.remove_second_factor(user=account, keeper=self.request.user)
        return self.done(account, "Đã bỏ xác minh hai bước: lần đăng nhập tới chỉ hỏi mật khẩu, rồi đặt lại.")
