"""The forms and links of a page, as a browser would find them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """`values`: what is sent with it as it stands; `buttons`: name and value of each that sends it."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """All forms and all addresses of links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.feed(html)

    def pressed(self, name: str, value: str) -> Form | None:
        """The form of a button, as if it were pressed."""
        form = next((form for form in self.forms if (name, value) in form.buttons), None)
        if form is not None:
            form.values[name] = value
        return form

    def with_value(self, name: str, value: str) -> Form | None:
        """The first form that sends this value as it stands."""
        return next((form for form in self.forms if form.values.get(name) == value), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(found.get("href", ""))
        elif tag == "form":
            self.forms.append(Form(found.get("action", "")))
        elif tag == "input" and self.forms and found.get("type") in ("hidden", "text", "password"):
            self.forms[-1].values.setdefault(found.get("name", ""), found.get("value", ""))
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.append((found.get("name", ""), found.get("value", "")))
