"""What all pages about a moment share."""

from django.shortcuts import render
from django.utils import timezone
from django.views import View

from organizations.rights import Right

from .forms import MomentForm, query


class MomentView(View):
    """A page or a file about a moment, which is read from the address here and nowhere else.

    A subclass gives `title` and `answer()`; its units are those over which the reader holds `right`. A moment that
    cannot be asked for gives the heading and the errors at their fields; an account without a unit is told so.
    `keeps(name)` says what else of the address stays when another moment is asked for.
    """

    title = ""
    right = Right.SEE

    def get(self, request, **kwargs):
        """Read the moment and answer."""
        kept = [(name, values) for name, values in request.GET.lists() if self.keeps(name)]
        self.form = MomentForm(request.GET, user=request.user, today=timezone.localdate(), right=self.right, kept=kept)
        if self.form.is_for_nobody:
            return render(request, "moment/no_unit.html", status=403)
        if self.form.is_valid():
            self.moment = self.form.moment
            return self.answer()
        return render(request, "moment/no_moment.html", {"title": self.title, "moment_form": self.form})

    def keeps(self, name):
        """Whether a part of the address that asks for no moment stays: the split and the size of a page."""
        return name in ("chia", "dong")

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
