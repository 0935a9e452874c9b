"""Form 6-BTCTW: yearly ratings of party organizations and of members, by sector (loại hình).

An organization stands in the column of its own sector, a member in that of the unit directly beneath the commune
committee.
"""

from dataclasses import dataclass, replace
from functools import cache

from assessments.choices import Rating
from binhlu_portal.sheets.sheet import Sheet, SheetCell, SheetColumn, SheetRow, SumOfColumns, SumOfRows, group
from binhlu_portal.text.vietnamese import document_day
from organizations.choices import Sector, StatisticsForm
from reports.figures import evaluate
from reports.figures.definitions.statistics.ratings import BLOCKS
from reports.figures.rating_list import RATED_NESTED, rating_day
from reports.figures.registry import KNOWN
from reports.figures.result import percentage
from reports.printed_forms import layout

SECTORS = {
    "commune": {Sector.COMMUNE, Sector.VILLAGE},
    "ward": {Sector.WARD},
    "township": {Sector.TOWNSHIP},
    "party": {Sector.PARTY_AGENCY},
    "state": {Sector.STATE_AGENCY},
    "public": {Sector.PUBLIC_SERVICE, Sector.SCHOOL, Sector.HEALTH_STATION},
    "private": {Sector.PRIVATE_SERVICE},
    "military": {Sector.MILITARY},
    "police": {Sector.POLICE},
    "state_owned": {Sector.STATE_OWNED},
    "state_majority": {Sector.STATE_MAJORITY},
    "state_minority": {Sector.STATE_MINORITY},
    "joint_stock": {Sector.JOINT_STOCK},
    "private_enterprise": {Sector.PRIVATE_ENTERPRISE},
    "limited_company": {Sector.LIMITED_COMPANY},
    "partnership": {Sector.PARTNERSHIP},
    "foreign": {Sector.FOREIGN_INVESTED, Sector.FOREIGN_OWNED},
    "cooperative": {Sector.COOPERATIVE},
    "abroad": {Sector.ABROAD},
    "other": {Sector.OTHER},
    "zone": {Sector.SPECIAL_ZONE},
}
"""Which sectors each column holds."""

OF_WHICH = {"foreign_owned": {Sector.FOREIGN_OWNED}}
"""Columns that tell a part of the one before."""

SUMS = {
    "services": SumOfColumns(("public", "private")),
    "state_capital": SumOfColumns(("state_owned", "state_majority", "state_minority")),
    "other_capital": SumOfColumns(
        ("joint_stock", "private_enterprise", "limited_company", "partnership", "foreign"),
    ),
    "enterprises": SumOfColumns(("state_capital", "other_capital", "cooperative")),
}
"""Columns that add up others, those they add up first."""

ACROSS = SumOfColumns(tuple(SECTORS))
TOTAL, PERCENT, BEFORE = "c2", "c3", "before"


@dataclass(frozen=True)
class RatingLine:
    """A row: its figure, if it shows one, which is the sum of the rows `plus` where there are any."""

    key: str
    name: str
    level: int = 0
    plus: tuple = ()
    recorded: bool = True


def levels(prefix, level):
    """Return the rows of the four levels."""
    return [RatingLine(f"{prefix}.{rating}", f"- {rating.label}", level) for rating in Rating]


def block(mark, code):
    """Return the rows of the ratings of one kind of organization."""
    prefix = f"ratings.{code}"
    rated = levels(prefix, 2)
    parts = (f"{prefix}.rated", f"{prefix}.not_rated")
    return (
        RatingLine(code, f"{mark}. {BLOCKS[code][0]}"),
        RatingLine(f"{prefix}.total", "1. Số có đến cuối năm (1 = 2 + 3)", 1, parts),
        RatingLine(f"{prefix}.rated", "2. Số đã đánh giá, xếp loại chất lượng", 1, tuple(line.key for line in rated)),
        *rated,
        RatingLine(f"{prefix}.not_rated", "3. Số chưa đánh giá, xếp loại", 1),
        RatingLine(f"{prefix}.new", "Trong đó: mới thành lập dưới {ratings.youngest_months}", 2),
    )


