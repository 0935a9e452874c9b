"""Statements written by hand about what is kept beside members and units: facts, reviews, documents by their topics."""

from members.choices import Post
from organizations.choices import GRASSROOTS, DocumentTopic
from organizations.fact_kinds import FACTS_OF_A_DAY, NOT_ADMITTED, FactKind

from .pieces import Statement, among, each, holds, in_period, tree

FACTS = Statement(
    f"organizations_unitfact t {tree('t.unit_id')} WHERE {holds('t')}",
    each(
        {
            "facts.area": f"t.kind = '{FactKind.AREA}'",
            "facts.population": f"t.kind = '{FactKind.POPULATION}'",
            "facts.peoples": f"t.kind = '{FactKind.PEOPLES}'",
            "facts.ethnic_shares": f"t.kind = '{FactKind.ETHNIC_SHARE}'",
            "facts.coverage": f"t.kind = '{FactKind.COVERAGE}'",
        }
    ),
)

REASONS = Statement(
    f"organizations_unitfact t {tree('t.unit_id')} WHERE {holds('t')}",
    {
        f"not_admitted.{kind}": f"COALESCE(SUM(t.value) FILTER (WHERE t.kind = '{kind}'), 0)"
        for kind in sorted(NOT_ADMITTED)
    },
)

SCREENINGS = Statement(
    f"organizations_unitfact t {tree('t.unit_id', 't.started_on')} WHERE {in_period('t.started_on')}",
    {
        f"screening.{kind}": f"COALESCE(SUM(t.value) FILTER (WHERE t.kind = '{kind}'), 0)"
        for kind in sorted(FACTS_OF_A_DAY)
    },
)

DOCUMENTS = Statement(
    f"organizations_document d {tree('d.unit_id', 'd.issued_on')} WHERE {in_period('d.issued_on')} AND d.issuer = ''",
    each({f"documents.own.{topic}": f"d.topic = '{topic}'" for topic in DocumentTopic}),
)

OF_PERIOD = {DocumentTopic.REQUEST: " AND d.issued_on >= %(since)s"}
"""What is said more of documents on a topic of which only those of the period count."""

SUPERIOR_DOCUMENTS = Statement(
    f"organizations_document d {tree('d.unit_id')} WHERE d.issued_on <= %(as_of)s AND d.issuer <> ''",
    each({f"documents.superior.{topic}": f"d.topic = '{topic}'{OF_PERIOD.get(topic, '')}" for topic in DocumentTopic}),
)

BANK_ACCOUNT = (
    "EXISTS (SELECT 1 FROM organizations_unitfact t WHERE t.unit_id = p.unit_id "
    f"AND t.kind = '{FactKind.BANK_ACCOUNT}' AND {holds('t')})"
)
OFFLINE = (
    "EXISTS (SELECT 1 FROM organizations_unitfact t WHERE t.unit_id = p.unit_id "
    f"AND t.kind = '{FactKind.INTERNET}' AND t.value = 0 AND {holds('t')})"
)
OVERSEEN = (
    "EXISTS (SELECT 1 FROM members_position t WHERE t.unit_id = p.unit_id "
    f"AND t.post = '{Post.OVERSEER}' AND {holds('t')})"
)
WORKING_RULES = (
    "EXISTS (SELECT 1 FROM organizations_document d WHERE d.unit_id = p.unit_id "
    f"AND d.topic = '{DocumentTopic.WORKING_RULES}' AND d.issuer = '' AND d.issued_on <= %(as_of)s)"
)
"""Conditions on a unit `p`."""


def came_beneath(kinds):
    """Return the condition that the cell of the stay `s` came as, or beneath, a direct unit of one of `kinds`."""
    return (
        "EXISTS (SELECT 1 FROM organizations_ancestry line "
        f"JOIN organizations_unitperiod p ON p.unit_id = line.ancestor_id AND {holds('p', 's.started_on')} "
        "JOIN organizations_unitperiod above ON above.unit_id = p.parent_id AND above.kind = 'commune' "
        f"AND {holds('above', 's.started_on')} "
        f"WHERE line.unit_id = s.unit_id AND {holds('line', 's.started_on')} AND p.kind IN {among(kinds)})"
    )


RECEIVED = Statement(
    f"members_spell s {tree('s.unit_id', 's.started_on')} "
    f"WHERE {in_period('s.started_on')} AND s.start_reason = 'received_with_unit'",
    each(
        {
            "members.received.grassroots": came_beneath(GRASSROOTS),
            "members.received.cells": came_beneath(("subordinate_cell",)),
        }
    ),
)

SCANS = (FACTS, REASONS, SCREENINGS, DOCUMENTS, SUPERIOR_DOCUMENTS, RECEIVED)
