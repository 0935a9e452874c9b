"""A sound cell, and for every check what must happen to it to be found: a new check needs a line here."""

from datetime import date, timedelta

from django.db import DEFAULT_DB_ALIAS

from assessments.choices import NilRegister
from assessments.meetings.actions import hold_by_name, hold_meeting
from assessments.models import Meeting, NilReturn
from assessments.nil_returns.actions import state_nil
from assessments.ratings.actions import rate, rate_unit
from assessments.ratings.ceiling import CEILING
from binhlu_portal.db.rules_aside import rules_aside
from members.admissions import actions as admissions
from members.choices import EndReason, Post
from members.discipline.actions import suspend
from members.member_records import actions as member_records
from members.membership import actions as membership
from members.models import Admission, Discipline, Exemption, FeeReduction, Member, Planning, Position, Vacancy
from members.positions import actions as positions
from organizations.choices import DocumentTopic
from organizations.documents.actions import record_document
from organizations.fact_kinds import FactKind
from organizations.facts.actions import state_fact
from organizations.models import ImpossiblePair, Threshold
from reports.figures.registry import REGISTERS
from tests.factories import (
    DECIDED,
    START,
    admit,
    discipline,
    make_member,
    make_person,
    make_root,
    make_unit,
    numbers,
    reduce_fee,
)

DAY = date(2026, 10, 20)
"""The day on which the cell is sound: long enough after its beginning for a vote to be overdue."""

SOON = DAY + timedelta(days=30)
RATED_ON = date(2025, 12, 20)


TOLD_OF_COMMUNES = {
    FactKind.AREA: "chua-ghi-dien-tich",
    FactKind.POPULATION: "chua-ghi-dan-so",
    FactKind.PEOPLES: "chua-ghi-so-dan-toc",
    FactKind.ETHNIC_SHARE: "chua-ghi-ty-le-dan-toc",
    FactKind.COVERAGE: "chua-ghi-ty-le-tuyen-truyen",
}
"""What is told of a commune, with the check that finds one of which it is not."""


def make_threshold(**fields):
    """Set the ceiling on the top level, which is known from the start, otherwise and from the first day on."""
    usual = {"low": 20, "base": "good_or_better", "rounding": "down", "started_on": START}
    threshold = Threshold.objects.get(code=CEILING)
    for name, value in (usual | fields).items():
        setattr(threshold, name, value)
    threshold.save()
    return threshold


def make_sound_member(cell, **fields):
    """Create a member whose record lacks nothing."""
    number = next(numbers)
    known = {"religion": "none", "card_issued_on": START, "handbook_installed_on": START}
    known |= {"citizen_id": f"{number:012}", "card_number": f"{number:08}"}
    member = make_member(cell, **known | fields)
    levels = {"education": "primary", "qualification": "elementary", "theory": "elementary", "occupation": "farmer"}
    levels |= {"academic_title": "none"}
    member_records.set_levels(member=member, day=START, **levels)
    rate(member=member, year=2025, decided_on=RATED_ON, level="good")
    return member


def make_sound(cell):
    """Give a cell what it needs: members, a secretary, a meeting in the month, ratings."""
    secretary, overseer, *_ = [make_sound_member(cell) for _ in range(3)]
    decided = {"day": START, "decision": DECIDED}
    positions.appoint(unit=cell, post=Post.SECRETARY, member=secretary, **decided)
    positions.appoint(unit=cell.periods.get().parent, post=Post.COMMITTEE_MEMBER, member=overseer, **decided)
    positions.appoint(unit=cell, post=Post.OVERSEER, member=overseer, **decided)
    told = {"unit": cell, "started_on": START, "source": "Báo cáo của chi bộ"}
    state_fact(kind=FactKind.BANK_ACCOUNT, detail="Ngân hàng", **told)
    state_fact(kind=FactKind.INTERNET, value=80, **told)
    state_fact(kind=FactKind.SCHOOLING, value=0, **told)
    rules = {"number": "01-QC/CB", "kind": "Quy chế", "subject": "Quy chế làm việc"}
    record_document(unit=cell, issued_on=START, topic=DocumentTopic.WORKING_RULES, **rules)
    for post in (Post.VILLAGE_HEAD, Post.FRONT_HEAD):
        positions.declare_vacant(unit=cell, post=post, day=START)
    state_nothing_else(cell, NilRegister.values)
    hold_meeting(unit=cell, day=DAY.replace(day=5), kind="regular", expected=3, present=3)
    rate_unit(unit=cell, year=2025, decided_on=RATED_ON, level="good")


def make_sound_commune(commune):
    """Tell of the commune what figures ask: it has kept no document of a superior, and says so."""
    for kind in TOLD_OF_COMMUNES:
        state_fact(unit=commune, kind=kind, value=5, detail="Mẫu", started_on=START, source="Báo cáo")
    state_nothing_else(commune, [NilRegister.SUPERIOR_DOCUMENTS])


