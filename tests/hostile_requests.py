"""Requests with values that nobody means, to every page for every parameter it reads.

What pages read is learned on a walk: the parameters of links and of forms that ask, the fields of forms that write,
hidden ones too, each sent back with a value that nobody means.
"""

from html.parser import HTMLParser
from itertools import product
from random import Random
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from django.urls import resolve

from tests.proofs import undone

HOSTILE = [
    "//[",
    "x",
    "9" * 1500,
    "99999999999999999999",
    "\u00b2",
    "01/01/0000",
    f"/{'a' * 300}",
    '{"a": [1]}',
    "-1",
    "9223372036854775808",
    "\u0661\u0662\u0663",
    "",
    "31/12/9999",
    "10000-01-01",
    "9999-12-31",
    "0001-01-01",
    "29/02/1900",
    "[]",
    "null",
    "1e9999",
    "NaN",
    "http://[::1",
    "/dang-vien/%00",
    "\ufffd\ud7ff\U0010ffff",
    "a" * 300,
    "%",
    "' OR 1=1 --",
    "12,",
    "2026-13",
    "2147483648",
    "00000000-0000-0000-0000-000000000000",
    "\r\nX: y",
    "../../etc",
]
"""Values that nobody means; NUL, and what is longer, comes to no page (`test_request_limits.py`)."""

EACH, HIDDEN = 1, 3
"""How many of them and how many hidden fields of a form are sent in a turn; long runs have many turns."""

ALSO_READ = {
    "truoc",
    "trang",
    "dong",
    "sap",
    "cot",
    "ve",
    "vi_sao",
    "lan",
    "gan",
    "buoc",
    "nguoi",
    "cho",
    "next",
    "nam",
}
"""Parameters to which no link of the sample may happen to lead."""

MOMENT = {"don_vi", "ngay", "tu"}
"""With these wrong nothing else is looked at, so they are sent apart."""


class Forms(HTMLParser):
    """The forms of a page.

    `posts` are {address: ({name: value}, hidden names)}, `asks` the fields of forms that ask, `asked` the parameters of
    links.
    """

    def __init__(self, html):
        super().__init__()
        self.posts, self.asks, self.asked, self.at = {}, set(), set(), None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note a form, a field or a link."""
        attrs = dict(attrs)
        if tag == "form":
            self.at = attrs.get("action", "") if attrs.get("method") == "post" else None
            if self.at is not None:
                self.posts.setdefault(self.at, ({}, set()))
        elif tag == "a" and "href" in attrs:
            self.asked |= set(parse_qs(urlsplit(attrs["href"]).query, keep_blank_values=True))
        elif tag in ("input", "select", "textarea", "button") and attrs.get("name") not in (
            None,
            "csrfmiddlewaretoken",
        ):
            if self.at is None:
                self.asks.add(attrs["name"])
                return
            fields, hidden = self.posts[self.at]
            fields.setdefault(attrs["name"], attrs.get("value") or "")
            if tag == "button" or attrs.get("type") == "hidden":
                hidden.add(attrs["name"])

    def handle_endtag(self, tag):
        """Leave a form."""
        if tag == "form":
            self.at = None


def values(names, turn):
    """Return a hostile value, or two, for each of the names; another one each turn."""
    found = []
    for name in names:
        number = Random(f"{name}{turn}").randrange(len(HOSTILE))
        found += [(name, HOSTILE[number])] + [(name, HOSTILE[number - 1])] * (number % 5 == 0)
    return found


def send(client, method, address, sent):
    """Return what is wrong with the answer to a request, or None; nothing stays written."""
    query = urlencode(sent)
    with undone():
        try:
            if method == "get":
                response = client.get(address, QUERY_STRING=query)
            else:
                response = client.post(address, query, "application/x-www-form-urlencoded")
            response.getvalue()
            told = None if response.status_code < 500 else response.status_code
        except Exception as error:
            told = f"{type(error).__name__}: {error}"[:200]
    return told and f"{method} {address}?{query[:300]} {told}"


def asks(pages, turns):
    """Yield requests that only read: a page with all parameters wrong, with those of its moment, with one it knows."""
    asked, kinds = set(ALSO_READ).union(*(forms.asked for _, forms in pages)), {}
    for path, forms in pages:
        own = frozenset(parse_qs(urlsplit(path).query)) | forms.asks
        kinds.setdefault((resolve(urlsplit(path).path).view_name, own), path)
    for turn, ((_, own), path) in product(range(turns), kinds.items()):
        place = urlsplit(path).path
        for sent in (asked - MOMENT, MOMENT):
            yield "get", place, values(sorted(sent), f"{turn}{path}")
        for name in Random(f"{turn}{path}").sample(sorted(own), min(3, len(own))):
            yield "get", place, values([name], f"{turn}{path}")


def sends(pages, turns):
    """Yield requests that write: a form with all its fields wrong, with one of the visible, with each of the hidden."""
    known = set()
    for path, forms in pages:
        for action, (fields, hidden) in forms.posts.items():
            address = urljoin(path, action)
            kind = resolve(urlsplit(address).path).url_name, *sorted(hidden), *sorted(fields)[:5]
            if kind in known or kind[0] == "sign-out":
                continue
            known.add(kind)
            for turn in range(turns):
                chance = Random(f"{turn}{path}")
                yield "post", address, values(fields, f"{turn}{path}")
                one = chance.sample(sorted(fields), min(1, len(fields))) + chance.sample(
                    sorted(hidden), min(HIDDEN, len(hidden))
                )
                for name, number in product(one, range(EACH)):
                    others = [(other, value) for other, value in fields.items() if other != name]
                    yield "post", address, [*others, (name, HOSTILE[(turn * EACH + number) % len(HOSTILE)])]
