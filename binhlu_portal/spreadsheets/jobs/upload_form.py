"""The form that takes files: one, several, a whole folder, or a package of them."""

from django import forms

from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.spreadsheets.sandbox.archives import ENDING, is_litter, unpack
from binhlu_portal.spreadsheets.sandbox.limits import LARGEST, LIST_ENDINGS, MEGABYTE, MOST_FILES, Unreadable
from binhlu_portal.text.vietnamese import clean, number

from .actions import receive_file, receive_folder

MOST_PACKAGES = 5
"""Packages that are opened while their sender waits; a process is started for each."""

MOST_TOLD = 10
"""How many files that were left out are named."""


class UploadsInput(forms.FileInput):
    """A place to choose files, or to drop them on."""

    allow_multiple_selected = True

    def use_required_attribute(self, initial):
        """Files are chosen in one of two places; neither alone is required."""
        return False


def problem(file):
    """Return why a file cannot be taken: it is empty, or too large; else None."""
    if not file.size:
        return f"Tệp “{file.name}” trống, không có dữ liệu: chọn lại tệp."
    if file.size > LARGEST:
        return f"Tệp “{file.name}” lớn hơn {LARGEST // MEGABYTE} MB: tách thành nhiều tệp nhỏ hơn."
    return None


class UploadsField(forms.FileField):
    """One or several files."""

    def clean(self, data, initial=None):
        """Return the files."""
        return data if isinstance(data, list) else [data] if data else []


class UploadForm(RecordForm):
    """Brings files in to be checked; nothing is written yet.

    A package is taken for the lists in it. Of a folder or a package what is no list is `left_out`, by its name.
    """

    title = "Nhập từ Excel"
    submit_label = "Kiểm tra tệp"
    reason = None
    chosen = UploadsField(
        label="Chọn tệp, hoặc kéo tệp thả vào đây",
        help_text=f"Một hoặc nhiều tệp .xlsx, .xls, .ods, .csv, hoặc tệp nén .zip chứa các tệp đó; "
        f"mỗi tệp tối đa {LARGEST // MEGABYTE} MB.",
        widget=UploadsInput({"accept": f"{','.join(LIST_ENDINGS)},{ENDING}", "class": "drop"}),
    )
    folder = UploadsField(
        label="Hoặc chọn cả thư mục",
        help_text=f"Mọi danh sách trong thư mục, tối đa {MOST_FILES} tệp.",
        widget=UploadsInput({"webkitdirectory": True}),
    )

    def clean(self):
        """Read what was sent, and say of what cannot be taken why; when nothing can be, that is an error."""
        self.taken, self.left_out, self.packages, others = [], [], 0, []
        chosen, whole = self.cleaned_data.get("chosen", []), self.cleaned_data.get("folder", [])
        for file in [*chosen, *(each for each in whole if not is_litter(each.name))]:
            name = clean(file.name)
            if file in whole and not name.lower().endswith((*LIST_ENDINGS, ENDING)):
                others.append(name)
            elif why := problem(file) or self._one_too_many(name):
                self.left_out.append(why)
            else:
                others += self._take(name, file.read())
        self.taken.sort()
        if others:
            self.left_out.append(f"Để lại {number(len(others))} tệp không phải danh sách: {listed(others)}.")
        if len(self.taken) > MOST_FILES:
            self.add_error("chosen", f"Mỗi lần gửi tối đa {MOST_FILES} tệp: chia thành nhiều lần.")
        elif not self.taken:
            self.add_error("chosen", self.left_out or "Chưa chọn tệp nào: bấm vào ô để chọn, hoặc kéo tệp thả vào đó.")

    def _one_too_many(self, name):
        """Return why a package is not opened after others."""
        self.packages += name.lower().endswith(ENDING)
        if not name.lower().endswith(ENDING) or self.packages <= MOST_PACKAGES:
            return None
        return f"“{name}”: mỗi lần chỉ mở {MOST_PACKAGES} tệp nén. Gửi tệp này lần sau."

    def _take(self, name, content):
        """Take a file, or those in a package; return the names of what lies in it and is no list."""
        if not name.lower().endswith(ENDING):
            self.taken.append((name, content))
            return []
        try:
            found = [(clean(inner), content) for inner, content in unpack(content)]
        except Unreadable as refusal:
            self.left_out.append(f"“{name}”: {refusal}")
            return []
        self.taken += [(inner, content) for inner, content in found if content is not None]
        return [inner for inner, content in found if content is None]

    @property
    def name(self):
        """What files sent together are called: the package in which they came, else the first of them."""
        sent = [*self.cleaned_data["chosen"], *self.cleaned_data["folder"]]
        if len(sent) == 1:
            return clean(sent[0].name)
        first = self.taken[0][0]
        return f"{len(self.taken)} tệp: {first}, …" if len(self.taken) > 1 else first

    @property
    def action_data(self):
        """The actions are given what was read."""
        return {}

    def perform(self):
        """Keep a file by itself; several as a folder, and one too with which others came that were left out."""
        if len(self.taken) > 1 or self.left_out:
            told = "\n".join(self.left_out)
            return [receive_folder(user=self.user, name=self.name, files=self.taken, left_out=told)]
        return [receive_file(user=self.user, name=name, content=content) for name, content in self.taken]


def listed(names):
    """Return names in one sentence, not too many."""
    more = len(names) - MOST_TOLD
    return ", ".join(f"“{name}”" for name in names[:MOST_TOLD]) + (f" và {number(more)} tệp khác" if more > 0 else "")
