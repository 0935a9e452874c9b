"""Those who lead the commune, and those approved to lead it, once more by plain loops; and what is unknown of them."""

from tests.reports.naive import facts as of_period
from tests.reports.naive import holds, of_the_list, people
from tests.reports.naive import turns as counted

POSTS = {
    "executive": ("secretary", "deputy_secretary", "committee_member"),
    "secretary": ("secretary",),
    "deputy": ("deputy_secretary",),
}
PLANNED = (
    *("executive_committee", "standing_committee", "council_vice_chair", "government_vice_chair", "unit_leaders"),
)
AGES = {"age.40": (0, 40), "age.41_50": (41, 50), "age.over_50": (51, 999)}
LEVELS = {
    "qualification.college": ("qualification", "college"),
    "qualification.university": ("qualification", "university"),
    "qualification.postgraduate": ("qualification", "master", "doctor", "doctor_of_science"),
    "title.associate_professor": ("academic_title", "associate_professor"),
    "title.professor": ("academic_title", "professor"),
    "theory.elementary": ("theory", "elementary"),
    "theory.intermediate": ("theory", "intermediate"),
    "theory.advanced": ("theory", "advanced", "bachelor"),
}
FIELDS = ("born_on", "qualification", "academic_title", "theory")


def years(person, day):
    """Return the completed years of somebody on a day, None where no birth is known."""
    if person.born_on is None:
        return None
    born = person.born_on.first_day
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def known(world, person, field, day):
    """Return what is known of somebody on a day."""
    if field == "born_on":
        return person.born_on
    return next((getattr(state, field) for state in world.states[person.pk] if holds(state, day)), "")


def tests_of_people():
    """Return for each row a test of (world, person, day)."""
    found = {
        "female": lambda w, p, day: p.gender == "female",
        "ethnic_minority": lambda w, p, day: p.ethnicity not in ("", "kinh", "foreign"),
    }
    for code, (low, high) in AGES.items():
        found[code] = lambda w, p, day, low=low, high=high: (age := years(p, day)) is not None and low <= age <= high
    for code, (field, *values) in LEVELS.items():
        found[code] = lambda w, p, day, field=field, values=values: known(w, p, field, day) in values
    return found


def leads(world, person, posts, day):
    """Whether somebody holds one of `posts` in a commune committee."""
    return any(
        row.post in posts and holds(row, day) and (was := world.was(row.unit_id, day)) and was.kind == "commune"
        for row in world.posts_of[person.pk]
    )


def leaders(posts, test=lambda w, p, day: True):
    """Count members in one of `posts` who pass a test."""
    return people(lambda w, p, m: leads(w, p, posts, m.as_of) and test(w, p, m.as_of))


def planned(test):
    """Count turns of the period that pass a test of (world, row, person)."""
    return counted(of_period("plannings", "approved_on", lambda w, row: test(w, row, w.members[row.member_id])))


def collectives(test):
    """Count the organizations of all levels below the commune whose rating of the year (or None) passes a test."""

    def count(world, moment):
        return sum(
            was.kind not in ("nation", "province", "commune")
            and world.is_beneath(unit, moment.unit.pk, moment.as_of)
            and bool(test(world.unit_ratings.get((unit, moment.year))))
            for unit in list(world.periods)
            if (was := world.was(unit, moment.as_of))
        )

    return of_the_list(count)


def committees_not_told(world, moment):
    """Count the communes of whose committee nobody is written down."""
    day = moment.as_of
    return sum(
        was.kind == "commune"
        and world.is_beneath(unit, moment.unit.pk, day)
        and not any(row.post in POSTS["executive"] and holds(row, day) for row in world.positions[unit])
        for unit in list(world.periods)
        if (was := world.was(unit, day))
    )


NAIVE_OFFICIALS = {
    **{f"officials.{post}": leaders(posts) for post, posts in POSTS.items()},
    **{
        f"officials.{post}.{code}": leaders(posts, test)
        for post, posts in POSTS.items()
        for code, test in tests_of_people().items()
    },
    **{
        f"planning.{post}.{code}": planned(
            lambda w, row, p, post=post, test=test: row.post == post and test(w, p, row.approved_on)
        )
        for post in PLANNED
        for code, test in tests_of_people().items()
        if code != "theory.elementary"
    },
    "ratings.collectives.listed": collectives(lambda row: True),
    "ratings.collectives.rated": collectives(lambda row: row and row.level),
    "ratings.collectives.not_rated": collectives(lambda row: not (row and row.level)),
    "ratings.collectives.founded": collectives(lambda row: row and row.not_rated == "new"),
}
UNKNOWN_OF_OFFICIALS = {
    "committee": committees_not_told,
    **{
        f"official_{field}": leaders(POSTS["executive"], lambda w, p, day, field=field: not known(w, p, field, day))
        for field in FIELDS
    },
    **{
        f"planned_{field}": planned(lambda w, row, p, field=field: not known(w, p, field, row.approved_on))
        for field in FIELDS
    },
}
