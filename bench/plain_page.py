"""The page that pages are held against: 25 rows of one table by plain Django, behind the same middleware."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

from binhlu_portal.urls import handler500, urlpatterns
from members.models import Member

ADDRESS = "/doi-chieu/"
ROWS = 25

TEMPLATE = Engine().from_string(
    "<!doctype html><title>Members</title><p>{{ page.paginator.count }}</p><table>{% for row in page %}<tr>"
    "<td>{{ row.full_name }}</td><td>{{ row.gender }}</td><td>{{ row.born_on }}</td><td>{{ row.ethnicity }}</td>"
    "<td>{{ row.religion }}</td><td>{{ row.joined_on }}</td><td>{{ row.official_on }}</td>"
    "<td>{{ row.card_number }}</td></tr>{% endfor %}</table>"
)


def plain_page(request):
    """Return the first rows of the table of members, and how many there are."""
    rows = Paginator(Member.objects.order_by("sort_name", "pk"), ROWS)
    return HttpResponse(TEMPLATE.render(Context({"page": rows.get_page(request.GET.get("page"))})))


urlpatterns = [path(ADDRESS.strip("/") + "/", plain_page), *urlpatterns]

__all__ = ["handler500", "urlpatterns"]
