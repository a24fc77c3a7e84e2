"""Vietnamese first: no string a user meets is left in English."""

import re
from pathlib import Path

import pytest
import unfold
from babel.messages.pofile import read_po
from django.utils import translation

from tests.support.strings import ROOT, our_strings, strings_below

CATALOGUE = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
# Said the same in both languages.
SAME = {"vehreg", "API", "ID", "OK", "SHA-256", "CSV", "XLSX", "PDF", "iHanoi", "%(count)s", "-", "—"}
# Parts of the theme that no page of ours shows.
UNFOLD = Path(unfold.__file__).parent
_UNSEEN_PARTS = (
    "import_export",
    "inlines",
    "forms",
    "guardian",
    "simple_history",
    "constance",
    "location_field",
)
UNSEEN = tuple(f"contrib/{part}" for part in _UNSEEN_PARTS)


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="vi")


def test_every_string_of_ours_has_its_vietnamese(catalogue):
    missing = [
        f"{place}: {message!r}"
        for (message, context), place in our_strings().items()
        if not _translated(catalogue, message, context)
    ]
    assert not missing, "\n".join(missing)


def test_the_catalogue_holds_nothing_empty_fuzzy_or_twice(catalogue):
    entries = [entry for entry in catalogue if entry.id]
    assert [entry.id for entry in entries if entry.fuzzy or not entry.string] == []
    ids = re.findall(r'^msgid "(.+)"$', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    with_context = CATALOGUE.read_text(encoding="utf-8").count("msgctxt")
    assert len(ids) - len(set(ids)) <= with_context


def test_placeholders_are_the_same_in_both_languages(catalogue):
    wrong = [
        entry.id
        for entry in catalogue
        if entry.id and isinstance(entry.id, str) and _holes(entry.id) != _holes(str(entry.string))
    ]
    assert wrong == []


def test_the_themes_strings_have_their_vietnamese():
    found = strings_below(UNFOLD)
    left = [
        f"{place}: {message!r}"
        for (message, _context), place in found.items()
        if isinstance(message, str)
        and not any(part in place for part in UNSEEN)
        and message not in SAME
        and _in_vietnamese(message) == message
    ]
    assert not left, "\n".join(left)


def _translated(catalogue, message, context):
    singular = message[0] if isinstance(message, tuple) else message
    if singular in SAME:
        return True
    entry = catalogue.get(singular, context)
    if entry is not None:
        return bool(entry.string if isinstance(entry.string, str) else all(entry.string))
    return context is None and _in_vietnamese(singular) != singular


def _in_vietnamese(message):
    with translation.override("vi"):
        return translation.gettext(message)


def _holes(text):
    return sorted(match[0] for match in PLACEHOLDER.finditer(text.replace("%%", "")))