ORGANIZATIONS = (
    RatingLine("A", "A. TỔ CHỨC CƠ SỞ ĐẢNG"),
    *block("I", "party_organizations"),
    *block("II", "grassroots_cells"),
    RatingLine("B", "B. TỔ CHỨC ĐẢNG TRỰC THUỘC"),
    *block("I", "departmental"),
    *block("II", "nested_cells"),
    RatingLine("C", "C. CHI BỘ TRỰC THUỘC ĐẢNG ỦY XÃ (ngoài mẫu)"),
    *block("I", "direct_cells"),
)
REASONS = (
    "Trong đó: có biểu hiện suy thoái",
    "Chỉ hoàn thành dưới 50% chỉ tiêu",
    "Là công chức, viên chức xếp loại không hoàn thành nhiệm vụ",
    "Bị xử lý kỷ luật trong năm",
    "Lý do khác",
)
"""Why members are rated lowest."""

PARTS = ("ratings.members.exempt", "ratings.members.pending", "ratings.members.rated")
MEMBERS = (
    RatingLine("ratings.members.listed", "1. Số đảng viên có mặt đến cuối năm (1 = 2 + 3 + 4)", 0, PARTS),
    RatingLine("ratings.members.exempt", "2. Được miễn kiểm điểm, đánh giá, xếp loại"),
    RatingLine("ratings.members.pending", "3. Chưa được kiểm điểm, đánh giá, xếp loại"),
    RatingLine("ratings.members.new", "Trong đó: mới kết nạp dưới {ratings.youngest_months}", 1),
    RatingLine("ratings.members.suspended", "Bị đình chỉ sinh hoạt đảng", 1),
    RatingLine(
        "ratings.members.rated",
        "4. Đã kiểm điểm, đánh giá, xếp loại",
        0,
        tuple(line.key for line in levels("ratings.members", 1)),
    ),
    *levels("ratings.members", 1),
    *(RatingLine(f"blank.{number}", reason, 2, recorded=False) for number, reason in enumerate(REASONS)),
)


@cache
def codes() -> list[str]:
    """Return the codes of the figures of both tables; other rows are headings."""
    return [line.key for line in (*ORGANIZATIONS, *MEMBERS) if line.key in KNOWN]


def bieu_6(moment):
    """Return both tables of form 6-BTCTW: of organizations and of members."""
    listed = replace(moment, as_of=rating_day(moment))
    direct, nested = layout.direct_units(listed), layout.nested_units(listed)
    counts = evaluate.counts(moment, codes(), [moment.unit.pk, *(unit.pk for unit in (*direct, *nested))])
    earlier = moment.a_year_earlier()
    before = evaluate.side_by_side([earlier], codes())[0] if earlier else None

    def row(line):
        """Return a row of either table."""
        said = replace(line, name=listed.in_force.cite(line.name))
        return _row(moment, said, _apart(line.key, direct, nested), counts, earlier, before)

    frame = layout.form_frame(moment, StatisticsForm.UNIT_RATINGS, "Tổ chức đảng")
    of_each = replace(
        frame,
        heading=replace(frame.heading, measure="Đảng viên"),
        title=moment.in_force.form_title(StatisticsForm.MEMBER_RATINGS).upper(),
    )
    of_organizations = (
        "Chi bộ trực thuộc đảng bộ cơ sở, đảng bộ bộ phận tính theo loại hình của chính mình; chi bộ bản tính vào cột "
        "xã; trường học, trạm y tế tính vào cột đơn vị sự nghiệp công lập."
    )
    of_members = "Đảng viên tính theo loại hình của tổ chức đảng trực thuộc Đảng ủy xã nơi đang sinh hoạt."
    return [
        _sheet(moment, frame, ORGANIZATIONS, row, of_organizations),
        _sheet(moment, of_each, MEMBERS, row, of_members),
    ]


def _apart(key, direct, nested):
    """Return the units among which the figure `key` is divided: those of the kind it counts, else the direct ones."""
    code = key.split(".")[1] if key in KNOWN else ""
    if code not in BLOCKS:
        return direct
    _, population, kind = BLOCKS[code]
    return [unit for unit in (nested if population is RATED_NESTED else direct) if unit.kind == kind]


