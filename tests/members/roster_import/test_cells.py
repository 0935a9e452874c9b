"""Cells of foreign lists: numbers that lost their zeros, marks, names, peoples, levels, posts."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members import card_values
from members.choices import Education, Gender, Occupation, Post, Qualification, Theory
from members.ethnicity import Religion
from members.models import Member
from members.roster_import.column_types import COLUMN_TYPES, column_type_of
from members.roster_import.text_keys import is_nothing
from tests.binhlu_portal.text.test_vietnamese import BESIDE

DAY = date(2026, 3, 1)


def read(kind, value):
    """Return what a cell of a column of some kind says."""
    return column_type_of(kind).read(value, DAY)


def refusal(kind, value):
    """Return the sentence with which a cell is refused."""
    with pytest.raises(ValueError) as refused:
        read(kind, value)
    return str(refused.value)


# --- Numbers ---


@pytest.mark.parametrize(
    "value",
    [
        12056001234,
        12056001234.0,
        "12056001234",
        "1.2056001234E+10",
        "CCCD: 012056001234",
        "012056001234",
        "012 056 001 234",
        "'012056001234",
        "012.056.001234",
    ],
)
def test_a_citizen_id_gets_its_zero_back(value):
    assert read("citizen_id", value) == {"citizen_id": "012056001234"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("123456789", "chứng minh nhân dân cũ"),
        (1234567890, "12 chữ số"),
        ("1.2056E+10", "rút gọn"),
        ("01205600123x", "12"),
    ],
)
def test_a_citizen_id_that_lost_more_is_refused(value, words):
    assert words in refusal("citizen_id", value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("12.034567", "12034567"),
        ("12 034 567", "12034567"),
        (12034567, "12034567"),
        (2034567, "02034567"),
        ("02034567.", "02034567"),
        ("012056001234", "012056001234"),
        (12056001234, "012056001234"),
    ],
)
def test_a_card_number_gets_its_zero_back(value, number):
    assert read("card_number", value) == {"card_number": number}


@pytest.mark.parametrize("value", ["Chưa có thẻ", "chưa", "Không", "Mất thẻ"])
def test_no_card_is_no_fault(value):
    assert read("card_number", value) == {}


@pytest.mark.parametrize("value", ["203456", 123456789, "12034567/8"])
def test_another_card_number_is_refused(value):
    assert "8 chữ số" in refusal("card_number", value)


@pytest.mark.parametrize("value", ["012345LC", "012345 lc", "012345-LC", "012.345.LC"])
def test_a_file_number_whatever_stands_between(value):
    assert read("profile_number", value) == {"profile_number": "012345LC"}


def test_a_file_number_needs_its_letters():
    assert "012345LC" in refusal("profile_number", 12345)


@pytest.mark.parametrize(
    "value", [912345678, "0912345678", "0912.345.678", "+84 912 345 678", "84912345678", "0912 345 678; 0987 654 321"]
)
def test_a_telephone_gets_its_zero_back(value):
    assert read("phone", value) == {"phone": "0912345678"}


@pytest.mark.parametrize("value", ["không", "Không có", "ko có số", "Chưa có"])
def test_no_telephone_is_no_fault(value):
    assert read("phone", value) == {}


@pytest.mark.parametrize("value", ["0912345678 (vợ)", "SĐT con trai: 0912 345 678"])
def test_a_telephone_of_somebody_else_is_refused(value):
    assert "người khác" in refusal("phone", value)


@pytest.mark.parametrize("value", ["12345", "số mới", 0])
def test_what_is_no_telephone_is_refused(value):
    assert "10 chữ số" in refusal("phone", value)


@pytest.mark.parametrize(
    "value",
    ["12056001234.0", "12056001234,0", "12056001234.00", '="012056001234"', '= "012 056 001 234"', "12.056.001.234,00"],
)
def test_what_programs_add_to_a_number_is_none_of_its_digits(value):
    assert read("citizen_id", value) == {"citizen_id": "012056001234"}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("citizen_id", "12056001234.5"),
        ("citizen_id", "120560012340.7"),
        ("citizen_id", 12056001234.5),
        ("citizen_id", "01205600123"),
        ("citizen_id", "12056001234.000"),
        ("citizen_id", "99056001234"),
        ("card_number", "1234567.8"),
        ("card_number", "0123456"),
        ("card_number", 1234567.5),
        ("phone", "912345678.5"),
    ],
)
def test_digits_are_never_repaired_by_guess(kind, value):
    assert refusal(kind, value)


@given(st.sampled_from(sorted(card_values.PROVINCES)), st.integers(0, 1), st.integers(0, 99), st.integers(0, 999_999))
def test_any_citizen_id_survives_being_taken_for_a_number(province, sign, year, rest):
    number = f"{province}{sign}{year:02}{rest:06}"
    for value in (number, int(number), float(number), f"{int(number)}.0", f"{int(number)},0", f'="{number}"'):
        assert read("citizen_id", value) == {"citizen_id": number}


@pytest.mark.parametrize("value", ["1401234.0", 1401234.0, "1401234,00", '="01401234"'])
def test_a_card_number_without_its_empty_fraction(value):
    assert read("card_number", value) == {"card_number": "01401234"}
    assert read("old_card_number", value) == {"old_card_number": "01401234"}


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("(+84) 912 345 678", "0912345678"),
        ("(+84)(0)912345678", "0912345678"),
        ("+84-912-345-678", "0912345678"),
        ("(0213) 3875123", "02133875123"),
        ("0213.3875.123", "02133875123"),
        ("0912345678 (Zalo)", "0912345678"),
        ("0912345678 Zalo", "0912345678"),
        ("ĐT: 0912345678", "0912345678"),
        ("SĐT 0912345678", "0912345678"),
        ("Di động: 0912.345.678", "0912345678"),
        ("0912345678 hoặc 0987654321", "0912345678"),
        ("0912345678 và 0987654321", "0912345678"),
        ("912345678.0", "0912345678"),
        ("9.12345678E8", "0912345678"),
        ("0912,345,678", "0912345678"),
        ('="0912345678"', "0912345678"),
    ],
)
def test_what_stands_beside_a_telephone_number(value, number):
    assert read("phone", value) == {"phone": number}


# --- People ---


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("NGUYỄN VĂN HÙNG", "Nguyễn Văn Hùng"),
        ("giàng a páo", "Giàng A Páo"),
        ("  Lò\N{NO-BREAK SPACE}Thị   Mai ", "Lò Thị Mai"),
        ("Nguye\u0302\u0303n Va\u0306n A", "Nguyễn Văn A"),
        ("Đặng Thị Hoà", "Đặng Thị Hoà"),
        ("Ksor H`Lan", "Ksor H'Lan"),
        ("lÒ vĂN aN", "Lò Văn An"),
    ],
)
def test_names(value, name):
    assert read("full_name", value) == {"full_name": name}


@pytest.mark.parametrize("value", [12, "Lò Văn 5", "…?", "NULL", "None", "nan", "Lương Ngọc Phương1"])
def test_what_is_no_name(value):
    assert refusal("full_name", value) == "Ghi họ và tên bằng chữ."


@pytest.mark.parametrize(
    "value",
    ["#N/A", "L? V?n Th?", "L\ufffd V\ufffdn", "Lo` Va(n Thu+?", "Lo` Thi Ho`a", "Lò Vӑn Cyr", "Lò Văn 😀", "Lò V^an"],
)
def test_a_name_that_lost_letters_is_told(value):
    assert "chữ đã hỏng" in refusal("full_name", value)


@pytest.mark.parametrize(
    ("value", "beside"),
    [("Vàng Thị Mỷ (Mẩy)", "Mẩy"), ("Lò Văn Tám ( tức Nam )", "tức Nam"), ("(mất) Lò Văn Ón", "mất")],
)
def test_words_in_brackets_beside_a_name_are_named(value, beside):
    assert f"Trong ngoặc có “{beside}”" in refusal("full_name", value)


@pytest.mark.parametrize("form", ["Đ/c {}", "đ/c: {}", "Đồng chí {}", "{} (A)", "{} *", "*{}", *BESIDE])
def test_what_stands_beside_a_name_is_no_part_of_it(form):
    assert read("full_name", form.format("Lò Văn An")) == {"full_name": "Lò Văn An"}


@pytest.mark.parametrize(("value", "gender"), [("Nam", "male"), ("nữ", "female"), ("NU", "female"), ("NỮ ", "female")])
def test_gender(value, gender):
    assert read("gender", value) == {"gender": gender}


def test_an_unknown_gender_is_told():
    assert refusal("gender", "x") == "Ghi “Nam” hoặc “Nữ”."


@pytest.mark.parametrize("value", ["x", "X", "✓", "v", 1, "1", "+", "có", "Nữ"])
def test_marks_in_a_column_for_women(value):
    assert read("female", value) == {"gender": Gender.FEMALE}


def test_a_day_of_birth_in_a_column_for_men():
    assert read("male", "3/5/75") | {"born_on": None} == {"gender": Gender.MALE, "born_on": None}
    assert str(read("male", 1956)["born_on"]) == "1956"


@pytest.mark.parametrize("sign", "'’ʼ′`‘")
def test_any_apostrophe_names_the_same_people(sign):
    assert read("ethnicity", f"H{sign}mông") == {"ethnicity": "mong"}
    assert read("ethnicity", f"K{sign}Ho") == {"ethnicity": "co_ho"}


@pytest.mark.parametrize("form", ["{}", "Người {}", "Dân tộc {}", "DT {}", "{} đỏ", "{} (đỏ)", "{0} ({0})"])
@pytest.mark.parametrize(("name", "code"), [("Dao", "dao"), ("Mông", "mong"), ("Thái", "thai"), ("Hà Nhì", "ha_nhi")])
def test_a_people_by_its_branches_and_with_words_around(form, name, code):
    assert read("ethnicity", form.format(name)) == {"ethnicity": code}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Mông hoa", "mong"),
        ("Dao quần chẹt", "dao"),
        ("Mông (H’Mông)", "mong"),
        ("Kinh (Việt)", "kinh"),
        ("Nhắng", "giay"),
        ("Thái đen", "thai"),
        ("Hoa", "hoa"),
    ],
)
def test_other_names_of_peoples(value, code):
    assert read("ethnicity", value) == {"ethnicity": code}


@pytest.mark.parametrize("value", ["Xá", "Mông (Thái)", "Thái hoặc Mông", "đỏ", "Người"])
def test_a_people_that_is_not_clear_is_asked(value):
    assert refusal("ethnicity", value)


@pytest.mark.parametrize("value", ["Mông", "H'Mông", "H’Mông", "HMông", "Mèo", "MÔNG", "h mong"])
def test_names_of_one_people(value):
    assert read("ethnicity", value) == {"ethnicity": "mong"}


def test_giay_is_no_other_people():
    assert read("ethnicity", "Giáy") == {"ethnicity": "giay"}
    assert "Giáy" in refusal("ethnicity", "Giàng")


def test_religion():
    assert read("religion", "Không") == {"religion": Religion.NONE}
    assert read("religion", "Đạo Tin lành") == {"religion": Religion.PROTESTANTISM}
    assert "“Không”" in refusal("religion", "Đạo lạ")


def test_text_must_fit():
    assert read("hometown", "Xã Bình Lư,\n Lai Châu") == {"hometown": "Xã Bình Lư, Lai Châu"}
    assert refusal("hometown", "a" * 201) == "Dài 201 ký tự; ghi nhiều nhất 200 ký tự."


@pytest.mark.parametrize("value", [None, "", " ", "-", "–", "...", "…", "/", "\N{NO-BREAK SPACE}", "Không rõ"])
def test_cells_that_say_nothing(value):
    assert is_nothing(value)


@pytest.mark.parametrize("value", [0, "x", "✓", "Không", False])
def test_cells_that_say_something(value):
    assert not is_nothing(value)


# --- Levels ---


UNWRITTEN = ["chưa có", "Chưa", "chưa được cấp", "Mất"]


@pytest.mark.parametrize("name", ["citizen_id", "old_identity_number", "card_number", "profile_number"])
@pytest.mark.parametrize("value", UNWRITTEN)
def test_a_number_that_nobody_has_yet_is_nothing_recorded(name, value):
    assert read(name, value) == {}


@pytest.mark.parametrize("name", ["state.job", "joined_at", "note", "badge.number", "discipline.decision_number"])
def test_text_that_is_not_there_yet_is_nothing_recorded(name):
    assert read(name, "chưa có") == {}


def test_a_number_beside_words_is_never_dropped():
    assert refusal("card_number", "mất, số cũ 01400997")


@pytest.mark.parametrize("value", ["045123456", 112233445])
def test_an_old_identity_number_is_sent_to_its_column(value):
    label = str(Member._meta.get_field("old_identity_number").verbose_name)
    assert f"“{label[:1].upper()}{label[1:]}”" in refusal("citizen_id", value)


def test_what_may_be_a_religion_or_none_is_asked():
    assert refusal("religion", "Lương").startswith("“Lương” là không theo Thiên Chúa giáo")


@pytest.mark.parametrize("value", ["11.653.200đ", "11653200 đồng", "11.653.200 VNĐ", "11.653.200", 11653200])
def test_amounts_with_their_currency(value):
    assert read("basis.income", value) == {"basis.income": 11653200}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("exemption.kind", "Đi làm ăn xa", "other"),
        ("exemption.kind", "Ốm đau dài ngày", "age_health"),
        ("exemption.kind", "Tuổi cao, sức khỏe yếu", "age_health"),
        ("discipline.violation", "Sinh con thứ ba", "population"),
        ("discipline.violation", "Vi phạm chính sách dân số, sinh con thứ 3", "population"),
        ("rating.level", "Hoàn thành xuất sắc NV", "excellent"),
        ("rating.level", "HT tốt NV", "good"),
        ("rating.level", "Không HT", "failed"),
    ],
)
def test_words_of_offices_for_choices(name, value, code):
    assert read(name, value) == {name: code}


@pytest.mark.parametrize(
    ("value", "level", "grade"),
    [
        ("12/12", Education.UPPER_SECONDARY, "12/12"),
        ("10/10", Education.UPPER_SECONDARY, "10/10"),
        ("7/10 BTVH", Education.LOWER_SECONDARY, "7/10 BTVH"),
        ("9/12", Education.LOWER_SECONDARY, "9/12"),
        ("8/12", Education.PRIMARY, "8/12"),
        ("5/10", Education.PRIMARY, "5/10"),
        ("Lớp 3/12", Education.LITERATE, "Lớp 3/12"),
        (datetime(2025, 12, 12), Education.UPPER_SECONDARY, "12/12"),
        (datetime(2025, 10, 7), Education.LOWER_SECONDARY, "7/10"),
        (datetime(2025, 7, 10), Education.LOWER_SECONDARY, "7/10"),
        (datetime(2025, 12, 10), Education.LOWER_SECONDARY, "10/12"),
        ("THPT", Education.UPPER_SECONDARY, None),
        ("Tốt nghiệp THPT", Education.UPPER_SECONDARY, None),
        ("Cấp II", Education.LOWER_SECONDARY, None),
        ("Trung học cơ sở", Education.LOWER_SECONDARY, None),
        ("tiểu học", Education.PRIMARY, None),
        ("Lớp 9", Education.LOWER_SECONDARY, None),
        (12, Education.UPPER_SECONDARY, None),
    ],
)
def test_schooling_by_class_and_system(value, level, grade):
    assert read("state.education", value) == {"state.education": level} | (
        {"state.education_grade": grade} if grade else {}
    )


@pytest.mark.parametrize("value", ["13/12", "0/12", "7", "10", "TH", "9/9", "khá"])
def test_schooling_that_may_mean_two_things_is_asked(value):
    assert refusal("state.education", value).startswith("Ghi lớp và hệ")


@pytest.mark.parametrize(
    ("value", "level", "speciality"),
    [
        ("ĐH", Qualification.UNIVERSITY, None),
        ("Đ.H", Qualification.UNIVERSITY, None),
        ("Đại học Sư phạm Toán", Qualification.UNIVERSITY, "Sư phạm Toán"),
        ("Kỹ sư Lâm nghiệp", Qualification.UNIVERSITY, "Lâm nghiệp"),
        ("CĐ", Qualification.COLLEGE, None),
        ("TC Nông nghiệp", Qualification.INTERMEDIATE, "Nông nghiệp"),
        ("Th.S QLGD", Qualification.MASTER, "QLGD"),
        ("Thạc sỹ", Qualification.MASTER, None),
        ("Tiến sĩ khoa học", Qualification.DOCTOR_OF_SCIENCE, None),
        ("Chưa qua ĐT", Qualification.NONE, None),
        ("Không", Qualification.NONE, None),
        ("Sơ cấp, công nhân kỹ thuật, nhân viên nghiệp vụ", Qualification.ELEMENTARY, None),
        ("ĐHSP Toán", Qualification.UNIVERSITY, "Sư phạm Toán"),
        ("CĐSP", Qualification.COLLEGE, "Sư phạm"),
        ("Bác sĩ", Qualification.UNIVERSITY, "Bác sĩ"),
        ("Bác sỹ đa khoa", Qualification.UNIVERSITY, "Bác sỹ đa khoa"),
        ("Y sĩ", Qualification.INTERMEDIATE, "Y sĩ"),
    ],
)
def test_training_and_its_field(value, level, speciality):
    found = {"state.qualification": level}
    assert read("state.qualification", value) == found | ({"state.speciality": speciality} if speciality else {})


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("TC", Theory.INTERMEDIATE),
        ("CC", Theory.ADVANCED),
        ("SC", Theory.ELEMENTARY),
        ("CN", Theory.BACHELOR),
        ("Trung cấp LLCT-HC", Theory.INTERMEDIATE),
        ("Cao cấp lý luận chính trị", Theory.ADVANCED),
        ("Chưa qua", Theory.NONE),
        ("Không", Theory.NONE),
    ],
)
def test_political_theory(value, level):
    assert read("state.theory", value) == {"state.theory": level}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("state.theory", "Cao cấp, cử nhân"),
        ("state.qualification", "Giỏi"),
        ("state.qualification", "Bác sĩ CKI"),
        ("state.qualification", "Bác sĩ chuyên khoa II"),
        ("state.occupation", "Cán bộ"),
    ],
)
def test_levels_that_are_not_clear_are_asked(kind, value):
    assert refusal(kind, value).startswith("Ghi")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Làm ruộng", Occupation.FARMER),
        ("Nông dân", Occupation.FARMER),
        ("Hưu trí", Occupation.RETIRED),
        ("Bộ đội", Occupation.ARMED_FORCES),
        ("Giáo viên", Occupation.PUBLIC_SERVICE),
        ("Nông, lâm, ngư nghiệp", Occupation.FARMER),
    ],
)
def test_occupations(value, code):
    assert read("state.occupation", value) == {"state.occupation": code}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("BT", {"position.post": Post.SECRETARY}),
        ("Phó bí thư chi bộ", {"position.post": Post.DEPUTY_SECRETARY}),
        ("Chi ủy viên", {"position.post": Post.COMMITTEE_MEMBER}),
        ("Bí thư, chi uỷ viên", {"position.post": Post.SECRETARY}),
        ("Bí thư kiêm Trưởng bản", {"position.post": Post.SECRETARY, "position.open_post": Post.VILLAGE_HEAD}),
        ("Trưởng ban CTMT", {"position.open_post": Post.FRONT_HEAD}),
        ("Đảng viên", {}),
    ],
)
def test_posts(value, found):
    assert read("position.post", value) == found


@pytest.mark.parametrize("value", ["Phó bí thư Đảng ủy xã", "Chủ tịch UBND", "Trưởng bản, Trưởng ban CTMT"])
def test_posts_elsewhere_or_two_outside_are_asked(value):
    assert refusal("position.post", value).startswith("Ghi")


# --- Several values in a cell ---


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Nữ\nThái\nKhông", {"gender": "female", "ethnicity": "thai", "religion": "none"}),
        ("Nam, Mông", {"gender": "male", "ethnicity": "mong"}),
        ("Giáy", {"ethnicity": "giay"}),
        ("Nam/Dao/Không", {"gender": "male", "ethnicity": "dao", "religion": "none"}),
        ("Nam\n–\nTin Lành", {"gender": "male", "religion": "protestantism"}),
    ],
)
def test_values_stacked_in_a_cell(value, found):
    assert read("gender+ethnicity+religion", value) == found


@pytest.mark.parametrize("value", ["Nam\nThái\nKhông\nGì nữa", "Nữ\nGiàng\nKhông", "Gì"])
def test_a_stack_that_does_not_fit_is_refused(value):
    assert refusal("gender+ethnicity+religion", value)


def test_a_comma_within_text_parts_nothing():
    assert read("hometown+residence", "Xã A, tỉnh B; Bản 01, xã C") == {
        "hometown": "Xã A, tỉnh B",
        "residence": "Bản 01, xã C",
    }
    assert read("hometown+residence", "Xã A, tỉnh B") == {"hometown": "Xã A, tỉnh B"}


@pytest.mark.parametrize("kind", COLUMN_TYPES)
def test_every_kind_has_a_name_on_screen_and_fields(kind):
    assert COLUMN_TYPES[kind].label and COLUMN_TYPES[kind].fields
