"""Forms 2B- and 4-BTCTW: new members and members by people and religion, and the women among them."""

from django.db.models import Q

from members.choices import Gender
from members.ethnicity import ETHNICITIES, RELIGION_GROUPS, Religion, religion_group
from reports.figures.definitions.admissions import READING
from reports.figures.populations import ADMISSIONS, MEMBERS, RECORDS
from reports.figures.registry import STATISTICS, Figure, add

GROUPS = {
    **{f"people.{people.code}": (people.label, Q(member__ethnicity=people.code)) for people in ETHNICITIES},
    "religious": ("Theo tôn giáo", ~Q(member__religion__in=["", Religion.NONE])),
    **{
        f"religion.{group}": (
            group.label,
            Q(member__religion__in=[religion for religion in Religion if religion_group(religion) == group]),
        )
        for group in RELIGION_GROUPS
    },
}
"""The rows of both forms by the end of their codes: name and condition."""


def grouped(prefix, name, form, population, of_people, of_religion, reading=""):
    """Return the figures of all groups of a population and of the women among each of them.

    Peoples rest on the registers `of_people`, religions on those `of_religion`.
    """
    for code, (label, where) in GROUPS.items():
        rests_on = of_religion if code.startswith("religi") else of_people
        whole, women = f"{prefix}.{code}", f"{prefix}.{code}.female"
        if code != "religious":
            yield Figure(
                whole,
                f"{name}: {label}",
                form,
                population,
                where,
                of=f"{prefix}.total",
                reading=reading,
                rests_on=rests_on,
            )
        of_women = where & Q(member__gender=Gender.FEMALE)
        yield Figure(
            women,
            f"{name}: {label}, nữ",
            form,
            population,
            of_women,
            of=whole,
            reading=reading,
            rests_on=rests_on,
        )


add(
    *grouped(
        "admissions",
        "Kết nạp",
        "Biểu số 2B-BTCTW",
        ADMISSIONS,
        ADMISSIONS.rests_on,
        (*ADMISSIONS.rests_on, "unrecorded.admitted_religion"),
        READING,
    ),
    *grouped("members", "Đảng viên", "Biểu số 4-BTCTW", MEMBERS, (RECORDS,), ("unrecorded.religion",)),
    to=STATISTICS,
)
