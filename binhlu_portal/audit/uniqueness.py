"""Uniqueness across scopes: what somebody learns who writes a value that a record out of sight has already.

The database holds a value once, in whatever unit. So it has to be refused; but the sentence is the same wherever the
other record is, and names neither person nor unit. What was tried out of sight goes into the access log, where the
office that sees both finds it.
"""

import functools

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from .access_log import log_access
from .models import AccessKind

TAKEN = "unique"
"""Code of the refusal of a value that another record has."""


@functools.cache
def taken_sentences() -> dict[str, str]:
    """Sentences of constraints on one field that reach beyond every scope: {sentence: field}."""
    rules = (rule for model in apps.get_models() for rule in model._meta.constraints)
    return {
        str(rule.violation_error_message): rule.fields[0]
        for rule in rules
        if getattr(rule, "fields", ()) and rule.violation_error_code == TAKEN
    }


def unseen(user: object, model: type[Model], name: str, value: object) -> str:
    """Value in words that the field `name` of some record has which `user` does not see, else ""."""
    if model._default_manager.visible_to(user).filter(**{name: value}).exists():
        return ""
    return f"{model._meta.get_field(name).verbose_name} {value}"


def unseen_in_row(user: object, row: Model, sentence: str) -> str:
    """Value in words for which `row` was refused with `sentence`, where `user` does not see whose it is, else ""."""
    name = taken_sentences().get(sentence)
    return unseen(user, type(row), name, getattr(row, name)) if name else ""


def log_taken(request: HttpRequest, model: type[Model], refusal: ValidationError, typed: dict[str, object]) -> None:
    """Access log entries for those of the `typed` values that `refusal` names as taken, out of the sender's sight."""
    own = {field.name for field in model._meta.concrete_fields} & typed.keys()
    broken = getattr(refusal, "error_dict", {}).items()
    names = [name for name, errors in broken if name in own and any(error.code == TAKEN for error in errors)]
    for words in filter(None, (unseen(request.user, model, name, typed[name]) for name in names)):
        log_access(request, AccessKind.TAKEN, f"Số trùng: {words}", 1)
