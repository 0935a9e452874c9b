"""Forms about uploaded files: what their columns mean, right values, consent, or no thanks."""

from collections import Counter, defaultdict
from datetime import date

from django import forms
from django.utils.functional import cached_property

from binhlu_portal.audit.forms import RevertForm
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.fields import PastDayField
from binhlu_portal.spreadsheets.importer.result_json import options_of
from binhlu_portal.spreadsheets.importer.rows import FORMULA
from binhlu_portal.spreadsheets.models import Batch, BatchState
from binhlu_portal.text.vietnamese import number

from .actions import confirm, discard, recheck, remember, revert_batch

LONGEST = 1_000
"""Letters of a value put right on screen."""

ASKED_LATER = "Hỏi khi có người mới"
"""What stands for a way by which people come while nobody has said one."""

VALUE, ANSWER, COLUMN, TURN, SAME = "o:", "chon:", "cot-", "thu-tu-", "cung:"
"""What the names of fields begin with: a value put right, an answer, the meaning of a column, how else it is read,
that an answer is given to all that is asked in the same way."""


class BatchForm(RecordForm):
    """A form about a file that was checked; `name` is that of its button."""

    name = ""
    done = ""
    reason = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.auto_id = f"{self.name}-%s"
        self.result = self.instance.result or {}


class RecheckForm(BatchForm):
    """Says what the file means and puts values right; then the file is checked anew.

    The values, by the place of their fault, are no fields of the form: thousands may be wrong, and a page shows some.
    """

    title = "Sửa và kiểm tra lại"
    submit_label = "Kiểm tra lại"
    name = "kiem_tra"
    done = "Đã nhận: hệ thống đang kiểm tra lại tệp."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said = self.result.get("settings") or {}
        offered = {
            "unit": ("Danh sách của", said.get("units"), "Theo từng trang, từng dòng của tệp"),
            "way": ("Người chưa có trên hệ thống vào chi bộ bằng cách", said.get("ways"), ASKED_LATER),
        }
        for name, (label, choices, nothing) in offered.items():
            if choices:
                start = said.get(name) or ""
                choices = [("", nothing), *choices]
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=start, required=False)
        if said.get("day"):
            self.fields["day"] = PastDayField(label="Danh sách đến ngày", initial=date.fromisoformat(said["day"]))
            self.fields["day"].set_choices(self)
        for index, columns in enumerate(self.columns):
            self.fields[f"{COLUMN}{index}"] = forms.ChoiceField(
                label=columns[0]["header"],
                choices=[("", "Không nhập"), *said["fields"]],
                initial=columns[0]["field"],
                required=False,
            )
            self.fields |= turn_of(index, columns)

    @cached_property
    def columns(self):
        """The columns of a foreign list; those of several sheets that stand alike and mean the same are one."""
        found = defaultdict(list)
        for column in (self.result.get("settings") or {}).get("columns", ()):
            found[column["column"], column["header"], column["field"]].append(column)
        return list(found.values())

    @property
    def meanings(self):
        """The columns as the page shows them: the field of what each means, the column, the field that turns it."""
        columns = [columns[0] for columns in self.columns]
        return [(self[f"{COLUMN}{index}"], column, bound(self, TURN, index)) for index, column in enumerate(columns)]

    @property
    def is_sure(self):
        """Whether nothing has to be said of any column, and nothing to be seen about it."""
        sure = (column["certain"] and not column.get("turn") for columns in self.columns for column in columns[:1])
        return all(sure) and not self.errors

    @property
    def about_file(self):
        """The fields about the whole list."""
        return [self[name] for name in ("unit", "day", "way") if name in self.fields]

    def shown(self, faults):
        """Return `faults` as the page shows them: with the names of their fields, and what was typed."""
        found, same = [], Counter(fault.get("same") for fault in self.result.get("faults", ()))
        for fault in faults:
            others = same.pop(fault.get("same"), 0) - 1 if fault.get("same") else 0
            value, answer = VALUE + fault["place"], ANSWER + fault["place"]
            typed = {
                "typed": self.data.get(value, fault["value"]),
                "answer": self.data.get(answer, fault.get("proposed")),
            }
            names = {"value_name": value, "answer_name": answer, "same_name": f"{SAME}{fault.get('same')}"}
            found.append(fault | names | typed | {"others": max(others, 0), "options": options_of(fault)})
        return found

    @property
    def action_data(self):
        """What the actions are given."""
        answers, mends = {}, {}
        same = SameAnswers(self.data, {each["place"]: options_of(each) for each in self.result.get("faults", ())})
        for index, columns in enumerate(self.columns):
            answers |= answers_of_turn(self, index, columns)
        for fault in self.result.get("faults", ()):
            place, options = fault["place"], options_of(fault)
            answer, typed = self.data.get(ANSWER + place), self.data.get(VALUE + place)
            answer = answer or same.get(fault.get("same"), options)
            if options:
                if answer in options:
                    answers[place] = answer
            elif fault["column"] and typed is not None:
                accepted = typed and fault["message"] == FORMULA  # what a formula shows, left as it is, is its value
                if accepted or typed != fault["value"]:
                    mends[place] = typed[:LONGEST]
        return {"settings": self._settings(), "answers": answers, "mends": mends}

    def _settings(self):
        """Return what was said of the whole file, where it was changed: what the reader has found stays its own."""
        said = {name: self.cleaned_data[name] for name in ("unit", "day", "way") if name in self.changed_data}
        if "day" in said:
            said["day"] = f"{said['day']:%Y-%m-%d}"
        meant = {f"{COLUMN}{index}": columns for index, columns in enumerate(self.columns)}
        if any(self.cleaned_data[name] != columns[0]["field"] for name, columns in meant.items()):
            said["mapping"] = {
                f"{column['sheet']}!{column['column']}": self.cleaned_data[name]
                for name, columns in meant.items()
                for column in columns
            }
        return said

    def perform(self, settings, **given):
        """Have the file checked anew, and remember what its columns mean."""
        if "mapping" in settings:
            remember(user=self.user, mapping=settings["mapping"])
        recheck(batch=self.instance, settings=settings, **given)


