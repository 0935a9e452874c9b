import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from binhlu_portal.audit.models import Entry
from binhlu_portal.audit.revert import revert
from binhlu_portal.spreadsheets.data_workbook.reader import HELP
from members.models import Member, Spell
from organizations.models import Unit
from tests.binhlu_portal.spreadsheets.books import everything, written
from tests.factories import make_member, make_root, make_unit
from tests.proofs import undone


@pytest.fixture
def lan(cell_a):
    return make_member(cell_a, "Lò Thị Lan")


@pytest.fixture
def edit(clerk, lan, tmp_path):
    """Return the path of the clerk's workbook with other values in cells: {(sheet, cell): value}."""

    def edit(cells):
        path = tmp_path / "du-lieu.xlsx"
        path.write_bytes(written(clerk))
        made = load_workbook(path)
        for (sheet, cell), value in cells.items():
            made[sheet][cell] = value
        made.save(path)
        return path

    return edit


RIGHT = {("Đảng viên", "B2"): "Lò Thị Mai"}
WRONG = {("Đảng viên", "B2"): "Lò Thị Mai", ("Đảng viên", "E2"): "khác"}


def bring(capsys, path, *options, user="clerk"):
    """Return (whether it succeeded, what was printed, what was said of errors) of the command."""
    try:
        call_command("import_workbook", str(path), "--user", user, *options)
    except CommandError as error:
        return False, capsys.readouterr().out, str(error)
    return True, capsys.readouterr().out, ""


def test_a_file_without_faults_is_written_by_its_account_as_one_act(capsys, edit, clerk, lan):
    done, printed, _ = bring(capsys, edit(RIGHT), user="Clerk")
    assert done
    assert printed.startswith("Đã lưu:\n")
    assert "Đảng viên, dòng 2, Lò Thị Mai: họ và tên: Lò Thị Lan → Lò Thị Mai" in printed
    lan.refresh_from_db()
    assert lan.full_name == "Lò Thị Mai"
    last = Entry.objects.order_by("pk").last()
    assert (last.user_id, last.reason) == (clerk.pk, "Nhập từ tệp du-lieu.xlsx")


def test_a_dry_run_tells_and_writes_nothing(capsys, edit):
    before = everything()
    done, printed, _ = bring(capsys, edit(RIGHT), "--dry-run")
    assert done
    assert printed.startswith("Chưa lưu gì. Nếu lưu:\n")
    assert "→ Lò Thị Mai" in printed
    assert everything() == before


def test_with_a_fault_nothing_is_written_and_its_cell_is_told(capsys, edit):
    before = everything()
    done, printed, error = bring(capsys, edit(WRONG))
    assert not done
    assert error == "Tệp có 1 lỗi: chưa lưu gì."
    assert "LỖI Đảng viên, E2, Lò Thị Mai, 17/05/1980: " in printed
    assert "(ghi: “khác”)" in printed
    assert everything() == before


def test_a_file_may_be_written_partly(capsys, edit):
    path = edit(WRONG | {("Quá trình sinh hoạt", "K2"): "Đảng bộ tỉnh mẫu"})
    done, printed, _ = bring(capsys, path, "--partly")
    assert done
    assert "LỖI Đảng viên, E2" in printed
    assert (Member.objects.get().full_name, Spell.objects.get().went_to) == ("Lò Thị Lan", "Đảng bộ tỉnh mẫu")


def test_a_dry_run_of_writing_partly_succeeds_when_only_faults_remain_out(capsys, edit):
    before = everything()
    done, printed, _ = bring(capsys, edit(WRONG), "--partly", "--dry-run")
    assert done
    assert printed.startswith("Chưa lưu gì. Nếu lưu:\n")
    assert everything() == before


@pytest.mark.parametrize(("cells", "done"), [(RIGHT, True), (WRONG, False)])
def test_the_result_may_be_had_as_json(capsys, edit, cells, done):
    found, printed, _ = bring(capsys, edit(cells), "--format", "json")
    told = json.loads(printed)
    assert (found, told["written"], len(told["faults"])) == (done, done, not done)
    assert told["counts"]["Đảng viên"] == {"changed" if done else "refused": 1}


