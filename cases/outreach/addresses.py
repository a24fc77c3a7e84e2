"""Residential group, street and house in an address, as SQL over the address's words without tones.

What is read is what is written: a group ("tổ dân phố 5", "TDP số 05", "thôn Đông") is as sure as the address;
a lane alone ("ngõ 12 phố Hoa Ban") is surely a lane, but may lie in two groups; an address with neither has
no group. Patterns read the folded text, and what is shown is cut from the address at the same place.
"""

from collections.abc import Sequence
from typing import Final

LANE: Final = "ngo"
"""The mark of a group key that is only a lane."""

# Words that belong together are tied: "to dan_pho 5" names no street, and "pho_thon dong" no hamlet. Patterns
# that look back for them instead take many times as long.
_TIED: Final = (
    (r"\m(dan|thanh|khu|to) pho\M", r"\1_pho"),
    (r"\m(pho|duong|ngo|ngach|hem|cho|cau|dinh|chua) ", r"\1_"),
)
_NUMBER: Final = r"(?: so)?[ .]*([0-9]{1,3}[a-z]?)(?:[^0-9a-z/]|$)"
_NAME: Final = "([a-z][^,;()-]{0,60})"
# Where a name written without a comma ends: the ward, the district, another group.
_TAIL: Final = (
    r" (?:phuong|xa|thi tran|p\.|x\.|tt\M|quan|huyen|thi xa|ha noi|hn\M"
    r"|to dan pho|tdp|thon|to [0-9]|xom [0-9]).*$"
)

_TO: Final = rf"\m(?:to dan_pho|t\.?d\.?p\.?|to dp|to){_NUMBER}"
_NAMED_TO: Final = rf"\m(?:to dan_pho|tdp) {_NAME}"
# Groups by how official they are: the first that is found names the group. What a key begins with, letters
# without which the pattern need not be tried, the pattern, and which part of it is the number or name.
_GROUPS: Final = (
    ("to", "to", _TO, 1),
    ("to", "tdp", _TO, 1),
    ("to", "t.d", _TO, 1),
    ("thon", "thon", rf"\mthon{_NUMBER}", 1),
    ("to", "dan_pho", _NAMED_TO, 1),
    ("to", "tdp", _NAMED_TO, 1),
    ("thon", "thon", rf"\mthon {_NAME}", 1),
    ("xom", "xom", rf"\mxom{_NUMBER}", 1),
    ("cum", "cum", rf"\mcum(?: dan cu)?{_NUMBER}", 1),
    ("khu", "khu", rf"\mkhu(?: dan cu|_pho)?{_NUMBER}", 1),
    ("doi", "doi", rf"\mdoi{_NUMBER}", 1),
    ("xom", "xom", rf"\mxom {_NAME}", 1),
)
# How each is written on lists: the words of the city, not of this program.
GROUP_WORDS: Final = {
    "to": "Tổ dân phố",
    "thon": "Thôn",
    "xom": "Xóm",
    "cum": "Cụm",
    "khu": "Khu",
    "doi": "Đội",
    LANE: "Ngõ",
}

_HOUSE_NUMBER: Final = r"^(?:(?:so nha|nha so|so|nha|sn)[. ]*)?([0-9]+[a-z]?(?:[-/.][0-9]+[a-z]?)*)"
_HOUSE: Final = _HOUSE_NUMBER + "(?:[ ,;]|$)"
_LANE: Final = r"\mngo_(?:so )?([0-9]{1,4}[a-z]?)(?:[^0-9a-z]|$)"
_STREETS: Final = (
    ("", "pho_", r"\mpho_([a-z0-9][^,;()-]{0,60})", 1),
    ("", "duong_", r"\mduong_([a-z0-9][^,;()-]{0,60})", 1),
    # A name right behind number and lane, without "phố" or "đường".
    (
        "",
        "",
        rf"{_HOUSE_NUMBER} (?:(?:ngo|ngach|hem)_(?:so )?[0-9][0-9a-z/.]*,? )*([a-z][^,;()-]{{1,60}})",
        2,
    ),
)
# But what stands there may be a group, the ward or the district. Xã Đàn is a street.
_NO_STREET: Final = (
    "^(?:(?:to|cum|doi|khu|xom|thon|ngo|ngach|hem)(?: so)? [0-9]|to dan pho|tdp|thon |xom |khu |phuong "
    r"|xa (?!dan)|p\.|x\.|quan |huyen |ha noi)"
)
# "05" is 5.
_PLAIN_NUMBER: Final = "coalesce(nullif(ltrim(kept, '0'), ''), kept)"
_BLANKS: Final = r"E'[ \\t\\r\\n\\u00a0]+'"


