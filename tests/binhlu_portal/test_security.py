"""What every answer carries, whatever its kind, and what no template holds."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, override_settings
from django.urls import reverse

from binhlu_portal import security
from binhlu_portal.moment import views

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(
    r"<style|<script(?![^>]*\ssrc=)|<[^>]*\s(?:style|on[a-z]+)\s*=|javascript:|(?:src|href)=[\"']?(?:https?:)?//"
    r"|\|\s*safe\b|\bautoescape\s+off\b",
    re.I,
)
"""Code in a page, or from elsewhere, and what would let a text become code."""
ERRORS = {400: SuspiciousOperation, 500: RuntimeError}


def directives(response):
    """Return the policy of a response by directive."""
    pairs = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in pairs}


def answers(client, clerk, monkeypatch):
    """Yield the kinds of answer with what they are."""
    client.raise_request_exception = False
    yield "sign-in page", 200, client.get(reverse("sign-in"))
    yield "redirect", 302, client.get(reverse("report"))
    static = client.get("/static/portal.css")
    yield "static file", 200, static
    static.getvalue()  # which closes the file
    client.force_login(clerk)
    yield "page", 200, client.get(reverse("report"))
    yield "file", 200, client.get(reverse("report-file", args=["csv"]))
    yield "missing", 404, client.get("/khong-co/")
    yield "without slash", 301, client.get("/bao-cao")
    yield "no right", 403, client.get(reverse("accounts"))
    yield "no method", 405, client.post(reverse("report"))
    yield "foreign host", 400, client.get("/", HTTP_HOST="elsewhere.example")
    forged = Client(enforce_csrf_checks=True)
    yield "forged form", 403, forged.post(reverse("sign-in"))
    with override_settings(SECURE_SSL_REDIRECT=True):
        yield "to HTTPS", 301, Client().get(reverse("sign-in"))
    for status, error in ERRORS.items():
        monkeypatch.setattr(views.MomentView, "dispatch", fail(error))
        yield error.__name__, status, client.get(reverse("report"))


def fail(error):
    """Return a view that fails."""

    def dispatch(*args, **kwargs):
        raise error

    return dispatch


@pytest.mark.filterwarnings("ignore")
def test_every_kind_of_answer_forbids_foreign_and_inline_code(client, clerk, monkeypatch):
    found = list(answers(client, clerk, monkeypatch))
    for kind, status, response in found:
        assert response.status_code == status, kind
        assert status < 400 or not re.search("Error|Traceback", response.text), kind
        policy = directives(response)
        assert policy["script-src"] == policy["style-src"] == policy["default-src"] == "'self'", kind
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'", kind
        assert "unsafe" not in security.POLICY, kind
        assert response.headers["X-Content-Type-Options"] == "nosniff", kind
        assert response.headers["Referrer-Policy"] == "same-origin", kind
        assert re.fullmatch(r'text/[a-z]+; ?charset="?utf-8"?', response.headers["Content-Type"]), kind
    for _, _, response in found:
        response.close()


@pytest.mark.filterwarnings("ignore")
def test_only_static_files_are_kept(client, clerk, monkeypatch):
    found = {kind: response.headers.get("Cache-Control") for kind, _, response in answers(client, clerk, monkeypatch)}
    assert found.pop("to HTTPS") is None  # it says no more than the address that was asked for
    assert "no-store" not in found.pop("static file")
    assert set(found.values()) == {security.UNCACHED}


def test_signing_out_has_the_browser_forget_all_but_static_files_and_cookies_of_others(client, clerk):
    client.force_login(clerk)
    answer = client.post(reverse("sign-out"))
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert answer.headers["Cache-Control"] == security.UNCACHED
    assert answer.cookies["session"].value == ""


@pytest.mark.parametrize("file", [".git/config", ".git/HEAD", "manage.py", "var/secret-key", "requirements/run.txt"])
@pytest.mark.parametrize("start", ["/", "/static/", "/static/../", "/static/%2e%2e/"])
def test_nothing_of_the_tree_is_served_but_static_files(client, db, start, file):
    assert client.get(f"{start}{file}").status_code == 404


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_inline_or_foreign_code(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "html",
    [
        "<style>p {}</style>",
        "<script>1</script>",
        '<p class="a" style="color: red">',
        "<a href='#' onclick='x()'>",
        '<a href="javascript:x()">',
        '<img src="//elsewhere.example/a.png">',
        "{{ field.help_text|safe }}",
        "{% autoescape off %}",
    ],
)
def test_inline_code_is_found(html):
    assert INLINE.search(html)


def test_behind_https_cookies_belong_to_this_host_alone_and_nothing_comes_without_it():
    cookies = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME"]
    switches = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "BEHIND_PROXY", "SECURE_SSL_REDIRECT"]
    names = [*cookies, *switches, "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_SECONDS", "DEBUG"]
    code = f"from binhlu_portal import settings; print(*(getattr(settings, name) for name in {names}))"
    printed = subprocess.run(  # the settings as a server on a network reads them
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PORTAL_HOSTS": "portal.example"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    *found, hsts, debug = printed.split()
    assert found == ["__Host-session", "__Host-csrf", "__Host-device", *["True"] * 5]
    assert (int(hsts), debug) == (365 * 24 * 3600, "False")


def test_cookies_are_read_by_no_script_and_sent_to_no_other_site(client, clerk):
    client.get(reverse("sign-in"))
    client.post(reverse("sign-in"), {"username": "clerk", "password": "clerk"})
    assert client.post(reverse("sign-out-elsewhere")).status_code == 302  # leaves a notice for the next page
    assert set(client.cookies) == {"session", "csrf", "device"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
