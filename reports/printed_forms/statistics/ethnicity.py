"""Forms 2B- and 4-BTCTW: new members and members by people and by religion, in the order of the Party's list."""

from binhlu_portal.sheets.sheet import Sheet, SheetColumn, SheetRow, SumOfRows, group
from members.ethnicity import ETHNICITIES
from organizations.choices import StatisticsForm
from reports.figures import evaluate
from reports.figures.definitions.statistics.ethnicity import GROUPS
from reports.figures.result import percentage
from reports.printed_forms import layout

WHOLE, WOMEN = "c3", "c4"
PEOPLES = tuple(code for code in GROUPS if code.startswith("people."))
RELIGIONS = tuple(code for code in GROUPS if code.startswith("religion."))
COLUMNS = (
    SheetColumn("mark", "TT", kind="mark", width=5),
    SheetColumn("name", "Tên dân tộc, tôn giáo", kind="text", width=44),
    group(
        "Đảng viên chia theo dân tộc, tôn giáo",
        SheetColumn(WHOLE, "Tổng số", width=10),
        SheetColumn(WOMEN, "Trong đó: nữ", width=10),
    ),
    SheetColumn("c5", "Tỷ lệ %", kind="percent", places=1, width=10),
    group("Cùng kỳ năm trước", SheetColumn("c6", "Tổng số", width=10), SheetColumn("c7", "Trong đó: nữ", width=10)),
)


def in_the_order_of_the_form():
    """Return the peoples as form 4-BTCTW lists them: by the numbers of 1979, but Ê Đê before Ngái."""
    order = [people.code for people in ETHNICITIES]
    ngai, e_de = order.index("ngai"), order.index("e_de")
    order[ngai], order[e_de] = order[e_de], order[ngai]
    return tuple(f"people.{code}" for code in order)


def bieu_2b(moment):
    """Return form 2B-BTCTW."""
    return [_sheet(moment, "admissions", StatisticsForm.ADMISSIONS_BY_PEOPLE, layout.as_of_line(moment))]


def bieu_4(moment):
    """Return form 4-BTCTW."""
    return [_sheet(moment, "members", StatisticsForm.MEMBERS_BY_PEOPLE, layout.day_line(moment))]


def _sheet(moment, counted, form, subtitle):
    earlier = moment.a_year_earlier()
    moments = [moment, earlier] if earlier else [moment]
    codes = [f"{counted}.{code}{ending}" for code in GROUPS for ending in ("", ".female")]
    codes += [f"{counted}.total", f"{counted}.female"]
    found = list(zip(moments, evaluate.side_by_side(moments, codes), strict=True))
    frame = layout.form_frame(moment, form, "Người")
    rows = [
        _row(found, counted, "I", "Dân tộc", "", PEOPLES),
        *(
            _row(found, counted, str(number), GROUPS[code][0], code)
            for number, code in enumerate(in_the_order_of_the_form(), 1)
        ),
        _row(found, counted, "II", "Theo tôn giáo", "religious", RELIGIONS),
        *(_row(found, counted, str(number), GROUPS[code][0], code) for number, code in enumerate(RELIGIONS, 1)),
    ]
    return Sheet(
        code=frame.heading.form,
        tab=frame.heading.form,
        title=frame.title,
        subtitle=subtitle,
        columns=COLUMNS,
        rows=tuple(rows),
        heading=frame.heading,
        signature=frame.signature,
        left_signature=frame.left_signature,
        notes=(
            "Tỷ lệ % tính trên tổng số của mục I. Người hồ sơ chưa ghi tôn giáo không tính vào mục II.",
            layout.about_earlier(moment),
        ),
        upright=True,
    )


def _row(found, counted, mark, name, code, parts=()):
    """Return a row: what was counted now and a year earlier; the first of a group adds up `parts`."""
    cells = {"mark": mark, "name": name}
    for (moment, values), columns in zip(found, ((WHOLE, WOMEN), ("c6", "c7")), strict=False):
        whole = f"{counted}.{code}" if code else f"{counted}.total"
        women = f"{counted}.{code}.female" if code else f"{counted}.female"
        for column, figure, ending in zip(columns, (whole, women), ("", ".female"), strict=True):
            value, down = values.get(figure, 0), SumOfRows(parts)
            total = down.evaluate([values.get(f"{counted}.{part}{ending}", 0) for part in parts], 0)
            cells[column] = layout.counted(moment, value, figure, formula=down if parts and total == value else None)
        if WHOLE in columns:
            cells["c5"] = percentage(values.get(whole, 0), values.get(f"{counted}.total"), 1)
    return SheetRow(code or "peoples", cells, emphasis=bool(parts))
