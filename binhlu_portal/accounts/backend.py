"""Authentication backend: the account behind a session, with what the head of every page says of its portal."""

from functools import cache

from django.contrib.auth.backends import ModelBackend
from django.db.models import Subquery

from binhlu_portal.db.statements import Parameter, PreparedRecords
from organizations.tree_queries import holds_sample, top_committee

from .models import User


class AccountBackend(ModelBackend):
    """Backend of accounts by password.

    With an account come `committee` and `in_sample`, so that no page asks again for what its head says.
    """

    def get_user(self, user_id: int) -> User | None:
        """Return the account of a session, unless it was closed."""
        user = _accounts().first(user_id)
        return user if user and self.user_can_authenticate(user) else None


@cache
def _accounts():
    """Return the statement that reads the account of an id."""
    portal = {"committee": Subquery(top_committee()), "in_sample": holds_sample()}
    return PreparedRecords(User.objects.annotate(**portal).filter(pk=Parameter(lambda user_id: user_id)))
