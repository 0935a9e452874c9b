"""The process that measures on one database, that of DATABASE_URL: `python -m bench.one 900 34000`."""

import sys

import django


def main(sizes):
    """Measure on a scratch database for each number of members."""
    django.setup()
    from .run import measure, scratch_database  # models can be imported from now on

    for members in sizes:
        with scratch_database() as name:
            print(f"\n{name}, {members:,} members", flush=True)
            measure(members, say=lambda line: print(line, flush=True))


if __name__ == "__main__":
    main(map(int, sys.argv[1:]))
