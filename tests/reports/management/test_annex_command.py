"""`manage.py annex`: writes whole files, and says in Vietnamese what it cannot do."""

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from binhlu_portal.management import files
from reports.management.commands import annex
from reports.printed_forms.catalogue import ANNEXES
from tests.factories import make_member

MOMENT = ["--unit", "xa", "--as-of", "2026-03-01", "--since", "2025-07-01", "--year", "2025"]


def run(*arguments):
    call_command("annex", *arguments)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bieu.xlsx"


@pytest.mark.parametrize(
    ("code", "tabs"),
    [("1B", ["Biểu 1B"]), ("5B", ["5B-I", "5B-II"]), ("6", ["Biểu 6"]), ("9", ["Biểu 9"])],
)
def test_every_annex_is_written(cell_a, path, code, tabs, capsys):
    make_member(cell_a)
    run(code, *MOMENT, "-o", str(path))
    assert load_workbook(path).sheetnames == tabs
    assert f"Đã lưu Biểu {code}" in capsys.readouterr().out
    assert list(path.parent.iterdir()) == [path]


def test_the_annexes_stand_in_the_order_of_the_report():
    assert list(ANNEXES) == ["1B", "5B", "6", "9"]


def test_the_same_moment_gives_the_same_file(cell_a, path):
    run("1B", *MOMENT, "-o", str(path))
    first = path.read_bytes()
    run("1B", *MOMENT, "-o", str(path))
    assert path.read_bytes() == first


def test_without_a_moment_the_root_of_today_is_written(commune, path):
    run("1B", "-o", str(path))
    assert path.exists()


@pytest.mark.parametrize("code", ["1A", "7", "1b", ""])
def test_an_unknown_annex_is_refused_with_those_there_are(commune, path, code):
    with pytest.raises(CommandError, match=r"chọn một trong các biểu 1B, 5B, 6, 9"):
        run(code, *MOMENT, "-o", str(path))
    assert not path.exists()


def test_a_missing_annex_is_asked_for(commune, path):
    with pytest.raises(CommandError, match="Chưa chọn biểu nào"):
        run("-o", str(path))


def test_a_missing_file_is_asked_for(commune):
    with pytest.raises(CommandError, match=r"thêm “-o bieu-1b\.xlsx”"):
        run("1B", *MOMENT)


def test_an_unknown_unit_is_refused(commune, path):
    with pytest.raises(CommandError, match="Không có tổ chức đảng nào có mã “khong”"):
        run("1B", "--unit", "khong", "-o", str(path))
    assert not path.exists()


def test_a_folder_that_does_not_exist_is_refused(commune, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        run("1B", *MOMENT, "-o", str(tmp_path / "khong" / "bieu.xlsx"))


def test_a_folder_in_place_of_the_file_is_refused_and_left_clean(commune, path):
    path.mkdir()
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        run("1B", *MOMENT, "-o", str(path))
    assert list(path.parent.iterdir()) == [path]


def test_the_file_appears_only_when_it_is_whole(commune, path, monkeypatch):
    seen = []

    def refuse(unfinished, final):
        seen.extend(load_workbook(unfinished).sheetnames)
        raise OSError("busy")

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        run("1B", *MOMENT, "-o", str(path))
    assert seen == ["Biểu 1B"]
    assert list(path.parent.iterdir()) == []


def test_a_file_that_cannot_be_finished_leaves_the_old_one_as_it_was(commune, path, monkeypatch):
    path.write_text("cũ")

    def half(sheets, unfinished):
        unfinished.write_text("nửa")
        raise OSError("full")

    monkeypatch.setattr(annex.xlsx, "write", half)
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        run("1B", *MOMENT, "-o", str(path))
    assert path.read_text() == "cũ"
    assert list(path.parent.iterdir()) == [path]
