"""Record types of party organizations: what happened to them, and the documents they issue."""

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from binhlu_portal.dates.validity import OPEN, covers, covers_eve
from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import About, RecordType, register
from binhlu_portal.text.vietnamese import day
from organizations.documents import forms as document_forms
from organizations.facts import forms as fact_forms
from organizations.regulations import forms as regulation_forms
from organizations.units import forms as unit_forms

from . import choices
from .fact_kinds import FactKind
from .models import Ancestry, Document, FormTitle, ImpossiblePair, Regulation, Threshold, UnitEvent, UnitFact
from .models.facts import quantity
from .rights import Right
from .tree_queries import name_of, unit_lies_beneath


class UnitRecordType(RecordType):
    """A record type about units, whose model has a field `unit`."""

    about = About.UNIT

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that the unit of a record lies beneath that of the moment."""
        return unit_lies_beneath(self.tree_date_field)(moment)


def issuer_of(day):
    """Return the name of who issued a document on `day`: the superior organ, else the unit as it was then."""
    return Coalesce(NullIf("issuer", Value("")), name_of("unit", covers(OuterRef(day))))


def event_names(moment):
    """Return the look-up of the name of the unit on the day of its event, or on the eve of its end."""
    return {"name": Coalesce(*(name_of("unit", holds(OuterRef("day"))) for holds in (covers, covers_eve)))}


@register
class UnitEventRecords(UnitRecordType):
    """Events of units (sự kiện): founded, renamed, moved, split, merged, dissolved."""

    code = "su-kien"
    model = UnitEvent
    title = "Sự kiện của tổ chức đảng"
    description = "Thành lập, tiếp nhận, đổi tên, chuyển, tách, sáp nhập, giải thể; ghi mới ở trang của tổ chức đảng."
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Ngày", "day", day, short=True),
            ListColumn("Sự kiện", "kind", labelled(choices.EventKind)),
            ListColumn("Tổ chức đảng", "name"),
            ListColumn("Số quyết định", "decision_number", short=True),
            ListColumn("Tiếp nhận từ", "came_from"),
            ListColumn("Ghi chú", "note"),
        ),
        ("-day", "pk"),
        event_names,
    )
    list_filter = ("kind",)
    date_field = "day"
    correct_form = unit_forms.CorrectUnitEventForm
    delete_form = None

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that an event lies beneath the unit on its day, or an ending on the eve of it."""
        lines = Ancestry.objects.filter(ancestor=moment.unit, unit=OuterRef("unit"))
        then, eve = (Q(Exists(lines.filter(holds(OuterRef("day"))))) for holds in (covers, covers_eve))
        ending = Q(kind__in=choices.ENDINGS)
        return then & ~ending | eve & ending


