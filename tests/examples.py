"""How many examples a property is shown: few and always the same ones in a usual run, many and new ones in a long one.

`pytest --hypothesis-profile=long` asks for the long run.
"""

from hypothesis import settings

USUAL, LONG = 50, 500

settings.register_profile("usual", deadline=None, max_examples=USUAL, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=LONG)


def examples(number):
    """Return how many examples to try of what takes long: `number` in a usual run, more in a long one."""
    return number * settings.default.max_examples // USUAL
