"""The pages of every record type: its list and file, the page of a record, the forms that add, correct and delete."""

from itertools import chain

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views import View

from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.display import in_words, lines, own_fields, record_names
from binhlu_portal.audit.models import AccessKind, Entry
from binhlu_portal.moment.forms import unit_choices
from binhlu_portal.records.forms.base import DECIDED
from binhlu_portal.records.forms.views import EditView
from binhlu_portal.records.tables.views import ListFileMixin, MomentListView
from binhlu_portal.request_values import way_back
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from organizations.rights import Right
from organizations.scope import rights_of
from organizations.tree_queries import tree_of_day

from .types import RECORD_TYPES, About, record_types_about

LAST = ("started_on", "ended_on", *DECIDED)
"""The fields that most records end with."""

SHOWN_ENTRIES = 20
"""How many entries of its history the page of a record shows; the rest has a page of its own."""


class RecordTypesView(View):
    """All record types, with what is written down in each."""

    def get(self, request):
        """Return the page; an account that reads no records is told so."""
        rights = rights_of(request.user)
        if Right.SEE not in rights:
            return render(request, "moment/no_unit.html", status=403)
        groups = [(whom.label, [(one, one.right in rights) for one in record_types_about(whom)]) for whom in About]
        return render(request, "records/all.html", {"title": "Sổ theo dõi", "groups": groups})


class RecordTypeMixin:
    """Finds the `record_type` named in the address, by its code."""

    def setup(self, request, *args, **kwargs):
        """Find the record type; raises `Http404` for a code that none has."""
        super().setup(request, *args, **kwargs)
        self.record_type = RECORD_TYPES.get(kwargs["register"])
        if self.record_type is None:
            raise Http404
        self.title = self.record_type.title


class RecordListView(RecordTypeMixin, MomentListView):
    """The records of a record type: those that hold on the as-of day, or that happened since the since day."""

    template_name = "records/list.html"
    own_records = True

    @property
    def listing(self):
        """The columns of the record type."""
        return self.record_type.listing

    @property
    def personal(self):
        """Whether opening the list is noted."""
        return self.record_type.is_personal

    @property
    def record_url(self):
        """The address of one record."""
        return "record", self.record_type.code

    @property
    def file_url(self):
        """The address of the list as a file."""
        return "record-file", self.record_type.code

    @property
    def filter_class(self):
        """The filters of the record type."""
        return self.record_type.filter_class

    def get_queryset(self):
        """Return the records of the moment."""
        record_type, moment = self.record_type, self.moment
        conditions = record_type.lies_in_time(moment) & record_type.lies_beneath(moment)
        return record_type.get_queryset(self.request.user).filter(conditions)

    def get_context_data(self, **kwargs):
        """Return the record type and whether the reader may add records."""
        may_add = self.record_type.add_form and self.record_type.right in rights_of(self.request.user)
        return super().get_context_data(**kwargs) | {"record_type": self.record_type, "may_add": may_add}


class RecordFileView(ListFileMixin, RecordListView):
    """The same list as a file."""


class RecordDetailView(RecordTypeMixin, View):
    """One record: what it says, what may be done with it, its history."""

    def get(self, request, pk, **kwargs):
        """Return the page."""
        record = self.get_object(pk)
        entries = Entry.objects.filter(table=record._meta.db_table, row=record.pk).select_related("user")
        further = self.record_type.further(record)
        if self.record_type.is_personal or further:
            log_access(request, AccessKind.OPENED, f"{self.record_type.name}: {record}", 1)
        context = {
            "title": capfirst(self.record_type.name),
            "record_type": self.record_type,
            "record": record,
            "whom": whom_of(record),
            "what": what_of(record, self.record_type.shown_fields(record)) + further,
            "actions": [
                (name, form) for name, form in self.record_type.actions.items() if form.is_available_for(record)
            ],
            "links": self.record_type.links(record, request.user),
            "ways_to_take_back": self.record_type.ways_to_take_back(record, request.user),
            "history": lines(entries[:SHOWN_ENTRIES]),
            "table": record._meta.db_table,
        }
        return render(request, "records/record.html", context)

    def get_object(self, pk):
        """Return the record, with all it points at and whether the reader `may_edit` it."""
        kept = self.record_type.model.objects.editable_by(self.request.user, self.record_type.right)
        linked = [field.name for field in self.record_type.model._meta.concrete_fields if field.remote_field]
        records = self.record_type.get_queryset(self.request.user).annotate(
            may_edit=Exists(kept.filter(pk=OuterRef("pk")))
        )
        return get_object_or_404(records.select_related(*linked), pk=pk)


