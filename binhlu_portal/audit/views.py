"""The pages of the history: what was written, one record, taking something back, who opened which list."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.records.forms.views import SHOWN_EFFECTS, EditView
from binhlu_portal.request_values import row_key
from organizations.rights import Right
from organizations.scope import rights_of

from . import display, permissions
from .change_sets import newest_change_sets
from .forms import AccessFilter, HistoryFilter, RevertForm
from .models import AccessKind, Entry
from .tables import AccessTable

PAGE = 25
"""How many acts, or changes of one record, a page shows."""

OLDER = "truoc"
"""The parameter of an address after which entry the page begins."""


class LogView(View):
    """A page that shows what is newest first; `truoc` in its address leads on to older notes."""

    rights = frozenset({Right.SEE, Right.ACCOUNTS})

    def dispatch(self, request, **kwargs):
        """Open the page to those who hold one of its rights."""
        self.held = rights_of(request.user)
        if not self.rights & self.held:
            raise Http404
        return super().dispatch(request, **kwargs)

    @property
    def before(self):
        """The number of the entry before which the page begins; None for the newest."""
        return row_key(self.request.GET.get(OLDER, ""))

    def render_page(self, template, **context):
        """Return the page made of `template`."""
        writes = self.held & {Right.EDIT, Right.DECIDE}
        common = {"decides": Right.DECIDE in self.held, "writes": bool(writes), "older": OLDER, "before": self.before}
        return render(self.request, f"audit/{template}", common | context)


class HistoryView(LogView):
    """What was written, act by act."""

    def get(self, request):
        """Return the page."""
        form = HistoryFilter(request.GET, user=request.user, today=timezone.localdate())
        acts = newest_change_sets(form.narrow(permissions.readable(request.user)), self.before, PAGE + 1)
        log = self.held & AccessLogView.rights
        log_access(request, AccessKind.OPENED, "Lịch sử thay đổi", len(acts))
        return self.render_page(
            "history.html", title="Lịch sử", filter=form, log=log, **cut(acts, lambda act: act.entry.pk)
        )


class RowHistoryView(LogView):
    """Every change of one record."""

    def get(self, request, table, pk):
        """Return the page; a record of which the reader may read nothing is unknown."""
        entries = permissions.readable(request.user).filter(table=table, row=pk).select_related("user").order_by("-pk")
        if display.model_of(table) is None or not entries.exists():
            raise Http404
        if self.before is not None:
            entries = entries.filter(pk__lt=self.before)
        lines = display.lines(entries[: PAGE + 1])
        kind = display.model_of(table)._meta.verbose_name
        about = f"{kind}: {lines[0].about}" if lines and lines[0].about else kind
        log_access(request, AccessKind.OPENED, f"Lịch sử {about}", len(lines))
        return self.render_page("row.html", title=f"Lịch sử {about}", **cut(lines, lambda line: line.entry.pk))


class ChangeSetView(LogView):
    """Everything that was written at once."""

    def get(self, request, act):
        """Return the page."""
        entries = permissions.readable(request.user).filter(act=act).select_related("user").order_by("pk")
        shown = list(entries[:SHOWN_EFFECTS])
        if not shown:
            raise Http404
        count = len(shown) if len(shown) < SHOWN_EFFECTS else entries.count()
        log_access(request, AccessKind.OPENED, "Lịch sử: một lần ghi", len(shown))
        return self.render_page(
            "act.html",
            title="Một lần ghi",
            act=act,
            entry=shown[0],
            lines=display.lines(shown),
            count=count,
            more=count - len(shown),
            may_revert=permissions.may_revert(request.user, Entry.objects.filter(act=act)),
        )


class RevertView(EditView):
    """Reverts one change; what would follow is shown first."""

    form_class = RevertForm
    template_name = "audit/revert.html"
    success_message = "Đã hoàn tác."

    def entries(self):
        """Return the entries to revert."""
        return Entry.objects.filter(pk=self.kwargs["pk"])

    def get_object(self):
        """Return the entries, if the sender may take them back."""
        entries = self.entries()
        if not permissions.may_revert(self.request.user, entries):
            raise Http404
        return entries

    @property
    def back_url(self):
        """The history of the record."""
        entry = self.object[0]
        return reverse("row-history", args=[entry.table, entry.row])

    def render_form(self, form, **more):
        """Return the page with what was written, and what stands in the way."""
        entries, later = form.plan.entries[:SHOWN_EFFECTS], form.plan.later[:PAGE]
        lines, since = display.lines(entries + later), {entry.pk for entry in later}
        told = {
            "lines": [line for line in lines if line.entry.pk not in since],
            "later_lines": [line for line in lines if line.entry.pk in since],
        }
        return super().render_form(form, nothing=form.plan.is_empty, count=len(form.plan.entries), **told | more)


class RevertChangeSetView(RevertView):
    """Reverts all that was written at once."""

    def entries(self):
        """Return the entries to revert."""
        return Entry.objects.filter(act=self.kwargs["act"])

    @property
    def back_url(self):
        """The page of the act."""
        return reverse("act", args=[self.kwargs["act"]])


class AccessLogView(LogView):
    """Who opened or exported lists and records of people."""

    rights = frozenset({Right.DECIDE, Right.ACCOUNTS})

    def get(self, request):
        """Return the page."""
        form = AccessFilter(request.GET, today=timezone.localdate())
        rows = form.narrow(permissions.accesses(request.user)).select_related("user").order_by("-pk")
        table = AccessTable(rows, names=Right.SEE in self.held).read(request)
        return self.render_page("access.html", title="Nhật ký truy cập", filter=form, table=table)


def cut(found, key):
    """Return the page of what was `found`, and the key after which the next page begins if there is more."""
    return {"notes": found[:PAGE], "next": key(found[PAGE - 1]) if len(found) > PAGE else None}
