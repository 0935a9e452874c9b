"""Files: every hostile one there is, and names that lead elsewhere, to every address that takes a file."""

import uuid
from itertools import cycle
from random import Random

from binhlu_portal.spreadsheets.jobs.actions import work_on_next
from binhlu_portal.spreadsheets.models import WAITING, Batch
from reports.form_templates.models import Blank
from reports.reporting_periods.models import ReportingPeriod
from tests.binhlu_portal.spreadsheets.hostile import HOSTILE
from tests.reports.narrative.test_actions import HOSTILE as DOCUMENTS

from .texts import multipart

NAMES = (
    "../../../etc/passwd.xlsx",
    "C:\\a.xlsx",
    "a\r\nX: y.xlsx",
    "%2e%2e%2fa.xlsx",
    "<script>.xlsx",
    f"{'x' * 400}.xlsx",
)
"""Names of files that somebody might open or print."""

TAKES = ("/nhap-excel/", "/doi-chieu/", "/mau-bieu/them/")
HARMLESS = b"PK\x05\x06" + b"\0" * 18


def attack(run):
    """Send every file to one address after the other, and names to all; the worker reads what is kept."""
    browser, doors = run.browser("clerk"), cycle(addresses(run.world))
    documents = [(f"{name}.docx", make) for name, (make, _) in DOCUMENTS.items()]
    files = [(address, name, lambda: HARMLESS) for name in NAMES for address in addresses(run.world)]
    files += [(address, *document) for document in documents for address in addresses(run.world)[-1:]]
    files += [(next(doors), None, make) for make in HOSTILE]
    Random(5).shuffle(files)
    for address, name, make in run.within(files):
        made = make()
        called, content = (name, made) if name else made[:2]
        _send(run, browser, address, called, content)


def addresses(world):
    """Return every address that takes a file, for somebody of the secretariat."""
    rows = world.rows["a"]
    return [*TAKES, f"/mau-bieu/{rows[Blank].pk}/thay-tep/", f"/ky-bao-cao/{rows[ReportingPeriod].pk}/bao-cao/mau/"]


def _send(run, browser, address, name, content):
    """Send a file, let the worker read it if it was kept, and look at what is told of it."""
    fields = {"token": f"{uuid.uuid4()}", "name": "Mẫu", "kind": "1B"}
    files = [(field, name, content) for field in ("chosen", "file", "workbook")]
    answer = run.ask(browser, "POST", address, content=multipart(fields, files))
    run.expect(answer.status in (200, 302, 400, 404, 413), answer, f"{name[:30]!r} is taken")
    if address == TAKES[0] and answer.status == 302:
        while work_on_next():
            pass
        batch = Batch.objects.latest("pk")
        told = run.ask(browser, "GET", f"/nhap-excel/{batch.pk}/", markers=run.world.forbidden("clerk"))
        run.expect(batch.state not in WAITING, told, f"{name[:30]!r} waits")
