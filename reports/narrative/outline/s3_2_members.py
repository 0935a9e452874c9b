"""Sections III.2 to III.4: the members, inspection and discipline, the Front and the people."""

from .parts import Section, Sentence, counts, shares

SECTIONS = (
    Section("III.2", "Nâng cao chất lượng đội ngũ đảng viên"),
    Section(
        "III.2.1",
        "Tình hình đội ngũ đảng viên",
        "Điều cần nói thêm về đội ngũ đảng viên; không cần ghi lại số liệu.",
        (
            (
                Sentence(
                    "Số lượng: đến ngày {{ den_ngay }} có {{ members.total }} đảng viên{{ chu_thich.members.total }}, "
                    "{{ members.increase.tang_giam }} so với ngày {{ tu_ngay }}"
                    + shares("; ", ("đảng viên dự bị", "members.probationary"))
                    + "."
                ),
            ),
            (
                Sentence(
                    "Học vấn"
                    + shares(
                        ": ",
                        ("tiểu học", "members.education.primary"),
                        ("trung học cơ sở", "members.education.lower_secondary"),
                        ("trung học phổ thông", "members.education.upper_secondary"),
                    )
                    + "."
                ),
                Sentence(
                    "Chuyên môn nghiệp vụ"
                    + shares(
                        ": ",
                        ("sơ cấp", "members.qualification.elementary"),
                        ("trung cấp", "members.qualification.intermediate"),
                        ("cao đẳng", "members.qualification.college"),
                        ("đại học", "members.qualification.university"),
                        ("thạc sĩ", "members.qualification.master"),
                    )
                    + "."
                ),
                Sentence(
                    "Lý luận chính trị"
                    + shares(
                        ": ",
                        ("sơ cấp", "members.theory.elementary"),
                        ("trung cấp", "members.theory.intermediate"),
                        ("cao cấp, cử nhân", "members.theory.advanced"),
                    )
                    + "."
                ),
            ),
            (
                Sentence(
                    "Cơ cấu"
                    + shares(
                        ": ",
                        ("nữ", "members.female"),
                        ("dân tộc thiểu số", "members.ethnic_minority"),
                        ("theo tôn giáo", "members.religious"),
                        ("đang làm việc, công tác", "members.working"),
                        ("nghỉ hưu, nghỉ công tác", "members.retired"),
                    )
                    + "."
                ),
                Sentence(
                    "Độ tuổi{{ chu_thich.members.age.18_30 }}"
                    + shares(
                        ": ",
                        ("từ 18 đến 30 tuổi", "members.age.18_30"),
                        ("từ 31 đến 35 tuổi", "members.age.31_35"),
                        ("từ 36 đến 40 tuổi", "members.age.36_40"),
                        ("từ 41 đến 45 tuổi", "members.age.41_45"),
                        ("từ 46 đến 50 tuổi", "members.age.46_50"),
                        ("từ 51 đến 60 tuổi", "members.age.51_60"),
                        ("trên 60 tuổi", "members.age.over_60"),
                    )
                    + "."
                ),
            ),
        ),
    ),
    Section(
        "III.2.2",
        "Giáo dục chính trị, tư tưởng, rèn luyện, nâng cao bản lĩnh chính trị cho đảng viên",
        "Học tập nghị quyết, học tập và làm theo Bác; nắm tâm tư, tư tưởng của đảng viên.",
    ),
    Section(
        "III.2.3",
        "Quản lý đảng viên; rà soát, đưa ra khỏi Đảng người không đủ tư cách",
        "Phân công nhiệm vụ, quản lý hồ sơ, chuyển sinh hoạt; rà soát, giúp đỡ đảng viên; ứng dụng công nghệ.",
        (
            (
                Sentence(
                    "Năm {{ nam }}, {{ ratings.members.rated.tren }} đảng viên được đánh giá, xếp loại "
                    "({{ ratings.members.rated.ty_le }})"
                    + shares(
                        ": ",
                        ("hoàn thành tốt nhiệm vụ trở lên", "ratings.members.good_or_better"),
                        ("hoàn thành nhiệm vụ", "ratings.members.fair"),
                        ("không hoàn thành nhiệm vụ", "ratings.members.failed"),
                    )
                    + shares("; không đánh giá: ", ("", "ratings.members.not_rated"))
                    + ".",
                    "Năm {{ nam }} chưa có kết quả xếp loại đảng viên.",
                ),
                Sentence(
                    "Hoàn thành xuất sắc nhiệm vụ: {{ ratings.members.excellent.tren }} đảng viên "
                    "({{ ratings.members.excellent.ty_le }}){{ chu_thich.ratings.members.excellent }}."
                ),
            ),
            (
                Sentence(
                    "Được miễn công tác và sinh hoạt đảng"
                    + counts(
                        ": ",
                        ("", "members.exempt.age_health", "đảng viên do tuổi cao, sức yếu"),
                        ("", "members.exempt.other", "đảng viên vì lý do khác"),
                    )
                    + ".",
                    "Hiện không có đảng viên được miễn công tác và sinh hoạt đảng.",
                ),
                Sentence(
                    "Ra khỏi Đảng trong kỳ"
                    + counts(
                        ": ",
                        ("", "members.struck_off", "đảng viên bị xóa tên"),
                        ("", "members.expelled", "đảng viên bị khai trừ"),
                        ("", "members.resigned", "đảng viên xin ra"),
                    )
                    + ".",
                    "Trong kỳ không có đảng viên bị xóa tên, khai trừ hoặc xin ra khỏi Đảng.",
                ),
                Sentence(
                    "Đã cài đặt Sổ tay đảng viên điện tử cho {{ members.handbook.tren }} đảng viên "
                    "({{ members.handbook.ty_le }})."
                ),
            ),
        ),
    ),
    Section(
        "III.2.4",
        "Công tác kết nạp đảng viên",
        "Tạo nguồn, bồi dưỡng đối tượng; giao chỉ tiêu; khó khăn ở từng địa bàn.",
        (
            (
                Sentence(
                    "Từ ngày {{ tu_ngay }} đến ngày {{ den_ngay }} đã kết nạp {{ admissions.total }} đảng viên"
                    "{{ chu_thich.admissions.total }}, bằng {{ admissions.share.ty_le }} tổng số đảng viên"
                    + shares(
                        "; trong đó ",
                        ("nữ", "admissions.female"),
                        ("đoàn viên thanh niên", "admissions.youth_union"),
                        ("ở nông thôn", "admissions.rural"),
                        ("công chức, viên chức", "admissions.civil_servants"),
                        ("dân tộc thiểu số", "admissions.ethnic_minority"),
                        ("kết nạp lại", "admissions.again"),
                    )
                    + ".",
                    "Từ ngày {{ tu_ngay }} đến ngày {{ den_ngay }} chưa kết nạp đảng viên nào.",
                ),
                Sentence(
                    "So với chỉ tiêu được giao trong năm đạt {{ admissions.year.tren }} "
                    "({{ admissions.year.ty_le }}){{ chu_thich.admissions.year }}."
                ),
            ),
        ),
    ),
    Section(
        "III.3",
        "Kiểm tra, giám sát, kỷ luật đảng",
        "Chương trình kiểm tra, giám sát; kết quả chính; việc chấp hành kỷ luật.",
        (
            (
                Sentence(
                    "Trong kỳ đã kết luận"
                    + counts(
                        " ",
                        ("", "cases.inspection.units.total", "cuộc kiểm tra tổ chức đảng"),
                        ("", "cases.inspection.members.total", "cuộc kiểm tra đảng viên"),
                        ("", "cases.supervision.units.total", "cuộc giám sát tổ chức đảng"),
                        ("", "cases.supervision.members.total", "cuộc giám sát đảng viên"),
                    )
                    + "."
                ),
                Sentence(
                    "Đã thi hành kỷ luật {{ discipline.members.total }} đảng viên"
                    + counts(
                        ": ",
                        ("khiển trách", "discipline.members.reprimanded", ""),
                        ("cảnh cáo", "discipline.members.warned", ""),
                        ("cách chức", "discipline.members.dismissed", ""),
                        ("khai trừ", "discipline.members.expelled", ""),
                    )
                    + "{{ chu_thich.discipline.members.total }}{{ bieu.9 }}.",
                    "Trong kỳ không có đảng viên bị thi hành kỷ luật{{ bieu.9 }}.",
                ),
            ),
        ),
    ),
    Section(
        "III.4",
        "Mặt trận Tổ quốc, các tổ chức chính trị - xã hội và Nhân dân tham gia xây dựng Đảng",
        "Tuyên truyền, giám sát, phản biện xã hội, góp ý; giới thiệu quần chúng ưu tú.",
    ),
)
