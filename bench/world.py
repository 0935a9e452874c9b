"""A synthetic province in bulk: people, stays, levels, ratings, posts, cases and meetings, from a fixed seed.

Its rows are written in batches with all rules and the history of the database in force. A nation is made of copies of
it (`bench.nation`). People are made up of numbers.
"""

import random
import time
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction

from assessments.choices import OUTCOMES, CaseKind, MeetingKind, NotRated, Rating, UnitDisciplineMeasure
from assessments.models import Case, FourGoods, Meeting, MemberRating, UnitDiscipline, UnitRating
from assessments.models.ratings import lived
from binhlu_portal.dates.validity import holding_on
from members.choices import (
    CourseLevel,
    DecidingLevel,
    DisciplineMeasure,
    Education,
    EndReason,
    ExemptionKind,
    FeeGround,
    FeeRelief,
    Gender,
    Occupation,
    PlanningPost,
    Post,
    Program,
    Qualification,
    StartReason,
    Theory,
    Violation,
)
from members.ethnicity import Religion
from members.models import (
    Admission,
    AdmissionTarget,
    Discipline,
    Exemption,
    FeeReduction,
    Member,
    MemberState,
    Planning,
    PlanningStep,
    Position,
    Spell,
    Suspension,
    Training,
    Vacancy,
)
from organizations.choices import Sector

from . import facts
from .tree import AS_OF, OPEN, START, load_tree, random_day, recent_day

BATCH = 5000
"""Members whose rows are written together."""

RATING_YEARS = (2024, 2025)

LEAVING = (EndReason.DIED, EndReason.STRUCK_OFF, EndReason.EXPELLED, EndReason.RESIGNED, EndReason.TRANSFERRED_OUT)
COMMITTEE = (Post.SECRETARY, Post.DEPUTY_SECRETARY, *(Post.COMMITTEE_MEMBER,) * 3)
PEOPLES = ("thai", "mong", "kinh", "giay", "lu")


