"""Parser of outlines: plain text as an office writes it, or takes it out of the letter of a superior committee.

    Tên đề cương: Nghị quyết số 21-NQ/TW        what the outline is called, and texts of the frame by their labels
    I. ĐẶC ĐIỂM, TÌNH HÌNH                      a heading, known by its number: I. 1. 1.1. or a dash
    1. Đặc điểm tình hình {I.1}                 with the code under which its text is kept, if it is not this place's
    ? Địa bàn, dân số.                          what the committee is asked to say
    = Có {{ members.total }} đảng viên.         a sentence of figures; lines that follow each other are one paragraph
    | Chưa có đảng viên nào.                    the sentence said otherwise
    # Theo công văn của cấp trên                a remark

Whatever is wrong is told with its line and with what to do, all at once.
"""

import re
from dataclasses import replace
from itertools import count

from binhlu_portal.db.actions import Refusal
from binhlu_portal.text.normal_forms import composed
from reports.placeholders.report import REPORT, unknown_names
from reports.placeholders.syntax import PLACEHOLDER, names_in, read

from .heading_numbers import NUMBER, Numbering
from .parts import FRAME, Outline, Section, Sentence, frame_of

NAME = "Tên đề cương"
LABELS = {NAME.casefold(): "", **{blank.label.casefold(): blank.code for blank in FRAME}}
"""What each label of the frame stands for: a blank, or the name of the outline."""

HEADING = re.compile(rf"(?P<number>{NUMBER})\s*(?P<words>.*?)(?:\s*\{{(?P<code>[A-Za-z0-9.]+)\}})?")
FRESH = "m"
"""What the codes begin with of headings whose place has become the code of another."""

LONGEST_CODE = 20
LONGEST_NAME = 80
MOST_SHOWN = 20
EXCERPT = 40
"""How many letters of a line are shown with what is wrong in it, so that it is found without counting."""

LIST = re.compile(r"\[[^\[\]|]*(\|[^\[\]|]*)+\]")

NO_HEADING = "chưa có đầu mục nào ở trên; ghi đầu mục (ví dụ “I. ĐẶC ĐIỂM, TÌNH HÌNH”) trước dòng này."
UNCLEAR = (
    "không rõ là gì; nối vào dòng trên nếu là phần sau của dòng đó, ghi số mục nếu là đầu mục, "
    "ghi “=” ở đầu nếu là câu in ra, “?” nếu là điều cần viết, “#” nếu là ghi chú."
)


def parse(code: str, text: str, *, names_matter: bool = True) -> Outline:
    """Return the outline `code` that `text` describes. Raises Refusal with a sentence for everything that is wrong.

    Names of place-holders do not matter where an outline was kept before: a figure that is no more is not its fault.
    """
    reader = OutlineReader(names_matter)
    for number, line in enumerate(composed(text).lstrip("\ufeff").splitlines(), 1):
        reader.number, reader.line = number, line.strip()
        reader.read(reader.line)
    return reader.outline(code, text)


