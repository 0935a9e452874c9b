"""Endings: what was open before – a session, a role, an account – opens nothing after it has ended."""

from binhlu_portal.accounts.models import User
from organizations.choices import RoleKind
from organizations.models import Role, Unit

from .addresses import DOOR, is_open, places

OWN = "rieng-cua-secretary_b"


def attack(run):
    """Ask for everything after each ending with the session of before."""
    for end, is_signed_out in ((_role_taken, False), (_signed_out, True), (_closed, True), (_ended_elsewhere, True)):
        browser = run.browser("secretary_b")
        answer = run.ask(browser, "GET", "/dang-vien/")
        run.expect(answer.status == 200, answer, "does not open before the ending")
        again = end(run, browser)
        for place in run.within(asked(run.world)):
            answer = run.ask(browser, "GET", place, markers=gone(run.world))
            if is_signed_out and not is_open(place):
                led = answer.status == 405 or answer.header("Location").startswith(DOOR)
                run.expect(led, answer, f"opens after the ending: {end.__name__}")
        again()


def asked(world):
    """Return what the secretary of B could open: one address of each kind, and the pages of its records."""
    return list({place.name: place.path for place in places(world.rows["b"])}.values())


def gone(world):
    """Return the marks that the secretary may see no more."""
    marks = [*world.marks["b"], *world.marks["b names"], *world.forbidden("secretary_b")]
    return [mark for mark in marks if mark != OWN]


def _role_taken(run, browser):
    role = Role.objects.get(user=run.world.people["secretary_b"])
    role.delete()
    return lambda: Role.objects.create(
        user=run.world.people["secretary_b"], unit=Unit.objects.get(code="b"), kind=RoleKind.CELL_SECRETARY
    )


def _signed_out(run, browser):
    kept = dict(browser.cookies)
    run.ask(browser, "POST", "/dang-xuat/", {})
    browser.cookies = kept
    return lambda: None


def _closed(run, browser):
    accounts = User.objects.filter(username="secretary_b")
    accounts.update(is_active=False)
    return lambda: accounts.update(is_active=True)


def _ended_elsewhere(run, browser):
    other = run.browser("secretary_b")
    answer = run.ask(other, "POST", "/tai-khoan/dang-xuat-noi-khac/", {})
    run.expect(answer.status == 302, answer, "other sessions are not ended")
    return lambda: None
