"""Files that nobody may have to fear: each function returns (name, content, words that the refusal must say)."""

import re
import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from struct import pack, pack_into

DATA = Path(__file__).parents[2] / "data" / "workbooks"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    """Return a packed file of {name: text, bytes or an iterable of bytes}."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            if isinstance(content, str | bytes):
                content = [content.encode() if isinstance(content, str) else content]
            with archive.open(name, "w") as part:
                for piece in content:
                    part.write(piece)
    return file.getvalue()


def excel(rows="", *, main=f"{TYPE}.sheet.main+xml", **more):
    """Return the parts of a workbook with the XML `rows` in its sheet."""
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="Bảng" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        SHEET: sheet(rows),
        **more,
    }


def sheet(rows):
    """Return a sheet of the XML `rows`."""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def formula(text):
    """Return the parts of a workbook with one formula."""
    return excel(f'<row r="1"><c r="A1"><f>{text}</f><v>1</v></c></row>')


def opened(rows="", **more):
    """Return the parts of an OpenDocument workbook with the XML `rows` in its sheet."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"{HEAD}<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="Bảng">{rows}</table:table>'
        f"</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": f"{HEAD}<manifest/>",
        **more,
    }


def old():
    """Return a small workbook of old Excel."""
    return (DATA / "danh-sach.xls").read_bytes()


def renamed_stream(name):
    """Return a workbook of old Excel in whose directory a stream has been given another name."""
    content = bytearray(old())
    at = content.index("\x05SummaryInformation".encode("utf-16-le"))
    content[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\0")
    pack_into("<H", content, at + 64, 2 * len(name) + 2)
    return bytes(content)


def renamed_record(old_kind, length, kind):
    """Return a workbook of old Excel whose first record of one kind has been turned into one of another."""
    return old().replace(pack("<HH", old_kind, length), pack("<HH", kind, length), 1)


def empty():
    return "trong.xlsx", b"", "Tệp trống"


def too_large():
    return "lon.csv", b"a;b\n" * 2_700_000, "10 MB"


def pdf():
    return "danh-sach.xlsx", b"%PDF-1.7\n1 0 obj", "Tệp tên là .xlsx nhưng nội dung là tài liệu PDF"


def picture():
    return "danh-sach.ods", b"\x89PNG\r\n\x1a\n" + bytes(100), "nội dung là hình ảnh"


def program():
    return "danh-sach.xls", b"MZ\x90\0" + bytes(100), "nội dung là chương trình"


def web_page():
    return "danh-sach.xls", b"\xef\xbb\xbf\n<html><table><tr><td>A</td></tr></table></html>", "nội dung là trang web"


def word_document():
    return "danh-sach.xlsx", packed({"word/document.xml": "<a/>"}), "Tệp này là văn bản Word"


def old_word_document():
    return "danh-sach.xls", renamed_stream("WordDocument"), "dán (Ctrl+V) vào một trang Excel trống"


def binary_workbook():
    return "danh-sach.xlsx", packed({"xl/workbook.bin": b"\0"}), ".xlsb"


def open_text():
    parts = opened() | {"mimetype": "application/vnd.oasis.opendocument.text"}
    return "danh-sach.ods", packed(parts), "OpenDocument khác bảng tính"


def archive_of_files():
    return "danh-sach.xlsx", packed({"a.txt": "a"}), "tệp nén (zip)"


def text_as_workbook():
    return "danh-sach.xlsx", "Họ tên;Ngày sinh\nA;1990".encode(), "nội dung là văn bản thường"


def noise_as_csv():
    return "danh-sach.csv", bytes(range(256)) * 20, "không rõ loại"


def noise_without_ending():
    return "danh-sach", b"\0\1\2", "Nội dung tệp là dữ liệu không rõ loại"


def high_ratio():
    spaces = (b" " * 1024 * 1024 for _ in range(150))
    return "bom.xlsx", packed(excel() | {"docProps/app.xml": spaces}), "giải nén ra quá 100 MB"


def many_large_parts():
    parts = {f"xl/media/{n}.png": (bytes(1024 * 1024) for _ in range(30)) for n in range(4)}
    return "bom.xlsx", packed(excel() | parts), "giải nén ra quá 100 MB"


def high_ratio_open():
    spaces = (b" " * 1024 * 1024 for _ in range(150))
    return "bom.ods", packed(opened() | {"styles.xml": spaces}), "giải nén ra quá 100 MB"


def nested():
    inner = packed({"0": bytes(1024 * 1024)})
    return "bom.xlsx", packed(excel() | {"xl/embeddings/a.xlsx": inner}), "nhúng bên trong"


def overlapping():
    """Many entries of the directory share one packed part."""
    content = bytearray(packed(excel() | {"a.xml": "<a/>", "b.xml": "<a/>"}))
    entries = [match.start() for match in re.finditer(b"PK\x01\x02", content)]
    content[entries[-1] + 42 : entries[-1] + 46] = content[entries[-2] + 42 : entries[-2] + 46]
    return "bom.xlsx", bytes(content), "nén bất thường"


def overlapping_in_part():
    """A part reaches into the one that follows."""
    content = bytearray(packed(excel()))
    entry = content.index(b"PK\x01\x02")
    pack_into("<I", content, entry + 20, 1000)
    return "bom.xlsx", bytes(content), "nén bất thường"


def lying_size():
    """A part of 30 MB is said to have 10 bytes, and those have the checksum that is promised."""
    content = bytearray(packed(excel() | {"z.bin": (b" " * 1024 * 1024 for _ in range(30))}))
    entry = content.rindex(b"PK\x01\x02")
    pack_into("<I", content, entry + 16, zlib.crc32(b" " * 10))
    pack_into("<I", content, entry + 24, 10)
    return "bom.xlsx", bytes(content), "hỏng"


def many_parts():
    parts = {f"xl/{n}.txt": b"" for n in range(5_000)}
    return "bom.xlsx", packed(excel() | parts), "nén bất thường"


def endless_directory():
    """Ninety thousand entries of a directory."""
    entry = b"PK\x01\x02" + bytes(24) + pack("<HHH", 1, 0, 0) + bytes(12) + b"a"
    content = packed({"a": ""})[:31] + entry * 90_000
    return (
        "bom.xlsx",
        content + b"PK\x05\x06" + pack("<4H2IH", 0, 0, 65_535, 65_535, 4_230_000, 31, 0),
        "nén bất thường",
    )


def two_directories():
    """A directory of four billion entries is announced before the ordinary one."""
    content = packed(excel())
    return "bom.xlsx", content[:-22] + b"PK\x06\x07" + bytes(16) + content[-22:], "hỏng"


def hidden_beginning():
    return "danh-sach.xlsx", b"PK\x03\x04" + packed(excel()), "hỏng"


def laughs():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]>'
    return "bom.xlsx", packed(excel() | {STRINGS: f"{HEAD}{dtd}<sst><si><t>&a9;</t></si></sst>"}), "XML nguy hiểm"


