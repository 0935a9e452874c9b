"""The attack finds what it looks for: each thing that may leak is leaked on purpose."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from attack import addresses, endings, entrance, forgery, ids, matrix, world
from attack.browser import TOKEN, Browser, HttpAnswer
from attack.judge import HEADERS, SLOW, faults
from attack.run import TOLD, Run
from tests.test_access import ADDRESSES, names

SOUND = (*HEADERS.items(), ("Server", "gunicorn"), ("Content-Type", "text/html"))


def answered(body="", status=200, headers=SOUND, seconds=0.1, path="/dang-vien/"):
    return HttpAnswer("GET", path, status, tuple(headers), body.encode() if isinstance(body, str) else body, seconds)


FILE = [*SOUND[:-1], ("Content-Type", "application/vnd.openxmlformats")]


def packed(text):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/a.xml", text * 100)
    return file.getvalue()


def test_a_sound_answer_has_no_faults():
    assert faults(answered("Chi bộ"), ["rieng-b-1"]) == []


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ("no answer", answered("ConnectionResetError", 0, ())),
        ("status 500", answered("", 500)),
        ("seconds", answered("", seconds=SLOW + 1)),
        ("Cache-Control", answered("", headers=SOUND[1:])),
        (
            "shown and not saved",
            answered("", headers=FILE),
        ),
        ("of the inside", answered("Traceback (most recent call last)")),
        ("where the portal lies", answered(f"{settings.BASE_DIR}/a.py")),
        ("shows rieng-b-1", answered("<td>rieng-b-1</td>")),
        ("shows rieng-b-1", answered("", headers=[*SOUND, ("Location", "/?tim=rieng-b-1")])),
        ("shows rieng-b-1", answered(packed("rieng-b-1"))),
    ],
)
def test_what_an_answer_must_not_be_or_hold_is_found(fault, answer):
    [found] = faults(answer, ["rieng-b-1"])
    assert fault in found


def test_answers_that_differ_in_anything_but_their_address_are_told_apart():
    none = answered("Không tìm thấy /a/9/", 404, path="/a/9/")
    assert not ids.unlike(answered("Không tìm thấy /a/1234/", 404, path="/a/1234/"), none)
    assert ids.unlike(answered("Không tìm thấy /a/1/", 403, path="/a/1/"), none)
    assert ids.unlike(answered("Không tìm thấy nữa /a/1/", 404, path="/a/1/"), none)
    assert ids.unlike(answered("Không tìm thầy /a/1/", 404, path="/a/1/"), none)
    assert ids.unlike(answered("Không tìm thấy /a/1/", 404, [*SOUND, ("X-Row", "1")], path="/a/1/"), none)


def test_a_run_counts_and_tells_of_everything():
    run = Run(None)
    run.begin("Reading", 60)
    for _ in range(TOLD + 1):
        run.judge(answered("rieng-b-1"), ["rieng-b-1"])
    lines = [*run.lines()]
    assert [*run.within([1, 2])] == [1, 2]
    assert f"{TOLD + 1} requests, {TOLD + 1} findings" in lines[-1]
    assert "and 1 more" in lines[-2]
    run.begin("Late", -1)
    assert [*run.within([1, 2])] == []
    assert run.left_out["Late"] == 2


class ClientBrowser(Browser):
    """A browser that needs no server: it asks the portal within this process."""

    def ask(self, method, path, sent=None, headers=(), content=None):
        """Send a request as the browser of the attack would."""
        client = Client()
        client.cookies.load({"__Host-csrf": TOKEN} | self.cookies)
        response = client.generic(method, path, headers=dict(headers), content_type="text/plain")
        body = response.getvalue()
        return HttpAnswer(method, path, response.status_code, (("Server", "x"), *response.items()), body)


@pytest.fixture
def run(db, monkeypatch, settings):
    """A run within this process, on the world of the attack."""
    monkeypatch.setattr("attack.run.Browser", ClientBrowser)
    found = Run(world.make())
    found.begin("Trying", 60)
    return found


def test_every_address_is_asked_for(run):
    assert (
        {place.name for place in addresses.places(run.world.rows["a"])}
        == set(names(get_resolver().url_patterns))
        == set(ADDRESSES)
    )
    there, never = addresses.places(run.world.rows["b"]), addresses.no_places(run.world.rows["b"])
    assert [place.name for place in there] == [place.name for place in never]


def few(run, person, *paths):
    """Ask for some addresses as somebody and return what is found."""
    browser = run.browser(person)
    for path in paths:
        run.ask(browser, "GET", path, markers=run.world.forbidden(person))
    return [what for _, what in run.found]


def test_a_door_left_open_is_found(run, monkeypatch):
    pages = [place.path for place in addresses.places(run.world.rows["b"]) if place.name == "record"][:6]
    assert few(run, "secretary_a", *pages) == []
    monkeypatch.setattr("organizations.scope.ScopedQuerySet.visible_to", lambda rows, user, *more, **given: rows)
    assert any("shows rieng-b" in what for what in few(run, "secretary_a", *pages))


def test_everybody_is_asked_for_marks_that_exist(run):
    assert set(world.FORBIDDEN) == {*world.ROLES, None}
    assert all(run.world.marks.values())
    assert len(run.world.forbidden("secretary_a")) > 40
    asked = " ".join(matrix.paths(run.world, "clerk"))
    assert all(f"don_vi={unit}" in asked for unit in matrix.UNITS)


def answer_all(monkeypatch, answer_of):
    """Have every request answered by a function of its address, and no portal asked."""

    def ask(run, browser, method, path, *given, **more):
        return run.judge(replace(answer_of(path), method=method, path=path))

    monkeypatch.setattr(Run, "ask", ask)


def test_a_refusal_that_knows_the_record_is_found(run, monkeypatch):
    monkeypatch.setattr(ids, "READERS", (("secretary_a", "b"),))
    twins = [each for each in ids.twins(run.world, "secretary_a", "b") if each[1] == "GET"][:5]
    monkeypatch.setattr(ids, "twins", lambda *asked: twins)
    ids.attack(run)
    assert run.found == []
    answer_all(monkeypatch, lambda path: answered("", 403 if path == twins[0][2] else 404))
    ids.attack(run)
    assert ["learns that it is there" in what for _, what in run.found] == [True]


def test_spellings_are_other_spellings_of_one_name():
    spelled = entrance.spelled("leader")
    assert len(set(spelled)) == len(entrance.SPELLINGS) >= entrance.MOST_HERE


@pytest.mark.parametrize("attempt", [entrance.try_spellings, entrance.try_claimed_addresses, entrance.skip_second_step])
def test_a_door_that_lets_everybody_in_is_found(run, monkeypatch, attempt):
    answer_all(monkeypatch, lambda path: answered("proof"))
    attempt(run)
    assert run.found


def test_a_code_that_opens_twice_is_found(run, monkeypatch):
    answer_all(monkeypatch, lambda path: answered("proof", 302))
    entrance.use_codes_twice(run)
    assert ["twice" in what for _, what in run.found] == [True] * 3


def test_a_forged_form_that_is_taken_is_found(run, monkeypatch):
    answer_all(monkeypatch, lambda path: answered(""))
    forgery.attack(run)
    told = " ".join(what for _, what in run.found)
    assert all(kind in told for kind in forgery.FORGED)
    assert "takes PUT" in told
    assert "answers as 'elsewhere.example'" in told


def test_a_session_that_outlives_its_account_is_found(run, monkeypatch):
    monkeypatch.setattr(endings, "asked", lambda world: ["/dang-vien/"])
    monkeypatch.setattr(
        "binhlu_portal.accounts.backend.AccountBackend.user_can_authenticate", lambda backend, user: True
    )
    endings.attack(run)
    assert any("_closed" in what for _, what in run.found)


def test_the_command_tells_its_parts():
    order = [sys.executable, "-m", "attack", "--help"]
    told = subprocess.run(order, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout
    assert all(part in told for part in ("matrix", "ids", "files"))
