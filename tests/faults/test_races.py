"""Two people who write at once: what each may do alone but not both together is refused to one of them.

Read on PostgreSQL only: SQLite lets one writer in at a time (see `collect_ignore` in conftest.py).
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import QueryDict

from assessments.meetings.forms import CorrectMeetingForm, MeetingForm
from assessments.models import Meeting
from binhlu_portal.accounts.models import User
from binhlu_portal.dates.validity import OPEN, covers
from binhlu_portal.records.forms.submit import EditConflict, submit
from members.membership import actions as membership
from organizations.account_management import actions as accounts
from organizations.choices import EventKind, Kind, RoleKind, Sector
from organizations.models import Unit
from organizations.units import actions as units
from reports.beginning import actions as beginning
from tests.factories import clerk_of, make_member, make_person, make_root, make_unit, make_user
from tests.faults.connections import Meanwhile
from tests.proofs import again

DAY = date(2026, 1, 15)


def test_of_two_cells_that_take_in_one_member_one_is_refused(transactional_db):
    commune = make_root()
    cells, person = [make_unit(code, commune) for code in ("a", "b")], again(make_person())
    together = Barrier(2, timeout=20)

    def take_in(cell):
        try:
            together.wait()
            membership.transfer_in(member=person, unit=cell, day=DAY)
            return "taken in"
        except ValidationError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take_in, cells)) == ["refused", "taken in"]
    assert person.spells.count() == 1


def test_a_cell_does_not_end_while_somebody_is_taken_in(transactional_db):
    cell, person = make_unit("a", make_root()), again(make_person())
    with transaction.atomic():
        membership.transfer_in(member=person, unit=cell, day=DAY)
        closing = Meanwhile(lambda: units.close(unit=again(cell), day=DAY, kind=EventKind.DISSOLVED))
    closing.join()
    assert again(cell).ended_on == OPEN


def test_a_unit_founded_beneath_another_that_moves_stands_where_that_goes(transactional_db):
    root = make_root()
    old, new = (make_unit(code, root, kind=Kind.PARTY_ORGANIZATION) for code in ("old", "new"))
    part = make_unit("part", old, kind=Kind.DEPARTMENTAL)
    with transaction.atomic():
        units.move(unit=part, parent=new, day=DAY)
        founding = Meanwhile(lambda: make_unit("cell", part, day=DAY))
    founding.join()
    lines = old.beneath.model.objects.filter(covers(DAY), unit__code="cell").order_by("depth")
    assert [line.ancestor.code for line in lines] == ["cell", "part", "new", "xa"]


def test_a_form_sent_twice_at_once_makes_one_record_and_leads_both_to_it(transactional_db):
    cell = make_unit("a", make_root())
    make_member(cell)
    user, token, together = clerk_of(cell), str(uuid4()), Barrier(2, timeout=20)
    typed = {"unit": "a", "held_on": "15/01/2026", "kind": "regular", "expected": "1", "present": "1", "token": token}
    sent = QueryDict(mutable=True)
    sent.update(typed)

    def press(_):
        try:
            form = MeetingForm(sent, user=user, today=DAY)
            assert form.is_valid(), form.errors
            together.wait()
            return submit(form, lambda written: f"/{written.pk}/")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        addresses = set(threads.map(press, range(2)))
    assert addresses == {f"/{Meeting.objects.get().pk}/"}


def test_of_two_who_correct_one_record_at_once_the_second_is_told(transactional_db):
    cell = make_unit("a", make_root())
    user = clerk_of(cell)
    make_member(cell)
    meeting = Meeting.objects.create(unit=cell, held_on=DAY, kind="regular", expected=1, present=1)
    together = Barrier(2, timeout=20)

    def press(topic):
        try:
            seen = CorrectMeetingForm(user=user, today=DAY, instance=meeting)["seen"].value()
            sent = QueryDict(mutable=True)
            sent.update({"held_on": "15/01/2026", "kind": "regular", "expected": "1", "present": "1"})
            sent.update({"topic": topic, "token": str(uuid4()), "seen": str(seen)})
            form = CorrectMeetingForm(sent, user=user, today=DAY, instance=again(meeting))
            assert form.is_valid(), form.errors
            together.wait()
            submit(form, lambda written: "/")
            return "written"
        except EditConflict:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(press, ("Của tôi", "Của người khác"))) == ["told", "written"]


def test_two_administrators_cannot_close_each_other(transactional_db):
    commune = make_root()
    one, two = (make_user(name, (RoleKind.ADMINISTRATOR, commune)) for name in ("one", "two"))
    with transaction.atomic():
        accounts.close(user=one, keeper=two)
        closing = Meanwhile(lambda: accounts.close(user=again(two), keeper=one))
    closing.join()
    assert (again(one).is_active, again(two).is_active) == (False, True)


def test_of_two_who_begin_at_once_one_is_refused(transactional_db):
    together = Barrier(2, timeout=20)
    committee = {"name": "Đảng bộ xã Mẫu", "kind": Kind.COMMUNE, "sector": Sector.COMMUNE, "day": DAY}

    def begin(code):
        try:
            together.wait()
            given = {"code": code, "username": code, "full_name": "Lò Thị Mẫu", "password": "nồi niêu xoong chảo"}
            beginning.begin_committee(**committee, **given)
            return "begun"
        except ValidationError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(begin, ["mot", "hai"])) == ["begun", "refused"]
    assert [unit.code for unit in Unit.objects.all()] == [user.username for user in User.objects.all()]
