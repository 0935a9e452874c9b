"""Forms about files sent together: one answer for all that is alike, consent to all, no thanks, and all back."""

from collections import defaultdict
from datetime import date

from django import forms
from django.utils.functional import cached_property

from binhlu_portal.audit.forms import RevertForm
from binhlu_portal.records.forms.base import RecordForm
from binhlu_portal.records.forms.fields import PastDayField
from binhlu_portal.spreadsheets.jobs.actions import remember
from binhlu_portal.spreadsheets.jobs.forms import (
    ANSWER,
    ASKED_LATER,
    COLUMN,
    TURN,
    SameAnswers,
    answers_of_turn,
    bound,
    turn_of,
)
from binhlu_portal.spreadsheets.models import Batch, BatchState

from .actions import GIVEN_UP, confirm_folder, digest_of, discard_folder, recheck_folder, revert_folder
from .queries import ASKED, columns_of, is_in_sight, questions_of

AS_EACH = "Như từng tệp"


class FolderForm(RecordForm):
    """A form about the `files` of the folder that is its instance; `name` is that of its button."""

    name = ""
    done = ""
    reason = None

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, **kwargs)
        self.auto_id = f"{self.name}-%s"
        self.files = files

    @property
    def is_offered(self):
        """Whether there is anything that the form could do."""
        raise NotImplementedError


class RecheckFolderForm(FolderForm):
    """Answers what the files ask and says what their columns mean, once for all; the files concerned are checked anew.

    The answers, by the key of their question, are no fields of the form, as on the page of one file.
    """

    title = "Trả lời và kiểm tra lại"
    submit_label = "Kiểm tra lại"
    name = "kiem_tra"
    done = "Đã nhận: hệ thống đang kiểm tra lại các tệp liên quan."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lists = [batch.reading for batch in self.lists]
        days = {said["day"] for said in lists}
        if lists:
            start = date.fromisoformat(days.pop()) if len(days) == 1 else None
            hint = "" if start else f"Để trống: {AS_EACH.lower()}."
            self.fields["day"] = PastDayField(
                label="Các danh sách đến ngày", initial=start, required=bool(start), help_text=hint
            )
            self.fields["day"].set_choices(self)
        ways = next((said["ways"] for said in lists if said.get("ways")), None)
        if ways:
            given = {said["way"] for said in lists}
            self.fields["way"] = forms.ChoiceField(
                label="Người chưa có trên hệ thống vào chi bộ bằng cách",
                choices=[("", AS_EACH if len(given) > 1 else ASKED_LATER), *ways],
                required=False,
                initial=given.pop() if len(given) == 1 else "",
            )
        for index, column in enumerate(self.columns):
            self.fields |= turn_of(index, [each for _, each in column.columns])
            if column.is_sure:
                continue
            choices = [("", "Không nhập"), *column.columns[0][0].reading["fields"]]
            self.fields[f"{COLUMN}{index}"] = forms.ChoiceField(
                label=column.heading, choices=choices, initial=column.field, required=False
            )

    @cached_property
    def lists(self):
        """The checked files that are lists of offices: of them a day and meanings of columns can be said."""
        return [each for each in self.files if each.state == BatchState.CHECKED and (each.reading or {}).get("day")]

    @cached_property
    def columns(self):
        """The headings whose meaning is not sure."""
        return columns_of(self.files)

    @cached_property
    def is_in_sight(self):
        """Whether the questions may still be shown."""
        return is_in_sight(self.files, self.user)

    @cached_property
    def questions(self):
        """What is asked, alike questions as one."""
        return questions_of(self.files) if self.is_in_sight else []

    @cached_property
    def same(self):
        """The answers that are given to all that is asked in the same way."""
        return SameAnswers(self.data, {question.key: question.options for question in self.questions})

    @property
    def is_offered(self):
        """Whether a file can be checked anew."""
        return bool(self.lists or self.questions)

    @property
    def shown(self):
        """The questions as the page asks them: the name of their field, and what was answered."""
        names = ((question, ANSWER + question.key) for question in self.questions[:ASKED])
        return [(question, name, self.data.get(name, question.proposed)) for question, name in names]

    @property
    def proposes(self):
        """Whether an answer is proposed."""
        return any(question.proposed for question, _, _ in self.shown)

    @property
    def more(self):
        """How many questions are asked when these are answered."""
        return max(0, len(self.questions) - ASKED)

    @property
    def meanings(self):
        """The headings as the page shows them: the field of what each means, if asked, the heading, what turns it."""
        columns = enumerate(self.columns)
        return [(bound(self, COLUMN, index), column, bound(self, TURN, index)) for index, column in columns]

    @property
    def about_files(self):
        """The fields about all lists."""
        return [self[name] for name in ("day", "way") if name in self.fields]

    @property
    def action_data(self):
        """What was said of each file, {id: what `recheck` is given}; files of which nothing new was said are not in."""
        answers, settings = defaultdict(dict), defaultdict(dict)
        for question in self.questions:
            answer = self._answer(question)
            if answer:
                for batch, place in question.places:
                    answers[batch.pk][place] = answer
        for index, unsure in enumerate(self.columns):
            for batch, column in unsure.columns:
                answers[batch.pk] |= answers_of_turn(self, index, [column])
        day, way = self.cleaned_data.get("day"), self.cleaned_data.get("way")
        for batch in self.lists:
            said = {"day": day and f"{day:%Y-%m-%d}", "way": way}
            known = batch.reading
            settings[batch.pk] |= {name: value for name, value in said.items() if value and value != known.get(name)}
        for pk, mapping in self._mappings().items():
            settings[pk]["mapping"] = mapping
        concerned = {pk for pk, said in [*answers.items(), *settings.items()] if said}
        return {"said": {pk: {"settings": settings[pk], "answers": answers[pk]} for pk in concerned}}

    def _answer(self, question):
        """Return the answer to a question, or that to the one which it is answered as; None for none."""
        answer = self.data.get(ANSWER + question.key)
        answer = answer or self.same.get(question.same, question.options)
        if answer in question.likes:
            question = next(each for each in self.questions if each.key == question.likes[answer])
            answer = self.data.get(ANSWER + question.key)
        return answer if answer in question.options and answer not in question.likes else None

    def _mappings(self):
        """Return {id: {sheet!column: meaning}} of the files with unsure columns; what is left as it was is said too."""
        found = {}
        for index, unsure in enumerate(self.columns):
            for batch, column in unsure.columns if not unsure.is_sure else ():
                all_of_it = {_place(each): each["field"] for each in batch.reading["columns"]}
                meant = found.setdefault(batch.pk, all_of_it)
                meant[_place(column)] = self.cleaned_data[f"{COLUMN}{index}"]
        return found

    def perform(self, said):
        """Have the files checked anew, and remember what their columns mean."""
        mappings = [each["settings"].get("mapping", {}) for each in said.values()]
        remember(user=self.user, mapping={place: kind for mapping in mappings for place, kind in mapping.items()})
        recheck_folder(folder=self.instance, said=said)


