"""Accounts have no rules beyond the constraints of their table; their history is kept like that of all records."""

GUARDS = []
