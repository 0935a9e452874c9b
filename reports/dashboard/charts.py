"""Charts as geometry: pure functions from numbers to places in a box of `WIDTH` units; templates draw them as SVG.

A bar knows no colours and no words. The page stretches the box to the room it has, so only lengths along the bar speak.
"""

from dataclasses import dataclass

WIDTH = 1000
"""The length of every box."""

HEIGHT = 100
"""The height of the box of a line."""

LEAST = 6
"""The length that a number above nothing takes at least, so that one person among thousands is seen."""


@dataclass(frozen=True)
class BarPart:
    """A rectangle of a bar; `kind` is the class by which the page fills it."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True)
class Bar:
    """The rectangles of a bar, first the lowest, and the places of its marks: thresholds, or the axis of a ledger."""

    parts: tuple
    marks: tuple = ()


def share(part, whole, kind="value"):
    """Return the bar of `part` in a box that stands for `whole`."""
    return Bar((BarPart(kind, 0, _length(part, whole)),) if part and whole else ())


def gauge(percent, low, high=None, most=100, kind="value"):
    """Return the bar of `percent` in a box of `most` percent, with a mark at `low`; with `high` the band between."""
    most = max(most, high or low)
    band = (BarPart("band", _place(low, most), _place(high, most) - _place(low, most)),) if high else ()
    return Bar(band + share(min(percent, most), most, kind).parts, (_place(low, most),))


def progress(done, wanted, most):
    """Return the bar of what is `done` over the outline of what is `wanted`, in a box of `most`."""
    outline = (BarPart("wanted", 0, _length(wanted, most)),) if wanted else ()
    return Bar(outline + share(done, most).parts)


def stack(values):
    """Return the bar in which `values` (pairs of kind and number) lie side by side and together fill the box."""
    total, sum_so_far, parts = sum(number for _, number in values), 0, []
    for kind, number in values:
        start, sum_so_far = sum_so_far, sum_so_far + number
        if number:
            parts.append(BarPart(kind, _place(start, total), _place(sum_so_far, total) - _place(start, total)))
    return Bar(tuple(parts))


def ledger(gains, losses):
    """Return two lists of bars on one scale and one axis: `gains` to its right, `losses` to its left."""
    right, left = max(gains, default=0), max(losses, default=0)
    whole = right + left
    axis = min(_length(left, whole), WIDTH - (LEAST if right else 0))

    def flow(kind, number, room, back):
        length = min(_length(number, whole), room)
        return Bar((BarPart(kind, axis - length * back, length),) if length else (), (axis,))

    return (
        [flow("value", number, WIDTH - axis, back=False) for number in gains],
        [flow("lost", number, axis, back=True) for number in losses],
    )


def line(steps, values):
    """Return the points (x, y) of `values` at `steps`, which grow from nought, in a box of `HEIGHT`.

    The least stands at its foot; what never changes runs through its middle.
    """
    least, room = min(values), max(values) - min(values)
    heights = [HEIGHT - round(HEIGHT * (value - least) / room) if room else HEIGHT // 2 for value in values]
    return tuple((_place(step, steps[-1]), height) for step, height in zip(steps, heights, strict=True))


def _place(number, whole):
    """Return where `number` lies in a box that stands for `whole`."""
    return round(WIDTH * number / whole)


def _length(number, whole):
    """Return how long `number` is in a box that stands for `whole`: something for anything but nothing."""
    return min(max(_place(number, whole), LEAST), WIDTH) if number and whole else 0
