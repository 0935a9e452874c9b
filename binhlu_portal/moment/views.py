"""Base view of all pages about a moment."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View
from django.views.generic.base import ContextMixin

from organizations.rights import Right

from .forms import MomentForm
from .query_string import query


class MomentView(ContextMixin, View):
    """A page or a file about a moment, which is read from the address before `get()` and nowhere else.

    A subclass gives `title` and `get()`; its units are those over which the reader holds `right`. A moment that cannot
    be asked for gives the heading and the errors at their fields; an account without a unit is told so. A page that is
    `of_ended` units too answers for those that have ended by the as-of day.
    """

    title = ""
    right = Right.SEE
    of_ended = False
    object = None

    def dispatch(self, request, *args, **kwargs):
        """Read `self.moment` and find `self.object`, then answer as every view does."""
        if request.method.lower() not in self.http_method_names:
            return self.http_method_not_allowed(request, *args, **kwargs)
        kept = [(name, values) for name, values in request.GET.lists() if self.keeps_parameter(name)]
        self.moment_form = MomentForm(
            request.GET,
            user=request.user,
            today=timezone.localdate(),
            right=self.right,
            kept=kept,
            of_ended=self.of_ended,
        )
        if self.moment_form.is_for_nobody:
            return render(request, "moment/no_unit.html", status=403)
        if not self.moment_form.is_valid():
            context = {"title": self.title, "moment_form": self.moment_form}
            return render(request, "moment/no_moment.html", context)
        self.moment = self.moment_form.moment
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def get_object(self):
        """Return what the page is about beside the moment, out of what the reader may see (404 for others), or None."""
        return None

    def keeps_parameter(self, name: str) -> bool:
        """Whether a parameter that asks for no moment stays for another one: the split and the size of a page."""
        return name in ("chia", "dong")

    def get_context_data(self, **kwargs) -> dict:
        """Return the context of the template; `query` is the moment for the links on the page."""
        common = {
            "title": self.title,
            "moment": self.moment,
            "moment_form": self.moment_form,
            "unit_name": self.moment_form.unit_name,
            "query": query(self.moment),
        }
        return common | super().get_context_data(**kwargs)

    def render_page(self, template: str, **context) -> HttpResponse:
        """Return the page made of `template`."""
        return render(self.request, template, self.get_context_data(**context))
