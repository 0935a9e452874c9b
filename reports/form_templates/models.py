"""Blanks of superior committees: the files as they came, and what stands in which cell."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from openpyxl.utils import get_column_letter

from organizations.models import Unit
from organizations.scope import ScopedQuerySet
from reports.reporting_periods.closing.snapshot_codec import unpack

from .grid import TemplateCell


class Blank(models.Model):
    """A form that a superior committee has sent as a workbook, which the committee `unit` fills.

    One that `is_used` no more stays, for periods that have asked for it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cấp ủy")
    name = models.CharField("tên mẫu", max_length=120, help_text="Tên ghi trên mẫu, ví dụ: Biểu 12, thống kê cấp ủy.")
    is_used = models.BooleanField("đang dùng", default=True)

    since = ""
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu của cấp trên"
        verbose_name_plural = "mẫu của cấp trên"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(is_used=True),
                name="reports_blank_named_once",
                violation_error_message="Cấp ủy đã có mẫu tên này: đặt tên khác, hoặc thay tệp của mẫu đó.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def code(self):
        """The code by which periods ask for the blank."""
        return f"{CODE}{self.pk}"

    @classmethod
    def coded(cls, code):
        """Return the blank with `code`."""
        return cls.objects.get(pk=code.removeprefix(CODE))

    @property
    def file(self):
        """The file in use: the last one."""
        return self.files.first()


CODE = "mau-"
"""What the codes of blanks begin with."""


class OfBlankQuerySet(ScopedQuerySet):
    """What belongs to a blank: read and kept with the committee that fills it."""

    unit = "blank__unit"
    since = ""


class BlankFile(models.Model):
    """The workbook of a blank, from `at` on; `sheets` is its outline, packed (see `reports.form_templates.grid`).

    Rows are never changed nor deleted, so that they tell by themselves who replaced what and when.
    """

    blank = models.ForeignKey(Blank, models.PROTECT, related_name="files", verbose_name="mẫu")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đặt")
    at = models.DateTimeField("đặt lúc")
    name = models.CharField("tên tệp", max_length=120)
    content = models.BinaryField("nội dung")
    sheets = models.BinaryField("các trang")

    objects = OfBlankQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp mẫu"
        verbose_name_plural = "tệp mẫu"
        ordering = ["-pk"]

    def __str__(self):
        return self.name

    @cached_property
    def grids(self):
        """The sheets: {name: {(row, column): cell}}."""
        return {
            name: {(cell.row, cell.column): cell for cell in map(TemplateCell._make, cells)}
            for name, cells in unpack(self.sheets)
        }


class BlankCell(models.Model):
    """What the portal writes into a cell of a blank: `text` with place-holders (see `reports.placeholders.cells`).

    With a `last_row` every row down to it speaks of one unit beneath the committee, in the order of their codes;
    else the cell speaks of `of`, or of the unit for which the blank is filled. `earlier` asks for the year before.
    """

    blank = models.ForeignKey(Blank, models.PROTECT, related_name="cells", verbose_name="mẫu")
    sheet = models.CharField("trang", max_length=31)
    row = models.PositiveSmallIntegerField("hàng", validators=[MinValueValidator(1)])
    column = models.PositiveSmallIntegerField("cột", validators=[MinValueValidator(1)])
    text = models.CharField("nội dung", max_length=300)
    of = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="của tổ chức đảng"
    )
    earlier = models.BooleanField("cùng kỳ năm trước", default=False)
    last_row = models.PositiveSmallIntegerField("mỗi hàng một đơn vị, đến hàng", null=True, blank=True)

    objects = OfBlankQuerySet.as_manager()

    class Meta:
        verbose_name = "ô của mẫu"
        verbose_name_plural = "ô của mẫu"
        ordering = ["blank", "sheet", "row", "column"]
        constraints = [
            models.UniqueConstraint(
                fields=["blank", "sheet", "row", "column"],
                name="reports_blankcell_once",
                violation_error_message="Ô này của mẫu đã được gắn.",
            ),
            models.CheckConstraint(
                condition=Q(last_row__isnull=True) | Q(last_row__gt=F("row"), of__isnull=True),
                name="reports_blankcell_rows_of_units",
                violation_error_message="Mỗi hàng một đơn vị thì hàng cuối phải ở dưới ô này, và không chọn đơn vị.",
            ),
        ]

    def __str__(self):
        return f"{self.sheet}!{self.place}"

    @property
    def place(self):
        """Where it is in its sheet, as spreadsheets say it: C7."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def in_words(self):
        """What the portal writes there, and of whom."""
        said = [self.text]
        if self.last_row:
            said.append(f"mỗi hàng một đơn vị, đến hàng {self.last_row}")
        if self.of:
            said.append(f"của {self.of}")
        if self.earlier:
            said.append("cùng kỳ năm trước")
        return ", ".join(said)
