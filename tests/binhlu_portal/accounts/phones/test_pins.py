"""Which PINs are taken, and what is kept of one."""

import pytest

from binhlu_portal.accounts.phones import pins


@pytest.mark.parametrize(
    "pin", ["000000", "123456", "654321", "123123", "121212", "112233", "150387", "031299", "199003", "987650"]
)
def test_what_is_tried_first_is_guessable(pin):
    assert pins.is_guessable(pin)


@pytest.mark.parametrize("pin", ["482917", "739164", "905826"])
def test_others_are_taken(pin):
    assert not pins.is_guessable(pin)


def test_the_same_pin_is_kept_differently_on_each_phone():
    one, other = pins.new_secret(), pins.new_secret()
    assert len(one) == 43  # 256 bits
    assert pins.hashed("482917", one) == pins.hashed("482917", one)
    assert len({pins.hashed("482917", one), pins.hashed("482917", other), pins.hashed("482918", one)}) == 3
