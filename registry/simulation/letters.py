"""The Vietnamese alphabet, and how careless hands, old fonts and wrong code pages write it.

Each table maps one capital or small letter to what stands in its place. Sources: TCVN 5712 as in
glibc's iconv, the VNI-Windows font layout, the Telex typing rules.
"""

import unicodedata

BASES = "aăâeêioôơuưy"
TONES = {"": "", "sắc": "\u0301", "huyền": "\u0300", "hỏi": "\u0309", "ngã": "\u0303", "nặng": "\u0323"}
TONE_NAMES = tuple(TONES)


def letter(base: str, tone: str) -> str:
    """The composed letter of a vowel and a tone."""
    return unicodedata.normalize("NFC", base + TONES[tone])


VOWELS = {letter(base, tone): (base, tone) for base in BASES for tone in TONE_NAMES}
TONED = {toned: pair for toned, pair in VOWELS.items() if pair[1]}


def both_cases(small: dict[str, str]) -> dict[str, str]:
    """The table with its capitals added."""
    return small | {key.upper(): value.upper() for key, value in small.items()}


def plain(text: str) -> str:
    """``text`` without tone or letter marks; đ becomes d."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


MARKS_MISSING = both_cases({v: plain(v) for v in [*VOWELS, "đ"] if plain(v) != v})

# Which tone is heard or read for which: hỏi and ngã first, then whatever the pen slipped to.
TONE_SLIPS = (
    {"hỏi": "ngã", "ngã": "hỏi", "sắc": "huyền", "huyền": "sắc", "nặng": ""},
    {"hỏi": "sắc", "ngã": "", "sắc": "", "huyền": "", "nặng": "sắc"},
    {"hỏi": "huyền", "ngã": "nặng", "sắc": "hỏi", "huyền": "nặng", "nặng": "ngã"},
)


def retoned(slip: dict[str, str]) -> dict[str, str]:
    """Letter to letter for one way of mistaking tones."""
    return both_cases({toned: letter(base, slip[tone]) for toned, (base, tone) in TONED.items()})


# Where the tone sits in open oa, oe, uy; and in quy, where only one place is right.
_PAIRS = [(f"o{letter('a', t)}", f"{letter('o', t)}a") for t in TONE_NAMES if t]
_PAIRS += [(f"o{letter('e', t)}", f"{letter('o', t)}e") for t in TONE_NAMES if t]
_PAIRS += [(f"u{letter('y', t)}", f"{letter('u', t)}y") for t in TONE_NAMES if t]
TONE_PLACES = both_cases({**dict(_PAIRS), **{new: old for old, new in _PAIRS}})

DECOMPOSED = both_cases(
    {v: unicodedata.normalize("NFD", v) for v in VOWELS if len(unicodedata.normalize("NFD", v)) > 1}
)

_TCVN3_BYTES = {
    "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7, "ă": 0xA8, "â": 0xA9,
    "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE, "à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8,
    "ạ": 0xB9, "ằ": 0xBB, "ẳ": 0xBC, "ẵ": 0xBD, "ắ": 0xBE, "ặ": 0xC6, "ầ": 0xC7, "ẩ": 0xC8, "ẫ": 0xC9,
    "ấ": 0xCA, "ậ": 0xCB, "è": 0xCC, "ẻ": 0xCE, "ẽ": 0xCF, "é": 0xD0, "ẹ": 0xD1, "ề": 0xD2, "ể": 0xD3,
    "ễ": 0xD4, "ế": 0xD5, "ệ": 0xD6, "ì": 0xD7, "ỉ": 0xD8, "ĩ": 0xDC, "í": 0xDD, "ị": 0xDE, "ò": 0xDF,
    "ỏ": 0xE1, "õ": 0xE2, "ó": 0xE3, "ọ": 0xE4, "ồ": 0xE5, "ổ": 0xE6, "ỗ": 0xE7, "ố": 0xE8, "ộ": 0xE9,
    "ờ": 0xEA, "ở": 0xEB, "ỡ": 0xEC, "ớ": 0xED, "ợ": 0xEE, "ù": 0xEF, "ủ": 0xF1, "ũ": 0xF2, "ú": 0xF3,
    "ụ": 0xF4, "ừ": 0xF5, "ử": 0xF6, "ữ": 0xF7, "ứ": 0xF8, "ự": 0xF9, "ỳ": 0xFA, "ỷ": 0xFB, "ỹ": 0xFC,
    "ý": 0xFD, "ỵ": 0xFE,
}  # fmt: skip
_TCVN3_READ = {char: bytes([byte]).decode("cp1252") for char, byte in _TCVN3_BYTES.items()}
# The font has no toned capitals: .VnTimeH draws the small letter's byte as a capital.
TCVN3 = _TCVN3_READ | {c.upper(): _TCVN3_READ[c] for c in TONED if c in _TCVN3_READ}

_VNI_TONES = dict(zip(TONE_NAMES, ("", "ù", "ø", "û", "õ", "ï"), strict=True))
_VNI_HAT_TONES = dict(zip(TONE_NAMES, ("â", "á", "à", "å", "ã", "ä"), strict=True))
_VNI_BREVE_TONES = dict(zip(TONE_NAMES, ("ê", "é", "è", "ú", "ü", "ë"), strict=True))
_VNI_I = dict(zip(TONE_NAMES, ("i", "í", "ì", "æ", "ó", "ò"), strict=True))
_VNI_FAMILIES: dict[str, tuple[str, dict[str, str]]] = {
    "a": ("a", _VNI_TONES), "ă": ("a", _VNI_BREVE_TONES), "â": ("a", _VNI_HAT_TONES),
    "e": ("e", _VNI_TONES), "ê": ("e", _VNI_HAT_TONES), "i": ("", _VNI_I), "o": ("o", _VNI_TONES),
    "ô": ("o", _VNI_HAT_TONES), "ơ": ("ô", _VNI_TONES), "u": ("u", _VNI_TONES), "ư": ("ö", _VNI_TONES),
    "y": ("y", _VNI_TONES),
}  # fmt: skip


def _vni(vowel: str) -> str:
    base, tone = VOWELS[vowel]
    if vowel == "ỵ":
        return "î"
    body, tones = _VNI_FAMILIES[base]
    return body + tones[tone]


VNI = both_cases({v: _vni(v) for v in VOWELS if _vni(v) != v} | {"đ": "ñ"})

_TELEX_BASES = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_TELEX_TONES = dict(zip(TONE_NAMES, ("", "s", "f", "r", "x", "j"), strict=True))
TELEX = both_cases(
    {
        v: _TELEX_BASES.get(base, base) + _TELEX_TONES[tone]
        for v, (base, tone) in VOWELS.items()
        if plain(v) != v
    }
    | {"đ": "dd"}
)


def _read_as_cp1252(char: str) -> str:
    """UTF-8 bytes shown by a program that takes them for windows-1252; its five holes stay control codes."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in char.encode())


UTF8_TWICE = {v: _read_as_cp1252(v) for c in [*VOWELS, "đ"] for v in (c, c.upper()) if not v.isascii()}

ETH = {"Đ": "\u00d0", "đ": "\u00f0"}
CYRILLIC = {
    "A": "\u0410",
    "E": "\u0415",
    "O": "\u041e",
    "H": "\u041d",
    "T": "\u0422",
    "a": "\u0430",
    "o": "\u043e",
}
