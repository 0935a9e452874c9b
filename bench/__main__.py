"""Compare the portal with doing the same otherwise: `python -m bench --help`.

Figures are compared with the same counts written by hand, pages with a plain page of 25 rows, closing a period with
counting only, imports with django-import-export, exports with XlsxWriter, reading with openpyxl; of signing in all at
once it is told how long people wait, and of some questions how their times grow with the number of members. Each
database is measured by a process of its own, which finds it by its DATABASE_URL.
"""

import argparse
import os
import subprocess
import sys
import tempfile

PARTS = {
    "figures": (900, 34_000, 500_000),
    "growth": (900, 34_000),
    "pages": (900, 34_000),
    "imports": (900,),
    "closing": (1_060, 38_300),
    "sign-in": (54,),
    "exports": (34_000,),
    "reading": (900, 5_000),
}
"""What is measured, and for how many members: a commune alone, a province like Lai Châu, and more than the largest has.

Of signing in it is how many people come at once: the secretaries of a commune.
Making a nation takes most of an hour: `--parts growth --databases postgresql --members 5600000`.
openpyxl takes minutes for a province, django-import-export most of an hour: `--parts imports --members 34000`.
"""

WITHOUT_DATABASE = ("exports", "reading")
"""Parts that are measured once, whatever the databases."""

DATABASES = ("sqlite", "postgresql")


def arguments():
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=[*PARTS], help="what is measured")
    parser.add_argument("--members", type=int, nargs="+", help="how many members, instead of the usual numbers")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    return parser.parse_args()


def measure(url, parts, members):
    """Measure on the database at `url`, each part in a process of its own; return the worst exit status."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "binhlu_portal.settings"}
    orders = [[sys.executable, "-m", "bench.single", part, *map(str, members or PARTS[part])] for part in parts]
    return max((subprocess.run(order, env=environment).returncode for order in orders), default=0)


def main():
    """Measure on every database there is and say which one was left out."""
    options, server, statuses = arguments(), os.environ.get("DATABASE_URL", ""), [0]
    on_database = [part for part in options.parts if part not in WITHOUT_DATABASE]
    without = [part for part in options.parts if part in WITHOUT_DATABASE]
    with tempfile.TemporaryDirectory(prefix="binhlu-bench-") as folder:
        here = on_database if "sqlite" in options.databases else []
        statuses.append(measure(f"sqlite:///{folder}/unused.sqlite3", here + without, options.members))
    if "postgresql" in options.databases and on_database:
        if server.startswith(("postgres://", "postgresql://")):
            statuses.append(measure(server, on_database, options.members))
        else:
            print("NOT MEASURED: PostgreSQL, because DATABASE_URL names no PostgreSQL server.", file=sys.stderr)
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
