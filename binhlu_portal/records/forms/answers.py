"""Answers of a form to a script: what became of a form that a telephone kept without network and sends when it has one.

Such a form comes to the address of its page and is judged there like any other; only the answer is data in place of a
page. One that is refused comes back with its fields as the page would show them now, whatever has changed since.
"""

import uuid

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

DATA = "application/json"
"""What a script accepts; browsers that show pages never ask for it alone."""

REFUSED = 422

CONFLICT = "Người khác vừa sửa hồ sơ này: mở trang của hồ sơ để xem hai bên rồi sửa."


def is_for_script(request: HttpRequest) -> bool:
    """Whether the answer is for a script."""
    return request.headers.get("Accept") == DATA


def written(address: str) -> JsonResponse:
    """Return that the form is written, and where that is shown."""
    return JsonResponse({"address": address})


def refused(form) -> JsonResponse:
    """Return why it is not, the sentences of its faults or what it asks as (value to tick, sentence); its fields."""
    asks = [*form.questions.choices] if form.asks else []
    told = [] if not form.conflict else [CONFLICT]
    for name, errors in form.errors.items() if not asks else ():
        label = form.fields[name].label if name in form.fields else ""
        told += [f"{label}: {error}" if label else error for error in errors]
    return JsonResponse({"asks": asks, "refused": told, "form": _again(form)}, status=REFUSED)


def _again(form):
    """Return the fields with what was sent; "" where the page itself must be seen first, or nothing can be changed."""
    if form.conflict or not form.visible_fields():
        return ""
    form.auto_id = f"{uuid.uuid4()}-%s"  # many stand on one page
    return render_to_string("records/forms/_fields.html", {"form": form})