class SameAnswers:
    """Answers given to all that is asked in the same way: in `data`, of questions {place: options}.

    The one to whose row the box belongs is answered; of another the answer is what stands at its place.
    """

    def __init__(self, data, options):
        self.data, self.options = data, options

    def get(self, same, options):
        """Return the answer to a question with `options` that is asked in a way; None where none is given to all.

        It is the same answer where that is offered, else the one in its place, as who is meant is another for each.
        """
        place = self.data.get(f"{SAME}{same}") if same else None
        given, answer = [*self.options.get(place, ())], self.data.get(f"{ANSWER}{place}")
        if answer in given and answer in options:
            return answer
        return [*options][given.index(answer)] if answer in given and len(given) == len(options) else None


def turn_of(index, columns):
    """Return the field that says how else columns are read, by its name; none for those that are read in one way."""
    turn = next((column["turn"] for column in columns if column.get("turn")), None)
    if turn is None:
        return {}
    return {
        f"{TURN}{index}": forms.ChoiceField(
            label="Đọc là", choices=turn["options"], initial=turn["read"], required=False
        )
    }


def bound(form, begins, index):
    """Return the field of a form whose name begins so, as a page shows it; None where there is none."""
    return form[f"{begins}{index}"] if f"{begins}{index}" in form.fields else None


def answers_of_turn(form, index, columns):
    """Return {topic: answer} of columns that are to be read otherwise than they were."""
    answer = form.cleaned_data.get(f"{TURN}{index}")
    told = [
        column["turn"] for column in columns if column.get("turn") and answer not in ("", None, column["turn"]["read"])
    ]
    return {topic: answer for turn in told for topic in turn["topics"]}


class ConfirmBatchForm(BatchForm):
    """Consents to what the check has shown; rows with errors are left out only when asked for."""

    title = submit_label = "Lưu vào hệ thống"
    name = "ghi"
    done = "Đã xác nhận: hệ thống đang lưu."
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    partly = forms.BooleanField(required=False)

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial={"seen": kwargs["instance"].digest}, **kwargs)
        faults = self.result.get("faults", ())
        rows = {(fault["sheet"], fault["row"]) for fault in faults if fault["row"] > 1}
        self.fields["partly"].label = f"Chỉ lưu các dòng đúng, để lại {number(len(rows))} dòng có lỗi"
        if not faults:
            del self.fields["partly"]

    def perform(self, partly=False):
        """Have it written."""
        confirm(batch=self.instance, digest=self.cleaned_data["seen"], partly=partly)


class AskAnewForm(BatchForm):
    """Takes back all answers: a wrong one is asked for again."""

    title = submit_label = "Bỏ các câu trả lời, hỏi lại"
    name = "hoi_lai"
    done = "Đã bỏ các câu trả lời: hệ thống đang kiểm tra lại tệp."

    def perform(self):
        """Have the file checked without them."""
        recheck(batch=self.instance, forgets=True)


class DiscardBatchForm(BatchForm):
    """Does nothing with the file any more."""

    title = submit_label = "Bỏ tệp này"
    name = "bo"
    done = "Đã bỏ tệp, không lưu gì."

    def perform(self):
        """Give the file up."""
        discard(batch=self.instance)


FORMS = {
    RecheckForm: (BatchState.CHECKED, BatchState.UNREADABLE),
    ConfirmBatchForm: (BatchState.CHECKED,),
    AskAnewForm: (BatchState.CHECKED,),
    DiscardBatchForm: (BatchState.TO_CHECK, BatchState.CHECKED, BatchState.UNREADABLE, BatchState.FAILED),
}
"""The forms on the page of a file, and the states in which they are there."""


class RevertBatchForm(RevertForm):
    """Reverts all that was written from a file; its instance are the entries of the history."""

    title = "Hoàn tác cả tệp"

    def perform(self, keep_later=False):
        """Take it back, and note that of the file."""
        batch = Batch.objects.of(self.user).get(act=self.plan.entries[0].act)
        revert_batch(user=self.user, batch=batch, keep_later=keep_later)
