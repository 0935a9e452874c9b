"""Password hashing: Argon2id, as costly as two cores bear when all secretaries of a commune sign in at once.

OWASP (Password Storage Cheat Sheet) wants no less of Argon2id than 19 MiB of memory, two passes and one lane; here it
is one pass more. PBKDF2 with Django's million rounds keeps a core busy for half a second: fifty-four people within ten
seconds then wait for one another, and what it costs an attacker with graphic cards is less. Whoever still has such a
hash signs in by it once, and is hashed anew; of several at once only the first, since of 54 on two cores each second
of the processor is needed to read what was hashed before.
"""

from threading import Lock

from django.contrib.auth.hashers import Argon2PasswordHasher

READING = Lock()
"""Held by the thread of this process that reads a password and may hash it anew; the others only read."""


class PacedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with the memory that eight threads may take at once (150 MB) on the smallest machine."""

    time_cost, memory_cost, parallelism = 3, 19 * 1024, 1
