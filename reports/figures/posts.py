"""Who holds which posts: heads of agencies who are secretaries, heads of villages and fronts who are members."""

from django.db.models import Exists, F, OuterRef, Q

from binhlu_portal.periods import covers
from members.codes import Post
from members.models import Position
from organizations.codes import Sector

from ..populations import UNITS
from ..registry import Figure, add

SECTION = "III.1.4"
VILLAGES = Q(sector=Sector.VILLAGE)
AGENCIES = ~VILLAGES


def holders(moment, post):
    """Return who holds `post` in the unit of the outer row on the as-of day."""
    return Position.objects.on(moment.as_of).filter(unit=OuterRef("unit"), post=post)


def secretary_also(moment, *posts):
    """Return the condition that the secretary of the unit holds one of `posts` there as well."""
    both = holders(moment, Post.SECRETARY).filter(
        covers(moment.as_of, "member__positions__"),
        member__positions__unit=F("unit"),
        member__positions__post__in=posts,
    )
    return Q(Exists(both))


def vacant(moment, post):
    """Return the condition that nobody holds `post` in the unit."""
    return ~Q(Exists(holders(moment, post)))


def held(moment, post):
    """Return the condition that somebody, member or not, holds `post` in the unit."""
    return Q(Exists(holders(moment, post)))


def held_by_member(moment, post):
    """Return the condition that a member (on the as-of day) holds `post` in the unit."""
    return Q(Exists(holders(moment, post).filter(covers(moment.as_of, "member__spells__"))))


def agency(code, label, where, of="posts.agency_heads.units"):
    """Return a figure over the units of agencies: all directly beneath the commune committee but village cells."""
    return Figure(f"posts.agency_heads.{code}", label, SECTION, UNITS, where, of=of, places=2)


def village(code, label, where, of="posts.villages.units", **more):
    """Return a figure over the village cells."""
    return Figure(f"posts.villages.{code}", label, SECTION, UNITS, where, of=of, places=2, **more)


add(
    agency("units", "Cơ quan, đơn vị có chi bộ, đảng bộ", AGENCIES, of=""),
    agency(
        "secretary",
        "Thủ trưởng đồng thời là bí thư",
        lambda moment: AGENCIES & secretary_also(moment, Post.AGENCY_HEAD),
    ),
    agency("vacant", "Cơ quan, đơn vị khuyết bí thư", lambda moment: AGENCIES & vacant(moment, Post.SECRETARY)),
    agency(
        "other_secretary",
        "Cơ quan, đơn vị có người khác làm bí thư",
        lambda moment: (
            AGENCIES
            & held(moment, Post.SECRETARY)
            & held(moment, Post.AGENCY_HEAD)
            & ~secretary_also(moment, Post.AGENCY_HEAD)
        ),
    ),
    agency(
        "other_reason",
        "Cơ quan, đơn vị có bí thư nhưng khuyết thủ trưởng",
        lambda moment: AGENCIES & held(moment, Post.SECRETARY) & vacant(moment, Post.AGENCY_HEAD),
    ),
    village("units", "Bản", VILLAGES, of=""),
    village(
        "both_heads_members",
        "Bản có trưởng bản, trưởng ban công tác Mặt trận là đảng viên",
        lambda moment: VILLAGES & held_by_member(moment, Post.VILLAGE_HEAD) & held_by_member(moment, Post.FRONT_HEAD),
        reading="Cả trưởng bản và trưởng ban công tác Mặt trận đều là đảng viên vào ngày số liệu.",
    ),
    village(
        "secretary_concurrent",
        "Bí thư chi bộ bản đồng thời là trưởng bản hoặc trưởng ban công tác Mặt trận",
        lambda moment: VILLAGES & secretary_also(moment, Post.VILLAGE_HEAD, Post.FRONT_HEAD),
    ),
    village(
        "secretary_village_head",
        "Bí thư chi bộ bản đồng thời là trưởng bản",
        lambda moment: VILLAGES & secretary_also(moment, Post.VILLAGE_HEAD),
    ),
    village(
        "secretary_front_head",
        "Bí thư chi bộ bản đồng thời là trưởng ban công tác Mặt trận",
        lambda moment: VILLAGES & secretary_also(moment, Post.FRONT_HEAD),
    ),
    village("heads", "Bản có trưởng bản", lambda moment: VILLAGES & held(moment, Post.VILLAGE_HEAD)),
    village(
        "head_members",
        "Trưởng bản là đảng viên",
        lambda moment: VILLAGES & held_by_member(moment, Post.VILLAGE_HEAD),
        of="posts.villages.heads",
    ),
    village(
        "front_heads",
        "Bản có trưởng ban công tác Mặt trận",
        lambda moment: VILLAGES & held(moment, Post.FRONT_HEAD),
    ),
    village(
        "front_head_members",
        "Trưởng ban công tác Mặt trận là đảng viên",
        lambda moment: VILLAGES & held_by_member(moment, Post.FRONT_HEAD),
        of="posts.villages.front_heads",
    ),
)
