"""Words that no screen says, each beside what it says instead: the plain words of a Party office."""

import re
from html.parser import HTMLParser

INSTEAD = {
    r"[Tt]hôi, không ghi|[Kk]hông mở nữa": "Hủy",
    r"^Ghi$|“Ghi”|Ghi như trên|Ghi kết quả|Vẫn ghi|\*\*Ghi\*\*": "Lưu",
    r"Đã ghi\b": "Đã lưu",
    r"\b[Cc]ổng\b(?! dữ liệu| mạng)|Cổng dữ liệu (?:không|chưa|đã|đang|tự)\b": "hệ thống",
    r"[Mm]ức trần": "tỷ lệ khống chế",
    r"^Trên tổng$|\b[Ss]ố gốc\b": "mẫu số",
    r"[Nn]guồn kết nạp|\b(?:vào|khỏi|trong) nguồn\b|^Nguồn\b": "quần chúng ưu tú",
    r"^Đưa ra$|“Đưa ra”": "Đưa khỏi danh sách theo dõi",
    r"Nơi sinh hoạt đảng": "Quá trình sinh hoạt đảng",
    r"[Ll]ý do đến\b|Đến như thế nào": "lý do tăng",
    r"[Ll]ý do thôi\b": "lý do giảm",
    r"^Số liệu đến ngày$": "Đến ngày",
    r"Chuyển đi đảng bộ khác": "Chuyển sinh hoạt đảng ra ngoài đảng bộ",
    r"\b[Tt]heo đạo\b": "theo tôn giáo",
    r"\b[Bb]ỏ kỳ\b": "Hủy kỳ báo cáo",
    r"[Nn]hật ký (?:xem|mở)|Ai đã (?:mở|xem)": "Nhật ký truy cập",
    r"[Cc]hưa có bí thư|[Tt]hiếu bí thư": "khuyết bí thư",
    r"[Vv]ăn phòng (?:Đảng ủy xã|[Tt]ỉnh ủy)": "Văn phòng cấp ủy",
    r"^Vì sao\b[^?]*$": "Lý do",
}


def wrong_words(text):
    """Return what a piece of text says otherwise than an office does: what stands there, and what should."""
    text = re.sub(r"\s+", " ", text)
    return [(found[0], right) for wrong, right in INSTEAD.items() if (found := re.search(wrong, text))]


class Texts(HTMLParser):
    """The pieces of text that a page shows, those of its attributes too, and which of them are headings."""

    HEADINGS = frozenset({"h1", "h2", "h3", "h4", "caption", "legend", "th"})
    SPOKEN = frozenset({"aria-label", "data-label", "alt", "title", "placeholder"})

    def __init__(self, html):
        super().__init__()
        self.pieces, self.headings, self._open = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note what is said of an element."""
        self._open.append(tag)
        self.pieces += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag):
        """Leave an element and those in it that were never closed."""
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        """Note what is shown."""
        self.pieces.append(data)
        if self.HEADINGS.intersection(self._open):
            self.headings.append(data)


def badly_worded(html):
    """Return what a page says otherwise than an office does; a heading names a thing and asks nothing."""
    texts = Texts(html)
    asking = [(heading.strip(), "a heading") for heading in texts.headings if heading.rstrip().endswith("?")]
    return [wrong for piece in texts.pieces for wrong in wrong_words(piece.strip())] + asking
