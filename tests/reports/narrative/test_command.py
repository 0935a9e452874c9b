"""`manage.py report`: writes the whole document, and says in Vietnamese what it cannot do."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from reports.narrative import actions as narrative
from reports.narrative import document

from .docx_reader import lines

MOMENT = ["--unit", "xa", "--as-of", "2026-03-01", "--since", "2025-07-01", "--year", "2025"]


def test_the_report_is_written_with_what_the_committee_has_written(period, tmp_path, capsys):
    narrative.write_text(period=period, section="IV.3", text="Bài học.")
    path = tmp_path / "bao-cao.docx"
    call_command("report", *MOMENT, "-o", str(path))
    assert "Bài học." in lines(path.read_bytes())
    assert path.read_bytes() == document.build(period)[0][1]
    assert list(tmp_path.iterdir()) == [path]
    assert "Đã lưu báo cáo vào" in capsys.readouterr().out


def test_without_a_file_it_lies_where_the_command_runs(commune, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call_command("report", *MOMENT)
    assert [path.name for path in tmp_path.iterdir()] == [f"bao-cao-xa-{date(2026, 3, 1)}.docx"]


def test_only_a_commune_or_a_province_reports(cell_a, tmp_path):
    with pytest.raises(CommandError, match="chọn đảng bộ xã hoặc đảng bộ tỉnh"):
        call_command("report", "--unit", "a", *MOMENT[2:], "-o", str(tmp_path / "a.docx"))


def test_a_place_that_is_not_there_is_told(commune, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        call_command("report", *MOMENT, "-o", str(tmp_path / "khong" / "a.docx"))