class OutlineReader:
    """What is read of an outline so far: lines of the frame, sections, faults."""

    def __init__(self, names_matter):
        self.number, self.line, self.names_matter = 0, "", names_matter
        self.texts, self.label = {}, None
        self.sections, self.faults = [], []
        self.numbering, self.codes = Numbering(), {blank.code for blank in FRAME}
        self.is_new_paragraph = True

    def read(self, line):
        """Read one line."""
        if not line:
            self.is_new_paragraph, self.label = True, None
        elif line[0] in "?=|":
            self._read_content(line[0], line[1:].strip())
        elif line[0] == "#" or self._read_frame(line):
            pass
        elif found := HEADING.fullmatch(line):
            self._read_heading(**found.groupdict())
        else:
            self._fault(UNCLEAR)

    def outline(self, code, text):
        """Return what was read."""
        for asked, label in (("", NAME), ("trich_yeu", "Trích yếu")):
            if not self.texts.get(asked):
                self.faults.append(f"Thiếu dòng “{label}: …”: ghi dòng đó ở trên đầu mục thứ nhất.")
        if len(self.texts.get("", "")) > LONGEST_NAME:
            self.faults.append(f"Tên đề cương dài quá {LONGEST_NAME} chữ: ghi ngắn lại.")
        if not self.sections:
            self.faults.append("Đề cương chưa có đầu mục nào: mỗi đầu mục ghi một dòng, ví dụ “I. ĐẶC ĐIỂM”.")
        if self.faults:
            raise Refusal([*self.faults[:MOST_SHOWN], *_more(len(self.faults) - MOST_SHOWN)])
        name = self.texts.pop("")
        return Outline(code, name, frame_of(self.texts), tuple(self._coded()), text)

    def _coded(self):
        """Return the sections, with a code of their own where another has been given that of their place."""
        fresh = (code for number in count(1) if (code := f"{FRESH}{number}") not in self.codes)
        for section in self.sections:
            code = section.code or (next(fresh) if section.place in self.codes else section.place)
            yield replace(section, code=code)

    def _fault(self, sentence):
        shown = self.line if len(self.line) <= EXCERPT else f"{self.line[:EXCERPT]}…"
        self.faults.append(f"Dòng {self.number} “{shown}”: {sentence}")

    def _read_frame(self, line):
        """Read a line of the frame, or one more line of the text above it; return whether it was one."""
        label, colon, words = line.partition(":")
        if colon and not self.sections and label.casefold() in LABELS:
            self.label = LABELS[label.casefold()]
            self.texts[self.label] = words.strip()
        elif self.label and line[0] == "-":
            self.texts[self.label] = f"{self.texts[self.label]}\n{line}".strip()
        else:
            return False
        self._check_names(names_in(line))
        return True

    def _read_content(self, mark, words):
        """Read what stands beneath a heading."""
        self.label = None
        if not self.sections:
            return self._fault(NO_HEADING)
        section = self.sections[-1]
        if mark == "?":
            section = replace(section, ask=f"{section.ask} {words}".strip())
        else:
            self._check_sentence(words)
            paragraphs = self._paragraphs(section.paragraphs, mark, words)
            section = replace(section, paragraphs=paragraphs)
        self.sections[-1] = section
        return None

    def _paragraphs(self, paragraphs, mark, words):
        """Return the paragraphs of a section with one more sentence, or with its last one said otherwise."""
        if mark == "=":
            begins, self.is_new_paragraph = self.is_new_paragraph or not paragraphs, False
            new = (Sentence(words),)
            return (*paragraphs, new) if begins else (*paragraphs[:-1], paragraphs[-1] + new)
        if not paragraphs or paragraphs[-1][-1].otherwise:
            self._fault("dòng “|” nói khác đi câu “=” ngay ở trên; ở đây không có câu nào như thế.")
            return paragraphs
        *before, last = paragraphs[-1]
        return (*paragraphs[:-1], (*before, replace(last, otherwise=words)))

    def _check_names(self, names):
        """Tell what is wrong with place-holders."""
        for name in names if self.names_matter else ():
            for sentence in REPORT.errors_of(read(name)):
                self._fault(sentence)

    def _check_sentence(self, words):
        """Tell what no sentence can hold."""
        self._check_names(unknown_names([words]))
        left = PLACEHOLDER.sub("", words)
        if "{{" in left or "}}" in left:
            self._fault("chỗ điền phải có đủ hai dấu ngoặc mỗi bên, ví dụ {{ members.total }}.")
        if set("[]") & set(LIST.sub("", left)):
            self._fault("danh sách ghi đủ dấu “[”, “|” và “]”, ví dụ [: |nữ {{ members.female }}].")

    def _read_heading(self, number, words, code):
        """Read a heading."""
        self.label, self.is_new_paragraph = None, True
        try:
            level, place = self.numbering.place(number)
        except ValueError as wrong:
            return self._fault(str(wrong))
        if not words or "{{" in words or "{%" in words:
            return self._fault("đầu mục phải có chữ, và không có chỗ điền.")
        if code:
            if code in self.codes or len(code) > LONGEST_CODE:
                return self._fault(f"mã {{{code}}} đã dùng ở trên hoặc quá dài; bỏ mã ở cuối dòng thì hệ thống tự đặt.")
            self.codes.add(code)
        if self.sections and self.sections[-1].level < level:
            self.sections[-1] = replace(self.sections[-1], is_leaf=False)
        shown = number if number[-1] == "." else f"{number}." if number[0].isdigit() else "-"
        self.sections.append(Section(code or "", place, shown, words, level, line=self.number))
        return None


def _more(count):
    return [f"Còn {count} chỗ nữa: sửa các chỗ trên rồi kiểm tra lại."] if count > 0 else []
