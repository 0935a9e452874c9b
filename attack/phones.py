"""Paired phones: guessed and copied, somebody else's, forgotten, left over when the account changes, PINs as proofs."""

from datetime import UTC, datetime

from binhlu_portal.accounts.actions import choose_password
from binhlu_portal.accounts.models import PairedPhone
from binhlu_portal.accounts.phones import actions, pins
from binhlu_portal.accounts.phones.queries import COOKIE
from binhlu_portal.accounts.second_factor.actions import forget as forget_second_factor
from organizations.account_management import actions as accounts
from organizations.choices import RoleKind

DOOR, OWN, PAIR = "/dang-nhap/ma-pin/", "/tai-khoan/", "/tai-khoan/nho-dien-thoai/"
PIN = "482917"
NOW = datetime(2199, 12, 1, tzinfo=UTC)
"""When phones are paired, so that they hold whenever the attack is run."""

GUESSES = [f"{number:06}" for number in range(pins.MOST_FAILURES)]


def attack(run):
    """Try phones of both secretaries in every way."""
    for name in ("secretary_a", "secretary_b"):
        forget_second_factor(run.world.people[name])  # a PIN alone is what is tried
    for attempt in ATTEMPTS:
        attempt(run)


def paired(run, name="secretary_a"):
    """Return the browser of a phone that is paired with somebody."""
    user = run.world.people[name]
    user.proof = "password"
    secret = actions.pair(user=user, pin=PIN, browser="Chrome", now=NOW)
    return copied(run, secret)


def copied(run, secret):
    """Return another browser with the same secret."""
    browser = run.browser(address="10.8.0.1")
    browser.cookies[COOKIE] = secret
    return browser


def enters(run, browser, pin=PIN):
    """Tell whether a PIN opens, and the answer; what it says may not tell whose phone it is."""
    answer = run.ask(browser, "POST", DOOR, {"pin": pin}, markers=names(run))
    return answer.status == 302 and answer.header("Location") == "/", answer


def names(run):
    """Return by what a page would tell whose phone it is."""
    return [word for user in run.world.people.values() for word in (user.full_name, f'"{user.username}"')]


def guess_in_many_browsers(run):
    """A copied secret has no more guesses, from wherever, and then the right PIN opens nothing."""
    secret = paired(run).cookies[COOKIE]
    run.ask(copied(run, secret), "GET", "/dang-nhap/", markers=names(run))
    for pin in GUESSES:
        entered, answer = enters(run, copied(run, secret), pin)
        run.expect(not entered, answer, f"{pin} opens")
    entered, answer = enters(run, copied(run, secret))
    run.expect(not entered, answer, "more guesses than there are")


def use_what_is_no_phone(run):
    """The PIN without the secret, what the database holds of it, and the secret of somebody else open nothing."""
    paired(run)
    kept = PairedPhone.objects.latest("pk")
    for secret in ("", kept.digest, kept.pin, str(kept.pk), "A" * 43, "A" * 4000):
        entered, answer = enters(run, copied(run, secret))
        run.expect(not entered, answer, f"{secret[:50]!r} is taken for a phone")
    other = paired(run, "secretary_b")
    enters(run, other)
    account = run.ask(other, "GET", OWN)
    run.expect(b"secretary_b" in account.body, account, "a phone opens another account than its own")
    for path in (f"/tai-khoan/quen-dien-thoai/{kept.pk}/", "/tai-khoan/quen-dien-thoai/0/"):
        answer = run.ask(other, "POST", path, {})
        run.expect(answer.status == 404, answer, "the phone of somebody else is known")


def replay_after_the_end(run):
    """Whatever ends a pairing ends it at once, with what the phone has opened."""
    user = run.world.people["secretary_a"]
    cell = user.roles.get().unit
    ends = {
        "forgotten": lambda: actions.forget(
            phone=user.paired_phones.latest("pk"), by=run.world.people["administrator"]
        ),
        "another password": lambda: choose_password(user=user, password="secretary_a"),
        "another role": lambda: accounts.give_role(user=user, unit=cell, kind=RoleKind.LEADER, keeper=None),
    }
    for name, end in ends.items():
        browser = paired(run)
        entered, answer = enters(run, browser)
        run.expect(entered, answer, "the right PIN does not open")
        end()
        entered, answer = enters(run, copied(run, browser.cookies[COOKIE]))
        run.expect(not entered, answer, f"{name}: still opens")
        if name != "another role":
            answer = run.ask(browser, "GET", OWN)
            run.expect(answer.status == 302, answer, f"{name}: what it opened is open")
    user.roles.filter(kind=RoleKind.LEADER).delete()


def do_what_is_guarded(run):
    """A PIN is no proof for what is guarded, and pairs no other phone; nobody is led elsewhere by it."""
    browser = paired(run, "secretary_b")
    answer = run.ask(browser, "POST", DOOR, {"pin": PIN, "next": "https://example.org/"})
    run.expect(answer.header("Location") == "/", answer, "leads elsewhere")
    for path in (PAIR, "/tai-khoan/xac-minh-hai-buoc/"):
        answer = run.ask(browser, "GET", path)
        run.expect(b'name="proof"' in answer.body, answer, "a PIN is taken for a proof")
    answer = run.ask(browser, "POST", PAIR, {"pin": "739164", "again": "739164"})
    run.expect(b'name="proof"' in answer.body, answer, "a PIN pairs another phone")
    answer = run.ask(browser, "POST", PAIR, {"pin": PIN, "again": PIN, "proof_needed": "", "proof": "secretary_b"})
    words = {word.strip().lower() for word in answer.cookies.get(COOKIE, "").split(";")}
    sound = COOKIE.startswith("__Host-") and {"secure", "httponly", "path=/", "samesite=lax"} <= words
    run.expect(sound, answer, "a loose cookie")


ATTEMPTS = (guess_in_many_browsers, use_what_is_no_phone, replay_after_the_end, do_what_is_guarded)
