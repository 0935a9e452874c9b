"""What reports tell of a commune beside its members and units: facts about it, documents that carry out others."""

from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils.text import slugify

from assessments.choices import NilRegister
from assessments.nil_returns.queries import stated as nil_stated
from binhlu_portal.dates.validity import covers
from binhlu_portal.text.vietnamese import search_key
from members.choices import Post
from members.positions.queries import held
from organizations.choices import DocumentTopic, Sector
from organizations.fact_kinds import NOT_ADMITTED, FactKind
from organizations.models import Document, UnitFact
from organizations.rights import Right
from reports.figures.fact_populations import (
    COMMUNES,
    FACTS,
    NOT_ADMITTED_PEOPLE,
    SCREENINGS,
    SUPERIOR_DOCUMENTS,
)
from reports.figures.populations import CELL_UNITS, DOCUMENTS, RECORDS, UNITS, the_period
from reports.figures.registry import Figure, Register, add

from .register_checks import add_checked, add_form

LOCAL = "Thông tin của đơn vị"
"""The section of figures that are told in sentences and not listed on the page of figures."""


def stated(kind):
    """Return the condition that a fact of `kind` about the unit of a row holds on the as-of day."""
    return lambda moment: Q(Exists(UnitFact.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), kind=kind)))


def stated_or_above(kinds):
    """Return the condition that a fact of one of `kinds` holds on the as-of day for the unit of a row, or one above."""

    def condition(moment):
        above = {"unit__beneath__unit": OuterRef("unit"), "kind__in": sorted(kinds)}
        found = UnitFact.objects.filter(covers(moment.as_of), covers(moment.as_of, "unit__beneath__"), **above)
        return Q(Exists(found))

    return condition


def offline(moment):
    """Return the condition that no household of the village of a row has a connection."""
    none = UnitFact.objects.filter(covers(moment.as_of), unit=OuterRef("unit"), kind=FactKind.INTERNET, value=0)
    return VILLAGES & Q(Exists(none))


def kept(topic):
    """Return the condition that documents of superiors on a topic are kept, or stated to be all there are.

    One that asks for a report is of the period.
    """

    def condition(moment):
        found = Document.objects.filter(unit=OuterRef("unit"), topic=topic, issued_on__lte=moment.as_of)
        found = found.filter(of_topic(topic)(moment)).exclude(issuer="")
        return Q(Exists(found)) | nil_stated(NilRegister.SUPERIOR_DOCUMENTS, moment.as_of, moment.as_of)

    return condition


def of_topic(topic):
    """Return the condition of documents of superiors on a topic; one that asks for a report is of the period."""

    def condition(moment):
        return Q(topic=topic, issued_on__gte=moment.since) if topic == DocumentTopic.REQUEST else Q(topic=topic)

    return condition


def with_working_rules(moment):
    """Return the condition that the unit of a row has adopted working rules until the as-of day."""
    rules = Document.objects.filter(unit=OuterRef("unit"), topic=DocumentTopic.WORKING_RULES, issuer="")
    return Q(Exists(rules.filter(issued_on__lte=moment.as_of)))


def gap(
    code,
    what,
    condition,
    slug,
    mends,
    population=COMMUNES,
    whose="đảng bộ xã",
    right=Right.EDIT,
    among=None,
    of="",
):
    """Declare the register of the rows of `population` for which `condition` does not hold, and its check.

    Only those that meet `among` are asked, whom the figure `of` counts.
    """
    among = among or Q()
    register = Register(
        f"unrecorded.{code}",
        f"Chưa ghi {what}",
        "Chưa ghi",
        population,
        lambda moment: among & ~condition(moment),
        of=of,
        whose=whose,
        rests_on=(RECORDS,),
        gap=f"[chưa ghi {what}: {{n}} {whose} – cần bổ sung]",
        check=f"chua-ghi-{slug}",
    )
    add_checked(register, f"{whose[0].upper()}{whose[1:]} chưa ghi {what}", mends, right)


