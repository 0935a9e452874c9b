"""Answers of a form to a script: what became of a form that a telephone kept without network and sends when it has one.

Such a form comes to the address of its page and is judged there like any other; only the answer is data in place of a
page.
"""

from django.http import HttpRequest, JsonResponse

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
    """Return why it is not: the sentences of its faults, or what it asks as (value to tick, sentence)."""
    if form.asks:
        return JsonResponse({"asks": [*form.questions.choices], "refused": []}, status=REFUSED)
    told = [] if not form.conflict else [CONFLICT]
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        told += [f"{label}: {error}" if label else error for error in errors]
    return JsonResponse({"asks": [], "refused": told}, status=REFUSED)
