"""People who may have been written down twice: the list of pairs, and making one record of two."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.records.forms.views import EditView
from members.directory.queries import stays_of
from members.models import DistinctPair, Member
from organizations.rights import Right
from organizations.scope import rights_of

from .forms import DistinctForm, MergeMembersForm, TakeBackDistinctForm
from .queries import duplicate_pairs, statements_in_hand

PAIRS_SHOWN = 25


class DuplicatesView(View):
    """The pairs among all the people about whom the reader decides, whatever the day; and those that are none."""

    def get(self, request):
        """Return the page; to those who decide nothing it is unknown."""
        if Right.DECIDE not in rights_of(request.user):
            raise Http404
        found = Paginator(duplicate_pairs(Member.objects.editable_by(request.user, Right.DECIDE)), PAIRS_SHOWN)
        page = found.get_page(request.GET.get("trang"))
        log_access(request, AccessKind.OPENED, "Hồ sơ trùng", 2 * len(page))
        context = {"title": "Hồ sơ trùng", "page": page, "distinct": statements_in_hand(request.user)}
        return render(request, "duplicates/pairs.html", context)


class PairView(EditView):
    """A page about two records alike."""

    @property
    def back_url(self):
        """The list of pairs."""
        return reverse("members-duplicates")

    def get_object(self):
        """Return both people, if the sender decides about both."""
        kept = Member.objects.editable_by(self.request.user, Right.DECIDE)
        return [get_object_or_404(kept, pk=self.kwargs[name]) for name in ("keep", "other")]

    def get_context_data(self, **kwargs):
        """Return both records, and where they belong."""
        keep, other = self.object
        stays = [list(stays_of(person, self.request.user)) for person in self.object]
        return super().get_context_data(**kwargs) | {"keep": keep, "other": other, "stays": stays}


class MergeView(PairView):
    """Makes one record of two: `keep` stays, the other goes."""

    form_class = MergeMembersForm
    template_name = "duplicates/merge.html"
    success_message = "Đã gộp hai hồ sơ thành một."

    def get_success_url(self):
        """Return the page of the record that stayed."""
        return reverse("member", args=[self.written.pk])


class DistinctView(PairView):
    """States that two records are of two people."""

    form_class = DistinctForm
    template_name = "duplicates/distinct.html"
    success_message = "Đã lưu: hai hồ sơ này là của hai người, không nhắc là trùng nữa."


class TakeBackDistinctView(EditView):
    """Takes that back."""

    form_class = TakeBackDistinctForm
    success_message = "Đã bỏ ghi nhận; hai hồ sơ lại được so như trước."

    @property
    def back_url(self):
        """The list of pairs."""
        return reverse("members-duplicates")

    def get_object(self):
        """Return the pair, if the sender decides about both people."""
        return get_object_or_404(
            DistinctPair.objects.editable_by(self.request.user, Right.DECIDE), pk=self.kwargs["pk"]
        )
