"""Remarks that clerks write into the field of a name: set apart, never lost.

"Nguyễn Văn A (đã chết)", "Trần Thị B - đã bán", "Ông Lê Văn C", "Phạm D *".
"""

import re
from typing import Final

from .organisations import is_organisation
from .plausibility import SURNAMES_FOLDED
from .remark_meanings import LIFE_OF_ORGANISATIONS, meaning_of
from .text import canonical, folded

_BRACKETS: Final = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]?")
_EDGE: Final = " .,;:-_–—*'\"`´’‘?!/\\|~^=+#@)]}>…·†‡•"
_TELLING_EDGE: Final = re.compile("[*?!#+†‡]+")

# Folded beginnings of a remark after a dash, comma or slash.
_REMARK_WORDS: Final = (
    "da", "chet", "mat", "ban", "chua", "khong", "sang ten", "chuyen", "cho", "mua", "xe", "cmnd", "cccd",
    "sdt", "dt", "sn", "sinh", "ns", "vo", "chong", "con", "me", "bo", "chu cu", "chu moi", "dong chu",
    "qua doi", "tu vong", "thu hoi", "huy", "o", "so", "di", "xuat canh", "thua ke", "tang", "tuc", "dinh cu",
    "tam tru", "thuong tru", "hy sinh", "bi", "doi", "thanh ly", "hong", "mat tich", "tam giu",
)  # fmt: skip
# The same with their marks, of those that have any.
_MARKED_WORDS: Final = frozenset({
    "đã", "chết", "mất", "bán", "chưa", "không", "chuyển", "sđt", "đt", "vợ", "chồng", "mẹ", "bố", "chủ",
    "đồng", "tử", "hủy", "ở", "số", "đi", "xuất", "thừa", "tặng", "tức", "định", "tạm", "thường", "bị",
    "đổi", "hỏng",
})  # fmt: skip
_BEHIND_DASH: Final = re.compile(r"^(.+?)\s*(?:[-–—;,/:]\s*)((?:%s)\b.*)$" % "|".join(_REMARK_WORDS))  # noqa: UP031
_LABELS: Final = "sn|ns|sinh|sinh nam|nam sinh|sdt|dt|tel|cmnd|cmt|cccd|so"
_NUMBER_BEHIND: Final = re.compile(rf"^(\D+?)[\s,;:/–—-]+((?:(?:{_LABELS})[\s.:]*)?[0-9][0-9 ./-]*)$")
_LOOSE: Final = re.compile(
    r"^(\S+ .+?) ((?:da (?:chet|mat|ban|chuyen|sang|qua doi|tu vong|cho|di|huy|mat tich|doi|thu hoi)"
    r"|chua sang ten|khong chinh chu|mat nam|qua doi|tu vong|chet)\b.*)$"
)
_IN_FRONT: Final = re.compile(
    r"^((?:da (?:chet|mat|ban|chuyen|sang)|chet|qua doi|tu vong|chua sang ten)[^-–—:;,]*)[-–—:;,]\s*(\S+ .+)$"
)
_NUMBERED: Final = re.compile(r"^([0-9]{1,4}[.)/:]? ?)([^\W\d_]{2,} .*)$")
_CO_OWNER: Final = re.compile(
    r"^(\S+ .+?)\s*([,;&+/]|\b(?:va|cung)\b)\s*((?:(?:vo|chong|con|ong|ba) )*?(\S+) \S+.*)$"
)

_TITLE_WORD: Final = "(?:ong|ba|o|b|anh|chi|em|co|chu|bac|mr|mrs|ms|miss)"
# One title alone can be the beginning of a name (Ông Ích Khiêm, Anh Thư): only before a surname is it one.
_TITLE: Final = re.compile(rf"^({_TITLE_WORD}(?:\s*[/,.&:-]?\s*{_TITLE_WORD}\b)*\s*[.:]?)\s+(\S+) \S+")
# Others alone are names too: Chu Đình Bình, Anh Thư.
_TITLES: Final = frozenset({"ong", "ba", "ong ba", "anh chi", "mr", "mrs", "ms"})
_TITLE_SIGN: Final = re.compile("[/.:&]")
# Neither of these ends a name: what follows is no remark but the given name.
_UNFINISHED: Final = frozenset({"văn", "thị", "van", "thi"})


