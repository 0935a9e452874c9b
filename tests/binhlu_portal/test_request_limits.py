"""What a request may bring: anything longer is refused before a page or a form has looked at it."""

from time import process_time

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, get_resolver, reverse

from binhlu_portal.request_limits import LONGEST_HEADER, LONGEST_PARAMETER, LONGEST_PATH, LONGEST_QUERY
from tests.test_access import ADDRESSES
from tests.words import badly_worded
from tests.worst_text import BOUND, MANY, watch, worst

FIELDS = ("username", "password", "new_password1", "full_name", "decision_number", "text", "paste", "lines", "o:x!1!1")


def patterns(found):
    """Yield all addresses."""
    for pattern in found:
        yield from [pattern] if isinstance(pattern, URLPattern) else patterns(pattern.url_patterns)


@pytest.mark.parametrize("person", [None, "clerk"])
def test_a_field_of_a_megabyte_is_refused_at_every_address(request, client, commune, monkeypatch, person):
    watch(monkeypatch)
    if person:
        client.force_login(request.getfixturevalue(person))
    body = encode_multipart(BOUNDARY, {"text": worst(MANY)["marks"]})
    client.generic("POST", reverse("sign-in"), body, MULTIPART_CONTENT)  # what is loaded once
    for address, (arguments, _) in ADDRESSES.items():
        started = process_time()
        response = client.generic("POST", reverse(address, args=arguments), body, MULTIPART_CONTENT)
        assert response.status_code == 413, address
        assert process_time() - started < BOUND, address
    assert "Quay lại trang trước" in response.content.decode()
    assert not badly_worded(response.content.decode())


@pytest.mark.parametrize("field", FIELDS)
def test_any_field_of_a_megabyte_is_refused(client, commune, monkeypatch, field):
    watch(monkeypatch)
    text = worst(MANY)["marks"]
    assert client.post(reverse("sign-in"), {field: text}).status_code == 413
    assert client.post(reverse("sign-in"), {text: field}).status_code in (400, 413)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": f"/{'a' * LONGEST_PATH}"}, 414),
        ({"path": "/dang-nhap/", "QUERY_STRING": "a=" * LONGEST_QUERY}, 414),
        ({"path": "/dang-nhap/", "QUERY_STRING": f"a={'b' * (LONGEST_PARAMETER + 1)}"}, 414),
        ({"path": "/dang-nhap/", "QUERY_STRING": f"{'b' * (LONGEST_PARAMETER + 1)}=a"}, 414),
        ({"path": "/dang-nhap/", "HTTP_COOKIE": f"a={'b' * LONGEST_HEADER}"}, 431),
        ({"path": "/dang-nhap/", "HTTP_USER_AGENT": "a" * (LONGEST_HEADER + 1)}, 431),
        ({"path": "/dang-nhap/", "QUERY_STRING": "next=%00"}, 400),
    ],
)
def test_what_a_request_says_beside_its_form_has_its_length(client, commune, asked, status):
    response = client.get(**asked)
    assert response.status_code == status
    assert "Về trang chính" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ({"path": f"/{'a' * LONGEST_PATH}"}, "Địa chỉ trang quá dài"),
        ({"path": "/dang-nhap/", "HTTP_COOKIE": f"a={'b' * LONGEST_HEADER}"}, "Trình duyệt gửi kèm quá nhiều dữ liệu"),
    ],
)
def test_the_heading_says_what_is_too_long(client, asked, heading):
    assert f"<h1>{heading}</h1>" in client.get(**asked).content.decode()


def test_every_address_of_the_portal_is_short_enough():
    longest = max(len(str(pattern.pattern)) for pattern in patterns(get_resolver().url_patterns))
    assert longest < LONGEST_PATH / 2


def test_nul_is_no_text(client, clerk):
    client.force_login(clerk)
    assert client.post(reverse("account"), {"old_password": "a\0b"}).status_code == 400
