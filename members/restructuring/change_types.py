"""The kinds of change to a party organization by their name in the address, each with its form."""

from django.urls import reverse

from members.restructuring import forms
from organizations.models import UnitPeriod
from organizations.units import forms as alone

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
"""The wizards by their name in the address."""


def offered(place: UnitPeriod) -> list[tuple[str, str]]:
    """Return the addresses and titles of the wizards for a unit that is what `place` says."""
    return [
        (reverse("unit-form", args=[place.unit.code, action]), form.title)
        for action, form in CHANGES.items()
        if form.fits(place)
    ]
