"""How much room text takes in print: widths of letters of Times New Roman, and the lines that a cell needs."""

from math import ceil
from unicodedata import normalize


class LetterWidths(dict):
    """How wide letters are, in digits of the same size, marks or not; rather too wide than too narrow."""

    def __missing__(self, letter):
        base = normalize("NFD", letter)[0]
        self[letter] = self[base] if base != letter else 1.45 if letter.isupper() else 1
        return self[letter]


LETTERS = LetterWidths(
    dict.fromkeys(" ", 0.5)
    | dict.fromkeys("fijlrtI.,;:'!|()[]/-", 0.67)
    | dict.fromkeys("acesz", 0.9)
    | dict.fromkeys("mw", 1.56)
    | dict.fromkeys("MW%@…", 2)
)


def lines_of(text: str, width: float) -> int:
    """Return how many lines `text` takes that is broken between words, and within one wider than `width` digits."""
    lines, used = 1, 0
    for word in text.split():
        long = sum(map(LETTERS.__getitem__, word))
        if used and used + LETTERS[" "] + long > width:
            lines, used = lines + 1, 0
        used += long + (LETTERS[" "] if used else 0)
        lines, used = lines + max(0, ceil(used / width) - 1), used % width or used
    return lines
