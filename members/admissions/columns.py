"""The columns of the pipeline as a file."""

from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.text.vietnamese import day
from members.columns import CELL, person

from .pipeline import STAGES

PIPELINE = Listing(
    (
        *person(),
        CELL,
        ListColumn("Bước", "stage", labelled([(stage.code, stage.title) for stage in STAGES])),
        ListColumn("Vào danh sách", "listed_on", day, short=True),
        ListColumn("Học lớp nhận thức", "course_on", day, short=True),
        ListColumn("Lễ kết nạp", "ceremony_on", day, short=True),
        ListColumn("Chính thức", "official_on", day, short=True),
    ),
    ("since", "pk"),
)