def test_what_an_account_may_not_it_may_not_by_the_command(capsys, edit, leader):
    before = everything()
    done, _, error = bring(capsys, edit(RIGHT), user="leader")
    assert (done, error) == (False, "Tài khoản “leader” không có quyền ghi hồ sơ.")
    assert everything() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "kiểm tra đường dẫn"),
        (b"", "Tệp trống"),
        (b"PK\x03\x04", "hỏng"),
        (b"a;b\n1;2\n", "văn bản thường"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_in_words(capsys, clerk, tmp_path, content, words):
    path = tmp_path / "tep.xlsx"
    if content is not None:
        path.write_bytes(content)
    done, printed, error = bring(capsys, path)
    assert not done
    assert words in error
    assert error.endswith(".")
    assert printed == ""


def test_an_unknown_account_is_an_error(capsys, edit):
    done, _, error = bring(capsys, edit({}), user="nobody")
    assert (done, error) == (False, "Không có tài khoản “nobody”.")


def test_the_keeper_of_the_server_brings_the_first_records_into_an_empty_portal(capsys, db, tmp_path):
    path = tmp_path / "du-lieu.xlsx"
    with undone():
        make_member(make_unit("a", make_root()), "Lò Thị Lan")
        path.write_bytes(written())
    assert bring(capsys, path, user="nobody-yet")[0]
    assert sorted(Unit.objects.values_list("code", flat=True)) == ["a", "xa"]
    assert Member.objects.get().spells.get().unit.code == "a"
    again, _, error = bring(capsys, path, user="nobody-yet")
    assert (again, error) == (False, "Không có tài khoản “nobody-yet”.")


def test_the_first_records_are_one_act_that_can_be_taken_back(capsys, db, tmp_path):
    path = tmp_path / "du-lieu.xlsx"
    with undone():
        make_member(make_unit("a", make_root()), "Lò Thị Lan")
        path.write_bytes(written())
    last = Entry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    assert bring(capsys, path, user="nobody-yet")[0]
    brought = Entry.objects.filter(pk__gt=last)
    ((act, reason),) = set(brought.values_list("act", "reason"))
    assert (act is not None, reason) == (True, "Nhập từ tệp du-lieu.xlsx")
    revert(user=None, entries=Entry.objects.filter(act=act))
    assert not Unit.objects.exists()
    assert not Member.objects.exists()


def test_an_empty_template_is_written(capsys, clerk, lan, tmp_path):
    path = tmp_path / "mau.xlsx"
    call_command("workbook_template", "-o", str(path))
    assert capsys.readouterr().out == f"Đã lưu {path}: 0 hồ sơ.\n"
    made = load_workbook(path)
    assert made.sheetnames[0] == HELP
    assert made["Đảng viên"].max_row == 1


@pytest.mark.parametrize(("options", "units", "people"), [(["--filled"], 3, 1), (["--unit", "b"], 1, 0)])
def test_a_filled_workbook_holds_a_unit_or_everything(capsys, lan, cell_b, tmp_path, options, units, people):
    path = tmp_path / "du-lieu.xlsx"
    call_command("workbook_template", "-o", str(path), *options)
    made = load_workbook(path)
    assert made["Tổ chức đảng"].max_row == 1 + units
    assert made["Đảng viên"].max_row == 1 + people


def test_a_template_for_an_unknown_unit_or_into_no_folder_is_an_error(commune, tmp_path):
    with pytest.raises(CommandError, match="Không có tổ chức đảng mang mã “zzz”"):
        call_command("workbook_template", "-o", str(tmp_path / "a.xlsx"), "--unit", "zzz")
    assert not (tmp_path / "a.xlsx").exists()
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        call_command("workbook_template", "-o", str(tmp_path / "no" / "a.xlsx"))
