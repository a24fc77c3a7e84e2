"""The 8-bit encodings of old Vietnamese files, as tables and as Python codecs.

TCVN3 (ABC) and VISCII as glibc iconv has them; VNI-Windows writes a letter as two characters of
windows-1252; windows-1258 writes the tone as a combining mark. `install` makes them known to
`bytes.decode` under the names of CODECS.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from typing import Final

_ASCII: Final = "".join(map(chr, range(128)))


def _table(upper_half: str, low: dict[int, str]) -> str:
    assert len(upper_half) == 128
    return "".join(low.get(code, ch) for code, ch in enumerate(_ASCII)) + upper_half


TCVN3: Final = _table(
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
    {1: "Ú", 2: "Ụ", 4: "Ừ", 5: "Ử", 6: "Ữ", 17: "Ứ", 18: "Ự", 19: "Ỳ", 20: "Ỷ", 21: "Ỹ", 22: "Ý", 23: "Ỵ"},
)
VISCII: Final = _table(
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
    {2: "Ẳ", 5: "Ẵ", 6: "Ẫ", 20: "Ỷ", 25: "Ỹ", 30: "Ỵ"},
)


def _windows(name: str) -> str:
    """The code page as 256 characters; bytes it does not define stay the control characters they are."""
    decoded = (bytes([code]).decode(name, "replace") for code in range(256))
    return "".join(chr(code) if ch == "\ufffd" else ch for code, ch in enumerate(decoded))


CP1252: Final = _windows("cp1252")
CP1258: Final = _windows("cp1258")

# VNI-Windows: base letter + mark; a ô stands for ơ and ö for ư; four letters of their own.
_VNI_TONES: Final = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VNI_MARKS: Final = {
    "aeouyôö": dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True)),
    "aeo": dict(zip("âáàåãä", ("\u0302" + tone for tone in _VNI_TONES), strict=True)),
    "a": dict(zip("êéèúüë", ("\u0306" + tone for tone in _VNI_TONES), strict=True)),
}
_VNI_SINGLE: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    for bases, marks in _VNI_MARKS.items():
        for base in bases:
            shape = _VNI_SINGLE.get(base, base)
            table |= {base + mark: unicodedata.normalize("NFC", shape + comb) for mark, comb in marks.items()}
    capitals = {key.upper(): letter.upper() for key, letter in table.items()}
    mixed = {key[0].upper() + key[1:]: letter.upper() for key, letter in table.items() if len(key) == 2}
    return table | mixed | capitals


VNI: Final = _vni()
_VNI_UNIT: Final = re.compile("|".join(sorted(VNI, key=len, reverse=True)))
VNI_BASES: Final = frozenset("aeouyôöAEOUYÔÖ")

# Character -> byte for text that was read as windows-1252 or Latin-1.
AS_BYTE: Final = {chr(code): code for code in range(256)} | {ch: code for code, ch in enumerate(CP1252)}


def vni_to_unicode(text: str) -> str:
    """VNI-Windows text as seen in windows-1252: "Nguyeãn Vaên" → "Nguyễn Văn"."""
    return _VNI_UNIT.sub(lambda unit: VNI[unit[0]], text)


def as_bytes(text: str) -> bytes | None:
    """The bytes behind text that was read as windows-1252, or None where it cannot have been."""
    try:
        return bytes([AS_BYTE[ch] for ch in text])
    except KeyError:
        return None


def compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _plain(text: str) -> str:
    return text


def _cut_vni(text: str) -> int:
    """Where text may be cut: not behind a letter whose mark may follow."""
    return len(text) - (text[-1:] in VNI_BASES)


def _cut_combining(text: str) -> int:
    """Where text may be cut: before the last letter, whose tone may follow."""
    at = len(text) - 1
    while at > 0 and unicodedata.combining(text[at]):
        at -= 1
    return max(at, 0)


class _Charset(codecs.IncrementalDecoder):
    """One byte, one character; then what must see neighbours together."""

    table: str
    finish: Callable[[str], str]
    cut: Callable[[str], int]

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._kept = ""

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]
        text = self._kept + codecs.charmap_decode(data, "replace", self.table)[0]
        at = len(text) if final else type(self).cut(text)
        self._kept = text[at:]
        return type(self).finish(text[:at])

    def reset(self) -> None:
        self._kept = ""


class _Tcvn3(_Charset):
    table, finish, cut = TCVN3, staticmethod(compose), staticmethod(_cut_combining)


class _Viscii(_Charset):
    table, finish, cut = VISCII, staticmethod(_plain), staticmethod(len)


class _Cp1258(_Charset):
    table, finish, cut = CP1258, staticmethod(compose), staticmethod(_cut_combining)


class _Vni(_Charset):
    table, finish, cut = CP1252, staticmethod(vni_to_unicode), staticmethod(_cut_vni)


CHARSETS: Final[dict[str, type[_Charset]]] = {
    "tcvn3": _Tcvn3,
    "vni": _Vni,
    "viscii": _Viscii,
    "cp1258": _Cp1258,
}


def decode_bytes(data: bytes, charset: str) -> str:
    """All of the bytes in one of CHARSETS; never fails, every byte has a character."""
    return CHARSETS[charset]().decode(data, final=True)
