"""Section III.1: party organizations, how they lead and meet, their committees."""

from .parts import Section, Sentence, counts, shares

SECTIONS = (
    Section("III", "Kết quả thực hiện"),
    Section("III.1", "Củng cố, nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức cơ sở đảng"),
    Section(
        "III.1.1",
        "Đổi mới, hoàn thiện tổ chức các loại hình tổ chức cơ sở đảng",
        "Kiện toàn, sắp xếp tổ chức; mô hình đặc thù; tổ chức đảng trong doanh nghiệp, quân sự, công an.",
        (
            (
                Sentence(
                    "Từ ngày {{ tu_ngay }} đến ngày {{ den_ngay }}, về tổ chức đảng trực thuộc"
                    + counts(
                        " đã ",
                        ("tiếp nhận", "units.received.grassroots", "tổ chức cơ sở đảng"),
                        ("tiếp nhận", "units.received.cells", "chi bộ trực thuộc"),
                        ("thành lập", "units.established.party_organizations", "đảng bộ cơ sở"),
                        ("thành lập", "units.established.grassroots_cells", "chi bộ cơ sở"),
                        ("thành lập", "units.established.subordinate_cells", "chi bộ trực thuộc"),
                        ("đổi tên", "units.renamed", "đảng bộ cơ sở"),
                        ("đổi tên", "units.renamed.cells", "chi bộ"),
                        ("giải thể", "units.dissolved.party_organizations", "đảng bộ cơ sở"),
                        ("giải thể", "units.dissolved", "chi bộ cơ sở"),
                        ("giải thể", "units.dissolved.subordinate_cells", "chi bộ trực thuộc"),
                        ("sáp nhập", "units.merged", "tổ chức đảng"),
                    )
                    + "{{ bieu.1B }}.",
                    "Trong kỳ không có biến động về tổ chức đảng trực thuộc{{ bieu.1B }}.",
                ),
            ),
            (
                Sentence(
                    "Năm {{ nam }}, có {{ units.four_goods.tren }} chi bộ, đảng bộ trực thuộc được công nhận “bốn tốt” "
                    "({{ units.four_goods.ty_le }}).",
                    "Năm {{ nam }} chưa có chi bộ, đảng bộ trực thuộc nào được công nhận “bốn tốt”.",
                ),
            ),
        ),
    ),
    Section(
        "III.1.2",
        "Chức năng, nhiệm vụ, mối quan hệ công tác của các loại hình tổ chức cơ sở đảng",
        "Việc cụ thể hóa quy định của cấp trên; quy chế làm việc, quy chế phối hợp.",
    ),
    Section(
        "III.1.3",
        "Phương thức lãnh đạo, chất lượng sinh hoạt; đánh giá, xếp loại",
        "Đổi mới lề lối làm việc; cấp ủy cấp trên dự sinh hoạt; sinh hoạt thường kỳ, sinh hoạt chuyên đề.",
        (
            (
                Sentence(
                    "Năm {{ nam }}, {{ ratings.units.rated.tren }} chi bộ, đảng bộ trực thuộc được đánh giá, xếp loại"
                    + shares(
                        ": ",
                        ("hoàn thành xuất sắc nhiệm vụ", "ratings.units.excellent"),
                        ("hoàn thành tốt nhiệm vụ", "ratings.units.good"),
                        ("hoàn thành nhiệm vụ", "ratings.units.fair"),
                        ("không hoàn thành nhiệm vụ", "ratings.units.failed"),
                    )
                    + ".",
                    "Năm {{ nam }} chưa có kết quả xếp loại chi bộ, đảng bộ trực thuộc.",
                ),
            ),
            (
                Sentence(
                    "Tỷ lệ đảng viên dự sinh hoạt chi bộ"
                    "[ đạt |{{ meetings.attendance.village.ty_le }} ở bản"
                    "|{{ meetings.attendance.agency.ty_le }} ở cơ quan, đơn vị]"
                    "{{ chu_thich.meetings.attendance.village }}.",
                    "Trong kỳ chưa ghi số đảng viên dự sinh hoạt chi bộ.",
                ),
            ),
        ),
    ),
    Section(
        "III.1.4",
        "Nâng cao bản lĩnh, năng lực, kỹ năng công tác đảng của cấp ủy viên cơ sở",
        "Đào tạo, quy hoạch, bố trí cán bộ; chính sách với người làm công tác đảng; tạo nguồn cho cấp ủy.",
        (
            (
                Sentence(
                    "Trong kỳ đã cử {{ training.committee_members }} cấp ủy viên cơ sở dự lớp bồi dưỡng nghiệp vụ, kỹ "
                    "năng{{ chu_thich.training.committee_members }}{{ bieu.6 }}.",
                    "Trong kỳ chưa cử cấp ủy viên cơ sở nào dự lớp bồi dưỡng nghiệp vụ, kỹ năng{{ bieu.6 }}.",
                ),
                Sentence(
                    "Đã phê duyệt quy hoạch {{ planning.total }} lượt cán bộ{{ chu_thich.planning.total }}"
                    + counts(
                        ": ",
                        ("Ban Chấp hành Đảng bộ", "planning.executive_committee", "lượt"),
                        ("Ban Thường vụ Đảng ủy", "planning.standing_committee", "lượt"),
                        ("Phó Chủ tịch Hội đồng nhân dân", "planning.council_vice_chair", "lượt"),
                        ("Phó Chủ tịch Ủy ban nhân dân", "planning.government_vice_chair", "lượt"),
                        ("cấp trưởng, cấp phó cơ quan, đơn vị", "planning.unit_leaders", "lượt"),
                    )
                    + "."
                ),
            ),
            (
                Sentence(
                    "Có {{ posts.agency_heads.secretary.tren }} cơ quan, đơn vị có thủ trưởng đồng thời là bí thư "
                    "({{ posts.agency_heads.secretary.ty_le }})"
                    + counts(
                        "; còn lại ",
                        ("", "posts.agency_heads.other_secretary", "nơi do người khác làm bí thư"),
                        ("", "posts.agency_heads.vacant", "nơi khuyết bí thư"),
                        ("", "posts.agency_heads.other_reason", "nơi khuyết thủ trưởng"),
                    )
                    + "{{ bieu.5B }}.",
                    "Chưa có cơ quan, đơn vị nào có thủ trưởng đồng thời là bí thư{{ bieu.5B }}.",
                ),
                Sentence(
                    "Có {{ posts.villages.both_heads_members.tren }} bản có trưởng bản và trưởng ban công tác Mặt trận "
                    "đều là đảng viên ({{ posts.villages.both_heads_members.ty_le }})."
                ),
                Sentence(
                    "Bí thư chi bộ bản đồng thời là trưởng bản hoặc trưởng ban công tác Mặt trận: "
                    "{{ posts.villages.secretary_concurrent.tren }} bản "
                    "({{ posts.villages.secretary_concurrent.ty_le }})."
                ),
            ),
            (
                Sentence(
                    "Về đảng phí"
                    + counts(
                        ", có ",
                        ("", "members.fee.exempt", "đảng viên được miễn"),
                        ("", "members.fee.reduced", "đảng viên được giảm mức đóng"),
                    )
                    + ".",
                    "Hiện không có đảng viên được miễn hoặc giảm mức đóng đảng phí.",
                ),
            ),
        ),
    ),
)
