"""Parts of the tree of a day, out of the places that `organizations.scope.places` gives in the order of the tree."""

from .codes import Kind


def branch(places, unit):
    """Return the place of `unit` (an id) and of everything beneath it; nothing when it is not among `places`."""
    start = next((index for index, place in enumerate(places) if place.unit_id == unit), len(places))
    end = start + 1
    while end < len(places) and places[end].depth > places[start].depth:
        end += 1
    return places[start:end]


def committee_of(places, unit):
    """Return the branch of the commune committee above `unit` (an id), or that of the highest place known above it."""
    above = {place.unit_id: place for place in places}
    place = above.get(unit)
    while place and place.kind != Kind.COMMUNE and place.parent_id in above:
        place = above[place.parent_id]
    return branch(places, place.unit_id) if place else []
