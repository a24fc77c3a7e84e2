"""Compiles the message catalogues: `python -m vehreg.messages`.

With Babel, because GNU gettext is not on every machine; the compiled files are not committed.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(locales: Path = LOCALES) -> list[Path]:
    """Compile each `.po` that is newer than its `.mo`; returns the files written."""
    catalogues = sorted(locales.glob("*/LC_MESSAGES/*.po"))
    return [_compile(source) for source in catalogues if _is_newer(source)]


def _is_newer(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """Entries without a translation or marked fuzzy are left out, as gettext does."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name)
    compiled, draft = source.with_suffix(".mo"), source.with_suffix(".mo.new")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(compiled)
    return compiled


if __name__ == "__main__":
    compile_catalogues()
