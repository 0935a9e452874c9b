"""The page of the committees of many units."""

from django.urls import reverse

from binhlu_portal.records.grid.views import UnitGridView

from .grid import CommitteesForm


class CommitteesView(UnitGridView):
    """Who holds the committee posts in the units beneath one."""

    form_class = CommitteesForm
    template_name = "positions/committees.html"
    success_message = "Đã lưu cấp ủy của các tổ chức."
    personal = True
    back_url = property(lambda self: reverse("records", args=["chuc-vu"]))
