"""Who may sign in. What a person may do there is a role at a unit: `organizations.models.Role`."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account of one named person; shared accounts would make the history worthless."""

    first_name = last_name = None
    full_name = models.CharField("họ và tên", max_length=120)

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        """Return the name shown on screen and in the history."""
        return self.full_name

    def get_short_name(self):
        """Return the given name, which Vietnamese write last."""
        return self.full_name.split()[-1] if self.full_name else self.username
