"""The pages of the outline of a report: as it is in force, edited with a preview, chosen among others, as a file."""

from django.urls import reverse

from binhlu_portal.records.tables.exports import download
from reports.narrative.models import ReportOutline, ReportText
from reports.narrative.views import ReportEditView, TimedEditView

from . import builtin, queries
from .codes import keep_codes
from .forms import BuiltinOutlineForm, FollowOutlineForm, NewOutlineForm, OutlineForm
from .parser import parse


class OutlineView(ReportEditView):
    """The outline that the report of a period follows."""

    form_class = OutlineForm
    template_name = "narrative/outline/outline.html"
    http_method_names = ("get", "head")

    def get_context_data(self, **kwargs):
        """Return the outline, and since when it is in use."""
        period = self.object
        rows = ReportOutline.objects.visible_to(self.request.user).filter(unit=period.unit, code=period.outline)
        outline = queries.outline_of(period)
        return super().get_context_data(**kwargs) | {
            "title": f"Đề cương: {outline.name}",
            "period": period,
            "outline": outline,
            "used": rows.select_related("user").first(),
            "is_builtin": period.outline in builtin.codes(),
        }


class OutlineEditView(TimedEditView):
    """A form about the outline of a report."""

    @property
    def back_url(self):
        """The page of the outline."""
        return reverse("report-outline", args=[self.kwargs["pk"]])


class EditOutlineView(OutlineEditView):
    """Edits the outline; shows before it writes how the outline is understood, and which texts lose their place."""

    form_class = OutlineForm
    template_name = "narrative/outline/edit.html"
    success_message = "Đã kiểm tra đề cương: từ nay báo cáo theo đề cương này."

    def effect(self, entries):
        """Return how the outline typed is understood, and what was written under headings that it has no more."""
        period, text = self.object, self.get_form().data["text"]
        old = queries.outline_of(period)
        written = ReportText.objects.filter(period__unit=period.unit, outline=period.outline).exclude(text="")
        codes = {*written.values_list("section", flat=True)}
        new = parse(old.code, keep_codes(parse(old.code, text), old, codes))
        lost = codes & old.written.keys() - new.written.keys()
        return {"preview": new, "lost": [old.written[code] for code in sorted(lost)]}


class NewOutlineView(OutlineEditView):
    """Starts another outline for the report."""

    form_class = NewOutlineForm
    template_name = "narrative/outline/edit.html"
    success_message = "Đã thêm đề cương: báo cáo của kỳ này theo đề cương đó."

    def effect(self, entries):
        """Return how the outline typed is understood."""
        return {"preview": parse("", self.get_form().data["text"])}


class FollowOutlineView(OutlineEditView):
    """Chooses the outline that the report follows."""

    form_class = FollowOutlineForm
    template_name = "narrative/outline/follow.html"
    success_message = "Đã chọn đề cương của báo cáo."


class UseBuiltinOutlineView(OutlineEditView):
    """Goes back to the portal's own outline."""

    form_class = BuiltinOutlineForm
    success_message = "Báo cáo lại theo đề cương của hệ thống."


class OutlineFileView(ReportEditView):
    """The outline as a text file, to be kept or edited elsewhere."""

    form_class = OutlineForm
    http_method_names = ("get", "head")

    def get(self, request, **kwargs):
        """Return the file."""
        outline = queries.outline_of(self.object)
        return download(f"de-cuong-{outline.code}.txt", outline.text.encode(), "text/plain; charset=utf-8")
