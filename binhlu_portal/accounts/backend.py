"""Authentication backend: the account behind a session, with what the head of every page says of its portal."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Subquery

from organizations.tree_queries import top_committee

from .models import User


class AccountBackend(ModelBackend):
    """Backend of accounts by password; with an account comes `committee`, so that no page asks for it again."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account of a session, unless it was closed."""
        user = User.objects.annotate(committee=Subquery(top_committee())).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
