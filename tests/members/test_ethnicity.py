import pytest

from members.ethnicity import (
    ETHNICITIES,
    ETHNICITY_CHOICES,
    MINORITIES,
    RELIGION_ALIASES,
    RELIGION_GROUPS,
    Religion,
    _name_key,
    alike,
    find_ethnicity,
    find_religion,
    religion_group,
)

PEOPLES = [ethnicity for ethnicity in ETHNICITIES if ethnicity.code not in {"other", "foreign"}]


def test_there_are_54_peoples_and_two_rows_for_the_rest():
    assert len(PEOPLES) == 54
    assert ETHNICITY_CHOICES[-2:] == [("other", "Dân tộc khác"), ("foreign", "Quốc tịch gốc nước ngoài")]


@pytest.mark.parametrize("numbering", ["number_1979", "number_census"])
def test_both_lists_number_every_people_once(numbering):
    assert sorted(getattr(ethnicity, numbering) for ethnicity in PEOPLES) == list(range(1, 55))


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("Kinh", (1, 1)),
        ("Hoa", (4, 6)),
        ("Mường", (6, 4)),
        ("Ngái", (11, 43)),
        ("Giáy", (25, 26)),
        ("Lào", (37, 35)),
        ("Lự", (42, 42)),
        ("Lô Lô", (43, 45)),
        ("Ơ Đu", (53, 54)),
    ],
)
def test_the_lists_differ_where_they_do(label, numbers):
    assert [(e.number_1979, e.number_census) for e in ETHNICITIES if e.label == label] == [numbers]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kinh", "kinh"),
        ("THÁI", "thai"),
        ("thai den", "thai"),
        ("H'Mông", "mong"),
        ("H’mông", "mong"),
        ("HMông", "mong"),
        ("Mèo", "mong"),
        ("Khơ-me", "khmer"),
        ("Khơ Me", "khmer"),
        ("Khmer", "khmer"),
        ("Hán", "hoa"),
        ("giay", "giay"),
        ("Ra-glai", "raglay"),
        ("Bru-Vân Kiều", "bru_van_kieu"),
        ("Cờ Lao", "co_lao"),
        (" Hà  Nhì ", "ha_nhi"),
        ("Xa Phó", "phu_la"),
        ("Tày (Thổ)", "tay"),
        ("La Hủ (Khù Sung)", "la_hu"),
        ("Dân tộc: Thái", "thai"),
        ("dt. Mông", "mong"),
    ],
)
def test_peoples_are_recognised_however_they_are_spelt(text, code):
    assert find_ethnicity(text) == code


def test_what_several_peoples_are_called_is_asked_with_their_names():
    assert find_ethnicity("Xá") is None
    assert {"Kháng", "Khơ Mú"} <= {*alike("Xá")}
    assert alike("Mônq")[0] == "Mông"
    assert alike("?") == []


@pytest.mark.parametrize("text", ["", "-", "Sao Hỏa"])
def test_unknown_peoples_are_not_guessed(text):
    assert find_ethnicity(text) is None


def test_every_name_of_a_people_means_that_people_alone():
    for ethnicity in ETHNICITIES:
        assert {find_ethnicity(name) for name in (ethnicity.label, *ethnicity.aliases)} == {ethnicity.code}


def test_no_alias_says_what_is_found_without_it():
    for ethnicity in ETHNICITIES:
        names = [ethnicity.label, *ethnicity.aliases]
        assert len({_name_key(name) for name in names}) == len(names), ethnicity.label


def test_minorities_are_all_but_the_kinh_and_foreigners():
    assert len(MINORITIES) == 54
    assert not MINORITIES & {"kinh", "foreign"}


def test_sixteen_religions_are_recognised():
    assert len(set(Religion) - {Religion.NONE, Religion.OTHER}) == 16


@pytest.mark.parametrize(
    ("religion", "group"),
    [
        (Religion.NONE, None),
        (Religion.BUDDHISM, Religion.BUDDHISM),
        (Religion.HOA_HAO, Religion.HOA_HAO),
        (Religion.ADVENTISM, Religion.OTHER),
        (Religion.TA_LON, Religion.OTHER),
        (Religion.OTHER, Religion.OTHER),
        ("islam", Religion.ISLAM),
    ],
)
def test_forms_count_religions_in_seven_rows(religion, group):
    assert religion_group(religion) == group
    assert len(RELIGION_GROUPS) == 7


def test_an_unknown_religion_is_in_no_row():
    with pytest.raises(ValueError, match="jedi"):
        religion_group("jedi")


@pytest.mark.parametrize(
    ("text", "religion"),
    [
        ("Không", Religion.NONE),
        ("khong", Religion.NONE),
        ("Phật", Religion.BUDDHISM),
        ("Thiên chúa giáo", Religion.CATHOLICISM),
        ("Phật giáo Hoà Hảo", Religion.HOA_HAO),
        ("đạo Tin Lành", Religion.PROTESTANTISM),
        ("Baha'i", Religion.BAHAI),
        ("", None),
        ("Lương", None),
    ],
)
def test_religions_are_recognised_however_they_are_spelt(text, religion):
    assert find_religion(text) == religion


def test_every_name_of_a_religion_means_that_religion_alone():
    for religion in Religion:
        names = (religion.label, *RELIGION_ALIASES.get(religion, ()))
        assert {find_religion(name) for name in names} == {religion}
