"""Whether what is printed is clipped: letters as wide as Times New Roman has them, by the metrics of its like."""

from unicodedata import normalize

THOUSANDTHS = {
    **dict.fromkeys(" ,.", 250),
    **dict.fromkeys("ijlt/:;", 278),
    **dict.fromkeys("!()-[]fIr", 333),
    **dict.fromkeys("Js", 389),
    **dict.fromkeys("?acez", 444),
    **dict.fromkeys("FPS", 556),
    **dict.fromkeys("ELTZ", 611),
    **dict.fromkeys("BCR", 667),
    **dict.fromkeys("ADGHKNOQUVXYwĐ", 722),
    **{"'": 180, "m": 778, "M": 889, "%": 833, "W": 944, "@": 921},
}
"""Widths in thousandths of the size (Adobe's metrics of Times); what is not named is as wide as a digit."""


def digits(text):
    """Return how wide a text is, in digits of the same size."""
    bare = (normalize("NFD", letter)[0] for letter in text)
    return sum(THOUSANDTHS.get(letter, 500) for letter in bare) / 500


def lines(text, width):
    """Return how many lines a text takes in a cell so many digits wide."""
    taken, used = 1, 0
    for word in text.split():
        if used and used + digits(" " + word) > width:
            taken, used = taken + 1, 0
        used += digits(" " + word if used else word)
        while used > width:
            taken, used = taken + 1, used - width
    return taken


def clipped(worksheet):
    """Return the texts of a worksheet that are higher than their row, cells that cover others left aside."""
    covering = {area.coord.partition(":")[0] for area in worksheet.merged_cells.ranges}
    found = []
    for row in worksheet.iter_rows():
        height = worksheet.row_dimensions[row[0].row].height
        for cell in row:
            if height and isinstance(cell.value, str) and cell.alignment.wrap_text and cell.coordinate not in covering:
                width = worksheet.column_dimensions[cell.column_letter].width - 5 / 7 - 2 * cell.alignment.indent
                needed = lines(cell.value, width * 12 / cell.font.size) * cell.font.size * 1.15
                if needed > height:
                    found.append((cell.coordinate, cell.value))
    return found
