"""Record types (sổ): each kind of record that people keep has a list, a file, forms and a page, declared in one class.

Each app declares the record types of its models in a module `record_types`, which is read when the portal starts. The
list, the page of a record and the forms that add, correct and delete follow from that; `views` has them for all.
"""

from django.db.models import Field, Model, Q, QuerySet, TextChoices
from django.utils.functional import cached_property

from binhlu_portal.audit.display import own_fields
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.forms.base import RecordForm, RemoveForm
from binhlu_portal.records.tables.columns import Listing
from binhlu_portal.records.tables.filters import ListFilters, filters_for_model
from binhlu_portal.registry import Registry, check_unique
from organizations.rights import Right
from organizations.scope import Reader


class About(TextChoices):
    """Whom the records of a record type are about: the page of the member or the unit shows them; none shows ALL."""

    MEMBER = "member", "Đảng viên"
    UNIT = "unit", "Tổ chức đảng"
    ALL = "all", "Quy định, định mức"


class RecordType:
    """A record type (sổ), declared as a class body and made known by `@register`, like a `ModelAdmin`.

    What is annotated without a value, every record type says for itself; so it does, by `lies_beneath()`, where in the
    tree its records lie: most inherit that from `UnitRecordType` or `MemberRecordType`. All of its forms need its
    `right`, whatever theirs may be.
    """

    code: str
    """Its name in addresses and its key in `RECORD_TYPES`."""

    model: type[Model]
    """The model of its records; no two record types share one."""

    title: str
    """The heading of its list."""

    description: str
    """What is written down here, in one sentence."""

    about: About
    """Whom its records are about."""

    listing: Listing
    """The columns of its list and its file."""

    list_filter: tuple[str, ...] = ()
    """The fields by whose choices the list is narrowed."""

    search_fields: tuple[str, ...] = ()
    """The paths of columns without marks that are searched."""

    date_field: str
    """The field of the day that places a record in time."""

    tree_date_field: str | None = None
    """The field of the day by whose tree a record lies beneath a unit; None for the as-of day."""

    is_lasting: bool = False
    """Whether a record holds from that day until its `ended_on`; any other happened on that day."""

    right: Right = Right.EDIT
    """What one needs to add, correct and delete."""

    add_form: type[RecordForm] | None = None
    """The form that adds records; without one they come to be elsewhere."""

    correct_form: type[RecordForm] | None = None
    """The form that puts one record right."""

    delete_form: type[RecordForm] | None = RemoveForm
    """The form that deletes one record; without one nothing is deleted, since others rest on it."""

    grid: tuple[str, str] | None = None
    """The name of the address of the grid in which many are written at once, and the words of the link to it."""

    actions: dict[str, type[RecordForm]] = {}
    """Further forms about one record, by their name in its address."""

    @property
    def name(self) -> str:
        """What one record is called."""
        return str(self.model._meta.verbose_name)

    @property
    def is_personal(self) -> bool:
        """Whether its records name people: who opens them is noted."""
        return any(field.name == About.MEMBER for field in self.model._meta.concrete_fields)

    @cached_property
    def filter_class(self) -> type[ListFilters] | None:
        """The filter set of the list, made once; None where nothing narrows it."""
        return filters_for_model(self.model, self.search_fields, self.list_filter)

    def shown_fields(self, record: Model) -> list[Field]:
        """Return the fields that the page of a record shows beside those that lead to other records."""
        return own_fields(record)

    def links(self, record: Model, user: Reader) -> list[tuple[str, str]]:
        """Return further pages about a record for `user`, where it goes on first: (words, address)."""
        return []

    def ways_to_take_back(self, record: Model, user: Reader) -> list[tuple[str, str]]:
        """Return the pages on which `user` may take a record back; they are never what a page asks for."""
        return []

    def get_queryset(self, user: Reader) -> QuerySet:
        """Return the records that `user` may see."""
        return self.model.objects.visible_to(user)

    def further(self, record: Model) -> list[tuple[str, str]]:
        """Return what other tables say of people for the page of a record, in words: (label, value)."""
        return []

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that a record lies beneath the unit of the moment; every record type says how."""
        raise NotImplementedError

    def lies_in_time(self, moment: Moment) -> Q:
        """Return the condition that a record holds on the as-of day, or happened since the since day."""
        if self.is_lasting:
            return covers(moment.as_of)
        return Q(**{f"{self.date_field}__range": (moment.since, moment.as_of)})


RECORD_TYPES: dict[str, RecordType] = Registry("record types", check_unique("model"))
"""Every record type by its code: one instance of each class."""


def register(record_type: type[RecordType]) -> type[RecordType]:
    """Make a record type known; use it as a decorator of the class, which it returns.

    Raises `ValueError` for a code used twice, as the start of the portal does for a model used twice.
    """
    RECORD_TYPES.add(record_type.code, record_type())
    return record_type


def record_types_about(whom: About) -> list[RecordType]:
    """Return the record types about members or about units, in the order of their declaration."""
    return [record_type for record_type in RECORD_TYPES.values() if record_type.about == whom]
