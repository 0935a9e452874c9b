"""The rows that forms 2- and 3-BTCTW share: people by work, age, general education and profession."""

from reports.figures.definitions.statistics.shared_rows import AGES, EDUCATIONS, OCCUPATIONS, QUALIFICATIONS, TITLES

from .year_on_year import YearOnYearLine, heading

ENTERPRISE = {"enterprise_manager": "a", "enterprise_staff": "b", "enterprise_worker": "c"}


def occupations(prefix, level):
    """Return the rows of work of the figures that begin with `prefix`."""
    number, parts = 0, tuple(f"{prefix}.occupation.{code}" for code in ENTERPRISE)
    for code, (label, _) in OCCUPATIONS.items():
        if code in ENTERPRISE:
            if ENTERPRISE[code] == "a":
                number += 1
                yield YearOnYearLine(
                    f"{prefix}.enterprises", f"({number}) Làm việc trong doanh nghiệp", level, plus=parts
                )
            yield YearOnYearLine(f"{prefix}.occupation.{code}", f"{ENTERPRISE[code]}) {label}", level + 1)
        else:
            number += 1
            yield YearOnYearLine(f"{prefix}.occupation.{code}", f"({number}) {label}", level)


def ages(prefix, average):
    """Return the rows of age, and that of the `average`."""
    return (*_named(f"{prefix}.age", AGES), YearOnYearLine(average.code, "Tuổi bình quân", 2))


def educations(prefix):
    """Return the rows of general education."""
    return _named(f"{prefix}.education", EDUCATIONS)


def qualifications(prefix):
    """Return the rows of professional level."""
    return _named(f"{prefix}.qualification", QUALIFICATIONS)


def titles(prefix):
    """Return the rows of academic titles."""
    return (YearOnYearLine(f"{prefix}.title.{code}", label, 2) for code, label in TITLES.items())


def under(name, rows):
    """Return the heading `name` and its `rows`."""
    return (heading(name, level=1), *rows)


def _named(prefix, groups):
    return (YearOnYearLine(f"{prefix}.{code}", label, 2) for code, (label, *_) in groups.items())
