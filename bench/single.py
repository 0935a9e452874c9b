"""The process that measures on one database, that of DATABASE_URL: `python -m bench.single figures 900 34000`."""

import json
import sys
import tempfile
from pathlib import Path

import django


def figures(*sizes):
    """Measure the figures on a scratch database for each number of members."""
    from .run import measure, scratch_database  # models can be imported from now on

    for members in map(int, sizes):
        with scratch_database() as name:
            say(f"\n{name}, {members:,} members")
            measure(members, say=say)


def imports(*sizes):
    """Measure bringing in files with so many members."""
    from .imports import measure

    for members in map(int, sizes):
        with tempfile.TemporaryDirectory(prefix="binhlu-bench-") as folder:
            measure(folder, members, say)


def one_import(way, members, folder):
    """Bring files in one way, on a scratch database; print the seconds and the peak of memory."""
    from .files import paths
    from .imports import work
    from .run import scratch_database

    with scratch_database():
        say(json.dumps(work(way, int(members), *paths(Path(folder)))))


def exports(*sizes):
    """Measure writing lists of so many rows into files."""
    from .exports import measure

    for rows in map(int, sizes):
        measure(rows, say)


def reading(*sizes):
    """Measure reading workbooks with so many members."""
    from .file_readers import measure

    for members in map(int, sizes):
        with tempfile.TemporaryDirectory(prefix="binhlu-bench-") as folder:
            measure(Path(folder), members, say)


def pages(*sizes):
    """Measure pages on a scratch database for each number of members."""
    from .pages import measure
    from .run import scratch_database

    for members in map(int, sizes):
        with scratch_database() as name:
            say(f"\n{name}, {members:,} members")
            measure(members, say)


def sign_in(*sizes):
    """Measure so many people who sign in at once, on a scratch database."""
    from .run import scratch_database
    from .sign_in import measure

    for people in map(int, sizes):
        with scratch_database() as name, tempfile.TemporaryDirectory(prefix="binhlu-bench-") as folder:
            say(f"\n{name}, {people} people")
            measure(people, Path(folder), say)


def closing(*sizes):
    """Measure closing a reporting period on a scratch database for each number of members."""
    from .closing import measure
    from .run import scratch_database

    for members in map(int, sizes):
        with scratch_database() as name:
            say(f"\n{name}")
            measure(members, say)


def growth(*sizes):
    """Ask the same questions on a scratch database for each number of members, and say how their times grow."""
    from .growth import ask, table
    from .nation import load
    from .run import COMMUNE, scratch_database

    found = {}
    for members in map(int, sizes):
        with scratch_database() as name:
            say(f"\n{name}, {members:,} members")
            found[members] = ask(*load(members, COMMUNE, say), say)
    table(found, say)


PARTS = {
    "growth": growth,
    "figures": figures,
    "pages": pages,
    "closing": closing,
    "sign-in": sign_in,
    "imports": imports,
    "import": one_import,
    "exports": exports,
    "reading": reading,
}


def say(line):
    """Print a line at once."""
    print(line, flush=True)


def main(part, *more):
    """Measure one part."""
    django.setup()
    PARTS[part](*more)


if __name__ == "__main__":
    main(*sys.argv[1:])
