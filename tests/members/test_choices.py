import inspect
import re
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from members import choices
from members.choices import (
    BADGES,
    CIVIL_SERVANTS,
    COMMITTEE_POSTS,
    OPEN_POSTS,
    SINGLE_POSTS,
    SKILL_PROGRAMS,
    THEORY_PROGRAMS,
    WORKING,
    Occupation,
    Post,
    Program,
)
from members.validators import validate_card_number, validate_citizen_id, validate_profile_number

LISTS = [value for _, value in inspect.getmembers(choices, inspect.isclass) if issubclass(value, TextChoices)]
every_list = pytest.mark.parametrize("choices", LISTS, ids=lambda choices: choices.__name__)


@every_list
def test_codes_are_plain_words(choices):
    assert all(re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", code) for code in choices.values)


@every_list
def test_people_can_tell_the_choices_apart(choices):
    assert len(set(choices.labels)) == len(choices)
    assert all(label == unicodedata.normalize("NFC", label) for label in choices.labels)


def test_the_retired_do_not_work():
    assert set(Occupation) - WORKING == {Occupation.RETIRED, Occupation.STOPPED}


def test_civil_servants_work_and_part_timers_are_none():
    assert CIVIL_SERVANTS < WORKING
    assert not CIVIL_SERVANTS & {Occupation.COMMUNE_PART_TIME, Occupation.VILLAGE_PART_TIME, Occupation.ARMED_FORCES}


def test_committee_posts_are_those_of_the_committee():
    assert {post.label for post in COMMITTEE_POSTS} == {"Bí thư", "Phó bí thư", "Cấp ủy viên"}


def test_a_committee_has_one_secretary_and_many_members():
    assert {Post.SECRETARY} == SINGLE_POSTS & COMMITTEE_POSTS


def test_no_committee_post_is_open_to_others():
    assert not OPEN_POSTS & COMMITTEE_POSTS
    assert set(Post) == OPEN_POSTS | COMMITTEE_POSTS | {Post.OVERSEER}


def test_every_program_is_in_one_group_in_the_order_of_the_annex():
    assert tuple(Program) == THEORY_PROGRAMS + SKILL_PROGRAMS
    assert len(THEORY_PROGRAMS) == 6


def test_badges_are_given_at_thirty_and_from_forty_every_five_years():
    assert BADGES == (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)


@pytest.mark.parametrize(
    ("validate", "value"),
    [
        (validate_citizen_id, "012345678901"),
        (validate_card_number, "12345678"),
        (validate_card_number, "123456789012"),
        (validate_profile_number, "012345L"),
        (validate_profile_number, "012345ĐNA"),
    ],
)
def test_numbers_of_the_right_shape_pass(validate, value):
    assert validate(value) is None


@pytest.mark.parametrize(
    ("validate", "value"),
    [
        (validate_citizen_id, "12345678901"),
        (validate_citizen_id, "0123456789012"),
        (validate_citizen_id, "01234567890a"),
        (validate_citizen_id, "012345678901\n"),
        (validate_citizen_id, "٠١٢٣٤٥٦٧٨٩٠١"),
        (validate_card_number, "1234567"),
        (validate_card_number, "123456789"),
        (validate_card_number, "1234567890"),
        (validate_card_number, "12.345678"),
        (validate_profile_number, "012345"),
        (validate_profile_number, "12345LC"),
        (validate_profile_number, "012345lc"),
        (validate_profile_number, "012345ABCD"),
    ],
)
def test_numbers_of_another_shape_are_refused_in_vietnamese(validate, value):
    with pytest.raises(ValidationError, match="gồm"):
        validate(value)
