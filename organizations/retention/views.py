"""The pages on which administrators see how long what is kept is kept, and say for how long."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from binhlu_portal.dates.validity import OPEN
from binhlu_portal.records.forms.views import EditView
from organizations.models import Disposal, Threshold
from organizations.rights import Right
from organizations.scope import rights_of

from .forms import RetentionForm
from .periods import LEAST_MONTHS, retention_periods

NIGHTS = 30
"""How many of the last disposals a page shows."""


class RetentionView(View):
    """How long everything is kept, by which rule, and what has gone."""

    def get(self, request):
        """Return the page; who does not keep every tree from its top changes nothing."""
        if Right.ACCOUNTS not in rights_of(request.user):
            raise PermissionDenied
        context = {
            "title": "Thời gian giữ dữ liệu",
            "periods": retention_periods(timezone.localdate()),
            "changes": Threshold.objects.editable_by(request.user, Right.ACCOUNTS).exists(),
            "disposals": Disposal.objects.all()[:NIGHTS],
        }
        return render(request, "retention/periods.html", context)


class RetentionUpdateView(EditView):
    """Sets how long something is kept."""

    form_class = RetentionForm
    template_name = "retention/form.html"
    success_message = "Đã đặt thời gian giữ."

    def get_object(self):
        """Return the last value of something that is kept."""
        rows = Threshold.objects.editable_by(self.request.user, Right.ACCOUNTS).select_related("regulation")
        return get_object_or_404(rows, pk=self.kwargs["pk"], code__in=LEAST_MONTHS, ended_on=OPEN)

    @property
    def back_url(self):
        """Where giving up, and writing, leads."""
        return reverse("retention")
