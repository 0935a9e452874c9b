"""The pieces of which the statements written by hand are made."""

from dataclasses import dataclass

LISTED = "%(listed)s"
"""The reference day of the rating year."""


@dataclass(frozen=True)
class Statement:
    """One scan: `rows` joins them to their ancestry `a`, `counts` gives the aggregate of each code."""

    rows: str
    counts: dict

    def sql(self, units):
        """Return the statement for the units with these ids."""
        listed = ", ".join(map(str, units))
        return (
            f"SELECT a.ancestor_id, {', '.join(self.counts.values())} FROM {self.rows} "
            f"AND a.ancestor_id IN ({listed}) GROUP BY a.ancestor_id"
        )


def among(values):
    """Return the SQL list of `values`."""
    return "(" + ", ".join(f"'{value}'" for value in sorted(values)) + ")"


def holds(alias, day="%(as_of)s"):
    """Return the SQL condition that the period of `alias` holds on `day`."""
    return f"{alias}.started_on <= {day} AND {alias}.ended_on > {day}"


def holds_before(alias, day):
    """Return the SQL condition that the period of `alias` holds on the day before `day`."""
    return f"{alias}.started_on < {day} AND {alias}.ended_on >= {day}"


def tree(unit, day="%(as_of)s"):
    """Return the join of the unit in column `unit` with its ancestry of `day`."""
    return f"JOIN organizations_ancestry a ON a.unit_id = {unit} AND {holds('a', day)}"


def in_period(day):
    """Return the SQL condition that `day` lies in the period asked for."""
    return f"{day} BETWEEN %(since)s AND %(as_of)s"


def each(conditions, count="COUNT(*)"):
    """Return the aggregates of `conditions` by code; an empty condition counts every row."""
    return {code: f"{count} FILTER (WHERE {where})" if where else count for code, where in conditions.items()}
