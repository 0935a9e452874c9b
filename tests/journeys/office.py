"""An invented office by a seed: its cells and people, and the lists that it has of them, each made in its own way."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from openpyxl import Workbook

from binhlu_portal.dates.partial_dates import PartialDate
from members.choices import Education, Gender, Theory
from tests.binhlu_portal.spreadsheets.files import saved
from tests.members.roster_import.mess import DATES, ENCODINGS, NUMBERS, Mess, messy

FIRST_DAY, LAST_DAY = date(2025, 7, 1), date(2025, 12, 31)
KINDS = (
    ("Chi bộ bản {}", "village"),
    ("Chi bộ Trường Tiểu học {}", "school"),
    ("Chi bộ bản {}", "village"),
    ("Chi bộ Trạm Y tế {}", "health_station"),
    ("Chi bộ bản {}", "village"),
    ("Chi bộ bản {}", "village"),
)
PLACES = (
    "Nà Cà; Tả Lèng; Thèn Pá; Hồ Thầu; Km Hai; Sin Câu; Nậm Đích; Phiêng Ban; Bo Xát; Giang Ma; Rừng Ổi; Mào "
    "Phôn; Cốc Pa; Đông Phong; Hoa Vân; Lao Chải; Mường Cấu; Bản Giang; Nà Kiêng; Tẩn Phù; Lùng Trù; Chù Khèo; "
    "Hua Bó; Cò Nọt; Vân Bình; Nà San; Pắc Ta; Khun Há; Ngài Chù; Sân Bay; Thống Nhất; Toòng Pẩn; Tiên Bình; Hợp "
    "Nhất; Lở Thàng; Phan Chu; Suối Thầu; Sì Thâu; Xin Chải; Bình Luông; Mu Chí; Nùng Nàng; Huổi Ke; Coóc Cuông; "
    "Thác Cạn; Lay Cuổi; Ven Hồ; Đội Tư; Quyết Tiến; Trung Tâm; Na Đon; Pu Sam; Tà Hử; Sơn Bình"
)
FAMILIES = "Lò; Vàng; Giàng; Nguyễn; Lý; Tẩn; Đèo; Hoàng; Sùng; Phàn"
GIVEN = "An; Páo; Hòa; Mai; Thủy; Dừng; Chữ; Seo; Bình; Lan; Sơn; Hạnh; Phử; Chìn; Dao; Nga; Tủa; Xuân"
LEVELS = {"good": "HTTNV", "fair": "HTNV", "excellent": "HTXSNV"}
GRADES = {"12/12": Education.UPPER_SECONDARY, "9/12": Education.LOWER_SECONDARY, "7/10": Education.LOWER_SECONDARY}
HIDDEN = "Người Đã Chuyển"
POSTS = ["TT", "Họ và tên", "Ngày sinh", "Chi bộ", "Chức vụ Đảng", "Số QĐ chuẩn y", "Ngày QĐ chuẩn y"]
ADMITTED = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chi bộ", "Ngày kết nạp", "Số QĐ kết nạp"]


@dataclass
class Cell:
    """A cell and its people, as they are."""

    name: str
    sector: str
    people: list[dict]
    admitted: list[dict]


class OfficeFiles:
    """An office by a seed: `cells`, and `files` {name: content} in the order in which they are sent."""

    def __init__(self, seed, cells, people):
        self.random, self.number = Random(seed), 0
        self.names = set()
        self.cells = [self._cell(number, max(3, people // cells)) for number in range(cells)]

    @cached_property
    def files(self):
        """The lists of people by cell, then what the office lists of all cells."""
        found = {f"{number:02} {cell.name}.xlsx": self._people_of(cell) for number, cell in enumerate(self.cells, 1)}
        more = [self._posts(), self._admissions()]
        quarter = -(-len(self.cells) // 4)
        parts = [self.cells[at : at + quarter] for at in range(0, len(self.cells), quarter)]
        more += [self._fees(part) for part in parts] if len(self.cells) > 9 else []
        names = ["Cấp ủy", "Kết nạp năm 2025", *(f"Đảng phí cụm {number}" for number in range(1, 5))]
        return found | {
            f"{at:02} {name}.xlsx": content
            for at, (name, content) in enumerate(zip(names, more, strict=False), len(found) + 1)
        }

    @property
    def people(self):
        """Everybody, with the cell."""
        return [(cell, person) for cell in self.cells for person in (*cell.people, *cell.admitted)]

    def _cell(self, number, size):
        name, sector = KINDS[number % len(KINDS)]
        people = [self._person() for _ in range(size + self.random.randint(-1, 1))]
        people[0]["post"] = "secretary"
        return Cell(
            name.format(PLACES.split("; ")[number]), sector, people, [self._newcomer()] if number % 3 == 0 else []
        )

    def _person(self):
        random, self.number = self.random, self.number + 1
        gender = random.choice([*Gender])
        middle = "Thị" if gender == Gender.FEMALE else random.choice(["Văn", "A", "Minh"])
        while (
            name := " ".join((random.choice(FAMILIES.split("; ")), middle, *random.sample(GIVEN.split("; "), 2)))
        ) in self.names:
            pass
        self.names.add(name)
        born = date(1950, 1, 1) + timedelta(random.randrange(50 * 365))
        joined = date(born.year + 20 + random.randrange(4), 3, 3) + timedelta(random.randrange(200))
        grade = random.choice([*GRADES])
        return {
            "full_name": name,
            "gender": gender,
            "born_on": PartialDate.of(born),
            "ethnicity": random.choice(["kinh", "thai", "mong", "giay", "dao"]),
            "joined_on": PartialDate.of(joined),
            "official_on": PartialDate.of(date(joined.year + 1, joined.month, joined.day)),
            "citizen_id": f"012{int(gender == Gender.FEMALE)}{born.year % 100:02}{self.number:06}",
            "card_number": f"0{1_000_000 + self.number}",
            "state.education": GRADES[grade],
            "state.education_grade": grade,
            "state.theory": random.choice([*Theory]),
            "rating": random.choice([*LEVELS]),
        }

    def _newcomer(self):
        """Somebody admitted here since the first day, who stands in the list of admissions alone."""
        person = self._person()
        day = FIRST_DAY + timedelta(60 + self.random.randrange(90))
        person |= {"born_on": PartialDate.of(date(2000, 2, 1 + self.random.randrange(28))), "admitted": day}
        return {name: person[name] for name in ("full_name", "gender", "born_on", "ethnicity", "admitted")}

    def _people_of(self, cell):
        random = self.random
        mess = Mess(
            titles=random.choice([[], ["ĐẢNG BỘ XÃ MƯỜNG MẪU"], ["DANH SÁCH TRÍCH NGANG", "Tính đến 31/12/2025"]]),
            units=random.choice(["column", "merged", "titles"]),
            gender=random.choice(["column", "marks", "women", "birth"]),
            names=random.choice(["plain", "capitals", "split"]),
            dates=random.choice(sorted(DATES)),
            numbers=random.choice(sorted(NUMBERS)),
            encoding=random.choice(sorted(ENCODINGS)),
            alias=random.randrange(4),
            parents=random.random() < 0.3,
            totals=random.random() < 0.5,
            signed=random.random() < 0.5,
            numbered=random.random() < 0.3,
            others=random.random() < 0.3,
        )
        [grid] = messy([person | {"unit": cell.name} for person in cell.people], mess)
        hidden = self._rate(grid.rows, cell.people, ENCODINGS[mess.encoding])
        return _book(grid.rows, hidden if random.random() < 0.05 else None, grid.name)

    def _rate(self, rows, people, encode):
        """Add the column of ratings; return the row of the last person."""
        head = next(at for at, row in enumerate(rows) if "STT" in str(row[0]))
        at = head
        for number, row in enumerate(rows):
            said = str(row[0] or "").strip()
            rated = said.isdecimal() and number > head
            row.append(LEVELS[people[int(said) - 1]["rating"]] if rated else None)
            at = number if rated else at
        rows[head][-1] = encode(self.random.choice(["Xếp loại 2025", "Xếp loại năm 2025", "Kết quả xếp loại năm 2025"]))
        return at

    def _posts(self):
        secretaries = [(cell, cell.people[0]) for cell in self.cells]
        rows = [
            [at, person["full_name"], str(person["born_on"]), cell.name, "Bí thư", f"{at}-QĐ/ĐU", "15/08/2025"]
            for at, (cell, person) in enumerate(secretaries, 1)
        ]
        return _book([["DANH SÁCH CẤP ỦY CÁC CHI BỘ"], ["(Tính đến ngày 31/12/2025)"], POSTS, *rows])

    def _admissions(self):
        newcomers = [(cell, person) for cell in self.cells for person in cell.admitted]
        rows = [
            [
                at,
                person["full_name"].upper(),
                str(person["born_on"]),
                person["gender"].label,
                "H'Mông" if person["ethnicity"] == "mong" else person["ethnicity"],
                cell.name.replace("Chi bộ", "CB"),
                f"{person['admitted']:%d/%m/%Y}",
                f"{at + 100}-QĐ/ĐU, ngày {person['admitted'] - timedelta(5):%d/%m/%Y}",
            ]
            for at, (cell, person) in enumerate(newcomers, 1)
        ]
        return _book([["DANH SÁCH KẾT NẠP ĐẢNG VIÊN NĂM 2025"], ADMITTED, *rows])

    def _fees(self, cells):
        """What is due from whom: no register takes it from lists."""
        people = [(cell, person) for cell in cells for person in cell.people[:3]]
        rows = [
            [at, person["full_name"], str(person["born_on"]), cell.name, 30_000 + at]
            for at, (cell, person) in enumerate(people, 1)
        ]
        return _book([["DANH SÁCH ĐÓNG ĐẢNG PHÍ"], ["TT", "Họ và tên", "Ngày sinh", "Chi bộ", "Mức đóng"], *rows])


def _book(rows, hidden=None, name="Sheet1"):
    """Return the rows as a file; somebody who has left stands in a hidden row after row `hidden`."""
    book = Workbook()
    book.active.title = name[:31]
    for row in rows:
        book.active.append(row)
    if hidden is not None:
        gone = [HIDDEN if value == rows[hidden][1] and at == 1 else value for at, value in enumerate(rows[hidden])]
        book.active.insert_rows(hidden + 2)
        for at, value in enumerate(gone, 1):
            book.active.cell(hidden + 2, at).value = value
        book.active.row_dimensions[hidden + 2].hidden = True
    return saved(book)
