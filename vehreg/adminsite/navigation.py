"""The menu at the left. Apps register their own sections; each link shows only to those who may follow it."""

from typing import Any

from django.http import HttpRequest

Section = dict[str, Any]
_sections: list[tuple[int, Section]] = []


def add_section(order: int, section: Section) -> None:
    """Add one section (unfold's dictionary: title, items with title, icon, link, permission, badge)."""
    _sections.append((order, section))


def navigation(request: HttpRequest) -> list[Section]:
    return [section for _order, section in sorted(_sections, key=lambda pair: pair[0])]
