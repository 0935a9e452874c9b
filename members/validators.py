"""The shapes of the numbers on the member card."""

import re
import string

from django.core.exceptions import ValidationError

from binhlu_portal.db.field_rules import in_sql
from members.ethnicity import ETHNICITY_CHOICES as ETHNICITY_CHOICES
from members.ethnicity import MINORITIES as MINORITIES
from members.ethnicity import RELIGION_GROUPS as RELIGION_GROUPS
from members.ethnicity import Religion as Religion
from members.ethnicity import find_ethnicity as find_ethnicity
from members.ethnicity import find_religion as find_religion
from members.ethnicity import religion_group as religion_group

DIGITS = "LTRIM({value}, '0123456789')"


@in_sql(f"LENGTH({{value}}) <> 12 OR {DIGITS} <> ''", "gồm đúng 12 chữ số")
def validate_citizen_id(value):
    """Refuse what is no personal identification number: twelve digits (26/2023/QH15, 27/11/2023, Article 12)."""
    if not re.fullmatch("[0-9]{12}", value):
        raise ValidationError("Số định danh cá nhân gồm đúng 12 chữ số.", code="invalid")


@in_sql(f"LENGTH({{value}}) NOT IN (9, 12) OR {DIGITS} <> ''", "gồm 9 hoặc 12 chữ số")
def validate_old_identity_number(value):
    """Refuse what is no number of an identity card of before: nine digits, twelve on the later ones."""
    if not re.fullmatch("[0-9]{9}([0-9]{3})?", value):
        raise ValidationError("Số CMND cũ gồm 9 hoặc 12 chữ số.", code="invalid")


@in_sql(f"LENGTH({{value}}) NOT IN (8, 12) OR {DIGITS} <> ''", "gồm 8 chữ số (thẻ cũ) hoặc 12 chữ số (thẻ mới)")
def validate_card_number(value):
    """Refuse what is no card number: eight digits (29-CT/TW, 2003), twelve after 51-CT/TW, 08/8/2025."""
    if not re.fullmatch("[0-9]{8}([0-9]{4})?", value):
        raise ValidationError("Số thẻ đảng viên gồm 8 chữ số (thẻ cũ) hoặc 12 chữ số (thẻ mới).", code="invalid")


@in_sql(
    f"LENGTH({{value}}) NOT BETWEEN 7 AND 9 OR SUBSTR({{value}}, 7) <> {DIGITS} "
    f"OR LTRIM(SUBSTR({{value}}, 7), '{string.ascii_uppercase}Đ') <> ''",
    "gồm 6 chữ số rồi 1 đến 3 chữ in hoa, ví dụ: 012345LC",
)
def validate_profile_number(value):
    """Refuse what is no file number: six digits and one to three letters of the province committee (form 2-HSĐV)."""
    if not re.fullmatch("[0-9]{6}[A-ZĐ]{1,3}", value):
        raise ValidationError("Số lý lịch gồm 6 chữ số rồi 1 đến 3 chữ in hoa, ví dụ: 012345LC.", code="invalid")
