"""Signing in: locked by every spelling and from many places, no way past the second step, no code twice, cookies."""

from django.conf import settings

from tests.binhlu_portal.accounts.factories import app_code

from .addresses import DOOR, is_open, places

SECOND = "/dang-nhap/buoc-hai/"
SPELLINGS = ("{}", " {} ", "{upper}", "{title}", "{wide}", "{}\n")
"""Ways to write a name that mean one account."""

MOST_HERE, MOST_ANYWHERE = 5, 20
"""Failures after which a name waits at one address, and everywhere."""

WRONG = "khong-phai-mat-khau"


def attack(run):
    """Try the door in every way."""
    for attempt in ATTEMPTS:
        attempt(run)


def spelled(name):
    """Return the ways to write the name of an account."""
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in name)
    return [form.format(name, upper=name.upper(), title=name.title(), wide=wide) for form in SPELLINGS]


def _try(run, name, password, browser):
    return run.ask(browser, "POST", DOOR, {"username": name, "password": password})


def try_spellings(run):
    """Five failures by any spellings lock the name where they came from."""
    for name in spelled("leader")[:MOST_HERE]:
        _try(run, name, WRONG, run.browser())
    for name in spelled("leader"):
        answer = _try(run, name, "leader", run.browser())
        run.expect(answer.status == 429, answer, f"{name!r} may go on")


def try_many_places(run):
    """Twenty failures lock the name everywhere, but not in a browser that has signed in before."""
    known = run.browser(address="10.9.9.9")
    _enter(run, "secretary_b", known)
    device = {settings.DEVICE_COOKIE_NAME: known.cookies[settings.DEVICE_COOKIE_NAME]}
    for number in range(MOST_ANYWHERE):
        _try(run, "secretary_b", WRONG, run.browser(address=f"10.2.0.{number}"))
    answer = _try(run, "secretary_b", "secretary_b", run.browser(address="10.3.0.1"))
    run.expect(answer.status == 429, answer, "many places may try on")
    browser = run.browser(address="10.3.0.2")
    browser.cookies |= device
    answer = _try(run, "secretary_b", "secretary_b", browser)
    run.expect(answer.status == 200 and b"proof" in answer.body, answer, "who has signed in before is locked out")
    browser = run.browser(address="10.3.0.3")
    browser.cookies |= {name: value[:-2] + "AA" for name, value in device.items()}
    answer = _try(run, "secretary_b", "secretary_b", browser)
    run.expect(answer.status == 429, answer, "a forged device is believed")


def try_claimed_addresses(run):
    """An address of a claimed proxy before the last one counts for nothing."""
    for number in range(MOST_HERE):
        claimed = [("X-Forwarded-For", f"1.2.3.{number}, 10.4.0.1")]
        run.ask(run.browser(), "POST", DOOR, {"username": "stranger", "password": WRONG}, headers=claimed)
    answer = _try(run, "stranger", "stranger", run.browser(address="10.4.0.1"))
    run.expect(answer.status == 429, answer, "an address may be made up")


def skip_second_step(run):
    """With a password alone no address opens."""
    browser = run.browser(address="10.5.0.1")
    answer = _try(run, "clerk", "clerk", browser)
    run.expect(b"proof" in answer.body, answer, "no second step is asked")
    for place in run.within(places(run.world.rows["a"])):
        for method, sent in (("GET", None), ("POST", {})):
            if is_open(place.path):
                continue
            answer = run.ask(browser, method, place.path, sent, markers=run.world.forbidden(None))
            shut = answer.status in (302, 403, 404, 405) and (
                answer.status != 302 or answer.header("Location").startswith(DOOR)
            )
            run.expect(shut, answer, "opens to who has passed the first step only")


def _enter(run, name, browser, code=None):
    """Sign in with a code on paper, or another; return the answer to the second step."""
    _try(run, name, name, browser)
    answer = run.ask(browser, "POST", SECOND, {"proof": code or run.world.paper[name].pop()})
    return answer


def use_codes_twice(run):
    """No code opens twice, and none of the telephone before the last that was used."""
    code = run.world.paper["clerk"][-1]
    answer = _enter(run, "clerk", run.browser(address="10.6.0.1"))
    run.expect(answer.status == 302, answer, "a code on paper does not open")
    answer = _enter(run, "clerk", run.browser(address="10.6.0.2"), code)
    run.expect(answer.status == 200, answer, "a code on paper opens twice")
    shown = app_code()
    answer = _enter(run, "clerk", run.browser(address="10.6.0.3"), shown)
    run.expect(answer.status == 302, answer, "the code of a telephone does not open")
    for number, again in enumerate((shown, app_code(-1))):
        answer = _enter(run, "clerk", run.browser(address=f"10.6.1.{number}"), again)
        run.expect(answer.status == 200, answer, "the code of a telephone opens twice")


def plant_session(run):
    """A session that was there before is not the one that opens; cookies are for this host alone and no script."""
    browser = run.browser(address="10.7.0.1")
    planted = "planted0planted0planted0planted0"
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted
    answer = _enter(run, "administrator", browser)
    mine = browser.cookies[settings.SESSION_COOKIE_NAME]
    run.expect(mine != planted, answer, "a planted session is taken")
    other = run.browser(address="10.7.0.2")
    other.cookies[settings.SESSION_COOKIE_NAME] = planted
    opened = run.ask(other, "GET", "/tai-khoan/")
    run.expect(opened.status == 302, opened, "a planted session has opened")
    for name, header in answer.cookies.items():
        words = {word.strip().lower() for word in header.split(";")}
        sound = name.startswith("__Host-") and {"secure", "httponly", "path=/"} <= words
        run.expect(sound and words & {"samesite=lax", "samesite=strict"}, answer, f"a loose cookie: {name}")


ATTEMPTS = (
    try_spellings,
    try_many_places,
    try_claimed_addresses,
    skip_second_step,
    use_codes_twice,
    plant_session,
)
