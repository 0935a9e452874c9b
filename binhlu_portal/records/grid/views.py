"""The page of a grid."""

from django.http import Http404
from django.utils import timezone

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.moment.forms import unit_choices
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables.bulk_pages import CHOSEN, CHOSEN_UNITS
from binhlu_portal.request_values import row_key
from organizations.tree_queries import tree_of_day, unit_to_change


class GridView(EditView):
    """A page with one grid; after writing it is shown again. One that is `personal` is noted in the log of access."""

    template_name = "records/grid/grid.html"
    success_message = "Đã lưu cả bảng."
    personal = False

    def get_success_url(self):
        """Return the grid again."""
        return self.request.get_full_path()

    def get(self, request, *args, **kwargs):
        """Show the grid, and note that it was opened."""
        form = self.get_form()
        if self.personal:
            log_access(request, AccessKind.OPENED, form.title, len(form.rows))
        return self.render_form(form)


class UnitGridView(GridView):
    """A grid about the unit in the address (`don_vi`), or the highest one of the sender, who may choose another."""

    def get_object(self):
        """Return the unit, if the sender may change it."""
        unit = unit_to_change(
            self.request.GET.get("don_vi", ""), self.request.user, self.get_right(), timezone.localdate()
        )
        if unit is None:
            raise Http404
        return unit

    def get_initial(self):
        """Return the people and the units of the grid, where the address names some (`dang_vien`, `to_chuc`)."""
        people = [key for text in self.request.GET.getlist(CHOSEN) if (key := row_key(text))]
        chosen = {CHOSEN: people, CHOSEN_UNITS: self.request.GET.getlist(CHOSEN_UNITS)}
        return super().get_initial() | {name: found for name, found in chosen.items() if found}

    def get_context_data(self, **kwargs):
        """Return the units to choose from: (code, name)."""
        places = tree_of_day(self.request.user, timezone.localdate(), self.get_right())
        name = next((place.name for place in places if place.unit_id == self.object.pk), "")
        return super().get_context_data(**kwargs) | {"units": unit_choices(places), "unit_name": name}
