"""Known records of registers written down as offices write them, by plain functions of a seed."""

from datetime import datetime, time
from random import Random

from django.db.models import BooleanField, DateField, IntegerField

from binhlu_portal.spreadsheets.sandbox.client import Grid
from binhlu_portal.text.vietnamese import search_key
from members.roster_import.registers import REGISTERS, SHARED_HEADINGS

NAMES = ("Lò Thị Mai", "Vàng A Tín", "Giàng Seo Páo", "Bàn Văn An", "Nguyễn Thị Hoà", "Trường Văn Dừng")
DAYS = (
    lambda day: datetime.combine(day, time.min),
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day.day}-{day.month}-{day:%y}",
    lambda day: f"ngày {day:%d} tháng {day.month} năm {day.year}",
)
BLANKS = ("", None, "-", " ", "…")
LOOKS = (str, str.upper, str.lower, search_key, lambda text: text.replace(" ", "\n", 1), lambda text: f"{text} ")
NUMBERED = {"rating": (" năm {}", " {}", "\nNăm {}"), "badge": (" {} năm", " {} năm tuổi Đảng"), "planning": (" {}",)}
TITLES = {
    "rating": "KẾT QUẢ XẾP LOẠI ĐẢNG VIÊN",
    "planning": "DANH SÁCH QUY HOẠCH CÁN BỘ",
    "badge": "Danh sách tặng Huy hiệu Đảng",
    "exemption": "Danh sách đảng viên miễn sinh hoạt",
    "discipline": "DANH SÁCH ĐẢNG VIÊN BỊ KỶ LUẬT",
    "suspension": "DANH SÁCH ĐÌNH CHỈ SINH HOẠT ĐẢNG",
    "training": "Danh sách đào tạo, bồi dưỡng",
    "basis": "CĂN CỨ ĐÓNG ĐẢNG PHÍ",
    "relief": "DANH SÁCH MIỄN, GIẢM ĐẢNG PHÍ",
    "admission": "DANH SÁCH KẾT NẠP ĐẢNG VIÊN",
    "liaison": "DANH SÁCH SINH HOẠT NƠI CƯ TRÚ",
}
IN_TITLE = {"rating": " NĂM {}", "planning": " NHIỆM KỲ {}"}


class OfficeList:
    """One list: `grid` is what stands in the file, `truth` what it says, [{register: {number: values}}] of its rows."""

    def __init__(self, seed, records):
        self.random, self.records = Random(seed), records
        self.alone = len(records[0]) == 1
        self.title, self.columns, self.numbers = "DANH SÁCH ĐẢNG VIÊN", [], {}
        if self.alone:
            self.title = TITLES[next(iter(records[0]))]
        for name in records[0]:
            self._add_register(REGISTERS[name])
        self.random.shuffle(self.columns)
        self.columns = [column for block in self.columns for column in block]
        self.grid = self._grid()

    @property
    def truth(self):
        """Return what each row says, as it is to be read."""
        return [{name: {self.numbers[name]: values} for name, values in row.items() if values} for row in self.records]

    def _add_register(self, register):
        self.numbers[register.name] = ""
        numbered = self._number(register)
        for row in self.records if not self.alone else ():  # headings of many registers would be of either
            row[register.name] = {field: said for field, said in row[register.name].items() if register.headings[field]}
        fields = dict.fromkeys(field for row in self.records for field in row[register.name])
        for field in fields:
            end = numbered if numbered and field in register.telling and field != register.apart else ""
            if field in register.marks and self.random.random() < 0.5:
                for value, headings in register.marks[field].items():
                    self._column(register, headings, end, self._mark(register.name, field, value))
            elif self._may_be_matrix(register, field) and self.random.random() < 0.3:
                self._matrix(register, field, end)
            else:
                self._column(register, self._headings(register, field), end, self._cell(register, field))

    def _number(self, register):
        """Say in headings or in the title which of several records all rows tell of; return the end of headings."""
        if not register.number or register.name == "badge":
            return ""
        number = str(next(row[register.name][register.apart] for row in self.records if row[register.name]))
        said = {str(row[register.name].pop(register.apart)) for row in self.records if row[register.name]}
        assert said == {number}
        self.numbers[register.name] = number
        if self.alone and self.random.random() < 0.5:
            self.title += IN_TITLE[register.name].format(number)
            return ""
        return self.random.choice(NUMBERED[register.name]).format(number)

    def _headings(self, register, field):
        own = [heading for heading in register.headings[field].split("; ") if heading]
        shared = SHARED_HEADINGS.get(field, "").split("; ") if self.alone else []
        return "; ".join(filter(None, own + shared))

    @staticmethod
    def _may_be_matrix(register, field):
        plain = field not in register.readers and field != register.apart
        return plain and bool(register.headings[field]) and bool(register.model._meta.get_field(field).flatchoices)

    def _matrix(self, register, field, end):
        """Add a column of marks for each value beneath one heading."""
        above = self.random.choice(register.headings[field].split("; ")) + end
        labels = dict(register.model._meta.get_field(field).flatchoices)
        self.columns.append(
            [(above, str(label), self._mark(register.name, field, value)) for value, label in labels.items() if value]
        )

    def _column(self, register, headings, end, write):
        heading = self.random.choice(headings.split("; "))
        self.columns.append([("", self.random.choice(LOOKS)(heading) + end, write)])

    def _mark(self, name, field, value):
        return lambda row: self.random.choice(["x", "X", 1, "✓"]) if row[name].get(field) == value else self._blank()

    def _cell(self, register, field):
        def write(row):
            value = row[register.name].get(field)
            return self._blank() if value is None else self._written(register, field, value)

        return write

    def _blank(self):
        return self.random.choice(BLANKS)

    def _written(self, register, field, value):
        of_field = register.model._meta.get_field(field)
        if isinstance(of_field, DateField):
            return self.random.choice(DAYS)(value)
        if isinstance(of_field, BooleanField):
            return self.random.choice(["x", "Có"])
        if of_field.flatchoices:
            words = [word for word in getattr(of_field, "words", {}).get(value, "").split("; ") if word]
            words += [str(dict(of_field.flatchoices)[value])]
            return self.random.choice([str, str.upper, str.lower])(self.random.choice(words))
        if isinstance(of_field, IntegerField):
            return self.random.choice([value, str(value), float(value)])
        return value

    @property
    def _aboves(self):
        return [above for above, *_ in self.columns]

    def _grid(self):
        place = self.random.randint(0, len(self.columns))
        while 0 < place < len(self.columns) and self.columns[place][0]:
            place -= 1  # a heading over several columns stands over nothing else
        rows = [[write(row) for *_, write in self.columns] for row in self.records]
        upper = [above or heading for above, heading, _ in self.columns]
        lower = [[heading if above else None for above, heading, _ in self.columns]] if any(self._aboves) else []
        who = [["Họ và tên", "Ngày sinh"], *([None, None] for _ in lower)]
        who += [[name, "17/05/1980"] for name, _ in zip(NAMES, rows, strict=False)]
        numbers = ["STT", *(None for _ in lower), *range(1, 20)]
        table = [
            [number, *line[:place], *said, *line[place:]]
            for number, said, line in zip(numbers, who, [upper, *lower, *rows], strict=False)
        ]
        return Grid("Sheet1", [[self.title], [], *table])
