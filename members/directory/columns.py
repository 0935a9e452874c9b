"""The columns of the list of people."""

from django.db.models import FilteredRelation

from binhlu_portal.dates.partial_dates import completed_years
from binhlu_portal.dates.validity import covers
from binhlu_portal.records.tables.columns import ListColumn, Listing, labelled
from binhlu_portal.text.vietnamese import day
from members import choices
from members.columns import person
from members.ethnicity import Religion
from members.membership import status

BY_NAME = ("sort_name", "pk")


def listing(moment):
    """Return the columns of the list at `moment`: those in sight, and those that can be chosen."""
    name, born, gender, ethnicity = person("")
    return Listing(
        (
            name,
            born,
            gender,
            ethnicity,
            ListColumn("Chi bộ", "cell"),
            ListColumn("Ngày vào Đảng", "joined_on", short=True),
            ListColumn("Số thẻ", "card_number", short=True),
            ListColumn("Tình trạng", "standing", labelled(status.STANDINGS)),
        ),
        BY_NAME,
        _look_up,
        (
            ListColumn("Tuổi", "born_on", lambda born: born and completed_years(born, moment.as_of), short=True),
            ListColumn("Ngày chính thức", "official_on", short=True),
            ListColumn("Số định danh", "citizen_id", short=True),
            ListColumn("Ngày cấp thẻ", "card_issued_on", day, short=True),
            ListColumn("Số lý lịch", "profile_number", short=True),
            ListColumn("Học vấn", "state__education", labelled(choices.Education)),
            ListColumn("Chuyên môn", "state__qualification", labelled(choices.Qualification)),
            ListColumn("Chuyên ngành", "state__speciality"),
            ListColumn("Học hàm", "state__academic_title", labelled(choices.AcademicTitle)),
            ListColumn("Lý luận chính trị", "state__theory", labelled(choices.Theory)),
            ListColumn("Nghề nghiệp", "state__occupation", labelled(choices.Occupation)),
            ListColumn("Công việc", "state__job"),
            ListColumn("Tôn giáo", "religion", labelled(Religion)),
            ListColumn("Quê quán", "hometown"),
            ListColumn("Thường trú", "residence"),
            ListColumn("Tạm trú", "temporary_residence"),
            ListColumn("Điện thoại", "phone", short=True),
            ListColumn("Miễn sinh hoạt", "exemption__kind", labelled(choices.ExemptionKind)),
            ListColumn("Cài Sổ tay", "handbook_installed_on", day, short=True),
            ListColumn("Ngày thôi", "left_on", day, short=True),
            ListColumn("Nơi đến", "went_to"),
            ListColumn("Ghi chú", "note"),
        ),
    )


def _look_up(moment):
    """Return what the columns need beside the fields of a person; what no chosen column shows costs nothing."""
    on_day = {"condition": covers(moment.as_of, "states__")}, {"condition": covers(moment.as_of, "exemptions__")}
    return status.status_joins(moment) | {
        "cell": status.cell_of(moment),
        "standing": status.status_expression(moment),
        "left_on": status.last_stay_field(moment, "ended_on"),
        "went_to": status.last_stay_field(moment, "went_to"),
        "state": FilteredRelation("states", **on_day[0]),
        "exemption": FilteredRelation("exemptions", **on_day[1]),
    }
