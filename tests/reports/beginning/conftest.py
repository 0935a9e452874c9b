"""What the first day needs: the address with the word, a form filled in, and files that stay with the tests."""

import pytest
from django.urls import reverse

from binhlu_portal.accounts import start_word

GOOD = "nồi niêu xoong chảo"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Keep the word, the accounts and backups in a folder of the test."""
    settings.DATA_DIR, settings.DEMO_ACCOUNTS, settings.BACKUPS = tmp_path, tmp_path / "accounts", tmp_path / "backups"
    return tmp_path


@pytest.fixture
def page(files):
    """The address of the page with the word in it."""
    return f"{reverse('begin')}?tu={start_word.start_word()}"


@pytest.fixture
def filled():
    """What somebody fills in."""
    return {
        "name": "Đảng bộ xã Mường Mẫu",
        "root": "xa",
        "code": "",
        "day": "01/07/2025",
        "full_name": "Lò Thị Mẫu",
        "username": "lothimau",
        "password": GOOD,
        "again": GOOD,
    }
