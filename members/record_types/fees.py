"""Record types of the Party fee: on what it is reckoned, and who pays less of it."""

from binhlu_portal.records.tables.columns import ListColumn, labelled
from binhlu_portal.records.types import register
from binhlu_portal.text.vietnamese import number
from members import choices
from members.fees.forms import CorrectFeeBasisForm, FeeBasisForm
from members.member_records import corrections, forms
from members.models import FeeBasis, FeeReduction

from .columns import DECISION, SINCE, UNTIL, MemberRecordType, of_members


def amount(value):
    """Write an amount of money; one that is not known as nothing."""
    return "" if value is None else number(value)


@register
class FeeBasisRecords(MemberRecordType):
    """Bases of the Party fee (căn cứ đóng đảng phí); only those who may change them see them."""

    code = "can-cu-dong-dang-phi"
    model = FeeBasis
    title = "Căn cứ đóng đảng phí"
    description = "Đảng phí của mỗi đảng viên tính trên gì; chỉ chi bộ của đảng viên và văn phòng xem được."
    listing = of_members(
        ListColumn("Nhóm", "group", labelled(choices.FeeGroup)),
        ListColumn("Mức thu nhập tháng (đồng)", "income", amount, numeric=True, nested=True),
        SINCE,
        UNTIL,
    )
    list_filter = ("group",)
    date_field = "started_on"
    is_lasting = True
    add_form = FeeBasisForm
    correct_form = CorrectFeeBasisForm


@register
class FeeReductionRecords(MemberRecordType):
    """Reductions of the Party fee (miễn, giảm đảng phí)."""

    code = "mien-giam-dang-phi"
    model = FeeReduction
    title = "Miễn, giảm đảng phí"
    description = "Đảng viên được miễn hoặc giảm đảng phí: mức, căn cứ, thời hạn, quyết định."
    listing = of_members(
        ListColumn("Mức", "kind", labelled(choices.FeeRelief)),
        ListColumn("Căn cứ", "ground", labelled(choices.FeeGround)),
        SINCE,
        UNTIL,
        DECISION,
    )
    list_filter = ("kind", "ground")
    date_field = "started_on"
    is_lasting = True
    add_form = forms.FeeReductionForm
    correct_form = corrections.CorrectFeeReductionForm
