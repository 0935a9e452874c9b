"""The definitions of all figures, one module a subject."""

from . import admissions, annexes, inspection, members, posts, ratings, statistics  # noqa: F401, I001  in the order in
from . import facts, handbook_and_residence, registers  # noqa: F401  on which they rest
from . import organizations, targets, activities  # noqa: F401  which figures are listed
