"""Whom each kind of reminder finds: those just inside the month, and nobody just outside."""

from datetime import date, timedelta

import pytest

from members.admissions import actions as admissions
from members.choices import BADGES, EndReason, ExemptionKind, Post
from members.discipline.actions import suspend
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Badge, Exemption
from members.positions import actions as positions
from members.reminders.kinds import REMINDERS, counts
from members.reminders.spans import first_day_of
from organizations.scope import SYSTEM
from tests.factories import DECIDED, admit, discipline, leave_party, make_member, make_person, moment_of, reduce_fee

ONE = timedelta(days=1)
AS_OF = date(2026, 3, 1)


def listed(code, unit, month, *, as_of=AS_OF, user=SYSTEM):
    """Return the rows of a kind as people read them, {column: text} by the first column."""
    moment = moment_of(unit, as_of, user=user)
    span = REMINDERS[code].span(first_day_of(month, as_of))
    listing = REMINDERS[code].listing(span, moment.in_force)
    rows = listing.rows(REMINDERS[code].rows(moment, span), moment)
    written = [{column.label: column.write(row[column.path]) for column in listing.columns} for row in rows]
    return {row[listing.columns[0].label]: row for row in written}


def found(code, unit, month, **asked):
    """Return the names of those whom a kind finds, in order."""
    return list(listed(code, unit, month, **asked))


# --- Probation ---


def probationer(cell, name, joined_on, **fields):
    """Make somebody on probation who came from elsewhere."""
    return make_member(cell, name, joined_on=joined_on, official_on=None, **fields)


@pytest.mark.parametrize(
    ("joined_on", "month"),
    [
        ("2025-03-31", "2026-03"),
        ("2025-04-01", "2026-04"),
        ("2025-04-30", "2026-04"),
        ("2025-05-01", "2026-05"),
        ("2024-02-28", "2025-02"),
        ("2024-02-29", "2025-03"),
        ("2025-04", "2026-04"),
        ("2025", "2026-01"),
    ],
)
def test_probation_ends_in_one_month(commune, cell_a, joined_on, month):
    probationer(cell_a, "Lan", joined_on)
    months = ["2025-02", "2025-03", *(f"2026-{number:02}" for number in range(1, 7))]
    assert [each for each in months if found("het-du-bi", commune, each)] == [month]


def test_probation_is_told_with_its_last_day_and_the_last_to_vote(cell_a):
    admit(cell_a, date(2025, 12, 5), "Lan")
    probationer(cell_a, "Minh", "2025-12")
    rows = listed("het-du-bi", cell_a, "2026-12")
    assert (rows["Lan"]["Hết dự bị"], rows["Lan"]["Hạn chi bộ họp xét"]) == ("05/12/2026", "15/01/2027")
    assert rows["Minh"]["Hết dự bị"] == "01/12/2026 (không rõ ngày)"
    assert list(rows) == ["Minh", "Lan"]


def test_nobody_ends_probation_who_is_official_or_gone(cell_a):
    official, gone, late = (admit(cell_a, date(2025, 8, 1), name) for name in ("Lan", "Minh", "Hoa"))
    admissions.make_official(admission=official)
    leave_party(gone.member, date(2026, 2, 1), EndReason.STRUCK_OFF)
    admissions.make_official(admission=late, day=date(2026, 9, 1))
    assert found("het-du-bi", cell_a, "2026-08", as_of=date(2026, 8, 5)) == ["Hoa"]


# --- Badges ---


def veteran(cell, name, decided_on, **fields):
    """Make an official member by a decision of a day."""
    return make_member(cell, name, **({"born_on": "1910"} | fields), decided_on=decided_on, joined_on=decided_on)


@pytest.mark.parametrize(
    ("decided_on", "badge", "turn"),
    [
        ("1996-02-03", "30 năm", "Đủ trong đợt này"),
        ("1995-11-08", "30 năm", "Đủ trong đợt này"),
        ("1995-11-07", "30 năm", "Đã đủ từ đợt trước"),
        ("1986-02-03", "40 năm", "Đủ trong đợt này"),
        ("1986-02-04", "30 năm", "Đã đủ từ đợt trước"),
        ("1936-02-03", "90 năm", "Đủ trong đợt này"),
        ("1930", "90 năm", "Đã đủ từ đợt trước"),
        ("1996-02", "30 năm", "Đủ trong đợt này"),
    ],
)
def test_a_badge_is_due_by_the_day_of_award(commune, cell_a, decided_on, badge, turn):
    veteran(cell_a, "Lan", decided_on)
    row = listed("huy-hieu", commune, "2026-02")["Lan"]
    assert (row["Huy hiệu"], row["Đợt"]) == (badge, turn)


