"""A file brought in: checked, confirmed, written once and whole, taken back; or none of it."""

import errno
import hashlib
from io import BytesIO

import pytest
from django.db import OperationalError
from openpyxl import load_workbook

from binhlu_portal.audit.context import acting
from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import Refusal, correct
from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.jobs.actions import (
    ATTEMPTS,
    MOVED_ON,
    confirm,
    discard,
    recheck,
    revert_batch,
    work,
    work_on_next,
)
from binhlu_portal.spreadsheets.jobs.visibility import same_file_before
from binhlu_portal.spreadsheets.models import Batch, BatchState, Layout
from members.models import Member, Spell
from organizations.models import Role
from tests.binhlu_portal.spreadsheets.books import written
from tests.binhlu_portal.spreadsheets.files import PEOPLE, changed, checked, newcomer, saved
from tests.factories import clerk_of, make_member, make_root
from tests.ground import layer
from tests.proofs import again, records, refused


@layer
def lan(cell_a):
    """A member of cell A."""
    return make_member(cell_a, "Lan")


@layer
def file(clerk, lan):
    """The workbook of the commune in which Lan is called Mai."""
    return changed(written(clerk), (PEOPLE, 2, "Họ và tên", "Mai"))


def confirmed(batch, **how):
    """Return a checked batch that was confirmed and worked on."""
    confirm(batch=batch, digest=batch.digest, **how)
    work_on_next()
    return again(batch)


def test_a_file_is_kept_with_its_hash_and_its_sender(clerk, file):
    batch = again(jobs.receive_file(user=clerk, name="ds.xlsx", content=file))
    assert (bytes(batch.content), batch.size, batch.user) == (file, len(file), clerk)
    assert (batch.hash, batch.state) == (hashlib.sha256(file).hexdigest(), BatchState.TO_CHECK)


def test_a_long_name_keeps_its_end(clerk):
    assert jobs.receive_file(user=clerk, name="a" * 300 + ".xlsx", content=b"x").name.endswith("a.xlsx")


def test_a_check_tells_and_writes_nothing(clerk, file, lan):
    before = records()
    batch = checked(clerk, file)
    assert records() == before
    assert batch.state == BatchState.CHECKED
    assert batch.result["counts"][PEOPLE] == {"changed": 1}
    assert [(row, name, changes) for _, row, _, name, changes, _ in batch.result["changes"]] == [
        (2, "Mai", [["họ và tên", "Lan", "Mai"]])
    ]


def test_what_is_confirmed_is_written_as_one_act_in_the_name_of_the_sender(clerk, file, lan):
    batch = confirmed(checked(clerk, file))
    assert (batch.state, again(lan).full_name) == (BatchState.WRITTEN, "Mai")
    entries = Entry.objects.filter(act=batch.act)
    assert [(entry.user, entry.reason) for entry in entries] == [(clerk, "Nhập từ tệp ds.xlsx")]


def test_work_that_is_done_is_not_done_again(clerk, file, lan):
    batch = checked(clerk, file)
    confirm(batch=batch, digest=batch.digest)
    late = again(batch)
    work_on_next()
    entries = Entry.objects.count()
    work(late)
    assert work_on_next() is None
    assert Entry.objects.count() == entries


def test_the_file_that_waits_longest_comes_first(clerk):
    first, second = (jobs.receive_file(user=clerk, name=name, content=b"x") for name in ("1.xlsx", "2.xlsx"))
    assert [work_on_next().pk, work_on_next().pk] == [first.pk, second.pk]


def test_when_the_records_have_moved_on_nothing_is_written_and_the_new_result_is_kept(clerk, file, lan):
    batch = checked(clerk, file)
    confirm(batch=batch, digest=batch.digest)
    with acting(clerk):
        correct(row=lan, full_name="Mai")
    entries = Entry.objects.count()
    work_on_next()
    found = again(batch)
    assert (found.state, found.message) == (BatchState.CHECKED, MOVED_ON)
    assert found.digest != batch.digest
    assert found.result["writes"] == 0
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("partly", [False, True])
@pytest.mark.parametrize("lost", ["role", "account"])
def test_nothing_is_written_for_who_lost_the_right_meanwhile(clerk, file, lan, lost, partly):
    batch = checked(clerk, file)
    confirm(batch=batch, digest=batch.digest, partly=partly)
    if lost == "role":
        Role.objects.filter(user=clerk).delete()
    else:
        clerk.is_active = False
        clerk.save()
    before = again(lan)
    work_on_next()
    assert again(lan).full_name == before.full_name == "Lan"
    assert again(batch).state == BatchState.CHECKED


def test_a_secretary_writes_nothing_of_another_cell(clerk, secretary_b, file, lan):
    batch = checked(secretary_b, file)
    assert "ngoài phạm vi" in " ".join(fault["message"] for fault in batch.result["faults"])
    batch = confirmed(batch, partly=True)
    assert again(lan).full_name == "Lan"


