"""Database rules of the tree: periods that do not overlap, units alive where they are named, ancestry.

Ancestry is derived by the database. A unit stands above itself through its life. A period of unit u names its parent p:
an edge. A new edge joins everything beneath u with everything above p on the days all hold; a lost edge takes away what
went through it. A cycle would make a unit its own ancestor, which the table's constraint refuses.
"""

from binhlu_portal.db.derived import DerivedTable, Reaction
from binhlu_portal.db.field_rules import field_rules
from binhlu_portal.db.triggers import Guard, Hold, NoOverlap

from .choices import PARENTS, Measure
from .fact_kinds import FACT_MEASURES, FACTS_OF_A_DAY
from .models.facts import COUNTED
from .retention.periods import LEAST_MONTHS

PERIODS = "organizations_unitperiod"
ANCESTRY = "organizations_ancestry"

COLUMNS = "(ancestor_id, branch_id, unit_id, depth, started_on, ended_on)"

COUNTED_ONE_BY_ONE = ", ".join(f"'{kind.value}'" for kind, measure in FACT_MEASURES.items() if measure in COUNTED)


def meet(one, other):
    """Return the SQL condition that two periods share a day; three that meet pairwise share one."""
    return f"{one}.started_on < {other}.ended_on AND {one}.ended_on > {other}.started_on"


GROW = (
    f"INSERT INTO {ANCESTRY} {COLUMNS} "
    "SELECT NEW.parent_id, NEW.unit_id, beneath.unit_id, 1 + beneath.depth, "
    "{greatest}(beneath.started_on, NEW.started_on), {least}(beneath.ended_on, NEW.ended_on) "
    f"FROM {ANCESTRY} beneath WHERE NEW.parent_id IS NOT NULL AND beneath.ancestor_id = NEW.unit_id "
    f"AND {meet('beneath', 'NEW')}",
    f"INSERT INTO {ANCESTRY} {COLUMNS} "
    "SELECT above.ancestor_id, above.branch_id, beneath.unit_id, above.depth + 1 + beneath.depth, "
    "{greatest}(above.started_on, beneath.started_on, NEW.started_on), "
    "{least}(above.ended_on, beneath.ended_on, NEW.ended_on) "
    f"FROM {ANCESTRY} above, {ANCESTRY} beneath "
    "WHERE above.unit_id = NEW.parent_id AND above.depth > 0 AND beneath.ancestor_id = NEW.unit_id "
    f"AND {meet('above', 'NEW')} AND {meet('beneath', 'NEW')} AND {meet('above', 'beneath')}",
)
"""The parent above all beneath the unit, the unit included; and all above the parent above them."""

WITHIN_OLD = f"{ANCESTRY}.started_on >= OLD.started_on AND {ANCESTRY}.ended_on <= OLD.ended_on"
BENEATH_OLD = f"beneath.ancestor_id = OLD.unit_id AND beneath.unit_id = {ANCESTRY}.unit_id"

PRUNE = (
    f"DELETE FROM {ANCESTRY} WHERE {WITHIN_OLD} AND EXISTS (SELECT 1 FROM {ANCESTRY} above, {ANCESTRY} beneath "
    f"WHERE above.unit_id = OLD.parent_id AND above.depth > 0 AND above.ancestor_id = {ANCESTRY}.ancestor_id "
    f"AND {BENEATH_OLD} AND {meet('above', ANCESTRY)} AND {meet('beneath', ANCESTRY)} AND {meet('above', 'beneath')})",
    f"DELETE FROM {ANCESTRY} WHERE {WITHIN_OLD} AND ancestor_id = OLD.parent_id AND EXISTS "
    f"(SELECT 1 FROM {ANCESTRY} beneath WHERE {BENEATH_OLD} AND {meet('beneath', ANCESTRY)})",
)
"""What `GROW` made of the old edge, taken away in the opposite order."""

ITSELF = (
    f"UPDATE {ANCESTRY} SET started_on = NEW.started_on, ended_on = NEW.ended_on WHERE depth = 0 AND unit_id = NEW.id"
)


def alive(unit, rows="NEW"):
    """Return the SQL condition that column `unit` names a unit alive through the whole period of `rows`."""
    return (
        f"EXISTS (SELECT 1 FROM organizations_unit life WHERE life.id = {unit} "
        f"AND life.started_on <= {rows}.started_on AND life.ended_on >= {rows}.ended_on)"
    )


def alive_on(unit, day, last="<"):
    """Return the SQL condition that column `unit` names a unit alive on the day in column `day`.

    With `last` "<=" the day on which a unit ends counts too: its ending happens on that day.
    """
    return (
        f"EXISTS (SELECT 1 FROM organizations_unit life WHERE life.id = {unit} "
        f"AND life.started_on <= {day} AND {day} {last} life.ended_on)"
    )


