"""Prepared conditions: a condition on rows is compiled once a process, and bound to who asks and to the rows asked of.

Django puts a condition together anew for every statement that bears it, part by part, which for the scope of a reader
takes longer than the database needs to answer. A prepared condition is one part of such a statement: its text is there,
with places for what differs. Unlike a `PreparedStatement` it may stand in any queryset, beside any filter.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from itertools import count
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, BooleanField, Expression, Field, Q, QuerySet
from django.db.models.sql import Query

from .statements import PreparedStatement, read

ALIAS = re.compile(r"\b[T-Z]+[0-9]+\b")
"""What Django calls the tables of a subquery: U0, V1 …"""

_NUMBERS = count(1)


class RowPlace(Expression):
    """Place in a prepared condition for an expression of the row that is asked about, called `name`."""

    def __init__(self, name: str, output_field: Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """Return a place in the text, and this for it."""
        return "%s", [self]


class ConditionText:
    """Text of a condition with its places: `fields` are the fields of the expressions of the row that it names.

    `derived` are expressions of these that the condition names too. Tables of its subqueries get names that no other
    statement uses, so that they hide nothing of the row.
    """

    def __init__(self, condition: Q, fields: Mapping[str, Field], derived: Mapping[str, Expression]):
        query = Query(None)
        places = {name: RowPlace(name, field) for name, field in fields.items()}
        for name, expression in (places | derived).items():
            query.add_annotation(expression, name, select=False)
        query.add_q(condition)
        try:
            sql, self.places = query.get_compiler(DEFAULT_DB_ALIAS).compile(query.where)
        except (EmptyResultSet, FullResultSet) as same_of_every_row:
            self.parts, self.places, self.always = [], [], type(same_of_every_row)
            return
        own = f"c{next(_NUMBERS)}_"
        self.parts, self.always = ALIAS.sub(lambda alias: own + alias.group(), sql).split("%s"), None

    def filled(self, row: Mapping[str, tuple[str, list]], asked: Any) -> tuple[str, list]:
        """Return text and parameters for what is `asked` of a `row`, {name: (text, parameters) of an expression}.

        Raises EmptyResultSet for a condition that no row meets, FullResultSet for one that every row does.
        """
        if self.always:
            raise self.always
        text, parameters = [self.parts[0]], []
        for place, part in zip(self.places, self.parts[1:], strict=True):
            sql, values = row[place.name] if isinstance(place, RowPlace) else ("%s", [read(place, asked)])
            text += (sql, part)
            parameters += values
        return "".join(text), parameters


class PreparedCondition(Expression):
    """Prepared condition: a text bound to what is `asked` and to expressions of the row, {name: expression}."""

    conditional = True

    def __init__(self, text: ConditionText, asked: Any, row: Mapping[str, Expression]):
        super().__init__(output_field=BooleanField())
        self.text, self.asked = text, asked
        self.names, self.sources = [*row], [*row.values()]

    def get_source_expressions(self) -> list[Expression]:
        """Return the expressions of the row."""
        return self.sources

    def set_source_expressions(self, expressions: list[Expression]) -> None:
        """Put others in their place."""
        self.sources = expressions

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """Return the condition as it stands in a statement."""
        row = {name: compiler.compile(source) for name, source in zip(self.names, self.sources, strict=True)}
        return self.text.filled(row, self.asked)


def prepared(
    kind: Callable[[Any], Hashable],
    parameter: Callable[[Hashable], Any],
    derived: Callable[[], Mapping[str, Expression]] = dict,
    **fields: Field,
) -> Callable:
    """Decorate a function that gives a condition (Q), so that it is called once for each kind of what is asked.

    It is called with what `parameter` makes of the `kind` of what is asked, and with whatever else makes another
    condition; `fields` are the expressions of the row that the condition names, `derived` gives what it names besides
    as expressions of these. The function it becomes takes the former too: `condition(asked, *others, name=…, …)`.
    """

    def decorate(build):
        texts = {}

        @wraps(build)
        def condition(asked, *others, **row):
            key = kind(asked), *others
            if key not in texts:
                texts[key] = ConditionText(build(parameter(key[0]), *others), fields, derived())
            return Q(PreparedCondition(texts[key], asked, row))

        return condition

    return decorate


class PreparedKeys(Expression):
    """Prepared subquery: keys of rows, bound to what is `asked`; a condition has it behind `__in`."""

    def __init__(self, statement: PreparedStatement, asked: Any):
        super().__init__(output_field=BigIntegerField())
        self.statement, self.asked = statement, asked

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """Return the subquery as it stands in a statement. Raises EmptyResultSet where no row can be."""
        sql, parameters = self.statement.bound(self.asked)
        if sql is None:
            raise EmptyResultSet
        return f"({sql})", [*parameters]


def prepared_keys(kind: Callable[[Any], Hashable], parameter: Callable[[Hashable], Any]) -> Callable:
    """Decorate a function that gives keys (a queryset of one value), so that it is called once for each kind of asker.

    As for a `prepared` condition it is called with what `parameter` makes of the `kind` of what is asked.
    """

    def decorate(build: Callable[..., QuerySet]) -> Callable[..., PreparedKeys]:
        statements = {}

        @wraps(build)
        def keys(asked, *others):
            key = kind(asked), *others
            if key not in statements:
                statements[key] = PreparedStatement(build(parameter(key[0]), *others))
            return PreparedKeys(statements[key], asked)

        return keys

    return decorate
