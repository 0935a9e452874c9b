"""What offices call kind, sector and founding of units in their lists: of those that are not known yet."""

from binhlu_portal.dates.typed_dates import read_day
from binhlu_portal.spreadsheets.data_workbook.widgets import as_text
from members.roster_import.registers import DECISION, ListedRegister, listed
from organizations.models import UnitPeriod

listed(
    ListedRegister(
        "founding",
        UnitPeriod,
        {
            "kind": "Loại tổ chức đảng; Loại tổ chức; Loại chi bộ; Cấp tổ chức đảng",
            "sector": "Loại hình; Lĩnh vực; Loại hình tổ chức; Loại hình cơ sở; Lĩnh vực hoạt động",
            "parent": "Trực thuộc; Tổ chức đảng cấp trên; Tổ chức đảng cấp trên trực tiếp; Cấp trên trực tiếp; "
            "Trực thuộc đảng bộ; Trực thuộc tổ chức đảng; Thuộc đảng bộ; Đảng bộ cấp trên; Cấp ủy cấp trên",
            "started_on": "Ngày thành lập; Thành lập ngày; Ngày tháng năm thành lập; Thời gian thành lập",
            "decision_number": "Số quyết định thành lập; Số QĐ thành lập; Quyết định thành lập số; QĐ thành lập",
            "decision_date": "Ngày quyết định thành lập; Ngày QĐ thành lập",
            DECISION: "Số, ngày quyết định thành lập; Số, ngày QĐ thành lập; Quyết định thành lập",
        },
        needs=(("kind", "sector", "parent", "started_on", "decision_number", "decision_date", DECISION),),
        title=r"\b(?:to chuc dang|chi bo) truc thuoc\b",
        readers={
            "parent": lambda value, day: {"parent": as_text(value)},
            "decision_number": lambda value, day: {"decision_number": as_text(value)},
            "decision_date": lambda value, day: {"decision_date": read_day(value, day)},
        },
        labels={
            "parent": "Trực thuộc",
            "started_on": "Ngày thành lập",
            "decision_number": "Số quyết định thành lập",
            "decision_date": "Ngày quyết định thành lập",
            DECISION: "Số, ngày quyết định thành lập",
        },
        with_card=True,
        about="unit",
    )
)
