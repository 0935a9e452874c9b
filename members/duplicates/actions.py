"""Duplicates: one record is made of two about the same person, or two alike are stated to be of two people."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from binhlu_portal.audit.display import own_fields
from binhlu_portal.db.actions import Refusal, action, change, create
from members.models import DistinctPair, Member, Spell
from members.models.distinct_pair import in_order

from .clashes import moved_facts, registers
from .facts import fill, join_levels


@action
def merge(*, keep: Member, other: Member, theirs_win: Collection[str] = ()) -> Member:
    """Merge two records: `keep` takes over all facts and what only `other` says; `other` is deleted.

    Where both speak of one thing, of a field of the card, of a level, or by facts that leave no room for each other,
    `keep` is believed, unless `theirs_win` holds the key of that choice (`clashes`); whoever is believed takes over
    what it leaves open. A stay of `other` within a stay of `keep` in the same cell is the same stay; of two in two
    cells that begin on one day, one goes. Raises Refusal for any other overlap of stays, and for two people who are
    stated not to be one.
    """
    if keep.pk == other.pk:
        raise Refusal("Hai hồ sơ phải khác nhau.")
    if DistinctPair.objects.between(keep, other).exists():
        raise Refusal("Hai hồ sơ này đã được ghi là hai người: bỏ ghi nhận ấy ở trang Hồ sơ trùng rồi mới gộp.")
    keep, other = (Member.objects.select_for_update().get(pk=person.pk) for person in (keep, other))
    _move_facts(Spell, keep, other, theirs_win)
    join_levels(keep, other, theirs_win)
    for model in registers():
        _move_facts(model, keep, other, theirs_win)
    _move_statements(keep, other)
    other.delete()
    names = [field.attname for field in own_fields(Member)]
    taken = {
        name: value
        for name in names
        if (value := getattr(other, name)) and (name in theirs_win or not getattr(keep, name))
    }
    return change(keep, **taken) if taken else keep


@action
def state_distinct(*, first: Member, second: Member, day: date) -> DistinctPair:
    """State that two records alike are of two people: they are offered as duplicates no more."""
    if first.pk == second.pk:
        raise Refusal("Hai hồ sơ phải khác nhau.")
    if DistinctPair.objects.between(first, second).exists():
        raise Refusal("Hai hồ sơ này đã được ghi là hai người.")
    return create(DistinctPair, **in_order(first, second, day))


def _move_facts(model, keep, other, theirs_win):
    """Give `keep` the facts of a register; of those that leave no room for each other one goes, and fills the other."""
    for moved in moved_facts(model._base_manager.all(), keep, other):
        fact, against = moved.fact, [own for own in moved.against if own.pk]
        wins = not against or moved.key in theirs_win
        for own in against if model is Spell else ():
            _refuse_other_stay(own, fact, wins)
        for lost in against if wins else [fact]:
            lost.delete()
        if wins:
            _give(fact, keep)
        if len(against) == 1 and getattr(fact, "unit_id", None) == getattr(against[0], "unit_id", None):
            fill(*((fact, against[0]) if wins else (against[0], fact)))


def _refuse_other_stay(own, stay, wins):
    """Refuse a stay of the other record that shares days with one of the record to keep, and does not stand for it."""
    within = own.started_on <= stay.started_on and stay.ended_on <= own.ended_on
    chosen = within or wins if own.unit_id == stay.unit_id else own.started_on == stay.started_on
    if not chosen:
        raise Refusal(
            f"Giai đoạn sinh hoạt từ {stay.started_on:%d/%m/%Y} của hồ sơ bị gộp chồng lên giai đoạn từ "
            f"{own.started_on:%d/%m/%Y} của hồ sơ giữ lại: sửa hoặc kết thúc một giai đoạn trước, hoặc giữ hồ sơ kia."
        )


def _move_statements(keep, other):
    """State of `keep` what was stated of `other`: that somebody else is not the same person."""
    for pair in DistinctPair.objects.filter(Q(first=other) | Q(second=other)).select_related("first", "second"):
        third = pair.second if pair.first_id == other.pk else pair.first
        if not DistinctPair.objects.between(keep, third).exists():
            create(DistinctPair, **in_order(keep, third, pair.stated_on))


def _give(row, keep):
    """Hand a row over as it is: only the database is asked, since old rows need not keep the rules of today."""
    row.member = keep
    row.save(update_fields=["member"])
