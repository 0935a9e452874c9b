"""The pages and files of annexes and statistics forms."""

from django.http import Http404

from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables import exports
from binhlu_portal.sheets import html, xlsx
from organizations.rights import Right
from organizations.scope import rights_of
from reports.form_templates.models import Blank
from reports.printed_forms.catalogue import ANNEXES, FORMS, NOT_PRINTED, STATISTICS, contents

ANNEX_GROUPS = {
    "Biểu phụ lục của báo cáo sơ kết": ANNEXES,
    "Biểu thống kê cơ bản về công tác tổ chức xây dựng Đảng": STATISTICS,
}
"""The annexes as they are listed."""


class AnnexListView(MomentView):
    """The list of annexes, and of blanks that superior committees have sent."""

    title = "Biểu phụ lục, biểu thống kê"

    def get(self, request, **kwargs):
        """Return the page."""
        held = contents(self.moment)
        groups = {name: {code: held[code] for code in codes} for name, codes in ANNEX_GROUPS.items()}
        user = self.request.user
        blanks = Blank.objects.visible_to(user).order_by("-is_used", "name", "pk")
        return self.render_page(
            "printed_forms/annexes.html",
            groups=groups,
            not_printed=NOT_PRINTED,
            blanks=blanks,
            decides=Right.DECIDE in rights_of(user),
        )


class AnnexBaseView(MomentView):
    """Something about one annex: its page, its workbook."""

    def setup(self, request, *args, **kwargs):
        """Find the annex."""
        super().setup(request, *args, **kwargs)
        self.code = kwargs["code"].replace("-TCTW", "-BTCTW")  # as addresses named forms of statistics before
        if self.code not in FORMS:
            raise Http404
        self.title = f"Biểu {self.code}"

    def sheets(self):
        """Return the sheets of the annex."""
        return FORMS[self.code](self.moment)


class AnnexDetailView(AnnexBaseView):
    """An annex as a page."""

    def get(self, request, **kwargs):
        """Return the page."""
        return self.render_page(
            "printed_forms/annex.html",
            code=self.code,
            tables=[html.context(sheet) for sheet in self.sheets()],
        )


class AnnexFileView(AnnexBaseView):
    """An annex as a workbook to print and sign."""

    def get(self, request, **kwargs):
        """Return the file."""
        name = exports.file_name(self.title, self.moment_form.unit_name, self.moment.as_of)
        return exports.file_response(f"{name}.xlsx", lambda file: xlsx.write(self.sheets(), file))
