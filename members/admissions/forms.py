"""Forms on the way into the Party: each a step of one person."""

from contextlib import suppress

from django import forms
from django.db.models import OuterRef, Q, Subquery

from binhlu_portal.records.forms.base import DecidedForm, RecordForm
from binhlu_portal.records.forms.fields import PastDayField
from members import probation
from members.admissions import actions as admissions
from members.admissions import readmission
from members.choices import NO_WAY_BACK, EndReason
from members.duplicates import queries as duplicate_queries
from members.forms import MemberField
from members.membership import actions as membership
from members.models import Admission, Member, Spell
from organizations.choices import CELLS
from organizations.forms import UnitField
from organizations.in_force import InForce, cite
from organizations.rights import Right

CANDIDATE = Q(ceremony_on=None, closed_on=None)
PROBATIONARY = Q(ceremony_on__isnull=False, official_on=None)
COUNTED = ("youth_union", "rural", "occupation", "education")
"""What is counted of a person at admission."""
READMITTED = "Ra khỏi Đảng từ {admissions.readmission_months} trở lên; chỉ kết nạp lại một lần ({charter_guidance})."
"""Who is admitted again."""


class PersonField(MemberField):
    """Somebody who has a record and is in no cell: someone dropped before, or struck off."""

    not_found = (
        "“{}” không có trong những người đưa vào danh sách được: người đang sinh hoạt, đang trong danh sách thì thôi."
    )

    def set_choices(self, form):
        """Offer the people of the sender who can become candidates."""
        last = Spell.objects.filter(member=OuterRef("pk")).order_by("-started_on").values("end_reason")[:1]
        people = Member.objects.editable_by(form.user, form.right).annotate(ending=Subquery(last))
        left = Q(ending__isnull=True) | Q(ending__in=membership.ENDINGS - NO_WAY_BACK)
        free = people.filter(left).exclude(admissions__in=Admission.objects.filter(CANDIDATE))
        self.offer_people(free, form.user, "Chưa có hồ sơ: ghi người mới bên dưới")

    def only(self, person):
        """Offer nobody but `person`."""
        self.widget, self.required, self.help_text = forms.Select(), True, ""
        self.widget.is_required = True
        self.offer_people(self.kept.filter(pk=person.pk), self.user, "")


