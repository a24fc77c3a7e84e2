"""Residential group, street and house in an address, as SQL over the address's words without tones.

What is read is what is written: a group ("tổ dân phố 5", "TDP số 05", "thôn Đông") is as sure as the address;
a lane alone ("ngõ 12 phố Hoa Ban") is surely a lane, but may lie in two groups; an address with neither has
no group. Patterns read the folded text, and what is shown is cut from the address at the same place.
"""

from typing import Final

LANE: Final = "ngo"
"""The mark of a group key that is only a lane."""

# "phố Thôn Đông", "ngõ Xóm Mới": the name of a street.
_NOT_STREET: Final = r"(?<!(?:pho|duong|ngo|ngach|hem|cho|cau|dinh|chua) )"
_NUMBER: Final = r"(?: so)?[ .]*([0-9]{1,3}[a-z]?)(?![0-9a-z/])"
_NAME: Final = "([a-z][^,;()-]{0,60})"
# Where a name written without a comma ends: the ward, the district, another group.
_TAIL: Final = (
    r" (?:phuong|xa|thi tran|p\.|x\.|tt\M|quan|huyen|thi xa|ha noi|hn\M"
    r"|to dan pho|tdp|thon|to [0-9]|xom [0-9]).*$"
)

# Group marks by how official they are: the first that is found names the group. Mark → what it begins a key
# with; its pattern, whose last part is the number or name.
_GROUPS: Final = (
    ("to", rf"{_NOT_STREET}\m(?:to dan pho|t\.?d\.?p\.?|to dp|to){_NUMBER}"),
    ("thon", rf"{_NOT_STREET}\mthon{_NUMBER}"),
    ("to", rf"{_NOT_STREET}\m(?:to dan pho|tdp) {_NAME}"),
    ("thon", rf"{_NOT_STREET}\mthon {_NAME}"),
    ("xom", rf"{_NOT_STREET}\mxom{_NUMBER}"),
    ("cum", rf"{_NOT_STREET}\mcum(?: dan cu)?{_NUMBER}"),
    ("khu", rf"{_NOT_STREET}\mkhu(?: dan cu| pho)?{_NUMBER}"),
    ("doi", rf"{_NOT_STREET}\mdoi{_NUMBER}"),
    ("xom", rf"{_NOT_STREET}\mxom {_NAME}"),
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

_HOUSE: Final = r"^(?:(?:so nha|nha so|so|nha|sn)[. ]*)?([0-9]+[a-z]?(?:[-/.][0-9]+[a-z]?)*)(?=[ ,;]|$)"
_LANE: Final = r"\mngo (?:so )?([0-9]{1,4}[a-z]?)(?![0-9a-z])"
# "tổ dân phố", "thành phố", "khu phố" are no streets.
_STREET: Final = r"(?<!(?:dan|thanh|khu|to) )\m(?:pho|duong) ([a-z0-9][^,;()-]{0,60})"
# A name right behind number and lane, without "phố" or "đường"; but no group, ward or lane.
_BARE_STREET: Final = (
    _HOUSE.removesuffix("(?=[ ,;]|$)")
    + r" (?:(?:ngo|ngach|hem) (?:so )?[0-9][0-9a-z/.]*,? )*"
    + r"(?!(?:to|cum|doi|khu|xom|thon|ngo|ngach|hem)(?: so)? [0-9]|to dan pho|tdp|thon |xom |khu "
    + r"|phuong |xa (?!dan)|p\.|x\.|quan |huyen |ha noi)([a-z][^,;()-]{1,60})"
)

# "05" is 5.
_PLAIN_NUMBER: Final = "coalesce(nullif(ltrim(kept, '0'), ''), kept)"
_BLANKS: Final = r"E'[ \\t\\r\\n\\u00a0]+'"


def _part(pattern: str, group: int = 1) -> str:
    """SQL: the part of `plain` that this group of the pattern matches, as (text, place)."""
    return (
        f"regexp_substr(plain, '{pattern}', 1, 1, '', {group}),"
        f" regexp_instr(plain, '{pattern}', 1, 1, 0, '', {group})"
    )


def _first_group() -> str:
    """SQL: (mark, name, place) of the first group that is found; place 0 where there is none."""
    rows = ",\n        ".join(
        f"({rank}, '{mark}', {_part(pattern)})" for rank, (mark, pattern) in enumerate(_GROUPS)
    )
    return f"""SELECT mark, name, at FROM (VALUES
        {rows}
    ) AS tried(rank, mark, name, at) WHERE at > 0 ORDER BY rank LIMIT 1"""


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
    SELECT said.*, coalesce(regexp_substr(plain, '{_LANE}', 1, 1, '', 1), '') AS lane,
           regexp_substr(plain, '{_HOUSE}', 1, 1, '', 1) AS house
    FROM (
        SELECT folded.id, CASE WHEN length(folded.plain) = length(folded.written)
                               THEN folded.written ELSE folded.plain END AS shown, folded.plain
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
          FROM ({_first_group()}) AS first_group OFFSET 0) AS named
) AS grouped ON true
LEFT JOIN LATERAL (
    SELECT CASE WHEN is_surname THEN 'duong ' ELSE '' END || kept AS key,
           CASE WHEN is_surname THEN substr(shown, at - 6, 6) ELSE '' END || {_cut("kept")} AS words
    FROM (SELECT at, {_without_tail("name")} AS kept,
                 -- "đường" and the surname Dương are one word without tones.
                 at > 6 AND substr(shown, at - 6, 2) IN ('Dư', 'dư', 'DƯ') AS is_surname
          FROM (VALUES (1, {_part(_STREET)}), (2, {_part(_BARE_STREET, 2)})) AS tried(rank, name, at)
          WHERE at > 0 ORDER BY rank LIMIT 1) AS named
) AS road ON true
CROSS JOIN LATERAL (
    SELECT coalesce(road.key, '') AS street_key, coalesce(road.words, '') AS street
) AS streets"""
