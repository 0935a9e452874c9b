"""The pages of the committees of many units, and of the decisions that posts lack."""

from django.urls import reverse

from binhlu_portal.records.grid.views import UnitGridView

from .grid import UNDECIDED, CommitteesForm, PostDecisionsForm


class CommitteesView(UnitGridView):
    """Who holds the committee posts in the units beneath one."""

    form_class = CommitteesForm
    template_name = "records/grid/of_unit.html"
    success_message = "Đã lưu cấp ủy của các tổ chức."
    personal = True
    back_url = property(lambda self: reverse("records", args=["chuc-vu"]))


class PostDecisionsView(UnitGridView):
    """The decisions that posts beneath a unit lack."""

    form_class = PostDecisionsForm
    template_name = "positions/decisions.html"
    success_message = "Đã lưu quyết định của các chức vụ."
    personal = True
    back_url = property(lambda self: reverse("check", args=[UNDECIDED]))
