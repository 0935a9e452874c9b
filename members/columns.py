"""Columns by which lists name a person."""

from binhlu_portal.records.tables.columns import ListColumn, labelled
from members import ethnicity

from . import choices


def person(path="member__"):
    """Return the columns by which a person is known."""
    return (
        ListColumn("Họ và tên", f"{path}full_name", short=True, sort=f"{path}sort_name", member=f"{path}pk"),
        ListColumn("Ngày sinh", f"{path}born_on", short=True),
        ListColumn("Giới tính", f"{path}gender", labelled(choices.Gender), short=True),
        ListColumn("Dân tộc", f"{path}ethnicity", labelled(ethnicity.ETHNICITY_CHOICES), short=True),
    )


CELL = ListColumn("Chi bộ", "cell")
BY_NAME = ("member__sort_name", "pk")
