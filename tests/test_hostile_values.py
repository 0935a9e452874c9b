"""No value in an address or a hidden field makes an error: every page, with every parameter it reads, as two people.

What pages read is learned on a walk: the parameters of links and of forms that ask, the fields of forms that write,
hidden ones too, each sent back with a value that nobody means.
"""

import re
from html.parser import HTMLParser
from itertools import count
from random import Random
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.examples import examples
from tests.proofs import undone
from tests.test_access import names
from tests.walk import enter, make_busy, starts_of, walk

ROUNDS = 2
"""How often each page is asked in a usual run."""

HOSTILE = [
    "//[",
    "x",
    "9" * 1500,
    "-1",
    "99999999999999999999",
    "9223372036854775808",
    "\u0661\u0662\u0663",
    "\u00b2",
    "",
    "01/01/0000",
    "31/12/9999",
    "10000-01-01",
    "9999-12-31",
    "0001-01-01",
    "29/02/1900",
    '{"a": [1]}',
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
    """The forms of a page: {(method, address): {name: value}}, and the parameters of its links."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.asked, self.fields = {}, set(), None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note a form, a field or a link."""
        attrs = dict(attrs)
        if tag == "form":
            place = attrs.get("method", "get").lower(), attrs.get("action", "")
            self.fields = self.forms.setdefault(place, {})
        elif tag in ("input", "select", "textarea", "button") and attrs.get("name") and self.fields is not None:
            self.fields.setdefault(attrs["name"], attrs.get("value") or "")
        elif tag == "a" and "href" in attrs:
            self.asked |= {name for name, _ in parse_qsl(urlsplit(attrs["href"]).query, keep_blank_values=True)}

    def handle_endtag(self, tag):
        """Leave a form."""
        if tag == "form":
            self.fields = None


@pytest.fixture(scope="module")
def pages(sample):
    """What two people meet in the sample: {person: [(address, forms)]}, and every parameter that is asked for."""
    found, asked = {}, set(ALSO_READ)
    with undone():
        make_busy()
        for person in ("secretariat", "cell secretary"):
            with undone():
                visits = [each for each in walk(enter(person), starts_of(person)) if each.response.status_code == 200]
            found[person] = [(each.path, Forms(each.body.decode()) if each.page else None) for each in visits]
            for _, forms in found[person]:
                asked |= forms.asked if forms else set()
                for (method, _), fields in forms.forms.items() if forms else ():
                    asked |= fields.keys() if method == "get" else set()
        yield found, sorted(asked)


def values(names, turn):
    """Return a hostile value, or two, for each of the names; another one each turn."""
    found = []
    for name in names:
        number = Random(f"{name}{turn}").randrange(len(HOSTILE))
        found.append((name, HOSTILE[number]))
        if number % 5 == 0:
            found.append((name, HOSTILE[number - 1]))
    return found


def send(client, method, address, sent, **more):
    """Return what is wrong with the answer to a request, or None; nothing stays written."""
    with undone():
        try:
            query = urlencode(sent)
            if method == "get":
                response = client.get(address, QUERY_STRING=query)
            else:
                response = client.post(address, query, "application/x-www-form-urlencoded", **more)
            response.getvalue()
            told = None if response.status_code < 500 else response.status_code
        except Exception as error:
            told = f"{type(error).__name__}: {str(error)[:150]}"
    return told and f"{method} {address} {told} {sent if len(str(sent)) < 400 else str(sent)[:400]}"


def asks(pages, asked):
    """Yield requests that only read: every page with all parameters wrong, and with those of its moment wrong."""
    rest = [name for name in asked if name not in MOMENT]
    for turn in range(examples(ROUNDS)):
        for path, _ in pages:
            place, own = urlsplit(path).path, dict(parse_qsl(urlsplit(path).query))
            kept = [(name, value) for name, value in own.items() if name in MOMENT]
            yield "get", place, kept + values(rest, f"{turn}{path}")
            if turn % 2 == 0:
                yield "get", place, values(MOMENT, f"{turn}{path}")


def sends(pages):
    """Yield requests that write: every form with all its hidden fields wrong, then with one field wrong at a time."""
    known = set()
    for path, forms in pages:
        for (method, action), fields in forms.forms.items() if forms else ():
            address = urljoin(path, action)
            kind = re.sub(r"\d+", "0", urlsplit(address).path), tuple(sorted(fields))[:20]
            if method != "post" or kind in known or "dang-xuat" in address:
                continue
            known.add(kind)
            names = [name for name in fields if name != "csrfmiddlewaretoken"]
            for turn in range(examples(ROUNDS)):
                yield "post", address, values(names, f"{turn}{path}")
                chosen = Random(f"{turn}{path}").sample(names, min(2, len(names)))
                for name in chosen:
                    others = [(other, value) for other, value in fields.items() if other != name]
                    yield "post", address, others + values([name], f"{turn}{path}{name}")


@pytest.mark.parametrize("person", ["secretariat", "cell secretary"])
def test_a_hostile_parameter_makes_no_error(pages, person):
    found, asked = pages
    with undone():
        client = enter(person)
        assert [told for each in asks(found[person], asked) if (told := send(client, *each))] == []


@pytest.mark.parametrize("person", ["secretariat", "cell secretary"])
def test_a_hostile_field_makes_no_error(pages, person):
    found, _ = pages
    with undone():
        client = enter(person)
        assert [told for each in sends(found[person]) if (told := send(client, *each))] == []


@pytest.mark.parametrize("person", ["clerk", None])
def test_a_hostile_argument_of_an_address_makes_no_error(request, commune, person):
    client = Client()
    if person:
        client.force_login(request.getfixturevalue(person))
    faults, asked = [], 0
    for name in sorted(set(names(get_resolver().url_patterns))):
        for value, number in zip(HOSTILE, count()):
            if len(value) > 150:
                continue
            for arguments in ([value], [value, HOSTILE[number - 1]], [1, value], [value, 1], [1, 1, value]):
                try:
                    address = reverse(name, args=arguments)
                except NoReverseMatch:
                    continue
                asked += 1
                faults += filter(None, [send(client, method, address, []) for method in ("get", "post")])
    assert faults == []
    assert asked > 300
