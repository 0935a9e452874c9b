"""The options that every command about figures shares, and how its refusals reach a person."""

import argparse
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from binhlu_portal.db.actions import _first_line
from binhlu_portal.moment.moment import Moment
from organizations.scope import SYSTEM
from organizations.tree_queries import find_unit, top_periods

IN_VIETNAMESE = {
    "the following arguments are required": "còn thiếu",
    "unrecognized arguments": "không có tùy chọn",
    "ambiguous option": "tùy chọn chưa rõ",
    "expected one argument": "cần một giá trị",
    "invalid choice": "không có lựa chọn",
    "choose from": "chọn một trong",
    "invalid int value": "không phải là số nguyên",
    "argument ": "tùy chọn ",
}
"""What Python's argument parser says, and how it is said here."""


class AskingCommand(BaseCommand):
    """A command about the figures of a unit as of a day; one `of_ended` units too answers for those that have ended."""

    of_ended = False

    def create_parser(self, prog_name, subcommand, **kwargs):
        """Return a parser that says in Vietnamese what is wrong with a command line."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        refuse = parser.error

        def error(message):
            for english, vietnamese in IN_VIETNAMESE.items():
                message = message.replace(english, vietnamese)
            if not parser.called_from_command_line:
                refuse(message)
            parser.exit(2, f"Dòng lệnh chưa đúng: {message}.\nXem cách dùng: {parser.prog} --help\n")

        parser.error = error
        return parser

    def execute(self, *args, **options):
        """Run the command; a database that cannot answer is a refusal, not a traceback."""
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            raise CommandError(f"Cơ sở dữ liệu chưa sẵn sàng (chạy “make setup”): {_first_line(error)}.") from error

    def add_arguments(self, parser):
        """Add unit, days and year."""
        parser.add_argument("--unit", metavar="MÃ", help="mã tổ chức đảng; mặc định là tổ chức đứng đầu")
        parser.add_argument("--as-of", type=day, metavar="NGÀY", help="ngày số liệu; mặc định hôm nay")
        parser.add_argument("--since", type=day, metavar="NGÀY", help="từ ngày; mặc định 01/01 của năm số liệu")
        parser.add_argument("--year", type=int, metavar="NĂM", help="năm xếp loại; mặc định năm trước năm số liệu")

    def moment(self, options):
        """Return the moment the options ask for; what cannot be asked for is refused."""
        unit = self.unit(options["unit"])
        asked = {name: options[name] for name in ("as_of", "since", "year")}
        try:
            moment = Moment.of(unit, SYSTEM, today=timezone.localdate(), **asked)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if not (moment.stands or self.of_ended):
            raise CommandError(moment.not_there)
        return moment

    def unit(self, code):
        """Return the unit with `code`, or the root of the tree."""
        if code is not None:
            unit = find_unit(code, SYSTEM)
            if unit is None:
                raise CommandError(f"Không có tổ chức đảng nào có mã “{code}”.")
            return unit
        root = top_periods().select_related("unit").first()
        if root is None:
            raise CommandError(
                "Cơ sở dữ liệu chưa có tổ chức đảng nào: chạy “make run”, mở trang mà lệnh ấy in ra để bắt đầu."
            )
        return root.unit


def day(text):
    """Return the date in `text`, written 2026-03-01 or 01/03/2026."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"“{text}” không phải là ngày (viết 2026-03-01 hoặc 01/03/2026)")