@pytest.mark.parametrize("decided_on", ["1996-02-04", "1996-03", None])
def test_no_badge_is_due_before_the_years_are_full(cell_a, decided_on):
    veteran(cell_a, "Lan", decided_on)
    assert found("huy-hieu", cell_a, "2026-02") == []


def test_a_day_known_in_part_counts_from_its_first_and_says_so(cell_a):
    veteran(cell_a, "Lan", "1986-02")
    veteran(cell_a, "Minh", "1986-02-01")
    rows = listed("huy-hieu", cell_a, "2026-02")
    assert [row["Ngày đủ năm"] for row in rows.values()] == ["01/02/2026 (không rõ ngày)", "01/02/2026"]


def test_the_decision_comes_before_the_day_of_entry_and_that_before_nothing(cell_a):
    make_member(cell_a, "Lan", decided_on="1996-02-03", joined_on="1996-02-20")
    make_member(cell_a, "Minh", joined_on="1996-02-03")
    make_member(cell_a, "Hoa", decided_on="1996-02-04", joined_on="1996-02-03")
    assert found("huy-hieu", cell_a, "2026-02") == ["Lan", "Minh"]


def test_the_highest_badge_comes_first(cell_a):
    for name, year in (("An", 1996), ("Bình", 1966), ("Chi", 1986), ("Dung", 1966)):
        veteran(cell_a, name, f"{year}-01-01")
    assert found("huy-hieu", cell_a, "2026-02") == ["Bình", "Dung", "Chi", "An"]


@pytest.mark.parametrize(
    ("years", "awarded_on", "is_due"),
    [
        (30, date(2016, 2, 3), True),
        (40, date(2026, 2, 3), False),
        (45, date(2026, 2, 20), False),
        (40, date(2026, 3, 1), False),
        (40, date(2026, 3, 2), True),
    ],
)
def test_who_has_the_badge_or_a_higher_one_is_not_due(cell_a, years, awarded_on, is_due):
    member = veteran(cell_a, "Lan", "1986-01-01")
    Badge.objects.create(member=member, years=years, awarded_on=awarded_on)
    assert found("huy-hieu", cell_a, "2026-02") == (["Lan"] if is_due else [])


def test_a_badge_written_down_for_a_coming_day_of_award_is_not_due_on_it(cell_a):
    member = veteran(cell_a, "Lan", "1986-04-01")
    assert found("huy-hieu", cell_a, "2026-05") == ["Lan"]
    member_records.award_badge(member=member, years=40, awarded_on=date(2026, 5, 19))
    assert found("huy-hieu", cell_a, "2026-05") == []


def test_only_official_members_have_a_badge_and_the_exempt_too(cell_a):
    veteran(cell_a, "Lan", "1986-01-01", official_on=None)
    veteran(cell_a, "Minh", "1986-01-01", official_on="2026-03-02")
    exempt = veteran(cell_a, "Hoa", "1986-01-01", official_on="2026-03-01")
    member_records.exempt(member=exempt, kind=ExemptionKind.AGE_HEALTH, day=AS_OF)
    assert found("huy-hieu", cell_a, "2026-02") == ["Hoa"]


def test_time_outside_the_party_is_no_part_of_the_years(cell_a, cell_b):
    for name, back in (("Lan", "readmitted"), ("Minh", "restored")):
        member = veteran(cell_a, name, "1996-04-20")
        first = member.spells.get()
        leave_party(member, date(2025, 12, 1), EndReason.EXPELLED)
        row = {"member": member, "unit": cell_b, "started_on": date(2025, 12, 31), "start_reason": back}
        type(first).objects.create(**row)
    assert found("huy-hieu", cell_b, "2026-05") == ["Minh"]
    assert str(listed("huy-hieu", cell_b, "2026-09")["Lan"]["Ngày đủ năm"]) == "20/05/2026"


