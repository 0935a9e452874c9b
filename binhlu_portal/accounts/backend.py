"""Authentication backend: the account behind a session, with what the head of every page says of its portal."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Subquery

from organizations.tree_queries import holds_sample, top_committee

from .models import User


class AccountBackend(ModelBackend):
    """Backend of accounts by password.

    With an account come `committee` and `in_sample`, so that no page asks again for what its head says.
    """

    def get_user(self, user_id: int) -> User | None:
        """Return the account of a session, unless it was closed."""
        portal = {"committee": Subquery(top_committee()), "in_sample": holds_sample()}
        user = User.objects.annotate(**portal).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
