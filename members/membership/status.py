"""Membership status on the day of a moment: official, on probation, which of them not written down, candidate, gone."""

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from binhlu_portal.dates.validity import covers, covers_eve
from binhlu_portal.moment.moment import Moment
from members.choices import EndReason
from members.models import Admission, Spell
from members.queries import on_probation
from organizations.models import UnitPeriod
from organizations.tree_queries import lies_beneath

OFFICIAL, PROBATIONARY, UNKNOWN, CANDIDATE, LEFT = "chinh-thuc", "du-bi", "chua-ghi", "nguon", "da-thoi"

GOING_ON = frozenset({EndReason.MOVED_WITHIN, EndReason.UNIT_DISSOLVED, EndReason.UNIT_MERGED})
"""Endings after which a stay in another cell of ours begins."""

LEAVING = tuple(reason for reason in EndReason if reason not in GOING_ON)

STANDINGS = (
    (OFFICIAL, "Chính thức"),
    (PROBATIONARY, "Dự bị"),
    (UNKNOWN, "Chưa ghi ngày chính thức"),
    (CANDIDATE, "Quần chúng ưu tú"),
    (LEFT, "Đã thôi sinh hoạt"),
    *((reason.value, f"Đã thôi: {reason.label.lower()}") for reason in LEAVING),
)
"""What the list can be narrowed to; without a choice it holds those who are members on the day."""


def is_official(moment: Moment) -> Q:
    """Official member: the condition that a person's probation is over on the day."""
    return Q(official_on__lte=moment.as_of)


def status_condition(moment: Moment, standing: str = "") -> Q:
    """Status filter: a person stands so (a code of `STANDINGS`, "" for members) to the unit of the moment."""
    if standing == CANDIDATE:
        return Q(Exists(_candidacies(moment).filter(lies_beneath(moment.unit, moment.as_of))))
    standings = _standings(moment)
    if standing and standing not in standings:
        return _left(moment, EndReason(standing) if standing != LEFT else None)
    present = Q(Exists(_stays().filter(covers(moment.as_of) & lies_beneath(moment.unit, moment.as_of))))
    return present & standings[standing] if standing else present


def _standings(moment):
    """Return the conditions that tell members apart by how far they are on the day, by the codes of `STANDINGS`."""
    probation = on_probation(moment, "pk")
    return {OFFICIAL: is_official(moment), PROBATIONARY: probation, UNKNOWN: ~is_official(moment) & ~probation}


def status_joins(moment: Moment) -> dict[str, FilteredRelation]:
    """Joins of people for the expressions below: {"stay": that of the day, "place": what its unit was then}."""
    stay, place = "spells", "stay__unit__periods"
    return {
        "stay": FilteredRelation(stay, condition=covers(moment.as_of, f"{stay}__")),
        "place": FilteredRelation(place, condition=covers(moment.as_of, f"{place}__")),
    }


def status_expression(moment: Moment) -> Case:
    """Status expression: how a person stands on the day, a code of `STANDINGS`; needs the joins of `joined`."""
    present = Q(stay__isnull=False)
    return Case(
        When(present & is_official(moment), then=Value(OFFICIAL)),
        When(present & on_probation(moment, "pk"), then=Value(PROBATIONARY)),
        When(present, then=Value(UNKNOWN)),
        When(Exists(_candidacies(moment)), then=Value(CANDIDATE)),
        default=Subquery(_last_stay(moment).values("end_reason")[:1]),
        output_field=CharField(),
    )


def cell_of(moment: Moment) -> Coalesce:
    """Cell expression: the name of the cell of a person, the last one until the day, or that of a candidate."""
    known = UnitPeriod.objects.filter(started_on__lte=moment.as_of)
    stayed = known.filter(unit__spells__member=OuterRef("pk"), unit__spells__started_on__lte=moment.as_of).order_by(
        "-unit__spells__started_on", "-started_on"
    )
    waits = known.filter(unit__admissions__member=OuterRef("pk")).order_by("-unit__admissions__pk", "-started_on")
    return Coalesce(F("place__name"), Subquery(stayed.values("name")[:1]), Subquery(waits.values("name")[:1]))


def last_stay_field(moment: Moment, field: str) -> Subquery:
    """End of membership: the expression of a `field` of the last stay of a person, if it has ended by the day."""
    return Subquery(_last_stay(moment).filter(ended_on__lte=moment.as_of).values(field)[:1])


def _stays():
    return Spell.objects.filter(member=OuterRef("pk"))


def _last_stay(moment):
    return _stays().filter(started_on__lte=moment.as_of).order_by("-started_on")


def _candidacies(moment):
    """Return the admissions of a person that were waiting on the day."""
    listed = Q(listed_on__isnull=True) | Q(listed_on__lte=moment.as_of)
    waiting = Q(ceremony_on__isnull=True) | Q(ceremony_on__gt=moment.as_of)
    kept = Q(closed_on__isnull=True) | Q(closed_on__gt=moment.as_of)
    return Admission.objects.filter(listed & waiting & kept, member=OuterRef("pk"))


def _left(moment, reason):
    """Return the condition that the last stay of a person has ended beneath the unit, for `reason` if one is given."""
    later = Spell.objects.filter(
        member=OuterRef("member"), started_on__gt=OuterRef("started_on"), started_on__lte=moment.as_of
    )
    ended = Q(ended_on__lte=moment.as_of, unit__lines__ancestor=moment.unit) & covers_eve(
        F("ended_on"), "unit__lines__"
    )
    reasons = [reason] if reason else LEAVING
    return Q(Exists(_stays().filter(ended, ~Exists(later), end_reason__in=reasons)))
