"""Types of columns, declared: how a cell is understood in SQL, and what may be noticed about it.

In every expression RAW stands for the cell (trimmed, never empty, NULL when absent) and VALUE for what was
understood. Fast paths stand first: the functions of `registry.identity.sql` are for the cells that need them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from registry.identity import dates, numbers
from registry.identity.text import fold

Repair = Literal["", "name", "text"]


@dataclass(frozen=True)
class Fault:
    """A code of `notices`, and when it is found. `only_notice`: the row is loaded all the same.

    `rejects`: the row is not loaded, though its column is lenient.
    """

    code: str
    when: str
    only_notice: bool = False
    rejects: bool = False


@dataclass(frozen=True)
class ColumnType:
    """`value` gives the typed column, `extras` further ones as (suffix, SQL type, expression).

    `keeps_raw` says when the raw text is worth keeping beside what was understood.
    """

    sql: str
    value: str = "RAW"
    faults: tuple[Fault, ...] = ()
    keeps_raw: str = "RAW IS DISTINCT FROM VALUE"
    repair: Repair = ""
    extras: tuple[tuple[str, str, str], ...] = ()
    # A ward code is understood by a join with the list of units.
    looks_up_ward: bool = False
    # A personal number: masked in previews.
    is_number: bool = False
    # A choice in Vietnamese words, by its value.
    words: Mapping[str, str] = field(default_factory=dict)


def _unreadable(code: str) -> Fault:
    return Fault(code, "RAW IS NOT NULL AND VALUE IS NULL")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def text(longest: int) -> ColumnType:
    """Free text, mended where its letters are damaged; longer text is cut and the whole kept as received."""
    return ColumnType(
        sql="text",
        value=f"left(RAW, {longest})",
        faults=(Fault("too_long", f"length(RAW) > {longest}", only_notice=True),),
        repair="text",
    )


def code(longest: int) -> ColumnType:
    """A key or code, taken as it stands."""
    return ColumnType(
        sql="text",
        value=f"CASE WHEN length(RAW) <= {longest} THEN RAW END",
        faults=(_unreadable("too_long"),),
        keeps_raw="VALUE IS NULL AND RAW IS NOT NULL",
    )


# Longer than any name, shorter than what an index can hold.
LONGEST_NAME: Final = 200
NAME: Final = ColumnType(
    sql="text",
    value=f"CASE WHEN length(RAW) <= {LONGEST_NAME} THEN RAW END",
    faults=(
        _unreadable("too_long"),
        Fault("letters_lost", "VALUE ~ '[?\ufffd]'", only_notice=True),
    ),
    repair="name",
)

_CENTURIES: Final = "(1[89]|2[01])[0-9]{2}"
_ISO: Final = f"^{_CENTURIES}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$"
_DAY_FIRST: Final = f"^(0[1-9]|1[0-9]|2[0-8])[-/](0[1-9]|1[0-2])[-/]{_CENTURIES}$"


def _date(function: str) -> str:
    """Most dates are plain; only the others go through the function."""
    return (
        f"CASE WHEN RAW ~ '{_ISO}' THEN RAW::date"
        f" WHEN RAW ~ '{_DAY_FIRST}'"
        " THEN make_date(substr(RAW, 7, 4)::int, substr(RAW, 4, 2)::int, left(RAW, 2)::int)"
        f" ELSE {function}(RAW) END"
    )


_LOST: Final = "VALUE IS NULL AND RAW IS NOT NULL"
DATE: Final = ColumnType(
    sql="date", value=_date("vr_date"), faults=(_unreadable("date_unreadable"),), keeps_raw=_LOST
)
BIRTH_DATE: Final = ColumnType(
    sql="date",
    value=_date("vr_birth_date"),
    faults=(_unreadable("date_unreadable"),),
    keeps_raw=f"({_LOST}) OR RAW ~ '^0?0[-/.]'",
    extras=(
        (
            "precision",
            "varchar(5)",
            f"CASE WHEN RAW ~ '{_ISO}' OR RAW ~ '{_DAY_FIRST}' THEN 'day' ELSE vr_birth_precision(RAW) END",
        ),
    ),
)

_CLOCK: Final = "([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?"
_ZONE: Final = "(Z|[+-](0[0-9]|1[0-4]):?[0-5]0)"
_MOMENT: Final = f"^(\\S+)[T ]+({_CLOCK})?\\s*{_ZONE}?$"
_LOCAL: Final = "'Asia/Ho_Chi_Minh'"
# A time without a zone is the city's; a date alone is its midnight.
TIMESTAMP: Final = ColumnType(
    sql="timestamptz",
    value=f"""CASE
        WHEN RAW ~ '^[^ T]+$' THEN vr_date(RAW)::timestamp AT TIME ZONE {_LOCAL}
        WHEN RAW ~ '[T ]{_CLOCK}$' THEN
            (vr_date(split_part(translate(RAW, 'T', ' '), ' ', 1))
             + substring(RAW FROM '[T ]({_CLOCK})$')::time) AT TIME ZONE {_LOCAL}
        WHEN RAW ~ '[T ]{_CLOCK}{_ZONE}$' THEN
            (vr_date(split_part(translate(RAW, 'T', ' '), ' ', 1))::text || ' '
             || substring(RAW FROM '[T ]({_CLOCK}{_ZONE})$'))::timestamptz
        END""",
    faults=(_unreadable("timestamp_unreadable"),),
    keeps_raw=_LOST,
)


def integer(least: int, most: int) -> ColumnType:
    """A whole number between two bounds; 1.200 is one thousand two hundred, as written here."""
    number = (
        "CASE WHEN RAW ~ '^[0-9]{1,9}$' THEN RAW::bigint"
        " WHEN RAW ~ '^[0-9]{1,3}([.][0-9]{3})+$' THEN replace(RAW, '.', '')::numeric"
        " WHEN RAW ~ '^[0-9]{1,9}[.,]0{1,2}$' THEN regexp_replace(RAW, '[.,].*', '')::bigint END"
    )
    kind = "smallint" if most <= 32767 else "integer"
    return ColumnType(
        sql=kind,
        value=f"CASE WHEN ({number}) BETWEEN {least} AND {most} THEN ({number})::{kind} END",
        faults=(_unreadable("number_unreadable"),),
        keeps_raw=_LOST,
    )


def choice(words: Mapping[str, Iterable[str]]) -> ColumnType:
    """One of the keys of `words`, or a synonym of it in any case, with or without tones."""
    exact = {word: value for value, synonyms in words.items() for word in (value, *synonyms)}
    folded = {fold(word): value for word, value in exact.items()}
    return ColumnType(
        sql=f"varchar({max(map(len, words))})",
        value=f"CASE RAW {_branches(exact)} ELSE CASE vr_fold(RAW) {_branches(folded)} END END",
        faults=(_unreadable("choice_unknown"),),
        keeps_raw=_LOST,
        words={value: next(iter(synonyms)) for value, synonyms in words.items()},
    )


def _branches(words: Mapping[str, str]) -> str:
    return " ".join(f"WHEN {_literal(word)} THEN {_literal(value)}" for word, value in words.items())


LONGEST_PLATE: Final = 24
PLATE: Final = ColumnType(
    sql="text",
    value=f"CASE WHEN RAW ~ '[0-9].*[0-9]' AND length(RAW) <= {LONGEST_PLATE} THEN RAW END",
    faults=(_unreadable("plate_unreadable"),),
    keeps_raw=_LOST,
    extras=(
        (
            "key",
            "text",
            "CASE WHEN RAW ~ '^[0-9A-Z .-]+$' THEN translate(RAW, ' .-', '') ELSE vr_compact(RAW) END",
        ),
    ),
)
# A licence number or another number read by its capitals and digits.
NUMBER: Final = replace(code(40), is_number=True)

_ROUNDED: Final = f"upper(RAW) ~ '{numbers.SCIENTIFIC}'"
PERSONAL_ID: Final = ColumnType(
    sql="text",
    value="CASE WHEN RAW ~ '^[0-9]{12}$' THEN RAW WHEN length(vr_id_key(RAW)) = 12 THEN vr_id_key(RAW) END",
    faults=(
        Fault("digits_lost", _ROUNDED),
        Fault("id_unreadable", f"RAW IS NOT NULL AND VALUE IS NULL AND NOT {_ROUNDED}"),
    ),
    is_number=True,
)
# What an old register says of a party: kept as it stands, read later by its digits.
LONGEST_PARTY_ID: Final = 40
PARTY_ID: Final = ColumnType(
    sql="text",
    value=f"CASE WHEN RAW ~ '[0-9]' AND length(RAW) <= {LONGEST_PARTY_ID} THEN RAW END",
    faults=(
        Fault("digits_lost", _ROUNDED, only_notice=True),
        _unreadable("id_unreadable"),
    ),
    keeps_raw=_LOST,
    is_number=True,
)
_FORMER: Final = "unnest(regexp_split_to_array(RAW, '[;,/|]+')) AS part"
_IS_FORMER: Final = "length(vr_id_key(part)) IN (9, 12)"
FORMER_IDS: Final = ColumnType(
    sql="varchar(12)[]",
    value=f"""CASE WHEN RAW IS NULL THEN '{{}}'::varchar(12)[]
        WHEN RAW ~ '^[0-9]{{9}}(;[0-9]{{9}})*$' THEN string_to_array(RAW, ';')::varchar(12)[]
        ELSE (SELECT coalesce(array_agg(vr_id_key(part)::varchar(12)), '{{}}') FROM {_FORMER}
              WHERE {_IS_FORMER}) END""",
    faults=(
        Fault(
            "former_id_unreadable",
            "RAW IS NOT NULL AND cardinality(VALUE)"
            " < cardinality(array_remove(regexp_split_to_array(RAW, '[;,/| ]+'), ''))",
            only_notice=True,
        ),
    ),
    keeps_raw="RAW <> array_to_string(VALUE, ';')",
    is_number=True,
)

PHONE: Final = ColumnType(
    sql="text",
    value="CASE WHEN RAW ~ '[0-9].*[0-9].*[0-9]' AND length(RAW) <= 30 THEN RAW END",
    faults=(_unreadable("phone_unreadable"),),
    keeps_raw=_LOST,
    is_number=True,
)
# The code as a spreadsheet leaves it: without its leading zeros.
WARD: Final = ColumnType(
    sql="text",
    value="CASE WHEN RAW ~ '^[0-9]{5}$' THEN RAW WHEN RAW ~ '^[0-9]{1,4}$' THEN lpad(RAW, 5, '0') END",
    faults=(_unreadable("ward_unknown"),),
    keeps_raw=_LOST,
    looks_up_ward=True,
)

assert dates.FIRST_YEAR == 1800  # the fast path reads the same centuries
assert dates.LAST_YEAR == 2199
