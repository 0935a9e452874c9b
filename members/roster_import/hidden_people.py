"""Hidden people: those in sheets and rows that whoever opens the file does not see are left out unless wanted."""

from binhlu_portal.spreadsheets.importer.formats import SenderInput
from binhlu_portal.spreadsheets.importer.rows import Fault

from .parser import PersonLine
from .text_keys import enumerated

READ_THEM, LEAVE_THEM = "doc", "bo"
ANSWERS = {LEAVE_THEM: "Bỏ qua những người này", READ_THEM: "Lưu cả những người này"}
ASKED = "Trang “{}” có {} người ở trang hoặc hàng đang ẩn (dòng {}). Những người này có còn trong danh sách không?"


def in_sight(people: list[PersonLine], said: SenderInput) -> tuple[list[PersonLine], list[Fault]]:
    """Return the people to read, and what to ask about the hidden ones: a question for each sheet."""
    unseen = {}
    for line in people:
        if line.hidden:
            unseen.setdefault(line.sheet, []).append(line.row)
    questions = [Fault(sheet, 0, 0, "", _question(sheet, rows), ANSWERS) for sheet, rows in unseen.items()]
    answers = {question.sheet: said.answers.get(question.place) for question in questions}
    wanted = [line for line in people if not line.hidden or answers[line.sheet] == READ_THEM]
    return wanted, [question for question in questions if answers[question.sheet] not in ANSWERS]


def _question(sheet, rows):
    return ASKED.format(sheet, len(rows), enumerated(rows))
