"""The person on the member card, and the levels that change with time."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from binhlu_portal.dates.partial_dates import PartialDateField
from binhlu_portal.dates.typed_dates import read_birth, read_date, read_official
from binhlu_portal.dates.validity import Period, holding_on
from binhlu_portal.db.read_fields import ReadCharField
from binhlu_portal.text.vietnamese import clean, name_key, name_sort_key
from members import card_values, choices, level_values, validators
from members.ethnicity import ETHNICITY_CHOICES, Religion
from members.places import read_place

from .scope import MemberPeriodQuerySet, MemberQuerySet


class OfMember:
    """A fact about someone who belongs to a cell on its day, the last one too; `since` names the field of that day.

    What was decided or begun elsewhere, before the member came here, keeps its true day and counts nowhere here: every
    figure asks where the member was on the day.
    """

    since = "started_on"

    def clean(self):
        """Refuse a fact about someone who belongs to no cell on its day, nor came from another committee later."""
        super().clean()
        day = getattr(self, self.since)
        if self.member_id and isinstance(day, date) and not (self.stays_on(day) or self._is_from_elsewhere(day)):
            raise ValidationError({self.since: f"{self.member} không sinh hoạt ở chi bộ nào vào ngày {day:%d/%m/%Y}."})

    def stays_on(self, day):
        """Return the stays of the member that hold on a day, else the one that ends on it."""
        stays = list(self.member.spells.all())
        return holding_on(stays, day) or [stay for stay in stays if stay.ended_on == day]

    def _is_from_elsewhere(self, day):
        """Return whether the member was in the Party on a day and came here later, from where no records are kept."""
        later = sorted((stay for stay in self.member.spells.all() if stay.started_on > day), key=lambda s: s.started_on)
        joined = self.member.joined_on
        return bool(later) and later[0].start_reason in choices.WAYS_IN and not (joined and joined.first_day > day)


class OncePerMember(OfMember, Period):
    """A period of which a member has one at a time; `already` says what a second one meets."""

    already = ""

    class Meta(Period.Meta):
        abstract = True

    def clean(self):
        """Refuse a period that shares a day with another of the same member."""
        super().clean()
        others = type(self).objects.filter(member=self.member_id).exclude(pk=self.pk)
        if isinstance(self.started_on, date) and others.overlapping(self.started_on, self.ended_on).exists():
            raise ValidationError({"started_on": f"{self.member} {self.already}"})


class Member(models.Model):
    """A person as written on the member card and register (forms 2-HSĐV and 7-HSĐV).

    Where the person belongs is in `Spell`; levels that change are in `MemberState`.
    """

    full_name = ReadCharField("họ và tên", max_length=120, read=card_values.read_full_name)
    birth_name = ReadCharField("họ tên khai sinh", max_length=120, blank=True, read=card_values.read_full_name)
    alias = models.CharField("bí danh", max_length=120, blank=True)
    gender = ReadCharField("giới tính", max_length=6, choices=choices.Gender, read=card_values.read_gender)
    born_on = PartialDateField("ngày sinh", null=True, blank=True, read=read_birth)
    birthplace = ReadCharField("nơi sinh", max_length=200, blank=True, read=read_place)
    birth_registration = ReadCharField("nơi đăng ký khai sinh", max_length=200, blank=True, read=read_place)
    hometown = ReadCharField("quê quán", max_length=200, blank=True, read=read_place)
    residence = ReadCharField("nơi thường trú", max_length=200, blank=True, read=read_place)
    temporary_residence = ReadCharField("nơi tạm trú", max_length=200, blank=True, read=read_place)
    ethnicity = ReadCharField("dân tộc", max_length=20, choices=ETHNICITY_CHOICES, read=card_values.read_ethnicity)
    religion = ReadCharField("tôn giáo", max_length=30, choices=Religion, blank=True, read=card_values.read_religion)
    phone = ReadCharField("điện thoại", max_length=20, blank=True, read=card_values.read_phone)

    citizen_id = ReadCharField(
        "số định danh cá nhân",
        max_length=12,
        blank=True,
        validators=[validators.validate_citizen_id],
        read=card_values.read_citizen_id,
    )
    old_identity_number = ReadCharField(
        "số CMND cũ",
        max_length=12,
        blank=True,
        validators=[validators.validate_old_identity_number],
        read=card_values.read_old_identity_number,
    )
    card_number = ReadCharField(
        "số thẻ đảng viên",
        max_length=12,
        blank=True,
        validators=[validators.validate_card_number],
        read=card_values.read_card_number,
    )
    old_card_number = ReadCharField(
        "số thẻ cũ",
        max_length=12,
        blank=True,
        validators=[validators.validate_card_number],
        read=card_values.read_card_number,
    )
    card_issued_at = models.CharField("nơi cấp thẻ", max_length=200, blank=True)
    card_issued_on = models.DateField("ngày cấp thẻ", null=True, blank=True)
    profile_number = ReadCharField(
        "số lý lịch",
        max_length=9,
        blank=True,
        validators=[validators.validate_profile_number],
        read=card_values.read_profile_number,
    )

    registry_id = models.CharField(
        "mã trong CSDL đảng viên",
        max_length=40,
        blank=True,
        help_text="Cột “ID” của tệp mà cấp trên gửi về.",
    )

    joined_on = PartialDateField("ngày vào Đảng", null=True, blank=True, read=read_date)
    joined_at = models.CharField("tại chi bộ", max_length=200, blank=True)
    decided_on = PartialDateField(
        "ngày ký quyết định kết nạp", null=True, blank=True, read=read_date, help_text="Tuổi đảng tính từ ngày này."
    )
    official_on = PartialDateField("ngày chính thức", null=True, blank=True, read=read_official)
    introducers = models.CharField("người giới thiệu", max_length=250, blank=True)
    occupation_when_admitted = models.CharField("nghề nghiệp khi vào Đảng", max_length=150, blank=True)
    youth_union_on = PartialDateField("ngày vào Đoàn", null=True, blank=True, read=read_date)
    recruited_on = PartialDateField("ngày tuyển dụng", null=True, blank=True, read=read_date)
    enlisted_on = PartialDateField("ngày nhập ngũ", null=True, blank=True, read=read_date)
    discharged_on = PartialDateField("ngày xuất ngũ", null=True, blank=True, read=read_date)
    health = models.CharField("sức khỏe", max_length=100, blank=True)
    disability_class = models.CharField("thương binh loại", max_length=20, blank=True)
    merit_family = models.CharField("gia đình liệt sĩ, có công", max_length=100, blank=True)
    handbook_installed_on = models.DateField("ngày cài Sổ tay đảng viên điện tử", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    sort_name = models.CharField(max_length=400, editable=False)
    search_name = models.CharField(max_length=400, editable=False, db_index=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        constraints = [
            models.UniqueConstraint(
                fields=[number],
                condition=~Q(**{number: ""}),
                name=f"members_member_{number}_once",
                violation_error_code="unique",
                violation_error_message=f"{label} này chưa lưu được: xem lại giấy tờ, tìm số ấy ở danh sách đảng viên; "
                "số đúng mà không tìm thấy thì đề nghị Văn phòng Đảng ủy kiểm tra.",
            )
            for number, label in [
                ("citizen_id", "Số định danh cá nhân"),
                ("card_number", "Số thẻ đảng viên"),
                ("profile_number", "Số lý lịch"),
            ]
        ]
        indexes = [models.Index(fields=["sort_name", "id"], name="member_by_name")]

    called = "full_name"
    """By which the history and record pages call a person."""

    numbers_in_digits = ("citizen_id", "old_identity_number", "card_number", "old_card_number")
    """Numbers without a letter, for which telephones show the keys of numbers."""

    identity_numbers = (
        "citizen_id",
        "old_identity_number",
        "card_number",
        "old_card_number",
        "profile_number",
        "registry_id",
    )
    """Numbers by which a person is known elsewhere: no browser keeps what was typed of them."""

    def __str__(self):
        return self.full_name

    def save(self, *, update_fields=None, **kwargs):
        """Keep the columns by which people are sorted and found in step with the names."""
        self.refresh_keys()
        if update_fields is not None:
            update_fields = {*update_fields, "full_name", "sort_name", "search_name"}
        super().save(update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        """Return the page of the person."""
        return reverse("member", args=[self.pk])

    def refresh_keys(self):
        """Set the sort and search columns; bulk writers call it themselves."""
        self.full_name = clean(self.full_name)
        self.sort_name = name_sort_key(self.full_name)
        self.search_name = " ".join(filter(None, map(name_key, (self.full_name, self.birth_name, self.alias))))


class MemberState(Period):
    """Levels and work of a member for a while; the row that holds on a day is what figures of that day count."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="states", verbose_name="đảng viên")
    education = ReadCharField(
        "học vấn phổ thông", max_length=20, choices=choices.Education, blank=True, read=level_values.read_education
    )
    education_grade = models.CharField("lớp/hệ", max_length=20, blank=True, help_text="Ví dụ: 12/12, 7/10 BTVH.")
    qualification = ReadCharField(
        "chuyên môn nghiệp vụ",
        max_length=20,
        choices=choices.Qualification,
        blank=True,
        read=level_values.read_qualification,
    )
    speciality = models.CharField("chuyên ngành", max_length=150, blank=True)
    academic_title = models.CharField("học hàm", max_length=20, choices=choices.AcademicTitle, blank=True)
    theory = ReadCharField(
        "lý luận chính trị", max_length=20, choices=choices.Theory, blank=True, read=level_values.read_theory
    )
    foreign_language = models.CharField("ngoại ngữ, tiếng dân tộc, tin học", max_length=150, blank=True)
    occupation = ReadCharField(
        "nghề nghiệp, công tác",
        max_length=40,
        choices=choices.Occupation,
        blank=True,
        read=level_values.read_occupation,
    )
    job = models.CharField("công việc, chức vụ hiện nay", max_length=150, blank=True)

    objects = MemberPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "trình độ, nghề nghiệp"
        verbose_name_plural = "trình độ, nghề nghiệp"
        ordering = ["member", "started_on"]
        indexes = [models.Index(fields=["member", "started_on", "ended_on"], name="memberstate_of_day")]

    def __str__(self):
        return f"{self.member} từ {self.started_on:%d/%m/%Y}"
