"""A small made-up world full of edge cases: dates on the borders of periods, moves, endings, missing facts."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from assessments.choices import OUTCOMES, CaseKind, MeetingKind, NilRegister, NotRated, Rating, UnitDisciplineMeasure
from assessments.models import Case, FourGoods, Meeting, MemberRating, NilReturn, UnitDiscipline, UnitRating
from binhlu_portal.dates.validity import OPEN
from members import choices
from members.membership import actions as membership
from members.models import (
    AdmissionTarget,
    Discipline,
    Exemption,
    FeeReduction,
    HandbookAbsence,
    Liaison,
    MemberState,
    Planning,
    PlanningStep,
    Position,
    Suspension,
    Training,
    Vacancy,
)
from members.restructuring import actions as restructuring
from organizations.choices import CELLS, DocumentTopic, Kind, Sector
from organizations.fact_kinds import FactKind
from organizations.models import Document, UnitFact, UnitPeriod
from organizations.units import actions as units
from tests.factories import START, admit, leave_party, make_member, make_person, make_root, make_unit

DAYS = [START + timedelta(days=days) for days in (0, 1, 30, 31, 61, 62, 120, 183, 184, 243)]
"""The days on which things happen, and on which figures are asked for."""


def build(random):
    """Build a province of the nation with two communes, move units and people about, and return its units by code."""
    nation = make_root("dang", kind=Kind.NATION, sector=Sector.OTHER)
    province = make_root("tinh", kind=Kind.PROVINCE, sector=Sector.OTHER, parent=nation)
    communes = [make_root(code, parent=province) for code in ("xa-1", "xa-2")]
    tree = {"dang": nation, "tinh": province, "xa-1": communes[0], "xa-2": communes[1]}
    for index, commune in enumerate(communes):
        organization = make_unit(f"db-{index}", commune, kind=Kind.PARTY_ORGANIZATION, sector=Sector.PUBLIC_SERVICE)
        tree[f"db-{index}"] = organization
        for name, parent, sector in (
            ("ban", commune, Sector.VILLAGE),
            ("truong", commune, Sector.SCHOOL),
            ("tram", commune, Sector.HEALTH_STATION),
            ("trong", organization, Sector.PUBLIC_SERVICE),
        ):
            code = f"{name}-{index}"
            tree[code] = make_unit(code, parent, sector=sector, received=random.random() < 0.5)
        tree[f"cb-{index}"] = make_unit(f"cb-{index}", commune, kind=Kind.GRASSROOTS_CELL, sector=Sector.POLICE)
    cells = [unit for code, unit in tree.items() if code[:2] not in ("da", "ti", "xa", "db")]
    people = [make_member(random.choice(cells), day=START, **traits(random)) for _ in range(14)]
    for person in people:
        give_facts(random, person)
    for unit in tree.values():
        give_unit_facts(random, unit, people)
    for day in DAYS[1:-1]:
        happen(random, day, tree, cells, people)
    return tree


def in_order(told):
    """Return attributes of a person without days that cannot be: joined before born, official before joined."""
    found = dict(told)
    for later, earlier in (("joined_on", "born_on"), ("official_on", "joined_on"), ("official_on", "born_on")):
        if found[later] and found[earlier]:
            days = str(found[later]), str(found[earlier])
            known = min(map(len, days))
            if days[0][:known] < days[1][:known]:
                found[later] = None
    return found


def traits(random, **told):
    """Return random attributes of a person, some of them missing, but for what is `told`."""
    found = {
        "gender": random.choice(choices.Gender.values),
        "born_on": random.choice(["1995-03-01", "1995", "1994-02", "1960-02-29", "1984-07-02", "2007-07-01", None]),
        "ethnicity": random.choice(["kinh", "thai", "mong", "foreign", "other"]),
        "religion": random.choice(["none", "none", "protestantism", ""]),
        "joined_on": random.choice([None, "1970-05", "2010-01-05", "2025", "2025-08", str(DAYS[2]), str(DAYS[5])]),
        "official_on": random.choice([None, "2011-01-05", "2025-07-31", "2025"]),
        "handbook_installed_on": random.choice([None, *DAYS[:3]]),
    }
    return in_order(found | told)


def give_facts(random, person):
    """Give a person dated facts around the days that matter."""
    day, later = random.choice(DAYS[:5]), random.choice(DAYS[5:])
    for name, until in (("started_on", later), ("second", OPEN)):
        start = day if name == "started_on" else later
        MemberState.objects.create(member=person, started_on=start, ended_on=until, **levels(random))
    if random.random() < 0.4:
        kind = random.choice(choices.ExemptionKind.values)
        Exemption.objects.create(member=person, kind=kind, started_on=day, ended_on=random.choice([later, OPEN]))
    if random.random() < 0.4:
        kind = random.choice(choices.FeeRelief.values)
        ground = choices.FeeGround.HARDSHIP
        FeeReduction.objects.create(member=person, kind=kind, ground=ground, started_on=day, ended_on=later)
    for model, told in (
        (HandbookAbsence, {"cause": random.choice(choices.NoHandbookReason.values)}),
        (Liaison, {"place": "Bản mẫu"}),
    ):
        if random.random() < 0.5:
            until = random.choice([later, OPEN])
            model.objects.create(member=person, source="Mẫu", started_on=day, ended_on=until, **told)
    for year in (2025, 2026):
        if random.random() < 0.7:
            level, decided_on = random.choice(["", *Rating.values]), date(year, 12, 20)
            reason = "" if level else NotRated.EXEMPT
            MemberRating.objects.create(member=person, year=year, level=level, not_rated=reason, decided_on=decided_on)
    for index in range(random.randrange(3)):
        program = random.choice(choices.Program.values)
        Training.objects.create(
            member=person, program=program, course=f"Lớp {index}", level="province", began_on=random.choice(DAYS)
        )
        post = random.choice(choices.PlanningPost.values)
        for step in random.sample(PlanningStep.values, random.choice([1, 2])):
            planned = {"member": person, "post": post, "term": f"20{index}5-2030", "step": step}
            Planning.objects.create(**planned, approved_on=random.choice(DAYS))
    for decided_on in random.sample(DAYS, random.choice([0, 0, 1, 2])):
        form = random.choice(choices.DisciplineMeasure.values)
        violation = random.choice(choices.Violation.values)
        level = "cell" if form in choices.CELL_MEASURES else "committee"
        Discipline.objects.create(member=person, form=form, level=level, violation=violation, decided_on=decided_on)
        if form == "warning":
            Suspension.objects.create(
                member=person, level="committee", started_on=decided_on, ended_on=decided_on + timedelta(days=1)
            )


def levels(random):
    """Return random levels, some of them unknown."""
    return {
        "education": random.choice(["", *choices.Education.values]),
        "qualification": random.choice(["", *choices.Qualification.values]),
        "theory": random.choice(["", *choices.Theory.values]),
        "occupation": random.choice(["", *choices.Occupation.values]),
    }


def give_unit_facts(random, unit, people):
    """Give a unit posts, ratings, meetings and documents, and let it state what did not happen."""
    state_nothing_else(random, unit)
    for post in choices.Post.values:
        if random.random() < 0.6:
            person = random.choice([*people[:5], None])
            outsider = person is None and post in choices.OPEN_POSTS
            if person or outsider:
                Position.objects.create(
                    unit=unit,
                    post=post,
                    member=person,
                    holder_name="Người ngoài Đảng" if outsider else "",
                    started_on=random.choice(DAYS[:4]),
                    ended_on=random.choice([DAYS[6], OPEN]),
                )
        elif post in choices.SINGLE_POSTS and random.random() < 0.5:
            start, end = random.choice(DAYS[:4]), random.choice([DAYS[6], OPEN])
            Vacancy.objects.create(unit=unit, post=post, started_on=start, ended_on=end)
    for year in (2025, 2026):
        if random.random() < 0.7:
            level = random.choice(Rating.values)
            UnitRating.objects.create(unit=unit, year=year, level=level, decided_on=date(year, 12, 20))
        if random.random() < 0.5:
            FourGoods.objects.create(unit=unit, year=year)
        if random.random() < 0.5:
            AdmissionTarget.objects.create(unit=unit, year=year, target=random.randrange(4))
    is_cell = unit.periods.get().kind in CELLS
    for day in random.sample(DAYS, 4):
        stays = list(unit.spells.on(day))
        if is_cell:
            expected = random.randint(0, len(stays))
            kind, present = random.choice(MeetingKind.values), random.randint(0, expected)
            expected = max(expected, min(1, len(stays)))  # who has members expects somebody, and somebody comes
            present = max(present, min(1, expected))
            Meeting.objects.create(unit=unit, held_on=day, kind=kind, expected=expected, present=present)
        Document.objects.create(
            unit=unit,
            number=f"{day.day}-KH/ĐU",
            kind="Kế hoạch",
            issued_on=day,
            subject="Trích yếu",
            implements=random.choice(["", "21-NQ/TW"]),
            issuer=random.choice(["", "", "Ban Bí thư"]),
            topic=random.choice(["", "founding", "working_rules", random.choice(DocumentTopic.values)]),
        )
        kind = random.choice(CaseKind.values)
        Case.objects.create(
            unit=unit,
            member=random.choice([None, *(stay.member for stay in stays)]),
            kind=kind,
            level="committee",
            subject="Nội dung",
            outcome=random.choice(OUTCOMES[kind]),
            concluded_on=day,
        )
    for kind in FactKind:
        if random.random() < 0.5:
            value = None if kind == FactKind.BANK_ACCOUNT else random.choice([0, random.randrange(100)])
            UnitFact.objects.create(
                unit=unit,
                kind=kind,
                detail="Thái",
                value=value,
                source="Mẫu",
                started_on=random.choice(DAYS[:6]),
                ended_on=random.choice([DAYS[7], OPEN]),
            )
    if random.random() < 0.3:
        form = random.choice(UnitDisciplineMeasure.values)
        UnitDiscipline.objects.create(
            unit=unit, form=form, level="committee", violation="Khác", decided_on=random.choice(DAYS)
        )


def state_nothing_else(random, unit):
    """Let a unit state of some registers that nothing else happened, in one go or in two that may leave a gap."""
    for register in NilRegister.values:
        if random.random() < 0.5:
            first, half, next_half, last = sorted(random.choices([*DAYS, date(2025, 1, 1), date(2026, 4, 1)], k=4))
            for start, end in ((first, half), (random.choice([half, next_half]), last)):
                if (start := max(start, unit.started_on)) < end:
                    dates = {"started_on": start, "ended_on": end}
                    NilReturn.objects.create(unit=unit, register=register, stated_by="Bí thư", **dates)


def happen(random, day, tree, cells, people):
    """Let one or two things happen on a day: each as the verbs allow it, or not at all."""
    for _ in range(3):
        act = random.choice([move_person, leave, come, join, change_unit, end_cell, move_cell])
        try:
            act(random, day, tree, cells, people)
        except ValidationError:
            continue


def move_person(random, day, tree, cells, people):
    """Transfer someone to another cell."""
    membership.transfer(member=random.choice(people), to=random.choice(cells), day=day)


def leave(random, day, tree, cells, people):
    """End someone's membership or send them away."""
    person = random.choice(people)
    if random.random() < 0.3:
        membership.transfer_out(member=person, day=day)
    else:
        leave_party(person, day, random.choice(sorted(membership.ENDINGS)))


