"""Sections IV and V: what went well and what did not, targets, tasks, proposals."""

from .parts import Section, Sentence

TARGETS = (
    ("Tổ chức đảng và đảng viên hoàn thành tốt nhiệm vụ trở lên", "targets.ratings.good_or_better"),
    ("Kết nạp đảng viên hằng năm so với tổng số đảng viên", "targets.admissions"),
    (
        "Bí thư chi bộ đồng thời là trưởng bản hoặc trưởng ban công tác Mặt trận",
        "targets.village_secretary_concurrent",
    ),
    ("Trưởng bản là đảng viên", "targets.village_heads_members"),
    ("Trưởng ban công tác Mặt trận là đảng viên", "targets.front_heads_members"),
    ("Bí thư chi bộ trực thuộc là thủ trưởng cơ quan, đơn vị", "targets.agency_secretaries_heads"),
)
"""What each target of the resolution is about, and its figure."""

SECTIONS = (
    Section("IV", "Đánh giá chung"),
    Section("IV.1", "Ưu điểm và nguyên nhân"),
    Section("IV.1.1", "Ưu điểm", "Những việc làm tốt; số liệu thì dùng chỗ điền để luôn đúng."),
    Section("IV.1.2", "Nguyên nhân của ưu điểm", "Vì sao làm được."),
    Section("IV.2", "Hạn chế, khó khăn, vướng mắc và nguyên nhân"),
    Section("IV.2.1", "Hạn chế, khó khăn, vướng mắc", "Những việc chưa làm được, còn vướng."),
    Section("IV.2.2", "Nguyên nhân", "Vì sao chưa làm được: khách quan, chủ quan."),
    Section("IV.3", "Bài học kinh nghiệm", "Rút ra từ kỳ này."),
    Section("V", "Mục tiêu, nhiệm vụ, giải pháp và đề xuất, kiến nghị"),
    Section(
        "V.1",
        "Mục tiêu",
        "Mục tiêu chung của thời gian tới.",
        tuple(
            (Sentence(f"- {words}: {{{{ {code} }}}}, hiện đạt {{{{ {code}.hien_dat }}}}."),) for words, code in TARGETS
        ),
    ),
    Section("V.2", "Nhiệm vụ và giải pháp", "Việc phải làm, ai làm, khi nào."),
    Section("V.3", "Đề xuất, kiến nghị", "Đề nghị gì với cấp trên, vì sao."),
)
