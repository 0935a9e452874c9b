"""Which columns no figure reads is stated; the statements of all figures say whether that is true of every column."""

import re
from collections import defaultdict

from django.db import DEFAULT_DB_ALIAS

from binhlu_portal.db.statements import ListParameter
from binhlu_portal.moment.parameters import moment_parameters
from organizations.scope import SYSTEM, kind_of_reader
from reports.figures import drilldown, evaluate
from reports.figures.registry import KNOWN, Figure
from reports.figures.uncounted import UNCOUNTED
from reports.reporting_periods.later_changes import BY_TABLE

TABLES = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: "?(\w+)"?)?')
COLUMNS = re.compile(r'"?(\w+)"?\."(\w+)"')


def columns_read():
    """Return the columns that the figures and the lists behind them read: {table: columns}."""
    found = defaultdict(set)
    for statement in map(sql_of, questions()):
        tables = defaultdict(set)
        for table, alias in TABLES.findall(statement):
            tables[table].add(table)
            tables[alias].add(table)
        for alias, column in COLUMNS.findall(statement):
            for table in tables[alias]:
                found[table].add(column)
    return found


def sql_of(queryset):
    return queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()[0]


def questions():
    """Yield what asks for every figure but changes, and for the rows of every population."""
    moment = moment_parameters(kind_of_reader(SYSTEM))
    units = ListParameter(lambda asked: [asked.unit.pk], 1)
    populations = defaultdict(list)
    for figure in KNOWN.values():
        if isinstance(figure, Figure):
            populations[figure.population.code].append(figure)
    for code, figures in populations.items():
        for start in range(0, len(figures), evaluate.MOST_NUMBERS):
            yield evaluate.count_query(moment, figures[start : start + evaluate.MOST_NUMBERS], units)
        yield drilldown.LISTINGS[code].rows(figures[0].population.rows(moment), moment)


def test_every_column_is_read_by_a_figure_or_stated_to_be_read_by_none(db):
    read = columns_read()
    unread = {
        dated.model: {field.column for field in dated.model._meta.concrete_fields if not field.primary_key}
        - read[table]
        for table, dated in BY_TABLE.items()
    }
    assert {model: columns for model, columns in unread.items() if columns} == UNCOUNTED
