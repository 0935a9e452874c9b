"""`manage.py annex`: one annex of a unit at a moment, written to an Excel file."""

from pathlib import Path

from django.core.management.base import CommandError

from binhlu_portal.management.files import write_file
from binhlu_portal.sheets import xlsx
from reports.management.moment_command import AskingCommand
from reports.printed_forms.catalogue import FORMS


class Command(AskingCommand):
    """Write an annex."""

    help = "Ghi một biểu phụ lục ra tệp Excel."

    def add_arguments(self, parser):
        """Add the annex and the file to the common options; both are asked for in Vietnamese when missing."""
        parser.add_argument("annex", nargs="?", metavar="BIỂU", help=f"một trong: {', '.join(FORMS)}")
        super().add_arguments(parser)
        parser.add_argument("-o", "--output", type=Path, metavar="TỆP", help="tệp .xlsx cần ghi")

    def handle(self, **options):
        """Write the annex asked for."""
        annex, path = options["annex"], options["output"]
        if annex not in FORMS:
            asked = "Chưa chọn biểu nào" if annex is None else f"Không có biểu “{annex}”"
            raise CommandError(f"{asked}: chọn một trong các biểu {', '.join(FORMS)}.")
        if path is None:
            raise CommandError(f"Chưa chọn tệp cần ghi: thêm “-o bieu-{annex.lower()}.xlsx”.")
        sheets = FORMS[annex](self.moment(options))
        write_file(path, lambda unfinished: xlsx.write(sheets, unfinished))
        self.stdout.write(f"Đã lưu Biểu {annex} vào “{path}”.")