def test_a_secretary_writes_the_own_cell(secretary_a, lan):
    batch = checked(secretary_a, changed(written(secretary_a), (PEOPLE, 2, "Họ và tên", "Mai")))
    assert confirmed(batch).state == BatchState.WRITTEN
    assert again(lan).full_name == "Mai"


STAY = {"Đảng viên": "M1", "Chi bộ": "a", "Từ ngày": "01/07/2025", "Lý do tăng": "Chuyển đến trong tỉnh"}


def test_new_people_come_with_their_stay_in_the_cell(clerk, cell_a):
    stay = [("Quá trình sinh hoạt", 2, heading, value) for heading, value in STAY.items()]
    content = changed(written(clerk, filled=False), (PEOPLE, 2, "Mã dòng", "M1"), *newcomer(), *stay)
    batch = confirmed(checked(clerk, content))
    assert batch.state == BatchState.WRITTEN, batch.result["faults"]
    assert Spell.objects.get().member == Member.objects.get()


def test_errors_hold_everything_back_unless_the_right_rows_are_asked_for(clerk, file, lan):
    wrong = changed(file, *newcomer(3, born="32/13/1990"))
    batch = checked(clerk, wrong)
    with refused("Tệp còn lỗi"):
        confirm(batch=batch, digest=batch.digest)
    assert confirmed(batch, partly=True).state == BatchState.WRITTEN
    assert [member.full_name for member in Member.objects.all()] == ["Mai"]


def test_only_what_was_seen_is_confirmed(clerk, file):
    batch = checked(clerk, file)
    with refused("kiểm tra lại sau khi mở trang"):
        confirm(batch=batch, digest="older")
    assert again(batch).state == BatchState.CHECKED


def test_values_put_right_on_screen_are_read_in_place_of_those_in_the_file(clerk, file):
    batch = checked(clerk, changed(file, (PEOPLE, 2, "Ngày sinh", "32/13/1990")))
    place = batch.result["faults"][0]["place"]
    recheck(batch=batch, mends={place: "17/05/1980"})
    work_on_next()
    assert again(batch).result["faults"] == []


def test_a_formula_becomes_the_value_put_in_its_place(clerk, file):
    batch = checked(clerk, changed(file, (PEOPLE, 2, "Họ và tên", '="Ma"&"i"')))
    fault = batch.result["faults"][0]
    assert "công thức" in fault["message"]
    recheck(batch=batch, mends={fault["place"]: "Mai"})
    work_on_next()
    assert again(batch).result["faults"] == []


def test_a_fault_found_by_a_rule_tells_what_stands_in_its_cell(clerk, lan):
    batch = checked(clerk, changed(written(clerk), (PEOPLE, 2, "Số định danh cá nhân", "12")))
    assert [fault["value"] for fault in batch.result["faults"]] == ["12"]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04broken"])
def test_what_cannot_be_read_says_why(clerk, content):
    batch = checked(clerk, content)
    assert batch.state == BatchState.UNREADABLE
    assert batch.message.endswith(".")


def test_a_workbook_of_somebody_else_is_not_known(clerk):
    book = load_workbook(BytesIO(written(clerk, filled=False)))
    for sheet in book.worksheets:
        sheet.delete_cols(1, 100)
    assert "Không nhận ra" in checked(clerk, saved(book)).message


def test_work_that_never_ends_is_given_up(clerk, file, monkeypatch):
    batch = jobs.receive_file(user=clerk, name="ds.xlsx", content=file)
    monkeypatch.setattr(jobs, "parse_file", fail)
    for attempt in range(1, ATTEMPTS + 1):
        with pytest.raises(ZeroDivisionError):
            work_on_next()
        assert (again(batch).attempts, again(batch).state) == (attempt, BatchState.TO_CHECK)
    work_on_next()
    assert again(batch).state == BatchState.FAILED
    assert "3 lần" in again(batch).message
    assert work_on_next() is None


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "no room"), OperationalError("database or disk is full")])
def test_a_full_disk_is_not_the_fault_of_the_file(clerk, file, monkeypatch, error):
    def full(*args):
        raise error

    batch = jobs.receive_file(user=clerk, name="ds.xlsx", content=file)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "parse_file", full)
        for _ in range(ATTEMPTS + 1):
            with pytest.raises(type(error)):
                work_on_next()
    work_on_next()
    assert again(batch).state == BatchState.CHECKED


def test_work_that_fails_at_the_end_leaves_nothing(clerk, file, lan, monkeypatch):
    batch = checked(clerk, file)
    confirm(batch=batch, digest=batch.digest)
    monkeypatch.setattr(jobs, "Now", fail)
    entries = Entry.objects.count()
    with pytest.raises(ZeroDivisionError):
        work_on_next()
    assert (again(batch).state, again(lan).full_name, Entry.objects.count()) == (BatchState.TO_WRITE, "Lan", entries)


