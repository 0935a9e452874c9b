"""Merge of duplicates: one record is made of two that are about the same person."""

from django.db import IntegrityError, transaction

from binhlu_portal.audit.display import own_fields
from binhlu_portal.db.actions import Refusal, action, change, leaves_no_room
from members.models import Member

from .facts import fill, join_levels, twin_of


@action
def merge(*, keep: Member, other: Member) -> Member:
    """Merge two records: `keep` takes over all facts and what only `other` says; `other` is deleted.

    A stay of `other` within a stay of `keep` in the same cell is the same stay. Where both have levels on one day, or
    one fact (the rating of a year …), `keep` is believed and takes over what it leaves open; what `other` says
    otherwise goes with it, and the history keeps it. Raises Refusal for any other overlap of stays.
    """
    if keep.pk == other.pk:
        raise Refusal("Hai hồ sơ phải khác nhau.")
    keep, other = (Member.objects.select_for_update().get(pk=person.pk) for person in (keep, other))
    for stay in other.spells.all():
        _move_stay(stay, keep)
    join_levels(keep, other)
    for link in Member._meta.related_objects:
        for fact in link.related_model._base_manager.filter(**{link.field.name: other}):
            _move(fact, link.field.name, keep)
    other.delete()
    names = [field.attname for field in own_fields(Member)]
    missing = {name: getattr(other, name) for name in names if getattr(other, name) and not getattr(keep, name)}
    return change(keep, **missing) if missing else keep


def _move_stay(stay, keep):
    """Give `keep` a stay of the other record, unless it is one that `keep` has."""
    same = keep.spells.overlapping(stay.started_on, stay.ended_on).first()
    if same is None:
        _give(stay, "member", keep)
    elif same.unit_id == stay.unit_id and same.started_on <= stay.started_on and stay.ended_on <= same.ended_on:
        stay.delete()
    else:
        raise Refusal(
            f"Giai đoạn sinh hoạt từ {stay.started_on:%d/%m/%Y} của hồ sơ bị gộp chồng lên giai đoạn từ "
            f"{same.started_on:%d/%m/%Y} của hồ sơ giữ lại: sửa hoặc kết thúc một giai đoạn trước, hoặc giữ hồ sơ kia."
        )


def _move(fact, name, keep):
    """Give `keep` a fact of the other record; one that its own facts of that kind leave no room for is deleted."""
    try:
        with transaction.atomic():
            _give(fact, name, keep)
    except IntegrityError as error:
        if not leaves_no_room(error):
            raise
        fact.delete()
        if twin := twin_of(fact, name, keep):
            fill(twin, fact)


def _give(row, name, keep):
    """Hand a row over as it is: only the database is asked, since old rows need not keep the rules of today."""
    setattr(row, name, keep)
    row.save(update_fields=[name])
