"""A number that somebody out of sight bears: refused in one sentence, which names nobody, and told to the office."""

import re

import pytest
from django.apps import apps
from django.db.models import UniqueConstraint
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.models import Access, AccessKind
from binhlu_portal.audit.uniqueness import TAKEN, taken_sentences
from binhlu_portal.db.actions import Refusal
from binhlu_portal.spreadsheets.data_workbook.resources import TABS
from members.models import Member
from organizations.account_management import actions as accounts
from organizations.choices import RoleKind
from tests.binhlu_portal.spreadsheets.books import Book, written
from tests.binhlu_portal.spreadsheets.files import PEOPLE, changed, checked
from tests.factories import make_member, make_root, make_user

NUMBERS = {"citizen_id": "012345678901", "card_number": "12345678", "profile_number": "012345LC"}
FORMS = {"citizen_id": "sua-ca-nhan", "card_number": "sua-the", "profile_number": "sua-the"}
HOLDER = "Giàng Thị Khác"

ELSEWHERE = {
    "auth.Group.name": "the portal has no groups",
    "audit.Submission.token": "a random number of a form, and of its sender alone",
    "accounts.Passkey.credential_id": "a random number that a browser makes, of its holder alone",
    "accounts.User.username": "the constraint on its letters tells the sentence",
    "organizations.Unit.code": "codes of units are in the addresses of pages, and name nobody",
}
"""What is unique beyond every scope and has no sentence of its own, and why."""


@pytest.fixture
def own(cell_a):
    """A member of cell A, whose secretary writes."""
    return make_member(cell_a, "Lò Văn Mình")


def alone(model):
    """Yield the fields and rules of a model that are unique without any record they belong to."""
    for field in model._meta.local_fields:
        if field.unique and not field.primary_key:
            yield f"{model._meta.label}.{field.name}", None
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint) and not any(
            model._meta.get_field(name).remote_field for name in rule.fields
        ):
            yield f"{model._meta.label}.{rule.name}", rule


def test_whatever_is_unique_beyond_every_scope_has_a_sentence_that_names_nobody():
    found = dict(pair for model in apps.get_models() for pair in alone(model))
    assert {name for name, rule in found.items() if rule is None} == ELSEWHERE.keys()
    sentences = {name: str(rule.violation_error_message) for name, rule in found.items() if rule}
    assert sentences
    for name, sentence in sentences.items():
        assert not re.search("thuộc về|người khác|đã có người|đơn vị", sentence), name
    assert {*taken_sentences().values()} == {*NUMBERS}


def send(client, person, name):
    """Send the card of `person` with a number, and return the page that comes back without what differs anyway."""
    address = reverse("member-form", args=[person.pk, FORMS[name]])
    form = client.get(address).context["form"]
    given = {key: form[key].value() or "" for key in form.fields}
    page = client.post(address, given | {name: NUMBERS[name]}).content.decode()
    return re.sub(r'name="(?:csrfmiddlewaretoken|token)" value="[^"]*"', "", page)


def faults_of_file(user, name):
    """Bring in the workbook of `user`, of one person, with a number; return the faults that its check has found."""
    heading = TABS[Member].columns[name].column_name
    return checked(user, changed(written(user), (PEOPLE, 2, heading, NUMBERS[name]))).result["faults"]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_form_answers_alike_whoever_bears_the_number(client, own, cell_a, cell_b, secretary_a, name):
    client.force_login(secretary_a)
    holder = make_member(cell_a, HOLDER, **{name: NUMBERS[name]})
    near = send(client, own, name)
    assert not Access.objects.filter(kind=AccessKind.TAKEN).exists()
    Member.objects.filter(pk=holder.pk).update(**{name: ""})
    make_member(cell_b, "Sùng Thị Xa", **{name: NUMBERS[name]})
    assert send(client, own, name) == near
    assert "chưa lưu được" in near
    assert "Sùng Thị Xa" not in near
    assert HOLDER not in near
    noted = Access.objects.get(kind=AccessKind.TAKEN)
    assert (noted.user, noted.rows) == (secretary_a, 1)
    assert NUMBERS[name] in noted.what


@pytest.mark.parametrize("name", NUMBERS)
def test_a_file_tells_no_more_and_the_office_sees_what_was_tried(client, own, cell_b, secretary_a, clerk, name):
    make_member(cell_b, HOLDER, **{name: NUMBERS[name]})
    [fault] = faults_of_file(secretary_a, name)
    assert fault["message"] in taken_sentences()
    assert HOLDER not in str(fault)
    assert cell_b.code not in (fault["message"], fault["who"])
    client.force_login(clerk)
    home = client.get(reverse("home"))
    assert home.context["taken"] == 1
    address = re.search(r'href="([^"]*viec=taken[^"]*)"', home.content.decode())[1].replace("&amp;", "&")
    log = client.get(address).content.decode()
    assert NUMBERS[name] in log
    assert str(secretary_a) in log


def test_a_number_of_somebody_in_sight_is_no_matter_for_the_office(client, own, cell_a, cell_b, clerk):
    make_member(cell_b, HOLDER, card_number=NUMBERS["card_number"])
    client.force_login(clerk)
    assert "chưa lưu được" in send(client, own, "card_number")
    book = Book.of(clerk)
    book.of_record(own)["card_number"] = NUMBERS["card_number"]
    outcome = book.bring(clerk)
    assert any(fault.message in taken_sentences() for fault in outcome.faults)
    assert {fault.unseen for fault in outcome.faults} == {""}
    assert not Access.objects.filter(kind=AccessKind.TAKEN).exists()


def test_a_user_name_is_refused_alike_wherever_its_account_is(administrator, cell_a):
    make_user("xa-lo", (RoleKind.CELL_SECRETARY, make_root("xa-khac")))
    refusals = set()
    for name in ("administrator", "xa-lo", "Xa-Lo"):
        with pytest.raises(Refusal) as refused:
            accounts.open_account(
                username=name,
                full_name="Lò Mẫu",
                unit=cell_a,
                kind=RoleKind.CELL_SECRETARY,
                now=timezone.now(),
                keeper=None,
            )
        refusals.add((refused.value.code, refused.value.message))
    assert {code for code, _ in refusals} == {TAKEN}
    assert len(refusals) == 1
