"""Forms that put right what the card of a person says."""

from binhlu_portal.records.forms.base import CorrectForm
from members import field_groups
from members.change_reports.settlement import SettlingForm
from members.models import Member
from members.models.change_report import ChangeKind
from organizations.rights import Right


class CorrectIdentityForm(CorrectForm):
    """Who the person is and where he or she lives."""

    title = "Sửa thông tin cá nhân"
    model = Member
    model_fields = field_groups.WHO


class ChangePhoneForm(CorrectForm):
    """A new telephone number alone, for a few taps on a telephone."""

    title = "Ghi số điện thoại mới"
    model = Member
    model_fields = ("phone",)


class ChangeAddressForm(CorrectForm):
    """Where the person lives now, alone."""

    title = "Ghi chỗ ở mới"
    model = Member
    model_fields = ("residence", "temporary_residence")


class CorrectJoiningForm(SettlingForm, CorrectForm):
    """When and where the person came into the Party: what years in the Party and probation are counted from."""

    title = "Sửa thông tin vào Đảng"
    settles = (ChangeKind.ENTRY,)
    model = Member
    model_fields = field_groups.INTO_THE_PARTY
    right = Right.DECIDE


class CorrectPartyCardForm(CorrectForm):
    """Numbers of the card and of the file, and the electronic handbook."""

    title = "Sửa thẻ, hồ sơ"
    model = Member
    model_fields = field_groups.CARD


class CorrectLifeForm(CorrectForm):
    """What else the register asks of a life."""

    title = "Sửa thông tin khác"
    model = Member
    model_fields = field_groups.LIFE