def set_apart(text: str) -> tuple[str, tuple[str, ...]]:
    """(name, remarks) of cleaned text."""
    if is_organisation(text):
        return _organisation(text)
    notes: list[str] = []
    text = _BRACKETS.sub(lambda found: _noted(found[1], notes), text)
    text = " ".join(text.split())
    text = _head_apart(text, _IN_FRONT, notes)
    for pattern in (_BEHIND_DASH, _LOOSE, _NUMBER_BEHIND):
        text = _tail_apart(text, pattern, notes)
    text = _edge_apart(_co_owner_apart(text, notes), notes)
    return _title_apart(_head_apart(text, _NUMBERED, notes), notes), tuple(notes)


def _organisation(text: str) -> tuple[str, tuple[str, ...]]:
    """Only what tells of its life is no part of its name: "(đã giải thể)", "- đã bán", a trailing star."""
    notes: list[str] = []

    def apart(found: re.Match[str]) -> str:
        return _noted(found[1], notes) if meaning_of(found[1]) in LIFE_OF_ORGANISATIONS else found[0]

    text = " ".join(_BRACKETS.sub(apart, text).split())
    head, dash, tail = text.rpartition(" - ")
    if dash and folded(tail).startswith(("da ", "chua ")) and meaning_of(tail) in LIFE_OF_ORGANISATIONS:
        notes.append(tail)
        text = head
    bare = text.rstrip(" *#")
    if bare != text.rstrip():
        notes.append(text[len(bare) :].strip())
    return bare, tuple(notes)


def _noted(content: str, notes: list[str]) -> str:
    if content.strip():
        notes.append(content.strip())
    return " "


def _tail_apart(text: str, pattern: re.Pattern[str], notes: list[str]) -> str:
    """Cut where the folded text matches: folding cleaned text keeps every character's place."""
    hit = _match(pattern, text)
    if hit is None or (pattern is _LOOSE and _unfinished(text[: hit.end(1)])):
        return text
    if not _begins_a_remark(text[hit.start(2) :]):
        return text
    notes.append(text[hit.start(2) :])
    return text[: hit.end(1)]


def _begins_a_remark(tail: str) -> bool:
    """Folded, Chét and Bạn are remarks too; with their marks they are names."""
    first = re.split(r"[^\w]", tail, maxsplit=1)[0].lower()
    return first.isascii() or canonical(first) in _MARKED_WORDS


def _head_apart(text: str, pattern: re.Pattern[str], notes: list[str]) -> str:
    hit = _match(pattern, text)
    if hit is None:
        return text
    notes.append(text[: hit.end(1)].strip())
    return text[hit.start(2) :]


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    key = folded(text)
    return pattern.match(key) if len(key) == len(text) else None


def _unfinished(name: str) -> bool:
    return name.rsplit(maxsplit=1)[-1].lower() in _UNFINISHED


def _co_owner_apart(text: str, notes: list[str]) -> str:
    """A second person, known by a surname of his own behind a sign or "và"."""
    hit = _match(_CO_OWNER, text)
    if hit is None or hit[4] not in SURNAMES_FOLDED:
        return text
    notes.append(text[hit.start(2) :].strip(" ,;/"))
    return text[: hit.end(1)]


def _edge_apart(text: str, notes: list[str]) -> str:
    edge = text[len(text.rstrip(_EDGE)) :]
    if _TELLING_EDGE.search(edge):
        notes.append(edge.strip())
    return text.strip(_EDGE)


def _title_apart(text: str, notes: list[str]) -> str:
    title = _match(_TITLE, text)
    if title is None:
        return text
    if title[2] not in SURNAMES_FOLDED or not (title[1] in _TITLES or _TITLE_SIGN.search(title[1])):
        return text
    notes.append(text[: title.end(1)])
    return text[title.start(2) :]