def test_the_list_and_the_reckoning_agree_on_the_badge(cell_a):
    last = date(2026, 2, 3)
    for badge in BADGES:
        for days in (-1, 0, 1):
            veteran(cell_a, f"{badge} {days}", (last.replace(year=last.year - badge) + days * ONE).isoformat())
    rows = listed("huy-hieu", cell_a, "2026-02")
    for name, row in rows.items():
        badge, days = name.split()
        reached = int(badge) if int(days) <= 0 else BADGES[BADGES.index(int(badge)) - 1]
        assert row["Huy hiệu"] == f"{reached} năm", name
    assert len(rows) == 3 * len(BADGES) - 1


# --- Exemptions and reliefs ---


@pytest.mark.parametrize(
    ("until", "month"), [(date(2026, 4, 1), "2026-04"), (date(2026, 4, 30), "2026-04"), (date(2026, 5, 1), "2026-05")]
)
def test_exemptions_and_reliefs_are_told_in_the_month_of_their_end(cell_a, until, month):
    member = make_member(cell_a, "Lan")
    member_records.exempt(member=member, kind=ExemptionKind.AGE_HEALTH, day=date(2026, 1, 1), until=until)
    reduce_fee(member, date(2026, 1, 1), until)
    for code in ("mien-sinh-hoat", "mien-giam-dang-phi"):
        assert [each for each in ("2026-03", "2026-04", "2026-05") if found(code, cell_a, each)] == [month]


def test_what_is_granted_anew_at_once_does_not_end(cell_a):
    member = make_member(cell_a, "Lan")
    end = date(2026, 4, 15)
    member_records.exempt(member=member, kind=ExemptionKind.AGE_HEALTH, day=date(2026, 1, 1), until=end)
    following = member_records.exempt(member=member, kind=ExemptionKind.AGE_HEALTH, day=end)
    assert found("mien-sinh-hoat", cell_a, "2026-04") == []
    Exemption.objects.filter(pk=following.pk).update(started_on=end + ONE)
    assert found("mien-sinh-hoat", cell_a, "2026-04") == ["Lan"]


def test_an_exemption_of_one_who_has_left_is_not_told(cell_a):
    member = make_member(cell_a, "Lan")
    member_records.exempt(member=member, kind=ExemptionKind.AGE_HEALTH, day=date(2026, 1, 1), until=date(2026, 4, 15))
    membership.transfer_out(member=member, day=date(2026, 2, 1), went_to="Nơi khác")
    assert found("mien-sinh-hoat", cell_a, "2026-04") == []


# --- Ages and years ---


@pytest.mark.parametrize(
    ("decided_on", "is_told"), [("1976-03-31", False), ("1976-04-01", True), ("1976-05-01", False)]
)
def test_after_fifty_years_in_the_party_no_fee_is_paid(cell_a, decided_on, is_told):
    veteran(cell_a, "Lan", decided_on)
    assert found("dang-phi-50-nam", cell_a, "2026-04") == (["Lan"] if is_told else [])


@pytest.mark.parametrize(
    ("gender", "born_on", "month"),
    [
        ("male", "1964-09-30", "2025-12"),
        ("male", "1964-10-30", "2026-04"),
        ("male", "1964-10-31", "2026-05"),
        ("male", "1964-11", "2026-05"),
        ("female", "1969-04-30", "2025-12"),
        ("female", "1969-05-31", "2026-05"),
        ("female", "1969-06-01", "2026-06"),
    ],
)
def test_members_are_told_in_the_month_in_which_they_reach_the_age(cell_a, gender, born_on, month):
    make_member(cell_a, "Lan", gender=gender, born_on=born_on)
    make_member(cell_a, "Không rõ", gender=gender, born_on=None)
    months = ["2025-12", *(f"2026-{number:02}" for number in range(1, 8))]
    assert [each for each in months if found("tuoi-nghi-huu", cell_a, each)] == [month]
    assert found("tuoi-nghi-huu", cell_a, month) == ["Lan"]


@pytest.mark.parametrize(("gender", "first_year"), [("male", 1961), ("female", 1966)])
def test_everybody_reaches_the_age_of_retirement_in_one_month_only(cell_a, gender, first_year):
    births = [f"{year}-{month:02}" for year in range(first_year, first_year + 9) for month in range(1, 13)]
    for born_on in births:
        make_member(cell_a, born_on, gender=gender, born_on=born_on)
    months = [f"{year}-{month:02}" for year in range(2021, 2036) for month in range(1, 13)]
    told = [name for month in months for name in found("tuoi-nghi-huu", cell_a, month)]
    assert sorted(told) == births


