"""Start word: what opens the one page of an empty portal, so that whoever comes by first does not become administrator.

It lies in a private file beside the data. `manage.py serve` prints it; where another program serves, whoever keeps the
machine reads the file. It is random, good for one beginning, and long enough that nobody guesses it (57 bits).
"""

import secrets
from pathlib import Path

from django.conf import settings

from binhlu_portal.environment import made_once, of_database
from organizations.tree_queries import has_no_units

from .models import User
from .start_codes import new_code, normalize

PAGE = "begin"
"""The name of the page that it opens."""


def is_empty() -> bool:
    """Whether nobody has begun: there is neither a unit nor an account."""
    return has_no_units() and not User.objects.exists()


def start_word_path() -> Path:
    """Return the file with the word of this database."""
    usual = settings.DATA_DIR / "portal.sqlite3"
    return of_database(settings.DATA_DIR / "start-word", settings.DATABASES["default"], usual)


def start_word() -> str:
    """Return the word, made when it is first asked for."""
    return made_once(start_word_path(), new_code())


def is_start_word(typed: str) -> bool:
    """Tell whether it is the word that was typed, in capitals or not, with dashes or without."""
    return secrets.compare_digest(normalize(typed).encode(), normalize(start_word()).encode())


def use_up() -> None:
    """Forget the word: the next beginning has another one."""
    start_word_path().unlink(missing_ok=True)