def foreign_entity():
    text = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&amp;</t></is></c></row>').replace("&amp;", "&a;")
    dtd = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return "bom.xlsx", packed(excel() | {SHEET: text.replace(HEAD, HEAD + dtd)}), "XML nguy hiểm"


def laughs_open():
    parts = opened()
    parts["content.xml"] = parts["content.xml"].replace(HEAD, f'{HEAD}<!DOCTYPE a [<!ENTITY a "ha">]>')
    return "bom.ods", packed(parts), "XML nguy hiểm"


def deep_markup():
    return "sau.xlsx", packed(excel() | {"a.xml": b"<a>" * 10_000_000}), "quá nhiều bộ nhớ hoặc thời gian"


def broken_markup():
    return "hong.xlsx", packed(excel("<row><c></row>")), "hỏng"


def other_encoding():
    return "hong.xlsx", packed(excel() | {"docProps/app.xml": "<a/>".encode("utf-16")}), "hỏng"


def misread_encoding():
    text = sheet("").replace("UTF-8", "windows-1252")
    return "hong.xlsx", packed(excel() | {SHEET: text}), "hỏng"


def many_rows():
    rows = (f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>'.encode() for n in range(1, 60_002))
    start, end = sheet("|").encode().split(b"|")
    return "dai.xlsx", packed(excel() | {SHEET: (start, *rows, end)}), "Trang “Bảng” có dữ liệu đến hàng 60.001"


def many_rows_of_text():
    return "dai.csv", b"a;b\n" * 60_001, "hàng 60.001"


def many_rows_open():
    row = f'<table:table-row table:number-rows-repeated="1048576">{CELL}</table:table-row>'
    return "dai.ods", packed(opened(row)), "hàng 1.048.576"


def far_row():
    return "xa.xlsx", packed(excel('<row r="9"><c r="A1048576"><v>1</v></c></row>')), "hàng 1.048.576"


def far_row_old():
    content = bytearray(old())
    pack_into("<H", content, content.index(pack("<HH", 0xFD, 10)) + 4, 65_535)
    return "xa.xls", bytes(content), "hàng 65.536"


def far_column_old():
    """A row of numbers, kept in one record, ends far to the right."""
    content = bytearray(old())
    at = content.index(pack("<HH", 0xFD, 10))
    content[at : at + 2], content[at + 12 : at + 14] = pack("<H", 0xBD), b"\xff\xff"
    return "rong.xls", bytes(content), "cột 65.536"


def far_column():
    return "rong.xlsx", packed(excel('<row r="1"><c r="BDWGN1"><v>1</v></c></row>')), "cột 1.000.000"


def many_columns():
    cells = "<c><v>1</v></c>" * 1_000_000
    return "rong.xlsx", packed(excel(f'<row r="1">{cells}</row>')), "cột 1.000.000"


def many_columns_of_text():
    return "rong.csv", b"a;" * 1_000_000, "cột 1.000.000"


def many_columns_open():
    cell = CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="1000000"')
    return "rong.ods", packed(opened(f"<table:table-row>{cell}</table:table-row>")), "cột 1.000.000"


def many_cells():
    row = "<row>" + "<c><v>1</v></c>" * 50 + "</row>"
    return "day.xlsx", packed(excel(row * 41_000)), "quá 2.000.000 ô"


def many_empty_cells():
    return "day.xlsx", packed(excel("<row>" + '<c s="1"/>' * 6_100_000 + "</row>")), "bộ nhớ hoặc thời gian"


def many_cells_of_text():
    return "day.csv", (b";" * 59 + b"a\n") * 40_000, "quá 2.000.000 ô"


def many_cells_open():
    cell = CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="900"')
    row = f'<table:table-row table:number-rows-repeated="50000">{cell}</table:table-row>'
    return "day.ods", packed(opened(row)), "quá 2.000.000 ô"


def many_formulas_open():
    cell = CELL.replace("<table:table-cell", '<table:table-cell table:formula="of:=1"')
    cell = cell.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="900"')
    row = f'<table:table-row table:number-rows-repeated="50000">{cell}</table:table-row>'
    return "day.ods", packed(opened(row)), "quá 2.000.000 ô"


def many_sheets():
    parts = excel()
    parts["xl/workbook.xml"] = re.sub("(<sheet .*?/>)", r"\1" * 201, parts["xl/workbook.xml"])
    return "nhieu.xlsx", packed(parts), "quá 200 trang tính"


def one_text_in_all_cells():
    """A text of a megabyte is kept once and shown in twenty thousand cells."""
    strings = f"{HEAD}<sst xmlns='{MAIN}'><si><t>{'a' * 1024 * 1024}</t></si></sst>"
    rows = '<row><c t="s"><v>0</v></c></row>' * 20_000
    return "bom.xlsx", packed(excel(rows) | {STRINGS: strings}), "quá nhiều bộ nhớ hoặc thời gian"


def many_elements():
    return "bom.xlsx", packed(excel() | {"xl/styles.xml": f"<a>{'<b/>' * 6_100_000}</a>"}), "bộ nhớ hoặc thời gian"


def many_elements_open():
    return "bom.ods", packed(opened("<a/>" * 6_100_000)), "bộ nhớ hoặc thời gian"


def macro_type():
    parts = excel(main="application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    return "macro.xlsm", packed(parts), "macro"


def macro_part():
    return "macro.xlsx", packed(excel() | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "macro"


def macro_sheet():
    return "macro.xlsx", packed(excel() | {"xl/macrosheets/sheet1.xml": "<a/>"}), "macro"


def macro_open():
    return "macro.ods", packed(opened() | {"Basic/Standard/a.xml": "<a/>"}), "macro"


def macro_listener_open():
    return "macro.ods", packed(opened("<script:event-listener/>")), "macro"


def macro_old():
    return "macro.xls", renamed_stream("_VBA_PROJECT_CUR"), "macro"


def macro_sheet_old():
    content = bytearray(old())
    content[re.search(rb"\x85\x00..", content, re.DOTALL).start() + 9] = 1
    return "macro.xls", bytes(content), "macro"


def linked_part():
    return "lien-ket.xlsx", packed(excel() | {"xl/externalLinks/externalLink1.xml": "<a/>"}), "liên kết ngoài"


def linked_connection():
    return "lien-ket.xlsx", packed(excel() | {"xl/connections.xml": "<a/>"}), "liên kết ngoài"


def linked_picture():
    link = '<r><Relationship Id="a" Type="a/image" Target="http://a.example/a.png" TargetMode="External"/></r>'
    return "lien-ket.xlsx", packed(excel() | {"xl/drawings/_rels/drawing1.xml.rels": link}), "liên kết ngoài"


def linked_formula():
    return "lien-ket.xlsx", packed(formula("[1]Sheet1!A1")), "liên kết ngoài"


def linked_named_formula():
    return "lien-ket.xlsx", packed(formula("SUM('C:\\so\\[so.xlsx]Trang 1'!A1)")), "liên kết ngoài"


def asking_formula():
    return "lien-ket.xlsx", packed(formula('_xlfn.WEBSERVICE("http://a.example")')), "liên kết ngoài"


def commanding_formula():
    return "lien-ket.xlsx", packed(formula("cmd|'/C calc'!A0")), "liên kết ngoài"


def linked_formula_open():
    cell = "<table:table-cell table:formula=\"of:=['file:///so.ods'#$Trang.A1]\" office:value-type='float'/>"
    return "lien-ket.ods", packed(opened(f"<table:table-row>{cell}</table:table-row>")), "liên kết ngoài"


def linked_source_open():
    return "lien-ket.ods", packed(opened("<table:table-source/>")), "liên kết ngoài"


def linked_old():
    return "lien-ket.xls", renamed_record(0x5C, 112, 0x1AE), "liên kết ngoài"


def embedded_old():
    return "nhung.xls", renamed_stream("MBD0001"), "nhúng bên trong"


def locked():
    return "khoa.xlsx", renamed_stream("EncryptedPackage"), "xóa mật khẩu"


def locked_part():
    content = bytearray(packed(excel()))
    pack_into("<H", content, content.index(b"PK\x01\x02") + 8, 1)
    return "khoa.xlsx", bytes(content), "xóa mật khẩu"


def locked_open():
    manifest = f"{HEAD}<m><file-entry><encryption-data/></file-entry></m>"
    return (
        "khoa.ods",
        packed(opened() | {"content.xml": b"\x8a\x01", "META-INF/manifest.xml": manifest}),
        "xóa mật khẩu",
    )


def locked_old():
    return "khoa.xls", renamed_record(0x5C, 112, 0x2F), "xóa mật khẩu"


def truncated():
    content = packed(excel())
    return "cut.xlsx", content[: len(content) // 2], "chưa tải lên hết"


def truncated_open():
    content = (DATA / "danh-sach.ods").read_bytes()
    return "cut.ods", content[: len(content) // 2], "chưa tải lên hết"


def truncated_old():
    return "cut.xls", old()[:1500], "chưa tải lên hết"


def circular_old():
    """The chain of sectors of the directory leads back to its beginning."""
    content = bytearray(old())
    first, table = (int.from_bytes(content[at : at + 4], "little") for at in (48, 76))
    pack_into("<I", content, (table + 1) * 512 + first * 4, first)
    return "hong.xls", bytes(content), "hỏng"


def noise_old():
    return "hong.xls", old()[:512] + bytes(range(256)) * 40, "hỏng"


def wrong_checksum():
    content = packed(excel() | {"docProps/app.xml": "<a><b/></a>"}, zipfile.ZIP_STORED)
    return "hong.xlsx", content.replace(b"<b/>", b"<c/>", 1), "hỏng"


def damaged_packing():
    content = bytearray(packed(excel()))
    at = content.index(b"xl/workbook.xml") + 20
    content[at : at + 20] = b"\xff" * 20
    return "hong.xlsx", bytes(content), "hỏng"


def other_packing():
    return "hong.xlsx", packed(excel(), zipfile.ZIP_LZMA), "hỏng"


def missing_sheet():
    parts = excel()
    del parts[SHEET]
    return "hong.xlsx", packed(parts), "hỏng"


def other_beginning():
    """The workbook is said to be another part than the one that is looked at."""
    parts = excel() | {"xl/other.xml": excel()["xl/workbook.xml"]}
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("xl/workbook", "xl/other")
    return "hong.xlsx", packed(parts), "hỏng"


def leading_out():
    return "loi.xlsx", packed(excel() | {"../../../etc/cron.d/a": "a"}), "tên bất thường"


def leading_to_root():
    return "loi.xlsx", packed(excel() | {"/etc/cron.d/a": "a"}), "tên bất thường"


def leading_to_drive():
    return "loi.xlsx", packed(excel() | {"C:\\a": "a"}), "tên bất thường"


def symbolic_link():
    file = BytesIO(packed(excel()))
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("xl/a.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return "loi.xlsx", file.getvalue(), "tên bất thường"


def twice_the_same_name():
    return "loi.xlsx", packed(excel() | {"xl/WORKBOOK.xml": "<a/>"}), "tên bất thường"


def unclosed_quote():
    return "hong.csv", b'a;b\n1;"2\n3;4\n', "dấu ngoặc kép"


HELPERS = (packed, excel, sheet, formula, opened, old, renamed_stream, renamed_record)
HOSTILE = [
    make
    for make in [*globals().values()]
    if callable(make) and getattr(make, "__module__", "") == __name__ and make not in HELPERS
]
"""All of them, in the order in which they stand here."""
