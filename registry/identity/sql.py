"""The keys of the registers as immutable PostgreSQL functions, built from the tables of this room.

No ICU, no locale: PostgreSQL 15 or newer, any UTF8 database. Every function returns NULL for NULL
and never raises; each says which Python function it equals. One test holds both sides together.
"""

import unicodedata
from typing import Final

from . import alphabet, dates, numbers, plainness, plates, text


def _quoted(value: str) -> str:
    """A PostgreSQL literal, everything but ASCII and letters escaped."""
    body = "".join(_escaped(ch) for ch in value)
    return f"E'{body}'" if "\\" in body else f"'{body}'"


def _escaped(ch: str) -> str:
    if ch == "'":
        return "''"
    if ch == "\\":
        return "\\\\"
    if " " <= ch <= "~" or (ch.isalpha() and not unicodedata.combining(ch)):
        return ch
    return f"\\u{ord(ch):04x}"


def _function(name: str, returns: str, language: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}(value text) RETURNS {returns} LANGUAGE {language}\n"
        f"IMMUTABLE STRICT PARALLEL SAFE AS $vr$\n{body}\n$vr$"
    )


_DECOMPOSED: Final = 'lower(normalize(value, NFKD) COLLATE "C")'
_UPPER: Final = 'upper(normalize(value, NFKD) COLLATE "C")'
_TRIMMED: Final = r"btrim(normalize(value, NFKC), E' \t\r\n')"


def _translated(inner: str, sources: str, targets: str, dropped: str = "") -> str:
    return f"translate({inner}, {_quoted(sources + dropped)}, {_quoted(targets)})"


_VIETNAMESE_MARKS: Final = "".join(alphabet.TONE_MARKS) + "".join(alphabet.SHAPE_MARKS)
_ACCENTED: Final = "".join(sorted(letter for letter in alphabet.LETTERS if not letter.isascii()))


def _unusual() -> str:
    """True for text with anything but Vietnamese letters and ASCII.

    translate() walks its whole table for each letter: the long table is for the few that need it.
    """
    return f"value ~ {_quoted(f'[^ -~{_ACCENTED}{_VIETNAMESE_MARKS}]')}"


def _either(short: str, long: str) -> str:
    return f"CASE WHEN {_unusual()} THEN {long} ELSE {short} END"


# A pattern is run only where there is something for it to do: most names have single blanks.
_SINGLE_BLANKS: Final = """
  IF strpos(t, '  ') > 0 THEN t := regexp_replace(t, ' +', ' ', 'g'); END IF;
  t := btrim(t);"""


def _fold() -> str:
    short = _translated(_DECOMPOSED, "Đđ", "dd", _VIETNAMESE_MARKS)
    long = _translated(_DECOMPOSED, text.FOLD_FROM, text.FOLD_TO, text.FOLD_DROP)
    body = f"""
DECLARE t text := {_either(short, long)};
BEGIN{_SINGLE_BLANKS}
  RETURN t;
END"""
    return _function("vr_fold", "text", "plpgsql", body)


def _name_sort() -> str:
    """Equal to text.sort_key; one đ stands for every Đ until it becomes two characters.

    Patterns compare bytes: the key is ASCII where they look.
    """
    short = _translated(_DECOMPOSED, "Đđ" + text.SORT_FROM, "đđ" + text.SORT_TO)
    every_d = "đ" * text.FALSE_D_COUNT + text.FOLD_TO[text.FALSE_D_COUNT :]
    long = _translated(_DECOMPOSED, text.FOLD_FROM + text.SORT_FROM, every_d + text.SORT_TO, text.SORT_DROP)
    body = rf"""
DECLARE t text := replace({_either(short, long)}, 'đ', {_quoted(text.SORT_D)}); given text;
BEGIN{_SINGLE_BLANKS}
  t := regexp_replace(t COLLATE "C", {_quoted(text.SORT_TONE_LAST)}, '\2\1', 'g');
  given := split_part(t, ' ', -1);
  RETURN CASE WHEN given = t THEN t ELSE given || ' ' || left(t, - length(given) - 1) END;
END"""
    return _function("vr_name_sort", "text", "plpgsql", body)


def _compact() -> str:
    upper = _translated(_UPPER, plates.COMPACT_FROM, plates.COMPACT_TO)
    body = f"""
BEGIN
  IF value ~ '^[0-9A-Z .-]*$' THEN RETURN translate(value, ' .-', ''); END IF;
  RETURN regexp_replace({upper}, '[^0-9A-ZĐ]', '', 'g');
END"""
    return _function("vr_compact", "text", "plpgsql", body)


def _digits() -> str:
    body = "SELECT regexp_replace(normalize(value, NFKD), '[^0-9]', '', 'g')"
    return _function("vr_digits", "text", "sql", body)


