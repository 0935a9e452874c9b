"""Packages of files: the lists in them are taken, the rest is named, what is made to do harm is refused whole."""

import zipfile
from io import BytesIO
from unicodedata import normalize

import pytest

from binhlu_portal.spreadsheets.sandbox import archives
from binhlu_portal.spreadsheets.sandbox.archive_worker import NOT_SAFE, TOO_MANY, WITH_PASSWORD
from binhlu_portal.spreadsheets.sandbox.archives import unpack
from binhlu_portal.spreadsheets.sandbox.limits import LARGEST, MEGABYTE, MOST_FILES, Unreadable
from tests.binhlu_portal.spreadsheets.hostile import packed

WORKBOOK = packed({"xl/workbook.xml": "<a/>"})


def locked():
    """Return a package whose only file is said to be encrypted."""
    content = bytearray(packed({"a.xlsx": "x"}))
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def bomb():
    """Return a package of lists that together come to more than may be unpacked."""
    return packed({f"{number}.csv": (bytes(MEGABYTE) for _ in range(9)) for number in range(12)})


def lying():
    """Return a package with a list that is far larger than its directory says."""
    content = bytearray(packed({"a.csv": (bytes(MEGABYTE) for _ in range(99))}))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


def of_links():
    """Return a package with a link in it."""
    link = zipfile.ZipInfo("a.xlsx")
    link.external_attr = 0o120777 << 16
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def twice():
    """Return a package with two files of which some systems see one."""
    return packed({"a.xlsx": "x", "A.XLSX": "y"})


REFUSED = {
    "locked": (locked, WITH_PASSWORD),
    "bomb": (bomb, NOT_SAFE),
    "lying": (lying, NOT_SAFE),
    "link": (of_links, NOT_SAFE),
    "twice": (twice, NOT_SAFE),
    "above": (lambda: packed({"../a.xlsx": "x"}), NOT_SAFE),
    "root": (lambda: packed({"/etc/a.xlsx": "x"}), NOT_SAFE),
    "backslash": (lambda: packed({"a\\..\\b.xlsx": "x"}), NOT_SAFE),
    "cut": (lambda: packed({"a.xlsx": "x"})[:-9], NOT_SAFE),
    "empty": (lambda: b"", NOT_SAFE),
    "text": (lambda: b"no package", NOT_SAFE),
    "2,001 files": (lambda: packed({f"{number}.xlsx": "x" for number in range(2_001)}), NOT_SAFE),
    "201 files": (lambda: packed({f"{number}.xlsx": "x" for number in range(MOST_FILES + 1)}), TOO_MANY),
}


@pytest.mark.parametrize(("make", "said"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_package_is_refused_with_words(make, said):
    with pytest.raises(Unreadable) as refusal:
        unpack(make())
    assert str(refusal.value) == said


def test_lists_are_taken_as_they_are_and_others_are_named_unread():
    given = {"1.xlsx": WORKBOOK, "2.XLS": b"\xd0\xcf\x11\xe0", "3.csv": b"", "a.zip": packed({"x.xlsx": "x"}), "b": "x"}
    taken = {"1.xlsx": WORKBOOK, "2.XLS": b"\xd0\xcf\x11\xe0", "3.csv": b"", "a.zip": None, "b": None}
    assert dict(unpack(packed(given))) == taken
    assert dict(unpack(packed(given, zipfile.ZIP_STORED))) == taken


def test_files_are_called_by_their_way_below_the_folder_of_all():
    given = {"Danh sách/": "", "Danh sách/Bản 1/ds.xlsx": "x", "Danh sách/Bản 2/ds.xlsx": "y"}
    assert unpack(packed(given)) == [("Bản 1 - ds.xlsx", b"x"), ("Bản 2 - ds.xlsx", b"y")]
    assert unpack(packed({"Danh sách/ds.xlsx": "x"})) == [("ds.xlsx", b"x")]


def renamed(packed_as):
    """Return a package of one list whose name is packed as these bytes, without a word of how they are meant."""
    stand_in = "x" * (len(packed_as) - 4) + ".csv"
    return packed({stand_in: "y"}).replace(stand_in.encode(), packed_as)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Chi bộ bản Tả Lèng.csv", "utf-8"), ("Chi bộ.csv", "cp1258"), ("ds.csv", "ascii")],
)
def test_names_are_read_as_their_packer_wrote_them(name, encoding):
    spelled = normalize("NFD", name).replace("o\u0323\u0302", "ô\u0323") if encoding == "cp1258" else name
    [(found, content)] = unpack(renamed(spelled.encode(encoding)))
    assert (normalize("NFC", found), content) == (name, b"y")


def test_what_systems_leave_in_a_folder_is_not_spoken_of():
    given = {"__MACOSX/ds/._1.xlsx": "x", "ds/.DS_Store": "x", "ds/~$1.xlsx": "x", "ds/Thumbs.db": "x", "ds/1.csv": "y"}
    assert unpack(packed(given)) == [("1.csv", b"y")]


def test_a_list_larger_than_lists_may_be_is_named():
    given = {"1.csv": (bytes(MEGABYTE) for _ in range(LARGEST // MEGABYTE + 1)), "2.csv": "x"}
    assert unpack(packed(given)) == [("1.csv", None), ("2.csv", b"x")]


@pytest.mark.parametrize("answer", ["[1, 2]", "{}", '["a.csv", "?"]', "no json", '["a.csv"]'])
def test_an_answer_that_makes_no_sense_is_none(answer, monkeypatch):
    monkeypatch.setattr(archives, "OPENER", [archives.OPENER[0], "-c", f"print({answer!r})"])
    with pytest.raises(Unreadable, match="Tệp nén"):
        unpack(packed({"a.csv": "x"}))
