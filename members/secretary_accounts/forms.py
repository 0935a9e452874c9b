"""Forms on which accounts of secretaries are ticked: those to be opened, those whose cards are printed anew."""

from django import forms

from binhlu_portal.text.vietnamese import number

NOBODY = {"required": "Chọn ít nhất một người."}


class OpenAllForm(forms.Form):
    """Cells whose secretary gets an account; ticked are all but those where somebody should look first."""

    units = forms.MultipleChoiceField(
        label="Mở tài khoản cho", widget=forms.CheckboxSelectMultiple, error_messages=NOBODY
    )

    def __init__(self, data=None, *, posts):
        super().__init__(data)
        self.posts = {post.unit.code: post for post in posts}
        field = self.fields["units"]
        field.choices = [(code, self.words(post)) for code, post in self.posts.items()]
        field.initial = [code for code, post in self.posts.items() if not (post.others or post.namesakes)]
        field.error_messages["invalid_choice"] = "Bí thư chi bộ này đã có tài khoản, hoặc vừa thay: chọn lại."

    def clean_units(self):
        """Return the units themselves."""
        return [self.posts[code].unit for code in self.cleaned_data["units"]]

    @staticmethod
    def words(post):
        """Return who it is, and what is to be looked at before an account is opened."""
        odd = []
        if post.others:
            odd.append(f"chi bộ đang có tài khoản của {', '.join(post.others)}")
        if post.namesakes:
            odd.append(f"đã có tài khoản cùng họ tên: {', '.join(post.namesakes)}")
        return f"{post.cell}: {post.name}" + (f" ({'; '.join(odd)})" if odd else "")


class PrintAnewForm(forms.Form):
    """Accounts that have not begun, whose cards are printed anew; none is ticked, for the old cards are void then."""

    everybody = forms.BooleanField(required=False)
    users = forms.MultipleChoiceField(label="In lại phiếu cho", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, data=None, *, accounts, now):
        super().__init__(data)
        self.accounts, self.now = {str(account.pk): account for account in accounts}, now
        field = self.fields["users"]
        field.choices = [(key, self.words(account)) for key, account in self.accounts.items()]
        field.error_messages["invalid_choice"] = "Người này đã đặt mật khẩu, hoặc tài khoản đã đóng: chọn lại."
        self.fields["everybody"].label = f"Cả {number(len(self.accounts))} người dưới đây"

    def clean(self):
        """Leave the accounts themselves."""
        said = super().clean()
        chosen = self.accounts if said.pop("everybody") else said.get("users", ())
        if not chosen and "users" not in self.errors:
            self.add_error("users", NOBODY["required"])
        return {"users": [self.accounts[key] for key in chosen]}

    def words(self, account):
        """Return who it is, and whether the card can still be used."""
        late = "; mã đã hết hạn" if account.start_code_expires_at <= self.now else ""
        return f"{account.cell}: {account.full_name} ({account.username}{late})"
