"""Who sees and does what with a report of change, and that the form of the office closes it."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.audit.models import Entry
from binhlu_portal.dates.partial_dates import PartialDate
from members.change_reports import actions as change_reports
from members.change_reports.change_types import CHANGE_TYPES
from members.member_records.forms import LEVEL_PARTS
from members.models import ChangeReport, Member
from members.models.change_report import CARRIED
from members.positions.actions import appoint
from organizations.choices import RoleKind
from organizations.rights import Right
from tests.factories import DECIDED, leave_party, make_member, make_user
from tests.ground import layer
from tests.proofs import again, undone
from tests.record_types import filled

DAY = date(2026, 1, 15)
REPORTED = {code: change for code, change in CHANGE_TYPES.items() if change.kind}
TOLD = {
    "day": PartialDate("2026-01-10"),
    "place": "Chi bộ b",
    "years": 30,
    "note": "Theo đơn",
    "post": "deputy_secretary",
}


@layer
def lan(cell_a):
    """A member of cell A, long in the Party."""
    return make_member(cell_a, "Lò Thị Lan", joined_on="1990-01-05", decided_on="1990-01-02", official_on="1991-01-05")


@layer
def report(lan):
    """A report that she died, on a day that is known."""
    return change_reports.report_change(kind="died", member=lan, reported_on=DAY, day=PartialDate("2026-01-10"))


def report_of(change, member, unit):
    """Return a report of a type of change, of which everything is told."""
    told = {name: TOLD[name] for name in change.carries if name in TOLD}
    whom = {"member": member} if change.is_about_member else {"unit": unit, "newcomer": "Vàng A Mới"}
    return change_reports.report_change(kind=change.kind, reported_on=DAY, **whom, **told)


def write(report):
    return reverse("change-report-write", args=[report.pk])


def step(report, name):
    return reverse("change-report-step", args=[report.pk, name])


@pytest.fixture
def choose(client):
    """Return a function: where somebody is led who chooses a person and a type of change."""

    def choose(user, code, member=None, unit="a"):
        client.force_login(user)
        asked = {"don_vi": unit, "viec": code} | ({"dang_vien": member.pk} if member else {})
        return client.get(reverse("change"), asked)

    return choose


def test_a_secretary_writes_what_the_cell_decides_and_reports_the_rest(choose, secretary_a, lan):
    for code, change in CHANGE_TYPES.items():
        address = choose(secretary_a, code, lan).url
        assert address.startswith(reverse("change-report-new", args=[code])) == (change.right == Right.DECIDE), code
        if change.right == Right.EDIT:
            assert choose(secretary_a, code, lan).url == change.page(lan, None)


@pytest.mark.parametrize("code", sorted(CHANGE_TYPES.keys() - REPORTED.keys()))
def test_what_the_cell_writes_is_written_in_the_form_of_its_page(client, secretary_a, lan, code):
    client.force_login(secretary_a)
    assert type(client.get(CHANGE_TYPES[code].page(lan, None)).context["form"]) is CHANGE_TYPES[code].form


def test_the_office_writes_everything_and_what_is_reported_from_the_report(choose, clerk, lan, report):
    assert choose(clerk, "chuyen-di", lan).url == reverse("member-form", args=[lan.pk, "chuyen-di"])
    assert choose(clerk, "nguoi-moi", unit="a").url == f"{reverse('member-add')}?don_vi=a"
    assert choose(clerk, "tu-tran", lan).url == write(report)


OF_THE_OFFICE = {"state", "question", "answer", "reported_on", "closed_on", "search_name", "id"}
"""The fields of a report that are no part of what a cell reports of a change."""


def test_every_field_that_a_cell_fills_in_is_told_where_the_office_writes(client, clerk, lan, cell_a):
    """Also on the usual form, which somebody opens without having seen the report."""
    fields = {field.name for field in ChangeReport._meta.concrete_fields} - OF_THE_OFFICE
    assert fields == {"unit", "member", "newcomer", "kind", *CARRIED}
    assert set().union(*(change.carries for change in REPORTED.values())) == {"newcomer", *CARRIED}
    client.force_login(clerk)
    words = {"day": "10/01/2026", "place": "Chi bộ b", "years": "30 năm", "note": "Theo đơn", "post": "Phó Bí thư"}
    for code, change in REPORTED.items():
        with undone():
            if code == "thoi-chuc-vu":  # of a post that is held
                appoint(unit=cell_a, member=lan, post=TOLD["post"], day=date(2025, 12, 1), decision=DECIDED)
            report = report_of(change, lan, cell_a)
            usual = change.form(user=clerk, today=DAY, instance=report.member, initial={"dang_vien": [str(lan.pk)]})
            told = {write(report): client.get(write(report)).content.decode()}
            told[step(report, "hoi-lai")] = client.get(step(report, "hoi-lai")).content.decode()
            if "settling" in usual.fields:
                told["settling"] = usual.fields["settling"].help_text
            for page, shown in told.items():
                shown = shown.partition("record-form")[0].lower()
                assert report.person.lower() in shown, (code, page)
                for name in set(change.carries) - {"newcomer"}:
                    assert words[name].lower() in shown, (code, page, name)


def test_after_sending_the_page_leads_on_and_taking_back_stands_back(client, secretary_a, report):
    client.force_login(secretary_a)
    shown = client.get(report.get_absolute_url()).content.decode()
    assert '<a class="button" href="/">Về trang chính</a>' in shown
    assert f'<a class="button quiet" href="{step(report, "rut")}">Rút báo này</a>' in shown
    change_reports.ask_back(report=report, question="Ngày nào?")
    shown = client.get(report.get_absolute_url()).content.decode()
    assert f'<a class="button" href="{step(report, "tra-loi")}">' in shown


def test_who_decides_elsewhere_reports_here(choose, lan, cell_a, cell_b):
    user = make_user("hai vai", (RoleKind.CELL_SECRETARY, cell_a), (RoleKind.SECRETARIAT, cell_b))
    assert "/bao-thay-doi/tu-tran/" in choose(user, "tu-tran", lan).url
    page = choose(user, "tu-tran").content.decode()
    assert "Chọn đảng viên trước" in page
    assert f"dang_vien={lan.pk}" in page
    assert "Báo để Văn phòng" in page


def test_nobody_of_another_cell_is_chosen(choose, secretary_b, lan):
    page = choose(secretary_b, "tu-tran", lan, unit="b")
    assert "dang_vien" in page.context["form"].errors


def test_a_new_number_is_written_at_once(client, secretary_a, lan):
    client.force_login(secretary_a)
    address = reverse("member-form", args=[lan.pk, "sua-dien-thoai"])
    client.post(address, filled(client, address) | {"phone": "0912 345 678"})
    assert again(lan).phone == "0912345678"


@pytest.mark.parametrize("code", REPORTED)
def test_each_type_is_reported_and_fills_in_the_form_of_the_office(
    client, secretary_a, clerk, lan, cell_a, cell_b, code
):
    change = REPORTED[code]
    client.force_login(secretary_a)
    address = f"{reverse('change-report-new', args=[code])}?dang_vien={lan.pk}&don_vi=a"
    typed = {"day": "10/1/2026", "place": "chi bo b", "years": "30", "note": "Theo đơn", "newcomer": "vàng a mới"}
    typed["post"] = "deputy_secretary"
    if code == "thoi-chuc-vu":
        appoint(unit=cell_a, post="deputy_secretary", member=lan, day=date(2025, 12, 1), decision=DECIDED)
    sent = client.post(address, filled(client, address) | {name: typed[name] for name in change.carries})
    report = ChangeReport.objects.get()
    assert sent.url == report.get_absolute_url()
    assert (report.kind, report.unit, report.person) == (change.kind, cell_a, str(report.member or "Vàng A Mới"))
    client.force_login(clerk)
    page = client.get(write(report))
    form = page.context["form"]
    assert (page.status_code, type(form), form.right) == (200, change.form, Right.DECIDE)
    names = change.fill(report).keys() - {"don_vi"}
    assert [name for name in names if form[name].value() in (None, "")] == []
    if code == "chuyen-chi-bo":
        assert form["to"].value() == "b"


def test_a_form_names_the_carried_fields_that_are_needed(client, secretary_a, lan):
    client.force_login(secretary_a)
    address = f"{reverse('change-report-new', args=['huy-hieu'])}?dang_vien={lan.pk}"
    form = client.post(address, filled(client, address)).context["form"]
    assert (set(form.errors), form.fields["years"].label) == ({"years"}, "Huy hiệu")


def test_what_is_reported_is_shown_and_not_reported_again(client, secretary_a, lan, report):
    client.force_login(secretary_a)
    address = f"{reverse('change-report-new', args=['tu-tran'])}?dang_vien={lan.pk}"
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1][0] == report.get_absolute_url()
    assert "đã được báo ngày 15/01/2026" in response.content.decode()
    form = client.post(address, {"token": uuid4(), "day": ""}).context["form"]
    assert "không báo lại" in str(form.non_field_errors())
    assert ChangeReport.objects.count() == 1


def test_what_the_office_saves_closes_the_report_in_the_same_act(client, clerk, secretary_a, lan, report):
    client.force_login(clerk)
    sent = filled(client, write(report))
    assert (sent["why"], sent["day"]) == ("died", date(2026, 1, 10))
    for _ in range(2):
        assert client.post(write(report), sent | {"day": "10/01/2026"}).url == report.get_absolute_url()
    stay, closed = lan.spells.get(), again(report)
    assert (stay.end_reason, stay.ended_on) == ("died", date(2026, 1, 10))
    assert (closed.state, closed.closed_on) == ("done", timezone.localdate())
    acts = Entry.objects.filter(table__in=("members_spell", "members_changereport"), action="changed")
    assert len({entry.act for entry in acts}) == 1 and len(acts) == 2
    client.force_login(secretary_a)
    page = client.get(report.get_absolute_url()).content.decode()
    written = reverse("act", args=[acts[0].act])
    assert written in page
    assert "Từ trần" in client.get(written).content.decode()
    assert "Đã lưu hồ sơ" in client.get(reverse("home")).content.decode()


def test_taking_back_what_was_written_opens_the_report_again(client, clerk, lan, report):
    client.force_login(clerk)
    client.post(write(report), filled(client, write(report)) | {"day": "10/01/2026"})
    act = Entry.objects.filter(table="members_changereport").first().act
    address = reverse("act-revert", args=[act])
    client.post(address, filled(client, address) | {"reason": "Ghi nhầm", "xac_nhan": "1"})
    assert (again(report).state, again(report).closed_on, lan.spells.get().is_open) == ("waiting", None, True)


def test_nothing_is_written_from_a_report_that_was_taken_back_meanwhile(client, clerk, lan, report):
    client.force_login(clerk)
    sent = filled(client, write(report)) | {"day": "10/01/2026"}
    change_reports.withdraw(report=report, day=DAY)
    assert "Báo này đã xong" in client.post(write(report), sent).content.decode()
    assert lan.spells.get().is_open
    assert client.get(write(report)).url == report.get_absolute_url()


def test_what_the_office_has_written_already_is_told_and_closes_the_report(client, clerk, lan, report):
    leave_party(lan, date(2026, 1, 10), "died")
    client.force_login(clerk)
    page = client.get(write(report)).content.decode()
    assert "Hồ sơ đã có: Từ trần từ 10/01/2026" in page
    assert step(report, "da-ghi") in page
    client.post(step(report, "da-ghi"), {"token": uuid4()})
    assert again(report).state == "done"


@pytest.mark.parametrize(
    ("code", "form", "typed"),
    [
        ("xin-mien", "mien-sinh-hoat", {"kind": "age_health", "started_on": "01/01/2026"}),
        ("huy-hieu", "huy-hieu", {"years": "30", "awarded_on": "01/01/2026"}),
    ],
)
def test_a_record_that_says_it_already_is_told(client, clerk, lan, code, form, typed):
    report = report_of(REPORTED[code], lan, None)
    client.force_login(clerk)
    assert client.get(write(report)).context["already"] == ""
    address = f"{reverse('record-add', args=[form])}?dang_vien={lan.pk}"
    client.post(address, filled(client, address) | typed | {"settling": "0"})
    assert "01/01/2026" in client.get(write(report)).context["already"]


def test_a_question_goes_to_the_cell_and_its_answer_comes_back(client, clerk, secretary_a, report):
    client.force_login(clerk)
    assert client.get(reverse("home")).context["waiting"] == 1
    client.post(step(report, "hoi-lai"), {"token": uuid4(), "question": "Ngày 10 hay 11?"})
    assert client.get(reverse("home")).context["waiting"] == 0
    client.force_login(secretary_a)
    home = client.get(reverse("home")).content.decode()
    assert "Ngày 10 hay 11?" in home
    assert step(report, "tra-loi") in home
    sent = filled(client, step(report, "tra-loi"))
    assert sent["day"] == PartialDate("2026-01-10")
    client.post(step(report, "tra-loi"), sent | {"day": "11/1/2026", "answer": "Ngày 11."})
    answered = again(report)
    assert (answered.state, str(answered.day), answered.answer) == ("waiting", "11/01/2026", "Ngày 11.")


def test_a_report_is_declined_with_a_reason(client, clerk, secretary_a, report):
    client.force_login(clerk)
    form = client.post(step(report, "khong-ghi"), {"token": uuid4(), "why": ""}).context["form"]
    assert "why" in form.errors
    client.post(step(report, "khong-ghi"), {"token": uuid4(), "why": "Người khác cùng tên."})
    client.force_login(secretary_a)
    assert "Người khác cùng tên." in client.get(reverse("home")).content.decode()


def test_a_cell_takes_its_report_back(client, secretary_a, report):
    client.force_login(secretary_a)
    client.post(step(report, "rut"), {"token": uuid4()})
    assert again(report).state == "withdrawn"


OFFICE, CELL = {"hoi-lai", "khong-ghi", "da-ghi", "ghi"}, {"tra-loi", "rut"}


@pytest.mark.parametrize(
    ("person", "sees", "may", "offered"),
    [
        ("clerk", True, OFFICE | CELL, {"ghi", "hoi-lai", "khong-ghi"}),
        ("secretary_a", True, CELL, {"rut"}),
        ("leader", True, set(), set()),
        ("secretary_b", False, set(), set()),
        ("administrator", False, set(), set()),
    ],
)
def test_each_reads_and_does_what_is_theirs(request, client, report, lan, person, sees, may, offered):
    client.force_login(request.getfixturevalue(person))
    page = client.get(report.get_absolute_url())
    assert page.status_code == (200 if sees else 404)
    steps = {name: write(report) if name == "ghi" else step(report, name) for name in OFFICE | CELL}
    assert {name for name, address in steps.items() if client.get(address).status_code == 200} == may
    assert {name for name, address in steps.items() if address in page.content.decode()} == offered
    shown = client.get(lan.get_absolute_url())
    assert (report.get_absolute_url() in shown.content.decode()) == sees
    assert client.get(step(report, "khac")).status_code == 404


def test_who_has_no_record_is_added_from_the_report(client, clerk, cell_a):
    report = report_of(REPORTED["nguoi-moi"], None, cell_a)
    client.force_login(clerk)
    typed = {"gender": "male", "ethnicity": "mong", "way": "transferred_in", "day": "10/01/2026"}
    client.post(write(report), filled(client, write(report)) | typed)
    member = Member.objects.get()
    assert (member.full_name, member.spells.get().unit, again(report).state) == ("Vàng A Mới", cell_a, "done")
    assert member.spells.get().came_from == "Chi bộ b"


@pytest.mark.parametrize("number", [1, 30])
def test_home_and_list_ask_as_much_for_many_as_for_few(
    client, clerk, secretary_a, cell_a, number, django_assert_max_num_queries
):
    for _ in range(number):
        member = make_member(cell_a)
        change_reports.report_change(kind="died", member=member, reported_on=timezone.localdate() - timedelta(days=9))
    client.force_login(secretary_a)
    client.get(reverse("home"))
    with django_assert_max_num_queries(13):
        assert len(client.get(reverse("home")).context["reports"]) == min(number, 20)
    client.force_login(clerk)
    with django_assert_max_num_queries(11):
        assert client.get(reverse("home")).context["waiting"] == number
    with django_assert_max_num_queries(9):
        table = client.get(reverse("records", args=["bao-thay-doi"]), {"state": "waiting"}).context["table"]
    assert table.paginator.count == number


def test_the_list_keeps_what_is_open_whenever_it_was_reported(client, clerk, lan, report):
    client.force_login(clerk)
    address, later = reverse("records", args=["bao-thay-doi"]), {"tu": timezone.localdate().strftime("%d/%m/%Y")}
    assert client.get(address, later).context["table"].paginator.count == 1
    change_reports.close(report=report, day=DAY)
    assert client.get(address, later).context["table"].paginator.count == 0


def test_somebody_without_a_record_is_found_in_the_register(client, clerk, cell_a, lan, report):
    report_of(REPORTED["nguoi-moi"], None, cell_a)
    client.force_login(clerk)
    address = reverse("records", args=["bao-thay-doi"])
    for words, kind in (("vang moi", "newcomer"), ("lan", "died")):
        rows = client.get(address, {"tim": words}).context["table"].rows
        assert [row.record["kind"] for row in rows] == [kind]


def test_enter_in_the_search_looks_for_the_person_and_chooses_no_change(client, clerk, cell_a, lan, monkeypatch):
    monkeypatch.setattr("members.forms.MOST_LISTED", 1)
    make_member(cell_a, "Lò Văn Lan")
    client.force_login(clerk)
    asked = {"don_vi": "a", "dang_vien": "thi lan", "tim": "1"}
    found = client.get(reverse("change"), asked)
    assert found.url == f"{reverse('change')}?don_vi=a&dang_vien={lan.pk}"
    assert "<strong>Lò Thị Lan, sinh 17/05/1980</strong>" in client.get(found.url).content.decode()
    assert [name for _, name in client.get(reverse("change"), asked | {"dang_vien": "lan"}).context["people"]] == [
        "Lò Thị Lan, sinh 17/05/1980",
        "Lò Văn Lan, sinh 17/05/1980",
    ]
    for words in ("", "nguyen"):
        page = client.get(reverse("change"), asked | {"dang_vien": words})
        assert (page.context["people"], "Không thấy ai" in page.content.decode()) == ([], True)


def test_what_is_short_is_sent_from_the_page_of_the_person_and_what_is_open_is_not_sent_again(client, secretary_a, lan):
    client.force_login(secretary_a)
    address = f"{reverse('change')}?don_vi=a&dang_vien={lan.pk}"
    short = {code for code, change in CHANGE_TYPES.items() if change.is_told_at_once}
    assert short == {"tu-tran", "chuyen-chi-bo", "chuyen-di", "xin-ra", "xin-mien"}
    page = client.get(address)
    assert {code for code, _ in page.context["groups"]["at_once"]} == short
    sent = {"token": page.context["at_once"]["token"].value(), "day": "1/2026", "place": "", "note": ""}
    to = {code: f"{reverse('change-report-new', args=[code])}?dang_vien={lan.pk}" for code in short}
    refused = client.post(to["xin-mien"], sent | {"viec": "xin-mien"}).context["form"]
    assert (refused.errors.keys(), refused["day"].value()) == ({"note"}, "1/2026")
    client.post(to["tu-tran"], sent | {"viec": "tu-tran"})
    written = ChangeReport.objects.get()
    assert (written.kind, str(written.day)) == ("died", "01/2026")
    assert client.post(to["chuyen-di"], sent | {"viec": "chuyen-di"}).url == written.get_absolute_url()
    told = client.get(written.get_absolute_url()).content.decode()
    assert "Lần gửi trước đã được lưu; nội dung sửa sau đó thì chưa." in told
    page = client.get(address)
    offered = {code for group in ("at_once", "reported") for code, _ in page.context["groups"][group]}
    assert {CHANGE_TYPES[code].kind for code in offered} == {"badge", "entry"}  # of who died nothing else is told
    assert f'<a href="{written.get_absolute_url()}">' in page.content.decode()
    for code in short:
        answer = client.get(reverse("change-report-new", args=[code]), {"dang_vien": lan.pk})
        assert answer.url == written.get_absolute_url()


def test_what_was_typed_for_one_act_and_given_up_is_not_kept_for_another(client, secretary_a, lan):
    client.force_login(secretary_a)
    page = client.get(reverse("change"), {"don_vi": "a", "dang_vien": lan.pk}).content.decode()
    forms = [form for form in re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL) if "formaction" in form]
    assert [("data-draft" in form) for form in forms] == [False]


def test_whoever_writes_it_has_nothing_to_send(client, clerk, lan, report):
    client.force_login(clerk)
    groups = client.get(reverse("change"), {"don_vi": "a", "dang_vien": lan.pk}).context["groups"]
    assert (groups["at_once"], groups["reported"]) == ([], [])
    assert "tu-tran" in dict(groups["own"])


def test_a_new_telephone_number_is_written_from_the_page_of_the_person(client, secretary_a, lan):
    client.force_login(secretary_a)
    form = client.get(reverse("change"), {"don_vi": "a", "dang_vien": lan.pk}).context["phone"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"phone": "0912 345 678"}
    assert client.post(CHANGE_TYPES["dien-thoai"].page(lan, None), sent).status_code == 302
    lan.refresh_from_db()
    assert lan.phone.replace(" ", "") == "0912345678"


def test_a_person_of_another_cell_is_nobody_here(client, secretary_b, lan):
    client.force_login(secretary_b)
    page = client.get(reverse("change"), {"don_vi": "b", "dang_vien": lan.pk})
    assert (page.context["person"], page.context["people"]) == (None, [])


def test_only_posts_that_are_held_can_be_left(client, secretary_a, lan, cell_a):
    client.force_login(secretary_a)
    address = f"{reverse('change-report-new', args=['thoi-chuc-vu'])}?dang_vien={lan.pk}"
    field = client.get(address).context["form"].fields["post"]
    assert ([key for key, _ in field.choices], "không ghi Lò Thị Lan giữ chức vụ nào" in field.help_text) == (
        [""],
        True,
    )
    appoint(unit=cell_a, post="front_head", member=lan, day=date(2025, 12, 1))
    form = client.get(address).context["form"]
    assert ([key for key, _ in form.fields["post"].choices], form["post"].value()) == (["", "front_head"], "front_head")


def test_who_bears_the_name_of_a_member_is_asked_about(client, secretary_a, lan):
    client.force_login(secretary_a)
    address = f"{reverse('change-report-new', args=['nguoi-moi'])}?don_vi=a"
    sent = filled(client, address) | {"newcomer": "lò thị lan"}
    asked = client.post(address, sent)
    form, fault = asked.context["form"], "<strong>Lỗi:</strong>"
    assert (fault in asked.content.decode(), fault in client.post(address).content.decode()) == (False, True)
    assert form.asks == ["Chi bộ đã có Lò Thị Lan, sinh 17/05/1980; người mới chuyển đến là một người khác cùng tên."]
    sure = [key for key, _ in form.fields["sure"].choices]
    assert client.post(address, sent | {"sure": sure}).status_code == 302


@pytest.mark.parametrize("code", ["viec-lam", "hoc-van", "ly-luan"])
def test_what_is_new_of_levels_is_asked_in_parts_with_today_filled_in(client, secretary_a, lan, code):
    client.force_login(secretary_a)
    form = client.get(CHANGE_TYPES[code].page(lan, None)).context["form"]
    asked = [field.name for field in form.visible_fields() if field.name not in ("started_on", "reason")]
    assert asked == list(LEVEL_PARTS[code])
    assert form["started_on"].value() == timezone.localdate()


def test_an_exemption_by_age_is_filled_in(client, secretary_a, clerk, lan):
    address = CHANGE_TYPES["suc-yeu"].page(lan, None)
    client.force_login(secretary_a)
    form = client.get(address).context["form"]
    assert (form["kind"].value(), form["started_on"].value()) == ("age_health", timezone.localdate())
    assert {field.name for field in form.visible_fields()} == {"kind", "started_on", "ended_on", "reason"}
    client.post(address, {field.html_name: field.value() or "" for field in form})
    assert lan.exemptions.get().started_on == timezone.localdate()
    client.force_login(clerk)
    form = client.get(address).context["form"]
    assert (form["kind"].value(), form["started_on"].value()) == (None, None)


def test_a_cell_reads_the_state_beside_the_name_and_not_its_own_name_in_each_row(client, secretary_a, clerk, report):
    address, shown = reverse("records", args=["bao-thay-doi"]), {}
    for user, unit in ((secretary_a, "a"), (clerk, "xa")):
        client.force_login(user)
        page = client.get(address, {"don_vi": unit})
        shown[unit] = [column.label for column, is_shown in page.context["columns"] if is_shown]
    assert shown["a"][:2] == ["Tình trạng", "Việc"]
    assert ("Chi bộ" in shown["a"], "Chi bộ" in shown["xa"]) == (False, True)
    client.force_login(secretary_a)
    chosen = client.get(address, {"don_vi": "a", "cot": ["chi-bo"]}).context["columns"]
    assert [column.label for column, is_shown in chosen if is_shown] == ["Chi bộ"]
