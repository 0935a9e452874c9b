"""What takes something back is never the first button of a page."""

import re

from django.conf import settings
from django.urls import URLPattern, get_resolver

from binhlu_portal.audit.forms import RevertForm
from binhlu_portal.records.forms.base import RemoveForm

TAKING_BACK = (RemoveForm, RevertForm)
PRIMARY = re.compile(r"""class="button" href="{% url '([\w-]+)'""")


def taking_back(patterns):
    """Yield the names of the addresses at which something is deleted, withdrawn or reverted."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            yield from taking_back(pattern.url_patterns)
        elif is_taking_back(getattr(pattern.callback.view_class, "form_class", None)):
            yield pattern.name


def is_taking_back(form):
    return isinstance(form, type) and issubclass(form, TAKING_BACK)


def test_no_template_asks_first_for_what_takes_something_back():
    dangerous = {*taking_back(get_resolver().url_patterns), "record-remove"}  # that has the form of the record type
    assert {"confirm-withdraw", "period-cancel", "act-revert", "entry-revert"} <= dangerous
    asked = {path.name: PRIMARY.findall(path.read_text()) for path in (settings.BASE_DIR / "templates").rglob("*.html")}
    assert {name: found for name, names in asked.items() if (found := dangerous & set(names))} == {}
