"""Populations of what a report tells of a commune beside its members and units: facts, documents, members received."""

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast

from binhlu_portal.moment.moment import Moment
from members.choices import StartReason
from members.models import Spell
from organizations.choices import Kind
from organizations.fact_kinds import FACTS_OF_A_DAY, NOT_ADMITTED
from organizations.models import Document, UnitFact, UnitPeriod

from .populations import RECORDS, FigurePopulation, on_as_of, on_day, the_day, within


def commune_rows(moment: Moment) -> QuerySet:
    """Communes of the as-of day: of them reports say where they lie and who founded them."""
    return UnitPeriod.objects.visible_to(moment.user).on(moment.as_of).filter(kind=Kind.COMMUNE)


def fact_rows(moment: Moment) -> QuerySet:
    """Facts about units that hold on the as-of day."""
    return UnitFact.objects.visible_to(moment.user).on(moment.as_of).exclude(kind__in=sorted(FACTS_OF_A_DAY))


def not_admitted_rows(moment: Moment) -> QuerySet:
    """Reasons why people cannot be admitted that hold on the as-of day, each with the `number` of people."""
    found = UnitFact.objects.visible_to(moment.user).on(moment.as_of).filter(kind__in=sorted(NOT_ADMITTED))
    return found.annotate(number=Cast("value", BigIntegerField()))


def screening_rows(moment: Moment) -> QuerySet:
    """Results of reviews of members in the period, each with the `number` of people it speaks of."""
    found = UnitFact.objects.visible_to(moment.user).filter(within(moment, "started_on"))
    return found.filter(kind__in=sorted(FACTS_OF_A_DAY)).annotate(number=Cast("value", BigIntegerField()))


def superior_document_rows(moment: Moment) -> QuerySet:
    """Documents of superior organs until the as-of day, however old."""
    return Document.objects.visible_to(moment.user).filter(issued_on__lte=moment.as_of).exclude(issuer="")


def received_rows(moment: Moment) -> QuerySet:
    """Stays that began in the period because the committee received their cell with all its members."""
    return Spell.objects.visible_to(moment.user).filter(
        within(moment, "started_on"), start_reason=StartReason.RECEIVED_WITH_UNIT
    )


COMMUNES = FigurePopulation("communes", commune_rows, "Đảng bộ xã", on_as_of, when=the_day, rests_on=(RECORDS,))
FACTS = FigurePopulation("facts", fact_rows, "Thông tin của đơn vị", on_as_of, when=the_day)
NOT_ADMITTED_PEOPLE = FigurePopulation(
    "not_admitted",
    not_admitted_rows,
    "Lý do quần chúng chưa kết nạp được",
    on_as_of,
    when=the_day,
    rests_on=("unrecorded.not_admitted",),
)
SCREENINGS = FigurePopulation(
    "screenings",
    screening_rows,
    "Rà soát, sàng lọc đảng viên",
    on_day("started_on"),
    rests_on=("unrecorded.screening",),
)
SUPERIOR_DOCUMENTS = FigurePopulation(
    "superior_documents", superior_document_rows, "Văn bản của cấp trên", on_as_of, when=the_day, rests_on=(RECORDS,)
)
RECEIVED = FigurePopulation(
    "received",
    received_rows,
    "Đảng viên tiếp nhận cùng tổ chức đảng",
    on_day("started_on"),
    person="member",
    rests_on=(RECORDS,),
)
