"""The pages are tried with people who sign in through the page."""

from tests.binhlu_portal.accounts.conftest import sign_in  # noqa: F401 - a fixture
