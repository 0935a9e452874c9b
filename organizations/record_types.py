"""Record types of party organizations: what happened to them, and the documents they issue."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import About, RecordType, register
from binhlu_portal.text.vietnamese import day
from organizations.documents import forms as document_forms

from . import choices
from .models import Ancestry, Document, UnitEvent
from .rights import Right
from .tree_queries import name_of, unit_lies_beneath


class UnitRecordType(RecordType):
    """A record type about units, whose model has a field `unit`."""

    about = About.UNIT

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that the unit of a record lies beneath that of the moment."""
        return unit_lies_beneath(self.tree_date_field)(moment)


def event_names(moment):
    """Return the look-up of the name of the unit on the day of its event, or on the eve of its end."""
    return {"name": Coalesce(*(name_of("unit", holds(OuterRef("day"))) for holds in (covers, covers_eve)))}


@register
class UnitEventRecords(UnitRecordType):
    """Events of units (sự kiện): founded, renamed, moved, split, merged, dissolved."""

    code = "su-kien"
    model = UnitEvent
    title = "Sự kiện của tổ chức đảng"
    description = "Thành lập, tiếp nhận, đổi tên, chuyển, tách, sáp nhập, giải thể; ghi mới ở trang của tổ chức đảng."
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Ngày", "day", day, short=True),
            ListColumn("Sự kiện", "kind", labelled(choices.EventKind)),
            ListColumn("Tổ chức đảng", "name"),
            ListColumn("Số quyết định", "decision_number", short=True),
            ListColumn("Ghi chú", "note"),
        ),
        ("-day", "pk"),
        event_names,
    )
    list_filter = ("kind",)
    date_field = "day"
    delete_form = None

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that an event lies beneath the unit on its day, or an ending on the eve of it."""
        lines = Ancestry.objects.filter(ancestor=moment.unit, unit=OuterRef("unit"))
        then, eve = (Q(Exists(lines.filter(holds(OuterRef("day"))))) for holds in (covers, covers_eve))
        ending = Q(kind__in=choices.ENDINGS)
        return then & ~ending | eve & ending


@register
class DocumentRecords(UnitRecordType):
    """Documents that committees have issued (văn bản)."""

    code = "van-ban"
    model = Document
    title = "Văn bản"
    description = "Văn bản cấp ủy đã ban hành: số, ký hiệu, ngày, trích yếu, văn bản cấp trên được cụ thể hóa."
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Số, ký hiệu", "number", short=True),
            ListColumn("Ngày ban hành", "issued_on", day, short=True),
            ListColumn("Loại văn bản", "kind"),
            ListColumn("Trích yếu", "subject"),
            ListColumn("Cơ quan ban hành", "name"),
            ListColumn("Cụ thể hóa", "implements", short=True),
        ),
        ("-issued_on", "number", "pk"),
        lambda moment: {"name": name_of("unit", covers(OuterRef("issued_on")))},
    )
    date_field = "issued_on"
    tree_date_field = "issued_on"
    add_form = document_forms.DocumentForm
    correct_form = document_forms.CorrectDocumentForm
