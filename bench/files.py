"""Members with a stay and a level each as files: the portal's workbook, and a sheet for each kind of record."""

import random
from datetime import timedelta

from xlsxwriter import Workbook

from binhlu_portal.spreadsheets.data_workbook.resources import MARK, TABS
from members.choices import Education, Gender, Occupation, Qualification, StartReason, Theory
from members.ethnicity import ETHNICITY_CHOICES
from members.models import Member, MemberState, Spell
from organizations.choices import CELLS

from .tree import OPEN, START, grow_commune

COMMUNE = 900
"""Members of a commune."""

CODED = {
    Member: {"gender": Gender.choices, "ethnicity": ETHNICITY_CHOICES[:5]},
    Spell: {"start_reason": StartReason.choices[2:6]},  # an admission has a sheet of its own
    MemberState: {
        "education": Education.choices,
        "qualification": Qualification.choices,
        "theory": Theory.choices,
        "occupation": Occupation.choices,
    },
}
"""Fields whose values are codes with labels, by the kind of record."""


LETTERS = str.maketrans("0123456789", "abcdeghikl")
"""Letters for digits: names have none."""


def communes_of(members):
    """Return the places of all communes of a province with so many members, the same each time."""
    rng = random.Random(7)
    return [grow_commune(rng, None, number) for number in range(1, max(1, round(members / COMMUNE)) + 1)]


def cells_of(members):
    """Return the codes of the cells that stand all the time in the communes of so many members."""
    return [
        place.unit.code
        for places in communes_of(members)
        for place in places
        if place.kind in CELLS and place.unit.started_on == START and place.unit.ended_on == OPEN
    ]


def records(members, cells):
    """Yield (kind of record, values) person by person; codes are (code, label) pairs, days are dates."""
    rng = random.Random(11)
    for number in range(1, members + 1):
        person = f"{number:012}"
        coded = {
            model: {name: rng.choice(choices) for name, choices in found.items()} for model, found in CODED.items()
        }
        born = START - timedelta(days=rng.randrange(7_000, 25_000))
        name = f"Đảng Viên {str(number).translate(LETTERS).title()}"
        named = {"full_name": name, "born_on": born, "card_number": person, "hometown": "Xã mẫu"}
        yield Member, named | coded[Member]
        yield Spell, {"member": person, "unit": rng.choice(cells), "started_on": START} | coded[Spell]
        yield MemberState, {"member": person, "started_on": START} | coded[MemberState]


def paths(folder):
    """Return where in `folder` the portal's workbook is, and the sheets for django-import-export by model."""
    return folder / "du-lieu.xlsx", {model: folder / f"{model._meta.model_name}.xlsx" for model in CODED}


def make_files(folder, members, cells=None):
    """Write the files into `folder`, of people in `cells` or in all of so many members; return their `paths`."""
    cells = cells or cells_of(members)
    ours, theirs = paths(folder)
    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    for model in CODED:
        rows = (values for found, values in records(members, cells) if found is model)
        with Workbook(theirs[model], options) as book:
            fill(book.add_worksheet(), rows, lambda names: names, code_of)
    with Workbook(ours, options) as book:
        for model in CODED:
            rows = (values for found, values in records(members, cells) if found is model)
            columns = TABS[model].columns
            fill(
                book.add_worksheet(TABS[model].title),
                ({"mark": values["card_number"] if model is Member else ""} | values for values in rows),
                lambda names, columns=columns: [MARK, *(columns[name].column_name for name in names[1:])],
                label_of,
            )
    return ours, theirs


def fill(sheet, rows, headings, write):
    """Write the headings and the rows of a sheet."""
    for number, row in enumerate(rows, 1):
        if number == 1:
            sheet.write_row(0, 0, headings([*row]))
        for place, value in enumerate(row.values()):
            sheet.write(number, place, write(value))


def code_of(value):
    """Return a value as django-import-export reads it: a code by itself, a day with the year first."""
    value = value[0] if isinstance(value, tuple) else value
    return value.isoformat() if hasattr(value, "isoformat") else value


def label_of(value):
    """Return a value as people read it: a code by its label."""
    return str(value[1]) if isinstance(value, tuple) else value
