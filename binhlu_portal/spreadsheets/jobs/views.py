"""The pages of the import: bring files in, see what they would change, put right, confirm, revert; and templates."""

from itertools import zip_longest

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind, Entry
from binhlu_portal.audit.views import RevertChangeSetView
from binhlu_portal.moment.forms import unit_choices
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables.exports import file_response
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from binhlu_portal.spreadsheets.data_workbook.writer import write
from binhlu_portal.spreadsheets.importer.result_json import cell_of, options_of, wrong_and_asked
from binhlu_portal.spreadsheets.importer.results import ACTIONS
from binhlu_portal.spreadsheets.models import WAITING, Batch, BatchState, Folder
from organizations.rights import Right
from organizations.scope import rights_of
from organizations.tree_queries import tree_of_day

from . import error_workbook, progress
from .actions import is_reverted
from .forms import FORMS, RecheckForm, RevertBatchForm
from .upload_form import UploadForm
from .visibility import OUT_OF_SCOPE, ResultInSight, kept_in_sight, same_file_before, states_of, with_same_before

FILES, PAGE = 25, 50
"""How many files the list shows on a page, and how many faults, changes or new records the page of a file."""

FRAGMENT = "tien-do"
"""The part of the page of a waiting file that is asked for again and again."""

TOLD = (BatchState.CHECKED, BatchState.WRITTEN, BatchState.REVERTED)
"""The states in which the page of a file shows its result."""

PARTS = {"faults": "loi", "read": "doc", "changes": "doi", "new": "moi"}
"""What of a result is paged, and the parameter of the address that says which page."""


class BatchListView(EditView):
    """Brings files in; the own files, newest first, with what became of them."""

    form_class = UploadForm
    template_name = "spreadsheets/jobs/files.html"
    success_message = "Đã nhận tệp. Hệ thống đang kiểm tra, chưa lưu gì."

    def get_success_url(self):
        """Return the page of the file, or that of the folder of several."""
        (taken,) = self.written
        return reverse("folder" if isinstance(taken, Folder) else "import", args=[taken.pk])

    def get_context_data(self, **kwargs):
        """Return the own files, of a folder one line, and the units with whose records a workbook can be filled."""
        newer = Batch.objects.filter(folder=OuterRef("folder"), pk__gt=OuterRef("pk"))
        own = with_same_before(Batch.objects.of(self.request.user), self.request.user).exclude(Exists(newer))
        own = own.annotate(counts=F("result__counts"), wrong=F("result__faults__0")).select_related("folder")
        page = Paginator(own, FILES).get_page(self.request.GET.get("trang"))
        states = states_of(batch.folder_id for batch in page.object_list if batch.folder_id)
        for batch in page.object_list:
            batch.told = [pair for pair in zip(ACTIONS.values(), totals(batch.counts or {}), strict=True) if pair[1]]
            batch.states = states.get(batch.folder_id)
        return super().get_context_data(**kwargs) | {
            "page": page,
            "units": unit_choices(tree_of_day(self.request.user, timezone.localdate(), Right.EDIT)),
        }


class SentFilesView(EditView):
    """A page about files with several `forms`, each with a button of its own; the first stands for none pressed."""

    forms = ()

    @property
    def form_class(self):
        """The form whose button was pressed."""
        first, *_ = self.forms
        return next((form for form in self.forms if form.name in self.request.POST), first)

    @property
    def success_message(self):
        """What is said once the form has been sent."""
        return self.form_class.done

    @property
    def back_url(self):
        """The page itself."""
        return self.request.path


