"""The menu at the left. Apps add their links to its sections; each shows only to those who may follow it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vehreg.adminsite.counting import COUNT_CAP, count_words

Section = dict[str, Any]
Badge = Callable[[HttpRequest], int | None]
Shown = Callable[[HttpRequest], bool]

WORK, LOOKUP, WATCH, DATA, SYSTEM = "work", "lookup", "watch", "data", "system"
# Sections in their order.
TITLES: dict[str, Promise | str] = {
    WORK: _("Work"),
    LOOKUP: _("Look up"),
    WATCH: _("Watch"),
    DATA: _("Data"),
    SYSTEM: _("System"),
}


@dataclass(frozen=True)
class Link:
    """One line of the menu: an address by name, the permission it takes, and a count to show beside it."""

    section: str
    order: int
    title: str | Promise
    url_name: str
    permission: str
    query: str = ""
    badge: Badge | None = None
    shown: Shown | None = None


_links: list[Link] = []
_MADE = "_navigation"


def add_link(
    section: str,
    order: int,
    title: str | Promise,
    url_name: str,
    permission: str,
    *,
    query: str = "",
    badge: Badge | None = None,
    shown: Shown | None = None,
) -> None:
    """Add a line to a section. `query` ("?state=waiting") belongs to the address; `badge` counts, or None.

    `shown` leaves the line out for users whom the permission does not tell apart.
    """
    _links.append(Link(section, order, title, url_name, permission, query, badge, shown))


def navigation(request: HttpRequest) -> list[Section]:
    """Unfold's sections for this user; a section without lines is left out. Made once for a page."""
    made: list[Section] | None = request.__dict__.get(_MADE)
    if made is None:
        made = request.__dict__[_MADE] = _sections(request)
    return made


def _sections(request: HttpRequest) -> list[Section]:
    lines = [
        link
        for link in _links
        if request.user.has_perm(link.permission) and (link.shown is None or link.shown(request))
    ]
    address = best_match(request, [_address(link) for link in lines])
    sections = [
        {
            "title": title,
            "separator": False,
            "items": [
                _item(request, link, active=_address(link) == address)
                for link in sorted(lines, key=lambda link: link.order)
                if link.section == section
            ],
        }
        for section, title in TITLES.items()
    ]
    return [section for section in sections if section["items"]]


def best_match(request: HttpRequest, addresses: list[str]) -> str | None:
    """The menu line a page belongs to: the longest path it lies under, with the most of its query."""
    given = set(request.GET.items())

    def weight(address: str) -> tuple[int, int]:
        parts = urlsplit(address)
        wanted = set(parse_qsl(parts.query))
        if not wanted <= given or not (request.path + "/").startswith(parts.path):
            return (0, 0)
        return (len(parts.path), len(wanted))

    front = reverse("admin:index")
    fits = [address for address in addresses if weight(address) > (0, 0)]
    fits = [address for address in fits if urlsplit(address).path != front or request.path == front]
    return max(fits, key=weight, default=None)


def _address(link: Link) -> str:
    return reverse(link.url_name) + link.query


def _item(request: HttpRequest, link: Link, *, active: bool) -> dict[str, Any]:
    count = link.badge(request) if link.badge else None
    return {
        "title": link.title,
        "link": _address(link),
        "active": active,
        "badge": _short(count) if count else None,
        "badge_variant": "primary",
        "badge_style": "solid",
    }


def _short(count: int) -> str:
    """A count that fits beside a menu's line: 148, 10k+."""
    return count_words(count) if count <= COUNT_CAP else f"{COUNT_CAP // 1000}k+"
