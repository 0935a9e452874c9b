import re
import resource
import sys
import tracemalloc

import pytest

from binhlu_portal.sandbox import processes
from binhlu_portal.spreadsheets.sandbox import client, limits
from binhlu_portal.spreadsheets.sandbox.client import read
from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from tests.binhlu_portal.spreadsheets import hostile

MEGABYTE = 1024 * 1024
MEASURED = """
import os, pathlib, resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
pathlib.Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
os.kill(os.getpid(), -status) if status < 0 else sys.exit(status)
"""
"""A process between this one and the reader: the memory it tells is the reader's and not what this one has filled."""


@pytest.fixture
def bare(monkeypatch):
    """Run readers without bubblewrap, which shows this process nothing of theirs, nor them a file of the test."""
    monkeypatch.setattr(processes, "wrapped", lambda command, reach: [*command])


@pytest.fixture
def memory(bare, monkeypatch, tmp_path):
    """Return a function that tells how many bytes the last reader has filled."""
    told = tmp_path / "kilobytes"
    monkeypatch.setattr(client, "READER", [sys.executable, "-c", MEASURED, str(told), *client.READER])
    return lambda: int(told.read_text()) * 1024


@pytest.fixture
def reader(monkeypatch):
    """Return a function that puts a program of Python in the place of the reader."""

    def put(program):
        monkeypatch.setattr(client, "READER", [sys.executable, "-c", program])

    return put


@pytest.mark.parametrize("make", hostile.HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_is_refused_with_words_and_little_memory(make, memory):
    name, content, words = make()
    with pytest.raises(Unreadable, match=re.escape(words)):
        read(content, name)
    if 0 < len(content) <= limits.LARGEST:
        assert memory() < 200 * MEGABYTE


@pytest.mark.parametrize(
    "make",
    [hostile.high_ratio, hostile.many_cells_open, hostile.one_text_in_all_cells, hostile.many_columns_of_text],
    ids=lambda make: make.__name__,
)
def test_a_hostile_file_fills_no_memory_here(make):
    name, content, _ = make()
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            read(content, name)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2 * MEGABYTE


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import os; os.abort()", limits.HEAVY),
        ("import os; os.kill(os.getpid(), 9)", limits.HEAVY),
        ("import os; os.kill(os.getpid(), 11)", limits.BROKEN),
        ("raise ValueError('x')", limits.BROKEN),
        ("print('<html>')", limits.BROKEN),
        ("print('[1, 2]')", limits.BROKEN),
        ("print('{\"date\": 1}')", limits.BROKEN),
        ("print('[' * 100_000)", limits.BROKEN),
        ("raise SystemExit(3)", limits.BROKEN),
    ],
)
def test_whatever_happens_to_the_reader_there_is_an_answer(program, sentence, reader, capfd):
    reader(f"import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); {program}")
    with pytest.raises(Unreadable, match=re.escape(sentence)):
        read(b"a;b", "a.csv")
    assert capfd.readouterr() == ("", "")


def refused_after():
    """Return the seconds that a reader has worked before it was ended."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(Unreadable, match=re.escape(limits.HEAVY)):
        read(b"a;b", "a.csv")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before.ru_utime


def test_a_reader_that_does_not_end_is_ended(bare, reader, monkeypatch):
    monkeypatch.setattr(client, "SECONDS", 0.2)
    reader("while True: pass")
    assert refused_after() < 2


def test_the_reader_limits_its_work(bare, reader):
    reader(
        "from binhlu_portal.spreadsheets.sandbox import worker; worker.PROCESSOR_SECONDS = 1; "
        "worker.sheets_of = lambda *asked: sum(iter(int, 1)); worker.main()"
    )
    assert refused_after() < 2


def test_an_answer_that_grows_too_long_is_stopped(reader):
    reader("from binhlu_portal.spreadsheets.sandbox import worker; worker.LARGEST_RESULT = 4; worker.main()")
    with pytest.raises(Unreadable, match=re.escape(limits.HEAVY)):
        read(b"a;b", "a.csv")


def test_the_reader_knows_no_secrets(reader, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret@127.0.0.1/portal")
    told = "['A', 1, [], False, [], [], []]"
    reader(f"import json, os; print(json.dumps({told})); print(json.dumps([*os.environ.values()]))")
    assert "secret" not in str(read(b"a;b", "a.csv"))


def test_a_refusal_names_what_the_file_is_and_nothing_of_its_name_but_the_ending():
    with pytest.raises(Unreadable) as refusal:
        read(b"%PDF-1.7", "../../\0<b>danh sach.PdF?\n" + "x" * 200_000)
    assert str(refusal.value).startswith("Tệp tên là .pdfxx nhưng nội dung là tài liệu PDF.")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ds.xls", "<html><table><tr><td>Họ và tên</td></tr></table></html>"),
        ("ds.xls", '<?xml version="1.0"?><Workbook/>'),
        ("ds.xls", "STT\tHọ và tên\n1\tLò Văn An"),
        ("ds.xlsx", "STT;Họ và tên\n1;Lò Văn An"),
    ],
)
def test_what_excel_opens_is_to_be_saved_anew(name, content):
    with pytest.raises(Unreadable, match=r"Mở tệp bằng Excel, chọn Lưu thành"):
        read(content.encode(), name)


def test_odd_names_within_a_file_are_to_be_saved_anew():
    with pytest.raises(Unreadable, match=r"Mở tệp bằng Excel, lưu thành tệp \.xlsx mới"):
        read(hostile.packed({"xl\\workbook.xml": "<x/>"}), "ds.xlsx")
