"""Result of a figure, its percentage, and the words for both: what is said of a target agrees with what is printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from binhlu_portal.text import vietnamese

from .registry import AnyFigure


@dataclass(frozen=True)
class Result:
    """Result of a figure at a moment; `percent` is None without a base or over zero.

    A target has no value: `percent` is what is asked for, or None when a band from `low` to `high` is asked for, and
    `actual` holds the results it is compared with. `levels` are those of the targets that it is held against itself.
    `silent` holds the results of the registers that say nothing about somebody without whom it would be another.
    """

    figure: AnyFigure
    value: int | None
    base: int | None = None
    percent: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    actual: tuple["Result", ...] = ()
    levels: tuple[Decimal, ...] = ()
    silent: tuple["Result", ...] = ()

    @property
    def unrecorded(self) -> int:
        """About how many people or units the registers say nothing."""
        return sum(register.value for register in self.silent)

    @property
    def places(self) -> int:
        """The decimals of the percentage."""
        return vietnamese.decimals(self.percent, self.figure.places)

    @property
    def share(self) -> str:
        """The percentage in words."""
        return vietnamese.percent(self.percent, self.places)

    @property
    def tenths(self) -> str:
        """The same with one decimal, for pages on which shares of many figures stand together."""
        return in_tenths(self.value, self.base, self.levels)

    @property
    def met(self) -> bool | None:
        """Whether every actual percentage reaches the target; None when that cannot be said."""
        reached = [result.percent for result in self.actual]
        return None if self.low is None or None in reached else all(percent >= self.low for percent in reached)

    @property
    def asked(self) -> str:
        """What a target asks for, in words."""
        if self.low is None:
            return "chưa đặt mức"
        levels = [f"{level.normalize():f}".replace(".", ",") for level in (self.low, self.high) if level is not None]
        return f"{'' if self.high else 'từ '}{'–'.join(levels)}\N{NO-BREAK SPACE}%"

    @property
    def verdict(self) -> str:
        """Whether a target has been reached, in words."""
        return {True: "Đạt", False: "Chưa đạt", None: "Chưa đủ số liệu"}[self.met]


def percentage(part: int | None, whole: int | None, places: int, levels: Iterable[Decimal] = ()) -> Decimal | None:
    """Percentage of `part` in `whole`, rounded half up to `places` decimals; None over nothing.

    It keeps more of them where it would else be on another side of one of the `levels` than the share itself: 69,96 %
    is not printed as 70,0 % beside a target of 70 % that it misses.
    """
    if not whole or part is None:
        return None
    share = Fraction(part * 100, whole)
    rounded = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if any(_side(rounded, level) != _side(share, level) for level in levels):
        return percentage(part, whole, places + 1, levels)
    return rounded


def _side(number, level):
    """Return whether `number` lies above the `level` (1), on it or beneath (-1)."""
    return (number > level) - (number < level)


def in_tenths(part: int | None, whole: int | None, levels: Iterable[Decimal] = ()) -> str:
    """Percentage in words with one decimal, or as many as the `levels` take."""
    found = percentage(part, whole, 1, levels)
    return vietnamese.percent(found, vietnamese.decimals(found, 1))