class BatchView(SentFilesView):
    """The page of one file: what it would change, or has changed, and what can be done about it."""

    template_name = "spreadsheets/jobs/file.html"
    forms = FORMS

    def get_object(self):
        """Return the file."""
        if self.request.headers.get("HX-Target") == FRAGMENT:
            return own_batch(self.request, self.kwargs["pk"])
        return own_batch(self.request, self.kwargs["pk"], "content")

    def get(self, request, **kwargs):
        """Show the page, or to a page that is waiting how far the work is, until it is done."""
        if request.headers.get("HX-Target") != FRAGMENT:
            return self.render_form(None)
        if self.object.waits:
            return render(request, "spreadsheets/jobs/_progress.html", self.waiting())
        return HttpResponse(headers={"HX-Refresh": "true"})

    def get_context_data(self, **kwargs):
        """Return what the page of a file in its state shows."""
        batch = self.object
        told = self.waiting() if batch.waits else self.result() if batch.state in TOLD else {}
        same = None if told.get("is_reverted") else same_file_before(batch)
        return super().get_context_data(**kwargs) | told | {"title": batch.name, "batch": batch, "same": same}

    def waiting(self):
        """Return how far the work is, how many files are before this one, and whether anybody works."""
        done, total = progress.read(self.object) or (0, 0)
        before = Batch.objects.filter(state__in=WAITING, pk__lt=self.object.pk).count()
        live = progress.is_live(timezone.now())
        return {"batch": self.object, "done": min(done, total), "total": total, "before": before, "live": live}

    def result(self):
        """Return the counts, and a page of each kind of line; the people on it were opened."""
        result, user = self.object.result, self.request.user
        read = result.get("read") or {"columns": [], "rows": [], "count": 0}
        lines = {"changes": result["changes"], "new": result["new"], "read": read["rows"]}
        pages = {name: self.page(name, found) for name, found in lines.items()}
        sight = ResultInSight(result, user, **{name: page.object_list for name, page in pages.items()})
        whole = sight.is_whole or not result["faults"]
        for name in lines:
            pages[name].object_list = getattr(sight, name)
        faults = by_cell(result["faults"]) if whole else []
        wrong, asked = wrong_and_asked(faults)
        if self.object.state == BatchState.CHECKED and (wrong or asked):
            faults = [fault for fault in faults if not fault.get("waits")]
        pages["faults"] = self.page("faults", faults)
        people = max(len(sight.changes) + len(sight.new), len(sight.read))
        log_access(self.request, AccessKind.OPENED, f"Kết quả kiểm tra tệp {self.object.name}", people)
        titles = [tab.title for tab in TABS.values() if tab.title in result["counts"]]
        counts = [(title, [result["counts"][title].get(action, 0) for action in ACTIONS]) for title in titles]
        return {f"{name}_page": page for name, page in pages.items()} | {
            "faults": [fault | {"cell": cell_of(fault)} for fault in pages["faults"].object_list],
            "wrong": wrong,
            "asked": asked,
            "asks": asked and not wrong,
            "actions": ACTIONS.values(),
            "counts": counts,
            "sums": [sum(column) for column in zip(*(row for _, row in counts), strict=True)],
            "writes": result["writes"],
            "is_reverted": self.object.state == BatchState.WRITTEN and result["writes"] and is_reverted(self.object),
            "kept": kept_in_sight(result.get("kept", ()), user),
            "hidden": "" if whole else OUT_OF_SCOPE,
            "notes": result["notes"],
            "unread": result.get("unread", ()),
            "read": read,
            "read_heads": zip_longest(read["columns"], read.get("hints", ())),
            "read_rows": [[*row[:5], zip(read["columns"], row[5], strict=True)] for row in sight.read],
            "parameters": PARTS,
        }

    def page(self, name, lines):
        """Return the page of one kind of line that the address asks for."""
        return Paginator(lines, PAGE).get_page(self.request.GET.get(PARTS[name]))

    def render_form(self, form, **more):
        """Return the page with all its forms; `form`, the one that was sent, says what is wrong with it."""
        common = {"user": self.request.user, "today": timezone.localdate(), "instance": self.object}
        forms = {
            each.name: form if isinstance(form, each) else each(**common)
            for each, states in FORMS.items()
            if self.object.state in states
        }
        context = self.get_context_data(form=form) | forms
        if RecheckForm.name in forms and "faults" in context:
            context["faults"] = forms[RecheckForm.name].shown(context["faults"])
        return render(self.request, self.template_name, context | more)


class RevertBatchView(RevertChangeSetView):
    """Reverts all that was written from a file."""

    form_class = RevertBatchForm
    success_message = "Đã hoàn tác cả tệp."

    def entries(self):
        """Return what was written from the file."""
        batch = own_batch(self.request, self.kwargs["pk"])
        if batch.state != BatchState.WRITTEN:
            raise Http404
        return Entry.objects.filter(act=batch.act)

    @property
    def back_url(self):
        """The page of the file."""
        return reverse("import", args=[self.kwargs["pk"]])


class WriterView(View):
    """A file for those who may write something; to others it is unknown."""

    def dispatch(self, request, **kwargs):
        """Ask for the right."""
        if Right.EDIT not in rights_of(request.user):
            raise Http404
        return super().dispatch(request, **kwargs)


class ErrorWorkbookView(WriterView):
    """The file with its faults marked, to be put right and sent again."""

    def get(self, request, pk):
        """Return the file, if it has faults."""
        batch = own_batch(request, pk)
        if batch.state not in TOLD or not batch.result["faults"]:
            raise Http404
        if not ResultInSight(batch.result, request.user).is_whole:
            messages.error(request, OUT_OF_SCOPE)
            return redirect("import", pk)
        log_access(
            request, AccessKind.EXPORTED, f"Tệp có đánh dấu lỗi: {batch.name}", sum(totals(batch.result["counts"]))
        )
        return file_response(error_workbook.name_of(batch), lambda file: error_workbook.write(file, batch))


class EmptyWorkbookView(WriterView):
    """The data workbook without records."""

    def get(self, request):
        """Return the file."""
        return file_response("tep-mau.xlsx", lambda file: write(file, user=request.user, filled=False))


class FilledWorkbookView(WriterView, MomentView):
    """The data workbook with all that its reader may change beneath a unit, as it is now."""

    title = "Tệp dữ liệu để sửa"
    right = Right.EXPORT

    def get(self, request, **kwargs):
        """Return the file."""

        def fill(file):
            count = write(file, user=self.request.user, unit=self.moment.unit)
            log_access(self.request, AccessKind.EXPORTED, f"{self.title}: {self.moment_form.unit_name}", count)

        return file_response(f"du-lieu-{self.moment.unit.code}-{self.moment_form.today:%Y-%m-%d}.xlsx", fill)


def own_batch(request, pk, *deferred):
    """Return a file of the reader without its bytes and its result, or without what is `deferred`.

    Those of others are unknown.
    """
    own = Batch.objects.of(request.user)
    batch = get_object_or_404(own.defer(None).defer(*deferred) if deferred else own, pk=pk)
    batch.user = request.user
    return batch


def totals(counts):
    """Return how many records become what, over all sheets, in the order of `ACTIONS`."""
    return [sum(found.get(action, 0) for found in counts.values()) for action in ACTIONS]


def by_cell(faults):
    """Return `faults` with all that is wrong with a cell in one; a question stands alone."""
    found = {}
    for fault in faults:
        key = fault["place"], *options_of(fault)
        before = [found[key]["message"]] if key in found else []
        found[key] = fault | {"message": " ".join([*before, fault["message"]])}
    return list(found.values())
