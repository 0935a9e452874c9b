"""Catalogue of printed forms: each a function of a moment that returns its sheets, by its code.

Whatever the form, a sheet ends with a note on those about whom the registers of its figures say nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from binhlu_portal.moment.moment import Moment
from binhlu_portal.sheets.sheet import Sheet
from organizations.choices import StatisticsForm
from reports.figures import evaluate
from reports.figures.registry import KNOWN, registers_of
from reports.placeholders.language import written

from .annexes.bieu_1b import bieu_1b
from .annexes.bieu_5b import bieu_5b
from .annexes.bieu_6 import bieu_6 as annex_6
from .annexes.bieu_9 import bieu_9
from .statistics.bieu_1 import bieu_1
from .statistics.bieu_5 import bieu_5
from .statistics.bieu_6 import bieu_6
from .statistics.bieu_10 import bieu_10
from .statistics.ethnicity import bieu_2b, bieu_4
from .statistics.from_layout import dated

Form = Callable[[Moment], list[Sheet]]


def told(form: Form) -> Form:
    """Return the form with a note below each sheet on what is not written down."""

    @wraps(form)
    def sheets(moment):
        made = form(moment)
        codes = {code for sheet in made for code in _figures(sheet)}
        asked = codes.union(*(registers_of(KNOWN[code]) for code in codes))
        values = evaluate.counts(moment, sorted(asked), [moment.unit.pk]).get(moment.unit.pk, {})
        return [_noted(sheet, values) for sheet in made]

    return sheets


def _figures(sheet):
    """Return the codes of the figures that a sheet shows, in their order."""
    cells = (row.cell(leaf.key) for row in sheet.rows for leaf in sheet.leaves)
    return [*dict.fromkeys(cell.figure for cell in cells if cell.figure)]


def _noted(sheet, values):
    """Return the sheet with its note, if a register is silent by the counted `values`."""
    gaps = dict.fromkeys(
        register.figure.gap.format(n=written(register.value)).strip("[]")
        for code in _figures(sheet)
        for register in evaluate.silent(KNOWN[code], values.get(code, 0), values)
    )
    return replace(sheet, notes=(*sheet.notes, f"Biểu chỉ tính những gì đã ghi: {'; '.join(gaps)}.")) if gaps else sheet


ANNEXES = {code: told(form) for code, form in (("1B", bieu_1b), ("5B", bieu_5b), ("6", annex_6), ("9", bieu_9))}
"""Every annex of the interim review of 21-NQ/TW by its code, in the order of the report."""

ANNEX_CONTENTS = {
    "1B": "Loại hình tổ chức đảng trực thuộc: tiếp nhận, thành lập, giải thể, đổi tên và số hiện có",
    "5B": "Bí thư đồng thời là thủ trưởng cơ quan, đơn vị; trưởng bản, trưởng ban công tác Mặt trận là đảng viên",
    "6": "Đào tạo, bồi dưỡng cấp ủy viên cơ sở",
    "9": "Kiểm tra, giám sát, thi hành kỷ luật của Đảng",
}
"""What each annex holds; forms of statistics are told by their titles."""

DRAWN = {
    StatisticsForm.LEDGER: bieu_1,
    StatisticsForm.ADMISSIONS_BY_PEOPLE: bieu_2b,
    StatisticsForm.MEMBERS_BY_PEOPLE: bieu_4,
    StatisticsForm.SECTORS: bieu_5,
    StatisticsForm.UNIT_RATINGS: bieu_6,
    StatisticsForm.COURSES: bieu_10,
}
"""Forms that code draws on every day for which there is no layout."""

STATISTICS = {
    f"{form.number}-BTCTW": told(dated(form, DRAWN.get(form)))
    for form in StatisticsForm
    if form != StatisticsForm.MEMBER_RATINGS
}
"""The forms of the Party's basic statistics; their numbers are those of other annexes too, so codes name the issuer."""

FORMS = ANNEXES | STATISTICS
"""Everything that can be asked for by its code: the annexes, then the forms of the Party's statistics."""

NOT_PRINTED = {
    "Biểu 6A đến 6E": "chưa đọc được mẫu; kết quả xếp loại có ở Biểu 6, kết quả kiểm điểm ở Biểu 6F.",
    "Biểu 8 (8A, 8B, 8C)": (
        "người hưởng lương, phụ cấp ngân sách: mẫu đọc được là của cấp tỉnh, cấp huyện; hệ thống không giữ hồ sơ biên "
        "chế, tiền lương."
    ),
    "Biểu 9A, 9B, 12A, 12B": "của cấp tỉnh, cấp huyện; cấp xã lập Biểu 9C, 12C.",
    "Biểu 11, 13": "luân chuyển, bổ nhiệm, giới thiệu ứng cử: hệ thống chưa có sổ để tính.",
}
"""The forms of statistics that the portal does not make, and why."""


def contents(moment: Moment) -> dict[str, str]:
    """What each form holds, by its code: of statistics the titles on the as-of day."""
    found = {}
    for form in StatisticsForm:
        found.setdefault(f"{form.number}-BTCTW", []).append(moment.in_force.form_title(form))
    return ANNEX_CONTENTS | {code: "; ".join(titles) for code, titles in found.items()}
