"""The Vietnamese alphabet as tables: everything else about letters is derived from here.

Source of the letter order: the national alphabet (a ă â b c d đ e ê … y); of the tone order
(ngang huyền hỏi ngã sắc nặng): the order of official lists and dictionaries.
"""

from typing import Final

# One row per vowel letter, one column per tone: ngang, huyền, hỏi, ngã, sắc, nặng.
TONE_ROWS: Final = (
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ",
    "eèẻẽéẹ", "êềểễếệ",
    "iìỉĩíị",
    "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
    "uùủũúụ", "ưừửữứự",
    "yỳỷỹýỵ",
)  # fmt: skip
CONSONANTS: Final = "bcdđghklmnpqrstvx"
# f j w z are not letters of Vietnamese, though foreign and minority names use them.
FOREIGN_LETTERS: Final = "fjwz"

VOWELS: Final = "".join(TONE_ROWS)
SMALL: Final = VOWELS + CONSONANTS
CAPITAL: Final = SMALL.upper()
LETTERS: Final = frozenset(SMALL + CAPITAL)

# Vowel letter -> (the same letter without its tone, tone 0..5), both cases.
SPLIT_TONE: Final[dict[str, tuple[str, int]]] = {
    letter: (row_case[0], tone)
    for row in TONE_ROWS
    for row_case in (row, row.upper())
    for tone, letter in enumerate(row_case)
}
ADD_TONE: Final = {pair: letter for letter, pair in SPLIT_TONE.items()}
WITHOUT_TONE: Final = str.maketrans({letter: pair[0] for letter, pair in SPLIT_TONE.items()})

# Combining marks, in the decomposed (NFD) writing of a letter.
TONE_MARKS: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
SHAPE_MARKS: Final = {"\u0306": "{", "\u0302": "|", "\u031b": "}"}
# Marks of other Latin alphabets; a foreigner's name folds to plain letters too.
OTHER_MARKS: Final = (
    "\u0304\u0307\u0308\u030a\u030b\u030c\u030f\u0311\u0313\u0314\u0315\u031a\u0324\u0325\u0326\u0327"
    "\u0328\u032d\u032e\u0330\u0331\u0338"
)

# What is typed for Đ: Icelandic ETH, African D (domain.md T9).
FALSE_D: Final = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}

_CYRILLIC = ("АВЕЅІЈКМНОРСТУХаеорсухіјѕ", "ABESIJKMHOPCTYXaeopcyxijs")
_GREEK = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo")
LOOKALIKES: Final[dict[str, str]] = {
    **dict(zip(*_CYRILLIC, strict=True)),
    **dict(zip(*_GREEK, strict=True)),
}
FULLWIDTH: Final = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}

BLANKS: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
INVISIBLE: Final = (
    "\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
    "\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
CONTROL: Final = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in BLANKS)
