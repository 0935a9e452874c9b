"""Posts held: heads of agencies who are secretaries, heads of villages and fronts who are members."""

from functools import reduce
from operator import or_

from django.db.models import F, Q

from members.choices import Post
from members.positions.queries import vacant
from organizations.choices import Sector
from reports.figures.populations import RECORDS, UNITS
from reports.figures.registry import Figure, add

SECTION = "III.1.4"
VILLAGES = Q(sector=Sector.VILLAGE)
AGENCIES = ~VILLAGES


def held(post):
    """Return the condition that somebody, member or not, holds `post` in the unit."""
    return Q(**{f"{post}__isnull": False})


def held_by_member(post):
    """Return the condition that a member (on the as-of day) holds `post` in the unit."""
    return Q(**{f"{post}_spell__isnull": False})


def secretary_also(*posts):
    """Return the condition that the secretary of the unit holds one of `posts` there as well."""
    return reduce(or_, (Q(secretary__member=F(f"{post}__member")) for post in posts))


def agency(code, label, where, rests_on="unrecorded.agency_heads", of="posts.agency_heads.units"):
    """Return a figure over the units of agencies: all directly beneath the commune committee but village cells."""
    return Figure(f"posts.agency_heads.{code}", label, SECTION, UNITS, where, of=of, places=2, rests_on=(rests_on,))


def village(code, label, where, rests_on, of="posts.villages.units", **more):
    """Return a figure over the village cells."""
    register = f"unrecorded.{rests_on}" if rests_on else RECORDS
    return Figure(f"posts.villages.{code}", label, SECTION, UNITS, where, of=of, places=2, rests_on=(register,), **more)


add(
    agency("units", "Cơ quan, đơn vị có chi bộ, đảng bộ", AGENCIES, RECORDS, of=""),
    agency(
        "secretary",
        "Thủ trưởng đồng thời là bí thư",
        AGENCIES & secretary_also(Post.AGENCY_HEAD),
    ),
    agency(
        "vacant",
        "Cơ quan, đơn vị khuyết bí thư",
        lambda moment: AGENCIES & vacant(Post.SECRETARY, moment),
        "unrecorded.secretaries",
    ),
    agency(
        "other_secretary",
        "Cơ quan, đơn vị có người khác làm bí thư",
        (
            AGENCIES
            & held(Post.SECRETARY)
            & held(Post.AGENCY_HEAD)
            & (Q(agency_head__member__isnull=True) | ~secretary_also(Post.AGENCY_HEAD))
        ),
    ),
    agency(
        "other_reason",
        "Cơ quan, đơn vị có bí thư nhưng khuyết thủ trưởng",
        lambda moment: AGENCIES & held(Post.SECRETARY) & vacant(Post.AGENCY_HEAD, moment),
    ),
    village("units", "Bản", VILLAGES, "", of=""),
    village(
        "both_heads_members",
        "Bản có trưởng bản, trưởng ban công tác Mặt trận là đảng viên",
        VILLAGES & held_by_member(Post.VILLAGE_HEAD) & held_by_member(Post.FRONT_HEAD),
        "both_heads",
        reading="Cả trưởng bản và trưởng ban công tác Mặt trận đều là đảng viên vào ngày số liệu.",
    ),
    village(
        "secretary_concurrent",
        "Bí thư chi bộ bản đồng thời là trưởng bản hoặc trưởng ban công tác Mặt trận",
        VILLAGES & secretary_also(Post.VILLAGE_HEAD, Post.FRONT_HEAD),
        "village_secretaries",
    ),
    village(
        "secretary_village_head",
        "Bí thư chi bộ bản đồng thời là trưởng bản",
        VILLAGES & secretary_also(Post.VILLAGE_HEAD),
        "secretary_village_heads",
    ),
    village(
        "secretary_front_head",
        "Bí thư chi bộ bản đồng thời là trưởng ban công tác Mặt trận",
        VILLAGES & secretary_also(Post.FRONT_HEAD),
        "secretary_front_heads",
    ),
    village("heads", "Bản có trưởng bản", VILLAGES & held(Post.VILLAGE_HEAD), "village_heads"),
    village(
        "head_members",
        "Trưởng bản là đảng viên",
        VILLAGES & held_by_member(Post.VILLAGE_HEAD),
        "village_heads",
        of="posts.villages.heads",
    ),
    village(
        "front_heads",
        "Bản có trưởng ban công tác Mặt trận",
        VILLAGES & held(Post.FRONT_HEAD),
        "front_heads",
    ),
    village(
        "front_head_members",
        "Trưởng ban công tác Mặt trận là đảng viên",
        VILLAGES & held_by_member(Post.FRONT_HEAD),
        "front_heads",
        of="posts.villages.front_heads",
    ),
)
