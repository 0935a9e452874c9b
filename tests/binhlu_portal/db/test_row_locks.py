"""What an action decides on is read again under a lock, once, wherever it stands in what it is given."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from binhlu_portal.db.actions import Refusal, action
from binhlu_portal.db.row_locks import GONE
from members.models import Member
from tests.factories import make_member
from tests.ground import layer


@action
def tell(*, found, inner=None):
    """Return what is known of the names of rows; `inner` is called in the middle."""
    if inner:
        inner()
    return [row.full_name for row in found]


@layer
def stale(cell_a):
    """Two people as they were read before somebody else renamed them."""
    found = [make_member(cell_a, name) for name in ("Lan", "Minh")]
    for row in found:
        Member.objects.filter(pk=row.pk).update(full_name=f"{row.full_name} khác")
    return found


@pytest.mark.parametrize("how", [list, tuple, set, dict.fromkeys])
def test_rows_are_read_again_wherever_they_stand(stale, how):
    assert sorted(tell(found=how(stale))) == ["Lan khác", "Minh khác"]


def test_a_row_is_read_again_behind_a_lazy_object(stale):
    assert tell(found=[SimpleLazyObject(lambda: stale[0])]) == ["Lan khác"]


def test_each_copy_of_a_row_is_read_again(stale):
    copies = [stale[0], Member.objects.get(pk=stale[0].pk)]
    Member.objects.filter(pk=stale[0].pk).update(full_name="Lan nữa")
    assert tell(found=copies) == ["Lan nữa", "Lan nữa"]


def test_what_was_not_read_stays_unread(stale):
    (row,) = Member.objects.filter(pk=stale[0].pk).only("full_name")
    tell(found=[row])
    assert "citizen_id" in row.get_deferred_fields()


def test_rows_are_locked_in_one_statement_and_not_again_within(stale):
    with CaptureQueriesContext(connection) as asked:
        tell(found=stale, inner=lambda: tell(found=stale))
    (locking,) = (query["sql"] for query in asked if query["sql"].startswith("SELECT"))
    assert connection.vendor == "sqlite" or "FOR NO KEY UPDATE" in locking  # who writes what points there does not wait


def test_a_lock_that_a_refusal_gave_up_is_taken_again(stale):
    def refuse():
        raise Refusal("Không được.")

    def inner():
        with pytest.raises(Refusal):
            tell(found=stale, inner=refuse)
        Member.objects.filter(pk=stale[0].pk).update(full_name="Lan nữa")
        assert tell(found=stale[:1]) == ["Lan nữa"]

    tell(found=[], inner=inner)


def test_nothing_stays_held_after_an_action(stale):
    tell(found=stale)
    Member.objects.filter(pk=stale[0].pk).update(full_name="Lan nữa")
    assert tell(found=stale[:1]) == ["Lan nữa"]


def test_a_row_that_is_no_more_is_refused(stale):
    (row,) = Member.objects.filter(pk=stale[0].pk)
    row.spells.all().delete()
    Member.objects.filter(pk=row.pk).delete()
    with pytest.raises(Refusal) as caught:
        tell(found=[row])
    assert caught.value.messages == [GONE]


def test_a_row_that_was_never_saved_is_nothing_to_lock(db):
    assert tell(found=[Member(full_name="Mới")]) == ["Mới"]


def test_what_one_action_held_is_read_again_by_the_next(stale):
    tell(found=stale)
    Member.objects.update(full_name="Hoa")
    assert tell(found=stale) == ["Hoa", "Hoa"]


def test_what_an_inner_action_holds_the_outer_one_holds_to_its_end(stale):
    @action
    def outer():
        tell(found=stale)
        with CaptureQueriesContext(connection) as asked:
            tell(found=stale)
        return [query["sql"] for query in asked if "members_member" in query["sql"]]

    assert outer() == []