def outlives(table, column="unit_id"):
    """Return the SQL condition that a row of `table` reaches beyond the new life of the unit it names in `column`."""
    return (
        f"EXISTS (SELECT 1 FROM {table} rows WHERE rows.{column} = NEW.id "
        "AND (rows.started_on < NEW.started_on OR rows.ended_on > NEW.ended_on))"
    )


def outlives_on(table, day, last="<", where="TRUE"):
    """Return the SQL condition that the day of a row of `table` lies outside the new life of its unit; see `alive_on`.

    `where` narrows it to some `rows`.
    """
    return (
        f"EXISTS (SELECT 1 FROM {table} rows WHERE rows.unit_id = NEW.id AND {where} "
        f"AND NOT (rows.{day} >= NEW.started_on AND rows.{day} {last} NEW.ended_on))"
    )


def fits(child, parent):
    """Return the SQL condition that the kinds in the periods `child` and `parent` may stand one beneath the other."""
    found = []
    for kind, kinds in PARENTS.items():
        above = ", ".join(sorted(f"'{each.value}'" for each in kinds if each))
        found += [f"{child}.kind = '{kind.value}' AND {parent}.kind IN ({above})"] if above else []
    return " OR ".join(found)


UNFITTING = (
    f"(EXISTS (SELECT 1 FROM {PERIODS} above WHERE above.unit_id = NEW.parent_id AND {meet('above', 'NEW')} "
    f"AND NOT ({fits('NEW', 'above')})) OR EXISTS (SELECT 1 FROM {PERIODS} below WHERE below.parent_id = NEW.unit_id "
    f"AND {meet('below', 'NEW')} AND NOT ({fits('below', 'NEW')})))"
)
"""A unit stands beneath one, or above one, that does not suit its kind: a cell beneath a cell."""

UNFITTING_MESSAGE = "Loại của tổ chức đảng này không hợp với loại của tổ chức cấp trên hoặc tổ chức trực thuộc."


def rests_on_unit(table, *keys, alone=False):
    """Return the lock of the units on whose life, kind or posts rows of `table` rest."""
    return Hold(table, "organizations_unit", keys or ("unit_id",), alone)


