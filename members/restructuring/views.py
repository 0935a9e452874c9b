"""The page of every wizard that changes party organizations."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from binhlu_portal.audit.display import lines
from binhlu_portal.records.forms.views import EditView
from members.restructuring.change_types import CHANGES, CORRECTIONS, forms_of
from organizations.models import Unit

from .preview import moves, posts


class UnitChangeView(EditView):
    """A wizard about one unit."""

    template_name = "restructuring/change.html"

    @property
    def form_class(self):
        """The wizard named in the address."""
        form = (CHANGES | CORRECTIONS).get(self.kwargs["action"])
        if form is None:
            raise Http404
        return form

    def get_object(self):
        """Return the unit, if the sender may change it and the wizard suits it and whether it stands."""
        kept = Unit.objects.editable_by(self.request.user, self.form_class.right)
        unit = get_object_or_404(kept, code=self.kwargs["code"])
        self.place = unit.periods.order_by("started_on").last()
        if self.kwargs["action"] not in forms_of(unit) or not self.form_class.fits(self.place):
            raise Http404
        return unit

    @property
    def back_url(self):
        """The page of the unit."""
        return reverse("unit", args=[self.object.code])

    @property
    def success_message(self):
        """What is said after writing."""
        return self.form_class.done

    def get_success_url(self):
        """Return the page of the unit to look at next."""
        return reverse("unit", args=[self.written.code])

    def get_context_data(self, **kwargs):
        """Return a title that names the unit."""
        return super().get_context_data(**kwargs) | {"title": f"{self.form_class.title}: {self.place.name}"}

    def effect(self, entries):
        """Return who moves and whose posts end, and then every change."""
        if self.kwargs["action"] in CORRECTIONS:  # nobody moves who has not moved already
            return super().effect(entries)
        told = lines(entries)
        return super().effect(entries) | {"moves": moves(told), "posts": posts(told)}