class ListCandidateForm(RecordForm):
    """Puts somebody on the list of candidates: a person with a record, or a new one."""

    title = "Thêm quần chúng ưu tú"
    model = Member
    model_fields = ("full_name", "gender", "born_on", "ethnicity", "residence", "citizen_id")
    needed = ("full_name", "gender", "born_on", "ethnicity")
    order = ("unit", "day", "person", *model_fields, "namesake")

    unit = UnitField(label="Chi bộ giới thiệu", kinds=CELLS)
    day = PastDayField(label="Ngày đưa vào danh sách theo dõi")
    person = PersonField(
        label="Người đã có hồ sơ",
        required=False,
        help_text="Người từng là quần chúng ưu tú, hoặc từng là đảng viên. Nếu chọn, bỏ trống các ô về người mới.",
    )
    namesake = forms.BooleanField(
        label="Là người khác, chỉ trùng họ tên và ngày sinh với người đã có hồ sơ", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        with suppress(forms.ValidationError):
            if named := self.fields["person"].clean(self.initial.get("person")):
                self._ask_about(named)
        chosen = bool(self["person"].value())
        for name in self.fields.keys() & set(self.needed):
            self.fields[name].required = not chosen
            self.fields[name].error_messages["required"] = "Ghi mục này cho người mới, hoặc chọn người đã có hồ sơ."
        if len(self.fields["unit"].choices) == 2:  # "Chọn …" and the only cell
            self.initial.setdefault("unit", self.fields["unit"].choices[1][0])

    def clean(self):
        """Ask for one person only, known or new, and for a word about a namesake."""
        super().clean()
        given = self.cleaned_data
        if given.get("person") and given.get("full_name"):
            self.add_error("full_name", "Đã chọn người có hồ sơ ở trên: bỏ trống mục này, hoặc bỏ chọn người đó.")
        if self.errors or given.get("person") or given["namesake"]:
            return
        if self._is_known():
            self.add_error(
                "namesake",
                "Đã có hồ sơ của người cùng họ tên và ngày sinh: chọn người đó ở mục “Người đã có hồ sơ”, "
                "hoặc đánh dấu ô này nếu là người khác.",
            )

    def perform(self, *, unit, day, person, namesake=False, **card):
        """List the person."""
        if person:
            return admissions.list_candidate(member=person, unit=unit, day=day)
        return admissions.list_newcomer(unit=unit, day=day, **card)

    def _ask_about(self, person):
        """Ask only for cell and day of the `person` from whose page the form was opened."""
        self.title = "Đưa lại vào danh sách quần chúng ưu tú"
        for name in (*self.model_fields, "namesake"):
            del self.fields[name]
        field = self.fields["person"]
        field.label = "Họ và tên"
        field.only(person)
        self.order_fields(("person", "unit", "day"))

    def _is_known(self):
        """Whether somebody of that name and birth is written down already."""
        card = {name: self.cleaned_data[name] for name in ("full_name", "born_on")}
        found = duplicate_queries.possible_duplicates(Member(**card), Member.objects.in_hand(self.user))
        return any(reason == duplicate_queries.REASONS[duplicate_queries.NAME_BIRTH] for reason, _ in found)


class StepForm(RecordForm):
    """A step on the way of one person: `stage` is who can take it, as a condition, `button` what a card says of it."""

    stage = CANDIDATE
    button = "Lưu"


class CourseForm(StepForm):
    """Records the course a candidate has finished."""

    title = "Học xong lớp nhận thức về Đảng"
    button = "Đã học lớp"
    day = PastDayField(label="Ngày học xong lớp", help_text="Ngày ghi trên giấy chứng nhận.")

    def perform(self, *, day):
        """Record the course."""
        return admissions.record_course(admission=self.instance, day=day)


class AdmitForm(DecidedForm, StepForm):
    """Records the ceremony by which a candidate becomes a member on probation."""

    title = "Kết nạp vào Đảng"
    button = "Kết nạp"
    right = Right.DECIDE
    model = Admission
    model_fields = ("again", "consent", *COUNTED)
    order = ("unit", "day", *COUNTED, "again", "consent", "lateness_known")
    left = None
    """The last stay of somebody who has left the Party."""

    unit = UnitField(label="Chi bộ tổ chức lễ kết nạp", kinds=CELLS)
    day = PastDayField(
        label="Ngày lễ kết nạp",
        help_text="Là ngày vào Đảng; {admissions.probation_months} dự bị tính từ ngày này. Lễ kết nạp trong "
        "{admissions.ceremony_days} kể từ khi nhận "
        "được quyết định ({charter_guidance}).",
    )
    lateness_known = forms.BooleanField(
        label="Lễ kết nạp quá hạn nhưng đúng như vậy",
        required=False,
        help_text="Chỉ đánh dấu khi hệ thống báo quá hạn; lễ kết nạp muộn phải được cấp ủy cấp trên đồng ý.",
    )

    def __init__(self, *args, instance, initial=None, **kwargs):
        last = membership.last_spell(instance.member)
        before = {name: getattr(instance, name) for name in COUNTED} | {"unit": instance.unit.code}
        before["again"] = last is not None and last.end_reason in membership.ENDINGS
        super().__init__(*args, instance=instance, initial=before | (initial or {}), **kwargs)
        self.fields["decision_number"].label = "Số quyết định kết nạp"
        self.fields["decision_date"].label = "Ngày ký quyết định kết nạp"
        self.fields["decision_date"].required = True
        self.fields["again"].help_text = cite(READMITTED, self.today)
        if before["again"]:  # who has left the Party comes back in no other way
            self.title = "Kết nạp lại vào Đảng"
            self.left = last
            self.fields["again"].disabled = self.fields["consent"].required = True
            self.fields["consent"].error_messages["required"] = cite(readmission.CONSENT, self.today)
            self.fields["consent"].help_text = "Số, ngày văn bản của cấp ủy cấp tỉnh."

    def clean(self):
        """Warn of a ceremony that comes too late; who knows of it says so and is let through."""
        given = super().clean()
        if not self.errors and not given["lateness_known"]:
            warning = probation.lateness(given["decision_date"], InForce(given["day"]))
            if warning:
                self.add_error("lateness_known", f"{warning} Ngày ghi sai thì sửa; đúng như vậy thì đánh dấu ô này.")
        return given

    def perform(self, *, lateness_known, **given):
        """Admit the candidate."""
        return admissions.admit(member=self.instance.member, **given)


class OfficialForm(DecidedForm, StepForm):
    """Records that a member on probation was recognised as official."""

    title = "Công nhận đảng viên chính thức"
    button = "Chính thức"
    stage = PROBATIONARY
    right = Right.DECIDE
    decision_number = forms.CharField(label="Số quyết định công nhận", max_length=40)
    decision_date = PastDayField(label="Ngày ký quyết định công nhận")
    day = PastDayField(
        label="Ngày công nhận chính thức",
        help_text="Là ngày hết {admissions.probation_months} dự bị, dù chi bộ họp muộn ({charter_guidance}).",
    )

    def __init__(self, *args, instance, initial=None, **kwargs):
        due = {"day": probation.probation_end(instance.ceremony_on, InForce(instance.ceremony_on))}
        super().__init__(*args, instance=instance, initial=due | (initial or {}), **kwargs)

    def perform(self, **given):
        """Make the member official."""
        return admissions.make_official(admission=self.instance, **given)


class DropForm(StepForm):
    """Takes a candidate off the list."""

    title = "Đưa khỏi danh sách theo dõi"
    button = "Đưa khỏi danh sách theo dõi"
    day = PastDayField(label="Ngày đưa khỏi danh sách theo dõi")

    def perform(self, *, day):
        """Drop the candidate."""
        return admissions.drop_candidate(admission=self.instance, day=day)


class StrikeOffForm(DecidedForm, StepForm):
    """Strikes off a member on probation who was not recognised."""

    title = "Không công nhận chính thức: xóa tên"
    button = act = EndReason.STRUCK_OFF.label
    stage = PROBATIONARY
    right = Right.DECIDE
    day = PastDayField(label="Ngày không còn là đảng viên", help_text="Ngày đầu tiên không còn trong danh sách chi bộ.")

    def perform(self, *, day, decision):
        """End the membership."""
        membership.end_membership(member=self.instance.member, day=day, reason=EndReason.STRUCK_OFF, decision=decision)


STEPS = {
    "hoc-lop": CourseForm,
    "ket-nap": AdmitForm,
    "chinh-thuc": OfficialForm,
    "dua-ra": DropForm,
    "xoa-ten": StrikeOffForm,
}
"""The steps by their names in the address."""
