"""Pages of files sent together: what would become of all of them, asked and done at once."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind, Entry
from binhlu_portal.audit.views import RevertChangeSetView
from binhlu_portal.spreadsheets.importer.results import ACTIONS
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.jobs.views import FRAGMENT, SentFilesView
from binhlu_portal.spreadsheets.jobs.visibility import OUT_OF_SCOPE
from binhlu_portal.spreadsheets.models import BatchState, Folder

from .forms import FORMS, RevertFolderForm
from .queries import TOLD, files_of


class FolderView(SentFilesView):
    """The page of files sent together: how far each is, what all of them ask, and what can be done about all."""

    template_name = "spreadsheets/folders/folder.html"
    forms = FORMS

    def get_object(self):
        """Return the folder; its files are read once for all forms."""
        folder = own_folder(self.request, self.kwargs["pk"])
        self.files = files_of(folder, self.request.user)
        return folder

    def get_form_kwargs(self):
        """Return what the form is made with: also the files."""
        return super().get_form_kwargs() | {"files": self.files}

    def get(self, request, **kwargs):
        """Show the page, or to a page that is waiting how far the files are, until all are done."""
        if request.headers.get("HX-Target") != FRAGMENT:
            return self.render_form(None)
        if any(batch.waits for batch in self.files):
            return render(request, "spreadsheets/folders/_files.html", self.told())
        return HttpResponse(headers={"HX-Refresh": "true"})

    def told(self):
        """Return the files and what they come to in all."""
        columns = zip(*(batch.told for batch in self.files), strict=True)
        return {
            "files": self.files,
            "actions": [ACTIONS[name] for name in TOLD],
            "sums": [(column[0][0], sum(count for _, count in column)) for column in columns],
            "wrong": sum(batch.wrong for batch in self.files),
            "asked": sum(batch.asked for batch in self.files),
            "waiting": sum(batch.waits for batch in self.files),
            "live": progress.is_live(timezone.now()),
        }

    def render_form(self, form, **more):
        """Return the page with the forms that have something to do; `form`, the one sent, says what is wrong."""
        common = {"user": self.request.user, "today": timezone.localdate(), "instance": self.object}
        made = [form if isinstance(form, each) else each(files=self.files, **common) for each in FORMS]
        offered = {each.name: each for each in made if each.is_offered}
        told = self.told()
        context = self.get_context_data(form=form) | ({} if told["waiting"] else offered) | told
        context |= {
            "title": self.object.name,
            "folder": self.object,
            "hidden": "" if made[0].is_in_sight else OUT_OF_SCOPE,
            "written": sum(batch.state == BatchState.WRITTEN and bool(batch.writes) for batch in self.files),
            "reverted": sum(batch.state == BatchState.REVERTED for batch in self.files),
        }
        about = sum(bool(question.who) for question, _, _ in made[0].shown)
        if about:
            log_access(self.request, AccessKind.OPENED, f"Câu hỏi của nhóm tệp {self.object.name}", about)
        return render(self.request, self.template_name, context | more)


class RevertFolderView(RevertChangeSetView):
    """Reverts all that was written from the files of a folder, in one act."""

    form_class = RevertFolderForm
    success_message = "Đã hoàn tác tất cả các tệp đã lưu của nhóm."

    def entries(self):
        """Return what was written from the files."""
        written = own_folder(self.request, self.kwargs["pk"]).batches.filter(state=BatchState.WRITTEN)
        acts = [act for act in written.values_list("act", flat=True) if act]
        if not acts:
            raise Http404
        return Entry.objects.filter(act__in=acts)

    @property
    def back_url(self):
        """The page of the folder."""
        return reverse("folder", args=[self.kwargs["pk"]])


def own_folder(request, pk):
    """Return a folder of the reader; those of others are unknown."""
    return get_object_or_404(Folder, pk=pk, user=request.user)
