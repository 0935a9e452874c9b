"""The check of units whose kind and sector do not go together."""

from datetime import date

from django.urls import reverse

from binhlu_portal.data_checks.rules import CHECKS
from organizations.models import ImpossiblePair
from organizations.regulations.actions import exclude_pair
from tests.factories import START, make_unit, moment_of

DAY = date(2026, 3, 1)


def found(unit, day=DAY):
    """Return the codes of the units that the check finds."""
    return set(CHECKS["loai-hinh-khong-co"].rows(moment_of(unit, day)).values_list("unit__code", flat=True))


def test_units_that_were_written_before_the_rule_are_found_from_its_day_on(commune, cell_a, cell_b):
    make_unit("th", commune, sector="school")
    assert found(commune) == set()
    exclude_pair(kind="subordinate_cell", sector="village", started_on=DAY, source="Mẫu")
    assert found(commune) == {"a", "b"}
    assert found(commune, date(2026, 2, 28)) == set()
    assert found(cell_a) == {"a"}


def test_the_committee_itself_is_found_and_the_form_that_mends_it_opens(client, commune, clerk):
    ImpossiblePair.objects.create(kind="commune", sector="commune", started_on=START, source="Mẫu")
    assert found(commune) == {"xa"}
    client.force_login(clerk)
    page = client.get(reverse("check", args=["loai-hinh-khong-co"]), {"don_vi": "xa", "ngay": "01/03/2026"})
    address = reverse("unit-form", args=["xa", "doi-loai"])
    assert address in page.content.decode()
    assert client.get(address).status_code == 200
