"""Actions of an account about itself: another password, and signing out everywhere else."""

from binhlu_portal.db.actions import action

from .models import User
from .proofs import check_fresh


@action
def choose_password(*, user: User, password: str) -> None:
    """Change the password of `user` to one of its own.

    A start code is used up, and every session has to sign in again.
    """
    user.set_password(password)
    user.start_code_expires_at = None
    user.save(update_fields=["password", "start_code_expires_at"])
    user.sessions.all().delete()
    user.forget_browsers()


@action
def sign_out_elsewhere(*, user: User, here: str) -> None:
    """Sign out `user` everywhere but in the session whose row has the key `here`, after a fresh sign-in."""
    check_fresh(user)
    user.sessions.exclude(pk=here).delete()


@action
def sign_out_there(*, user: User, there: str, here: str) -> None:
    """Sign out `user` in the session whose row has the key `there`, if it is another than `here`; as above."""
    check_fresh(user)
    user.sessions.filter(pk=there).exclude(pk=here).delete()
