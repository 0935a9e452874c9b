"""The grid of the people of a list: those that its filters find and the sender may change, with its columns."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from binhlu_portal.moment.moment import Moment
from binhlu_portal.records.grid.views import UnitGridView
from binhlu_portal.records.tables.bulk_pages import CHOSEN
from binhlu_portal.records.tables.views import COLUMNS
from members.directory.columns import listing
from members.directory.filters import MemberFilters
from members.directory.forms.people_grid import PeopleForm
from members.directory.queries import people_of


class PeopleGridView(UnitGridView):
    """The people of a unit in a grid, narrowed as the list of people is by the same address."""

    form_class = PeopleForm
    template_name = "directory/grid.html"
    personal = True

    @property
    def back_url(self):
        """The list of people as it was."""
        return f"{reverse('members')}?{self.request.GET.urlencode()}"

    @cached_property
    def filters(self):
        """What narrows the list, as of today."""
        user = self.request.user
        moment = Moment.of(self.object, user, today=timezone.localdate())
        return MemberFilters(self.request.GET, queryset=people_of(user), request=self.request, moment=moment)

    def get_form_kwargs(self):
        """Return what the form is made with: the people, and the columns of the list."""
        columns = listing(self.filters.moment)
        people = self.filters.qs.filter(may_edit=True)
        if chosen := self.get_initial().get(CHOSEN):
            people = people.filter(pk__in=chosen)
        return super().get_form_kwargs() | {
            "people": people,
            "paths": [column.path for column in columns.only(self.request.GET.getlist(COLUMNS)).columns],
        }

    def get_context_data(self, **kwargs):
        """Return what of the address stays when another unit is chosen, and what narrows the list."""
        kept = [(name, value) for name, values in self.request.GET.lists() if name != "don_vi" for value in values]
        return super().get_context_data(**kwargs) | {"kept": kept, "said": self.filters.said}
