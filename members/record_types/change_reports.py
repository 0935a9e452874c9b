"""Record type of reports of change."""

from urllib.parse import urlencode

from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.records.types import register
from binhlu_portal.text.vietnamese import day
from members.change_reports.change_types import type_of
from members.change_reports.forms import STEPS
from members.change_reports.queries import act_of
from members.models import ChangeReport
from members.models.change_report import OPEN_STATES, ChangeKind, ChangeReportState
from organizations.record_types import UnitRecordType
from organizations.rights import Right

from .columns import NAME, cell_now


def people(moment):
    """Return the look-up of whom a report is about, who may have no record, and of the cell."""
    return cell_now(moment) | {
        "person": Coalesce(NullIf("newcomer", Value("")), "member__full_name", output_field=CharField()),
        "person_key": Coalesce("member__sort_name", "newcomer", output_field=CharField()),
    }


@register
class ChangeReportRecords(UnitRecordType):
    """Reports of change (báo thay đổi): what cells know and the office writes down."""

    code = "bao-thay-doi"
    model = ChangeReport
    title = "Báo thay đổi"
    description = (
        "Điều chi bộ biết về đảng viên của mình và Văn phòng Đảng ủy ghi vào hồ sơ: báo gì, đã lưu hay còn chờ."
    )
    listing = Listing(
        (
            ListColumn("Họ và tên", "person", short=True, sort="person_key", member="member__pk"),
            ListColumn("Tình trạng", "state", labelled(ChangeReportState), short=True),
            ListColumn("Việc", "kind", labelled(ChangeKind)),
            ListColumn("Chi bộ", "cell"),
            ListColumn("Ngày báo", "reported_on", day, short=True),
            ListColumn("Ngày xong", "closed_on", day, short=True),
        ),
        ("-reported_on", "-pk"),
        people,
        (
            ListColumn("Ngày có thay đổi", "day", short=True),
            ListColumn("Nơi đến, nơi đi", "place"),
            ListColumn("Nói rõ thêm", "note"),
            ListColumn("Văn phòng hỏi, trả lời", "question"),
            ListColumn("Chi bộ trả lời", "answer"),
        ),
    )
    list_filter = ("state", "kind")
    search_fields = (*NAME, "search_name")
    date_field = "reported_on"
    delete_form = None

    def lies_in_time(self, moment: Moment) -> Q:
        """Return the condition that a report is open, whenever it was made, or is of the time of the moment."""
        return super().lies_in_time(moment) | Q(state__in=OPEN_STATES, reported_on__lte=moment.as_of)

    def shown_fields(self, record):
        """Return the fields that a report of this type carries, and what else it says."""
        of_the_type = {"kind", "reported_on", "state", *type_of(record).carries}
        fields = super().shown_fields(record)
        return [field for field in fields if field.name in of_the_type or field.value_from_object(record)]

    def links(self, record, user):
        """Return what the office or the cell may do with an open report, or where what was written stands."""
        if not record.is_open:
            act = act_of(record)
            return [("Xem những gì đã lưu", reverse("act", args=[act]))] if act else []
        if _is_of_office(record, user):
            write = ("Ghi vào hồ sơ", reverse("change-report-write", args=[record.pk]))
            return [write, *_steps(record, "hoi-lai", "khong-ghi")]
        answer = ["tra-loi"] if record.state == ChangeReportState.ASKED and record.may_edit else []
        another = ("Báo thay đổi khác", f"{reverse('change')}?{urlencode({'don_vi': record.unit.code})}")
        return [*_steps(record, *answer), ("Về trang chính", reverse("home")), *([another] if record.may_edit else [])]

    def ways_to_take_back(self, record, user):
        """Return where the cell takes an open report back."""
        own = record.is_open and record.may_edit and not _is_of_office(record, user)
        return _steps(record, "rut") if own else []


def _is_of_office(record, user):
    """Return whether `user` writes in records what the report tells."""
    return ChangeReport.objects.editable_by(user, Right.DECIDE).filter(pk=record.pk).exists()


def _steps(record, *names):
    """Return the forms about a report as (words, address)."""
    return [(STEPS[name].title, reverse("change-report-step", args=[record.pk, name])) for name in names]
