"""The pages and files of blanks: filled at a moment, bound cell by cell, kept and laid aside."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.db.actions import Refusal
from binhlu_portal.moment.query_string import query
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables.exports import download
from binhlu_portal.request_values import row_key
from organizations.rights import Right
from reports.figures.registry import KNOWN
from reports.form_templates.models import Blank, BlankCell, BlankFile
from reports.placeholders.cells import CELLS

from . import evaluation
from .forms import (
    AddFormTemplateForm,
    BindForm,
    RenameFormTemplateForm,
    ReplaceFileForm,
    ResumeForm,
    StopForm,
    UnbindForm,
)
from .preview import bound_in, rows_of
from .worker_client import MIME


class FormTemplateBaseView(MomentView):
    """Something about one blank at a moment."""

    def get_object(self):
        """Find the blank among those of committees that the reader sees as a whole; it knows whether he decides."""
        user = self.request.user
        own = Blank.objects.editable_by(user, Right.DECIDE).filter(pk=OuterRef("pk"))
        found = Blank.objects.visible_to(user, self.right).select_related("unit").annotate(decides=Exists(own))
        blank = get_object_or_404(found, pk=self.kwargs["pk"])
        self.title = blank.name
        return blank


class FormTemplateView(FormTemplateBaseView):
    """A blank filled; with `gan` in the address every cell leads to where it is bound. `trang` names the sheet."""

    def keeps_parameter(self, name):
        """Keep the sheet and the binding too."""
        return name in ("trang", "gan")

    def get(self, request, **kwargs):
        """Return the page; what cannot be filled is shown as the file has it, with the reason."""
        blank, grids, bindings = self.object, self.object.file.grids, self.object.cells.select_related("of")
        try:
            said, refused = evaluation.say(bindings, grids, self.moment), ()
        except Refusal as refusal:
            said, refused = {}, refusal.messages
        asked = row_key(self.request.GET.get("trang", ""))
        number = asked if asked in range(1, len(grids) + 1) else 1
        name, grid = list(grids.items())[number - 1]
        return self.render_page(
            "form_templates/blank.html",
            blank=blank,
            binding=blank.decides and blank.is_used and "gan" in self.request.GET,
            sheets=[*enumerate(grids, 1)],
            number=number,
            letters=[get_column_letter(column) for column in range(1, 1 + max(column for _, column in grid))],
            rows=rows_of(grid, said.get(name, {}), bound_in(bindings, name)),
            refused=refused,
        )


class FilledFileView(FormTemplateBaseView):
    """A blank filled, as the workbook that goes to the superior committee."""

    right = Right.EXPORT

    def get(self, request, **kwargs):
        """Return the file."""
        try:
            name, content = evaluation.build(self.object, self.moment)
        except Refusal as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return redirect(f"{reverse('blank', args=[self.object.pk])}?{query(self.moment)}")
        log_access(self.request, AccessKind.EXPORTED, f"Mẫu của cấp trên: {self.object}", 0)
        return download(name, content, MIME)


class FormTemplateEditView(EditView):
    """A form about a blank, for those who decide about it."""

    def get_object(self):
        """Return the blank."""
        found = Blank.objects.editable_by(self.request.user, Right.DECIDE).select_related("unit")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def back_url(self):
        """The page of the blank, as the place where cells are bound."""
        return f"{reverse('blank', args=[self.kwargs['pk']])}?gan=1"

    def get_form(self, form_class=None):
        """Return the form with the time."""
        form = super().get_form(form_class)
        form.now = timezone.now()
        return form


class FormTemplateCreateView(FormTemplateEditView):
    """Keeps a workbook as a blank."""

    form_class = AddFormTemplateForm
    success_message = "Đã thêm mẫu: gắn các ô rồi tải tệp đã điền."

    def get_object(self):
        """Return nothing: the blank is not there yet."""

    @property
    def back_url(self):
        """The list of annexes."""
        return reverse("annexes")

    def get_success_url(self):
        """Return the page on which the cells are bound."""
        return f"{reverse('blank', args=[self.written.pk])}?gan=1"


class ReplaceFileView(FormTemplateEditView):
    """Gives a blank another file."""

    form_class = ReplaceFileForm
    template_name = "form_templates/replace.html"
    success_message = "Đã thay tệp của mẫu, các ô đã gắn được giữ nguyên."

    def get_context_data(self, **kwargs):
        """Return the file in use."""
        return super().get_context_data(**kwargs) | {
            "file": BlankFile.objects.filter(blank=self.object).defer("content", "sheets").first()
        }


class RenameFormTemplateView(FormTemplateEditView):
    """Names a blank."""

    form_class = RenameFormTemplateForm


class StopFormTemplateView(FormTemplateEditView):
    """Lays a blank aside."""

    form_class = StopForm
    template_name = "form_templates/stop.html"
    success_message = "Mẫu này không dùng nữa; các kỳ báo cáo đã yêu cầu mẫu vẫn giữ nguyên."

    def get_success_url(self):
        """Return the list of annexes."""
        return reverse("annexes")


class ResumeFormTemplateView(FormTemplateEditView):
    """Takes up a blank again."""

    form_class = ResumeForm
    success_message = "Đã dùng lại mẫu."


class OriginalFileView(FormTemplateEditView):
    """The file of a blank as it came, to be changed in Excel."""

    form_class = ReplaceFileForm

    def get(self, request, **kwargs):
        """Return the file."""
        file = self.object.file
        return download(file.name, bytes(file.content), MIME)


class BindCellView(FormTemplateEditView):
    """Binds one cell of a blank, by the number of its sheet and its place ("C7")."""

    form_class = BindForm
    template_name = "form_templates/bind.html"
    success_message = "Đã gắn ô."

    def get_object(self):
        """Return the blank; what is bound in the cell already goes into the form."""
        blank = super().get_object()
        names, number = list(blank.file.grids), self.kwargs["sheet"]
        try:
            row, column = coordinate_to_tuple(self.kwargs["place"])
        except ValueError:
            raise Http404 from None
        if not 0 < number <= len(names):
            raise Http404
        self.place = names[number - 1], row, column
        self.cell = BlankCell.objects.filter(blank=blank, sheet=self.place[0], row=row, column=column).first()
        return blank

    @property
    def back_url(self):
        """The sheet on the page of the blank."""
        return f"{super().back_url}&trang={self.kwargs['sheet']}#{self.kwargs['place']}"

    def get_initial(self):
        """Return what is bound there."""
        fields = ("text", "earlier", "last_row")
        found = {name: getattr(self.cell, name) for name in fields} if self.cell else {}
        return found | {"of": self.cell.of.code if self.cell and self.cell.of else ""}

    def get_form(self, form_class=None):
        """Return the form with the place."""
        form = super().get_form(form_class)
        form.place = self.place
        return form

    def get_context_data(self, **kwargs):
        """Return every place-holder with what it is called; in order, so that what is alike packs well."""
        figures = sorted((place, _label(*found)) for place, found in CELLS.of_figures.items())
        sheet, row, column = self.place
        shown = self.object.file.grids[sheet].get((row, column))
        title = f"Gắn ô {self.kwargs['place']}, trang “{sheet}”"
        return super().get_context_data(**kwargs) | {
            "title": title,
            "cell": self.cell,
            "shown": shown,
            "places": [*figures, *CELLS.words.items()],
        }


def _label(code, how):
    figure = KNOWN[code]
    return f"{how.label}: {figure.label}" if how.ending else figure.label


class UnbindCellView(FormTemplateEditView):
    """Lets the portal write nothing into a cell any more."""

    form_class = UnbindForm
    template_name = "form_templates/unbind.html"
    success_message = "Đã bỏ gắn ô."

    def get_object(self):
        """Return the cell."""
        found = BlankCell.objects.editable_by(self.request.user, Right.DECIDE).filter(blank=self.kwargs["pk"])
        return get_object_or_404(found, pk=self.kwargs["cell"])
