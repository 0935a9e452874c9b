"""The page of a grid."""

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.records.forms.views import EditView


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