@pytest.mark.parametrize(("born_on", "is_told"), [("1966-03-31", False), ("1966-04", True), ("1966-05-01", False)])
def test_candidates_are_told_before_they_are_too_old(cell_a, born_on, is_told):
    person = make_person("Lan", born_on=born_on)
    admissions.list_candidate(member=person, unit=cell_a, day=date(2026, 1, 5))
    make_member(cell_a, "Đảng viên", born_on=born_on)
    assert found("nguon-60-tuoi", cell_a, "2026-04") == (["Lan"] if is_told else [])


# --- Candidates ---


def test_candidates_who_have_waited_long_are_told_with_what_is_missing(cell_a):
    for name, day, course in (
        ("Lan", date(2025, 7, 31), date(2025, 9, 1)),
        ("Minh", date(2025, 7, 2), None),
        ("Hoa", date(2025, 8, 1), None),
    ):
        row = admissions.list_candidate(member=make_person(name), unit=cell_a, day=day)
        if course:
            admissions.record_course(admission=row, day=course)
    rows = listed("nguon-cho-lau", cell_a, "2026-07")
    assert {name: row["Bước còn thiếu"] for name, row in rows.items()} == {
        "Minh": "Học lớp nhận thức về Đảng",
        "Lan": "Hồ sơ, nghị quyết, quyết định kết nạp",
    }
    assert found("nguon-cho-lau", cell_a, "2026-06") == []
    assert found("nguon-cho-lau", cell_a, "2026-08") == ["Minh", "Lan", "Hoa"]


def test_candidates_admitted_or_dropped_wait_no_longer(cell_a):
    first, second = (
        admissions.list_candidate(member=make_person(name), unit=cell_a, day=date(2025, 7, 5)) for name in "AB"
    )
    admit(cell_a, date(2026, 1, 5), person=first.member)
    admissions.drop_candidate(admission=second, day=date(2026, 1, 5))
    assert found("nguon-cho-lau", cell_a, "2026-12") == []


# --- Discipline ---


def test_a_measure_is_told_in_the_month_in_which_it_expires(commune, cell_a, cell_b):
    lan, minh, hoa = (make_member(cell_a, name) for name in ("Lan", "Minh", "Hoa"))
    discipline(lan, date(2025, 8, 1), expires_on=date(2026, 4, 30))
    discipline(minh, date(2025, 8, 1), expires_on=date(2026, 5, 1))
    discipline(hoa, date(2025, 8, 1), "expulsion")
    row = listed("ky-luat-het-hieu-luc", commune, "2026-04")
    assert (list(row), row["Lan"]["Hình thức"], row["Lan"]["Hết hiệu lực"]) == (["Lan"], "Cảnh cáo", "30/04/2026")
    assert found("ky-luat-het-hieu-luc", cell_b, "2026-04") == []


def test_a_suspension_is_told_before_it_ends_unless_another_follows(commune, cell_a):
    lan, minh = (make_member(cell_a, name) for name in ("Lan", "Minh"))
    for member in (lan, minh):
        suspend(member=member, level="committee", day=AS_OF, until=date(2026, 4, 10), decision=DECIDED)
    suspend(member=minh, level="committee", day=date(2026, 4, 10), until=date(2026, 6, 1), decision=DECIDED)
    assert found("dinh-chi-sinh-hoat", commune, "2026-04") == ["Lan"]
    assert found("dinh-chi-sinh-hoat", commune, "2026-06") == ["Minh"]


# --- Terms ---


def test_a_term_ends_five_years_after_most_of_the_committee_took_office(commune, cell_a, cell_b):
    elected, later = date(2025, 8, 20), date(2025, 11, 5)
    members = [make_member(cell_a) for _ in range(4)]
    posts = [Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.COMMITTEE_MEMBER, Post.COMMITTEE_MEMBER]
    for member, post, day in zip(members, posts, [later, elected, elected, later + ONE], strict=True):
        positions.appoint(unit=cell_a, post=post, member=member, day=day, decision=DECIDED)
    positions.appoint(unit=cell_b, post=Post.VILLAGE_HEAD, holder_name="Trưởng bản", day=elected)
    row = listed("het-nhiem-ky", commune, "2030-08")["Chi bộ a"]
    assert (row["Cấp ủy nhận chức vụ"], row["Hết nhiệm kỳ"]) == ("20/08/2025", "20/08/2030")
    for month in ("2030-07", "2030-09", "2030-11"):
        assert found("het-nhiem-ky", commune, month) == []


