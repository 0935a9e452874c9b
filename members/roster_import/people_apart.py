"""People apart: in sheets and rows that nobody sees, or under a title that calls them gone: left out unless wanted."""

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import Fault

from .doubts import called_apart
from .parser import PersonLine
from .text_keys import enumerated

READ_THEM, LEAVE_THEM = "doc", "bo"
ANSWERS = {LEAVE_THEM: "Bỏ qua những người này", READ_THEM: "Lưu cả những người này"}
ASKED = "Trang “{}” có {} người {} (dòng {}). Những người này có còn trong danh sách không?"


SAID = (
    "Trang “{}” có {} người dưới dòng “{}” (dòng {}). Danh sách không ghi điều này vào hồ sơ: lưu xong thì ghi ở sổ. "
    "Vẫn lưu những người này?"
)


def wanted(people: list[PersonLine], said: SenderInput) -> tuple[list[PersonLine], list[Fault]]:
    """Return the people to read, and what to ask about those apart: a question for each sheet and reason."""
    of_file, apart = called_apart([said.file.rpartition(".")[0]]).replace("tiêu đề", "tên tệp"), {}
    for line in people:
        if line.apart or of_file:
            line.apart = line.apart or of_file
            apart.setdefault((line.sheet, line.apart), []).append(line.row)
    questions = {place: _question(said.file, *place, rows) for place, rows in apart.items()}
    answers = {place: said.answers.get(question.place) for place, question in questions.items()}
    found = [line for line in people if not line.apart or answers[line.sheet, line.apart] == READ_THEM]
    return found, [question for place, question in questions.items() if answers[place] not in ANSWERS]


def with_what_is_said(people: list[PersonLine], said: SenderInput) -> tuple[list[PersonLine], list[Fault]]:
    """Return the people to read, and what to ask about the groups that say something of theirs."""
    groups = {}
    for line in people:
        if line.above:
            groups.setdefault((line.sheet, line.above), []).append(line.row)
    questions = {
        (sheet, title): Fault(
            *(sheet, 0, 0, "", SAID.format(sheet, len(rows), title, enumerated(rows)), ANSWERS),
            topic=f"nhom:{said.file}!{sheet}!{title}",
        )
        for (sheet, title), rows in groups.items()
    }
    answers = {place: said.answers.get(question.place) for place, question in questions.items()}
    found = [line for line in people if not line.above or answers[line.sheet, line.above] == READ_THEM]
    return found, [question for place, question in questions.items() if answers[place] not in ANSWERS]


def _question(file, sheet, reason, rows):
    asked = ASKED.format(sheet, len(rows), reason, enumerated(rows))
    return Fault(sheet, 0, 0, "", asked, ANSWERS, topic=f"rieng:{file}!{sheet}!{reason}")