@register
class DocumentRecords(UnitRecordType):
    """Documents that committees have issued (văn bản)."""

    code = "van-ban"
    model = Document
    title = "Văn bản"
    description = (
        "Văn bản cấp ủy đã ban hành và văn bản của cấp trên: số, ký hiệu, ngày, trích yếu, văn bản được cụ thể hóa."
    )
    right = Right.DECIDE
    listing = Listing(
        (
            ListColumn("Số, ký hiệu", "number", short=True),
            ListColumn("Ngày ban hành", "issued_on", day, short=True),
            ListColumn("Loại văn bản", "kind"),
            ListColumn("Trích yếu", "subject"),
            ListColumn("Cơ quan ban hành", "by"),
            ListColumn("Cụ thể hóa", "implements", short=True),
            ListColumn("Nội dung trong báo cáo", "topic", labelled(choices.DocumentTopic)),
        ),
        ("-issued_on", "number", "pk"),
        lambda moment: {"by": issuer_of("issued_on")},
    )
    list_filter = ("topic",)
    date_field = "issued_on"
    tree_date_field = "issued_on"
    add_form = document_forms.DocumentForm
    correct_form = document_forms.CorrectDocumentForm

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that a document lies beneath the unit: one of a superior, older perhaps, where kept."""
        kept = unit_lies_beneath(None)(moment)
        return Q(issuer="") & super().lies_beneath(moment) | ~Q(issuer="") & kept

    def lies_in_time(self, moment: Moment) -> Q:
        """Return the condition that a document is of the period, or of a superior and of any day until then."""
        return super().lies_in_time(moment) | ~Q(issuer="") & Q(issued_on__lte=moment.as_of)


@register
class UnitFactRecords(UnitRecordType):
    """Facts about units that no other register holds."""

    code = "thong-tin"
    model = UnitFact
    title = "Thông tin của đơn vị"
    description = "Diện tích, dân số, tỷ lệ tuyên truyền, tài khoản, kết quả rà soát: số, ngày và nguồn của từng điều."
    listing = Listing(
        (
            ListColumn("Tổ chức đảng", "name"),
            ListColumn("Nội dung", "kind", labelled(FactKind)),
            ListColumn("Của ai, ở đâu", "detail"),
            ListColumn("Số", "value", quantity, short=True),
            ListColumn("Ngày số liệu", "started_on", day, short=True),
            ListColumn("Căn cứ, nguồn", "source"),
        ),
        ("kind", "detail", "unit__code", "-started_on", "pk"),
        lambda moment: {"name": name_of("unit", covers(moment.as_of))},
    )
    list_filter = ("kind",)
    date_field = "started_on"
    is_lasting = True
    add_form = fact_forms.StateFactForm
    correct_form = fact_forms.CorrectFactForm


class OfEveryDayRecordType(RecordType):
    """A record type about nobody: what holds for the whole tree, of every day, with what replaces what."""

    about = About.ALL
    right = Right.DECIDE
    date_field = "started_on"
    is_lasting = True
    delete_form = None

    def lies_beneath(self, moment: Moment) -> Q:
        """Return the condition that is always true: it holds for every unit."""
        return Q()

    def lies_in_time(self, moment: Moment) -> Q:
        """Return the condition that is always true: the list says which of them hold on the as-of day."""
        return Q()


def state(moment):
    """Return in words whether a row is in force on the as-of day."""
    coming = When(started_on__gt=moment.as_of, then=Value("Chưa áp dụng"))
    return Case(coming, When(covers(moment.as_of), then=Value("Đang áp dụng")), default=Value("Hết áp dụng"))


def next_number(moment):
    """Return the number of the regulation that replaces that of a row."""
    found = Regulation.objects.filter(subject=OuterRef("subject"), started_on=OuterRef("ended_on"))
    return Subquery(found.exclude(subject=choices.Subject.OTHER).values("number")[:1])


def last_day(value):
    """Write an end; an open one is none."""
    return "" if value == OPEN else day(value)


IN_FORCE = (
    ListColumn("Hiệu lực", "state", short=True),
    ListColumn("Từ ngày", "started_on", day, short=True),
    ListColumn("Đến ngày (không còn)", "ended_on", last_day, short=True),
)
CERTAINTY = ListColumn("Mức chắc chắn", "certainty", labelled(choices.Certainty))


@register
class RegulationRecords(OfEveryDayRecordType):
    """Regulations (văn bản quy định) with what replaces them."""

    code = "van-ban-quy-dinh"
    model = Regulation
    title = "Văn bản quy định"
    description = "Quy định, hướng dẫn đang áp dụng về từng nội dung, văn bản thay thế; hệ thống viện dẫn theo sổ này."
    listing = Listing(
        (
            ListColumn("Số, ký hiệu", "number", short=True),
            ListColumn("Nội dung", "subject", labelled(choices.Subject)),
            ListColumn("Loại văn bản", "kind"),
            ListColumn("Ngày ban hành", "issued_on", day, short=True),
            *IN_FORCE,
            ListColumn("Được thay bằng", "next_number", short=True),
            CERTAINTY,
        ),
        ("subject", "-started_on", "pk"),
        lambda moment: {"state": state(moment), "next_number": next_number(moment)},
    )
    list_filter = ("subject", "certainty")
    add_form = regulation_forms.RegulationForm
    correct_form = regulation_forms.CorrectRegulationForm


@register
class ThresholdRecords(OfEveryDayRecordType):
    """Values that regulations and resolutions set: targets, ceilings, deadlines, ages."""

    code = "chi-tieu-dinh-muc"
    model = Threshold
    title = "Chỉ tiêu, định mức"
    description = "Chỉ tiêu, tỷ lệ khống chế, thời hạn, độ tuổi mà số liệu, kiểm tra và nhắc việc dùng, theo từng ngày."
    listing = Listing(
        (
            ListColumn("Nội dung", "code", lambda code: dict(choices.Norm.choices).get(code, code)),
            ListColumn("Mức", "low", quantity, short=True),
            ListColumn("Đến mức", "high", quantity, short=True),
            ListColumn("Đơn vị tính", "unit", labelled(choices.Measure), short=True),
            *IN_FORCE,
            ListColumn("Văn bản quy định", "regulation__number", short=True),
            ListColumn("Căn cứ khác, điều khoản", "source"),
            CERTAINTY,
        ),
        ("code", "-started_on", "pk"),
        lambda moment: {"state": state(moment)},
    )
    list_filter = ("unit", "certainty")
    add_form = regulation_forms.ThresholdForm
    correct_form = regulation_forms.CorrectThresholdForm
    actions = {"muc-moi": regulation_forms.NextValueForm}


BASIS = (
    ListColumn("Văn bản quy định", "regulation__number", short=True),
    ListColumn("Căn cứ khác, điều khoản", "source"),
    CERTAINTY,
)


@register
class FormTitleRecords(OfEveryDayRecordType):
    """Names of the forms of the Party's statistics."""

    code = "ten-bieu"
    model = FormTitle
    title = "Tên biểu thống kê"
    description = "Tên in trên biểu thống kê theo từng ngày; cấp trên đổi tên biểu thì ghi tên mới ở đây."
    listing = Listing(
        (
            ListColumn("Biểu", "form", labelled(choices.StatisticsForm), short=True),
            ListColumn("Tên biểu", "title"),
            *IN_FORCE,
            *BASIS,
        ),
        ("form", "-started_on", "pk"),
        lambda moment: {"state": state(moment)},
    )
    list_filter = ("certainty",)
    add_form = regulation_forms.FormTitleForm
    correct_form = regulation_forms.CorrectFormTitleForm


@register
class ImpossiblePairRecords(OfEveryDayRecordType):
    """Kinds of unit and sectors that do not go together."""

    code = "loai-khong-co-loai-hinh"
    model = ImpossiblePair
    title = "Loại tổ chức không có loại hình"
    description = "Loại tổ chức và loại hình không đi với nhau, ví dụ chi bộ cơ sở ở bản: hệ thống không nhận khi ghi."
    listing = Listing(
        (
            ListColumn("Loại tổ chức", "kind", labelled(choices.Kind)),
            ListColumn("Loại hình", "sector", labelled(choices.Sector)),
            *IN_FORCE,
            *BASIS,
        ),
        ("kind", "sector", "-started_on", "pk"),
        lambda moment: {"state": state(moment)},
    )
    list_filter = ("kind", "certainty")
    add_form = regulation_forms.ImpossiblePairForm
    correct_form = regulation_forms.CorrectImpossiblePairForm
