"""How tests fill in a wizard: once to see its effect, once to write it."""

from uuid import uuid4

from django.urls import reverse


def preview(client, unit, action, **data):
    """Send the wizard `action` of the unit with the code `unit` as far as the page that shows its effect."""
    sent = {"token": str(uuid4()), "day": "15/01/2026"} | data
    return client.post(reverse("unit-form", args=[unit, action]), sent)


def write(client, unit, action, **data):
    """Send the wizard and consent to its effect."""
    return preview(client, unit, action, xac_nhan="1", **data)


def text(response):
    """Return the page as text."""
    return response.content.decode()