GUARDS = [
    NoOverlap(
        "unitperiod_no_overlap", PERIODS, ("unit_id",), "Hai giai đoạn của một tổ chức đảng không được chồng lên nhau."
    ),
    NoOverlap(
        "threshold_no_overlap",
        "organizations_threshold",
        ("code",),
        "Hai mức của cùng một chỉ tiêu không được chồng lên nhau.",
    ),
    Guard(
        "threshold_keeps_long_enough",
        "organizations_threshold",
        " OR ".join(
            f"NEW.code = '{code}' AND (NEW.unit <> '{Measure.MONTHS}' OR NEW.low < {few} OR NEW.low <> ROUND(NEW.low))"
            for code, few in LEAST_MONTHS.items()
        ),
        "Thời gian giữ tính bằng tháng tròn và không được ngắn hơn mức ít nhất của hệ thống.",
        of=("code", "unit", "low"),
    ),
    Guard(
        "disposal_append_only",
        "organizations_disposal",
        "TRUE",
        "Lần xóa theo thời gian giữ không thể sửa hoặc xóa.",
        events=("UPDATE", "DELETE"),
    ),
    NoOverlap(
        "regulation_no_overlap",
        "organizations_regulation",
        ("subject",),
        "Hai văn bản về cùng một nội dung không được cùng có hiệu lực: ghi ngày hết hiệu lực của văn bản trước.",
        where="subject <> 'other'",
    ),
    NoOverlap(
        "unitfact_no_overlap",
        "organizations_unitfact",
        ("unit_id", "kind", "detail"),
        "Nội dung này đã ghi cho thời gian đó: ghi ngày hết áp dụng của số trước.",
        where=f"kind NOT IN ({', '.join(repr(kind.value) for kind in sorted(FACTS_OF_A_DAY))})",
    ),
    Guard(
        "unitfact_in_life",
        "organizations_unitfact",
        f"NOT {alive_on('NEW.unit_id', 'NEW.started_on')}",
        "Tổ chức đảng không tồn tại vào ngày của số liệu đó.",
    ),
    Guard(
        "unitfact_counted_whole",
        "organizations_unitfact",
        f"NEW.kind IN ({COUNTED_ONE_BY_ONE}) AND NEW.value <> ROUND(NEW.value)",
        "Số người, số dân tộc, số đảng viên phải là số nguyên.",
        of=("kind", "value"),
    ),
    NoOverlap(
        "formtitle_no_overlap",
        "organizations_formtitle",
        ("form",),
        "Biểu này đã có tên khác trong thời gian đó: ghi ngày hết áp dụng của tên trước.",
    ),
    NoOverlap(
        "impossiblepair_no_overlap",
        "organizations_impossiblepair",
        ("kind", "sector"),
        "Loại tổ chức và loại hình này đã được ghi là không đi với nhau trong thời gian đó.",
    ),
    Guard(
        "unitperiod_in_life",
        PERIODS,
        f"NOT {alive('NEW.unit_id')}",
        "Giai đoạn nằm ngoài thời gian tồn tại của tổ chức đảng.",
    ),
    Guard(
        "unitperiod_possible",
        PERIODS,
        "EXISTS (SELECT 1 FROM organizations_impossiblepair pair WHERE pair.kind = NEW.kind "
        "AND pair.sector = NEW.sector AND pair.started_on <= NEW.started_on AND pair.ended_on > NEW.started_on) "
        f"AND NOT EXISTS (SELECT 1 FROM {PERIODS} known WHERE known.unit_id = NEW.unit_id "
        "AND known.kind = NEW.kind AND known.sector = NEW.sector)",
        "Loại tổ chức này không có loại hình đó: chọn loại hình hoặc loại tổ chức khác; những loại không đi với nhau "
        "ghi ở sổ Loại tổ chức không có loại hình.",
    ),
    Guard(
        "unitperiod_suits",
        PERIODS,
        UNFITTING,
        UNFITTING_MESSAGE,
        of=("unit_id", "parent_id", "kind", "started_on"),
    ),
    Guard(
        "unitperiod_suits_longer",
        PERIODS,
        f"NEW.ended_on > OLD.ended_on AND {UNFITTING}",
        UNFITTING_MESSAGE,
        events=("UPDATE",),
    ),
    Guard(
        "unitperiod_parent_alive",
        PERIODS,
        f"NEW.parent_id IS NOT NULL AND NOT {alive('NEW.parent_id')}",
        "Tổ chức đảng cấp trên không tồn tại suốt thời gian đó.",
    ),
    Guard(
        "unit_outlived",
        "organizations_unit",
        f"{outlives(PERIODS)} OR {outlives(PERIODS, 'parent_id')}",
        "Tổ chức đảng còn giai đoạn hoặc tổ chức trực thuộc nằm ngoài thời gian tồn tại mới.",
        events=("UPDATE",),
    ),
    Guard(
        "unit_outlived_by_facts",
        "organizations_unit",
        " OR ".join(
            (
                outlives_on("organizations_unitfact", "started_on"),
                outlives_on("organizations_unitevent", "day", last="<="),
                outlives_on("organizations_document", "issued_on", where="rows.issuer = ''"),
            )
        ),
        "Tổ chức đảng còn văn bản, sự kiện hoặc thông tin ghi vào ngày ngoài thời gian tồn tại mới: sửa ngày ở đó "
        "trước.",
        events=("UPDATE",),
    ),
    rests_on_unit(PERIODS, "unit_id", "parent_id", alone=True),
    *map(rests_on_unit, ("organizations_unitfact", "organizations_unitevent", "organizations_document")),
    Guard(
        "unitevent_in_life",
        "organizations_unitevent",
        f"NOT {alive_on('NEW.unit_id', 'NEW.day', last='<=')}",
        "Sự kiện nằm ngoài thời gian tồn tại của tổ chức đảng.",
    ),
    Guard(
        "document_in_life",
        "organizations_document",
        f"NEW.issuer = '' AND NOT {alive_on('NEW.unit_id', 'NEW.issued_on')}",
        "Văn bản ban hành khi tổ chức đảng không tồn tại.",
    ),
    DerivedTable(ANCESTRY, "Cây tổ chức do cơ sở dữ liệu tự lập từ các giai đoạn của tổ chức đảng: sửa giai đoạn."),
    Reaction(
        "ancestry_itself",
        "organizations_unit",
        "INSERT",
        (f"INSERT INTO {ANCESTRY} {COLUMNS} VALUES (NEW.id, NULL, NEW.id, 0, NEW.started_on, NEW.ended_on)",),
    ),
    Reaction("ancestry_itself_follow", "organizations_unit", "UPDATE", (ITSELF,)),
    Reaction(
        "ancestry_itself_prune",
        "organizations_unit",
        "DELETE",
        (f"DELETE FROM {ANCESTRY} WHERE ancestor_id = OLD.id OR unit_id = OLD.id",),
    ),
    Reaction("ancestry_grow", PERIODS, "INSERT", GROW),
    Reaction("ancestry_follow", PERIODS, "UPDATE", PRUNE + GROW),
    Reaction("ancestry_prune", PERIODS, "DELETE", PRUNE),
    *field_rules("organizations"),
]
