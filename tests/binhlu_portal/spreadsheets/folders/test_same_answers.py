"""What rows ask each for itself in the same way is answered once, on the page of a file and on that of several."""

import re
import uuid
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.spreadsheets.folders.forms import RecheckFolderForm
from binhlu_portal.spreadsheets.folders.queries import files_of
from binhlu_portal.spreadsheets.jobs.actions import recheck
from binhlu_portal.spreadsheets.jobs.forms import ANSWER, SAME, RecheckForm
from binhlu_portal.spreadsheets.models import Batch
from tests.binhlu_portal.spreadsheets.folders.lists import a_list, checked, worked
from tests.factories import make_member
from tests.ground import layer

TOKEN = re.compile(r'value="[0-9a-zA-Z-]{36,}"')
"""What is new on each page of a form."""

BORN = {"Lò Văn Một": "17/05/1951", "Lò Văn Hai": "17/05/1952", "Lò Văn Ba": "17/05/1953"}


@layer
def three(cell_a):
    """Three of cell A, whom a list of another cell names."""
    return [make_member(cell_a, name, born_on=f"{born[6:]}-05-17") for name, born in BORN.items()]


@pytest.fixture
def folder(clerk, cell_b, three):
    """A folder whose file asks of each of them whether it is the one known, and of a fourth something else."""
    people = [*BORN.items(), ("Lò Văn Bốn", "17/05/1930 ?")]
    return checked(clerk, a_list(*people, cell="Chi bộ b"))


def sent(page, **data):
    """Return what a form passes on of what was sent."""
    form = page(
        QueryDict(
            urlencode(
                data | {"day": "01/03/2026", "way": "transferred_in", "token": "00000000-0000-4000-8000-000000000000"}
            )
        )
    )
    form.is_valid()
    return form


def of_folder(folder, user):
    """Return the page of the folder as a form of what was sent."""
    common = {"user": user, "today": timezone.localdate(), "instance": folder, "files": files_of(folder, user)}
    return lambda data: RecheckFolderForm(data, **common)


def of_file(folder, user):
    """Return the page of its file as a form of what was sent."""
    common = {"user": user, "today": timezone.localdate(), "instance": Batch.objects.get(folder=folder)}
    return lambda data: RecheckForm(data, **common)


def asked(folder):
    """Return the questions that are asked in the same way."""
    return [fault for fault in Batch.objects.get(folder=folder).result["faults"] if fault["same"]]


def test_one_answer_is_given_to_all_that_is_asked_alike_on_the_page_of_a_file(folder, clerk, three):
    first, *_ = questions = asked(folder)
    assert len(questions) == 3
    [shown, *others] = RecheckForm(None, user=clerk, today=timezone.localdate(), instance=folder.batches.get()).shown(
        questions
    )
    assert (shown["others"], [each["others"] for each in others]) == (2, [0, 0])
    answer = {f"{ANSWER}{first['place']}": str(three[0].pk)}
    alone = sent(of_file(folder, clerk), **answer).action_data["answers"]
    assert alone == {first["place"]: str(three[0].pk)}
    form = sent(of_file(folder, clerk), **answer, **{f"{SAME}{first['same']}": first["place"]})
    assert [*form.action_data["answers"].values()] == [str(person.pk) for person in three]


def test_one_answer_is_given_to_all_that_is_asked_alike_on_the_page_of_a_folder(folder, clerk, three):
    page = of_folder(folder, clerk)
    questions = [question for question, _, _ in page(None).shown if question.same]
    assert sorted(question.others for question in questions) == [0, 0, 2]
    [first] = [question for question in questions if question.others]
    person = next(iter(first.options))
    answer = {f"{ANSWER}{first.key}": person, f"{SAME}{first.same}": first.key}
    [said] = sent(page, **answer).action_data["said"].values()
    assert sorted(said["answers"].values()) == sorted(str(person.pk) for person in three)


def test_an_answer_of_its_own_stays_and_one_that_was_not_offered_is_given_to_nobody(folder, clerk, three):
    first, second, _ = asked(folder)
    box = {f"{SAME}{first['same']}": first["place"]}
    own = {f"{ANSWER}{first['place']}": str(three[0].pk), f"{ANSWER}{second['place']}": "moi"}
    said = sent(of_file(folder, clerk), **own, **box).action_data["answers"]
    assert [*said.values()] == [str(three[0].pk), "moi", str(three[2].pk)]
    assert sent(of_file(folder, clerk), **{f"{ANSWER}{first['place']}": "999"}, **box).action_data["answers"] == {}
    assert sent(of_file(folder, clerk), **box).action_data["answers"] == {}


def as_postgresql_keeps_it(value):
    """Return plain data with the keys of its objects in the order in which PostgreSQL gives them: by their length."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key))
        return {key: as_postgresql_keeps_it(value[key]) for key in keys}
    return [*map(as_postgresql_keeps_it, value)] if isinstance(value, list) else value


def test_no_page_depends_on_the_order_of_keys_that_the_database_gives(client, folder, clerk):
    client.force_login(clerk)
    batch = folder.batches.get()
    pages = [reverse("import", args=[batch.pk]), reverse("folder", args=[folder.pk])]
    before = [TOKEN.sub("", client.get(page).content.decode()) for page in pages]
    kept = {name: as_postgresql_keeps_it(getattr(batch, name)) for name in ("result", "settings", "answers", "mends")}
    Batch.objects.filter(pk=batch.pk).update(**kept)
    assert all('type="radio"' in page for page in before)
    assert [TOKEN.sub("", client.get(page).content.decode()) for page in pages] == before


def test_answers_are_taken_back_and_asked_again_on_the_page_of_a_file_and_of_a_folder(folder, clerk, three, client):
    client.force_login(clerk)
    questions = asked(folder)
    for address in (reverse("import", args=[folder.batches.get().pk]), reverse("folder", args=[folder.pk])):
        assert 'name="hoi_lai"' not in client.get(address).content.decode()
        recheck(batch=folder.batches.get(), answers={questions[0]["place"]: str(three[0].pk)})
        worked()
        assert asked(folder) != questions
        assert 'name="hoi_lai"' in client.get(address).content.decode()
        client.post(address, {"token": uuid.uuid4(), "hoi_lai": "1"})
        worked()
        assert asked(folder) == questions
