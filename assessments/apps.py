"""The assessments app."""

from binhlu_portal.db import triggers


class AssessmentsConfig(triggers.GuardedAppConfig):
    """Ratings, meetings, inspection and supervision."""

    name = "assessments"
    verbose_name = "Đánh giá, sinh hoạt, kiểm tra"