def _first(patterns: Sequence[tuple[str, str, str, int]]) -> str:
    """SQL: (mark, name, at) of the first pattern that is found in `tied`, the name as in `plain`.

    Few addresses have the letters of more than two: what has not is not tried.
    """
    rows = ", ".join(
        f"({rank}, '{mark}', '{letters}', '{pattern}', {part})"
        for rank, (mark, letters, pattern, part) in enumerate(patterns)
    )
    return f"""SELECT mark, at,
           substr(plain, at, length(regexp_substr(tied, pattern, 1, 1, '', part))) AS name
    FROM (SELECT tried.*, CASE WHEN strpos(tied, letters) > 0
                               THEN regexp_instr(tied, pattern, 1, 1, 0, '', part) ELSE 0 END AS at
          FROM (VALUES {rows}) AS tried(rank, mark, letters, pattern, part) OFFSET 0) AS looked
    WHERE at > 0 ORDER BY rank LIMIT 1"""


def _tie(text: str) -> str:
    """SQL: the text with the same letters at the same places, words that belong together tied."""
    for pattern, together in _TIED:
        text = f"regexp_replace({text}, '{pattern}', '{together}', 'g')"
    return text


def _without_tail(text: str) -> str:
    return f"btrim(regexp_replace({text}, '{_TAIL}', ''), ' .')"


def _cut(text: str) -> str:
    """What is shown: as long as the text without tones, from the same place."""
    return f"substr(shown, at, length({text}))"


def _words() -> str:
    whens = " ".join(f"WHEN '{mark}' THEN '{words}'" for mark, words in GROUP_WORDS.items())
    return f"CASE mark {whens} END"


def addresses_sql(source: str) -> str:
    """SQL: the rows of `source`, SQL of (id, address), as (id, group_key, group_name, street_key, street,
    house_key).

    OFFSET 0 keeps each step from being computed again for every step that uses it.
    """
    return f"""
SELECT id,
       CASE WHEN grouped.key IS NOT NULL THEN grouped.key
            WHEN lane <> '' THEN concat_ws(' ', '{LANE}', lane, nullif(street_key, ''))
            ELSE '' END AS group_key,
       CASE WHEN grouped.key IS NOT NULL THEN grouped.title
            WHEN lane <> '' THEN concat_ws(' ', '{GROUP_WORDS[LANE]}', upper(lane), nullif(street, ''))
            ELSE '' END AS group_name,
       street_key, street,
       lpad(coalesce(substring(lane FROM '^[0-9]+'), ''), 4, '0')
           || coalesce(lpad(left(substring(house FROM '^[0-9]+'), 5), 5, '0'), '99999')
           || coalesce(substring(house FROM '^[0-9]+(.*)$'), '') AS house_key
FROM (
    SELECT said.*, coalesce(regexp_substr(tied, '{_LANE}', 1, 1, '', 1), '') AS lane,
           regexp_substr(plain, '{_HOUSE}', 1, 1, '', 1) AS house
    FROM (
        SELECT folded.id, CASE WHEN length(folded.plain) = length(folded.written)
                               THEN folded.written ELSE folded.plain END AS shown,
               folded.plain, {_tie("folded.plain")} AS tied
        FROM (
            SELECT given.id, given.written, coalesce(vr_fold(given.written), '') AS plain
            FROM (SELECT source.id, btrim(regexp_replace(normalize(coalesce(source.address, ''), NFC),
                         {_BLANKS}, ' ', 'g')) AS written
                  FROM ({source}) AS source OFFSET 0) AS given OFFSET 0
        ) AS folded OFFSET 0
    ) AS said OFFSET 0
) AS house
LEFT JOIN LATERAL (
    SELECT mark || ' ' || {_PLAIN_NUMBER} AS key,
           {_words()} || ' ' || CASE WHEN kept ~ '^[0-9]' THEN upper({_PLAIN_NUMBER})
                                     ELSE {_cut("kept")} END AS title
    FROM (SELECT mark, at, {_without_tail("name")} AS kept
          FROM ({_first(_GROUPS)}) AS first_group OFFSET 0) AS named
) AS grouped ON true
LEFT JOIN LATERAL (
    SELECT CASE WHEN is_surname THEN 'duong ' ELSE '' END || kept AS key,
           CASE WHEN is_surname THEN substr(shown, at - 6, 6) ELSE '' END || {_cut("kept")} AS words
    FROM (SELECT at, {_without_tail("name")} AS kept,
                 -- "đường" and the surname Dương are one word without tones.
                 at > 6 AND substr(shown, at - 6, 2) IN ('Dư', 'dư', 'DƯ') AS is_surname
          FROM ({_first(_STREETS)}) AS first_street
          WHERE name !~ '{_NO_STREET}' OFFSET 0) AS named
) AS road ON true
CROSS JOIN LATERAL (
    SELECT coalesce(road.key, '') AS street_key, coalesce(road.words, '') AS street
) AS streets"""
