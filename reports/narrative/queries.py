"""Report texts: what committees write in the report, blanks and judgements, kept for each period and carried on.

They belong to reports by one outline: a report on another resolution says nothing of them.
"""

from django.db.models import OuterRef, Subquery

from binhlu_portal.moment.moment import Moment
from reports.narrative.models import ReportText

from .outline.parts import Outline

LONGEST = 20_000
"""Letters of one text."""


def texts_of(moment: Moment, outline: Outline) -> dict[str, ReportText]:
    """Report texts written last for the committee of `moment` by `outline`, not after its as-of day: {section: text}.

    Each knows whether it was `carried` over from an earlier period; what belongs to one report alone is not.
    """
    seen = ReportText.objects.visible_to(moment.user).filter(
        period__unit=moment.unit, period__as_of__lte=moment.as_of, outline=outline.code
    )
    latest = seen.filter(section=OuterRef("section")).order_by("-period__as_of", "-period")
    found = {}
    for text in seen.filter(pk=Subquery(latest.values("pk")[:1])).select_related("period"):
        text.carried = text.period.as_of < moment.as_of
        part = outline.written.get(text.section)
        if part and (part.carries or not text.carried):
            found[text.section] = text
    return found
