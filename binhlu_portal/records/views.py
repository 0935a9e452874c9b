"""The pages of every register: the list and its file, the page of a record, the forms that add, correct and remove."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.display import in_words, lines, look_up, own_fields
from binhlu_portal.audit.models import AccessKind, Entry
from binhlu_portal.moment.forms import unit_choices
from binhlu_portal.records.forms.base import DECIDED
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables.filters import ListFilters, choice_filters, search_filter
from binhlu_portal.records.tables.views import ListFileMixin, MomentListView
from organizations.rights import Right
from organizations.scope import rights_of
from organizations.tree_queries import places

from .types import REGISTERS, About, about

LAST = ("started_on", "ended_on", *DECIDED)
"""The fields that most records end with."""

SHOWN_ENTRIES = 20
"""How many entries of its history the page of a record shows; the rest has a page of its own."""


class RecordTypesView(View):
    """All registers, with what each holds."""

    def get(self, request):
        """Return the page; an account that reads no records is told so."""
        rights = rights_of(request.user)
        if Right.SEE not in rights:
            return render(request, "moment/no_unit.html", status=403)
        groups = [(whom.label, [(one, one.right in rights) for one in about(whom)]) for whom in About]
        return render(request, "records/all.html", {"title": "Sổ theo dõi", "groups": groups})


class RecordTypeMixin:
    """Finds the register named in the address."""

    def setup(self, request, *args, **kwargs):
        """Find the register; one that is not there is unknown."""
        super().setup(request, *args, **kwargs)
        self.register = REGISTERS.get(kwargs["register"])
        if self.register is None:
            raise Http404
        self.title = self.register.title

    def records(self):
        """Return the records of the register that the reader may see."""
        return self.register.model.objects.visible_to(self.request.user)


class RecordListView(RecordTypeMixin, MomentListView):
    """The records of a register: those that hold on the as-of day, or that happened since the since day."""

    template_name = "records/list.html"

    @property
    def listing(self):
        """The columns of the register."""
        return self.register.listing

    @property
    def personal(self):
        """Whether opening the list is noted."""
        return self.register.is_personal

    @property
    def record_url(self):
        """The address of one record."""
        return "record", self.register.code

    @property
    def file_url(self):
        """The address of the list as a file."""
        return "record-file", self.register.code

    @property
    def filter_class(self):
        """The filters of the register."""
        register, parts = self.register, {}
        if register.search:
            parts["tim"] = search_filter("Tìm")
        parts |= choice_filters(register.model, register.choices)
        return type("Filters", (ListFilters,), parts | {"search": register.search}) if parts else None

    def get_queryset(self):
        """Return the records of the moment."""
        register, moment = self.register, self.moment
        return self.records().filter(register.in_time(moment) & register.within(moment))

    def get_context_data(self, **kwargs):
        """Return the register and whether the reader may add to it."""
        may_add = self.register.adds and self.register.right in rights_of(self.request.user)
        return super().get_context_data(**kwargs) | {"register": self.register, "may_add": may_add}


class RecordFileView(ListFileMixin, RecordListView):
    """The same list as a file, named after the register."""

    @property
    def file_name(self):
        """The code of the register."""
        return self.register.code


class RecordDetailView(RecordTypeMixin, View):
    """One record: what it says, what may be done with it, its history."""

    def get(self, request, register, pk):
        """Return the page."""
        record = self.record(pk)
        entries = Entry.objects.filter(table=record._meta.db_table, row=record.pk).select_related("user")
        if self.register.is_personal:
            log_access(request, AccessKind.OPENED, f"{self.register.name}: {record}", 1)
        context = {
            "title": capfirst(self.register.name),
            "register": self.register,
            "record": record,
            "whom": whom_of(record),
            "what": what_of(record),
            "actions": [(name, form) for name, form in self.register.actions.items() if form.is_available_for(record)],
            "history": lines(entries[:SHOWN_ENTRIES]),
            "table": record._meta.db_table,
        }
        return render(request, "records/record.html", context)

    def record(self, pk):
        """Return the record, with all it points at and whether the reader `may_edit` it."""
        kept = self.register.model.objects.editable_by(self.request.user, self.register.right)
        linked = [field.name for field in self.register.model._meta.concrete_fields if field.remote_field]
        records = self.records().annotate(may_edit=Exists(kept.filter(pk=OuterRef("pk"))))
        return get_object_or_404(records.select_related(*linked), pk=pk)


def whom_of(record):
    """Return whom or what a record is about: (label, name, address of the page)."""
    linked = [field for field in record._meta.concrete_fields if field.remote_field]
    rows = {field: row for field in linked if (row := getattr(record, field.name))}
    names = look_up({(type(row), row.pk) for row in rows.values() if callable(getattr(type(row), "called", None))})
    return [
        (field.verbose_name, names.get((type(row), row.pk)) or str(row), row.get_absolute_url())
        for field, row in rows.items()
    ]


def what_of(record):
    """Return what else a record says, in words: (label, value); when it held and the decision come last."""
    fields = [field for field in own_fields(record) if not field.remote_field]
    fields.sort(key=lambda field: field.name in LAST)
    return [(field.verbose_name, in_words(field, field.value_from_object(record))) for field in fields]


class RecordUpdateView(RecordTypeMixin, EditView):
    """A form about one record of a register."""

    template_name = "records/form.html"

    @property
    def form_class(self):
        """The form named in the address."""
        form = (self.register.actions | {"sua": self.register.corrects}).get(self.kwargs["action"])
        if form is None:
            raise Http404
        return self.register.form(form)

    def get_object(self):
        """Return the record, if the sender may change it."""
        rows = self.register.model.objects.editable_by(self.request.user, self.register.right)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def back_url(self):
        """The page of the record."""
        return reverse("record", args=[self.register.code, self.kwargs["pk"]])

    def get_context_data(self, **kwargs):
        """Return a title that names the kind of record, and whom it is about."""
        return super().get_context_data(**kwargs) | {
            "title": f"{self.form_class.title}: {self.register.name}",
            "whom": whom_of(self.object),
        }


class RecordDeleteView(RecordUpdateView):
    """Removes a record that was written by mistake."""

    success_message = "Đã xóa."

    @property
    def form_class(self):
        """The form of the register that removes."""
        if self.register.removes is None:
            raise Http404
        return self.register.form(self.register.removes)

    def get_success_url(self):
        """Return the list."""
        return reverse("records", args=[self.register.code])

    def get_context_data(self, **kwargs):
        """Return all that is going to be removed."""
        return super().get_context_data(**kwargs) | {"what": what_of(self.object)}


class RecordCreateView(RecordTypeMixin, EditView):
    """Adds a record about the unit named in the address (`don_vi`), or about each of the members named (`dang_vien`).

    Where a form chooses among the members of the unit, the page offers another unit to choose among.
    """

    template_name = "records/add.html"

    @property
    def form_class(self):
        """The form of the register that adds."""
        if self.register.adds is None:
            raise Http404
        return self.register.form(self.register.adds)

    @property
    def back_url(self):
        """The list of the register."""
        return reverse("records", args=[self.register.code])

    def get_initial(self):
        """Return what the address says of the record to be."""
        return self.request.GET.dict() | {"dang_vien": self.request.GET.getlist("dang_vien")}

    def get_success_url(self):
        """Return the page of what was written, or the list of several."""
        return (
            self.back_url
            if isinstance(self.written, list)
            else reverse("record", args=[self.register.code, self.written.pk])
        )

    def get_context_data(self, **kwargs):
        """Return the units to choose members from, asked for where the page offers them, and the one chosen."""
        asked = self.request.GET.get("don_vi", "")
        return super().get_context_data(**kwargs) | {"register": self.register, "units": self.units, "asked": asked}

    def units(self):
        """Return the units that the sender may choose members from: (code, name)."""
        return unit_choices(places(self.request.user, timezone.localdate(), self.register.right))
