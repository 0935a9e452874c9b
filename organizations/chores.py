"""Chores: the logs that are kept for a while only lose what is older."""

from functools import partial

from binhlu_portal.audit.retention import RETENTIONS
from binhlu_portal.chores import CHORES

from .choices import KEPT_FOR
from .retention.actions import dispose_of

for kept, norm in KEPT_FOR.items():
    for retention in RETENTIONS:
        if retention.code == norm:
            CHORES.add(kept, partial(dispose_of, what=kept, retention=retention))
