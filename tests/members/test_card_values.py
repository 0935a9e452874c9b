"""A value of the card is read alike by every door: a form, the portal's own workbook, a list of an office."""

import pytest
from django.http import QueryDict

from binhlu_portal.db.read_fields import Unread
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from members.directory.forms.card import CorrectIdentityForm, CorrectPartyCardForm
from members.models import Member
from members.roster_import.column_types import COLUMN_TYPES
from tests.factories import make_member
from tests.proofs import DAY

READ = {
    "full_name": [("NGUYỄN VĂN HÙNG", "Nguyễn Văn Hùng"), ("Đ/c Lò Văn An", "Lò Văn An"), ("Lương Ngọc Phương1", None)],
    "birth_name": [("LÒ VĂN AN", "Lò Văn An"), ("L? V?n", None)],
    "phone": [("912345678", "0912345678"), ("(+84) 912 345 678", "0912345678"), ("abc", None), ("12345", None)],
    "citizen_id": [("12080000001", "012080000001"), ("012 080 000 001", "012080000001"), ("12080000", None)],
    "born_on": [
        ("1.3.76", "01/03/1976"),
        ("Ngày 01 tháng 3 năm 1976", "01/03/1976"),
        ("00/3/1960", "03/1960"),
        ("x", None),
    ],
    "card_number": [("1401234", "01401234"), ("12.034.567", "12034567"), ("1401234.5", None)],
    "old_identity_number": [("12345678", "012345678"), ("012 345 678", "012345678"), ("12345", None)],
    "hometown": [("Xã Bình Lư, tỉnh Lai Châu, Việt Nam", "Xã Bình Lư, tỉnh Lai Châu")],
    "birth_registration": [("Bản 01, KHÔNG, Lào", "Bản 01, Lào")],
    "old_card_number": [("1401234.0", "01401234"), ("123", None)],
    "profile_number": [("012345-lc", "012345LC"), ("12345", None)],
}
"""What is typed into a field, and what it says in words; None where it is refused."""

CHOSEN = {"gender": ("nữ", "female"), "ethnicity": ("H’Mông", "mong"), "religion": ("Đạo Phật", "buddhism")}

CASES = [(name, typed, value) for name, cases in READ.items() for typed, value in cases]


def by_form(name, typed, member, clerk):
    """Return what a form makes of what is typed into a field, None when it refuses."""
    form_class = CorrectIdentityForm if name in CorrectIdentityForm.model_fields else CorrectPartyCardForm
    sent = QueryDict(mutable=True)
    sent[name] = typed
    form = form_class(sent, user=clerk, today=DAY, instance=member)
    form.is_valid()
    return None if name in form.errors else form.cleaned_data[name]


def by_workbook(name, typed):
    """Return what a cell of the own workbook says, None when it is refused."""
    try:
        value = TABS[Member].columns[name].widget.clean(typed, day=DAY)
    except ValueError:
        return None
    return None if isinstance(value, Unread) else value


def by_list(name, typed):
    """Return what a cell of a list says, None when it is refused."""
    try:
        return COLUMN_TYPES[name].read(typed, DAY)[name]
    except ValueError:
        return None


@pytest.mark.parametrize(("name", "typed", "value"), CASES)
def test_a_form_reads_what_the_workbook_reads(name, typed, value, clerk, cell_a):
    found = by_form(name, typed, make_member(cell_a), clerk), by_workbook(name, typed)
    assert [said and str(said) for said in found] == [value, value]


@pytest.mark.parametrize(("name", "typed", "value"), [case for case in CASES if case[0] != "birth_name"])
def test_a_list_reads_what_the_workbook_reads(name, typed, value):
    assert by_list(name, typed) == by_workbook(name, typed)


@pytest.mark.parametrize("name", CHOSEN)
def test_a_choice_is_known_by_its_other_words(name):
    typed, code = CHOSEN[name]
    assert by_workbook(name, typed) == by_list(name, typed) == code


@pytest.mark.parametrize("number", [912345678, 912345678.0])
def test_a_number_in_a_cell_is_read_as_one_that_is_typed(number):
    assert by_workbook("phone", number) == "0912345678"


def test_a_year_of_two_digits_needs_a_day():
    with pytest.raises(ValueError, match="Ghi ngày"):
        TABS[Member].columns["born_on"].widget.clean("1.3.76")


UNRULED = ("full_name", "birth_name", "phone")
"""Fields of which no rule of the database keeps the shape: a record may hold what is refused today."""

REFUSED = [(name, typed) for name, typed, value in CASES if value is None and name in UNRULED]


@pytest.mark.parametrize(("name", "typed"), REFUSED)
def test_what_stands_in_a_record_for_long_is_no_error_of_the_next_change(name, typed, clerk, cell_a):
    member = make_member(cell_a)
    Member.objects.filter(pk=member.pk).update(**{name: typed})
    member.refresh_from_db()
    assert by_form(name, typed, member, clerk) == typed
