"""What all pages about a moment share, and the front door."""

from django.shortcuts import render
from django.utils import timezone
from django.views import View
from django.views.generic import RedirectView

from .forms import MomentForm, query


class Home(RedirectView):
    """The front door leads to the report."""

    pattern_name = "report"


class MomentView(View):
    """A page or a file about a moment, which is read from the address here and nowhere else.

    A subclass gives `title` and `answer()`. A moment that cannot be asked for gives the heading and the errors at
    their fields; an account without a unit is told so.
    """

    title = ""

    def get(self, request, **kwargs):
        """Read the moment and answer."""
        self.form = MomentForm(request.GET, user=request.user, today=timezone.localdate())
        if self.form.is_for_nobody:
            return render(request, "no_unit.html", status=403)
        if self.form.is_valid():
            self.moment = self.form.moment
            return self.answer()
        return render(request, "no_moment.html", {"title": self.title, "moment_form": self.form})

    def answer(self):
        """Return the response about `self.moment`."""
        raise NotImplementedError

    def page(self, template, **context):
        """Return the page made of `template`; `query` is the moment for the links on it."""
        common = {
            "title": self.title,
            "moment": self.moment,
            "moment_form": self.form,
            "unit_name": self.form.unit_name,
            "query": query(self.moment),
        }
        return render(self.request, template, common | context)
