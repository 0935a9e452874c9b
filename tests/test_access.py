"""Who may open what: every address of the portal for every kind of account, for the own unit and for a foreign one."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from binhlu_portal.security import UNCACHED

OK, NOT_FOUND, SIGN_IN, NO_UNIT, MOVED, NO_GET = 200, 404, "sign in", 403, "moved", 405
NO_RIGHT = 403

# What each person gets at a page about a moment: of the commune, of cell A, of cell B.
MOMENT = {
    "clerk": (OK, OK, OK),
    "leader": (OK, OK, OK),
    "secretary_a": (NOT_FOUND, OK, NOT_FOUND),
    "administrator": (NO_UNIT, NO_UNIT, NO_UNIT),
    "stranger": (NO_UNIT, NO_UNIT, NO_UNIT),
    None: (SIGN_IN, SIGN_IN, SIGN_IN),
}


TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def same(answer, anonymous):
    """Return an answer that does not depend on the unit."""
    return {person: (answer if person else anonymous,) * 3 for person in MOMENT}


def keepers(answer):
    """Return an answer for keepers of accounts; others are refused."""
    return same(NO_RIGHT, SIGN_IN) | {"administrator": (answer,) * 3}


def only(*people):
    """Return an answer for these people; to others the page is unknown."""
    return same(NOT_FOUND, SIGN_IN) | dict.fromkeys(people, (OK,) * 3)


# name of the address: (its arguments, what people get)
ADDRESSES = {
    "begin": ([], same(MOVED, MOVED)),
    "sample": ([], same(NOT_FOUND, SIGN_IN)),
    "home": ([], MOMENT | dict.fromkeys(("leader", "administrator"), (MOVED, MOVED, MOVED))),
    "offline": ([], same(OK, OK)),
    "offline-pack": ([], same(NO_RIGHT, SIGN_IN)),
    "service-worker": ([], same(OK, OK)),
    "history": ([], only("clerk", "leader", "secretary_a", "administrator")),
    "access-log": ([], only("clerk", "administrator")),
    "act": (["00000000-0000-4000-8000-000000000000"], same(NOT_FOUND, SIGN_IN)),
    "act-revert": (["00000000-0000-4000-8000-000000000000"], same(NOT_FOUND, SIGN_IN)),
    "entry-revert": ([0], same(NOT_FOUND, SIGN_IN)),
    "row-history": (["members_member", 0], same(NOT_FOUND, SIGN_IN)),
    "periods": ([], only("clerk", "leader", "secretary_a")),
    "period-open": ([], only("clerk")),
    "period": ([0], same(NOT_FOUND, SIGN_IN)),
    "period-signature": ([0], same(NOT_FOUND, SIGN_IN)),
    "period-cancel": ([0], same(NOT_FOUND, SIGN_IN)),
    "period-close": ([0], same(NOT_FOUND, SIGN_IN)),
    "period-accept": ([0], same(NOT_FOUND, SIGN_IN)),
    "period-reopen": ([0], same(NOT_FOUND, SIGN_IN)),
    "periods-progress": ([], only("clerk", "leader", "secretary_a")),
    "period-report": ([0], same(NOT_FOUND, SIGN_IN)),
    "period-report-file": ([0, "docx"], same(NOT_FOUND, SIGN_IN)),
    "period-report-text": ([0, "IV.3"], same(NOT_FOUND, SIGN_IN)),
    "report-outline": ([0], same(NOT_FOUND, SIGN_IN)),
    "report-outline-edit": ([0], same(NOT_FOUND, SIGN_IN)),
    "report-outline-new": ([0], same(NOT_FOUND, SIGN_IN)),
    "report-outline-choose": ([0], same(NOT_FOUND, SIGN_IN)),
    "report-outline-own": ([0], same(NOT_FOUND, SIGN_IN)),
    "report-outline-file": ([0], same(NOT_FOUND, SIGN_IN)),
    "report-template": ([0], same(NOT_FOUND, SIGN_IN)),
    "report-template-own": ([0], same(NOT_FOUND, SIGN_IN)),
    "report-template-file": ([0], same(NOT_FOUND, SIGN_IN)),
    "blank-add": ([], only("clerk")),
    "blank": ([0], same(NOT_FOUND, SIGN_IN) | dict.fromkeys(("administrator", "stranger"), (NO_UNIT,) * 3)),
    "blank-file": ([0], same(NOT_FOUND, SIGN_IN) | dict.fromkeys(("administrator", "stranger"), (NO_UNIT,) * 3)),
    "blank-original": ([0], same(NOT_FOUND, SIGN_IN)),
    "blank-replace": ([0], same(NOT_FOUND, SIGN_IN)),
    "blank-rename": ([0], same(NOT_FOUND, SIGN_IN)),
    "blank-stop": ([0], same(NOT_FOUND, SIGN_IN)),
    "blank-resume": ([0], same(NOT_FOUND, SIGN_IN)),
    "blank-bind": ([0, 1, "C7"], same(NOT_FOUND, SIGN_IN)),
    "blank-unbind": ([0, 0], same(NOT_FOUND, SIGN_IN)),
    "frozen": ([0], same(NOT_FOUND, SIGN_IN)),
    "frozen-figure": ([0, "members.total"], same(NOT_FOUND, SIGN_IN)),
    "frozen-figure-file": ([0, "members.total", "csv"], same(NOT_FOUND, SIGN_IN)),
    "frozen-differences": ([0], same(NOT_FOUND, SIGN_IN)),
    "frozen-file": ([0, 1, "9"], same(NOT_FOUND, SIGN_IN)),
    "confirm": ([0, "a"], same(NOT_FOUND, SIGN_IN)),
    "changes-since-confirmed": ([0, "a"], same(NOT_FOUND, SIGN_IN)),
    "changes-since-closed": ([0, "a"], same(NOT_FOUND, SIGN_IN)),
    "confirm-withdraw": ([0, "a"], same(NOT_FOUND, SIGN_IN)),
    "confirm-accept": ([0, "a"], same(NOT_FOUND, SIGN_IN)),
    "confirm-return": ([0, "a"], same(NOT_FOUND, SIGN_IN)),
    "sign-in": ([], same(MOVED, OK)),
    "sign-out": ([], same(NO_GET, SIGN_IN)),
    "account": ([], same(OK, SIGN_IN)),
    "choose-password": ([], same(MOVED, SIGN_IN)),
    "second-step": ([], same(NO_GET, NO_GET)),
    "phone-sign-in": ([], same(NO_GET, NO_GET)),
    "phone-pair": ([], only("secretary_a")),
    "phone-forget": ([0], same(NO_GET, SIGN_IN)),
    "second-factor": ([], same(OK, SIGN_IN)),
    "second-factor-off": ([], same(NO_GET, SIGN_IN)),
    "telephone-remove": ([], same(NO_GET, SIGN_IN)),
    "passkey-new": ([], same(OK, SIGN_IN)),
    "passkey-remove": ([0], same(NO_GET, SIGN_IN)),
    "paper-codes": ([], same(NO_GET, SIGN_IN)),
    "forget-devices": ([], same(NO_GET, SIGN_IN)),
    "sign-out-elsewhere": ([], same(NO_GET, SIGN_IN)),
    "accounts": ([], keepers(OK)),
    "system": ([], keepers(OK)),
    "retention": ([], keepers(OK)),
    "retention-set": ([0], same(NOT_FOUND, SIGN_IN)),
    "account-new": ([], keepers(OK)),
    "secretary-accounts": ([], keepers(OK)),
    "account-page": ([0], keepers(NOT_FOUND)),
    "admissions": ([], MOMENT),
    "admissions-file": (["csv"], MOMENT),
    "admission-new": ([], only("clerk", "secretary_a")),
    "admissions-official": ([], only("clerk")),
    "unit-suggestions": ([], same(OK, SIGN_IN)),
    "member-suggestions": ([], same(OK, SIGN_IN)),
    "admission-targets": ([], only("clerk")),
    "badges-award": ([], only("clerk")),
    "committees": ([], only("clerk")),
    "post-decisions": ([], only("clerk")),
    "meeting-by-name": (["a"], only("clerk", "secretary_a")),
    "meetings-month": ([], only("clerk") | {"secretary_a": (NOT_FOUND, OK, NOT_FOUND)}),
    "units-add": (["xa"], only("clerk")),
    "admission-step": ([0, "ket-nap"], same(NOT_FOUND, SIGN_IN)),
    "reminders": ([], MOMENT),
    "reminder": (["het-du-bi"], MOMENT),
    "reminder-file": (["het-du-bi", "csv"], MOMENT),
    "ratings": ([], MOMENT),
    "ratings-file": (["csv"], MOMENT),
    "rating-units": ([], only("clerk", "leader") | {"secretary_a": (NOT_FOUND, OK, NOT_FOUND)}),
    "rating-grid": (["a"], only("clerk", "leader", "secretary_a")),
    "members": ([], MOMENT),
    "members-file": (["csv"], MOMENT),
    "members-grid": ([], only("clerk") | {"secretary_a": (NOT_FOUND, OK, NOT_FOUND)}),
    "members-chosen": ([], same(NO_GET, SIGN_IN)),
    "members-edit": (["dan-toc"], same(NOT_FOUND, SIGN_IN)),
    "members-duplicates": ([], only("clerk")),
    "members-merge": ([0, 1], same(NOT_FOUND, SIGN_IN)),
    "members-distinct": ([0, 1], same(NOT_FOUND, SIGN_IN)),
    "members-distinct-take-back": ([0], same(NOT_FOUND, SIGN_IN)),
    "change": ([], only("clerk") | {"secretary_a": (NOT_FOUND, OK, NOT_FOUND)}),
    "change-report-new": (["nguoi-moi"], only("clerk", "secretary_a")),
    "change-report-write": ([0], same(NOT_FOUND, SIGN_IN)),
    "change-report-step": ([0, "hoi-lai"], same(NOT_FOUND, SIGN_IN)),
    "member": ([0], same(NOT_FOUND, SIGN_IN)),
    "member-form": ([0, "sua-ca-nhan"], same(NOT_FOUND, SIGN_IN)),
    "member-add": ([], only("clerk")),
    "list-save": ([], same(NO_GET, SIGN_IN)),
    "list-forget": ([0], same(NO_GET, SIGN_IN)),
    "monthly-fees": ([], MOMENT),
    "monthly-fees-file": ([], MOMENT),
    "registers": (
        [],
        only("clerk", "leader", "secretary_a") | dict.fromkeys(("administrator", "stranger"), (NO_UNIT,) * 3),
    ),
    "records": (["sinh-hoat"], MOMENT),
    "record-file": (["sinh-hoat", "csv"], MOMENT),
    "record-add": (["sinh-hoat"], only("clerk", "secretary_a")),
    "record": (["sinh-hoat", 0], same(NOT_FOUND, SIGN_IN)),
    "record-form": (["sinh-hoat", 0, "sua"], same(NOT_FOUND, SIGN_IN)),
    "record-remove": (["sinh-hoat", 0], same(NOT_FOUND, SIGN_IN)),
    "checks": ([], MOMENT),
    "check": (["thieu-so-the"], MOMENT),
    "check-file": (["thieu-so-the", "csv"], MOMENT),
    "imports": ([], only("clerk", "secretary_a")),
    "import": ([0], same(NOT_FOUND, SIGN_IN)),
    "folder": ([0], same(NOT_FOUND, SIGN_IN)),
    "folder-undo": ([0], same(NOT_FOUND, SIGN_IN)),
    "import-returned": ([0], same(NOT_FOUND, SIGN_IN)),
    "import-undo": ([0], same(NOT_FOUND, SIGN_IN)),
    "workbook-empty": ([], only("clerk", "secretary_a")),
    "workbook-filled": ([], only("clerk") | {"secretary_a": (NOT_FOUND, OK, NOT_FOUND)}),
    "dashboard": ([], MOMENT),
    "comparison": ([], MOMENT),
    "search": ([], MOMENT),
    "units": ([], MOMENT),
    "units-file": (["csv"], MOMENT),
    "unit": (
        ["a"],
        same(NOT_FOUND, SIGN_IN)
        | {"clerk": (MOVED, OK, MOVED), "leader": (MOVED, OK, MOVED), "secretary_a": (NOT_FOUND, OK, NOT_FOUND)},
    ),
    "unit-form": (["a", "doi-ten"], only("clerk")),
    "report": ([], MOMENT),
    "report-file": (["csv"], MOMENT),
    "comparison-file": (["csv"], MOMENT),
    "figure": (["members.total"], MOMENT),
    "figure-file": (["members.total", "xlsx"], MOMENT),
    "annexes": ([], MOMENT),
    "annex": (["1B"], MOMENT),
    "annex-file": (["1B"], MOMENT),
    "reconciliation": ([], MOMENT),
    "reconciliation-template": ([], only("clerk", "leader", "secretary_a")),
    "reconciliation-file": (["xlsx"], same(NO_GET, SIGN_IN)),
}


def names(patterns):
    """Return the names of all addresses."""
    for pattern in patterns:
        yield from [pattern.name] if isinstance(pattern, URLPattern) else names(pattern.url_patterns)


def answer(response):
    """Return what the reader got, in the words of the table."""
    if response.status_code == 302:
        return SIGN_IN if response.url.startswith(reverse("sign-in")) else MOVED
    return response.status_code


def test_every_address_is_in_the_table():
    assert set(names(get_resolver().url_patterns)) == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_people_open_what_the_table_says(request, commune, cell_a, cell_b, name):
    arguments, expected = ADDRESSES[name]
    found = {}
    for person in MOMENT:
        client = Client()
        if person:
            client.force_login(request.getfixturevalue(person))
        asked = [(reverse(name, args=arguments), {"don_vi": unit.code}) for unit in (commune, cell_a, cell_b)]
        responses = [client.get(*each) for each in asked]
        found[person] = tuple(map(answer, responses))
        assert {response.headers["Cache-Control"] for response in responses} == {UNCACHED}, person
        for response in responses:
            response.getvalue()  # a file is closed when it was read, as the client does it
    assert found == expected


@pytest.mark.parametrize("person", ["administrator", "stranger"])
def test_an_account_without_a_unit_is_told_so(client, request, commune, person):
    client.force_login(request.getfixturevalue(person))
    response = client.get(reverse("report"))
    assert response.status_code == 403
    assert "Tài khoản này không đọc hồ sơ" in response.content.decode()


def test_a_closed_account_reads_nothing(client, clerk):
    client.force_login(clerk)
    clerk.is_active = False
    clerk.save()
    assert answer(client.get(reverse("report"))) == SIGN_IN


def test_a_foreign_unit_looks_like_one_that_never_was(client, secretary_a, cell_b):
    client.force_login(secretary_a)
    foreign, unknown = (client.get(reverse("report"), {"don_vi": code}) for code in ("b", "never"))
    assert foreign.status_code == unknown.status_code == 404
    assert TOKEN.sub(b"", foreign.content) == TOKEN.sub(b"", unknown.content)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_pages_are_read_and_sent_and_nothing_else(client, clerk, method):
    client.force_login(clerk)
    asked = {name: reverse(name, args=arguments) for name, (arguments, _) in ADDRESSES.items()}
    answers = {name: answer(getattr(client, method)(address)) for name, address in asked.items()}
    assert {name for name, got in answers.items() if got not in (NO_GET, NOT_FOUND, NO_RIGHT, MOVED)} == set()
    assert answers["period-open"] == answers["member-add"] == NO_GET
    assert getattr(Client(), method)(reverse("sign-in")).status_code == NO_GET


@pytest.mark.parametrize("name", ["report", "figure", "figure-file", "annex"])
def test_pages_only_read(client, clerk, name):
    client.force_login(clerk)
    assert client.post(reverse(name, args=ADDRESSES[name][0])).status_code == 405