def come(random, day, tree, cells, people):
    """Receive someone new."""
    person = make_person(**traits(random))
    membership.transfer_in(member=person, unit=random.choice(cells), day=day, far=random.random() < 0.5)
    if random.random() < 0.3:
        person.spells.update(start_reason=choices.StartReason.RECEIVED_WITH_UNIT)
    people.append(person)


def join(random, day, tree, cells, people):
    """Admit someone."""
    person = make_person(**traits(random, born_on="1999-01-01"))
    people.append(
        admit(
            random.choice(cells),
            day,
            person=person,
            youth_union=random.random() < 0.5,
            rural=random.random() < 0.5,
            occupation=random.choice(choices.Occupation.values),
        ).member
    )


def change_unit(random, day, tree, cells, people):
    """Rename a unit."""
    units.rename(unit=random.choice(list(tree.values())), name=f"Tên mới {day:%d/%m}", day=day)


def end_cell(random, day, tree, cells, people):
    """Merge one cell into another, or dissolve it."""
    cell, other = random.sample(cells, 2)
    if random.random() < 0.5:
        restructuring.merge(cells=[cell], into=other, day=day)
    else:
        staying = {spell.member: other for spell in cell.spells.filter(ended_on=OPEN).select_related("member")}
        restructuring.dissolve(cell=cell, day=day, moves=staying)
    cells.remove(cell)


def move_cell(random, day, tree, cells, people):
    """Put a cell beneath another superior that may hold it."""
    cell = random.choice(cells)
    kind = UnitPeriod.objects.filter(unit=cell).latest("started_on").kind
    above = [tree["xa-1"], tree["xa-2"]] + ([tree["db-0"], tree["db-1"]] if kind == Kind.SUBORDINATE_CELL else [])
    units.move(unit=cell, parent=random.choice(above), day=day)


def days_to_ask():
    """Return (since, as of) pairs on and between the days on which things happen."""
    return [(START, DAYS[-1]), (DAYS[3], DAYS[6]), (DAYS[5], DAYS[5]), (date(2025, 1, 1), DAYS[7])]