def whom_of(record):
    """Return whom or what a record is about: (label, name, address of the page)."""
    linked = [field for field in record._meta.concrete_fields if field.remote_field]
    rows = {field: row for field in linked if (row := getattr(record, field.name))}
    names = record_names({(type(row), row.pk) for row in rows.values() if callable(getattr(type(row), "called", None))})
    return [
        (field.verbose_name, names.get((type(row), row.pk)) or str(row), row.get_absolute_url())
        for field, row in rows.items()
    ]


def name_of(record):
    """Return what tells a record from others, in words: the values of the keys by which its workbook knows it."""
    tab = TABS.get(type(record))
    if tab is None:
        return str(record)
    fields = [record._meta.get_field(name) for name in dict.fromkeys(chain.from_iterable(tab.keys))]
    values = [(field, field.value_from_object(record)) for field in fields]
    names = record_names({(field.related_model, value) for field, value in values if field.remote_field and value})
    return ", ".join(in_words(field, value, names) for field, value in values if value not in (None, ""))


def what_of(record, shown=None):
    """Return what else a record says, in words: (label, value); when it held and the decision come last.

    Of its own fields these are all, or those that are `shown`.
    """
    fields = [field for field in shown or own_fields(record) if not field.remote_field]
    fields.sort(key=lambda field: field.name in LAST)
    return [(field.verbose_name, in_words(field, field.value_from_object(record))) for field in fields]


class RecordFormMixin(RecordTypeMixin):
    """A form of the record type. A subclass gives `get_form_class()`; where that is None, the page is unknown."""

    def setup(self, request, *args, **kwargs):
        """Find the record type and its form; raises `Http404` where it has none."""
        super().setup(request, *args, **kwargs)
        if self.get_form_class() is None:
            raise Http404

    def get_right(self):
        """Return the right of the record type, which all its forms need."""
        return self.record_type.right

    def get_form_kwargs(self):
        """Return what the form is made with, the right of the record type among it."""
        return super().get_form_kwargs() | {"right": self.get_right()}


class RecordUpdateView(RecordFormMixin, EditView):
    """A form about one record."""

    template_name = "records/form.html"

    def get_form_class(self):
        """Return the form named in the address, or None."""
        return (self.record_type.actions | {"sua": self.record_type.correct_form}).get(self.kwargs["action"])

    def get_object(self):
        """Return the record, if the sender may change it."""
        rows = self.record_type.model.objects.editable_by(self.request.user, self.record_type.right)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def back_url(self):
        """The page of the record."""
        return reverse("record", args=[self.record_type.code, self.kwargs["pk"]])

    def get_context_data(self, **kwargs):
        """Return a title that names the record, and whom it is about."""
        form, kind, name = self.get_form_class(), self.record_type.name, name_of(self.object)
        return super().get_context_data(**kwargs) | {
            "title": f"{form.title}: {name}" if kind in form.title else f"{form.title}: {kind} ({name})",
            "whom": whom_of(self.object),
        }


class RecordDeleteView(RecordUpdateView):
    """Deletes a record that was written by mistake."""

    success_message = "Đã xóa."

    def get_form_class(self):
        """Return the form of the record type that deletes, or None."""
        return self.record_type.delete_form

    def get_success_url(self):
        """Return the list."""
        return reverse("records", args=[self.record_type.code])

    def get_context_data(self, **kwargs):
        """Return all that is going to be deleted."""
        return super().get_context_data(**kwargs) | {"what": what_of(self.object)}


class RecordCreateView(RecordFormMixin, EditView):
    """Adds a record about the unit named in the address (`don_vi`), or about each of the members named (`dang_vien`).

    Where a form chooses among the members of the unit, the page offers another unit to choose among.
    """

    template_name = "records/add.html"

    def get_form_class(self):
        """Return the form of the record type that adds, or None."""
        return self.record_type.add_form

    @property
    def back_url(self):
        """The list of the record type."""
        return reverse("records", args=[self.record_type.code])

    def get_initial(self):
        """Return what the address says of the record to be."""
        return self.request.GET.dict() | {"dang_vien": self.request.GET.getlist("dang_vien")}

    def get_success_url(self):
        """Return the page of what was written, or the list of several."""
        return (
            way_back(self.request.GET) or self.back_url
            if isinstance(self.written, list)
            else reverse("record", args=[self.record_type.code, self.written.pk])
        )

    def get_context_data(self, **kwargs):
        """Return the units to choose members from, asked for where the page offers them, and the one chosen."""
        added = {"record_type": self.record_type, "units": self.units, "asked": self.request.GET.get("don_vi", "")}
        return super().get_context_data(**kwargs) | added

    def units(self):
        """Return the units that the sender may choose members from: (code, name)."""
        return unit_choices(tree_of_day(self.request.user, timezone.localdate(), self.record_type.right))
