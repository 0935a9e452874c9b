"""Parts of the tree of a day, out of the places that `organizations.scope.places` gives in the order of the tree."""

from .choices import Kind
from .scope import branch


def committee_of(places, unit):
    """Return the branch of the commune committee above `unit` (an id), or that of the highest place known above it."""
    above = {place.unit_id: place for place in places}
    place = above.get(unit)
    while place and place.kind != Kind.COMMUNE and place.parent_id in above:
        place = above[place.parent_id]
    return branch(places, place.unit_id) if place else []
