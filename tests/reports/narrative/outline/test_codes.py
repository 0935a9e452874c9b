"""What was written stays with its heading, whatever an office does to the outline around it."""

import pytest

from reports.narrative.outline.codes import keep_codes
from reports.narrative.outline.parser import parse

HEAD = "Tên đề cương: Mẫu\nTrích yếu: Mẫu\n"
OLD = ("I. MỘT", "1. Hai", "- Bản", "- Trường", "2. Ba", "- Bản", "II. BỐN")


def outline(*lines):
    return parse("mau", HEAD + "\n".join(lines))


def edited(*lines, old=OLD, used=()):
    """Return the codes of the headings after an edit, as they are read again."""
    kept = keep_codes(outline(*lines), outline(*old), used)
    return [(section.code, section.heading) for section in parse("mau", kept).sections], kept


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (OLD, ["I", "I.1", "I.1.a", "I.1.b", "I.2", "I.2.a", "II"]),
        (("I. MỘT", "1. Hai", "- Mới", *OLD[2:]), ["I", "I.1", "m1", "I.1.a", "I.1.b", "I.2", "I.2.a", "II"]),
        (("I. MỘT", "1. Hai", "- Trường", *OLD[4:]), ["I", "I.1", "I.1.b", "I.2", "I.2.a", "II"]),
        (("I. MỘT", "1. Ba", "- Bản", "2. Hai", "- Bản", "- Trường"), ["I", "I.2", "I.2.a", "I.1", "I.1.a", "I.1.b"]),
        (("I. MỘT", "1. Hai", "- Bản", "- Trường học", *OLD[4:]), ["I", "I.1", "I.1.a", "I.1.b", "I.2", "I.2.a", "II"]),
        (("I. BỐN", "II. MỘT", "1. Hai"), ["II", "I", "I.1"]),
    ],
    ids=["nothing", "one more", "one less", "moved", "put in other words", "parts moved"],
)
def test_headings_keep_their_codes(lines, codes):
    found, kept = edited(*lines)
    assert [code for code, _ in found] == codes
    assert edited(*kept.splitlines()[2:], old=kept.splitlines()[2:])[1] == kept


def test_a_new_heading_does_not_take_the_text_of_one_that_is_gone():
    found, _ = edited(*OLD[:4], "2. Ba", "- Bản", "- Xã", "II. BỐN", used={"I.2.b"})
    assert found[6] == ("m1", "Xã")
    found, _ = edited(*OLD[:4], "2. Ba", "- Bản", "- Xã", "II. BỐN")
    assert found[6] == ("I.2.b", "Xã")
