"""The page on which many units are brought in at once; what is offered while a unit is searched."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.moment.forms import unit_choices
from binhlu_portal.records.grid.views import GridView
from binhlu_portal.search_boxes import SuggestionsView, bearing
from organizations.models import Unit
from organizations.tree_queries import tree_of_day

from .grid import NewUnitsForm


class NewUnitsView(GridView):
    """Brings many units in beneath the one in the address."""

    form_class = NewUnitsForm
    success_message = "Đã lưu các tổ chức. Bước tiếp theo: nhập danh sách đảng viên, ghi cấp ủy của từng tổ chức."

    def get_object(self):
        """Return the unit above, if the sender may change it and others may stand beneath it."""
        unit = get_object_or_404(
            Unit.objects.editable_by(self.request.user, NewUnitsForm.right), code=self.kwargs["code"]
        )
        place = unit.periods.order_by("started_on").last()
        if not (unit.is_open and NewUnitsForm.fits(place)):
            raise Http404
        return unit

    @property
    def back_url(self):
        """The page of the unit above."""
        return reverse("unit", args=[self.object.code])

    def get_success_url(self):
        """Return the page of the unit above."""
        return self.back_url

    def get_context_data(self, **kwargs):
        """Return a title that names the unit above."""
        context = super().get_context_data(**kwargs)
        return context | {"title": f"{NewUnitsForm.title}: {context['form'].place.name}"}


class UnitSuggestionsView(SuggestionsView):
    """Offers the units in sight that bear what is typed."""

    def found(self, text):
        """Return them, higher ones first."""
        return bearing(text, unit_choices(tree_of_day(self.request.user, timezone.localdate())))
