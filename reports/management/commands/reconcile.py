"""`manage.py reconcile`: the figures of a report that was sent beside the records, as text, csv or json."""

import csv
import json
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from binhlu_portal.spreadsheets.sandbox.limits import Unreadable
from binhlu_portal.text.vietnamese import number
from reports.management.commands.figures import decimal
from reports.management.moment_command import AskingCommand
from reports.reconciliation import printed_report
from reports.reconciliation.comparison import compare
from reports.reconciliation.findings import Verdict


class Command(AskingCommand):
    """Print what was found, differences first."""

    help = "Đối chiếu số liệu của một báo cáo đã gửi (mã, giá trị, tỷ lệ) với hồ sơ."

    def add_arguments(self, parser):
        """Add the file and the format to the common options."""
        parser.add_argument("file", nargs="?", type=Path, metavar="TỆP", help="tệp .csv hoặc .xlsx có số đã in")
        super().add_arguments(parser)
        parser.add_argument("--format", choices=["text", "csv", "json"], default="text", help="dạng kết quả")

    def handle(self, **options):
        """Read the file, compare, print."""
        path = options["file"]
        if path is None:
            raise CommandError("Chưa chọn tệp số liệu đã in: thêm tên tệp, ví dụ “reconcile bao-cao.csv”.")
        moment = self.moment(options)
        try:
            lines = printed_report.read(printed_report.file_rows(path.read_bytes(), path.name), moment)
        except OSError as error:
            raise CommandError(f"Không đọc được tệp “{path}”: kiểm tra tên tệp và quyền đọc.") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except printed_report.Faulty as error:
            raise CommandError("\n".join(error.faults)) from error
        getattr(self, f"print_{options['format']}")(compare(lines, until=timezone.localdate()))

    def print_json(self, findings):
        """Print one JSON array."""
        self.stdout.write(json.dumps([plain(finding) for finding in findings], ensure_ascii=False, indent=2))

    def print_csv(self, findings):
        """Print a header line and one line for each finding."""
        rows = [plain(finding) for finding in findings]
        for row in rows:
            row["days"] = " ".join(f"{first}/{last}" for first, last in row["days"])
        writer = csv.DictWriter(self.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

    def print_text(self, findings):
        """Print lines for people: what differs, one by one, then how many agree."""
        equal = sum(finding.verdict == Verdict.EQUAL for finding in findings)
        for finding in findings[: len(findings) - equal]:
            line = finding.printed
            self.stdout.write(
                f"{finding.verdict.label}: {finding.figure.label} ({finding.figure.code}, {line.moment.unit.code}); "
                f"đã in {line.in_words}\n    {finding.sentence}"
            )
        self.stdout.write(f"{number(equal)} trên {number(len(findings))} số khớp với hồ sơ.")


def plain(finding):
    """Return a finding as plain JSON data."""
    line, result, base = finding.printed, finding.result, finding.base
    return {
        "verdict": finding.verdict.value,
        "code": finding.figure.code,
        "unit": line.moment.unit.code,
        "as_of": line.moment.as_of.isoformat(),
        "since": line.moment.since.isoformat(),
        "year": line.moment.year,
        "printed_value": line.value,
        "printed_percent": line.share or None,
        "value": result.value,
        "base": result.base,
        "percent": decimal(result.percent),
        "rounded": decimal(finding.rounded),
        "cut": decimal(finding.cut),
        "other_of": base and base.figure.code,
        "other_base": base and base.value,
        "days": [(first.isoformat(), last.isoformat()) for first, last in finding.days],
        "sentence": finding.sentence,
    }
