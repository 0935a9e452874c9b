"""What all tests of the import stand on."""

import pytest

from binhlu_portal.spreadsheets.jobs import progress


@pytest.fixture(autouse=True)
def progress_of_its_own(tmp_path, monkeypatch):
    """Keep what tests note of progress away from the files of the portal."""
    monkeypatch.setattr(progress, "FOLDER", tmp_path / "importing")
