"""What entries of the history are called in words."""

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.display import lines
from binhlu_portal.audit.models import Entry
from tests.factories import make_member


def test_a_stay_deleted_with_its_person_is_still_told_with_the_name(clerk, cell_a):
    lan = make_member(cell_a, "Lan")
    with acting(clerk) as act:
        lan.spells.all().delete()
        lan.delete()
    told = lines(list(Entry.objects.filter(act=act)))
    assert {line.about for line in told} == {"Lan"}
    assert len(told) == 2
