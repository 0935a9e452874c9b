"""What offices call the facts about a member in their lists, by `members/roster_import/registers.py`."""

from datetime import date

from members.models import Badge, Discipline, Exemption, FeeBasis, FeeReduction, Liaison, Planning, Suspension, Training
from members.models.member_records import PlanningStep
from members.reminders.spans import AWARD_DAYS
from members.roster_import.register_questions import Question
from members.roster_import.registers import DECISION, ListedRegister, listed

from .list_cells import read_award, read_badge, read_course, read_period

DECIDED = {"decision_number": "", "decision_date": "", DECISION: ""}
PERIOD = {"started_on": "", "ended_on": ""}

BADGE_YEARS = (
    r"(?<![0-9/.-])([3-9][05])\b(?![/.-]|\s*(?:tháng|thang))(?:\s*(?:năm|nam)\b)?(?:\s+(?:tuổi đảng|tuoi dang))?"
)
"""The years of a badge in a heading; no part of a day."""

WHICH_STEP = (
    "Danh sách quy hoạch này là phê duyệt, rà soát hay đưa ra khỏi quy hoạch? Câu trả lời dùng cho cả danh sách."
)
WHICH_LETTER = (
    "Danh sách không ghi ngày và giấy giới thiệu về nơi cư trú. Ghi thế nào? Câu trả lời dùng cho cả danh sách."
)


WHEN_AWARDED = (
    "Danh sách không ghi ngày trao tặng Huy hiệu Đảng. Trao tặng đợt nào? Câu trả lời dùng cho mọi dòng không ghi ngày."
)
YEARS_OFFERED = 2
"""Of how many years the days of award are offered for a list that tells none."""


def _measure(values):
    """Return a measure with the day of its decision; both are one day where the list has one."""
    day = values.get("decided_on") or values.get("decision_date")
    return {"decided_on": day, "decision_date": day} | values if day else values


def _approved(values):
    """Return a planning that is approved on the day of its decision, where the list has no other day."""
    day = values.get("approved_on") or values.get("decision_date")
    return {"approved_on": day} | values if day else values


def _introduced(values, day):
    said = {"started_on": day, "source": f"Danh sách ngày {day:%d/%m/%Y}"} | dict(values)
    kept = {name: said[name] for name in ("started_on", "source")}
    words = "Từ ngày của danh sách: {:%d/%m/%Y}; căn cứ: danh sách này"
    if values.keys() & kept.keys():
        words = "Như từng dòng ghi; dòng không ghi: từ ngày của danh sách {:%d/%m/%Y}, căn cứ danh sách này"
    return {f"ngay-{day.isoformat()}": (words.format(day), kept)}


def _award_days(values, day):
    """Return the last days of award that there were, the latest first."""
    days = [date(day.year - ago, *each) for ago in range(YEARS_OFFERED + 1) for each in reversed(AWARD_DAYS)]
    days = [each for each in days if each <= day][: YEARS_OFFERED * len(AWARD_DAYS)]
    return {each.isoformat(): (f"Đợt {each:%d/%m/%Y}", {"awarded_on": each}) for each in days}


def _step(values, day):
    return {step.value: (step.label, {"step": step.value}) for step in PlanningStep}


