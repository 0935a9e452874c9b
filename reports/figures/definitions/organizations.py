"""Party organizations directly beneath the commune committee, and what happened to them."""

from django.db.models import Q

from organizations.choices import ENTERPRISES, GRASSROOTS, EventKind, Kind, Sector
from reports.figures.populations import CELL_UNITS, EVENTS, RECORDS, UNITS
from reports.figures.registry import Figure, add

DIRECT = "Tính các tổ chức đảng trực tiếp dưới Đảng ủy xã; chi bộ của đảng bộ cơ sở không nằm trong số này."


def unit(code, label, section="I.1", where=None, of="units.total", **more):
    """Return a figure over the units directly beneath the commune committee on the as-of day."""
    return Figure(code, label, section, UNITS, where or Q(), of=of, reading=DIRECT, rests_on=(RECORDS,), **more)


def cell(code, label, where=None, of=""):
    """Return a figure over the cells at any depth beneath the committee on the as-of day: whoever keeps registers."""
    reading = "Tính mọi chi bộ, cả chi bộ của đảng bộ cơ sở."
    return Figure(code, label, "I.1", CELL_UNITS, where or Q(), of=of, reading=reading, rests_on=(RECORDS,))


def event(code, label, kind, where, section="III.1.1"):
    """Return a figure over what happened to such units in the period, by what the unit was at that time."""
    return Figure(code, label, section, EVENTS, Q(kind=kind) & where, reading="Tính theo ngày sự kiện có hiệu lực.")


def was(*kinds):
    """Return the condition that the unit of an event was of one of `kinds` at that time."""
    return Q(unit__periods__kind__in=kinds)


CELLS = Q(kind=Kind.SUBORDINATE_CELL)

CELL_SECTORS = {
    Sector.VILLAGE: "Chi bộ bản",
    Sector.SCHOOL: "Chi bộ trường học",
    Sector.HEALTH_STATION: "Chi bộ Trạm Y tế",
}
"""The sectors of cells directly beneath the committee that the report tells apart."""

SECTORS = {
    "villages": ("Tổ chức đảng ở bản", (Sector.VILLAGE,)),
    "public_services": (
        "Tổ chức đảng trong đơn vị sự nghiệp",
        (Sector.SCHOOL, Sector.HEALTH_STATION, Sector.PUBLIC_SERVICE, Sector.PRIVATE_SERVICE),
    ),
    "armed_forces": ("Tổ chức đảng trong quân đội, công an", (Sector.MILITARY, Sector.POLICE)),
    "enterprises": ("Tổ chức đảng trong doanh nghiệp, hợp tác xã", tuple(ENTERPRISES)),
}
"""Sectors in groups; whatever is in none of them is an agency or of another sector."""

GROUPED = [sector for _, sectors in SECTORS.values() for sector in sectors]

add(
    unit("units.total", "Tổ chức đảng trực thuộc Đảng ủy xã", of=""),
    unit("units.grassroots", "Tổ chức cơ sở đảng (TCCSĐ)", where=Q(kind__in=GRASSROOTS)),
    unit("units.grassroots.party_organizations", "Đảng bộ cơ sở", where=Q(kind=Kind.PARTY_ORGANIZATION)),
    unit("units.grassroots.cells", "Chi bộ cơ sở", where=Q(kind=Kind.GRASSROOTS_CELL)),
    unit("units.subordinate_cells", "Chi bộ trực thuộc Đảng ủy xã", where=CELLS),
    *(
        unit(f"units.subordinate_cells.{sector}", label, where=CELLS & Q(sector=sector), of="units.subordinate_cells")
        for sector, label in CELL_SECTORS.items()
    ),
    unit(
        "units.subordinate_cells.other",
        "Chi bộ trực thuộc loại hình khác",
        where=CELLS & ~Q(sector__in=CELL_SECTORS),
        of="units.subordinate_cells",
    ),
    *(unit(f"units.sectors.{code}", label, where=Q(sector__in=sectors)) for code, (label, sectors) in SECTORS.items()),
    unit("units.sectors.agencies", "Tổ chức đảng trong cơ quan và loại hình khác", where=~Q(sector__in=GROUPED)),
    cell("units.cells", "Chi bộ ở mọi cấp"),
    cell("units.cells.village", "Chi bộ bản", Q(sector=Sector.VILLAGE), of="units.cells"),
    cell("units.cells.agency", "Chi bộ cơ quan, đơn vị", ~Q(sector=Sector.VILLAGE), of="units.cells"),
    event("units.received.grassroots", "TCCSĐ tiếp nhận nguyên trạng", EventKind.RECEIVED, was(*GRASSROOTS)),
    event("units.received.cells", "Chi bộ trực thuộc tiếp nhận", EventKind.RECEIVED, was(Kind.SUBORDINATE_CELL)),
    event(
        "units.established.party_organizations",
        "Đảng bộ cơ sở thành lập mới",
        EventKind.ESTABLISHED,
        was(Kind.PARTY_ORGANIZATION),
    ),
    event(
        "units.established.grassroots_cells",
        "Chi bộ cơ sở thành lập mới",
        EventKind.ESTABLISHED,
        was(Kind.GRASSROOTS_CELL),
    ),
    event(
        "units.established.subordinate_cells",
        "Chi bộ trực thuộc thành lập mới",
        EventKind.ESTABLISHED,
        was(Kind.SUBORDINATE_CELL),
    ),
    event("units.renamed", "Đảng bộ cơ sở đổi tên", EventKind.RENAMED, was(Kind.PARTY_ORGANIZATION)),
    event(
        "units.renamed.cells",
        "Chi bộ đổi tên",
        EventKind.RENAMED,
        was(Kind.GRASSROOTS_CELL, Kind.SUBORDINATE_CELL),
    ),
    event("units.dissolved", "Chi bộ cơ sở giải thể", EventKind.DISSOLVED, was(Kind.GRASSROOTS_CELL), section="I.1"),
    event(
        "units.dissolved.subordinate_cells",
        "Chi bộ trực thuộc giải thể",
        EventKind.DISSOLVED,
        was(Kind.SUBORDINATE_CELL),
    ),
    event(
        "units.dissolved.party_organizations",
        "Đảng bộ cơ sở giải thể",
        EventKind.DISSOLVED,
        was(Kind.PARTY_ORGANIZATION),
    ),
    event("units.merged", "Tổ chức đảng sáp nhập vào tổ chức khác", EventKind.MERGED, Q()),
)
