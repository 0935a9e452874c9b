"""Exclusion constraints, which PostgreSQL has in the place of triggers: what they are made of, and made anew from."""

import re

from django.db import connection

from tests.binhlu_portal.db.test_triggers import install


def test_what_finds_rows_by_a_link_is_the_index_of_the_link(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'")
        told = dict(cursor.fetchall())
    assert told
    assert not [name for name, rule in told.items() if re.search(r"[(, ]\w+_id WITH =", rule)]


def test_an_exclusion_that_says_something_else_is_made_anew(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_spell DROP CONSTRAINT spell_no_overlap")
        cursor.execute(
            "ALTER TABLE members_spell ADD CONSTRAINT spell_no_overlap EXCLUDE USING gist (member_id WITH =)"
        )
        install("members")
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'spell_no_overlap'")
        assert "daterange" in cursor.fetchone()[0]
