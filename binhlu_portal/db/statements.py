"""Prepared statements: a question is compiled once a process, and bound to each moment and reader that ask it.

Django puts a statement together anew for every request, which takes far longer than the database needs to answer it.
So a question is asked once of a moment made of parameters (`moment.parameters`), and its statement kept. What is kept
holds nothing of a moment, a reader or a result.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from datetime import date, timedelta
from functools import lru_cache, wraps
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DurationField, Expression, ExpressionWrapper, Model, QuerySet, Value


def of_parameters(function: Callable) -> Callable:
    """Let `function` of plain values take parameters too; of these it makes a parameter, read when they are.

    Of the same ones it makes the same parameter, which a statement then reads once however often it stands there.
    """

    @lru_cache(maxsize=None, typed=True)
    def parameter(*values):
        return Parameter(lambda asked: function(*(read(value, asked) for value in values)))

    @wraps(function)
    def of_any(*values):
        return (parameter if any(isinstance(value, Parameter) for value in values) else function)(*values)

    return of_any


class Parameter(Expression):
    """Query parameter: stands in a condition for what is read from the question when it is `asked`.

    What a function `of_parameters` makes of it is a parameter again. Whatever else looks at the value, by comparing it
    or taking a part of it, is an error: a statement that depends on values is another statement.
    """

    def __init__(self, read: Callable[[Any], Any]):
        super().__init__()
        self.read = read

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """Return a place in the statement, and this parameter for it."""
        return "%s", [self]

    def get_group_by_cols(self) -> list[Expression]:
        """Return nothing: what is the same in all rows forms no groups."""
        return []

    __add__ = __radd__ = of_parameters(operator.add)
    __sub__ = of_parameters(operator.sub)
    __mul__ = __rmul__ = of_parameters(operator.mul)
    __floordiv__ = of_parameters(operator.floordiv)
    __neg__ = of_parameters(operator.neg)


class RowParameter(Parameter):
    """Query parameter that stands for the id of a row, and for the row."""

    @property
    def pk(self) -> Self:
        """The id."""
        return self


class ListParameter(Expression):
    """Query parameters in brackets: stand for the values of a list of so many, however often the condition is used."""

    def __init__(self, read: Callable[[Any], Any], size: int):
        super().__init__()
        self.values = [Parameter(lambda asked, at=at: read(asked)[at]) for at in range(size)]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        """Return as many places in the statement. Raises EmptyResultSet where no value is."""
        if not self.values:
            raise EmptyResultSet
        return f"({', '.join(['%s'] * len(self.values))})", self.values


def read(value: Any, asked: Any) -> Any:
    """Return what a parameter stands for in the question `asked`; any other value is itself."""
    return value.read(asked) if isinstance(value, Parameter) else value


def lapse(time: timedelta | Parameter) -> Expression:
    """Return a length of time as an expression that can be added to a day in a column."""
    return ExpressionWrapper(time if isinstance(time, Parameter) else Value(time), DurationField())


class PreparedStatement:
    """Prepared statement of a queryset of values whose conditions are made of parameters."""

    def __init__(self, queryset: QuerySet):
        self._compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self._sql, parameters = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql, parameters = None, ()
        else:
            self._sql, parameters = with_constants(self._sql, parameters)
        self._places = [_source(parameter) for parameter in parameters]
        self._parameters = dict(zip(self._places, parameters, strict=True))
        self._compiler.query = None  # all it was put together from takes many times the room

    def rows(self, asked: Any) -> Iterator[tuple]:
        """Return the rows for the question `asked`: one statement, none where no row can be."""
        if self._sql is None:
            return iter(())
        compiler = copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda: self.bound(asked)
        return compiler.results_iter(tuple_expected=True)

    def bound(self, asked: Any) -> tuple[str, tuple]:
        """Return the statement, None where no row can be, and the values of its parameters for the question `asked`."""
        values = {key: _adapted(read(parameter, asked)) for key, parameter in self._parameters.items()}
        return self._sql, tuple(values[key] for key in self._places)


def with_constants(sql: str, parameters: Iterable) -> tuple[str, list]:
    """Return a statement with its texts that never change written into it as literals, and the parameters left.

    SQLite plans a statement anew each time one of its values is bound that a partial index may ask for, which takes as
    long as to answer it; and what a database knows, it plans better.
    """
    left, waiting = [], iter(parameters)

    def written(place):
        if place[0] == "%%":
            return place[0]
        value = next(waiting)
        if isinstance(value, str) and "\\" not in value:  # servers differ in how they read these
            return "'{}'".format(value.replace("'", "''").replace("%", "%%"))
        left.append(value)
        return place[0]

    return re.sub("%[%s]", written, sql), left


class PreparedRecords:
    """Prepared statement of a queryset of records, with what is annotated to them."""

    def __init__(self, queryset: QuerySet):
        self._model = queryset.model
        self._columns = [field.attname for field in self._model._meta.concrete_fields]
        self._annotations = [*queryset.query.annotations]
        self._statement = PreparedStatement(queryset.values_list(*self._columns, *self._annotations))

    def first(self, asked: Any) -> Model | None:
        """Return the first record for the question `asked`, None where none is: one statement."""
        row = next(self._statement.rows(asked), None)
        if row is None:
            return None
        record = self._model.from_db(DEFAULT_DB_ALIAS, self._columns, row[: len(self._columns)])
        vars(record).update(zip(self._annotations, row[len(self._columns) :], strict=True))
        return record


def _source(value):
    """Return what tells the values of a statement apart: Django copies a parameter wherever it stands."""
    return value.read if isinstance(value, Parameter) else id(value)


def _adapted(value):
    """Return a value as it is bound: a day as text, which each database holds against days and against text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return DurationField().get_db_prep_value(value, connections[DEFAULT_DB_ALIAS])
    return value
