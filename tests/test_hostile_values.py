"""No value in an address makes an error; what of it is kept is what it may be.

Hostile values of parameters and fields are sent to the pages met on a walk, see `test_every_page.py`.
"""

from itertools import count

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.hostile_requests import HOSTILE, send
from tests.test_access import names


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
