"""A browser of the attack: sends whatever it is told, with what a proxy would say, and times the answer."""

import http.client
import io
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "portal.example"
TOKEN = "a" * 32
"""Secret against forged requests: a browser brings it twice, and here it chooses it."""

PATIENCE = 60
"""Seconds after which an answer is given up."""

BROKEN = (ConnectionResetError, BrokenPipeError, http.client.HTTPException, TimeoutError)


@dataclass(frozen=True)
class HttpAnswer:
    """What came back: `status` is 0 where the line broke, `headers` are pairs."""

    method: str
    path: str
    status: int
    headers: tuple = ()
    body: bytes = b""
    seconds: float = 0.0

    def header(self, name):
        """Return a header, "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def cookies(self):
        """Cookies that are set: {name: whole header}."""
        found = [value for key, value in self.headers if key.lower() == "set-cookie"]
        return {value.partition("=")[0]: value for value in found}

    @property
    def texts(self):
        """Everything that can be read in it: head, body, and of a packed file every part."""
        yield "\n".join(map(": ".join, self.headers))
        yield self.body.decode("utf-8", "replace")
        if self.body.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(self.body)) as parts:
                yield from (parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@dataclass
class Browser:
    """Somebody with cookies at an address; behind the proxy of the portal, which speaks HTTPS."""

    port: int
    cookies: dict = field(default_factory=dict)
    address: str = "10.1.1.1"

    def ask(self, method, path, sent=None, headers=(), content=None):
        """Send a request: `sent` is a form (pairs or a dict), `content` (type, bytes) anything else."""
        kind, body = content or ("", None)
        if sent is not None:
            kind, body = "application/x-www-form-urlencoded", urlencode(sent).encode()
        given = self.usual() | ({"Content-Type": kind} if body is not None else {}) | dict(headers)
        given = {name: value for name, value in given.items() if value is not None}
        began = time.perf_counter()
        status, head, answer = self._exchange(method, path, body, given)
        found = HttpAnswer(method, path, status, head, answer, time.perf_counter() - began)
        for name, header in found.cookies.items():
            value = header.partition("=")[2].partition(";")[0]
            self.cookies[name] = value
        return found

    def usual(self):
        """Headers that every request brings unless told otherwise."""
        cookies = {"__Host-csrf": TOKEN} | self.cookies
        return {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
            "Referer": f"https://{HOST}/",
            "X-CSRFToken": cookies["__Host-csrf"],
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Connection": "close",
        }

    def _exchange(self, method, path, body, headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has read all
                line.request(method, path, body, headers)
            response = line.getresponse()
            return response.status, tuple(response.getheaders()), response.read()
        except BROKEN as error:
            return 0, (), type(error).__name__.encode()
        finally:
            line.close()
