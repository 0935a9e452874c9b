"""Kinds of facts about units: what each counts, which are of one day, which tell why nobody can be admitted."""

from django.db import models


class FactKind(models.TextChoices):
    """What a fact about a unit says that no other register holds."""

    AREA = "area", "Diện tích tự nhiên (ha)"
    POPULATION = "population", "Dân số (người)"
    PEOPLES = "peoples", "Số dân tộc"
    ETHNIC_SHARE = "ethnic_share", "Tỷ lệ dân tộc trong dân số (%)"
    COVERAGE = "coverage", "Tỷ lệ được quán triệt, tuyên truyền (%)"
    BANK_ACCOUNT = "bank_account", "Tài khoản ngân hàng"
    SCREENED = "screened", "Đã rà soát, sàng lọc (đảng viên)"
    HELPED = "helped", "Đưa vào theo dõi, giúp đỡ (đảng viên)"
    PROGRESSED = "progressed", "Được giúp đỡ, đã tiến bộ (đảng viên)"
    NOT_PROGRESSED = "not_progressed", "Được giúp đỡ, không tiến bộ (đảng viên)"
    INTERNET = "internet", "Hộ có mạng internet (%)"
    WORKING_AWAY = "working_away", "Chưa kết nạp được: đi làm ăn xa (người)"
    SCHOOLING = "schooling", "Chưa kết nạp được: chưa đủ trình độ học vấn (người)"
    POPULATION_POLICY = "population_policy", "Chưa kết nạp được: vướng chính sách dân số (người)"
    MARRIAGE_LAW = "marriage_law", "Chưa kết nạp được: vi phạm hôn nhân, gia đình (người)"
    POLITICAL_HISTORY = "political_history", "Chưa kết nạp được: vướng lịch sử chính trị (người)"


FACT_MEASURES = {
    FactKind.AREA: "ha",
    FactKind.POPULATION: "người",
    FactKind.PEOPLES: "dân tộc",
    FactKind.ETHNIC_SHARE: "%",
    FactKind.COVERAGE: "%",
    FactKind.SCREENED: "đảng viên",
    FactKind.HELPED: "đảng viên",
    FactKind.PROGRESSED: "đảng viên",
    FactKind.NOT_PROGRESSED: "đảng viên",
    FactKind.INTERNET: "%",
    FactKind.WORKING_AWAY: "người",
    FactKind.SCHOOLING: "người",
    FactKind.POPULATION_POLICY: "người",
    FactKind.MARRIAGE_LAW: "người",
    FactKind.POLITICAL_HISTORY: "người",
}
"""What the numbers of facts count; a kind without one has no number."""

FACTS_OF_A_DAY = frozenset({FactKind.SCREENED, FactKind.HELPED, FactKind.PROGRESSED, FactKind.NOT_PROGRESSED})
"""Results of a review on its day; every other fact holds until the next one."""

NOT_ADMITTED = (
    FactKind.WORKING_AWAY,
    FactKind.SCHOOLING,
    FactKind.POPULATION_POLICY,
    FactKind.MARRIAGE_LAW,
    FactKind.POLITICAL_HISTORY,
)
"""Why people who could be won for the Party cannot be admitted: each tells how many."""

FACTS_WITH_DETAIL = frozenset({FactKind.ETHNIC_SHARE, FactKind.COVERAGE, FactKind.BANK_ACCOUNT})
"""Facts that say nothing without telling of which people, group or bank they speak."""
