"""The page on which a portal begins, and the one on which the sample is left behind."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from binhlu_portal.accounts import entrance, start_word
from binhlu_portal.accounts.proofs import Proof
from binhlu_portal.audit.context import acting
from organizations.models import Unit
from organizations.rights import Right
from organizations.scope import units_kept_by

from . import actions, sample
from .forms import BeginForm, LeaveForm, WordForm


@method_decorator([login_not_required, sensitive_post_parameters()], name="dispatch")
class BeginView(View):
    """Where every page leads while nobody has begun: to the own committee or to the sample, with the start word."""

    title = "Bắt đầu"

    def dispatch(self, request, *args, **kwargs):
        """Lead on who comes later; ask for the word first, which stands in the address."""
        if not start_word.is_empty():
            return redirect("home")
        start_word.start_word()  # whoever keeps the machine finds it there, also where nothing prints it
        word = WordForm(request.GET if "tu" in request.GET else None)
        if not word.is_valid():
            return self.render_page("word.html", word, status=403 if request.method == "POST" else 200)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Show the choice."""
        return self.render_page("begin.html", BeginForm(today=timezone.localdate()))

    def post(self, request):
        """Begin; who comes second at the same moment is led to sign in."""
        try:
            return self.load_sample() if request.POST.get("work") == "sample" else self.begin_committee()
        except ValidationError:
            return redirect("home")

    def load_sample(self):
        """Bring in the sample, and show its accounts."""
        return self.render_page("sample_ready.html", title="Dữ liệu mẫu đã sẵn sàng", accounts=sample.load_sample())

    def begin_committee(self):
        """Begin with the own committee, and sign in who did."""
        form = BeginForm(self.request.POST, today=timezone.localdate())
        if not form.is_valid():
            return self.render_page("begin.html", form)
        try:
            with acting(None, self.title):
                user = actions.begin_committee(**form.given)
        except ValidationError as error:
            if not start_word.is_empty():
                raise
            form.refuse(error)
            return self.render_page("begin.html", form)
        messages.success(self.request, "Hệ thống đã được bắt đầu. Làm lần lượt các bước dưới đây.")
        return entrance.enter(self.request, user, Proof.PASSWORD, timezone.now(), "home")

    def render_page(self, template, form=None, status=200, **context):
        """Return the page made of `template`."""
        return render(
            self.request, f"beginning/{template}", {"title": self.title, "form": form} | context, status=status
        )


class SampleView(View):
    """What the sample is; who keeps the accounts of all of it leaves it behind here."""

    title = "Dữ liệu mẫu"

    def dispatch(self, request, *args, **kwargs):
        """Stand in the sample only."""
        if not request.user.in_sample:
            raise Http404
        kept = units_kept_by(request.user, Right.ACCOUNTS)
        self.is_keeper = Unit.objects.filter(is_sample=True, pk__in=kept).exists()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Tell what it is, and a keeper what goes."""
        return self.render_page(LeaveForm())

    def post(self, request):
        """Leave it behind; whoever did it is given the word with which one begins."""
        if not self.is_keeper:
            raise PermissionDenied
        form = LeaveForm(request.POST)
        if not form.is_valid():
            return self.render_page(form)
        try:
            actions.leave_sample(user=request.user, now=timezone.localtime())
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_page(form)
        logout(request)
        return redirect(f"{reverse('begin')}?{urlencode({'tu': start_word.start_word()})}")

    def render_page(self, form):
        """Return the page."""
        goes = sample.contents() if self.is_keeper else None
        return render(self.request, "beginning/sample.html", {"title": self.title, "form": form, "goes": goes})
