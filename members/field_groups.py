"""The fields of a person in groups, as the card has them."""

WHO = (
    "full_name",
    "birth_name",
    "alias",
    "gender",
    "born_on",
    "ethnicity",
    "religion",
    "birthplace",
    "birth_registration",
    "hometown",
    "residence",
    "temporary_residence",
    "phone",
    "citizen_id",
    "old_identity_number",
    "health",
)
INTO_THE_PARTY = (
    "joined_on",
    "joined_at",
    "decided_on",
    "official_on",
    "introducers",
    "occupation_when_admitted",
)
CARD = (
    "card_number",
    "old_card_number",
    "card_issued_on",
    "card_issued_at",
    "profile_number",
    "registry_id",
    "handbook_installed_on",
)
LIFE = (
    "youth_union_on",
    "recruited_on",
    "enlisted_on",
    "discharged_on",
    "disability_class",
    "merit_family",
    "note",
)
