"""Remarks that clerks write into the field of a name: set apart, never lost.

"Nguyễn Văn A (đã chết)", "Trần Thị B - đã bán", "Ông Lê Văn C", "Phạm D *".
"""

import re
from typing import Final

from .text import fold

SURNAMES: Final = frozenset({
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
    "duong", "ly", "dinh", "dao", "trinh", "luong", "cao", "ha", "phung", "ta", "luu", "mai", "chu", "kieu",
    "khuat", "nghiem", "truong", "doan", "lam", "thai", "to", "vuong", "quach", "tong", "dong", "dam",
    "trieu", "la", "lai", "hua", "tang",
})  # fmt: skip

_BRACKETS: Final = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]?")
_EDGE: Final = " .,;:-_–—*'\"`´’‘?!/\\|~^=+#@)]}>…·"
_TELLING_EDGE: Final = re.compile("[*?!#+]+")

# Folded beginnings of a remark after a dash, comma or slash.
_REMARK_WORDS: Final = (
    "da", "chet", "mat", "ban", "chua", "khong", "sang ten", "chuyen", "cho", "mua", "xe", "cmnd", "cccd",
    "sdt", "dt", "sn", "sinh", "ns", "vo", "chong", "con", "me", "bo", "chu cu", "chu moi", "dong chu",
    "qua doi", "tu vong", "thu hoi", "huy", "o", "so",
)  # fmt: skip
_AFTER_DASH: Final = re.compile(r"^(.+?)\s*(?:[-–—;,/]\s*)((?:%s)\b.*)$" % "|".join(_REMARK_WORDS))  # noqa: UP031
_LOOSE: Final = re.compile(
    r"^(\S+ .+?) ((?:da (?:chet|mat|ban|chuyen|sang|qua doi|tu vong|cho|di|huy|mat tich)|chet)\b.*)$"
)
_TITLE: Final = re.compile(r"^(ong|ba) (\S+) \S+")


def set_apart(text: str) -> tuple[str, tuple[str, ...]]:
    """(name, remarks) of cleaned text."""
    notes: list[str] = []
    text = _BRACKETS.sub(lambda found: _noted(found[1], notes), text)
    text = " ".join(text.split())
    for pattern in (_AFTER_DASH, _LOOSE):
        text = _tail_apart(text, pattern, notes)
    if _TELLING_EDGE.search(text[len(text.rstrip(_EDGE)) :]):
        notes.append(text[len(text.rstrip(_EDGE)) :].strip())
    text = text.strip(_EDGE)
    title = _TITLE.match(fold(text))
    if title and title[2] in SURNAMES:
        head, text = text.split(" ", 1)
        notes.append(head)
    return text, tuple(notes)


def _noted(content: str, notes: list[str]) -> str:
    if content.strip():
        notes.append(content.strip())
    return " "


def _tail_apart(text: str, pattern: re.Pattern[str], notes: list[str]) -> str:
    """Cut where the folded text matches: folding cleaned text keeps every character's place."""
    folded = fold(text)
    hit = pattern.match(folded) if len(folded) == len(text) else None
    if hit is None:
        return text
    notes.append(text[hit.start(2) :])
    return text[: hit.end(1)]
