"""What reports tell of a commune beside its members and units: facts about it, documents that carry out others."""

from django.db.models import Exists, OuterRef, Q

from binhlu_portal.dates.validity import covers
from organizations.choices import DocumentTopic, FactKind
from organizations.models import Document, UnitFact
from reports.figures.fact_populations import COMMUNES, FACTS, SCREENINGS, SUPERIOR_DOCUMENTS
from reports.figures.populations import DOCUMENTS, RECORDS, UNITS
from reports.figures.registry import REGISTERS, Figure, Register, add

LOCAL = "Thông tin của đơn vị"
"""The section of figures that are told in sentences and not listed on the page of figures."""


def stated(kind):
    """Return the condition that a fact of `kind` about the unit of a row holds on the as-of day."""
    return lambda moment: Q(Exists(UnitFact.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), kind=kind)))


def founded(moment):
    """Return the condition that a document of a superior founded the commune of a row."""
    found = Document.objects.filter(unit=OuterRef("unit"), topic=DocumentTopic.FOUNDING, issued_on__lte=moment.as_of)
    return Q(Exists(found.exclude(issuer="")))


def with_working_rules(moment):
    """Return the condition that the unit of a row has adopted working rules until the as-of day."""
    rules = Document.objects.filter(unit=OuterRef("unit"), topic=DocumentTopic.WORKING_RULES, issuer="")
    return Q(Exists(rules.filter(issued_on__lte=moment.as_of)))


def gap(code, what, condition, population=COMMUNES, whose="đảng bộ xã"):
    """Return the register of the rows of `population` for which `condition` does not hold."""
    return Register(
        f"unrecorded.{code}",
        f"Chưa ghi {what}",
        "Chưa ghi",
        population,
        lambda moment: ~condition(moment),
        rests_on=(RECORDS,),
        gap=f"[chưa ghi {what}: {{n}} {whose} – cần bổ sung]",
    )


def of_units(code, label, what, condition, section):
    """Return the figure of the units directly beneath a commune for which `condition` holds, and its register."""
    add(gap(code, what, condition, UNITS, "chi bộ, đảng bộ"), to=REGISTERS)
    add(Figure(f"units.{code}", label, section, UNITS, condition, of="units.total", rests_on=(f"unrecorded.{code}",)))


for kind, code, what in (
    (FactKind.AREA, "area", "diện tích tự nhiên"),
    (FactKind.POPULATION, "population", "dân số"),
    (FactKind.ETHNIC_SHARE, "ethnic_shares", "tỷ lệ các dân tộc"),
    (FactKind.COVERAGE, "coverage", "tỷ lệ được quán triệt, tuyên truyền"),
):
    add(gap(code, what, stated(kind)), to=REGISTERS)
    add(
        Figure(
            f"facts.{code}",
            f"Số mục {what} trong sổ",
            LOCAL,
            FACTS,
            Q(kind=kind),
            rests_on=(f"unrecorded.{code}",),
        )
    )

of_units(
    "bank_accounts",
    "Tổ chức đảng có tài khoản ngân hàng",
    "tài khoản ngân hàng",
    stated(FactKind.BANK_ACCOUNT),
    "III.2.3",
)
of_units("working_rules", "Tổ chức đảng đã có quy chế làm việc", "quy chế làm việc", with_working_rules, "III.1.1")

add(
    *(
        Figure(
            f"screening.{kind}",
            f"Rà soát, sàng lọc: {label}",
            "III.2.3",
            SCREENINGS,
            Q(kind=kind),
            measure="number",
            reading="Tính tổng số ghi trong kết quả rà soát, sàng lọc của các đơn vị trong kỳ.",
        )
        for kind, label in (
            (FactKind.SCREENED, "đảng viên đã rà soát"),
            (FactKind.HELPED, "đảng viên đưa vào theo dõi, giúp đỡ"),
            (FactKind.PROGRESSED, "đảng viên được giúp đỡ đã tiến bộ"),
            (FactKind.NOT_PROGRESSED, "đảng viên được giúp đỡ không tiến bộ"),
        )
    )
)

add(gap("founding", "văn bản thành lập xã, đảng bộ", founded), to=REGISTERS)
add(
    *(
        Figure(
            f"documents.superior.{topic}",
            f"Văn bản của cấp trên: {topic.label.lower()}",
            LOCAL,
            SUPERIOR_DOCUMENTS,
            Q(topic=topic),
            rests_on=("unrecorded.founding",) if topic == DocumentTopic.FOUNDING else (),
        )
        for topic in DocumentTopic
    ),
    *(
        Figure(
            f"documents.own.{topic}",
            f"Văn bản đã ban hành: {topic.label.lower()}",
            LOCAL,
            DOCUMENTS,
            Q(topic=topic, issuer=""),
            rests_on=(RECORDS,),
        )
        for topic in DocumentTopic
    ),
)
