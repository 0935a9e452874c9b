"""Outages of the database: SQLite kept by one writer for long, a PostgreSQL server that was started anew.

Nobody meets an error then. Whoever sends a form is refused with a sentence after two seconds and keeps what was typed;
what a page notes for itself waits a moment only, and is put off; a page that only reads is tried a second time.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from .row_locks import Refusal

PATIENCE = 2
"""Seconds that a page waits for SQLite's one writer; commands wait longer (`environment.sqlite`)."""

MOMENT = 0.2
"""Seconds that a page waits in order to note something that can as well be noted later."""

BUSY = "Hệ thống đang lưu một tệp lớn nên lúc này chưa ghi được: chờ một phút rồi bấm lưu lại, nội dung đã gõ vẫn còn."
SOON = "30"
"""Seconds after which a browser may ask again."""


def is_busy(error: BaseException) -> bool:
    """Whether another writer keeps SQLite from being written."""
    return isinstance(error, OperationalError) and "database is locked" in str(error)


@contextmanager
def refused_while_busy() -> Iterator[None]:
    """Raise Refusal where the block finds that another writer keeps the database."""
    try:
        yield
    except OperationalError as error:
        if is_busy(error):
            raise Refusal(BUSY) from error
        raise


@contextmanager
def for_a_moment() -> Iterator[None]:
    """Let the statements of the block wait a moment only for SQLite's one writer."""
    _wait(MOMENT)
    try:
        yield
    finally:
        _wait(connection.settings_dict["OPTIONS"].get("timeout", PATIENCE))


def _wait(seconds):
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def be_brief() -> None:
    """Let this process, which serves pages, wait for SQLite's one writer no longer than people do."""
    options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
    if "timeout" in options:
        options["timeout"] = PATIENCE


class DatabaseOutage:
    """Database outage middleware: a page that only reads is asked a second time through a new connection."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer in place of a page that lost its connection; other errors stay what they are."""
        if not (is_lost(exception) and request.method in ("GET", "HEAD")):
            return None
        connection.close()
        asked = request.resolver_match
        return asked.func(request, *asked.args, **asked.kwargs)


def is_lost(error: BaseException) -> bool:
    """Whether the connection to the database is no more, or could not be made."""
    gone = isinstance(error, OperationalError | InterfaceError)
    return gone and not (connection.connection is not None and connection.is_usable())


def server_error(request: HttpRequest) -> HttpResponse:
    """Error page: during an outage one that says when to come back, else Django's for an error of the portal."""
    error = sys.exc_info()[1]
    if not (is_busy(error) or is_lost(error)):
        return defaults.server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": SOON})
