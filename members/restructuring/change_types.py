"""The kinds of change to a party organization, and of its end, by their name in the address, each with its form."""

from django.urls import reverse

from members.restructuring import forms
from organizations.models import Unit, UnitPeriod
from organizations.units import forms as alone
from organizations.units.grid import NewUnitsForm

CHANGES = {
    "thanh-lap": alone.EstablishUnitForm,
    "tiep-nhan": alone.ReceiveUnitForm,
    "doi-ten": alone.RenameUnitForm,
    "chuyen": alone.MoveUnitForm,
    "doi-loai": alone.ReclassifyUnitForm,
    "sap-nhap": forms.MergeCellsForm,
    "tach": forms.SplitCellForm,
    "giai-the": forms.DissolveCellForm,
    "giai-the-dang-bo": forms.DissolveOrganizationForm,
}
"""The wizards for a unit that stands, by their name in the address."""

CORRECTIONS = {"sua-ngay-ket-thuc": forms.CorrectEndForm}
"""The forms for a unit that has ended, by their name in the address."""


def forms_of(unit: Unit) -> dict[str, type]:
    """Return the forms that there are for a unit: other ones after its end."""
    return CHANGES if unit.is_open else CORRECTIONS


def offered(place: UnitPeriod) -> list[tuple[str, str]]:
    """Return the addresses and titles of the wizards for a unit that is what `place` says, and of the grid of many."""
    many = place.unit.is_open and NewUnitsForm.fits(place)
    return [
        (reverse("unit-form", args=[place.unit.code, action]), form.title)
        for action, form in forms_of(place.unit).items()
        if form.fits(place)
    ] + [(reverse("units-add", args=[place.unit.code]), NewUnitsForm.title)] * many
