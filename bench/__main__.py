"""Compare the time of all figures with that of the same counts written by hand: `python -m bench --help`.

Each database is measured by a process of its own, which finds it by its DATABASE_URL.
"""

import argparse
import os
import subprocess
import sys
import tempfile

MEMBERS = (900, 34_000, 500_000)
"""A commune alone, a province like Lai Châu, and more than the largest province has."""

DATABASES = ("sqlite", "postgresql")


def arguments():
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, nargs="+", default=MEMBERS, help="sizes of the synthetic province")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    return parser.parse_args()


def measure(url, members):
    """Measure on the database at `url` in a process of its own; return its exit status."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "binhlu_portal.settings"}
    return subprocess.run([sys.executable, "-m", "bench.one", *map(str, members)], env=environment).returncode


def main():
    """Measure on every database there is and say which one was left out."""
    options, server, statuses = arguments(), os.environ.get("DATABASE_URL", ""), [0]
    if "sqlite" in options.databases:
        with tempfile.TemporaryDirectory(prefix="binhlu-bench-") as folder:
            statuses.append(measure(f"sqlite:///{folder}/unused.sqlite3", options.members))
    if "postgresql" in options.databases:
        if server.startswith(("postgres://", "postgresql://")):
            statuses.append(measure(server, options.members))
        else:
            print("NOT MEASURED: PostgreSQL, because DATABASE_URL names no PostgreSQL server.", file=sys.stderr)
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