def make_sound_world():
    """Return a sound commune and its two sound cells."""
    commune = make_root()
    cells = [make_unit(code, commune) for code in ("a", "b")]
    make_threshold()
    make_sound_commune(commune)
    for cell in cells:
        make_sound(cell)
    return commune, *cells


def state_nothing_else(unit, registers):
    """Let a unit state until the day that its registers are complete."""
    until = DAY + timedelta(days=1)
    state_nil(unit=unit, registers=registers, started_on=START, ended_on=until, stated_by="Bí thư")


def somebody(cell):
    """Return the last member of a cell."""
    return Member.objects.filter(spells__unit=cell).order_by("pk").last()


def before_the_rules(example):
    """Return an example as somebody wrote it before the database had rules of fields."""

    def write(cell, other):
        with rules_aside(DEFAULT_DB_ALIAS, [Member._meta.db_table, FeeReduction._meta.db_table], kept="history_"):
            example(cell, other)

    return write


def says(**fields):
    """Return what makes the card of somebody in the cell say something else, whatever the verbs think of it."""
    return lambda cell, other: Member.objects.filter(pk=somebody(cell).pk).update(**fields)


def lacks(level):
    """Return what makes a level of somebody in the cell unknown."""
    return lambda cell, other: somebody(cell).states.update(**{level: ""})


def goes(day, reason):
    """Return what ends the stay of somebody in the cell, whatever the verbs think of it."""
    return lambda cell, other: somebody(cell).spells.update(ended_on=day, end_reason=reason)


def is_struck_off_unofficially(cell, other):
    """Strike somebody off of whom nobody has written when he or she became official."""
    says(official_on=None)(cell, other)
    goes(DAY, "struck_off")(cell, other)


def has_old_card_of_another(cell, other):
    """Give somebody the card of a member of the same cell as the old one."""
    card = Member.objects.filter(spells__unit=cell).order_by("pk").first().card_number
    says(old_card_number=card)(cell, other)


def keeps_the_post(cell, other):
    """Make somebody deputy secretary, and let the stay end."""
    positions.appoint(unit=cell, post=Post.DEPUTY_SECRETARY, member=somebody(cell), day=START)
    goes(DAY, "died")(cell, other)


def attends_after_death(cell, other):
    """Tick somebody present at a meeting, and write later that the death was before."""
    hold_by_name(unit=cell, day=DAY.replace(day=6), kind="thematic", topic="Mẫu", absent=())
    goes(DAY.replace(day=6), "died")(cell, other)


def joins_without_admission(cell, other):
    """Let somebody received with the cell have joined in the period."""
    says(joined_on="2026-02-03", official_on=None)(cell, other)
    somebody(cell).spells.update(start_reason="received_with_unit")


def has_no_handbook(cell, other):
    """Let somebody have no day of the handbook in a cell that has not stated that there is nobody else."""
    says(handbook_installed_on=None)(cell, other)
    NilReturn.objects.filter(unit=cell, register=NilRegister.HANDBOOK).delete()


def becomes_an_agency(cell, other):
    """Make the cell one of a school, where all but somebody are introduced to their place of residence."""
    for member in Member.objects.filter(spells__unit=cell).exclude(pk=somebody(cell).pk):
        member_records.introduce(member=member, started_on=START, source="Giấy giới thiệu")
    cell.periods.update(sector="school")


def admitted_without(**fields):
    """Return what admits somebody whose card says something else, whatever the verbs think of it."""

    def happen(cell, other):
        row = admit(cell, date(2026, 9, 1))
        Member.objects.filter(pk=row.member_id).update(**fields)

    return happen


def held_late(cell, **fields):
    """Let somebody be admitted by a decision signed long before the ceremony."""
    row = admit(cell, date(2026, 9, 1))
    Admission.objects.filter(pk=row.pk).update(**{"decision_date": date(2026, 7, 1)} | fields)


def made_official(cell, **fields):
    """Let somebody become official by a decision of which not all is written down."""
    row = admissions.make_official(admission=admit(cell, date(2025, 9, 1)))
    Admission.objects.filter(pk=row.pk).update(**fields)


def grows(number, **fields):
    """Return what brings so many members into the cell."""
    return lambda cell, other: [make_sound_member(cell, **fields) for _ in range(number)]


def is_impossible(cell, other):
    """Make the cell what no cell is any more."""
    cell.periods.update(sector="other")
    ImpossiblePair.objects.create(kind="subordinate_cell", sector="other", started_on=START, source="Mẫu")


