"""Attack a portal that this starts itself on this machine: `python -m attack --help`; the status is 1 where it leaks.

Everything lies in a folder of its own: records, key, logs. Each part has a copy of the world and so many seconds.
"""

import argparse
import os
import sys
import tempfile

import django

PARTS = {
    "matrix": 60,
    "ids": 30,
    "entrance": 30,
    "phones": 20,
    "endings": 15,
    "forgery": 30,
    "values": 30,
    "texts": 25,
    "files": 30,
}
"""What is tried, and for how many seconds at most."""


def arguments():
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m attack", description=__doc__.splitlines()[0])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=[*PARTS], help="what is tried")
    parser.add_argument("--slower", type=float, default=1, help="so many times the seconds, on a slow machine")
    return parser.parse_args()


def main():
    """Make the world, try every part on a copy of it, and say what was sent and found."""
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="binhlu-attack-") as folder:
        os.environ |= {
            "ATTACK_FOLDER": folder,
            "DATABASE_URL": f"sqlite:///{folder}/world.sqlite3",
            "DJANGO_SETTINGS_MODULE": "attack.settings",
            "PORTAL_HOSTS": "portal.example",
        }
        django.setup()
        from . import parts  # models can be imported from now on

        run = parts.try_all(folder, {name: PARTS[name] * options.slower for name in options.parts})
    for line in run.lines():
        print(line)
    return 1 if run.found else 0


if __name__ == "__main__":
    sys.exit(main())
