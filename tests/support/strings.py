"""The strings users meet: taken from our code and templates, and from the libraries' pages."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
OURS = ("vehreg", "registry", "cases", "templates")
KEYWORDS = {
    "_": None,
    "_lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = str | tuple[str, ...]
Found = tuple[Message, str | None]  # message (or its singular and plural), context


def strings_below(*folders: Path) -> dict[Found, str]:
    """Every translatable string in Python files and templates, with one place where it stands."""
    found: dict[Found, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            for line, message, context in _strings_of(path):
                found.setdefault((message, context), f"{path}:{line}")
    return found


def our_strings() -> dict[Found, str]:
    return strings_below(*(ROOT / name for name in OURS))


def _strings_of(path: Path) -> Iterator[tuple[int, Message, str | None]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_bytes()
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        # Between brackets, where Python does not mind how the template is indented.
        source = f"({templatize(path.read_text(encoding='utf-8'))}\n)".encode()
    else:
        return
    for line, message, _comments, context in extract("python", io.BytesIO(source), KEYWORDS):
        yield line, message, context
