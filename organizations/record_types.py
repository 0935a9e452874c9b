"""The registers of party organizations: what happened to them, and the documents they issue."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import About, Register, register
from binhlu_portal.text.vietnamese import day
from organizations.documents import forms as document_forms

from . import choices
from .models import Ancestry, Document, UnitEvent
from .rights import Right
from .tree_queries import name_of, unit_lies_beneath


def event_beneath(moment):
    """Return the condition that an event lies beneath the unit of the moment: on its day, an ending on its eve."""
    lines = Ancestry.objects.filter(ancestor=moment.unit, unit=OuterRef("unit"))
    then, eve = (Q(Exists(lines.filter(holds(OuterRef("day"))))) for holds in (covers, covers_eve))
    ending = Q(kind__in=choices.ENDINGS)
    return then & ~ending | eve & ending


def event_names(moment):
    """Return the look-up of the name of the unit on the day of its event, or on the eve of its end."""
    return {"name": Coalesce(*(name_of("unit", holds(OuterRef("day"))) for holds in (covers, covers_eve)))}


register(
    Register(
        code="su-kien",
        model=UnitEvent,
        title="Sự kiện của tổ chức đảng",
        holds="Thành lập, tiếp nhận, đổi tên, chuyển, tách, sáp nhập, giải thể; ghi mới ở trang của tổ chức đảng.",
        about=About.UNIT,
        right=Right.DECIDE,
        listing=Listing(
            (
                ListColumn("Ngày", "day", day, short=True),
                ListColumn("Sự kiện", "kind", labelled(choices.EventKind)),
                ListColumn("Tổ chức đảng", "name"),
                ListColumn("Số quyết định", "decision_number", short=True),
                ListColumn("Ghi chú", "note"),
            ),
            ("-day", "pk"),
            event_names,
        ),
        day="day",
        within=event_beneath,
        removes=None,
        choices=("kind",),
    )
)

register(
    Register(
        code="van-ban",
        model=Document,
        title="Văn bản",
        holds="Văn bản cấp ủy đã ban hành: số, ký hiệu, ngày, trích yếu, văn bản cấp trên được cụ thể hóa.",
        about=About.UNIT,
        right=Right.DECIDE,
        listing=Listing(
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
        ),
        day="issued_on",
        within=unit_lies_beneath("issued_on"),
        adds=document_forms.DocumentForm,
        corrects=document_forms.CorrectDocumentForm,
    )
)
