"""The pages of the way into the Party: the board, the steps of one person, the targets of a year."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.grid.views import UnitGridView
from binhlu_portal.records.tables.views import ListFileMixin, MomentListView
from members.models import Admission
from members.probation import probation_end
from organizations.rights import Right
from organizations.scope import rights_of

from . import forms, pipeline, target_form
from .columns import PIPELINE
from .grid import OfficialGridForm
from .targets import target_rows

SHOWN = 20
"""Cards of a stage on the board; the page of one stage shows all."""

A_PAGE = 60
"""Cards on a page of one stage."""

NEXT = {
    pipeline.LISTED: ("hoc-lop", "dua-ra"),
    pipeline.TAUGHT: ("ket-nap", "dua-ra"),
    pipeline.PROBATION: ("chinh-thuc", "xoa-ten"),
}
"""The steps that a stage leads to, the usual one first."""


@dataclass(frozen=True)
class CandidateCard:
    """One person on the board: what is due, and the steps the reader may take, as (name in the address, button)."""

    admission: Admission
    deadline: pipeline.Deadline | None
    steps: tuple


class PipelineView(MomentListView):
    """Candidates, members on probation and those made official this year, side by side, with the targets of units."""

    title = "Kết nạp đảng viên"
    listing = PIPELINE
    file_url = ("admissions-file",)
    own_records = True

    def get_queryset(self):
        """Return the people of the board, or those of one stage (`buoc`)."""
        rows, asked = pipeline.pipeline(self.moment), self.request.GET.get("buoc")
        return rows.filter(stage=asked) if asked else rows

    def get(self, request, **kwargs):
        """Return the board, or the page of one stage (`buoc`)."""
        rows, asked = self.get_queryset(), self.request.GET.get("buoc")
        stages = [stage for stage in pipeline.STAGES if asked in (None, stage.code)]
        if not stages:
            raise Http404
        page = None
        if asked:
            page = Paginator(rows, A_PAGE).get_page(self.request.GET.get("trang"))
            shown, totals = list(page), {asked: page.paginator.count}
        else:
            shown = list(pipeline.top_of_each_stage(rows, SHOWN))
            totals = {row.stage: row.total for row in shown}
        log_access(self.request, AccessKind.OPENED, self.title, len(shown))
        columns = [(stage, totals.get(stage.code, 0), self._cards(stage, shown)) for stage in stages]
        rights = rights_of(self.request.user)
        targets, total = ((), None) if asked else target_rows(self.moment)
        return self.render_page(
            "admissions/board.html",
            columns=columns,
            files=self.file_links(Admission) if any(totals.values()) else None,
            list_query=request.GET.urlencode(),
            shown=SHOWN,
            page=page,
            targets=[row for row in targets if not row.is_bare],
            bare=[row for row in targets if row.is_bare],
            total=total,
            may_list=Right.EDIT in rights,
            may_decide=Right.DECIDE in rights,
            is_today=self._is_today(),
        )

    def _is_today(self):
        return self.moment.as_of == self.moment_form.today

    def _cards(self, stage, admissions):
        return [self._card(stage, admission) for admission in admissions if admission.stage == stage.code]

    def _card(self, stage, admission):
        due = pipeline.deadline(admission, self.moment.in_force) if stage is pipeline.PROBATION else None
        steps = NEXT.get(stage, ()) if self._is_today() else ()
        return CandidateCard(
            admission,
            due,
            tuple((step, forms.STEPS[step].button) for step in steps if self._may(step, admission)),
        )

    def _may(self, step, admission):
        if step == "chinh-thuc" and self.moment.as_of < probation_end(admission.ceremony_on, self.moment.in_force):
            return False
        return admission.may_decide if forms.STEPS[step].right is Right.DECIDE else admission.may_edit


class PipelineFileView(ListFileMixin, PipelineView):
    """The people of the board as a file."""


class AdmissionStepView(EditView):
    """A step of one person."""

    template_name = "admissions/step.html"
    back_url = property(lambda self: reverse("admissions"))

    @property
    def form_class(self):
        """The form of the step."""
        form = forms.STEPS.get(self.kwargs["step"])
        if form is None:
            raise Http404
        return form

    def get_context_data(self, **kwargs):
        """Return a title that names the person."""
        return super().get_context_data(**kwargs) | {"title": f"{self.form_class.title}: {self.object.member}"}

    def get_object(self):
        """Return the admission, if it can take the step and the sender may say so."""
        rows = Admission.objects.editable_by(self.request.user, self.form_class.right).filter(self.form_class.stage)
        return get_object_or_404(rows.select_related("member", "unit"), pk=self.kwargs["pk"])


class CandidateCreateView(EditView):
    """Puts somebody on the list of candidates."""

    form_class = forms.ListCandidateForm
    back_url = property(lambda self: reverse("admissions"))

    def get_initial(self):
        """Return the cell and the person named in the address."""
        asked = {"unit": self.request.GET.get("don_vi"), "person": self.request.GET.get("nguoi")}
        return {name: value for name, value in asked.items() if value}


class OfficialGridView(UnitGridView):
    """Recognises many members on probation as official at once."""

    form_class = OfficialGridForm
    template_name = "admissions/official.html"
    success_message = "Đã lưu những người được công nhận chính thức."
    personal = True
    back_url = property(lambda self: reverse("admissions"))


class TargetsView(UnitGridView):
    """Sets the targets of a year for all units directly beneath one unit."""

    form_class = target_form.TargetsForm
    template_name = "admissions/targets.html"
    back_url = property(lambda self: reverse("admissions"))

    def get_initial(self):
        """Return the year: that of the address, or this one."""
        this_year, asked = timezone.localdate().year, self.request.GET.get("nam", "")
        near = {str(year): year for year in range(this_year - 1, this_year + 2)}
        return {"year": near.get(asked, this_year)}
