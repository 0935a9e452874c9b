"""Forging: what other sites send, with another token or none, with methods and hosts that nobody means."""

from django.urls import resolve

from .addresses import places

ELSEWHERE = "https://elsewhere.example"
FORGED = {
    "no token": [("X-CSRFToken", None)],
    "another token": [("X-CSRFToken", "b" * 32)],
    "another site": [("Origin", ELSEWHERE)],
    "no site": [("Origin", "null")],
    "led from another site": [("Referer", f"{ELSEWHERE}/")],
}
"""What a request from elsewhere looks like."""

METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "PROPFIND")
HOSTS = ("elsewhere.example", "portal.example@elsewhere.example", "127.0.0.1", "a b", "")

OVERRULED = (("X-HTTP-Method-Override", "DELETE"), ("X-Forwarded-Host", "elsewhere.example"), ("X-Original-URL", "/"))
"""Headers by which some servers are led astray."""


def attack(run):
    """Try everything at every address, as somebody of the secretariat."""
    browser, found = run.browser("clerk"), places(run.world.rows["a"])
    kinds = list({place.name: place for place in found}.values())
    for place in run.within(kinds):
        if hasattr(resolve(place.path).func.view_class, "post"):
            _forge(run, browser, place)
        _bend(run, browser, place)
    for host in HOSTS:
        answer = run.ask(browser, "GET", "/", headers=[("Host", host)])
        run.expect(answer.status == 400, answer, f"answers as {host!r}")
        run.expect("elsewhere" not in answer.header("Location"), answer, f"leads to {host!r}")


def _forge(run, browser, place):
    """Send a form from elsewhere."""
    for kind, headers in FORGED.items():
        answer = run.ask(browser, "POST", place.path, {}, headers=headers)
        run.expect(answer.status == 403, answer, f"takes what was forged: {kind}")


def _bend(run, browser, place):
    """Ask in ways that nobody means."""
    for method in METHODS:
        answer = run.ask(browser, method, place.path)
        reading = method in ("HEAD", "OPTIONS") and answer.status < 500
        led = answer.status == 302 and method != "HEAD"  # who may not come is led away, whatever is asked
        run.expect(reading or led or answer.status in (400, 403, 404, 405, 501), answer, f"takes {method}")
        run.expect("message/http" not in answer.header("Content-Type"), answer, "says back what it was sent")
    answer = run.ask(browser, "GET", place.path, headers=[*OVERRULED, ("Origin", ELSEWHERE)])
    run.expect("elsewhere" not in answer.header("Location"), answer, "leads elsewhere")
    shared = answer.header("Access-Control-Allow-Origin")
    run.expect(not shared, answer, f"lets other sites read: {shared}")
