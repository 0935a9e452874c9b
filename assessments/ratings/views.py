"""The pages of the ratings of a year: how far they are, the sheet of a cell, the sheet of the units."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from assessments.choices import Rating
from assessments.models import MemberRating
from binhlu_portal.moment.moment import FIRST_RATING_YEAR
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.grid.views import GridView
from binhlu_portal.records.tables import exports, workbooks
from binhlu_portal.records.tables.views import MomentFileView
from organizations.models import Unit, UnitPeriod
from organizations.rights import Right
from organizations.scope import rights_of
from organizations.tree_queries import tree_of_day

from .forms import CHOICES, MemberSheetForm, UnitSheetForm
from .groups import ceiling_groups
from .progress import progress
from .sheet import reference_day

COLUMNS = (
    *("Đơn vị", "Đảng viên", *(label for _, _, label in CHOICES[: len(Rating)])),
    *("Không xếp loại", "Chưa có", "Xếp loại của tổ chức đảng"),
)
"""The headings of the progress in a file."""

FILL, TAKE_IN, COUNT = "dien", "dan", "tinh"
"""Buttons that change or count what is on the sheet without writing it."""


class RatingProgressView(MomentView):
    """How far the ratings of a year are, unit by unit, and where the top level passes its ceiling."""

    title = "Xếp loại hằng năm"

    def get(self, request, **kwargs):
        """Return the page."""
        rows, total = progress(self.moment)
        day = reference_day(self.moment.year, self.moment.as_of)
        return self.render_page(
            "ratings/progress.html",
            rows=rows,
            total=total,
            levels=CHOICES[: len(Rating)],
            day=day,
            files=self.file_links(),
            ceilings=ceiling_groups(self.moment)[0],
            may_decide=Right.DECIDE in rights_of(self.request.user),
        )

    def file_links(self):
        """Return the addresses of the table as files; put right in Excel are the ratings of the members."""
        register = exports.address(workbooks.FORM, "record-file", "xep-loai-dang-vien")
        return exports.addresses("ratings-file") | workbooks.workbook_links(
            MemberRating, self.request.user, register, itself=True
        )


class RatingProgressFileView(MomentFileView):
    """The same table as a file."""

    title = RatingProgressView.title

    def get(self, request, **kwargs):
        """Return the file."""
        rows, _ = progress(self.moment)
        lines = [
            [row.name, row.members, *row.counts, row.not_rated, row.waiting, row.level or "chưa có"] for row in rows
        ]
        summed = frozenset(COLUMNS[1:-1])
        return self.file(COLUMNS, lines, summed=summed, called="Bảng số liệu")


class RatingSheetView(GridView):
    """The sheet of a unit and a year; readers who may write none of its rows see what stands there."""

    template_name = "ratings/grid.html"
    success_message = "Đã lưu kết quả xếp loại."
    personal = True
    typed = None

    @property
    def year(self):
        """The rating year of the address, or the last one that is over."""
        this_year, asked = timezone.localdate().year, self.request.GET.get("nam", "")
        years = {str(year): year for year in range(FIRST_RATING_YEAR, this_year + 1)}
        return years.get(asked, this_year - 1)

    @property
    def back_url(self):
        """How far the ratings are."""
        return f"{reverse('ratings')}?nam={self.year}"

    def get_initial(self):
        """Return the year, and what has been typed when the sheet is shown again."""
        return {"year": self.year} | (self.typed or {})

    def get_form_kwargs(self):
        """Return what the form is made with; one that is shown again is not sent yet."""
        kwargs = super().get_form_kwargs()
        if self.typed is not None:
            del kwargs["data"], kwargs["files"]
        return kwargs

    def post(self, request, **kwargs):
        """Fill or count the sheet, or write it."""
        sheet = self.get_form()
        if not sheet.sheet.writable:
            raise Http404
        if not {FILL, TAKE_IN, COUNT} & request.POST.keys():
            return super().post(request, **kwargs)
        self.typed = {name: request.POST[name] for name in sheet.fields if name in request.POST}
        self.typed["marks"] = sheet.marks
        form, taken = self.get_form(), None
        if FILL in request.POST:
            form.fill()
        if TAKE_IN in request.POST:
            taken = form.take_in(request.POST.get("paste", ""))
        return self.render_form(form, taken=taken, unsaved=True)

    def get_context_data(self, **kwargs):
        """Return the year, the years nearby, and the name of the unit at the time."""
        day = reference_day(self.year, timezone.localdate())
        periods = UnitPeriod.objects.visible_to(self.request.user).filter(unit=self.object, started_on__lte=day)
        this_year = timezone.localdate().year
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "years": range(this_year, this_year - 4, -1),
            "unit_name": periods.order_by("-started_on").values_list("name", flat=True).first() or self.object.code,
            "choices": CHOICES,
        }


class MemberRatingsView(RatingSheetView):
    """The sheet of the members of a cell."""

    form_class = MemberSheetForm

    def get_object(self):
        """Return the cell."""
        return get_object_or_404(Unit.objects.visible_to(self.request.user), code=self.kwargs["code"])


class UnitRatingsView(RatingSheetView):
    """The sheet of the units directly beneath one: that of the address, or the highest one of the reader."""

    form_class = UnitSheetForm

    def get_object(self):
        """Return the unit above."""
        if code := self.request.GET.get("don_vi"):
            return get_object_or_404(Unit.objects.visible_to(self.request.user), code=code)
        found = tree_of_day(self.request.user, timezone.localdate())
        if not found:
            raise Http404
        return found[0].unit
