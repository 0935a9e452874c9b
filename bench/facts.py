"""What the made-up communes say of themselves beside members and units: facts, results of reviews, documents."""

from datetime import timedelta

from binhlu_portal.dates.validity import OPEN
from members.choices import NoHandbookReason
from members.models import HandbookAbsence, Liaison
from organizations.choices import DocumentTopic
from organizations.fact_kinds import FACTS_OF_A_DAY, NOT_ADMITTED, FactKind
from organizations.models import Document, UnitFact

from .tree import START, recent_day

TOLD = (
    (FactKind.AREA, "", 17_239),
    (FactKind.POPULATION, "", 9_000),
    (FactKind.PEOPLES, "", 11),
    (FactKind.ETHNIC_SHARE, "Thái", 40),
    (FactKind.ETHNIC_SHARE, "Kinh", 20),
    (FactKind.COVERAGE, "Đảng viên", 95),
    *((kind, "", 40) for kind in NOT_ADMITTED),
)
"""Kind, detail and number of what is told of every commune."""


def of_commune(world, unit):
    """Tell of a commune, with documents on every topic, its own and those of superiors."""
    for kind, detail, value in TOLD:
        tell(world, unit, kind, START, detail=detail, value=value)
    for number in range(12):
        words = {"number": f"{number}-CTr/ĐU", "kind": "Chương trình", "subject": "Chương trình hành động"}
        source = "21-NQ/TW" if world.chance(0.4) else ""
        world.add(Document, unit=unit, issued_on=recent_day(world.rng), implements=source, **words)
    for number, topic in enumerate(DocumentTopic):
        for issuer in ("", "Tỉnh ủy"):
            words = {"number": f"{number}-CV/{issuer}", "kind": "Công văn", "subject": "Mẫu", "issuer": issuer}
            world.add(Document, unit=unit, issued_on=recent_day(world.rng), topic=topic, **words)


def of_unit(world, unit, day):
    """Tell that most units have an account and working rules, and what reviews found; `day()` is one of their days."""
    if world.chance(0.7):
        tell(world, unit, FactKind.BANK_ACCOUNT, unit.started_on, detail="Ngân hàng")
    if world.chance(0.7):
        tell(world, unit, FactKind.INTERNET, unit.started_on, value=world.rng.choice((0, 60)))
    if world.chance(0.5):
        rules = {"number": "01-QC/CB", "kind": "Quy chế", "subject": "Quy chế làm việc"}
        world.add(Document, unit=unit, issued_on=day(), topic=DocumentTopic.WORKING_RULES, **rules)
    for kind in sorted(FACTS_OF_A_DAY):
        if world.chance(0.5):
            tell(world, unit, kind, day(), value=world.rng.randint(1, 9))


def of_member(world, member):
    """Tell why somebody has no handbook, and where who has been introduced lives; a few times only until later."""
    told = (
        (HandbookAbsence, not member.handbook_installed_on, {"cause": world.rng.choice(NoHandbookReason.values)}),
        (Liaison, world.chance(0.6), {"place": "Bản nơi cư trú"}),
    )
    for model, is_told, what in told:
        if is_told:
            first = recent_day(world.rng)
            last = first + timedelta(days=60) if world.chance(0.1) else OPEN
            world.add(model, member_id=member.pk, source="Chi bộ", started_on=first, ended_on=last, **what)


def tell(world, unit, kind, day, **told):
    """Keep a fact about a unit."""
    world.add(UnitFact, unit=unit, kind=kind, started_on=day, source="Báo cáo", **told)
