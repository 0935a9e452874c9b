from datetime import date
from decimal import Decimal

import pytest

from organizations.facts.actions import state_fact
from organizations.models.facts import quantity
from reports.figures import evaluate
from reports.narrative.content import paragraph
from reports.narrative.outline.parts import Sentence
from reports.placeholders.report import ReportValues
from tests.factories import START, moment_of
from tests.proofs import refused

DAY, LATER = date(2026, 1, 15), date(2026, 2, 1)


def state(unit, kind="population", value=100, day=DAY, **words):
    return state_fact(unit=unit, kind=kind, value=value, started_on=day, source="Niên giám mẫu", **words)


def test_a_fact_holds_until_the_next_of_its_kind(commune):
    before, after = state(commune), state(commune, value=120, day=LATER)
    before.refresh_from_db()
    assert (before.ended_on, after.is_open) == (LATER, True)
    with refused("Nội dung này đã ghi cho thời gian đó"):
        state(commune, value=90, day=date(2026, 1, 20))


def test_shares_of_different_groups_stand_beside_each_other(commune):
    for people in ("Thái", "Kinh"):
        state(commune, "ethnic_share", Decimal("26.86"), detail=people)
    assert commune.facts.filter(ended_on__gt=LATER).count() == 2


def test_results_of_reviews_stand_beside_each_other_and_are_summed_in_their_period(commune, cell_a):
    state(cell_a, "screened", 10)
    state(cell_a, "screened", 5, LATER)
    assert all(row.is_of_a_day and row.is_open for row in cell_a.facts.all())

    def screened(as_of, since):
        moment = moment_of(commune, as_of, since=since)
        return evaluate.results(moment, ["screening.screened"])["screening.screened"].value

    assert screened(LATER, START) == 15
    assert screened(LATER, date(2026, 1, 16)) == 5
    assert screened(DAY, START) == 10


@pytest.mark.parametrize(
    ("kind", "value", "detail", "sentence"),
    [
        ("area", None, "", "Ghi số, không âm"),
        ("area", -1, "", "Ghi số, không âm"),
        ("coverage", 101, "hộ gia đình", "Tỷ lệ không quá một trăm phần trăm."),
        ("coverage", 95, "", "Ghi rõ dân tộc, nhóm người hoặc ngân hàng."),
        ("bank_account", 1, "Ngân hàng", "riêng tài khoản ngân hàng thì để trống"),
        ("helped", Decimal("1.5"), "", "Số đảng viên phải là số nguyên."),
    ],
)
def test_a_fact_says_what_its_kind_asks_for(commune, kind, value, detail, sentence):
    with refused(sentence):
        state(commune, kind, value, detail=detail)


def test_a_fact_is_about_a_unit_that_exists(commune):
    with refused("không tồn tại ngày 30/06/2025"):
        state(commune, day=date(2025, 6, 30))


def test_numbers_are_written_as_offices_do():
    assert [quantity(value) for value in (Decimal("17239.15"), 18606.0, Decimal("20.80"), None)] == [
        "17.239,15",
        "18.606",
        "20,8",
        "",
    ]


def test_a_report_tells_facts_as_of_its_day_and_marks_what_is_not_written_down(commune):
    state(commune, "ethnic_share", Decimal("26.86"), detail="Thái")
    state(commune, "ethnic_share", Decimal("36.55"), detail="Kinh")

    def said(name, day):
        values = ReportValues.at(moment_of(commune, day))
        return values.piece(name).text, [gap.text for gap in values.gaps(f"{{{{ {name} }}}}")]

    assert said("facts.ethnic_shares.ke_ten", DAY) == ("Kinh 36,55%; Thái 26,86%", [])
    nothing = ("", ["[chưa ghi tỷ lệ các dân tộc: 01 đảng bộ xã – cần bổ sung]"])
    assert said("facts.ethnic_shares.ke_ten", date(2026, 1, 14)) == nothing


def test_a_sentence_about_a_fact_that_nobody_wrote_down_is_not_begun(commune):
    values = ReportValues.at(moment_of(commune, DAY))
    said = paragraph([Sentence("Dân số {{ facts.population.ke_ten }}.")], values)
    assert [piece.text for piece in said] == ["[chưa ghi dân số: 01 đảng bộ xã – cần bổ sung]"]
    state(commune)
    said = paragraph([Sentence("Dân số {{ facts.population.ke_ten }}.")], ReportValues.at(moment_of(commune, DAY)))
    assert "".join(piece.text for piece in said) == "Dân số 100 người."
