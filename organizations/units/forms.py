"""Forms that change one party organization, given as the instance: found, receive, rename, move, reclassify."""

from django import forms

from binhlu_portal.records.forms.base import DECIDED, CorrectForm, DecidedForm
from binhlu_portal.records.forms.fields import PastDayField
from organizations.choices import CELLS, PARENTS, Kind
from organizations.forms import UnitField
from organizations.models import UnitEvent, UnitPeriod
from organizations.rights import Right
from organizations.units import actions as units

HOLDERS = frozenset(Kind) - CELLS
"""Kinds that other units stand beneath."""


class UnitChangeForm(DecidedForm):
    """A decision of the committee about the instance, a unit; it is shown before it is written.

    The wizard is offered for units of `kinds`, and for the root only when it `suits_the_root`. `known` are the fields
    that start with what the unit is now (`place`). `about` is said before writing, `done` after. `own` are bound fields
    that speak of one member each.
    """

    model = UnitPeriod
    right = Right.DECIDE
    has_preview = True
    kinds = frozenset(Kind)
    suits_the_root = True
    known = ()
    about = ""
    done = "Đã lưu."
    own = ()

    day = PastDayField(label="Có hiệu lực từ ngày")

    def __init__(self, *args, instance, initial=None, **kwargs):
        self.place = instance.periods.order_by("started_on").last()
        initial = {name: getattr(self.place, name) for name in self.known} | (initial or {})
        super().__init__(*args, instance=instance, initial=initial, **kwargs)

    @classmethod
    def fits(cls, place):
        """Whether the wizard is offered for a unit that is what `place` says."""
        return place.kind in cls.kinds and (cls.suits_the_root or place.parent_id is not None)


class CodeField(forms.SlugField):
    """The code of a new unit; without one it is made from the name."""

    def __init__(self):
        super().__init__(
            label="Mã",
            required=False,
            max_length=40,
            help_text="Chữ không dấu, chữ số và gạch nối, ví dụ: ban-01. Để trống thì lấy theo tên.",
            error_messages={"invalid": "Mã chỉ gồm chữ không dấu, chữ số và gạch nối, không có dấu cách."},
        )


class NewUnitForm(UnitChangeForm):
    """Brings a new unit beneath the instance into the tree."""

    kinds = HOLDERS
    model_fields = ("name", "kind", "sector")
    order = ("name", "kind", "sector", "code", "came_from", "day")

    code = CodeField()
    came_from = forms.CharField(
        label="Tiếp nhận từ cấp ủy", required=False, max_length=200, help_text="Ví dụ: Đảng ủy xã đã chuyển giao."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        fitting = [kind for kind in Kind.values if self.place.kind in PARENTS[Kind(kind)]]
        kind.choices = [choice for choice in kind.choices if choice[0] in ("", *fitting)]

    @property
    def action_data(self):
        """The data that the action is given: the parent is the instance."""
        given = super().action_data
        return given | {"code": given["code"] or units.unused_code(given["name"]), "parent": self.instance}


class EstablishUnitForm(NewUnitForm):
    """Founds a unit."""

    title = "Thành lập tổ chức trực thuộc"
    done = "Đã thành lập. Bước tiếp theo: ghi đảng viên và cấp ủy của tổ chức mới."

    def perform(self, **given):
        """Found the unit."""
        return units.establish(**given)


class ReceiveUnitForm(NewUnitForm):
    """Takes a unit over from another committee."""

    title = "Tiếp nhận tổ chức trực thuộc"
    about = (
        "Dùng khi tổ chức đảng đã có ở đảng bộ khác được chuyển giao về đây. Ghi tổ chức trước; sau đó ghi từng đảng "
        "viên cùng chuyển về với lý do “Tiếp nhận cùng tổ chức đảng”, từ đúng ngày tiếp nhận."
    )
    done = "Đã tiếp nhận. Bước tiếp theo: ghi những đảng viên cùng được tiếp nhận từ ngày đó."

    def perform(self, **given):
        """Take the unit over."""
        return units.receive(**given)


class RenameUnitForm(UnitChangeForm):
    """Gives the unit another name."""

    title = "Đổi tên"
    about = "Tên cũ vẫn đứng trong số liệu, danh sách của những ngày trước."
    model_fields = known = ("name",)
    order = ("name", "day")

    def perform(self, **given):
        """Rename the unit and return it."""
        units.rename(unit=self.instance, **given)
        return self.instance


class ParentField(UnitField):
    """A unit beneath which the instance of the form may stand."""

    def set_choices(self, form):
        """Offer the units of the kinds that may hold the instance."""
        self.kinds = PARENTS[Kind(form.place.kind)]
        super().set_choices(form)


class MoveUnitForm(UnitChangeForm):
    """Puts the unit, with all beneath it, under another one."""

    title = "Chuyển tổ chức cấp trên"
    about = "Các tổ chức trực thuộc và đảng viên đi theo; số liệu trước ngày chuyển giữ nguyên ở nơi cũ."
    suits_the_root = False
    order = ("parent", "day")

    parent = ParentField(label="Trực thuộc")

    def perform(self, **given):
        """Move the unit and return it."""
        units.move(unit=self.instance, **given)
        return self.instance


class ReclassifyUnitForm(UnitChangeForm):
    """Changes the kind or the sector of the unit."""

    title = "Đổi loại tổ chức, loại hình"
    about = (
        "Dùng khi chi bộ được nâng lên thành đảng bộ hoặc ngược lại, hoặc khi loại hình đổi. Đảng viên chỉ sinh hoạt "
        "ở chi bộ: trước khi nâng chi bộ lên thành đảng bộ, hãy tách đảng viên sang các chi bộ khác."
    )
    model_fields = known = ("kind", "sector")
    order = ("kind", "sector", "day")

    def perform(self, **given):
        """Change the unit and return it."""
        units.reclassify(unit=self.instance, **given)
        return self.instance


class CorrectUnitEventForm(CorrectForm):
    """Puts right what an event rests on; days and units change by the forms above only."""

    model = UnitEvent
    model_fields = ("came_from", "note", *DECIDED)
