"""The head of every page: whose portal it is, and the sections that its reader has a right to."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse

from organizations.rights import BEYOND_A_CELL, Right
from organizations.scope import rights_of
from organizations.tree_queries import top_committee

register = template.Library()


@dataclass(frozen=True)
class MenuSection:
    """A section of the portal: its name, its first page, one of which rights opens it, and where else it reaches."""

    label: str
    page: str
    rights: frozenset = frozenset({Right.SEE})
    beneath: tuple = ()

    def here(self, path, start):
        """Return what `aria-current` says of a link to `start` on the page at `path`: "page", "true" within, or ""."""
        within = start != "/" and path.startswith((start, *self.beneath))
        return "page" if path == start else "true" if within else ""


OFFICE = frozenset({Right.DECIDE, Right.WATCH})
"""What offices and leaders hold, and secretaries of cells do not: these find the sections of many units at home."""

SECTIONS = (
    MenuSection("Trang chính", "home", rights=frozenset(Right)),
    MenuSection("Tổ chức đảng", "units"),
    MenuSection("Đảng viên", "members"),
    MenuSection("Kết nạp", "admissions"),
    MenuSection("Xếp loại", "ratings"),
    MenuSection("Đảng phí", "monthly-fees"),
    MenuSection("Sổ", "registers"),
    MenuSection("Nhập Excel", "imports", rights=frozenset({Right.DECIDE})),
    MenuSection("Kiểm tra", "checks", beneath=("/nhac-viec/",)),
    MenuSection("Tổng quan", "dashboard", rights=OFFICE),
    MenuSection("Báo cáo", "report", rights=OFFICE, beneath=("/so-lieu/", "/doi-chieu/")),
    MenuSection("Biểu", "annexes", rights=OFFICE),
    MenuSection("Kỳ báo cáo", "periods"),
    MenuSection("Lịch sử", "history", rights=frozenset({Right.SEE, Right.ACCOUNTS})),
    MenuSection("Tài khoản", "accounts", rights=frozenset({Right.ACCOUNTS}), beneath=("/quan-tri/",)),
)
"""The menu, in the order in which it is shown."""


@register.simple_tag
def portal_name(user):
    """Return the name of the portal, which is its committee's once there is one.

    An account knows it (`AccountBackend`); for a reader who has not signed in it is asked for.
    """
    committee = user.committee if hasattr(user, "committee") else top_committee().first()
    return f"Cổng dữ liệu {committee}" if committee else settings.PORTAL_NAME


@register.filter
def may_search(user):
    """Whether a reader has something to find."""
    return Right.SEE in rights_of(user)


@register.filter
def keeps_one_cell(user):
    """Whether a reader keeps the records of a cell and does nothing beyond: the secretary of a village, as a rule."""
    rights = rights_of(user)
    return Right.EDIT in rights and not rights & BEYOND_A_CELL


@register.simple_tag
def sections(request):
    """Return the sections of the menu for who reads the page of `request`: (label, address, where the reader is)."""
    rights = rights_of(request.user)
    found = [(section, reverse(section.page)) for section in SECTIONS if section.rights & rights]
    return [(section.label, address, section.here(request.path, address)) for section, address in found]