listed(
    ListedRegister(
        "exemption",
        Exemption,
        {
            "kind": "Lý do miễn; Lý do miễn sinh hoạt; Lý do miễn công tác, sinh hoạt; "
            "Lý do miễn công tác và sinh hoạt; Miễn sinh hoạt; Miễn công tác, sinh hoạt; Miễn công tác và sinh hoạt; "
            "Lý do miễn SHĐ; Miễn công tác, sinh hoạt đảng; Miễn sinh hoạt, lý do; Miễn công tác, sinh hoạt, lý do",
            "started_on": "Miễn từ ngày; Miễn SHĐ từ ngày; Miễn sinh hoạt từ ngày; Ngày miễn; "
            "Ngày được miễn; Ngày miễn sinh hoạt",
            "ended_on": "Miễn đến ngày; Miễn sinh hoạt đến ngày; Miễn SHĐ đến ngày",
            "period": "Thời gian miễn; Thời hạn miễn; Thời gian miễn sinh hoạt",
            **DECIDED,
            "decision_number": "Số quyết định miễn; Số QĐ miễn; Số quyết định miễn sinh hoạt",
            "decision_date": "Ngày quyết định miễn; Ngày QĐ miễn; Ngày quyết định miễn sinh hoạt",
        },
        needs=(("kind",), ("started_on", "period")),
        title=r"\bmien (?:cong tac|sinh hoat)\b",
        asked={"kind": ""},
        readers={"period": read_period},
        labels={"period": "Thời gian miễn (từ ngày, đến ngày)"},
        also={"reason": "kind"},
    )
)
listed(
    ListedRegister(
        "badge",
        Badge,
        {
            "years": "Huy hiệu; Huy hiệu Đảng; Loại HH; Loại huy hiệu; Loại huy hiệu Đảng; Mức huy hiệu; "
            "Tặng Huy hiệu Đảng",
            "number": "Số huy hiệu; Số huy hiệu Đảng; Số hiệu huy hiệu; Số HH",
            "awarded_on": "Ngày trao; Ngày trao HH; Ngày tặng; Ngày trao tặng; Ngày trao huy hiệu; "
            "Ngày trao tặng huy hiệu; Ngày trao tặng Huy hiệu Đảng; Ngày nhận huy hiệu; Đợt trao; Đợt trao tặng; "
            "Đợt; Đợt tặng; Đợt xét tặng; Đợt trao Huy hiệu",
            "posthumous": "Truy tặng",
            **DECIDED,
            "decision_number": "Số quyết định tặng huy hiệu; Số QĐ tặng huy hiệu",
            "decision_date": "Ngày quyết định tặng huy hiệu; Ngày QĐ tặng huy hiệu",
        },
        needs=(("years",), ("years", "awarded_on")),  # either tells of a badge; the day may be asked
        title=r"\bhuy hieu\b",
        readers={"years": read_badge, "awarded_on": read_award},
        number=BADGE_YEARS,
        apart="years",
        question=Question(("awarded_on",), WHEN_AWARDED, _award_days),
    )
)
listed(
    ListedRegister(
        "discipline",
        Discipline,
        {
            "form": "Kỷ luật; Hình thức kỷ luật; Hình thức KL; Hình thức xử lý kỷ luật",
            "level": "Cấp quyết định; Cấp QĐ; Cấp ra quyết định; Cấp quyết định kỷ luật; Cấp thi hành kỷ luật",
            "violation": "Nội dung vi phạm; Nội dung VP; Vi phạm; Lý do kỷ luật",
            "decided_on": "Ngày quyết định kỷ luật; Ngày kỷ luật; Ngày QĐ kỷ luật",
            "expires_on": "Ngày hết hiệu lực; Hết hiệu lực kỷ luật",
            "committee_member": "Là cấp ủy viên",
            **DECIDED,
            "decision_number": "Số quyết định kỷ luật; Số QĐ kỷ luật",
        },
        needs=(("form",), ("level",), ("violation",), ("decided_on", "decision_date", DECISION, "decision_number")),
        title=r"\bky luat\b",
        asked={"level": "decision_number"},
        complete=_measure,
        also={"reason": "violation"},
    )
)
listed(
    ListedRegister(
        "suspension",
        Suspension,
        {
            "level": "Cấp quyết định đình chỉ",
            "note": "Lý do đình chỉ; Lý do đình chỉ sinh hoạt",
            "started_on": "Đình chỉ từ ngày; Ngày đình chỉ; Đình chỉ sinh hoạt từ ngày",
            "ended_on": "Đình chỉ đến ngày; Đình chỉ sinh hoạt đến ngày",
            **DECIDED,
            "decision_number": "Số quyết định đình chỉ; Số QĐ đình chỉ",
        },
        needs=(("level",), ("started_on",)),
        title=r"\bdinh chi sinh hoat\b",
        asked={"level": "decision_number"},
        also={"reason": "note"},
    )
)
listed(
    ListedRegister(
        "planning",
        Planning,
        {
            "post": "Quy hoạch; Chức danh quy hoạch; Quy hoạch chức danh; Quy hoạch chức vụ; Chức vụ quy hoạch",
            "term": "Nhiệm kỳ; Nhiệm kỳ quy hoạch; Quy hoạch nhiệm kỳ",
            "approved_on": "Ngày phê duyệt; Ngày phê duyệt quy hoạch; Phê duyệt ngày; Ngày rà soát",
            "step": "Việc quy hoạch",
            **DECIDED,
        },
        needs=(("post",), ("term",), ("approved_on", "decision_date", DECISION)),
        title=r"\bquy hoach\b",
        complete=_approved,
        number=r"((?:19|20)[0-9]{2}\s*[-–—]\s*(?:19|20)[0-9]{2})",
        apart="term",
        beside="post",
        question=Question(("step",), WHICH_STEP, _step, of_new=False),
    )
)
listed(
    ListedRegister(
        "liaison",
        Liaison,
        {
            "place": "Chi bộ nơi cư trú; Chi bộ giữ mối liên hệ; Chi bộ liên hệ; Chi bộ liên hệ nơi cư trú; "
            "Tổ chức đảng nơi cư trú; Tổ chức đảng giữ mối liên hệ nơi cư trú; Nơi giữ mối liên hệ; "
            "Sinh hoạt nơi cư trú; Tổ chức đảng sinh hoạt nơi cư trú; Giữ mối liên hệ nơi cư trú",
            "started_on": "Ngày giới thiệu về nơi cư trú; Giới thiệu về nơi cư trú ngày; Ngày giữ mối liên hệ; "
            "Ngày giới thiệu; Giới thiệu ngày; Ngày giấy giới thiệu; Giấy giới thiệu ngày; Ngày GGT",
            "ended_on": "",
            "source": "Giấy giới thiệu về nơi cư trú; Giấy giới thiệu nơi cư trú; Số giấy giới thiệu nơi cư trú; "
            "Số giấy giới thiệu; Giấy giới thiệu; Giấy giới thiệu số; Số GGT; GGT; Căn cứ giới thiệu",
        },
        needs=(("place",),),
        title=r"\bnoi cu tru\b",
        apart="place",
        question=Question(("started_on", "source"), WHICH_LETTER, _introduced),
    )
)
listed(
    ListedRegister(
        "training",
        Training,
        {
            "course": "Tên lớp; Tên lớp học; Tên lớp bồi dưỡng; Lớp bồi dưỡng; Lớp đào tạo, bồi dưỡng; Lớp đã học",
            "program": "Chương trình; Chương trình học; Chương trình bồi dưỡng; Chương trình đào tạo, bồi dưỡng",
            "level": "Cấp mở lớp; Cấp tổ chức lớp",
            "began_on": "Ngày khai giảng; Khai giảng; Khai giảng ngày; Ngày mở lớp",
            "finished_on": "Ngày bế giảng; Bế giảng; Bế giảng ngày",
            "period": "Thời gian học; Thời gian bồi dưỡng; Thời gian đào tạo; Thời gian mở lớp; Thời gian tổ chức",
        },
        needs=(("course",), ("program",), ("level",), ("began_on", "period")),
        title=r"\b(?:dao tao|boi duong)\b",
        readers={"period": read_course},
        labels={"period": "Thời gian học"},
        asked={"program": "course", "level": "course"},
        also={"started_on": "began_on", "ended_on": "finished_on"},
    )
)
listed(
    ListedRegister(
        "basis",
        FeeBasis,
        {
            "group": "Nhóm đóng đảng phí; Đối tượng đóng đảng phí; Đối tượng đóng",
            "income": "Mức thu nhập; Thu nhập tính đóng đảng phí; Thu nhập tính đóng; Tiền lương đóng BHXH; "
            "Thu nhập tháng",
            **PERIOD,
        },
        needs=(("group",), ("started_on",)),
        title=r"\bcan cu dong dang phi\b",
    )
)
listed(
    ListedRegister(
        "relief",
        FeeReduction,
        {
            "kind": "Miễn, giảm đảng phí; Miễn giảm đảng phí; Mức miễn, giảm; Mức miễn, giảm đảng phí",
            "ground": "Căn cứ miễn, giảm; Lý do miễn, giảm; Lý do miễn, giảm đảng phí",
            **PERIOD,
            **DECIDED,
        },
        needs=(("kind",), ("ground",), ("started_on",)),
        title=r"\bmien,? giam dang phi\b",
        asked={"ground": "kind"},
        also={"reason": "ground"},
    )
)