class ConfirmFolderForm(FolderForm):
    """Consents to what the checks have shown of all files without faults."""

    title = "Lưu tất cả"
    name = "ghi"
    done = "Đã xác nhận: hệ thống đang lưu lần lượt từng tệp."
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ready = [each for each in self.files if each.is_ready]
        self.fields["seen"].initial = digest_of(self.ready)

    @property
    def is_offered(self):
        """Whether a file is ready."""
        return bool(self.ready)

    @property
    def left(self):
        """The names of the files that are left because of faults or questions."""
        return [each.name for each in self.files if each.wrong or each.asked]

    def perform(self):
        """Have them written."""
        confirm_folder(folder=self.instance, digest=self.cleaned_data["seen"])


class AskFolderAnewForm(FolderForm):
    """Takes back all answers of the files that are checked: a wrong one is asked for again."""

    title = submit_label = "Bỏ các câu trả lời, hỏi lại"
    name = "hoi_lai"
    done = "Đã bỏ các câu trả lời: hệ thống đang kiểm tra lại các tệp."

    @cached_property
    def answered(self):
        """The files of which something was answered."""
        return [each for each in self.files if each.state == BatchState.CHECKED and each.answers]

    @property
    def is_offered(self):
        """Whether something was answered."""
        return bool(self.answered)

    def perform(self):
        """Have the files checked without the answers."""
        recheck_folder(folder=self.instance, said={each.pk: {"forgets": True} for each in self.answered})


class DiscardFolderForm(FolderForm):
    """Does nothing any more with the files that are not written."""

    title = submit_label = "Bỏ các tệp chưa lưu"
    name = "bo"
    done = "Đã bỏ các tệp chưa lưu."

    @property
    def is_offered(self):
        """Whether a file is not written."""
        return any(each.state in GIVEN_UP for each in self.files)

    def perform(self):
        """Give them up."""
        discard_folder(folder=self.instance)


FORMS = RecheckFolderForm, ConfirmFolderForm, AskFolderAnewForm, DiscardFolderForm
"""The forms on the page of a folder."""


class RevertFolderForm(RevertForm):
    """Reverts all that was written from the files of a folder; its instance are the entries of the history."""

    title = "Hoàn tác tất cả tệp"

    def perform(self, keep_later=False):
        """Take it back, and note that of each file."""
        batch = Batch.objects.of(self.user).select_related("folder").get(act=self.plan.entries[0].act)
        revert_folder(user=self.user, folder=batch.folder, keep_later=keep_later)


def _place(column):
    return f"{column['sheet']}!{column['column']}"
