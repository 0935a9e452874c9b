"""People who may have been written down twice: the list of pairs, and making one record of two."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.display import in_words, own_fields
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.records.forms.views import EditView
from members.directory.queries import stays_of
from members.models import Member
from organizations.rights import Right
from organizations.scope import rights_of

from .facts import differing_facts
from .forms import MergeMembersForm
from .queries import duplicate_pairs

PAIRS_SHOWN = 25


class DuplicatesView(View):
    """The pairs among all the people about whom the reader decides, whatever the day."""

    def get(self, request):
        """Return the page; to those who decide nothing it is unknown."""
        if Right.DECIDE not in rights_of(request.user):
            raise Http404
        found = Paginator(duplicate_pairs(Member.objects.editable_by(request.user, Right.DECIDE)), PAIRS_SHOWN)
        page = found.get_page(request.GET.get("trang"))
        log_access(request, AccessKind.OPENED, "Hồ sơ trùng", 2 * len(page))
        return render(request, "duplicates/pairs.html", {"title": "Hồ sơ trùng", "page": page})


class MergeView(EditView):
    """Makes one record of two: `keep` stays, the other goes."""

    form_class = MergeMembersForm
    template_name = "duplicates/merge.html"
    success_message = "Đã gộp hai hồ sơ thành một."

    @property
    def back_url(self):
        """The list of pairs."""
        return reverse("members-duplicates")

    def get_object(self):
        """Return both people, if the sender decides about both."""
        kept = Member.objects.editable_by(self.request.user, Right.DECIDE)
        return [get_object_or_404(kept, pk=self.kwargs[name]) for name in ("keep", "other")]

    def get_success_url(self):
        """Return the page of the record that stayed."""
        return reverse("member", args=[self.written.pk])

    def get_context_data(self, **kwargs):
        """Return both records side by side: where they belong, and in which fields they differ."""
        keep, other = self.object
        stays = [list(stays_of(person, self.request.user)) for person in self.object]
        return super().get_context_data(**kwargs) | {
            "keep": keep,
            "other": other,
            "stays": stays,
            "differing": differing(keep, other),
            "facts": differing_facts(keep, other),
        }


def differing(keep, other):
    """Return (label, value, value) of the fields of the card in which two records differ."""
    told = ((field, *(field.value_from_object(person) for person in (keep, other))) for field in own_fields(Member))
    return [
        (field.verbose_name, in_words(field, mine), in_words(field, theirs))
        for field, mine, theirs in told
        if mine != theirs
    ]
