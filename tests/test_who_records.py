"""Who records which act: one table, held against the rights that forms and registers ask for.

That nobody else opens or sends them is walked with the whole cast by the tests of records, member pages, admissions and
restructuring.
"""

from binhlu_portal.records.types import RECORD_TYPES
from members.admissions.forms import STEPS
from members.directory.views.member import CORRECTIONS, MOVES
from members.restructuring.change_types import CHANGES
from organizations.rights import Right

OFFICE, CELL, OWN_LEVEL = "the secretariat", "the cell too", "the cell too, what it decides itself"

REGISTERS = {
    "sinh-hoat-dang": OFFICE,
    "ket-nap": OFFICE,
    "trinh-do": CELL,
    "chuc-vu": OFFICE,
    "khuyet-chuc-vu": OFFICE,
    "mien-sinh-hoat": OWN_LEVEL,
    "mien-giam-dang-phi": CELL,
    "can-cu-dong-dang-phi": CELL,
    "chua-cai-so-tay": CELL,
    "lien-he-noi-cu-tru": CELL,
    "dao-tao": CELL,
    "quy-hoach": OFFICE,
    "ky-luat": OWN_LEVEL,
    "dinh-chi-sinh-hoat": OFFICE,
    "huy-hieu": OFFICE,
    "xep-loai-dang-vien": CELL,
    "khong-phat-sinh": CELL,
    "sinh-hoat": CELL,
    "kiem-tra": OFFICE,
    "ky-luat-to-chuc": OFFICE,
    "xep-loai-to-chuc": OFFICE,
    "bon-tot": OFFICE,
    "su-kien": OFFICE,
    "van-ban": OFFICE,
    "thong-tin": CELL,
    "bao-thay-doi": CELL,
    "van-ban-quy-dinh": OFFICE,
    "chi-tieu-dinh-muc": OFFICE,
    "ten-bieu": OFFICE,
    "loai-khong-co-loai-hinh": OFFICE,
}
"""Registers by their codes: what is added, corrected and deleted there."""

STEPS_OF_ADMISSION = {"hoc-lop": CELL, "ket-nap": OFFICE, "chinh-thuc": OFFICE, "dua-ra": CELL, "xoa-ten": OFFICE}


def who(right, model=None):
    """Return who records by a right, of records of `model`."""
    if right == Right.DECIDE:
        return OFFICE
    return OWN_LEVEL if hasattr(model, "of_the_cell") else CELL


def test_every_register_is_written_by_those_of_the_table():
    assert {code: who(one.right, one.model) for code, one in RECORD_TYPES.items()} == REGISTERS


def test_every_step_into_the_party_is_written_by_those_of_the_table():
    assert {name: who(form.right) for name, form in STEPS.items()} == STEPS_OF_ADMISSION


def test_where_people_belong_and_what_units_are_is_written_by_the_secretariat():
    assert {form.right for form in [*MOVES.values(), *CHANGES.values()]} == {Right.DECIDE}
    assert [name for name, form in CORRECTIONS.items() if form.right == Right.DECIDE] == ["sua-vao-dang"]
