"""Who signs what is made in a period, and how its report is printed."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from binhlu_portal.db.actions import Refusal
from organizations.choices import StatisticsForm
from organizations.scope import SYSTEM
from reports.narrative import content, document
from reports.narrative.outline.queries import built_in
from reports.placeholders.report import readings
from reports.printed_forms import layout
from reports.printed_forms.catalogue import STATISTICS
from reports.reporting_periods import actions as reporting_periods
from tests.reports.narrative.docx_reader import lines

TODAY = date(2026, 3, 10)


def opened(unit):
    """Return a period of `unit`, opened now."""
    asked = {"as_of": date(2026, 3, 1), "since": date(2025, 7, 1), "year": 2025, "due_on": date(2026, 3, 20)}
    return reporting_periods.open_period(unit=unit, **asked, today=TODAY)


def test_who_signs_is_set_once_for_reports_annexes_and_statistics(commune, cell_a):
    signed = {"authority": "T/M ĐẢNG ỦY", "post": "BÍ THƯ", "signer": "Người Ký", "office_signer": "Trưởng Ban Mẫu"}
    period = opened(commune)
    reporting_periods.set_signature(period=period, office_post="Phó Trưởng ban", explains=True, **signed)
    moment = period.moment(SYSTEM)
    shown = layout.frame(moment).signature
    assert (shown.authority, shown.post, shown.name) == ("T/M ĐẢNG ỦY", "BÍ THƯ", "Người Ký")
    shown = layout.form_frame(moment, StatisticsForm.LEDGER, "Người").signature
    assert (shown.authority, shown.post, shown.name) == ("Ban Xây dựng Đảng", "Phó Trưởng ban", "Trưởng Ban Mẫu")
    [(_, file)] = document.build(period)
    assert [line for line in lines(file) if line in signed.values()] == ["T/M ĐẢNG ỦY", "BÍ THƯ", "Người Ký"]
    other = replace(moment, as_of=moment.since)
    assert layout.frame(other).signature.name is None


def test_the_next_period_takes_over_who_signs_but_no_name(commune, cell_a):
    period = opened(commune)
    signed = {"authority": "T/M ĐẢNG ỦY", "post": "BÍ THƯ", "office_post": "Phó Trưởng ban", "explains": True}
    signed["form_suffix"] = "BTCTU"
    reporting_periods.set_signature(period=period, signer="Người Ký", office_signer="Trưởng Ban Mẫu", **signed)
    reporting_periods.close_period(period=period, today=TODAY)
    with pytest.raises(Refusal, match="đã khóa: mở lại kỳ đó"):
        reporting_periods.set_signature(period=period, signer="Khác")
    later = opened(commune)
    assert {name: getattr(later, name) for name in signed} == signed
    assert (later.signer, later.office_signer) == ("", "")


def test_it_is_typed_on_a_page_of_those_who_decide(client, commune, cell_a, clerk, leader):
    period = opened(commune)
    address = reverse("period-signature", args=[period.pk])
    client.force_login(leader)
    assert client.get(address).status_code == 404
    client.force_login(clerk)
    assert address in client.get(reverse("period-report", args=[period.pk])).content.decode()
    form = client.get(address).context["form"]
    typed = {"token": form["token"].value(), "seen": form["seen"].value() or "", "signer": "Người Ký", "explains": "on"}
    assert client.post(address, typed).url == reverse("period-report", args=[period.pk])
    report = client.get(reverse("period-report", args=[period.pk])).content.decode()
    assert "<strong>Người Ký</strong>" in report
    assert 'id="chu-thich-1"' in report


def test_the_number_of_a_form_ends_as_the_period_says(client, commune, cell_a, clerk):
    period = opened(commune)
    (before,) = STATISTICS["1-BTCTW"](period.moment(SYSTEM))
    client.force_login(clerk)
    address = reverse("period-signature", args=[period.pk])
    form = client.get(address).context["form"]
    typed = {"token": form["token"].value(), "seen": form["seen"].value() or "", "form_suffix": " -BTCTU"}
    assert client.post(address, typed).status_code == 302
    period.refresh_from_db()
    for code, made in STATISTICS.items():
        number = code.removesuffix("-BTCTW")
        for sheet in made(period.moment(SYSTEM)):
            assert (sheet.code, sheet.heading.form) == (f"Biểu số {number}-BTCTU",) * 2
            assert f"{number}-BTCTU" in sheet.tab
    assert (before.code, before.tab) == ("Biểu số 1-BTCTW",) * 2
    moment = period.moment(SYSTEM)
    (of_cell,) = STATISTICS["3-BTCTW"](replace(moment, unit=cell_a))
    (of_another_day,) = STATISTICS["3-BTCTW"](replace(moment, as_of=TODAY))
    assert (of_cell.code, of_another_day.code) == ("Biểu số 3-BTCTU", "Biểu số 3-BTCTW")


def test_how_figures_are_counted_is_told_only_where_it_is_asked_for(commune, cell_a):
    period = opened(commune)
    moment = period.moment(SYSTEM)
    told, explained = (content.report(moment, built_in("nq21"), explains=each).notes for each in (False, True))
    assert set(told).isdisjoint(readings().values())
    assert not set(explained).isdisjoint(readings().values())
