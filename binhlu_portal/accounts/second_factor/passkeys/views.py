"""The pages on which one's own passkeys are added and removed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from binhlu_portal.accounts import request_info
from binhlu_portal.accounts.proofs import check_fresh
from binhlu_portal.accounts.second_factor import codes
from binhlu_portal.accounts.second_factor.views import PaperPageMixin
from binhlu_portal.audit.context import acting

from . import actions
from .ceremonies import PasskeyOrder
from .forms import PasskeyForm
from .relying_party import THIS_MACHINE


class NewPasskeyView(PaperPageMixin, View):
    """Has a browser make a passkey; codes for paper are shown where it is the first second factor."""

    def dispatch(self, request, *args, **kwargs):
        """Ask for a fresh sign-in before a browser makes anything."""
        check_fresh(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Show the form."""
        order = PasskeyOrder(request, request.user, timezone.now())
        return self.render_page(PasskeyForm(order=order, initial={"name": request_info.browser(request)}))

    def post(self, request):
        """Take the passkey."""
        form = PasskeyForm(request.POST, order=PasskeyOrder(request, request.user, timezone.now()))
        if not form.is_valid() or form.new is None:
            return self.render_page(form)
        name = form.cleaned_data["name"]
        try:
            with acting(request.user, "Thêm khóa truy cập"):
                printed = actions.add(user=request.user, new=form.new, name=name, now=form.order.now)
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_page(form)
        if printed:
            return self.paper(printed)
        messages.success(request, f"Đã thêm khóa truy cập “{name}”. Từ nay đăng nhập dùng được khóa này thay cho mã.")
        return redirect("account")

    def render_page(self, form):
        """Return the page with `form`, or with the address at which it would work."""
        user = self.request.user
        context = {
            "title": "Thêm khóa truy cập",
            "form": form,
            "is_asked": codes.is_required(user) and not user.second_factor_at,
            "here": f"http://{THIS_MACHINE}:{self.request.get_port()}{self.request.path}",
        }
        return render(self.request, "accounts/second_factor/passkeys/new.html", context)


class RemovePasskeyView(View):
    """Gives a passkey of one's own up."""

    def post(self, request, pk):
        """Do so, or say why not."""
        passkey = get_object_or_404(request.user.passkeys, pk=pk)
        try:
            with acting(request.user, "Bỏ khóa truy cập"):
                actions.remove(user=request.user, passkey=passkey)
            messages.success(request, f"Đã bỏ khóa truy cập “{passkey.name}”.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("account")
