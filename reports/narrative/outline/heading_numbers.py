"""Numbers of the headings of an outline: I. 1. 1.1. and dashes, each the next one of its level, and their places."""

import re

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""How sections with a dash are told apart: III.1.1.a, in the order in which they are first written."""

NUMBER = r"[IVX]+\.|\d+(?:\.\d+)+\.?|\d+\.|[-–—•+]"
"""What a heading begins with; "35 chi bộ" is none."""

TOP, DASH = 0, 3
"""The levels of I. and of a dash; 1. and 1.1. lie between."""


class Numbering:
    """The numbers of the headings so far: how many of each level within the one above."""

    def __init__(self):
        self.counts = [0] * (DASH + 1)

    def place(self, number: str) -> tuple[int, str]:
        """Return the level (from 1) and the place ("III.1.1.a") of the next heading, which bears `number`.

        Raises ValueError with a sentence when it cannot stand here; what follows is then counted from it.
        """
        parts = re.sub(r"[-–—•+]", "", number).rstrip(".").split(".")
        level = _level(number, parts)
        if level > 1 and not any(self.counts[TOP:level] if level == DASH else self.counts[level - 1 : level]):
            raise ValueError(f"mục “{number}” chưa nằm trong mục nào; ghi mục lớn hơn ở trên trước.")
        self.counts[level:] = [self.counts[level] + 1, *[0] * (DASH - level)]
        if level == DASH:
            return self._dash()
        wanted = self._numbers(level)
        if parts != wanted:
            self.counts[level] = ROMAN.index(parts[0]) + 1 if level == TOP else int(parts[-1])
            raise ValueError(
                f"mục “{number}” không đúng thứ tự, ở đây phải là “{'.'.join(wanted)}.”; "
                "thêm mục còn thiếu hoặc đánh số lại."
            )
        return level + 1, self._around(level)

    def _dash(self):
        if self.counts[DASH] > len(LETTERS):
            raise ValueError(f"mục trên có hơn {len(LETTERS)} ý; chia thành nhiều mục.")
        return DASH + 1, f"{self._around(DASH - 1)}.{LETTERS[self.counts[DASH] - 1]}"

    def _numbers(self, level):
        """Return the parts of the number of a heading: those within I."""
        if level == TOP:
            return [ROMAN[min(self.counts[TOP], len(ROMAN)) - 1]]
        return [str(count) for count in self.counts[1 : level + 1]]

    def _around(self, level):
        """Return the place of the last heading down to `level`."""
        top = ROMAN[self.counts[TOP] - 1 : self.counts[TOP]]
        return ".".join([*top, *(str(count) for count in self.counts[1 : level + 1] if count)])


def _level(number, parts):
    if number[0] in "IVX":
        if parts[0] not in ROMAN:
            raise ValueError(f"không có mục “{number}”; số La Mã ghi I, II, III … đến XII.")
        return TOP
    if not number[0].isdigit():
        return DASH
    if len(parts) >= DASH:
        raise ValueError(f"mục “{number}” quá sâu; số mục chỉ đến 1.1., ý nhỏ hơn ghi dấu “-”.")
    return len(parts)
