import pytest

from binhlu_portal.audit.models import Entry
from binhlu_portal.db.actions import Refusal, change
from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.models import BatchState
from members.models import Member, MemberState, Spell
from tests.binhlu_portal.spreadsheets.books import Book, everything, mark_of
from tests.factories import make_member, make_unit


@pytest.fixture
def lan(cell_a):
    return make_member(cell_a, "Lò Thị Lan")


@pytest.fixture
def written(clerk, lan, commune, monkeypatch, tmp_path):
    """What everything was, and a batch that has been written: people changed, moved and added."""
    monkeypatch.setattr(progress, "FOLDER", tmp_path)
    make_unit("b", commune)
    binh = make_member(lan.spells.get().unit, "Vàng A Bình")
    book, before = Book.of(clerk), everything()
    book.of_record(lan).update(full_name="Lò Thị Mai", hometown="Bản 02")
    book.of_record(binh.spells.get()).update(ended_on="01/02/2026", end_reason="Chuyển trong đảng bộ")
    stay = {"unit": "b", "started_on": "01/02/2026", "start_reason": "Chuyển trong đảng bộ"}
    book.add(Spell, member=mark_of(binh), **stay)
    book.add(Member, mark="M1", full_name="Lò Văn Mới", gender="Nam", born_on="1990", ethnicity="Kinh")
    book.add(Spell, member="M1", **stay)
    book.add(MemberState, member="M1", started_on="01/02/2026")
    monkeypatch.setattr(jobs, "parse_file", lambda *_: book.reading())
    batch = jobs.receive_file(user=clerk, name="danh-sach.xlsx", content=b"x")
    assert jobs.work_on_next() == batch
    batch.refresh_from_db()
    jobs.confirm(batch=batch, digest=batch.digest)
    jobs.work_on_next()
    batch.refresh_from_db()
    assert batch.state == BatchState.WRITTEN
    return before, batch


def test_an_import_is_one_act_of_its_sender(written, clerk):
    _, batch = written
    entries = Entry.objects.filter(act=batch.act)
    assert entries.count() == 2 + 4
    assert set(entries.values_list("user", "reason")) == {(clerk.pk, "Nhập từ tệp danh-sach.xlsx")}


def test_undoing_an_import_restores_every_value(written):
    before, batch = written
    assert everything() != before
    jobs.revert_batch(user=None, batch=batch)
    assert everything() == before
    batch.refresh_from_db()
    assert batch.state == BatchState.REVERTED


def test_what_was_edited_later_stands_in_the_way_and_nothing_is_undone(written, lan):
    _, batch = written
    lan.refresh_from_db()
    change(lan, hometown="Bản 03")
    after = everything()
    with pytest.raises(Refusal):
        jobs.revert_batch(user=None, batch=batch)
    assert everything() == after
    batch.refresh_from_db()
    assert batch.state == BatchState.WRITTEN


def test_what_was_edited_later_may_be_kept(written, lan):
    before, batch = written
    lan.refresh_from_db()
    change(lan, hometown="Bản 03")
    assert len(jobs.revert_batch(user=None, batch=batch, keep_later=True)) == 1
    before[Member][lan.pk]["hometown"] = "Bản 03"
    assert everything() == before


def test_an_import_is_undone_once(written):
    _, batch = written
    jobs.revert_batch(user=None, batch=batch)
    with pytest.raises(Refusal, match="đã xử lý xong"):
        jobs.revert_batch(user=None, batch=batch)