@pytest.mark.parametrize(("day", "month"), [(date(2025, 8, 31), "2030-08"), (date(2025, 9, 1), "2030-09")])
def test_a_term_ends_in_one_month(cell_a, day, month):
    positions.appoint(unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=day, decision=DECIDED)
    assert [each for each in ("2030-08", "2030-09") if found("het-nhiem-ky", cell_a, each)] == [month]


def test_a_committee_that_has_left_has_no_term(cell_a):
    position = positions.appoint(
        unit=cell_a, post=Post.SECRETARY, member=make_member(cell_a), day=date(2025, 8, 1), decision=DECIDED
    )
    positions.relieve(position=position, day=AS_OF)
    assert found("het-nhiem-ky", cell_a, "2030-08") == []


# --- All kinds ---


def make_one_of_each(cell, name):
    """Give a cell something of every kind in April 2026; terms have a month of their own, 04/2031."""
    day, end = date(2026, 1, 1), date(2026, 4, 15)
    probationer(cell, f"{name} dự bị", "2025-04-15")
    veteran(cell, f"{name} lâu năm", "1976-04-15")
    member = make_member(cell, f"{name} hưu", born_on="1964-10-15")
    member_records.exempt(member=member, kind=ExemptionKind.AGE_HEALTH, day=day, until=end)
    reduce_fee(member, day, end)
    suspend(member=member, level="committee", day=day, until=end, decision=DECIDED)
    discipline(member, day, "warning", expires_on=end)
    person = make_person(f"{name} nguồn", born_on="1966-04-15")
    admissions.list_candidate(member=person, unit=cell, day=cell.started_on)
    positions.appoint(unit=cell, post=Post.SECRETARY, member=member, day=date(2026, 4, 15), decision=DECIDED)


def number_of_each(unit, user, month="2026-07"):
    moment = moment_of(unit, date(2026, 4, 20), user=user)
    return {reminder.code: number for reminder, _, number in counts(moment, first_day_of(month, AS_OF))}


def test_every_kind_counts_what_its_list_holds_beneath_the_unit_and_no_more(commune, cell_a, cell_b):
    for cell, name in ((cell_a, "A"), (cell_b, "B")):
        make_one_of_each(cell, name)
    as_of, seen = date(2026, 4, 20), set()
    for month in ("2026-04", "2026-07", "2031-04"):
        for unit, expected in ((commune, 2), (cell_a, 1)):
            moment = moment_of(unit, as_of)
            for reminder, span, number in counts(moment, first_day_of(month, as_of)):
                rows = found(reminder.code, unit, month, as_of=as_of)
                assert len(rows) == number
                if number:
                    seen.add(reminder.code)
                    assert number == expected, reminder.code
                    assert all(name.startswith(("A ", "B ", "Chi bộ")) for name in rows)
                    assert reminder.span(span.first) == span
    assert seen == set(REMINDERS)


@pytest.mark.parametrize("code", REMINDERS)
def test_a_secretary_sees_nothing_of_another_cell(commune, cell_a, cell_b, secretary_a, code):
    make_one_of_each(cell_b, "B")
    as_of = date(2026, 4, 20)
    months = ("2026-04", "2026-07", "2031-04")
    assert any(found(code, commune, month, as_of=as_of) for month in months)
    for month in months:
        assert found(code, commune, month, as_of=as_of, user=secretary_a) == []


def test_those_of_a_cell_that_moved_are_told_where_they_are_on_the_day(commune, cell_a, cell_b):
    member = probationer(cell_a, "Lan", "2025-04-15")
    membership.transfer(member=member, to=cell_b, day=date(2026, 2, 1))
    assert found("het-du-bi", cell_a, "2026-04") == []
    assert listed("het-du-bi", commune, "2026-04")["Lan"]["Chi bộ"] == "Chi bộ b"
    assert found("het-du-bi", cell_a, "2026-04", as_of=date(2026, 1, 31)) == ["Lan"]
