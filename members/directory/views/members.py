"""The list of people, its file, and what is done with those chosen in it."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables import exports
from binhlu_portal.records.tables.bulk_pages import CHOSEN
from binhlu_portal.records.tables.saved_lists import saved_by
from binhlu_portal.records.tables.tables import PAGE_SIZES
from binhlu_portal.records.tables.views import ListFileMixin, MomentListView
from binhlu_portal.records.types import RECORD_TYPES, About, record_types_about
from binhlu_portal.request_values import BACK, row_key, way_back
from binhlu_portal.search_boxes import MOST_SUGGESTED, SuggestionsView
from members.directory.columns import SUPERIOR_TITLE, listing, numbered, superior_listing
from members.directory.filters import MemberFilters
from members.directory.forms import bulk_edit
from members.directory.queries import found
from members.forms import named_members
from members.models import Member
from members.namesakes import known_as, told_apart
from organizations.rights import Right
from organizations.scope import rights_of

from .neighbours import within_list

SUPERIORS = "csdl"
"""The form of the list as a file that is the sheet of the superior."""


def work_for(user, record_type=None):
    """Return what `user` may do with people chosen in the list, as (address, words); only add `record_type`, if given.

    The rights of the user are asked for once for each request.
    """
    rights = rights_of(user)
    adding = [record_type] if record_type else record_types_about(About.MEMBER)
    adding = [known for known in adding if known.add_form and known.right in rights]
    changing = bulk_edit.FORMS.items() if Right.EDIT in rights and not record_type else ()
    return [
        *((reverse("members-edit", args=[code]), form.title) for code, form in changing),
        *((reverse("record-add", args=[known.code]), f"Thêm: {known.name}") for known in adding),
    ]


class MemberListView(MomentListView):
    """The people of a unit on a day. With `cho` in the address the list is where people are chosen for new records."""

    title = "Đảng viên"
    template_name = "directory/list.html"
    file_url = ("members-file",)
    kept = (*MomentListView.kept, "cho", "dong")

    @cached_property
    def listing(self):
        """The columns at the moment."""
        return listing(self.moment)

    @property
    def filter_class(self):
        """The filters at the moment."""
        return partial(MemberFilters, moment=self.moment)

    def file_links(self, model):
        """Return the addresses of the list as files, that of the sheet of the superior too."""
        return super().file_links(model) | {SUPERIORS: reverse("members-file", args=[SUPERIORS])}

    def get_queryset(self):
        """Return everybody the reader may see; the filters know who belongs to the unit."""
        return Member.objects.visible_to(self.request.user)

    def get(self, request, **kwargs):
        """Return the page, knowing what the reader may do with those chosen."""
        self.chosen_for = RECORD_TYPES.get(self.request.GET.get("cho"))
        self.work = work_for(self.request.user, self.chosen_for)
        return super().get(request, **kwargs)

    def get_context_data(self, **kwargs):
        """Return the saved filters, what can be done, and the record type people are chosen for."""
        rights = rights_of(self.request.user)
        return (
            super().get_context_data(**kwargs)
            | saved_by(self.request)
            | {
                "work": self.work,
                "chosen_for": self.chosen_for,
                "may_take_in": Right.DECIDE in rights,
                "may_take_up": Right.EDIT in rights,
            }
        )

    def link_row(self, row, text):
        """Return the name, leading to the page of the person, after the box by which the person is chosen."""
        address = reverse("member", args=[row["pk"]]) + within_list(self.request.GET.urlencode())
        name = format_html('<a href="{}">{}</a>', address, text)
        if not self.work:
            return name
        box = format_html('<input type="checkbox" name="{}" value="{}" aria-label="Chọn {}">', CHOSEN, row["pk"], text)
        return format_html('<span class="pick"><label>{}</label>{}</span>', box, name)


class MemberListFileView(ListFileMixin, MemberListView):
    """The same list as a file; the people of it on the sheet of the superior in a form of its own."""

    def get(self, request, **kwargs):
        """Return the file."""
        if self.kwargs["form"] != SUPERIORS:
            return super().get(request, **kwargs)
        people = self.filter_class(request.GET, queryset=self.get_queryset(), request=request).qs
        listing = superior_listing(self.moment)
        rows = listing.rows(people, self.moment)
        log_access(request, AccessKind.EXPORTED, SUPERIOR_TITLE, rows.count())
        labels = [column.label for column in listing.columns]
        name = exports.file_name(SUPERIOR_TITLE, self.moment_form.unit_name, self.moment.as_of)
        return exports.xlsx_response(f"{name}.xlsx", [], labels, numbered(listing.cells(rows)))


class BulkActionView(View):
    """Leads from the people chosen in the list to what is to be done with them."""

    def post(self, request):
        """Lead on, or back when nobody was chosen."""
        asked = request.POST
        work, back = asked.get("viec"), way_back(asked) or reverse("members")
        if work not in dict(work_for(request.user)):
            raise Http404
        people = asked.get("tren_trang", "").split(",") if "ca_trang" in asked else asked.getlist(CHOSEN)
        people = [key for key in people if row_key(key)]
        if people:
            asked_for = {CHOSEN: people} | ({BACK: back} if BACK in asked else {})
            return redirect(f"{work}?{urlencode(asked_for, doseq=True)}")
        messages.error(request, "Chưa chọn ai: đánh dấu trước tên từng người, hoặc đánh dấu “Chọn cả trang”.")
        return redirect(back)


class BulkUpdateView(EditView):
    """Writes one value for all the people named in the address; they are as many as a page of the list holds."""

    template_name = "directory/chosen.html"

    @property
    def form_class(self):
        """The form named in the address."""
        form = bulk_edit.FORMS.get(self.kwargs["field"])
        if form is None:
            raise Http404
        return form

    @property
    def back_url(self):
        """The list as it was narrowed when people were chosen."""
        return way_back(self.request.GET) or reverse("members")

    def get_object(self):
        """Return the people, if the sender may change all of them."""
        keys = self.request.GET.getlist(CHOSEN)
        if not 0 < len(keys) <= max(PAGE_SIZES):
            raise Http404
        return named_members(keys, self.request.user, self.form_class.right)


class MemberSuggestionsView(SuggestionsView):
    """Offers the people in sight in whose names or numbers the words are; they were opened."""

    def found(self, text):
        """Return them by name."""
        people = found(text, self.request.user).order_by("sort_name", "pk")[:MOST_SUGGESTED]
        choices = [(str(pk), name) for pk, name in told_apart(people, known_as).items()]
        log_access(self.request, AccessKind.OPENED, "Gợi ý tên đảng viên", len(choices))
        return choices
