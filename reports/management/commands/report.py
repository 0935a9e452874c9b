"""`manage.py report`: the report of a committee at a moment, written to a Word document."""

from pathlib import Path

from django.core.management.base import CommandError

from binhlu_portal.db.actions import Refusal
from binhlu_portal.management.files import write_file
from organizations.choices import LEADING
from organizations.units.actions import period_on
from reports.management.moment_command import AskingCommand
from reports.narrative.content import report
from reports.narrative.document import document, file_name
from reports.narrative.models import ReportTemplate
from reports.narrative.outline import queries
from reports.printed_forms.catalogue import ANNEXES
from reports.reporting_periods.models import USUAL_OUTLINE


class Command(AskingCommand):
    """Write the report."""

    help = "Ghi báo cáo sơ kết ra tệp Word."

    def add_arguments(self, parser):
        """Add the file to the common options."""
        super().add_arguments(parser)
        parser.add_argument(
            "--outline", default=USUAL_OUTLINE, metavar="MÃ", help=f"mã đề cương; mặc định {USUAL_OUTLINE}"
        )
        parser.add_argument(
            "-o", "--output", type=Path, metavar="TỆP", help="tệp .docx cần ghi; mặc định ở thư mục này"
        )

    def handle(self, **options):
        """Write the report with what the committee has written for it, and all annexes named."""
        moment = self.moment(options)
        if options["outline"] not in (known := queries.outlines_of([moment.unit])):
            raise CommandError(f"Không có đề cương “{options['outline']}”: chọn một trong {', '.join(known)}.")
        outline = queries.outline_by(moment.unit, options["outline"])
        place = period_on(moment.unit, moment.as_of)
        if place.kind not in LEADING:
            raise CommandError(f"“{place}” không lập báo cáo này: chọn đảng bộ xã hoặc đảng bộ tỉnh.")
        try:
            content = document(report(moment, outline, tuple(ANNEXES)), ReportTemplate.of(moment, outline))
        except Refusal as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        path = options["output"] or Path(file_name(moment))
        write_file(path, lambda unfinished: unfinished.write_bytes(content))
        self.stdout.write(f"Đã lưu báo cáo vào “{path}”.")