EXAMPLES = {
    "thieu-ngay-sinh": says(born_on=None),
    "thieu-ngay-vao-dang": says(joined_on=None),
    "thieu-so-the": says(card_number=""),
    "thieu-dinh-danh": says(citizen_id=""),
    "thieu-hoc-van": lacks("education"),
    "thieu-chuyen-mon": lacks("qualification"),
    "thieu-ly-luan": lacks("theory"),
    "thieu-nghe-nghiep": lacks("occupation"),
    "thieu-hoc-ham": lacks("academic_title"),
    "thieu-ton-giao": says(religion=""),
    "thieu-ngay-cap-the": says(card_issued_on=None),
    "thieu-ngay-chinh-thuc": says(official_on=None),
    "thieu-ket-nap": joins_without_admission,
    "du-50-nam-chua-mien": says(born_on="1950-01-01", joined_on="1975-01-05", official_on="1976-01-05"),
    "thieu-so-tay": has_no_handbook,
    "thieu-ly-do-so-tay": says(handbook_installed_on=None),
    "thieu-lien-he-noi-cu-tru": becomes_an_agency,
    "chua-ghi-tai-khoan": lambda cell, other: cell.facts.filter(kind=FactKind.BANK_ACCOUNT).delete(),
    "chua-ghi-internet": lambda cell, other: cell.facts.filter(kind=FactKind.INTERNET).delete(),
    "chua-ghi-ly-do-chua-ket-nap": lambda cell, other: cell.facts.filter(kind=FactKind.SCHOOLING).delete(),
    "chua-ghi-quy-che": lambda cell, other: cell.documents.all().delete(),
    "chua-ghi-phu-trach": lambda cell, other: cell.positions.filter(post=Post.OVERSEER).delete(),
    "phu-trach-khong-con-cap-uy": lambda cell, other: (
        Position.objects.exclude(unit=cell).filter(member__spells__unit=cell).delete()
    ),
    "nguoi-ket-nap-thieu-ton-giao": admitted_without(religion=""),
    "nguoi-ket-nap-thieu-ngay-sinh": admitted_without(born_on=None),
    "nguoi-ket-nap-thieu-nghe-nghiep": lambda cell, other: admit(cell, date(2026, 9, 1)),
    "nguoi-ket-nap-thieu-hoc-van": lambda cell, other: admit(cell, date(2026, 9, 1)),
    "nguoi-ket-nap-thieu-chuyen-mon": lambda cell, other: admit(cell, date(2026, 9, 1)),
    "nguoi-ket-nap-thieu-hoc-ham": lambda cell, other: admit(cell, date(2026, 9, 1)),
    "chua-bao-so-cua-cap-uy": lambda cell, other: NilReturn.objects.filter(
        unit=cell, register=NilRegister.CASES
    ).delete(),
    "chua-ghi-truong-ban": lambda cell, other: Vacancy.objects.filter(unit=cell, post="village_head").delete(),
    "chua-ghi-truong-ban-mat-tran": lambda cell, other: Vacancy.objects.filter(unit=cell, post="front_head").delete(),
    "chua-ghi-thu-truong": lambda cell, other: cell.periods.update(sector="school"),
    "to-chuc-chua-xep-loai": lambda cell, other: cell.ratings.all().delete(),
    "chua-bao-khong-phat-sinh": lambda cell, other: NilReturn.objects.filter(
        unit=cell, register=NilRegister.ADMISSIONS
    ).delete(),
    "sai-dinh-danh": before_the_rules(says(citizen_id="01234567890")),
    "sai-so-the": before_the_rules(says(profile_number="1234LC")),
    "trung-ho-so": has_old_card_of_another,
    "ket-nap-duoi-18": says(born_on="1992-02-01"),
    "ket-nap-tren-60": says(born_on="1949-12-31"),
    "chinh-thuc-12-thang": says(official_on="2011-01-06"),
    "vao-dang-sau-sinh-hoat": before_the_rules(says(joined_on="2025-07-02")),
    "quyet-dinh-sau-ket-nap": says(decided_on="2010-01-06"),
    "le-ket-nap-qua-han": lambda cell, other: held_late(cell),
    "ket-nap-lai-chua-dong-y": lambda cell, other: held_late(cell, decision_date=date(2026, 9, 1), again=True),
    "chinh-thuc-chua-ghi-quyet-dinh": lambda cell, other: made_official(cell, official_decision="99-QĐ/ĐU"),
    "ngay-chinh-thuc-khac-so": lambda cell, other: made_official(
        cell, official_decision="99-QĐ/ĐU", official_decided_on=DAY, official_on=DAY
    ),
    "cap-uy-chua-ghi-quyet-dinh": lambda cell, other: cell.positions.filter(post=Post.SECRETARY).update(
        decision_date=None
    ),
    "ra-khoi-dang-chua-ghi-quyet-dinh": goes(DAY, "struck_off"),
    "phuc-hoi-chua-ghi-quyet-dinh": lambda cell, other: somebody(cell).spells.update(start_reason="restored"),
    "cap-uy-du-bi": lambda cell, other: Member.objects.filter(
        pk=cell.positions.get(post=Post.SECRETARY).member_id
    ).update(joined_on="2025-10-21", official_on="2026-10-21", decided_on=None),
    "chuc-vu-da-thoi": keeps_the_post,
    "chuc-vu-noi-khac": lambda cell, other: positions.appoint(
        unit=cell, post=Post.COMMITTEE_MEMBER, member=somebody(other), day=START
    ),
    "xoa-ten-thieu-ngay-chinh-thuc": is_struck_off_unofficially,
    "khai-tru-thieu-ky-luat": goes(DAY, "expelled"),
    "khai-tru-con-sinh-hoat": lambda cell, other: Discipline.objects.create(
        member=somebody(cell), form="expulsion", level="committee", violation="other", decided_on=DAY
    ),
    "chua-co-noi-sinh-hoat": goes(date(2026, 8, 1), "unit_dissolved"),
    "chuyen-den-cham": lambda cell, other: somebody(cell).spells.update(
        started_on=date(2026, 9, 1), decision_date=date(2026, 7, 20)
    ),
    "du-bi-qua-han": lambda cell, other: admit(cell, date(2025, 8, 1)),
    "du-bi-sap-het": lambda cell, other: admit(cell, date(2025, 12, 1)),
    "nguon-ket-nap": lambda cell, other: admissions.list_candidate(member=make_person(), unit=cell, day=START),
    "mien-sinh-hoat-sap-het": lambda cell, other: member_records.exempt(
        member=somebody(cell), kind="age_health", day=START, until=SOON
    ),
    "dinh-chi-sap-het": lambda cell, other: suspend(
        member=somebody(cell), level="committee", day=DAY, until=SOON, decision=DECIDED
    ),
    "ky-luat-sap-het": lambda cell, other: discipline(somebody(cell), DAY, expires_on=SOON),
    "giam-dang-phi-sap-het": lambda cell, other: reduce_fee(somebody(cell), DAY, SOON),
    "mien-sinh-hoat-chua-ghi-quyet-dinh": lambda cell, other: Exemption.objects.create(
        member=somebody(cell), kind="other", started_on=START, decision_number="07-QĐ/ĐU"
    ),
    "giam-dang-phi-chua-ghi-can-cu": before_the_rules(
        lambda cell, other: FeeReduction.objects.create(
            member=somebody(cell), kind="exempt", started_on=START, decision_number="07-QĐ/ĐU", decision_date=START
        )
    ),
    "quy-hoach-chua-ghi-phe-duyet": lambda cell, other: Planning.objects.create(
        member=somebody(cell), post="unit_leaders", term="2025-2030", step="reviewed", approved_on=DAY
    ),
    "chua-co-bi-thu": lambda cell, other: Position.objects.filter(unit=cell).delete(),
    "duoi-3-chinh-thuc": lambda cell, other: membership.end_membership(
        member=somebody(cell), day=DAY, reason=EndReason.DIED
    ),
    "chua-co-chi-uy": grows(6),
    "tu-30-dang-vien": grows(27),
    "loai-hinh-khong-co": is_impossible,
    "thu-truong-khong-la-bi-thu": lambda cell, other: positions.appoint(
        unit=cell, post=Post.AGENCY_HEAD, holder_name="Người ngoài Đảng", day=START
    ),
    "chua-xep-loai": lambda cell, other: somebody(cell).ratings.all().delete(),
    "dang-vien-xuat-sac-vuot-tran": lambda cell, other: somebody(cell).ratings.update(level="excellent"),
    "to-chuc-xuat-sac-vuot-tran": lambda cell, other: cell.ratings.update(level="excellent"),
    "diem-danh-nguoi-da-thoi": attends_after_death,
    "phai-du-qua-dang-vien": goes(DAY.replace(day=4), "moved_within"),
    "chua-sinh-hoat": lambda cell, other: Meeting.objects.filter(unit=cell).delete(),
}
"""What breaks a sound cell so that a check finds it once; another sound cell stands beside it."""


def forgets(kind):
    """Return what takes away the facts of a kind about a commune."""
    return lambda commune: commune.facts.filter(kind=kind).delete()


OF_COMMUNES = {
    **{check: forgets(kind) for kind, check in TOLD_OF_COMMUNES.items()},
    **{
        register.check: lambda commune: NilReturn.objects.filter(unit=commune).delete()
        for code, register in REGISTERS.items()
        if code.startswith("unrecorded.superior.")
    },
    "chua-ghi-ban-chap-hanh": lambda commune: commune.positions.all().delete(),
}
"""The same for checks about a commune itself."""
