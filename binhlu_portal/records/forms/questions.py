"""Questions of a form: what is unusual is asked about, and written once its sender says that it is so."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms

from .base import RecordForm

IS_IT_SO = "Nếu đúng như vậy thì đánh dấu rồi lưu; nếu không thì sửa lại."


SURE = "sure"
"""The name of the field of ticks; it is there only while something is asked."""


class AnsweredQuestions(forms.MultipleChoiceField):
    """Sentences to tick; one that is no more asked is no fault."""

    widget = forms.CheckboxSelectMultiple
    is_question = True  # and no fault

    def validate(self, value: list[str]) -> None:
        """Take whatever was ticked: the form asks anew."""


class AskingForm(RecordForm):
    """A form that asks back. A subclass says what is unusual about valid data (`unusual`), a sentence each.

    The form comes back with the sentences to tick, and is written when all are. A tick is for the sentence that was
    read: other numbers make another sentence.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks = []
        self.questions = AnsweredQuestions(label="Có đúng như vậy không?", required=False)
        self.questions.needed = True

    def unusual(self, given: dict[str, Any]) -> Iterable[str]:
        """Return what is unusual about `given`; every form says which."""
        raise NotImplementedError

    def _post_clean(self):
        """Ask about what is unusual and not yet answered, when nothing is wrong."""
        super()._post_clean()
        if self.errors:
            return
        asked = {_key(sentence): sentence for sentence in self.unusual(self.cleaned_data)}
        if asked.keys() - set(self.data.getlist(SURE)):
            self.asks = [*asked.values()]
            self.questions.choices = asked.items()
            self.fields = {SURE: self.questions} | self.fields
            self.add_error(SURE, IS_IT_SO)


def _key(sentence):
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]
