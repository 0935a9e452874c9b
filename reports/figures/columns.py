"""How the populations of facts, documents of superiors and members received are listed, by their codes."""

from django.db.models import OuterRef

from binhlu_portal.dates.validity import covers
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.text import vietnamese
from members.columns import BY_NAME, CELL, person
from members.queries import cell_on
from organizations.fact_kinds import FactKind
from organizations.models.facts import quantity
from organizations.tree_queries import name_of

FACT = Listing(
    (
        ListColumn("Tổ chức đảng", "name"),
        ListColumn("Nội dung", "kind", labelled(FactKind)),
        ListColumn("Của ai, ở đâu", "detail"),
        ListColumn("Số", "value", quantity, short=True),
        ListColumn("Ngày số liệu", "started_on", vietnamese.day, short=True),
        ListColumn("Căn cứ, nguồn", "source"),
    ),
    ("kind", "detail", "unit__code", "pk"),
    lambda moment: {"name": name_of("unit", covers(OuterRef("started_on")))},
)

DOCUMENT_COLUMNS = (
    ListColumn("Ngày ban hành", "issued_on", vietnamese.day, short=True),
    ListColumn("Loại văn bản", "kind"),
    ListColumn("Số, ký hiệu", "number"),
    ListColumn("Trích yếu", "subject"),
)

FACT_LISTINGS = {
    "facts": FACT,
    "screenings": FACT,
    "not_admitted": FACT,
    "documents": Listing(DOCUMENT_COLUMNS, ("issued_on", "number")),
    "superior_documents": Listing(
        (*DOCUMENT_COLUMNS, ListColumn("Cơ quan ban hành", "issuer")), ("issued_on", "number", "pk")
    ),
    "received": Listing(
        (*person(), CELL, ListColumn("Ngày tiếp nhận", "started_on", vietnamese.day, short=True)),
        BY_NAME,
        cell_on("started_on"),
    ),
}
