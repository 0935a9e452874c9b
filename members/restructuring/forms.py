"""Forms that move members between cells, or units between committees: merge, split, dissolve."""

from django import forms
from django.db.models import Count
from django.utils.functional import cached_property

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.fields import PastDayField
from binhlu_portal.text.vietnamese import number
from members.models import Member, Spell
from members.namesakes import known_as, told_apart
from organizations.choices import CELLS, Kind
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right
from organizations.tree_queries import committee_of, tree_of_day
from organizations.units import actions as units
from organizations.units.forms import CodeField, ParentField, UnitChangeForm

from . import actions as restructuring
from . import corrections

OWN = "noi_"
"""What the names of the fields begin with that hold where one member goes."""


class CellChangeForm(UnitChangeForm):
    """A decision about a cell that moves its members."""

    kinds = CELLS

    @cached_property
    def near(self):
        """The other cells of the same commune committee that the sender may change, as they are today."""
        near = committee_of(tree_of_day(self.user, self.today, self.right), self.instance.pk)
        return [place for place in near if place.kind in CELLS and place.unit_id != self.instance.pk]

    @cached_property
    def staying(self):
        """The open stays in the cell, by given name."""
        stays = Spell.objects.visible_to(self.user).filter(unit=self.instance, ended_on=OPEN).select_related("member")
        return list(stays.order_by("member__sort_name", "pk"))

    def cells(self, codes):
        """Return {code: cell} of the `codes` chosen, out of those the sender may change."""
        found = Unit.objects.editable_by(self.user, self.right).filter(code__in=codes).order_by("code")
        return {cell.code: cell for cell in found}


