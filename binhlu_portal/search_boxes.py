"""Choices of which there may be thousands: a list while they are few, else a box to search them by words.

The box works as a plain form: what is typed is looked for when it is sent, and what several bear is offered as a list.
With scripts the browser offers what bears the words while they are typed. A page weighs the same, however many there
are.
"""

from collections.abc import Callable, Iterable, Sequence

from django import forms
from django.forms.utils import flatatt
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views import View

from binhlu_portal.text.vietnamese import bears, number, search_words

MOST_LISTED = 60
"""So many are offered as a list; more are searched."""

MOST_SUGGESTED = 12
"""So many are offered while words are typed."""


def named(key: str, label: str) -> str:
    """Return what stands in the box for a choice: it ends with the key, which tells it from others of its name."""
    return f"{label.strip()} [{key}]"


def key_in(text: str) -> str:
    """Return the key at the end of what stands in a box; what has none as it is."""
    _, bracket, rest = text.strip().rpartition("[")
    return rest[:-1] if bracket and rest.endswith("]") else text.strip()


def bearing(text: str, choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the choices (key, label) that are meant by a text: the one whose key it holds, else those that bear it."""
    choices, key, wanted = list(choices), key_in(text), search_words(text)
    return [each for each in choices if each[0] == key] or [
        each for each in choices if wanted and bears(each[1], wanted)
    ]


class SearchBox(forms.TextInput):
    """A box to search in; `suggests` names the address of its suggestions, `label_of` tells the label of a key."""

    input_type = "search"

    def __init__(self, suggests: str, label_of: Callable[[str], str]):
        super().__init__({"class": "wide", "autocomplete": "off", "placeholder": "Ghi vài chữ của tên, không cần dấu"})
        self.suggests, self.label_of = suggests, label_of

    def format_value(self, value):
        """Return the label of a key; what was typed as it is."""
        label = self.label_of(str(value)) if value else ""
        return named(str(value), label) if label else value

    def render(self, name, value, attrs=None, renderer=None):
        """Return the box, and the place for what the browser offers."""
        offered = f"{(attrs or {}).get('id', name)}-goi-y"
        asks = {
            "list": offered,
            "hx-get": f"{reverse(self.suggests)}?o={name}",
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{offered}",
            "hx-sync": "this:replace",
        }
        box = super().render(name, value, asks | (attrs or {}), renderer)
        return format_html("{}<datalist{}></datalist>", box, flatatt({"id": offered}))


class SearchedChoiceField(forms.ChoiceField):
    """A choice from a list, or by words where there are more than one looks through; `offer` says which there are."""

    suggests = ""
    """The name of the address that suggests."""

    not_found = "Không thấy “{}”: ghi ít chữ hơn, không cần dấu."
    """What is said where nothing bears a text."""

    def offer(self, choices: Sequence[tuple[str, str]], nothing: str = "") -> None:
        """Offer `choices`, as a list or in a box; `nothing` is what the list says while none is chosen."""
        if len(choices) > MOST_LISTED:
            labels = dict(choices)
            self.search(labels.get)
        self.choices = [*([("", nothing)] if nothing else []), *choices]

    def search(self, label_of: Callable[[str], str | None]) -> None:
        """Become a box."""
        self.widget = SearchBox(self.suggests, label_of)
        self.widget.is_required = self.required

    @property
    def is_searched(self) -> bool:
        """Whether it is a box."""
        return isinstance(self.widget, SearchBox)

    def matches(self, text: str) -> list[tuple[str, str]]:
        """Return the choices that are meant by what was typed, some more than are listed at most."""
        return bearing(text, self.choices)

    def to_python(self, value):
        """Return the key of what is meant. Raises ValidationError for words that mean nobody, or several."""
        text = super().to_python(value)
        if not (text and self.is_searched):
            return text
        found = self.matches(text)
        if len(found) == 1:
            return found[0][0]
        if not found:
            raise forms.ValidationError(self.not_found.format(text))
        if len(found) > MOST_LISTED:
            raise forms.ValidationError(f"Quá nhiều nơi khớp “{text}”: ghi thêm chữ, hoặc chọn trong gợi ý.")
        self.widget = forms.Select(choices=[("", "Chọn …"), *found])
        raise forms.ValidationError(f"Có {number(len(found))} mục khớp “{text}”: chọn một trong danh sách.")


class SuggestionsView(View):
    """What a box offers while words are typed: a subclass says what was `found`."""

    def get(self, request):
        """Return the choices that bear what is typed in the field that the address names (`o`)."""
        text = request.GET.get(request.GET.get("o", ""), "").strip()
        found = self.found(text)[:MOST_SUGGESTED] if search_words(text) else []
        return HttpResponse(format_html_join("", '<option value="{}">', ((named(*each),) for each in found)))

    def found(self, text: str) -> Sequence[tuple[str, str]]:
        """Return the choices (key, label) that bear a text; every subclass says which."""
        raise NotImplementedError


class UnitChoiceField(SearchedChoiceField):
    """A unit, by its code."""

    suggests = "unit-suggestions"


def unit_chooser(units: Sequence[tuple[str, str]], chosen: str, nothing: str = "") -> str:
    """Return the control `don_vi` of a bar that chooses one of `units` (code, name)."""
    made = UnitChoiceField(required=False)
    made.offer(units, nothing)
    return made.widget.render("don_vi", chosen, {"id": "trong"})
