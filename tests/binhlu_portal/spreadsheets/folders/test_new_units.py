"""Files that name units nobody knows: asked on one page, made once for all files, by one saving, taken back at once."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from binhlu_portal.spreadsheets.folders.actions import confirm_folder, digest_of, revert_folder
from binhlu_portal.spreadsheets.folders.forms import RecheckFolderForm
from binhlu_portal.spreadsheets.folders.queries import files_of, ready
from binhlu_portal.spreadsheets.importer.formats import DAY_FOUND
from binhlu_portal.spreadsheets.jobs.actions import receive_folder
from binhlu_portal.spreadsheets.models import Batch, BatchState
from members.models import Member, Position, Spell
from organizations.models import Unit, UnitPeriod
from tests.binhlu_portal.spreadsheets.folders.lists import HEAD, a_list, worked

HOA, LENG = "Chi bộ bản Nà Hoa", "Chi bộ Trường Mầm non Tả Lèng"


def first_lists(user, *contents):
    """Return a folder of files of which nothing was said, checked."""
    files = [(f"{number}.xlsx", content) for number, content in enumerate(contents, 1)]
    folder = receive_folder(user=user, name="ds.zip", files=files)
    worked()
    return folder


def form_of(folder, user, **data):
    """Return what the page asks, or the form as it was sent."""
    common = {"user": user, "today": timezone.localdate(), "instance": folder, "files": files_of(folder, user)}
    return RecheckFolderForm(QueryDict(urlencode(data)) if data else None, **common)


def sent(folder, user, **answers):
    """Send what the page proposes, and other answers, {value: answer}; have the files checked."""
    asked = form_of(folder, user)
    chosen = {name: answers.get(question.value, answer) or "" for question, name, answer in asked.shown}
    day = f"{asked.fields['day'].initial:%d/%m/%Y}"
    form = form_of(folder, user, token="00000000-0000-4000-8000-000000000000", day=day, **chosen)
    assert form.is_valid(), form.errors
    form.perform(**form.action_data)
    worked()


def saved(folder):
    """Save all that is ready and return how many files are left."""
    files = Batch.objects.filter(folder=folder, state=BatchState.CHECKED).order_by("pk")
    confirm_folder(folder=folder, digest=digest_of(ready(files)))
    worked()
    return files.all().count()


def test_units_of_all_files_are_made_by_one_answer_and_one_saving(clerk, commune):
    more = a_list("Lò Văn Bốn", cell="CB Bản Nà Hoa", head=(*HEAD, "Chức vụ"), more=("Bí thư",))
    folder = first_lists(clerk, a_list("Lò Văn Một", cell=HOA), a_list("Lò Văn Ba", cell=LENG), more)
    questions = form_of(folder, clerk).questions
    assert [(question.value, len(question.places)) for question in questions] == [(HOA, 2), (LENG, 1)]
    assert all(question.proposed in question.options for question in questions)
    sent(folder, clerk)
    assert saved(folder) == 0
    assert {place.name for place in UnitPeriod.objects.filter(parent=commune)} == {HOA, LENG}
    assert Spell.objects.filter(unit__periods__name=HOA).count() == 2
    assert Position.objects.get().member.full_name == "Lò Văn Bốn"
    revert_folder(user=None, folder=folder)
    assert (Member.objects.count(), Unit.objects.count()) == (0, 1)


def test_names_of_two_files_that_may_be_one_are_asked_and_may_be_one(clerk, commune):
    folder = first_lists(clerk, a_list("Lò Văn Một", cell="Bản Hon"), a_list("Lò Văn Ba", cell="Bản Hon 1"))
    one, other = form_of(folder, clerk).questions
    assert {one.proposed, other.proposed} == {""}
    new = next(answer for answer in one.options if answer.startswith("moi:"))
    sent(folder, clerk, **{one.value: new, other.value: next(iter(other.likes))})
    assert saved(folder) == 0
    assert UnitPeriod.objects.get(parent=commune).name == "Chi bộ Bản Hon"
    assert Spell.objects.count() == 2


def test_rows_that_wait_for_an_answer_are_no_errors(clerk, commune):
    [batch] = files_of(first_lists(clerk, a_list("Lò Văn Một", "Lò Văn Ba", cell=HOA)), clerk)
    assert (batch.asked, batch.wrong, batch.is_ready) == (1, 0, False)


def test_what_a_file_asks_means_the_same_after_another_one_was_saved(clerk, commune):
    first, second = first_lists(clerk, a_list("Lò Văn Một", cell=HOA)), first_lists(clerk, a_list("Lò Hai", cell=LENG))
    form = form_of(second, clerk)
    [(question, _, proposed)] = form.shown
    sent(first, clerk)
    saved(first)
    assert second.batches.get().settings == {DAY_FOUND: commune.started_on.isoformat()}
    sent(second, clerk, **{question.value: proposed})
    assert saved(second) == 0
    began = dict(Spell.objects.values_list("member__full_name", "started_on"))
    assert began == {"Lò Văn Một": commune.started_on, "Lò Hai": commune.started_on}
    assert f"{commune.started_on:%d/%m/%Y}" in question.options[proposed]
