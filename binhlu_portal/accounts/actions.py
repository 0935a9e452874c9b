"""Verbs of an account about itself: another password, and signing out everywhere else."""

from binhlu_portal.db.actions import action


@action
def choose_password(*, user, password):
    """Give `user` a password of its own; a start code is used up by it, and every session has to sign in again."""
    user.set_password(password)
    user.start_code_expires_at = None
    user.save(update_fields=["password", "start_code_expires_at"])
    user.sessions.all().delete()


@action
def sign_out_elsewhere(*, user, session_key):
    """End every session of `user` but the one with `session_key`."""
    user.sessions.exclude(pk=session_key).delete()
