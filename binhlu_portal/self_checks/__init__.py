"""Self-check: what the portal needs to be whole, looked at when it starts, every night and on a page of its keepers."""

from . import checks, isolation  # noqa: F401 - they declare those of the shell
