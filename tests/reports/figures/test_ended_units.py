"""A unit that has ended by the as-of day answers: it has nothing any more, and what happened to it still counts."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from members.choices import EndReason
from members.restructuring import actions as restructuring
from reports.figures import evaluate
from tests.factories import DECIDED, START, admit, leave_party, make_member, moment_of

END, DAY = date(2026, 2, 1), date(2026, 3, 15)
"""When the cell was merged, and the day of the question."""

COUNTED = {
    "members.total": 0,
    "units.total": 0,
    "units.merged": 1,
    "admissions.total": 1,
    "members.struck_off": 1,
    "discipline.members.total": 0,
}


@pytest.fixture
def ended(cell_a, cell_b):
    """A cell with an admission and one struck off, merged into another one."""
    admit(cell_a, date(2025, 9, 1))
    leave_party(make_member(cell_a), date(2025, 10, 1), EndReason.STRUCK_OFF)
    make_member(cell_a)
    restructuring.merge(cells=[cell_a], into=cell_b, day=END, decision=DECIDED)
    cell_a.refresh_from_db()
    return cell_a


def test_stocks_are_nought_and_events_of_the_period_count(ended):
    found = evaluate.results(moment_of(ended, DAY, since=START), COUNTED)
    assert {code: result.value for code, result in found.items()} == COUNTED


def test_what_happened_before_the_period_does_not_count(ended):
    found = evaluate.results(moment_of(ended, DAY, since=date(2026, 2, 2)), COUNTED)
    assert {result.value for result in found.values()} == {0}


def test_the_command_answers(ended):
    out = StringIO()
    asked = {"unit": ended.code, "as_of": DAY, "since": START, "format": "json"}
    call_command("figures", stdout=out, **asked)
    figures = json.loads(out.getvalue())["figures"]
    assert {code: figures[code]["value"] for code in COUNTED} == COUNTED
    with pytest.raises(CommandError, match="không tồn tại ngày 15/03/2026"):
        call_command("annex", "1B", output="khong-ghi.xlsx", unit=ended.code, as_of=DAY, since=START)


def test_its_pages_answer_and_those_of_what_stands_say_why_not(client, clerk, ended):
    client.force_login(clerk)
    asked = {"don_vi": ended.code, "ngay": "15/03/2026", "tu": "01/07/2025"}
    page = client.get(reverse("report"), asked)
    assert page.status_code == 200
    assert "Chi bộ a" in page.content.decode()
    for code, value in COUNTED.items():
        assert client.get(reverse("figure", args=[code]), asked).status_code == 200, code
        table = client.get(reverse("figure", args=[code]), asked).context["table"]
        assert table.paginator.count == value, code
    split = client.get(reverse("figure", args=["members.struck_off"]), asked | {"chia": "1"})
    assert split.status_code == 200
    assert "không tồn tại ngày 15/03/2026" in client.get(reverse("members"), asked).content.decode()
