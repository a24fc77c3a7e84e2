"""Numbers of persons: the 12 digits, the former 9, and what typing and spreadsheets do to them.

Structure of the 12 digits: Decree 137/2015/NĐ-CP art. 13; prefixes stay those of before July 2025.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

IdKind = Literal["personal", "former", "other", "none"]
Distance = Literal["same", "swap", "one_digit", "two_digits", "different"]
NumberLevel = Literal["same", "former", "swap", "one_digit", "two_digits", "different", "missing"]

PROVINCES: Final[dict[str, str]] = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang",
    "010": "Lào Cai", "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái",
    "017": "Hòa Bình", "019": "Thái Nguyên", "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang",
    "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh", "028": "Hà Tây", "030": "Hải Dương",
    "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định",
    "037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình",
    "045": "Quảng Trị", "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi",
    "052": "Bình Định", "054": "Phú Yên", "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận",
    "062": "Kon Tum", "064": "Gia Lai", "066": "Đắk Lắk", "067": "Đắk Nông", "068": "Lâm Đồng",
    "070": "Bình Phước", "072": "Tây Ninh", "074": "Bình Dương", "075": "Đồng Nai",
    "077": "Bà Rịa-Vũng Tàu", "079": "TP Hồ Chí Minh", "080": "Long An", "082": "Tiền Giang",
    "083": "Bến Tre", "084": "Trà Vinh", "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang",
    "091": "Kiên Giang", "092": "Cần Thơ", "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu",
    "096": "Cà Mau",
}  # fmt: skip

# Letters typed for digits, after upper case; only where the result then has the right length.
LETTER_FROM: Final = "OILSB"
LETTER_TO: Final = "01158"
_LETTERS: Final = str.maketrans(LETTER_FROM, LETTER_TO)

# Patterns shared with PostgreSQL (sql.py).
SCIENTIFIC: Final = "^[0-9]+([.,][0-9]+)?E[+]?[0-9]+$"
DECIMAL_TAIL: Final = "^([0-9]{8,12})[.,]0{1,2}$"
LABEL: Final = "^(SO)?(CCCD|CMTND|CMND|CMT|SDDCN|SDCN|DDCN|CC)"
# Two zeros come back only before a known province 001..008: a tax code also has ten digits.
LOST_TWO: Final = "^[1-8][0-9]{9}$"
LOST_ONE: Final = "^[1-9][0-9]{10}$"
LOST_FORMER: Final = "^[1-9][0-9]{7}$"
# A passport begins with a letter too; only O, typed for the 0 of Hà Nội, is read at the front of nine.
MENDED: Final = "^([0-9OILSB]{12}|[0-9O][0-9OILSB]{8})$"
MOST_LETTERS: Final = 3

_SCIENTIFIC: Final = re.compile(SCIENTIFIC)
_DECIMAL_TAIL: Final = re.compile(DECIMAL_TAIL)
_LABEL: Final = re.compile(LABEL)
_MENDED: Final = re.compile(MENDED)
_PLAIN: Final = re.compile("^(?:[0-9]{12}|[0-9]{9})$")
_NOT_ALNUM: Final = re.compile("[^0-9A-Z]")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number as understood; `repairs` are the codes of what had to be mended."""

    digits: str
    kind: IdKind
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """What the 12 digits say of their owner."""

    province_code: str
    sex: Literal["M", "F"]
    birth_year: int


_NONE: Final = IdNumber("", "none")


def understand_id(raw: str) -> IdNumber:
    """A personal (12 digits), former (9) or other number; lost zeros and letters for digits mended.

    A passport keeps kind "other" and no digits; a tax code keeps its digits and kind "other".
    """
    if _PLAIN.fullmatch(raw):
        return IdNumber(raw, "personal" if len(raw) == 12 else "former")
    text = _upper(raw)
    repairs: list[str] = []
    if _SCIENTIFIC.match(text):
        return IdNumber("", "other", ("digits_lost",))
    if hit := _DECIMAL_TAIL.match(text):
        text = hit[1]
        repairs.append("decimal_tail")
    compact = _NOT_ALNUM.sub("", text)
    if compact != text:
        repairs.append("separators")
    bare = _LABEL.sub("", compact)
    if bare != compact:
        repairs.append("label")
    return _read(bare, repairs) if bare else _NONE


def id_key(raw: str) -> str:
    """The understood digits, or "". Equal to vr_id_key in PostgreSQL."""
    return understand_id(raw).digits


