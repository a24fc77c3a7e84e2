"""Number plates: the compact key, what it stands for on a kind of vehicle, and how it is written.

Compaction is not injective: a motorbike's 29-F1 0123 and a car's 29F-101.23 are both 29F10123, so the
key of a vehicle is (compact plate, vehicle kind, plate colour). Formats: Circular 24/2023/TT-BCA and
its predecessors; colours: Law 36/2024/QH15 art. 36. Every problem found here is soft.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from . import alphabet

# After NFKD and ASCII capitals: every Đ typed, and letters of other alphabets that look the same.
_COMPACT: Final[dict[str, str]] = dict.fromkeys("ĐđÐðƉɖ", "Đ") | {
    letter: twin.upper() for letter, twin in alphabet.LOOKALIKES.items()
}
COMPACT_FROM: Final = "".join(_COMPACT)
COMPACT_TO: Final = "".join(_COMPACT.values())
_UPPER: Final = {code: code - 32 for code in range(ord("a"), ord("z") + 1)} | str.maketrans(_COMPACT)
_NOT_PLATE: Final = re.compile("[^0-9A-ZĐ]")

# The codes of before July 2025 stay in use, pooled by the new provinces. 80 is the central department.
_LOCAL_CODES: Final = {
    "Cao Bằng": "11", "Lạng Sơn": "12", "Quảng Ninh": "14", "Hải Phòng": "15 16", "Thái Bình": "17",
    "Nam Định": "18", "Phú Thọ": "19", "Thái Nguyên": "20", "Yên Bái": "21", "Tuyên Quang": "22",
    "Hà Giang": "23", "Lào Cai": "24", "Lai Châu": "25", "Sơn La": "26", "Điện Biên": "27", "Hòa Bình": "28",
    "Hà Nội": "29 30 31 32 33 40", "Hải Dương": "34", "Ninh Bình": "35", "Thanh Hóa": "36", "Nghệ An": "37",
    "Hà Tĩnh": "38", "Đồng Nai": "39 60", "TP Hồ Chí Minh": "41 50 51 52 53 54 55 56 57 58 59",
    "Đà Nẵng": "43", "Đắk Lắk": "47", "Đắk Nông": "48", "Lâm Đồng": "49", "Bình Dương": "61", "Long An": "62",
    "Tiền Giang": "63", "Vĩnh Long": "64", "Cần Thơ": "65", "Đồng Tháp": "66", "An Giang": "67",
    "Kiên Giang": "68", "Cà Mau": "69", "Tây Ninh": "70", "Bến Tre": "71", "Bà Rịa-Vũng Tàu": "72",
    "Quảng Bình": "73", "Quảng Trị": "74", "Huế": "75", "Quảng Ngãi": "76", "Bình Định": "77",
    "Phú Yên": "78",
    "Khánh Hòa": "79", "Cục CSGT": "80", "Gia Lai": "81", "Kon Tum": "82", "Sóc Trăng": "83",
    "Trà Vinh": "84",
    "Ninh Thuận": "85", "Bình Thuận": "86", "Vĩnh Phúc": "88", "Hưng Yên": "89", "Hà Nam": "90",
    "Quảng Nam": "92", "Bình Phước": "93", "Bạc Liêu": "94", "Hậu Giang": "95", "Bắc Kạn": "97",
    "Bắc Giang": "98", "Bắc Ninh": "99",
}  # fmt: skip
LOCAL_CODES: Final = {code: place for place, codes in _LOCAL_CODES.items() for code in codes.split()}

KINDS: Final = ("car", "motorbike", "moped", "electric_motorbike", "trailer", "tractor", "other")
SUFFIX_COLOURS: Final = {"T": "white", "V": "yellow", "X": "blue"}

_SERIES: Final = "[ABCDEFGHKLMNPSTUVXYZ]"
_SPECIAL: Final = "LD|DA|KT|MK|HC|CD|RM|TĐ|TD|CT|LB|LA|KL|R"


@dataclass(frozen=True, slots=True)
class _Format:
    """One way of numbering: what it looks like, how it is written, which kinds carry it."""

    pattern: re.Pattern[str]
    display: str
    kinds: frozenset[str]


def _format(pattern: str, display: str, kinds: str) -> _Format:
    return _Format(re.compile(pattern), display, frozenset(kinds.split()))


_TWO_WHEELS: Final = "motorbike moped electric_motorbike other"
_CARS: Final = "car trailer tractor other"
_ALL: Final = " ".join(KINDS)

# Order decides where two formats fit the same kind.
_FORMATS: Final = (
    _format(r"^([0-9]{2})([0-9]{3})(NG|QT|NN|CV)([0-9]{2,3})$", r"\1-\2-\3-\4", _ALL),
    _format(r"^([0-9]{2})(MĐ[1-9]?)([0-9]{3})([0-9]{2})$", r"\1-\2 \3.\4", "electric_motorbike moped other"),
    _format(rf"^([0-9]{{2}})({_SERIES}[1-9])([0-9]{{3}})([0-9]{{2}})$", r"\1-\2 \3.\4", _TWO_WHEELS),
    _format(r"^([0-9]{2})([A-Z][0-9])([0-9]{4})$", r"\1-\2 \3", _TWO_WHEELS),
    _format(rf"^([0-9]{{2}})({_SERIES}{{2}})([0-9]{{3}})([0-9]{{2}})$", r"\1-\2 \3.\4", _TWO_WHEELS),
    _format(rf"^([0-9]{{2}})({_SERIES}{{2}})([0-9]{{4}})$", r"\1-\2 \3", _TWO_WHEELS),
    _format(rf"^([0-9]{{2}})({_SPECIAL})([0-9]{{3}})([0-9]{{2}})$", r"\1\2-\3.\4", _CARS),
    _format(rf"^([0-9]{{2}})({_SPECIAL})([0-9]{{4}})$", r"\1\2-\3", _CARS),
    _format(rf"^([0-9]{{2}})({_SERIES})([0-9]{{3}})([0-9]{{2}})$", r"\1\2-\3.\4", _CARS),
    _format(r"^([0-9]{2})([A-Z])([0-9]{4})$", r"\1\2-\3", _CARS),
    _format(r"^T([0-9]{2})([0-9]{3})([0-9]{2,3})$", r"T\1-\2.\3", _ALL),
    _format(r"^T([0-9]{2})([0-9]{4})$", r"T\1-\2", _ALL),
    _format(r"^([A-Z]{2})([0-9]{2})([0-9]{2})$", r"\1-\2-\3", _ALL),
)

# The separators as typed tell cars from motorbikes even where the compact plate does not.
_CAR_WRITING: Final = re.compile(r"^[0-9]{2}-?[A-Za-z]-[0-9]{3}[.][0-9]{2}$")
_BIKE_WRITING: Final = re.compile(r"^[0-9]{2}-?[A-Za-z][1-9][ -]+[0-9]{3}[.]?[0-9]{1,2}$")
_OTHER_WRITING: Final = dict.fromkeys(
    ("motorbike", "moped", "electric_motorbike"), _CAR_WRITING
) | dict.fromkeys(("car", "trailer", "tractor"), _BIKE_WRITING)

# A letter where only a digit can stand, and the other way round.
_AS_DIGIT: Final = str.maketrans("OQDILZSGB", "000112568")
_AS_LETTER: Final = str.maketrans("8520", "BSZD")
_SUFFIXED: Final = re.compile("^([0-9]{2}.*[0-9]{4})([TVX])$")
_MOST_MENDED: Final = 2


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate as understood; `problem` is a soft code or None."""

    compact: str
    display: str
    problem: str | None
    colour: str


