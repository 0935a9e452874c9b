"""Template filters for Vietnamese numbers, percentages and dates."""

from django import template
from django.conf import settings

from binhlu_portal import search_boxes
from binhlu_portal.text import vietnamese

register = template.Library()
register.filter("number", vietnamese.number)
register.filter("day", vietnamese.day)
register.simple_tag(search_boxes.unit_chooser, name="unit_chooser")


@register.simple_tag
def usual_name():
    """Return what the portal is called where no committee is known; tags of the database are in `navigation`."""
    return settings.PORTAL_NAME


@register.simple_tag
def whom_to_call():
    """Return whom a reader calls who cannot go on alone."""
    return settings.PORTAL_OFFICE


@register.filter
def cite(text, moment):
    """Return `text` with the regulations and values that it marks, as they are in force on the day of the moment."""
    return moment.in_force.cite(text)
