"""No value in an address or a hidden field makes an error: every page, with every parameter it reads, as two people.

What pages read is learned on a walk: the parameters of links and of forms that ask, the fields of forms that write,
hidden ones too, each sent back with a value that nobody means.
"""

from html.parser import HTMLParser
from itertools import count, product
from random import Random
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

from tests.examples import examples
from tests.proofs import undone
from tests.test_access import names
from tests.walk import enter, make_busy, starts_of, walk

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


@pytest.fixture(scope="module")
def pages(sample):
    """The pages of the sample: [(address, forms)] as the secretariat meets them; where others may not go, they try."""
    with undone():
        make_busy()
        with undone():
            visits = [each for each in walk(enter("secretariat"), starts_of("secretariat")) if each.page]
        yield [(each.path, Forms(each.body.decode())) for each in visits if each.response.status_code == 200]


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


@pytest.mark.parametrize("person", ["secretariat", "cell secretary"])
@pytest.mark.parametrize("requests", [asks, sends])
def test_no_parameter_and_no_field_makes_an_error(pages, requests, person):
    with undone():
        client, asked = enter(person), pages if person == "secretariat" else pages[::3]
        assert [told for each in requests(asked, examples(1)) if (told := send(client, *each))] == []


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


@pytest.mark.parametrize(
    "address", ["//[", "/[", f"/{'a' * 300}", "http://[::1", "//dang-vien/", "/dang-vien/?a=%00", "\\\\x"]
)
def test_no_list_is_kept_at_an_address_that_is_none(client, clerk, address):
    client.force_login(clerk)
    assert client.post(reverse("list-save"), {"name": "Mẫu", "address": address}).status_code in (302, 404)


def test_the_longest_address_of_a_list_is_kept(client, clerk):
    client.force_login(clerk)
    path = reverse("figure", args=["a" * 150])
    client.post(reverse("list-save"), {"name": "Mẫu", "address": f"{path}?a={'b' * 1500}"})
    assert clerk.saved_lists.get().path == path


@pytest.mark.parametrize("back", ["x", "//[", "/\\x", "http://elsewhere.example", "", "javascript:x"])
def test_who_chose_nobody_is_led_back_to_a_list_of_the_portal(client, clerk, back):
    client.force_login(clerk)
    work = reverse("members-edit", args=["dan-toc"])
    response = client.post(reverse("members-chosen"), {"viec": work, "ve": back})
    assert response.url == reverse("members")


@pytest.mark.parametrize("role", ["9" * 5000, "\u00b2", "-1", "x", "99999999999999999999"])
def test_a_role_that_is_none_is_not_taken(client, administrator, clerk, role):
    client.force_login(administrator)
    response = client.post(reverse("account-page", args=[clerk.pk]), {"work": "take_role", "role": role})
    assert response.status_code == 404