def compact_plate(raw: str) -> str:
    """Capitals and digits only, as typed: "29-H1 123.45" → "29H112345". Equal to vr_compact."""
    if not raw.isascii():
        raw = unicodedata.normalize("NFKD", raw)
    return _NOT_PLATE.sub("", raw.translate(_UPPER))


def understand_plate(raw: str, vehicle_kind: str, plate_colour: str | None = None) -> Plate:
    """The plate of a vehicle of this kind; a colour suffix of toll systems counts where none is given."""
    compact, colour = compact_plate(raw), plate_colour or "white"
    if suffixed := _SUFFIXED.match(compact):
        compact = suffixed[1]
        colour = SUFFIX_COLOURS[suffixed[2]] if colour == "white" else colour
    compact = _mended(_real_d(compact, vehicle_kind), vehicle_kind)
    problem = _problem(compact, vehicle_kind)
    if problem is None and vehicle_kind in _OTHER_WRITING and _OTHER_WRITING[vehicle_kind].match(raw.strip()):
        problem = "impossible_for_kind"
    return Plate(compact, display_plate(compact, vehicle_kind), problem, colour)


def display_plate(compact: str, kind: str) -> str:
    """As it is written on the plate: 29A-123.45, 29-H1 123.45; what fits nothing stays compact."""
    found = _fitting(compact, kind) or _fitting(compact, "other")
    return found.pattern.sub(found.display, compact) if found else compact


def plate_patterns(kind: str) -> tuple[str, ...]:
    """Regular expressions of the compact plates a kind may carry; PostgreSQL reads them, too."""
    return tuple(form.pattern.pattern for form in _formats_of(kind))


def other_writing(kind: str) -> str:
    """The regular expression of a plate written as another kind's is; "" where writing tells nothing."""
    return _OTHER_WRITING[kind].pattern if kind in _OTHER_WRITING else ""


@lru_cache(maxsize=4096)
def _formats_of(kind: str) -> tuple[_Format, ...]:
    return tuple(form for form in _FORMATS if kind in form.kinds or kind not in KINDS)


def _fitting(compact: str, kind: str) -> _Format | None:
    return next((form for form in _formats_of(kind) if form.pattern.match(compact)), None)


def _problem(compact: str, kind: str) -> str | None:
    found = _fitting(compact, kind)
    if found is None:
        return "impossible_for_kind" if _fitting(compact, "other") else "not_a_plate"
    code = compact[1:3] if compact[:1] == "T" and compact[1:3].isdigit() else compact[:2]
    return "unknown_local_code" if code.isdigit() and code not in LOCAL_CODES else None


def _real_d(compact: str, kind: str) -> str:
    """MD typed for MĐ, which only electric motorbikes carry."""
    return compact.replace("MD", "MĐ") if kind == "electric_motorbike" and compact[2:4] == "MD" else compact


def _mended(compact: str, kind: str) -> str:
    """Letters and digits taken for each other, only at places where the format leaves no choice."""
    if _fitting(compact, "other") or not 7 <= len(compact) <= 9:
        return compact
    head, series, rest = compact[:2].translate(_AS_DIGIT), compact[2].translate(_AS_LETTER), compact[3:]
    if kind in ("car", "trailer", "tractor"):
        mended = head + series + rest.translate(_AS_DIGIT)
    else:
        mended = head + series + rest[:1] + rest[1:].translate(_AS_DIGIT)
    changed = sum(a != b for a, b in zip(compact, mended, strict=True))
    return mended if changed <= _MOST_MENDED and _fitting(mended, kind) else compact