class MergeCellsForm(CellChangeForm):
    """Merges other cells into the instance."""

    title = "Sáp nhập chi bộ khác vào đây"
    about = (
        "Đảng viên của các chi bộ được chọn chuyển sang chi bộ này từ ngày sáp nhập; chức vụ ở chi bộ cũ thôi giữ và "
        "chi bộ cũ kết thúc. Số liệu trước ngày sáp nhập giữ nguyên."
    )
    done = "Đã sáp nhập."
    order = ("merged", "day")

    merged = forms.MultipleChoiceField(
        label="Chi bộ được sáp nhập vào đây",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đánh dấu ít nhất một chi bộ được sáp nhập vào đây."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = [place.unit_id for place in self.near]
        stays = Spell.objects.visible_to(self.user).filter(unit__in=units, ended_on=OPEN).order_by()
        counts = dict(stays.values_list("unit").annotate(Count("pk")))
        self.fields["merged"].choices = [
            (place.unit.code, f"{place.name} ({number(counts.get(place.unit_id, 0))} đảng viên)") for place in self.near
        ]

    def perform(self, *, merged, **given):
        """Merge the cells and return the one that stays."""
        return restructuring.merge(cells=[*self.cells(merged).values()], into=self.instance, **given)


class SplitCellForm(CellChangeForm):
    """Founds a new cell out of the instance."""

    title = "Tách chi bộ"
    about = (
        "Chi bộ mới cùng loại tổ chức, loại hình và cùng cấp trên với chi bộ này. Những người được đánh dấu chuyển "
        "sang chi bộ mới từ ngày tách; chức vụ của họ ở chi bộ cũ thôi giữ."
    )
    done = "Đã tách chi bộ. Bước tiếp theo: ghi cấp ủy của chi bộ mới."
    model_fields = ("name",)
    order = ("name", "code", "members", "day")

    code = CodeField()
    members = forms.MultipleChoiceField(
        label="Đảng viên chuyển sang chi bộ mới",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đánh dấu ít nhất một đảng viên chuyển sang chi bộ mới."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Tên chi bộ mới"
        self.fields["members"].choices = [(str(pk), name) for pk, name in _names(self.staying).items()]

    def perform(self, *, name, code, members, **given):
        """Split the cell and return the new one."""
        chosen = Member.objects.visible_to(self.user).filter(pk__in=members)
        code = code or units.unused_code(name)
        return restructuring.split(cell=self.instance, name=name, code=code, members=chosen, **given)


class DissolveCellForm(CellChangeForm):
    """Dissolves the instance; each of its members goes to another cell."""

    title = "Giải thể chi bộ"
    about = (
        "Mỗi đảng viên phải có chi bộ chuyển đến. Ai chuyển sang đảng bộ khác thì ghi chuyển đi trước. Chức vụ ở chi "
        "bộ thôi giữ từ ngày giải thể; số liệu trước ngày đó giữ nguyên."
    )
    done = "Đã giải thể chi bộ. Trang này cho thấy chi bộ như ngày cuối cùng."
    order = ("to", "day")

    to = forms.ChoiceField(
        label="Đảng viên chuyển đến",
        required=False,
        help_text="Nơi chuyển đến chung, cũng là nơi tiếp tục theo dõi quần chúng ưu tú. Ai đi nơi khác thì "
        "chọn riêng ở danh sách bên dưới.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cells = [(place.unit.code, place.name) for place in self.near]
        self.fields["to"].choices = [("", "Chọn …"), *cells]
        for pk, name in _names(self.staying).items():
            self.fields[f"{OWN}{pk}"] = forms.ChoiceField(
                label=name, required=False, choices=[("", "Như nơi chung"), *cells]
            )

    @property
    def own(self):
        """The bound fields of where one member goes."""
        return [field for field in self if field.name.startswith(OWN)]

    def clean(self):
        """Ask for the common place when somebody has no place of the own."""
        given = self.cleaned_data
        missing = [stay.member for stay in self.staying if not given.get(f"{OWN}{stay.member_id}")]
        if missing and not given.get("to") and "to" not in self.errors:
            self.add_error(
                "to", f"Còn {len(missing)} đảng viên chưa có nơi chuyển đến: chọn nơi chung hoặc chọn riêng."
            )

    def perform(self, *, to, day, decision, **own):
        """Dissolve the cell and return it."""
        codes = {stay.member: own[f"{OWN}{stay.member_id}"] or to for stay in self.staying}
        cells = self.cells({to, *codes.values()})
        moves = {member: cells[code] for member, code in codes.items()}
        restructuring.dissolve(cell=self.instance, moves=moves, candidates_to=cells.get(to), day=day, decision=decision)
        return self.instance


def _names(stays):
    """Return what the members of stays are called, with their births, {id: words}."""
    return told_apart((stay.member for stay in stays), known_as)


class ChildrenField(ParentField):
    """A unit beneath which what stands beneath the instance of the form may go."""

    def set_choices(self, form):
        """Offer the units that may hold the kinds of unit beneath the instance."""
        super().set_choices(form)
        self.choices = [("", "Không còn tổ chức trực thuộc"), *self.choices[1:]]

    def accepts(self, place):
        """Whether a unit, as it is today, can be chosen."""
        return super().accepts(place) or place.kind == Kind.PARTY_ORGANIZATION


class DissolveOrganizationForm(UnitChangeForm):
    """Dissolves a party organization that gathers cells."""

    title = "Giải thể đảng bộ"
    about = (
        "Các tổ chức trực thuộc chuyển nguyên vẹn về nơi được chọn, đảng viên đi theo chi bộ của mình. Chức vụ của "
        "đảng bộ thôi giữ từ ngày giải thể; số liệu trước ngày đó giữ nguyên."
    )
    done = "Đã giải thể đảng bộ. Trang này cho thấy đảng bộ như ngày cuối cùng."
    kinds = frozenset({Kind.PARTY_ORGANIZATION, Kind.DEPARTMENTAL})
    order = ("to", "day")

    to = ChildrenField(label="Các tổ chức trực thuộc chuyển về", required=False)

    def perform(self, **given):
        """Dissolve the organization and return it."""
        restructuring.dissolve_organization(organization=self.instance, **given)
        return self.instance


class CorrectEndForm(RecordForm):
    """Puts right the day on which the instance, a unit that is no more, ended."""

    title = "Sửa ngày kết thúc"
    about = (
        "Dùng khi ngày giải thể, sáp nhập ghi sai. Ngày đảng viên chuyển đi, ngày thôi giữ chức vụ, ngày tổ chức trực "
        "thuộc chuyển về nơi khác đổi theo ngày đúng. Việc đã ghi giữa hai ngày mà không còn hợp lý thì sửa trước."
    )
    done = "Đã sửa ngày kết thúc."
    model = UnitPeriod
    right = Right.DECIDE
    has_preview = True
    own = ()

    day = PastDayField(label="Ngày kết thúc đúng", help_text="Ngày đầu tiên tổ chức đảng không còn.")

    def __init__(self, *args, instance, initial=None, **kwargs):
        super().__init__(*args, instance=instance, initial={"day": instance.ended_on} | (initial or {}), **kwargs)

    @classmethod
    def fits(cls, place):
        """Whether the form is offered for a unit that was last what `place` says."""
        return not place.unit.is_open

    def perform(self, **given):
        """Move the end and return the unit."""
        return corrections.correct_end(unit=self.instance, **given)
