"""Forms about accounts and roles, and the filter of the list of accounts."""

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q

from binhlu_portal.moment.forms import unit_choices
from binhlu_portal.search_boxes import UnitChoiceField
from binhlu_portal.text.vietnamese import search_words
from organizations.choices import RoleKind
from organizations.models import Role, Unit
from organizations.rights import Right
from organizations.tree_queries import tree_to_change

from .tables import AccountState

USERNAME = RegexValidator(
    r"^[a-z0-9]+([._-][a-z0-9]+)*$",
    "Chỉ dùng chữ thường không dấu, chữ số; giữa chúng được có dấu chấm hoặc gạch nối.",
)


SHORTEST_USERNAME = 3
TOO_SHORT = f"Tên đăng nhập cần ít nhất {SHORTEST_USERNAME} ký tự."


class RoleForm(forms.Form):
    """A role at a unit of the keeper's."""

    kind = forms.ChoiceField(
        label="Vai trò", choices=[("", "Chọn vai trò"), *RoleKind.choices], error_messages={"required": "Chọn vai trò."}
    )
    unit = UnitChoiceField(
        label="Tổ chức đảng",
        help_text="Vai trò có hiệu lực ở tổ chức này và mọi tổ chức trực thuộc.",
        error_messages={
            "required": "Chọn tổ chức đảng.",
            "invalid_choice": "Tổ chức đảng này không thuộc phạm vi quản trị: chọn trong danh sách.",
        },
    )

    def __init__(self, data=None, *, keeper, day):
        super().__init__(data)
        self.keeper = keeper
        self.fields["unit"].offer(unit_choices(tree_to_change(keeper, day, Right.ACCOUNTS)), "Chọn tổ chức đảng")

    def clean_unit(self):
        """Return the unit itself."""
        return Unit.objects.editable_by(self.keeper, Right.ACCOUNTS).get(code=self.cleaned_data["unit"])


class NameForm(forms.Form):
    """The name of the person."""

    full_name = forms.CharField(
        label="Họ và tên",
        max_length=120,
        help_text="Ghi đủ dấu, ví dụ: Lò Thị Mẫu.",
        error_messages={"required": "Ghi họ và tên."},
    )


class PersonForm(NameForm):
    """The person of a new account, and by which name that signs in."""

    username = forms.CharField(
        label="Tên đăng nhập",
        min_length=SHORTEST_USERNAME,
        max_length=30,
        help_text="Chữ thường không dấu và chữ số, ví dụ: lothimau. Về sau không đổi được.",
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Ghi tên đăng nhập.", "min_length": TOO_SHORT},
    )

    def clean_username(self):
        """Return the name in small letters."""
        username = self.cleaned_data["username"].lower()
        USERNAME(username)
        return username


class AccountForm(RoleForm, PersonForm):
    """A new account: for whom, with which role."""

    field_order = ["full_name", "username", "kind", "unit"]


CONDITIONS = {
    AccountState.IN_USE: Q(is_active=True, start_code_expires_at=None),
    AccountState.WAITING: Q(is_active=True, start_code_expires_at__isnull=False),
    AccountState.CLOSED: Q(is_active=False),
}


class AccountFilter(forms.Form):
    """How the list is narrowed, from the address; what it cannot mean narrows nothing."""

    tim = forms.CharField(
        label="Tìm tên", required=False, widget=forms.TextInput({"type": "search", "autocomplete": "off"})
    )
    vai_tro = forms.ChoiceField(label="Vai trò", required=False, choices=[("", "Mọi vai trò"), *RoleKind.choices])
    don_vi = UnitChoiceField(label="Tổ chức đảng", required=False)
    trang_thai = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Mọi tình trạng"), *AccountState.choices]
    )

    def __init__(self, data, *, keeper, day):
        super().__init__(data)
        self.fields["don_vi"].offer(unit_choices(tree_to_change(keeper, day, Right.ACCOUNTS)), "Mọi tổ chức đảng")

    def narrow(self, accounts):
        """Return those of `accounts` that are asked for."""
        self.is_valid()
        asked = self.cleaned_data
        for word in search_words(asked.get("tim") or ""):
            accounts = accounts.filter(Q(search_name__contains=word) | Q(username__contains=word))
        role = {"kind": asked.get("vai_tro"), "unit__code": asked.get("don_vi")}
        role = {name: value for name, value in role.items() if value}
        if role:
            accounts = accounts.filter(Exists(Role.objects.filter(user=OuterRef("pk"), **role)))
        return accounts.filter(CONDITIONS.get(asked.get("trang_thai"), Q()))
