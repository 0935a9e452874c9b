"""The assessments app."""

from binhlu_portal import guards


class AssessmentsConfig(guards.GuardedAppConfig):
    """Ratings, meetings, inspection and supervision."""

    name = "assessments"
    verbose_name = "Đánh giá, sinh hoạt, kiểm tra"
