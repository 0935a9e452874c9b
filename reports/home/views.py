"""The home page."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from binhlu_portal.accounts.phones.queries import phone_of, unsent_of
from binhlu_portal.accounts.request_info import is_phone
from binhlu_portal.accounts.second_factor.codes import may_be_remembered
from binhlu_portal.data_checks import findings
from binhlu_portal.moment.views import MomentView
from members.change_reports import queries as change_reports
from members.queries import members_on
from organizations.choices import CELLS
from organizations.rights import Right
from organizations.scope import rights_of
from reports.home import queries
from reports.home.first_steps import first_steps
from reports.home.month import month_steps
from reports.reporting_periods import queries as period_queries
from reports.reporting_periods.later_changes import progress_now


class HomeView(MomentView):
    """Where everybody arrives: those who keep records see what waits, others go on to what they are here for."""

    title = "Trang chính"
    right = Right.EDIT
    MOST_PEOPLE = 100
    MOST_REPORTS = 20

    def dispatch(self, request, *args, **kwargs):
        """Lead on those who keep no records: readers to the dashboard, keepers of accounts to the accounts."""
        rights = rights_of(request.user)
        if Right.EDIT not in rights:
            for right, page in ((Right.SEE, "dashboard"), (Right.ACCOUNTS, "accounts")):
                if right in rights:
                    return redirect(page)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, **kwargs):
        """Return the page: of a whole committee or, for the secretary of a cell, of the cell and its people."""
        moment, user = self.moment, self.request.user
        period = period_queries.open_for(moment.unit, user)
        place = next((place for place in self.moment_form.places if place.unit_id == moment.unit.pk), None)
        if place is None:
            raise Http404
        found = findings.find(moment)
        rights = rights_of(user)
        faults = sum(one.count for one in found if one.check.right in rights)
        common = {
            "title": place.name,
            "moment_form": None,
            "place": place,
            "others": [
                other for other in self.moment_form.places if not other.depth and other.unit_id != moment.unit.pk
            ],
            "groups": findings.for_reader(found, rights),
        }
        if place.kind in CELLS:
            people = list(queries.people(moment, self.MOST_PEOPLE))
            asked = period if period and period_queries.progress(period, user, moment.unit)["asked"] else None
            members = len(people) if len(people) < self.MOST_PEOPLE else members_on(moment).count()
            month = month_steps(moment, asked, members, faults)
            reports = change_reports.reports_of_late(moment, self.MOST_REPORTS)
            known = {"people": people, "month": month, "reports": reports}
            return self.render_page("home/home_cell.html", **common, **known, **phone_known(request))
        progress, undone = progress_now(period, user, moment.unit) if period else (None, ())
        return self.render_page(
            "home/home.html",
            **common,
            period=period,
            progress=progress,
            changed=len(undone),
            steps=first_steps(moment, place, self.moment_form.places, faults),
            taken=queries.numbers_taken(moment, user),
            taken_since=queries.taken_since(moment),
            waiting=change_reports.waiting_count(moment),
        )


def phone_known(request):
    """Return what a page tells of the phone on which it is read: whether it is known, what it has not sent."""
    phone = phone_of(request, timezone.now())
    may_pair = phone is None and is_phone(request) and may_be_remembered(request.user)
    return {"phone": phone, "may_pair": may_pair, "unsent": unsent_of(request)}
