"""The tree of party organizations and the page of each of them."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from binhlu_portal.data_checks import findings
from binhlu_portal.dates.validity import covers
from binhlu_portal.moment.views import MomentView
from binhlu_portal.records.tables.views import ListFileMixin, MomentListView
from binhlu_portal.records.timeline import facts_about
from binhlu_portal.records.types import About, record_types_about
from binhlu_portal.text.vietnamese import day
from members.choices import Post
from members.models import Position
from members.positions.queries import holders
from members.restructuring.change_types import offered
from organizations.choices import CELLS, Sector
from organizations.models import Unit, UnitEvent, UnitPeriod
from organizations.rights import Right
from organizations.scope import lines_of, rights_of
from organizations.tree_queries import find_unit, name_of, subtree

from . import columns, tree

SHOWN_FACTS = 5
"""How many records of each record type the page of a unit shows."""

SHOWN_BENEATH = 100
"""How many units directly beneath one its page shows."""

TOLD_APART = (Position, UnitEvent)
"""Records that the page of a unit shows in their own place."""


class UnitTreeView(MomentListView):
    """The tree of a day beneath a unit, or the units in it whose names hold what is sought (`tim`)."""

    title = "Tổ chức đảng"
    listing = columns.UNITS
    personal = False
    file_url = ("units-file",)
    own_records = True

    @property
    def words(self):
        """What is sought."""
        return self.request.GET.get("tim", "").strip()

    def get_queryset(self):
        """Return the units of the file."""
        return columns.listed(self.moment, self.moment_form.places, self.words)

    def get(self, request, **kwargs):
        """Return the page."""
        if self.words:
            rows, count = tree.search(self.moment, self.moment_form.places, self.words)
        else:
            rows = tree.rows(self.moment, self.moment_form.places)
            count = len(rows)
        return self.render_page(
            "unit_pages/tree.html",
            rows=rows,
            words=self.words,
            files=self.file_links(UnitPeriod),
            list_query=request.GET.urlencode(),
            more=count - len(rows),
            kept=[(name, self.request.GET[name]) for name in ("don_vi", "ngay", "tu") if self.request.GET.get(name)],
        )


class UnitTreeFileView(ListFileMixin, UnitTreeView):
    """The units of the tree as a file, those of all levels."""


class UnitDetailView(MomentView):
    """One party organization as of a day; without a day in the address today, or the nearest day of its life."""

    def dispatch(self, request, code):
        """Find the unit and read the moment; another unit chosen at the top leads to its page."""
        self.periods = self.find(code)
        self.unit = self.periods[0].unit
        asked = request.GET.copy()
        chosen = asked.get("don_vi") or code
        if chosen != code:
            if find_unit(chosen, request.user) is None:
                raise Http404
            del asked["don_vi"]
            return HttpResponseRedirect(f"{reverse('unit', args=[chosen])}?{asked.urlencode(safe='/')}")
        asked["don_vi"] = code
        asked["ngay"] = asked.get("ngay") or day(self.nearest_day())
        request.GET = asked
        return super().dispatch(request, code=code)

    def find(self, code):
        """Return what the unit was, newest first, with the name of the unit above; 404 when the reader may not see it.

        `is_kept` marks it all when the reader may change the unit; `until` the day on which it leaves the reader.
        """
        user = self.request.user
        kept = Unit.objects.editable_by(user, Right.EDIT).filter(pk=OuterRef("unit"))
        periods = UnitPeriod.objects.visible_to(user).filter(unit__code=code)
        above = name_of("parent", covers(OuterRef("started_on")))
        lines = lines_of(user).filter(unit=OuterRef("unit")).order_by("-ended_on")
        found = list(
            periods.annotate(above=above, is_kept=Exists(kept), until=Subquery(lines.values("ended_on")[:1]))
            .select_related("unit", "parent")
            .order_by("-started_on")
        )
        if not found:
            raise Http404
        return found

    def nearest_day(self):
        """Return today or, when the unit does not stand beneath the reader's today, the nearest day on which it did."""
        today, last = max(timezone.localdate(), self.unit.started_on), self.periods[0].until
        return today if today < last else last - timedelta(days=1)

    @property
    def title(self):
        """The name of the unit on the day."""
        return self.moment_form.unit_name if self.moment_form.is_valid() else self.unit.code

    def get(self, request, **kwargs):
        """Return the page."""
        places, as_of = self.moment_form.places, self.moment.as_of
        place = next(period for period in self.periods if period.started_on <= as_of < period.ended_on)
        kept = rights_of(self.request.user) if place.is_kept else frozenset()
        rights = kept if self.unit.is_open else frozenset()
        here, *beneath = tree.level(self.moment, places, SHOWN_BENEATH)
        held = self.holders(beneath)
        for row in beneath:
            row.secretary = next(iter(held[row.place.unit_id]), None)
        facts = facts_about(About.UNIT, self.unit.pk, self.request.user)
        return self.render_page(
            "unit_pages/unit.html",
            unit=self.unit,
            place=place,
            periods=self.periods,
            is_top=place.parent_id not in {other.unit_id for other in places},
            is_cell=place.kind in CELLS,
            here=here,
            problems=findings.totals(findings.find(self.moment)),
            beneath=beneath,
            all_beneath=len(subtree(places, self.unit.pk)) - 1,
            wizards=offered(place) if Right.DECIDE in kept else (),
            posts=posts(place, held[self.unit.pk]),
            may_appoint=Right.DECIDE in rights,
            events=[fact for fact in facts if fact.record_type.model is UnitEvent],
            record_types=with_facts([fact for fact in facts if fact.day is None or fact.day <= as_of], rights),
        )

    def holders(self, beneath):
        """Return who holds the posts of the unit on the day, and that of the secretary in the units `beneath`."""
        led = Q(unit__in=[row.place.unit_id for row in beneath], post=Post.SECRETARY)
        return holders(self.moment, Q(unit=self.unit) | led)


def posts(place, held):
    """Return the posts of a unit as (post, title, those who hold it).

    Those that every such unit has are there without any.
    """
    expected = [Post.SECRETARY]
    if place.sector == Sector.VILLAGE:
        expected += [Post.VILLAGE_HEAD, Post.FRONT_HEAD]
    found = {post: [holder for holder in held if holder.post == post] for post in Post}
    return [(post, post_title(post, place.kind), those) for post, those in found.items() if those or post in expected]


def post_title(post, kind):
    """Return the title of a post in a unit of `kind`: members of a committee bear the name of their committee."""
    if post != Post.COMMITTEE_MEMBER:
        return post.label
    return "Chi ủy viên" if kind in CELLS else "Đảng ủy viên"


def with_facts(facts, rights):
    """Return the record types about units: (record type, newest records, how many in all, whether one may add)."""
    records = defaultdict(list)
    for fact in facts:
        records[fact.record_type.code].append(fact)
    return [
        (
            record_type,
            records[record_type.code][:SHOWN_FACTS],
            len(records[record_type.code]),
            record_type.add_form is not None and record_type.right in rights,
        )
        for record_type in record_types_about(About.UNIT)
        if record_type.model not in TOLD_APART
    ]
