"""The records of a list as the portal's own workbook: put right in Excel, it is brought back by the import."""

from django.db.models import Model
from django.http import FileResponse, Http404

from binhlu_portal.accounts.models import User
from binhlu_portal.audit.access_log import log_access
from binhlu_portal.audit.models import AccessKind
from binhlu_portal.spreadsheets.data_workbook.resources import TABS, Tab
from binhlu_portal.spreadsheets.data_workbook.writer import write_list
from organizations.rights import Right
from organizations.scope import rights_of

from .exports import file_response

FORM = "sua"
"""The form of a list as a file that is such a workbook."""


def workbook_tab(model: type[Model], user: User, itself: bool = False) -> tuple[Tab, str] | None:
    """Return the tab in which `user` puts right what the rows of a list are about, and the path to its key in a row.

    Rows are records of `model`, and stand for others unless it is the records themselves that are wanted. None where
    there is no such tab, or `user` may not write there or take files along.
    """
    tab, path = TABS.get(model), "pk"
    if tab and tab.stands_for and not itself:
        tab, path = TABS[model._meta.get_field(tab.stands_for).related_model], f"{tab.stands_for}__pk"
    return (tab, path) if tab and {tab.right, Right.EXPORT} <= rights_of(user) else None


def workbook_links(model, user, address, itself=False) -> dict[str, str]:
    """Return what the downloads of a list offer: the address of the workbook by its form, for whoever may have it."""
    return {FORM: address} if workbook_tab(model, user, itself) else {}


def workbook_response(request, rows, moment, title, name, itself=False) -> FileResponse:
    """Return the workbook of the records behind `rows`, the dictionaries of a list; unknown to who may not have it."""
    found = workbook_tab(rows.model, request.user, itself)
    if found is None:
        raise Http404
    tab, path = found

    def fill(file):
        keys = dict.fromkeys(row[path] for row in rows.iterator())
        count = write_list(file, user=request.user, unit=moment.unit, tab=tab, keys=keys)
        log_access(request, AccessKind.EXPORTED, title, count)

    return file_response(f"{name} (để sửa).xlsx", fill)