def fail(*args, **kwargs):
    """Stand for anything that goes wrong."""
    raise ZeroDivisionError


def test_progress_is_forgotten_when_the_work_is_done(clerk, file, monkeypatch):
    seen = []
    told = jobs.progress.reporter

    def reporter(batch):
        tell = told(batch)

        def remember(done, total):
            tell(done, total)
            seen.append(progress.read(batch))

        return remember

    monkeypatch.setattr(jobs.progress, "reporter", reporter)
    batch = checked(clerk, file)
    assert seen[-1] == (batch.result["counts"][PEOPLE]["changed"] + same(batch), same(batch) + 1)
    assert progress.read(batch) is None


def same(batch):
    """Return how many records a file leaves as they are."""
    return sum(counts.get("same", 0) for counts in batch.result["counts"].values())


@pytest.mark.parametrize(
    "state", [BatchState.TO_CHECK, BatchState.TO_WRITE, BatchState.WRITTEN, BatchState.REVERTED, BatchState.CANCELLED]
)
def test_only_a_checked_file_is_confirmed(clerk, file, state):
    batch = checked(clerk, file)
    Batch.objects.filter(pk=batch.pk).update(state=state)
    with pytest.raises(Refusal):
        confirm(batch=batch, digest=batch.digest)
    assert again(batch).state == state


@pytest.mark.parametrize("state", [BatchState.TO_WRITE, BatchState.WRITTEN, BatchState.REVERTED, BatchState.CANCELLED])
@pytest.mark.parametrize("act", [recheck, discard])
def test_a_file_on_its_way_or_done_is_let_alone(clerk, file, act, state):
    batch = checked(clerk, file)
    Batch.objects.filter(pk=batch.pk).update(state=state)
    with pytest.raises(Refusal):
        act(batch=batch)
    assert again(batch).state == state


def test_a_file_given_up_is_never_written(clerk, file, lan):
    batch = checked(clerk, file)
    discard(batch=batch)
    assert work_on_next() is None
    assert (again(batch).state, again(lan).full_name) == (BatchState.CANCELLED, "Lan")


def test_the_same_file_is_known_again_once_it_was_written(clerk, secretary_a, file, lan):
    first = checked(clerk, file)
    second = checked(secretary_a, file)
    assert same_file_before(second) is None
    confirmed(first)
    assert same_file_before(second) == first
    assert same_file_before(again(first)) is None


def test_nobody_is_told_of_the_same_file_written_where_nothing_of_it_is_in_sight(clerk, file, lan):
    confirmed(checked(clerk, file))
    there = checked(clerk_of(make_root("khac"), "there"), file)
    assert same_file_before(there) is None


def test_what_columns_mean_is_remembered_once_for_each_shape(clerk):
    jobs.remember(user=clerk, mapping={"x!1": "alias", "y!0": "full_name"})
    jobs.remember(user=clerk, mapping={"x!1": "full_name"})
    meant = dict(Layout.objects.values_list("shape", "mapping"))
    assert meant == {"x": {"x!1": "full_name"}, "y": {"y!0": "full_name"}}


def test_a_file_is_taken_back_as_a_whole(clerk, file, lan, cell_a):
    hoa = make_member(cell_a, "Hoa")
    before = records()
    batch = confirmed(checked(clerk, changed(written(clerk), *names("Mai", "Huệ"))))
    assert {again(lan).full_name, again(hoa).full_name} == {"Mai", "Huệ"}
    with acting(clerk):
        assert revert_batch(user=None, batch=batch) == []
    assert records() == before
    assert again(batch).state == BatchState.REVERTED
    with pytest.raises(Refusal):
        revert_batch(user=None, batch=batch)


def names(*names):
    """Return the changes that give the first people of the workbook other names."""
    return [(PEOPLE, row, "Họ và tên", name) for row, name in enumerate(names, 2)]


def test_what_was_edited_later_stands_in_the_way_or_stays_and_is_told(clerk, lan, cell_a):
    hoa = make_member(cell_a, "Hoa")
    batch = confirmed(checked(clerk, changed(written(clerk), *names("Mai", "Huệ"))))
    with acting(clerk):
        correct(row=again(lan), full_name="Cúc")
    with refused("đã được sửa"):
        revert_batch(user=None, batch=batch)
    assert again(batch).state == BatchState.WRITTEN
    with acting(clerk):
        later = revert_batch(user=None, batch=batch, keep_later=True)
    assert [(entry.table, entry.row) for entry in later] == [("members_member", lan.pk)]
    assert [line[:3] for line in again(batch).result["kept"]] == [["đảng viên", "Cúc", [["họ và tên", "Cúc"]]]]
    assert (again(lan).full_name, again(hoa).full_name) == ("Cúc", "Hoa")
