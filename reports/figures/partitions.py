"""Partitions: figures that together are another one, once those are added about whom their register says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from members.choices import NoHandbookReason

from .definitions.age_bands import AGE_BANDS
from .definitions.statistics.members import JOINED
from .definitions.statistics.shared_rows import ENTERPRISES, OCCUPATIONS
from .result import Result


@dataclass(frozen=True)
class Partition:
    """Partition of what the figure `whole` counts: `parts` are codes of figures, `register` that of who is in none."""

    title: str
    whole: str
    parts: tuple[str, ...]
    register: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of everything that is asked for."""
        return (self.whole, *self.parts, *filter(None, [self.register]))

    def missing(self, results: Mapping[str, Result]) -> int:
        """Return about how many the register says nothing."""
        return results[self.register].value if self.register else 0

    def difference(self, results: Mapping[str, Result]) -> int:
        """Return by how much the parts and those not written down fall short of the whole."""
        counted = sum(results[part].value for part in self.parts) + self.missing(results)
        return results[self.whole].value - counted


def codes(prefix, *ends):
    """Return the codes of figures that begin alike."""
    return tuple(f"{prefix}.{end}" for end in ends)


LEVELS = ("excellent", "good", "fair", "failed")
BANDS = tuple(f"{youngest}_{oldest}" for youngest, oldest in AGE_BANDS)

PARTITIONS = (
    Partition("Nam, nữ", "members.total", codes("members", "male", "female")),
    Partition("Dân tộc", "members.total", codes("members", "kinh", "ethnic_minority", "people.foreign")),
    Partition(
        "Học vấn",
        "members.total",
        codes("members.education", "illiterate", "literate", "primary", "lower_secondary", "upper_secondary"),
        "unrecorded.education",
    ),
    Partition(
        "Chuyên môn",
        "members.total",
        codes(
            "members.qualification",
            *("none", "elementary", "intermediate", "college", "university", "master", "doctor"),
        ),
        "unrecorded.qualification",
    ),
    Partition(
        "Lý luận chính trị",
        "members.total",
        codes("members.theory", "none", "elementary", "intermediate", "advanced"),
        "unrecorded.theory",
    ),
    Partition(
        "Đang làm việc, đã nghỉ", "members.total", codes("members", "working", "retired"), "unrecorded.occupation"
    ),
    Partition("Nghề nghiệp của người đang làm việc", "members.working", codes("members.occupation", *OCCUPATIONS)),
    Partition("Người làm việc trong doanh nghiệp", "members.enterprises", codes("members.occupation", *ENTERPRISES)),
    Partition(
        "Độ tuổi",
        "members.total",
        codes("members.age", "under_18", *BANDS, "over_60"),
        "unrecorded.born_on",
    ),
    Partition("Thời gian vào Đảng", "members.total", codes("members.joined", *JOINED), "unrecorded.joined_on"),
    Partition(
        "Đã cài, chưa cài Sổ tay đảng viên điện tử",
        "members.total",
        codes("members", "handbook", "without_handbook"),
        "unrecorded.handbook",
    ),
    Partition(
        "Lý do chưa cài Sổ tay đảng viên điện tử",
        "members.without_handbook",
        codes("members.no_handbook", *NoHandbookReason.values),
        "unrecorded.no_handbook_reason",
    ),
    Partition("Có xếp loại, không xếp loại", "ratings.members.listed", codes("ratings.members", "rated", "not_rated")),
    Partition("Mức xếp loại đảng viên", "ratings.members.rated", codes("ratings.members", *LEVELS)),
    Partition("Mức xếp loại tổ chức đảng", "ratings.units.rated", codes("ratings.units", *LEVELS)),
    Partition(
        "Thủ trưởng, bí thư của cơ quan, đơn vị",
        "posts.agency_heads.units",
        codes("posts.agency_heads", "secretary", "other_secretary", "vacant", "other_reason"),
        "unrecorded.agency_heads",
    ),
    Partition("Loại tổ chức đảng", "units.total", codes("units", "grassroots", "subordinate_cells")),
    Partition("Tổ chức cơ sở đảng", "units.grassroots", codes("units.grassroots", "party_organizations", "cells")),
    Partition(
        "Chi bộ trực thuộc Đảng ủy xã",
        "units.subordinate_cells",
        codes("units.subordinate_cells", "village", "school", "health_station", "other"),
    ),
    Partition(
        "Loại hình tổ chức đảng",
        "units.total",
        codes("units.sectors", "villages", "public_services", "armed_forces", "enterprises", "agencies"),
    ),
)
"""Every group of figures that must close, on whatever page or form it stands."""

PARTITION_OF = {part: partition for partition in reversed(PARTITIONS) for part in partition.parts}
"""The partition in which a figure stands."""