def _sheet(moment, frame, lines, row, about_columns):
    return Sheet(
        code=frame.heading.form,
        tab=f"{frame.heading.form.removeprefix('Biểu số ')} {frame.heading.measure.lower()}",
        title=f"{frame.title} NĂM {moment.year}",
        subtitle=f"(Danh sách ngày {document_day(rating_day(moment))})",
        columns=_columns(),
        rows=tuple(row(line) for line in lines),
        heading=frame.heading,
        signature=frame.signature,
        left_signature=frame.left_signature,
        notes=(
            "Tỷ lệ % của số đã đánh giá tính trên số có đến cuối năm; của từng mức tính trên số đã đánh giá, riêng "
            "đảng viên hoàn thành xuất sắc tính trên số hoàn thành tốt trở lên.",
            about_columns,
            "Đặc khu và cùng kỳ năm trước là hai cột ngoài mẫu.",
            *layout.about_blanks(lines),
            layout.about_earlier(moment),
        ),
    )


def _row(moment, line, units, counts, earlier, before):
    """Return a row: the total with its share, that of the year before, and the total by sector."""
    cells = {"name": line.name}
    if line.key in KNOWN:
        figure = KNOWN[line.key]
        cells |= _by_sector(moment, line, units, counts)
        total = counts[moment.unit.pk].get(line.key) or (0 if units else None)
        parts = [cells[column].value for column in SECTORS]
        formula = ACROSS if ACROSS.evaluate(parts, 0) == total else None
        cells[TOTAL] = layout.counted(moment, total, line.key, formula=formula)
        cells[PERCENT] = percentage(total, counts[moment.unit.pk].get(figure.of), 1)
        if before is not None:
            cells[BEFORE] = layout.counted(earlier, before.get(line.key) or (0 if units else None), line.key)
    is_heading = line.recorded and line.key not in KNOWN
    return SheetRow(line.key, cells, level=line.level, emphasis=is_heading or bool(line.plus and not line.level))


def _by_sector(moment, line, units, counts):
    """Return the cells of the sectors; only those in which any of `units` stands, each with its own list."""
    down = SumOfRows(line.plus) if line.plus else None
    cells = {}
    for column, sectors in (SECTORS | OF_WHICH).items():
        own = [unit for unit in units if unit.sector in sectors]
        value = sum(counts[unit.pk].get(line.key, 0) for unit in own) if own else None
        parts = [sum(counts[unit.pk].get(key, 0) for unit in own) for key in line.plus] if own else []
        formula = down if parts and sum(parts) == value else None
        cells[column] = layout.counted(moment, value, line.key, {unit.code for unit in own}, formula)
    for column, across in SUMS.items():
        cells[column] = SheetCell(across.evaluate([cells[key].value for key in across.plus], 0), across)
    return cells


def _column(key, label, width=5):
    return SheetColumn(key, label, width=width)


def _columns():
    return (
        SheetColumn("name", "Tiêu chí", kind="text", width=37),
        _column(TOTAL, "Tổng số"),
        SheetColumn(PERCENT, "Tỷ lệ %", kind="percent", places=1, width=7),
        _column("commune", "Xã"),
        _column("ward", "Phường", 7),
        _column("township", "Thị trấn"),
        _column("party", "Cơ quan Đảng, MTTQ, CT-XH", 7),
        _column("state", "Cơ quan Nhà nước", 7),
        group(
            "Đơn vị sự nghiệp",
            _column("services", "Tổng số"),
            _column("public", "Công lập"),
            _column("private", "Ngoài công lập", 7),
        ),
        _column("military", "Quân đội", 7),
        _column("police", "Công an"),
        group(
            "Doanh nghiệp và hợp tác xã",
            _column("enterprises", "Tổng số"),
            group(
                "Có vốn Nhà nước",
                _column("state_capital", "Tổng số"),
                _column("state_owned", "Nắm 100% vốn", 7),
                _column("state_majority", "Từ 50% vốn trở lên", 7),
                _column("state_minority", "Dưới 50% vốn"),
            ),
            group(
                "Ngoài khu vực Nhà nước",
                _column("other_capital", "Tổng số"),
                _column("joint_stock", "Công ty cổ phần"),
                _column("private_enterprise", "Doanh nghiệp tư nhân", 8),
                _column("limited_company", "Công ty TNHH", 7),
                _column("partnership", "Công ty hợp danh"),
                _column("foreign", "Có vốn nước ngoài", 7),
                _column("foreign_owned", "Trong đó: 100% vốn nước ngoài", 7),
            ),
            _column("cooperative", "Hợp tác xã", 6),
        ),
        _column("abroad", "Ở ngoài nước", 6),
        _column("other", "Loại hình khác"),
        group("Ngoài mẫu", _column("zone", "Đặc khu"), _column(BEFORE, "Cùng kỳ năm trước", 7)),
    )