class SyntheticWorld:
    """Makes the rows of communes and writes them in the order in which they lean on each other."""

    def __init__(self, rng):
        self.rng = rng
        self.rows = defaultdict(list)
        self.people, self.since = 0, {}

    def add(self, model, **fields):
        """Keep a row for the next batch."""
        self.rows[model].append(model(**fields))

    def chance(self, probability):
        """Say yes in so many cases of one."""
        return self.rng.random() < probability

    def write(self):
        """Write the rows kept; members come first, because the other rows name them."""
        with transaction.atomic():
            for model in sorted(self.rows, key=lambda model: model is not Member):
                model.objects.bulk_create(self.rows[model], batch_size=2000)
        self.rows.clear()

    def commune(self, places, members):
        """Make everything of one commune with so many people."""
        commune, direct = places[0], [place for place in places if place.cells]
        cells = [cell for place in direct for cell in place.cells]
        for _ in range(members):
            self.person(self.rng.choice(cells), cells)
        for place in direct:
            self.unit(place)
        stays = defaultdict(list)
        for stay in self.rows[Spell]:
            stays[stay.unit_id].append(stay)
        for cell in cells:
            self.meetings(cell, stays[cell.unit.pk])
        facts.of_commune(self, commune.unit)

    def person(self, cell, cells):
        """Make a person of `cell` with every fact about him or her."""
        rng, self.people = self.rng, self.people + 1
        birth = random_day(rng, date(1940, 1, 1), date(2008, 1, 1))
        born = birth.isoformat()[: rng.choices((4, 7, 10), (8, 4, 88))[0]]
        official = random_day(rng, max(date(1985, 1, 1), birth), AS_OF).isoformat() if self.chance(0.95) else None
        member = Member(
            pk=self.people,
            full_name=f"Đảng viên {self.people}",
            gender=rng.choice(Gender.values),
            born_on=born,
            ethnicity=rng.choice(PEOPLES),
            religion=rng.choices((Religion.NONE, Religion.PROTESTANTISM), (9, 1))[0],
            official_on=official,
            handbook_installed_on=recent_day(rng) if self.chance(0.7) else None,
        )
        member.refresh_keys()
        self.rows[Member].append(member)
        self.stays(member.pk, cell, cells)
        self.levels(member.pk)
        self.relief(member.pk)
        facts.of_member(self, member)
        stays = [row for row in self.rows[Spell][-2:] if row.member_id == member.pk]
        self.ratings(MemberRating, stays, member_id=member.pk)
        if self.chance(0.06):
            self.admission(member.pk, cell.unit)
        if self.chance(0.04):
            self.training(member.pk, "Lớp của đảng viên")
        if self.chance(0.03):
            self.planning(member.pk)
        if self.chance(0.02):
            self.discipline(member.pk)

    def planning(self, member):
        """Make what was decided of somebody in planning: approved, then perhaps looked at again or put out."""
        for post in self.rng.sample(PlanningPost.values, self.rng.choice((1, 2))):
            day, row = recent_day(self.rng), {"member_id": member, "post": post, "term": "2025-2030"}
            self.add(Planning, approved_on=day, **row)
            if self.chance(0.4):
                step, later = self.rng.choice(PlanningStep.values[1:]), random_day(self.rng, day, AS_OF)
                self.add(Planning, step=step, approved_on=later, **row)

    def stays(self, member, cell, cells):
        """Make the stays of a member: most in one cell to this day, some after another cell, some ended."""
        rng, life = self.rng, cell.unit
        first = random_day(rng, life.started_on, min(life.ended_on, AS_OF)) if self.chance(0.4) else life.started_on
        came = StartReason.RECEIVED_WITH_UNIT if self.chance(0.2) else StartReason.TRANSFERRED_IN
        row = {"member_id": member, "start_reason": came}
        if life.ended_on < OPEN:
            self.add(Spell, unit=life, started_on=first, ended_on=life.ended_on, end_reason="unit_dissolved", **row)
            cell, first = rng.choice([other for other in cells if other.unit.ended_on == OPEN]), life.ended_on
            first = max(first, cell.unit.started_on)
        elif first > START and self.chance(0.25):
            before = rng.choice([other.unit for other in cells if other.unit.started_on == START])
            last = min(first, before.ended_on)
            self.add(Spell, unit=before, started_on=START, ended_on=last, end_reason=EndReason.MOVED_WITHIN, **row)
        last, reason = OPEN, ""
        if self.chance(0.05):
            last, reason = max(recent_day(rng), first + timedelta(days=1)), rng.choice(LEAVING)
        else:
            cell.members.append(member)
            self.since[member] = first
        self.add(Spell, unit=cell.unit, started_on=first, ended_on=last, end_reason=reason, **row)

    def levels(self, member):
        """Make the levels of a member: one state, two, or for a few none."""
        if self.chance(0.03):
            return
        days = [START, *([recent_day(self.rng)] if self.chance(0.1) else []), OPEN]
        for first, last in pairwise(days):
            kinds = {"education": Education, "qualification": Qualification, "theory": Theory, "occupation": Occupation}
            row = {name: self.rng.choice(kind.values) for name, kind in kinds.items()}
            self.add(MemberState, member_id=member, started_on=first, ended_on=last, **row)

    def relief(self, member):
        """Exempt some members from Party work and some from the fee, a few of them only until lately."""
        for model, kinds, more in (
            (Exemption, ExemptionKind.values, {"ended_on": OPEN}),
            (FeeReduction, FeeRelief.values, {"ended_on": date(2027, 1, 1), "ground": FeeGround.HARDSHIP}),
        ):
            if self.chance(0.06):
                row = more | ({"ended_on": recent_day(self.rng)} if self.chance(0.2) else {})
                self.add(model, member_id=member, kind=self.rng.choice(kinds), started_on=date(2025, 1, 1), **row)

    def ratings(self, model, lives, **owner):
        """Make the ratings of a member or a unit for years of their lives; some have none."""
        for year in RATING_YEARS:
            if self.chance(0.06) or not lived(lives, year):
                continue
            rated = self.chance(0.93)
            level = self.rng.choices(Rating.values, (18, 70, 10, 2))[0] if rated else ""
            reason = "" if rated else self.rng.choice(NotRated.values)
            self.add(model, **owner, year=year, level=level, not_rated=reason, decided_on=date(year, 12, 20))

    def admission(self, member, unit):
        """Admit a member on a day on which the cell stands."""
        day = self.day_of(unit)
        row = {"ceremony_on": day, "decision_date": day, "again": self.chance(0.1), "youth_union": self.chance(0.6)}
        row |= {"rural": self.chance(0.7), "occupation": self.rng.choice(Occupation.values)}
        self.add(Admission, member_id=member, unit=unit, **row)

    def training(self, member, course):
        """Send a member to a course."""
        row = {"program": self.rng.choice(Program.values), "level": self.rng.choice(CourseLevel.values)}
        self.add(Training, member_id=member, course=course, began_on=recent_day(self.rng), **row)

    def discipline(self, member):
        """Discipline a member, now and then twice."""
        for day in sorted({recent_day(self.rng) for _ in range(self.rng.choice((1, 1, 2)))}):
            row = {
                "form": self.rng.choice(DisciplineMeasure.values),
                "level": DecidingLevel.INSPECTION,
                "decided_on": day,
            }
            row |= {"violation": self.rng.choice(Violation.values), "committee_member": self.chance(0.2)}
            self.add(Discipline, member_id=member, **row)
        if self.chance(0.1):
            self.add(Suspension, member_id=member, started_on=recent_day(self.rng), level=DecidingLevel.COMMITTEE)

    def unit(self, place):
        """Make what belongs to a unit directly beneath the commune committee."""
        rng, unit = self.rng, place.unit
        self.posts(place)
        self.ratings(UnitRating, [unit], unit=unit)
        for year in RATING_YEARS:
            if self.chance(0.4) and lived([unit], year):
                self.add(FourGoods, unit=unit, year=year)
        facts.of_unit(self, unit, lambda: self.day_of(unit))
        if self.chance(0.5):
            self.add(AdmissionTarget, unit=unit, year=AS_OF.year, target=rng.choice((1, 1, 2)))
        for _ in range(rng.choice((0, 1, 2))):
            kind, day = rng.choice(CaseKind.values), self.day_of(unit)
            about = rng.choice(place.cells).members
            member = rng.choice(about) if about and self.chance(0.5) else None
            day = max(day, self.since.get(member, day))
            row = {"kind": kind, "outcome": rng.choice(OUTCOMES[kind]), "level": DecidingLevel.INSPECTION}
            self.add(Case, unit=unit, member_id=member, subject="Chấp hành Điều lệ Đảng", concluded_on=day, **row)
        if self.chance(0.05):
            form = rng.choice(UnitDisciplineMeasure.values)
            row = {"level": DecidingLevel.COMMITTEE, "violation": "Nguyên tắc tập trung dân chủ"}
            self.add(UnitDiscipline, unit=unit, form=form, decided_on=self.day_of(unit), **row)

    def posts(self, place):
        """Fill the posts of a unit: some heads are the secretary, some no members, some posts vacant or not written."""
        people = [member for cell in place.cells for member in cell.members]
        heads = (Post.VILLAGE_HEAD, Post.FRONT_HEAD) if place.sector == Sector.VILLAGE else (Post.AGENCY_HEAD,)
        life = {"unit": place.unit, "started_on": place.unit.started_on, "ended_on": place.unit.ended_on}
        if people and self.chance(0.9):
            for post, member in zip(COMMITTEE, people, strict=False):
                first = max(self.since[member], place.unit.started_on)
                self.add(Position, member_id=member, post=post, **life | {"started_on": first})
                if self.chance(0.2):
                    self.training(member, "Lớp của cấp ủy viên")
        elif self.chance(0.7):
            self.add(Vacancy, post=Post.SECRETARY, **life)
        if people and self.chance(0.8):
            self.add(Position, member_id=people[0], post=Post.OVERSEER, **life)
        for post in heads:
            if people and self.chance(0.6):
                self.add(Position, member_id=self.rng.choice(people[:3]), post=post, **life)
            elif self.chance(0.7):
                self.add(Position, holder_name="Người ngoài Đảng", post=post, **life)
            elif self.chance(0.7):
                self.add(Vacancy, post=post, **life)

    def meetings(self, cell, stays):
        """Let a cell meet every month of a year; whoever stays in it is expected."""
        for month in range(1, 13):
            day = date(2025 + (month <= 3), month, 3)
            if cell.unit.started_on <= day < cell.unit.ended_on:
                expected = len(holding_on(stays, day))
                present = max(self.rng.randint(expected * 2 // 3, expected), min(1, expected))
                row = {"unit": cell.unit, "held_on": day, "kind": MeetingKind.REGULAR}
                self.add(Meeting, **row, expected=expected, present=present)

    def day_of(self, unit):
        """Return a recent day of the life of `unit`."""
        return min(max(recent_day(self.rng), unit.started_on), unit.ended_on - timedelta(days=1))


def load_province(members, per_commune, say):
    """Fill an empty database with `members` people of a province; return its unit and those of its communes."""
    rng, started = random.Random(21), time.monotonic()
    world, communes = SyntheticWorld(rng), max(1, round(members / per_commune))
    with transaction.atomic():
        province, grown = load_tree(rng, communes)
    say(f"  tree of {communes} communes written after {time.monotonic() - started:.0f} s")
    for number, places in enumerate(grown, 1):
        world.commune(places, members * number // communes - world.people)
        if len(world.rows[Member]) >= BATCH or number == communes:
            world.write()
            say(f"  {world.people} members written after {time.monotonic() - started:.0f} s")
    return province.unit, [places[0].unit for places in grown]
