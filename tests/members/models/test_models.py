from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from binhlu_portal.db.actions import change
from members.admissions import actions as admissions
from members.membership import actions as membership
from members.models import Member
from organizations.models import Unit
from tests.factories import START, make_member, make_person, make_unit
from tests.proofs import again

DAY = date(2026, 1, 15)


def names(queryset):
    return list(queryset.values_list("full_name", flat=True))


def test_people_are_sorted_by_given_name_in_vietnamese_order(db):
    for name in ("Vàng Thị Đào", "Lò Văn An", "Lò Văn Ân", "Lò Văn Dũng", "Lò Văn Ấn", "Lò Thị Án"):
        make_person(name)
    expected = ["Lò Thị Án", "Lò Văn An", "Lò Văn Ân", "Lò Văn Ấn", "Lò Văn Dũng", "Vàng Thị Đào"]
    assert names(Member.objects.order_by("sort_name")) == expected


def test_people_are_found_without_marks_by_any_of_their_names(db):
    make_person("Đặng Thị Hoà", birth_name="Đặng Thị Lụa", alias="Út")
    for words in ("dang thi hoa", "dang thi lua", "ut"):
        assert names(Member.objects.filter(search_name__contains=words)) == ["Đặng Thị Hoà"]


def test_a_name_is_cleaned_when_saved(db):
    assert again(make_person("  Lo\u0300   Văn\u200b Mẫu ")).full_name == "Lò Văn Mẫu"


def test_a_new_name_is_found_and_the_old_one_is_not(db):
    person = make_person("Lò Văn Cũ")
    person.full_name = "Lò Văn Mới"
    person.save()
    assert names(Member.objects.filter(search_name="lo van moi")) == ["Lò Văn Mới"]


def test_a_name_changed_alone_is_found_too(db):
    person = again(make_person("Lò Văn Cũ"))
    change(person, full_name="Lò Văn Mới")
    assert names(Member.objects.filter(search_name="lo van moi")) == ["Lò Văn Mới"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("citizen_id", "123"),
        ("card_number", "123456789"),
        ("profile_number", "12345LC"),
        ("gender", "x"),
        ("ethnicity", "x"),
        ("religion", "x"),
        ("full_name", ""),
    ],
)
def test_a_person_is_asked_the_rules_of_every_field(db, field, value):
    person = again(make_person())
    setattr(person, field, value)
    with pytest.raises(ValidationError) as refused:
        person.full_clean()
    assert set(refused.value.error_dict) == {field}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("citizen_id", "012345678901", "Số định danh cá nhân này chưa lưu được: .* Văn phòng Đảng ủy"),
        ("card_number", "12345678", "Số thẻ đảng viên này chưa lưu được: .* Văn phòng Đảng ủy"),
        ("profile_number", "012345LC", "Số lý lịch này chưa lưu được: .* Văn phòng Đảng ủy"),
    ],
)
def test_a_number_belongs_to_one_person(db, field, value, words):
    make_person(**{field: value})
    other = again(make_person())
    setattr(other, field, value)
    with pytest.raises(ValidationError, match=words):
        other.full_clean()


def test_people_of_a_unit_are_those_who_are_were_or_want_to_be_there(commune):
    a, b = make_unit("a", commune), make_unit("b", commune)
    present, moved, candidate = make_member(a, "Lan"), make_member(a, "Minh"), again(make_person("Mai"))
    make_member(b, "Hoà")
    membership.transfer(member=moved, to=b, day=DAY)
    admissions.list_candidate(member=candidate, unit=a, day=START)
    assert set(Member.objects.within(Unit.objects.filter(code="a"))) == {present, moved, candidate}


def test_records_are_written_as_people_say_them(cell_a):
    member = make_member(cell_a, "Lan")
    assert str(member) == "Lan"
    assert str(member.spells.get()) == "Lan từ 01/07/2025"


def test_a_person_with_records_cannot_be_deleted(cell_a):
    member = make_member(cell_a)
    with pytest.raises(ProtectedError):
        member.delete()
    assert member.spells.count() == 1
