"""`manage.py figures`: every figure of a unit at a moment, as a table, csv or json."""

import csv
import json

from binhlu_portal.text import vietnamese
from reports.figures import evaluate, registry
from reports.management.moment_command import AskingCommand


class Command(AskingCommand):
    """Print the figures."""

    of_ended = True
    help = "In các số liệu của một tổ chức đảng vào một ngày."

    def add_arguments(self, parser):
        """Add the format to the common options."""
        super().add_arguments(parser)
        parser.add_argument("--format", choices=["table", "csv", "json"], default="table", help="dạng kết quả")

    def handle(self, **options):
        """Print every figure in the format asked for."""
        moment = self.moment(options)
        results = evaluate.results(moment)
        getattr(self, f"print_{options['format']}")(moment, results)

    def print_json(self, moment, results):
        """Print one JSON object."""
        answer = {
            "unit": moment.unit.code,
            "as_of": moment.as_of.isoformat(),
            "since": moment.since.isoformat(),
            "year": moment.year,
            "figures": {code: plain(result) for code, result in results.items()},
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def print_csv(self, moment, results):
        """Print a header line and one line for each figure."""
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(["code", "section", "label", "value", "of", "base", "percent"])
        for code, result in results.items():
            row = plain(result)
            columns = [row[name] for name in ("label", "value", "of", "base", "percent")]
            writer.writerow([code, result.figure.section, *columns])

    def print_table(self, moment, results):
        """Print lines for people."""
        self.stdout.write(
            f"{moment.unit.code}: số liệu ngày {moment.as_of:%d/%m/%Y}, từ ngày {moment.since:%d/%m/%Y}, "
            f"xếp loại năm {moment.year}\n"
        )
        width = max(len(result.figure.label) for result in results.values())
        for result in results.values():
            value, base = vietnamese.number(result.value), vietnamese.number(result.base)
            self.stdout.write(
                f"{result.figure.label:<{width}}  {value:>7}  {base:>7}  {result.share:>9}  {result.figure.code}"
            )


def plain(result):
    """Return a result as plain JSON data; a target also tells what has been reached."""
    figure = result.figure
    data = {
        "label": figure.label,
        "value": result.value,
        "of": figure.of or None,
        "base": result.base,
        "percent": decimal(result.percent),
        "unrecorded": result.unrecorded,
    }
    if isinstance(figure, registry.TargetFigure):
        data |= {"low": decimal(result.low), "high": decimal(result.high), "met": result.met}
        data["actual"] = {actual.figure.code: plain(actual)["percent"] for actual in result.actual}
    return data


def decimal(value):
    """Return a Decimal as a JSON number."""
    return None if value is None else float(value)
