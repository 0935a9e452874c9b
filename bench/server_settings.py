"""Settings of the portal that is measured as it is served: those of a machine, with a folder of its own."""

import os
from pathlib import Path

from binhlu_portal.settings import *  # noqa: F403 - all others are those of a server

DATA_DIR = Path(os.environ["BENCH_FOLDER"])
SECRET_KEY = "known to nobody but this run " * 3
DEMO_ACCOUNTS, BACKUPS, STATIC_ROOT = DATA_DIR / "demo-accounts", DATA_DIR / "backups", DATA_DIR / "static"
