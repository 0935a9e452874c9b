"""Parts of an outline: sections with headings, sentences of figures, texts of the frame around them.

Sentences name figures by placeholders (`reports.placeholders`): {{ members.total }}, {{ members.female.tren }} (of
how many), {{ members.female.ty_le }} (percentage), {{ chu_thich.X }} (footnote), {{ bieu.1B }} (annex, where one is
asked for). [lead|part|part] is a list: parts whose figures are nought are left out, and so is the lead without parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property


@dataclass(frozen=True)
class Sentence:
    """A sentence of figures; `otherwise` is said instead when all of them are nought or one has nothing to count on."""

    text: str
    otherwise: str = ""


@dataclass(frozen=True)
class Section:
    """A section: the `code` under which its text is kept, its heading, what the committee is asked to say (`ask`).

    `place` is its number in the whole ("III.1.2", "III.1.2.a"), `number` the one that is printed ("1.2.", "-"), `level`
    how deep it lies: 1 for I to V, 4 for what has a dash. `is_leaf` tells that no other section lies within it.
    `paragraphs` are of sentences and come after the words; `line` is where the outline has the heading.
    """

    code: str
    place: str
    number: str
    heading: str
    level: int
    ask: str = ""
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    is_leaf: bool = True
    line: int = 0

    carries = True
    start = ""
    lines = 12

    @property
    def is_written(self) -> bool:
        """Whether the committee writes something here: where it is asked to, and wherever nothing else would stand."""
        return self.is_leaf or bool(self.ask)

    @property
    def needs_words(self) -> bool:
        """Whether something is missing while the committee has written nothing here."""
        return self.is_leaf and bool(self.ask or not self.paragraphs)

    @property
    def says(self) -> bool:
        """Whether the section says something itself and not only by the sections within it."""
        return self.is_written or bool(self.paragraphs)

    @property
    def rank(self) -> int:
        """Rank of the heading on a page that has one of its own: no rank is left out where a dash follows a number."""
        return self.place.count(".") + 2

    @property
    def title(self) -> str:
        """The heading as it is printed."""
        return f"{self.number} {self.heading.upper() if self.level == 1 else self.heading}"

    @property
    def label(self) -> str:
        """What the section is called where its text is written."""
        return f"{self.place}. {self.heading}"


@dataclass(frozen=True)
class FrameText:
    """What stands around the sections; it `carries` on to the next report or not.

    `start` is what it says until it is written; `lines` is how many lines it usually takes.
    """

    code: str
    label: str
    ask: str
    start: str = ""
    carries: bool = True
    lines: int = 1

    is_written = True
    needs_words = False


FRAME = (
    FrameText(
        "so", "Số, ký hiệu", "Ví dụ: Số 12-BC/ĐU. Để mặc định thì văn thư điền tay.", "Số …-BC/ĐU", carries=False
    ),
    FrameText(
        "ngay_ky",
        "Địa danh, ngày ký",
        "Ví dụ: Tân Lập, ngày 20 tháng 3 năm 2026. Để mặc định thì điền tay.",
        "{{ noi_va_ngay }}",
        carries=False,
    ),
    FrameText("trich_yeu", "Trích yếu", "Báo cáo về việc gì; in dưới chữ BÁO CÁO.", lines=3),
    FrameText(
        "mo_dau",
        "Câu mở đầu",
        "Báo cáo theo văn bản nào, ai báo cáo.",
        "Theo yêu cầu của cấp ủy cấp trên, {{ cap_uy }} báo cáo kết quả từ ngày {{ tu_ngay }} đến ngày {{ den_ngay }} "
        "như sau:",
        lines=3,
    ),
    FrameText("noi_nhan", "Nơi nhận", "Mỗi nơi một dòng.", "- Cấp ủy cấp trên (b/c),\n- Lưu Văn phòng.", lines=6),
)
"""Every blank, in the order of the document, with what an outline need not say (Hướng dẫn 36-HD/VPTW, 3/4/2018)."""


@dataclass(frozen=True)
class Outline:
    """An outline: its code and name, the frame, its sections in order; `text` is what they were read from."""

    code: str
    name: str
    frame: tuple[FrameText, ...]
    sections: tuple[Section, ...]
    text: str

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every text that may hold place-holders."""
        sentences = [each for section in self.sections for paragraph in section.paragraphs for each in paragraph]
        said = (text for sentence in sentences for text in (sentence.text, sentence.otherwise))
        return (*(blank.start for blank in self.frame), *said)

    @cached_property
    def written(self) -> Mapping[str, FrameText | Section]:
        """What committees write themselves, by its code: blanks and judgements."""
        return {part.code: part for part in (*self.frame, *self.sections) if part.is_written}


def frame_of(starts: Mapping[str, str]) -> tuple[FrameText, ...]:
    """Return the blanks with what an outline lets them say at the `start`: {code: text}."""
    return tuple(replace(blank, start=starts.get(blank.code, blank.start)) for blank in FRAME)
