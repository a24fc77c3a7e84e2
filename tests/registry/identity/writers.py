"""Text written in the old encodings, and seen as it is when a program reads it as windows-1252."""

from collections.abc import Callable

from registry.identity import alphabet, charsets

_MARKS = {tone: mark for mark, tone in alphabet.TONE_MARKS.items()}


def _by_table(text: str, table: str) -> bytes:
    return bytes(table.index(letter) for letter in text)


def _as_cp1258(text: str) -> bytes:
    split = (alphabet.SPLIT_TONE.get(letter, (letter, 0)) for letter in text)
    return "".join(letter + _MARKS.get(tone, "") for letter, tone in split).encode("cp1258")


def _as_vni(text: str) -> bytes:
    units = {letter: unit for unit, letter in sorted(charsets.VNI.items(), reverse=True)}
    return "".join(units.get(letter, letter) for letter in text).encode("cp1252")


OLD: dict[str, Callable[[str], bytes]] = {
    "tcvn3": lambda text: _by_table(text, charsets.TCVN3),
    "viscii": lambda text: _by_table(text, charsets.VISCII),
    "cp1258": _as_cp1258,
    "vni": _as_vni,
}
WRITERS: dict[str, Callable[[str], bytes]] = OLD | {
    "utf-8": lambda text: text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
}


def as_seen(text: str, encoding: str) -> str:
    """What the text looks like once it was written in the encoding and read as windows-1252."""
    return "".join(charsets.CP1252[byte] for byte in WRITERS[encoding](text))
