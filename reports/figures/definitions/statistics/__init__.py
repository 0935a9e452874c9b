"""The figures that only the forms of the Party's basic statistics show (11-HD/BTCTW, 13/12/2021), one module a subject.

Their groups overlap and are asked for by the hundred, so they stand apart from the figures of the report.
"""

from . import activities, admissions, ethnicity, members, officials, ratings  # noqa: F401  each enters its figures
