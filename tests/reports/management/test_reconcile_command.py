"""`manage.py reconcile`: what a person at a shell is told of a report that was sent."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_member

ASKED = ["--as-of", "2026-03-01", "--since", "2025-07-01"]


@pytest.fixture
def printed(tmp_path, cell_a):
    """Return what writes a file of printed figures; the cell has three members, four from October."""
    for gender in ("female", "female", "male"):
        make_member(cell_a, gender=gender)
    make_member(cell_a, day=date(2025, 10, 1))

    def write(text):
        path = tmp_path / "da-in.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def told(*args):
    out = io.StringIO()
    call_command("reconcile", *args, stdout=out)
    return out.getvalue()


LINES = "code,value,percentage\nmembers.female,2,50\nmembers.total,3,\nmembers.total,9,\n"


def test_text_tells_differences_and_how_many_agree(printed):
    answer = told(printed(LINES), *ASKED)
    assert answer.splitlines()[0] == "Không khớp ngày nào: Tổng số đảng viên (members.total, xa); đã in 9"
    assert "Số của ngày khác: Tổng số đảng viên (members.total, xa); đã in 3" in answer
    assert answer.splitlines()[-1] == "1 trên 3 số khớp với hồ sơ."


def test_json_tells_everything(printed):
    impossible, dated, equal = json.loads(told(printed(LINES), *ASKED, "--format", "json"))
    assert (impossible["verdict"], impossible["days"], impossible["value"]) == ("impossible", [], 4)
    assert (dated["verdict"], dated["days"]) == ("date", [["2025-07-01", "2025-09-30"]])
    assert (equal["code"], equal["base"], equal["percent"], equal["rounded"]) == ("members.female", 4, 50.0, 50)


def test_csv_has_a_line_for_each_figure(printed):
    rows = list(csv.DictReader(io.StringIO(told(printed(LINES), *ASKED, "--format", "csv"))))
    assert [row["verdict"] for row in rows] == ["impossible", "date", "equal"]
    assert rows[1]["days"] == "2025-07-01/2025-09-30"


def test_figures_of_another_unit_are_compared(printed):
    assert "1 trên 1 số khớp" in told(printed("members.total;4\n"), *ASKED, "--unit", "a")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("members.totl;1\nmembers.total;x\n", "Dòng 1: .*\nDòng 2: "), ("", "Tệp trống")],
    ids=["faulty", "empty"],
)
def test_what_is_wrong_with_a_file_is_told(printed, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        told(printed(text), *ASKED)


def test_a_file_that_is_missing_is_told(printed, tmp_path):
    with pytest.raises(CommandError, match="Chưa chọn tệp"):
        told(*ASKED)
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        told(str(tmp_path / "khong-co.csv"), *ASKED)
