"""Sections I and II: the situation, and how the resolution was made known and put into documents."""

from .parts import Section, Sentence, counts

SECTIONS = (
    Section("I", "Đặc điểm, tình hình của địa phương"),
    Section(
        "I.1",
        "Đặc điểm tình hình",
        "Địa bàn, diện tích, dân số, dân tộc; đảng bộ được thành lập theo quyết định nào.",
        (
            (
                Sentence(
                    "Đến ngày {{ den_ngay }}, toàn Đảng bộ có {{ units.total }} tổ chức đảng trực thuộc"
                    "{{ chu_thich.units.total }} với {{ members.total }} đảng viên."
                ),
                Sentence(
                    "Trong đó có {{ units.grassroots }} tổ chức cơ sở đảng"
                    + counts(
                        ", gồm ",
                        ("", "units.grassroots.party_organizations", "đảng bộ cơ sở"),
                        ("", "units.grassroots.cells", "chi bộ cơ sở"),
                    )
                    + counts("; ", ("", "units.subordinate_cells", "chi bộ trực thuộc"))
                    + counts(
                        ", gồm ",
                        ("", "units.subordinate_cells.village", "chi bộ bản"),
                        ("", "units.subordinate_cells.school", "chi bộ trường học"),
                        ("", "units.subordinate_cells.health_station", "chi bộ trạm y tế"),
                    )
                    + "."
                ),
            ),
        ),
    ),
    Section(
        "I.2",
        "Bối cảnh và các yếu tố tác động đến việc thực hiện Nghị quyết",
        "Thuận lợi và khó khăn chính của kỳ này.",
    ),
    Section("II", "Quán triệt, triển khai, tổ chức thực hiện"),
    Section("II.1", "Quán triệt, học tập Nghị quyết", "Đã quán triệt khi nào, bằng hình thức nào, đến những ai."),
    Section(
        "II.2",
        "Cụ thể hóa, ban hành văn bản triển khai",
        "Nội dung chính của các văn bản; việc kiểm tra, giám sát thực hiện Nghị quyết.",
        (
            (
                Sentence(
                    "Từ ngày {{ tu_ngay }} đến ngày {{ den_ngay }}, các cấp ủy đã ban hành {{ documents.issued }} văn "
                    "bản để cụ thể hóa Nghị quyết{{ chu_thich.van_ban }}.",
                    "Trong kỳ không ban hành thêm văn bản để cụ thể hóa Nghị quyết.",
                ),
            ),
        ),
    ),
)