VILLAGES = Q(sector=Sector.VILLAGE)


def of_units(code, label, what, condition, section, slug, mends, right=Right.DECIDE):
    """Declare the figure of the units directly beneath a commune for which `condition` holds, and its register."""
    gap(code, what, condition, slug, mends, UNITS, "chi bộ, đảng bộ", right)
    add(Figure(f"units.{code}", label, section, UNITS, condition, of="units.total", rests_on=(f"unrecorded.{code}",)))


for kind, code, what, slug in (
    (FactKind.AREA, "area", "diện tích tự nhiên", "dien-tich"),
    (FactKind.POPULATION, "population", "dân số", "dan-so"),
    (FactKind.PEOPLES, "peoples", "số dân tộc", "so-dan-toc"),
    (FactKind.ETHNIC_SHARE, "ethnic_shares", "tỷ lệ các dân tộc", "ty-le-dan-toc"),
    (FactKind.COVERAGE, "coverage", "tỷ lệ được quán triệt, tuyên truyền", "ty-le-tuyen-truyen"),
):
    gap(code, what, stated(kind), slug, add_form("thong-tin", kind=kind))
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
    "tai-khoan",
    add_form("thong-tin", kind=FactKind.BANK_ACCOUNT),
    Right.EDIT,
)
of_units(
    "working_rules",
    "Tổ chức đảng đã có quy chế làm việc",
    "quy chế làm việc",
    with_working_rules,
    "III.1.1",
    "quy-che",
    add_form("van-ban", topic=DocumentTopic.WORKING_RULES),
)
of_units(
    "overseen",
    "Tổ chức đảng có cấp ủy viên cấp trên phụ trách",
    "cấp ủy viên cấp trên phụ trách",
    partial(held, Post.OVERSEER),
    "III.1.3",
    "phu-trach",
    add_form("chuc-vu", post=Post.OVERSEER),
)

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

OF_VILLAGES = {"whose": "bản", "among": VILLAGES}
gap(
    "internet",
    "mạng internet có hay không",
    stated(FactKind.INTERNET),
    "internet",
    add_form("thong-tin", kind=FactKind.INTERNET),
    UNITS,
    of="posts.villages.units",
    **OF_VILLAGES,
)
gap(
    "not_admitted",
    "lý do quần chúng chưa kết nạp được",
    stated_or_above(NOT_ADMITTED),
    "ly-do-chua-ket-nap",
    add_form("thong-tin", kind=FactKind.WORKING_AWAY),
    CELL_UNITS,
    of="units.cells.village",
    **OF_VILLAGES,
)
add(
    Figure(
        "units.villages.offline",
        "Bản chưa có mạng internet",
        "III.2.3",
        UNITS,
        offline,
        of="posts.villages.units",
        reading="Bản được ghi là không hộ nào có mạng internet (0 %).",
        rests_on=("unrecorded.internet",),
    ),
    *(
        Figure(
            f"not_admitted.{kind}",
            kind.label.removesuffix(" (người)"),
            "III.2.4",
            NOT_ADMITTED_PEOPLE,
            Q(kind=kind),
            measure="number",
            reading="Tổng số người các đơn vị đã ghi, tính đến ngày số liệu; một người có thể vướng nhiều lý do.",
        )
        for kind in NOT_ADMITTED
    ),
)

for topic in DocumentTopic:
    gap(
        f"superior.{topic}",
        f"văn bản của cấp trên về {topic.label.lower()}",
        kept(topic),
        f"van-ban-{slugify(search_key(topic.label))}",
        add_form("van-ban", topic=topic),
        right=Right.DECIDE,
    )
add(
    *(
        Figure(
            f"documents.superior.{topic}",
            f"Văn bản của cấp trên: {topic.label.lower()}",
            LOCAL,
            SUPERIOR_DOCUMENTS,
            of_topic(topic),
            when=the_period if topic == DocumentTopic.REQUEST else None,
            rests_on=(f"unrecorded.superior.{topic}",),
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