def number_distance(first: str, second: str) -> Distance:
    """How far two numbers are apart: neighbours swapped, one digit or two wrong (same length only)."""
    if first == second:
        return "same"
    if len(first) != len(second) or not first:
        return "different"
    wrong = [at for at, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    if len(wrong) == 1:
        return "one_digit"
    if len(wrong) != 2:
        return "different"
    left, right = wrong
    crossed = first[left] == second[right] and first[right] == second[left]
    return "swap" if crossed and right == left + 1 else "two_digits"


_NEAREST: Final[tuple[Distance, ...]] = ("same", "swap", "one_digit", "two_digits", "different")


def number_level(digits: str, personal_id: str, former_ids: Iterable[str] = ()) -> NumberLevel:
    """How an understood number agrees with a person's: the personal one, or the nearest former one.

    Equal to number_level in `cases.matching.comparisons`. `former`: one of the former numbers; `missing`:
    no usable number, or a former one while none is on file for the person.
    """
    if len(digits) == 12:
        return number_distance(digits, personal_id)
    distances = [number_distance(digits, former) for former in former_ids] if len(digits) == 9 else []
    if not distances:
        return "missing"
    nearest = min(distances, key=_NEAREST.index)
    return "former" if nearest == "same" else nearest


# Letters that are taken for digits by eye; more of them than a key may mend.
_BY_EYE: Final = str.maketrans("OQDILZSGTB", "0001125678")
_MOST_BY_EYE: Final = 4


def guessed_digits(raw: str) -> str:
    """The 12 digits that were probably meant where `understand_id` gives none, or "".

    A proposal for somebody who compares, never a key: Z for 2, G for 6, T for 7 beside O, I, L, S, B.
    """
    if understand_id(raw).digits:
        return ""
    compact = _LABEL.sub("", _NOT_ALNUM.sub("", _upper(raw)))
    guessed = compact.translate(_BY_EYE)
    letters = sum(not ch.isdigit() for ch in compact)
    sound = len(guessed) == 12 and guessed.isdigit() and guessed[:3] in PROVINCES
    return guessed if sound and letters <= _MOST_BY_EYE else ""


def diff_digits(first: str, second: str) -> list[tuple[str, str, bool]]:
    """Both numbers cut into runs (left, right, same) for marking on screen; a run may be empty."""
    if len(first) == len(second):
        return _runs(first, second)
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return [(first[a:b], second[c:d], tag == "equal") for tag, a, b, c, d in blocks]


def structure(digits: str) -> Structure | None:
    """Province of birth registration, sex and birth year in a 12-digit number, or None."""
    if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):
        return None
    century, woman = divmod(int(digits[3]), 2)
    return Structure(digits[:3], "F" if woman else "M", 1900 + 100 * century + int(digits[4:6]))


_TAX_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def tax_code_valid(text: str) -> bool:
    """Whether the ten digits (or 10-3 of a branch) carry the right check digit."""
    code = re.sub("[ .-]", "", text)
    if len(code) not in (10, 13) or not (code.isascii() and code.isdigit()):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, code[:9], strict=True))
    return 10 - total % 11 == int(code[9])


def mask(number: str) -> str:
    """The number with its middle hidden: 001091•••217; short ones keep only their end."""
    if len(number) > 9:
        return number[:6] + "•" * (len(number) - 9) + number[-3:]
    return "•" * max(len(number) - 3, 0) + number[-3:] if len(number) > 3 else "•" * len(number)


def _upper(raw: str) -> str:
    text = unicodedata.normalize("NFKD", raw) if not raw.isascii() else raw
    return text.translate(_UPPER).strip(" \t\r\n'")


_UPPER: Final = {ord(ch): ch.upper() for ch in "abcdefghijklmnopqrstuvwxyz"} | dict.fromkeys(
    map(ord, "Đđ"), "D"
)


def _read(bare: str, repairs: list[str]) -> IdNumber:
    if bare.isdigit():
        return _padded(bare, repairs)
    letters = sum(not ch.isdigit() for ch in bare)
    if letters > MOST_LETTERS or not _MENDED.match(bare):
        return IdNumber("", "other", tuple(repairs))
    digits = bare.translate(_LETTERS)
    return IdNumber(digits, "personal" if len(digits) == 12 else "former", (*repairs, "letters"))


def _padded(digits: str, repairs: list[str]) -> IdNumber:
    if len(digits) in (9, 12):
        return IdNumber(digits, "personal" if len(digits) == 12 else "former", tuple(repairs))
    for pattern, kind, length in _LOST_ZEROS:
        if pattern.match(digits) and (length == 9 or digits.zfill(length)[:3] in PROVINCES):
            return IdNumber(digits.zfill(length), kind, (*repairs, "lost_zeros"))
    return IdNumber(digits, "other", tuple(repairs))


_LOST_ZEROS: Final[tuple[tuple[re.Pattern[str], IdKind, int], ...]] = (
    (re.compile(LOST_TWO), "personal", 12),
    (re.compile(LOST_ONE), "personal", 12),
    (re.compile(LOST_FORMER), "former", 9),
)


def _runs(first: str, second: str) -> list[tuple[str, str, bool]]:
    runs: list[tuple[str, str, bool]] = []
    for left, right in zip(first, second, strict=True):
        same = left == right
        if runs and runs[-1][2] == same:
            runs[-1] = (runs[-1][0] + left, runs[-1][1] + right, same)
        else:
            runs.append((left, right, same))
    return runs
