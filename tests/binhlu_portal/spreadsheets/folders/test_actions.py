"""Files sent together: answered, saved and taken back in one act of the sender, nobody written twice."""

import pytest
from openpyxl import Workbook

from binhlu_portal.accounts.proofs import SignInAgain
from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import Refusal, correct
from binhlu_portal.spreadsheets.folders.actions import (
    NOTHING_READY,
    NOTHING_WRITTEN,
    confirm_folder,
    digest_of,
    discard_folder,
    recheck_folder,
    revert_folder,
)
from binhlu_portal.spreadsheets.folders.queries import ready
from binhlu_portal.spreadsheets.jobs.actions import (
    CHECKED_ANEW,
    MOVED_ON,
    receive_file,
    receive_folder,
    revert_batch,
)
from binhlu_portal.spreadsheets.models import BatchState
from members.choices import StartReason
from members.models import Member, Spell
from tests.binhlu_portal.spreadsheets.books import everything
from tests.binhlu_portal.spreadsheets.files import saved
from tests.binhlu_portal.spreadsheets.folders.lists import a_list, checked, worked
from tests.factories import make_member

CHECKED, WRITTEN = BatchState.CHECKED, BatchState.WRITTEN
UNKNOWN = "CB Bản Nà Hoa"
FIRST, SECOND = a_list("Lò Văn Một", "Lò Văn Hai"), a_list("Lò Văn Ba")
ASKS = a_list("Lò Văn Bốn", cell=UNKNOWN)


def states(folder):
    """Return how far the files of a folder are, in their order."""
    return [*folder.batches.order_by("pk").values_list("state", flat=True)]


def names():
    """Return who is there."""
    return sorted(Member.objects.values_list("full_name", flat=True))


def a_short_list(head, *person):
    """Return a list that says little of somebody."""
    book = Workbook()
    book.active.append(head)
    book.active.append([1, *person, "Chi bộ a"])
    return saved(book)


def save(folder):
    """Consent to all that is ready, and let the worker save it."""
    number = confirm_folder(folder=folder, digest=digest_of(ready(folder.batches.order_by("pk"))))
    worked()
    return number


def test_all_files_that_are_ready_are_saved_and_those_with_questions_stay(clerk, cell_a, cell_b):
    folder = checked(clerk, FIRST, ASKS, SECOND)
    assert save(folder) == 2
    assert states(folder) == [WRITTEN, CHECKED, WRITTEN]
    assert names() == ["Lò Văn Ba", "Lò Văn Hai", "Lò Văn Một"]


def test_a_person_in_two_files_is_written_once_and_the_second_file_is_shown_again(clerk, cell_a):
    folder = checked(clerk, FIRST, a_list("Lò Văn Một", "Lò Văn Ba"))
    save(folder)
    assert states(folder) == [WRITTEN, CHECKED]
    second = folder.batches.latest("pk")
    assert (second.message, second.result["counts"]["Đảng viên"]) == (MOVED_ON, {"same": 1, "new": 1})
    assert names() == ["Lò Văn Hai", "Lò Văn Một"]
    save(folder)
    assert names() == ["Lò Văn Ba", "Lò Văn Hai", "Lò Văn Một"]


def test_what_was_checked_since_the_page_was_opened_is_not_saved(clerk, cell_a):
    folder = checked(clerk, FIRST, SECOND)
    seen = digest_of(ready(folder.batches.order_by("pk")))
    recheck_folder(folder=folder, said={folder.batches.first().pk: {"answers": {}}})
    with pytest.raises(Refusal, match=CHECKED_ANEW):
        confirm_folder(folder=folder, digest=seen)
    assert WRITTEN not in states(folder)


def test_nothing_is_saved_when_every_file_asks(clerk, cell_a, cell_b):
    folder = checked(clerk, ASKS)
    with pytest.raises(Refusal, match=NOTHING_READY):
        confirm_folder(folder=folder, digest=digest_of([]))


def test_only_the_files_of_which_something_was_said_are_checked_anew(clerk, cell_a, cell_b):
    folder = checked(clerk, FIRST, ASKS)
    asks = folder.batches.latest("pk")
    place = asks.result["faults"][0]["place"]
    recheck_folder(folder=folder, said={asks.pk: {"answers": {place: str(cell_b.pk)}}})
    assert states(folder) == [CHECKED, BatchState.TO_CHECK]
    worked()
    save(folder)
    assert Member.objects.get(full_name="Lò Văn Bốn").spells.get().unit == cell_b


