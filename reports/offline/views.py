"""Pages without network: one empty page that a service worker keeps, and the month that a remembered phone keeps.

The page holds nothing of anybody and is the same for everybody, so it may lie in the cache of a browser. What is of
people comes as a pack, which only a remembered phone is given and only encrypted keeps (`static/offline.js`).
"""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from binhlu_portal.accounts.phones import pins
from binhlu_portal.accounts.phones.forms import PinForm
from binhlu_portal.accounts.phones.queries import phone_of, secret_of
from binhlu_portal.accounts.second_factor.codes import may_be_remembered
from binhlu_portal.db.actions import Refusal

from .forms import months_of

STATIC_FILES = ("portal.css", "offline-store.js", "offline.js", "favicon.svg", "icon-192.png")
"""What the page is made of."""

NOT_KNOWN = "Điện thoại này chưa được nhớ cho tài khoản đang đăng nhập."
PAIR_FIRST = f"{NOT_KNOWN} Muốn dùng khi mất mạng thì nhớ điện thoại này trước."
TOO_OFTEN = f"Sai mã PIN {pins.MOST_FAILURES} lần: điện thoại này không còn được nhớ."


def forgotten(why: str, may_pair: bool = True) -> JsonResponse:
    """Return that the phone is not known, why, and whether its reader may have it remembered."""
    return JsonResponse({"forgotten": why, "pair": may_pair}, status=403)


def empty_page() -> str:
    """Return the page as everybody is given it."""
    return render_to_string("offline/page.html", {"most_failures": pins.MOST_FAILURES, "days": pins.PAIRED_FOR.days})


@method_decorator(login_not_required, name="dispatch")
class OfflineView(View):
    """The page that opens without network; what it shows comes out of the phone."""

    def get(self, request):
        """Return it."""
        return HttpResponse(empty_page())


@method_decorator(login_not_required, name="dispatch")
class ServiceWorkerView(View):
    """The service worker: which files it keeps, and under which name, a new one whenever one of them changes."""

    def get(self, request):
        """Return the script; it lies at the root, for a worker serves what lies beneath it."""
        page = empty_page()
        files = [reverse("offline"), *map(static, STATIC_FILES)]
        kept = hashlib.sha256("\n".join([page, *files]).encode()).hexdigest()[:12]
        scripts = [static(name) for name in ("offline-store.js", "offline-worker.js")]
        told = {"kept": kept, "page": reverse("offline"), "files": files, "scripts": scripts}
        return HttpResponse(render_to_string("offline/worker_settings.js", told), content_type="text/javascript")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class OfflinePackView(View):
    """What a remembered phone keeps of the month; to any other it is told that it is none."""

    def dispatch(self, request, *args, **kwargs):
        """Know the phone from which it is asked, and that it is the phone of who asks."""
        self.now = timezone.now()
        self.phone = phone_of(request, self.now)
        if self.phone is None or self.phone.user != request.user:
            may_pair = may_be_remembered(request.user)
            return forgotten(PAIR_FIRST if may_pair else NOT_KNOWN, may_pair)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Return the pack: a page without a frame, until when it is kept, and by which account."""
        today = timezone.localdate()
        context = {"months": months_of(request.user, today), "today": today}
        return JsonResponse(
            {
                "html": render_to_string("offline/pack.html", context),
                "until": int(self.phone.expires_at.timestamp() * 1000),
                "whose": request.user.browser_key,
                "csrf": get_token(request),
            }
        )

    def post(self, request):
        """Try the PIN by which the phone is going to encrypt: one that it would not know elsewhere is a slip."""
        form = PinForm(request.POST, phone=self.phone, secret=secret_of(request), question=None, now=self.now)
        try:
            is_right = form.is_valid()
        except Refusal:  # the phone was forgotten meanwhile
            is_right = False
        if is_right:
            return JsonResponse({})
        if self.phone.pk is None:
            return forgotten(TOO_OFTEN)
        return JsonResponse({"refused": [*form.errors.get("pin", ())]}, status=422)
