"""A static server for the browser: answers with what a walk met, and with files that pages load, which it may keep."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.contrib.staticfiles import finders


class VisitHandler(BaseHTTPRequestHandler):
    """Answers one request: with the page of the visit at its address, with a static file, or that there is nothing."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, headers, body = self.found()
        self.send_response(status)
        for name, value in (*headers.items(), ("Content-Length", len(body))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def found(self):
        """Return status, headers and body of what stands at the path asked for."""
        visit = self.server.visit
        if visit and self.path == visit.path:
            return visit.response.status_code, visit.response, visit.body
        if file := finders.find(self.path.removeprefix(f"/{settings.STATIC_URL.strip('/')}/")):
            kept = {"Content-Type": guess_type(file)[0], "Cache-Control": "max-age=3600, immutable"}
            return 200, kept, Path(file).read_bytes()
        return 404, {}, b""

    def log_message(self, *said):
        """Say nothing of a request: the browser tells what it misses."""


class VisitServer(ThreadingHTTPServer):
    """Shows a visit in the place of the portal, from a thread, while its context lasts."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), VisitHandler)
        self.visit, self.url = None, f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *failure):
        self.shutdown()
        self.server_close()