def _id_key() -> str:
    provinces = "|".join(numbers.PROVINCES)
    body = f"""
DECLARE t text; d text;
BEGIN
  IF value ~ '^([0-9]{{12}}|[0-9]{{9}})$' THEN RETURN value; END IF;
  t := btrim(translate({_UPPER}, 'Đđ', 'DD'), E' \\t\\r\\n''');
  IF t ~ '{numbers.SCIENTIFIC}' THEN RETURN ''; END IF;
  t := regexp_replace(t, '{numbers.DECIMAL_TAIL}', '\\1');
  d := regexp_replace(regexp_replace(t, '[^0-9A-Z]', '', 'g'), '{numbers.LABEL}', '');
  IF d ~ '^[0-9]+$' THEN
    RETURN CASE
      WHEN d ~ '{numbers.LOST_TWO}' AND lpad(d, 12, '0') ~ '^({provinces})' THEN lpad(d, 12, '0')
      WHEN d ~ '{numbers.LOST_ONE}' AND lpad(d, 12, '0') ~ '^({provinces})' THEN lpad(d, 12, '0')
      WHEN d ~ '{numbers.LOST_FORMER}' THEN lpad(d, 9, '0')
      ELSE d END;
  END IF;
  IF d ~ '{numbers.MENDED}' AND length(regexp_replace(d, '[0-9]', '', 'g')) <= {numbers.MOST_LETTERS} THEN
    RETURN translate(d, '{numbers.LETTER_FROM}', '{numbers.LETTER_TO}');
  END IF;
  RETURN '';
END"""
    return _function("vr_id_key", "text", "plpgsql", body)


def _calendar(year: str, month: str, day: str) -> str:
    """A date expression that is NULL, not an error, for a day the calendar does not have."""
    leap = f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"
    return f"""CASE WHEN {year} BETWEEN {dates.FIRST_YEAR} AND {dates.LAST_YEAR}
      AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND CASE
        WHEN {month} = 2 AND {leap} THEN 29 WHEN {month} = 2 THEN 28
        WHEN {month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END
    THEN make_date({year}, {month}, {day}) END"""


_READ_FULL: Final = f"""
  p := regexp_match(t, '{dates.DAY_FIRST}');
  IF p IS NOT NULL THEN
    y := p[3]; m := p[2]; d := p[1];
  ELSE
    p := regexp_match(t, '{dates.YEAR_FIRST}');
    IF p IS NOT NULL THEN y := p[1]; m := p[2]; d := p[3]; END IF;
  END IF;"""

_READ_PARTIAL: Final = f"""
  IF y IS NULL THEN
    p := regexp_match(t, '{dates.MONTH_FIRST}');
    IF p IS NOT NULL THEN y := p[2]; m := p[1]; d := 0; END IF;
  END IF;
  IF y IS NULL THEN
    p := regexp_match(t, '{dates.YEAR_MONTH}');
    IF p IS NOT NULL THEN y := p[1]; m := p[2]; d := 0; END IF;
  END IF;
  IF y IS NULL THEN
    p := regexp_match(t, '{dates.YEAR_ONLY}');
    IF p IS NOT NULL THEN y := p[1]; m := 0; d := 0; END IF;
  END IF;"""


def _date_function(name: str, returns: str, reading: str, result: str) -> str:
    body = f"""
DECLARE t text := {_TRIMMED}; p text[]; y int; m int; d int; born date;
BEGIN{reading}
  {result}
END"""
    return _function(name, returns, "plpgsql", body)


def _dates() -> tuple[str, ...]:
    calendar = _calendar("y", "m", "d")
    partial = _calendar("y", "greatest(m, 1)", "(CASE WHEN m = 0 THEN 1 ELSE greatest(d, 1) END)")
    birth = f"IF d > 31 THEN RETURN NULL; END IF;\n  born := {partial};"
    precision = "CASE WHEN d > 0 AND m > 0 THEN 'day' WHEN m > 0 THEN 'month' ELSE 'year' END"
    both = _READ_FULL + _READ_PARTIAL
    return (
        _date_function("vr_date", "date", _READ_FULL, f"RETURN {calendar};"),
        _date_function("vr_birth_date", "date", both, f"{birth}\n  RETURN born;"),
        _date_function(
            "vr_birth_precision",
            "text",
            both,
            f"{birth}\n  RETURN CASE WHEN born IS NOT NULL THEN {precision} END;",
        ),
    )


def _looks_damaged() -> str:
    plain = _quoted(f"^({plainness.PLAIN})$")
    body = f"BEGIN RETURN NOT (value ~ {plain} AND value !~ {_quoted(plainness.SUSPECT)}); END"
    return _function("vr_looks_damaged", "boolean", "plpgsql", body)


def _party_key() -> str:
    """Who is one owner: same kind, number and name. NULL without a number that can be told from others."""
    rounded = f"{_UPPER.replace('value', 'id_number')} ~ '{numbers.SCIENTIFIC}'"
    return f"""CREATE OR REPLACE FUNCTION vr_party_key(kind text, id_number text, name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $vr$
DECLARE number text := vr_id_key(id_number);
BEGIN
  IF number = '' AND NOT {rounded} THEN number := vr_compact(id_number); END IF;
  IF length(number) < 5 THEN RETURN NULL; END IF;
  RETURN kind || '|' || number || '|' || vr_name_sort(name);
END
$vr$"""


FUNCTIONS: Final[tuple[str, ...]] = (
    _fold(),
    _name_sort(),
    _compact(),
    _digits(),
    _id_key(),
    *_dates(),
    _looks_damaged(),
    _party_key(),
)
NAMES: Final = (
    "vr_fold", "vr_name_sort", "vr_compact", "vr_digits", "vr_id_key",
    "vr_date", "vr_birth_date", "vr_birth_precision", "vr_looks_damaged",
)  # fmt: skip
DROP: Final[tuple[str, ...]] = tuple(f"DROP FUNCTION IF EXISTS {name}(text)" for name in NAMES)
