"""Settings of the portal that is attacked: a server on a network, which keeps everything in a folder of its own."""

import os
from pathlib import Path

from binhlu_portal.settings import *  # noqa: F403 - all others are those of a server

DATA_DIR = Path(os.environ["ATTACK_FOLDER"])
SECRET_KEY = "known to nobody but this run " * 3
DEMO_ACCOUNTS, BACKUPS, STATIC_ROOT = DATA_DIR / "demo-accounts", DATA_DIR / "backups", DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# What is attacked is who may try how often, and not how long a hash takes.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
