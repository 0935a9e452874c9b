"""A form that must be chosen in, where there is nothing to choose, says so and has no button that could not write."""

from django.urls import reverse

from binhlu_portal.records.types import RECORD_TYPES
from members.change_reports.change_types import CHANGE_TYPES
from members.restructuring.change_types import CHANGES
from tests.factories import make_member

WRITES = '<button class="button">'
SAID = "Chưa ghi được: chưa có gì để chọn ở mục “{}”."


def asked_in_vain(client, addresses):
    """Return which of the pages ask for a choice where there is none; whatever does not say so alone fails."""
    found = set()
    for address in addresses:
        page = client.get(address)
        form = page.status_code == 200 and page.context.get("form")
        lacking = [field.label for field in getattr(form, "without_choice", ())]
        if lacking:
            shown = page.content.decode()
            assert WRITES not in shown, address
            assert all(SAID.format(label) in shown for label in lacking), address
            found.add(address)
    return found


def forms_of_units(*cells):
    return [reverse("unit-form", args=[cell.code, change]) for cell in cells for change in CHANGES]


def test_where_nobody_is(client, clerk, cell_a):
    client.force_login(clerk)
    registers = [reverse("record-add", args=[code]) for code in RECORD_TYPES]
    vain = asked_in_vain(client, registers + forms_of_units(cell_a))
    assert {reverse("record-add", args=["dao-tao"]), *(f"/to-chuc/a/{act}/" for act in ("tach", "sap-nhap"))} <= vain


def test_where_somebody_is_alone(client, clerk, secretary_a, cell_a):
    member = make_member(cell_a, "Lò Thị Lan")
    client.force_login(clerk)
    assert asked_in_vain(client, forms_of_units(cell_a)) == {"/to-chuc/a/sap-nhap/"}
    client.force_login(secretary_a)
    reported = {code: f"/bao-thay-doi/{code}/?dang_vien={member.pk}" for code in CHANGE_TYPES}
    assert asked_in_vain(client, reported.values()) == {reported["thoi-chuc-vu"]}