def test_all_saved_files_are_taken_back_at_once(clerk, cell_a):
    before = everything()
    folder = checked(clerk, FIRST, a_list("Lò Văn Một", "Lò Văn Ba"))
    save(folder)
    save(folder)
    assert revert_folder(user=None, folder=folder) == []
    assert everything() == before
    assert states(folder) == [BatchState.REVERTED, BatchState.REVERTED]
    with pytest.raises(Refusal, match=NOTHING_WRITTEN):
        revert_folder(user=None, folder=folder)


def test_two_first_lists_of_one_cell_are_one_load(clerk, cell_a):
    files = [(f"{name}.xlsx", a_list(name)) for name in ("Lò Văn Một", "Lò Văn Hai")]
    folder = receive_folder(user=clerk, name="ds.zip", files=files)
    worked()
    save(folder)
    assert states(folder) == [WRITTEN, WRITTEN]
    assert set(Spell.objects.values_list("start_reason", "started_on")) == {
        (StartReason.RECEIVED_WITH_UNIT, cell_a.started_on)
    }
    later = receive_file(user=clerk, name="3.xlsx", content=a_list("Lò Văn Ba"))
    worked()
    later.refresh_from_db()
    assert [fault["options"] != [] for fault in later.result["faults"]] == [True]


def test_a_file_taken_back_alone_does_not_keep_the_others(clerk, cell_a):
    before = everything()
    folder = checked(clerk, FIRST, SECOND)
    save(folder)
    revert_batch(user=None, batch=folder.batches.latest("pk"))
    revert_folder(user=None, folder=folder)
    assert everything() == before


def test_what_was_edited_later_stands_in_the_way_or_is_kept_and_told_of_its_file(clerk, cell_a):
    folder = checked(clerk, FIRST, SECOND)
    save(folder)
    correct(row=Member.objects.get(full_name="Lò Văn Ba"), hometown="Bản 3")
    with pytest.raises(Refusal):
        revert_folder(user=None, folder=folder)
    assert states(folder) == [WRITTEN, WRITTEN]
    assert len(revert_folder(user=None, folder=folder, keep_later=True)) == 1
    first, second = folder.batches.order_by("pk")
    assert (first.result["kept"], [line[1] for line in second.result["kept"]]) == ([], ["Lò Văn Ba"])
    assert names() == ["Lò Văn Ba"]


def test_taking_all_back_asks_for_a_fresh_sign_in(clerk, cell_a):
    folder = checked(clerk, FIRST)
    save(folder)
    with pytest.raises(SignInAgain):
        revert_folder(user=clerk, folder=folder)
    assert states(folder) == [WRITTEN]


def test_each_file_is_saved_in_the_name_of_the_sender(clerk, cell_a):
    save(checked(clerk, FIRST, SECOND))
    written = Entry.objects.filter(reason__startswith="Nhập từ tệp")
    assert set(written.values_list("user", "reason")) == {
        (clerk.pk, "Nhập từ tệp 1.xlsx"),
        (clerk.pk, "Nhập từ tệp 2.xlsx"),
    }


def test_what_is_not_saved_is_given_up_and_what_is_saved_stays(clerk, cell_a, cell_b):
    make_member(cell_a, "Lò Văn Cũ")
    folder = checked(clerk, FIRST, ASKS)
    save(folder)
    assert discard_folder(folder=folder) == 1
    assert states(folder) == [WRITTEN, BatchState.CANCELLED]
    with pytest.raises(Refusal):
        discard_folder(folder=folder)


def test_what_a_file_lacks_is_found_when_another_of_them_has_brought_it(clerk, cell_a):
    head = ("TT", "Họ và tên", "Ngày sinh", "Chi bộ")
    folder = checked(clerk, a_short_list(head, "Lò Văn Một", "17/05/1951"), FIRST)
    lacking = folder.batches.earliest("pk")
    assert [fault["message"] for fault in lacking.result["faults"]] == [
        "Giới tính: Trường này không được để trắng.",
        "Dân tộc: Trường này không được để trắng.",
    ]
    assert save(folder) == 1
    lacking.refresh_from_db()
    assert (lacking.state, lacking.result["faults"], lacking.result["counts"]["Đảng viên"]) == (
        CHECKED,
        [],
        {"same": 1},
    )
