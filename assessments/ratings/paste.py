"""Paste from a spreadsheet: which mark each line of a column gives to which row, and what could not be read."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from assessments.rating_values import HOW, read_mark
from binhlu_portal.text.vietnamese import clean, name_key


@dataclass
class Pasted:
    """Paste result: marks by the key of their row, and a sentence for each line that was not read."""

    marks: dict[Hashable, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def give(self, key: Hashable, mark: str, line: int, name: str) -> None:
        """Note the mark of a row; a row that has one already keeps it."""
        if key in self.marks and self.marks[key] != mark:
            self.problems.append(f"Dòng {line}: “{name}” đã có mức khác ở dòng trên; giữ mức ở dòng trên.")
        else:
            self.marks[key] = mark


def read_column(text: str, names: Mapping[Hashable, str]) -> Pasted:
    """Parse pasted lines, with `names` {key: name} of the rows in their order.

    Lines hold a name and a level with a tab between, in any order of lines, or a level alone: then the first line is
    that of the first row, and an empty line leaves its row as it is.
    """
    lines = text.rstrip().splitlines()
    if any("\t" in line for line in lines):
        return _by_name(lines, names)
    return _in_order(lines, names)


def _in_order(lines, names):
    pasted, rows = Pasted(), list(names.items())
    for number, line in enumerate(lines, start=1):
        mark = read_mark(line)
        if not line.strip():
            continue
        if mark is None:
            pasted.problems.append(f"Dòng {number}: không đọc được mức “{line.strip()}”; {HOW}.")
        elif number > len(rows):
            pasted.problems.append(f"Dòng {number}: danh sách chỉ có {len(rows)} dòng ghi được.")
        else:
            pasted.give(rows[number - 1][0], mark, number, rows[number - 1][1])
    return pasted


def _by_name(lines, names):
    pasted, known = Pasted(), defaultdict(list)
    for key, name in names.items():
        known[name_key(name)].append(key)
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if not cells:
            continue
        mark = next(filter(None, map(read_mark, reversed(cells))), None)
        name = next((cell for cell in cells if name_key(cell) in known), None)
        keys = known[name_key(name)] if name else []
        keys = [key for key in keys if clean(names[key]).lower() == clean(name).lower()] or keys
        if not keys:
            said = next((cell for cell in cells if not cell.isdigit() and not read_mark(cell)), cells[0])
            pasted.problems.append(f"Dòng {number}: không có “{said}” trong danh sách.")
        elif len(keys) > 1:
            pasted.problems.append(f"Dòng {number}: có {len(keys)} người tên “{name}”; chọn mức ngay trên bảng.")
        elif mark is None:
            pasted.problems.append(f"Dòng {number}: không đọc được mức của “{name}”; {HOW}.")
        else:
            pasted.give(keys[0], mark, number, name)
    return pasted
