"""Damaged texts mended by `registry.identity`: the distinct ones of a range go through Python, no others.

A temporary table `mended` (raw, how, good) holds them until the transaction ends; of rows that are no file
they are given as they are.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.db import connection

from registry.deliveries.kinds import Kind
from registry.deliveries.staging import execute, run
from registry.identity import alphabet
from registry.identity.encodings import repair
from registry.identity.names import understand_name
from registry.identity.plainness import is_plain
from registry.identity.repairing import DISGUISED_PATTERN, is_disguised
from registry.identity.text import clean

_ACCENTED: Final = "".join(sorted(letter for letter in alphabet.LETTERS if not letter.isascii()))
# Anything but ASCII and Vietnamese letters, or a blank too many.
_STRANGE: Final = f"[^ -~{_ACCENTED}]|  "

MENDERS: Final[dict[str, Callable[[str], str]]] = {
    "name": lambda raw: understand_name(raw).text or raw,
    "text": lambda raw: clean(repair(raw)) or raw,
}
_CREATE = "CREATE TEMP TABLE mended (how text NOT NULL, raw text NOT NULL, good text NOT NULL) ON COMMIT DROP"
_BLANKS = r"E' \t\r\n\u00a0\ufeff'"

_STRANGE_TEXT: Final = re.compile(_STRANGE)
# The same two questions that `_damaged` asks in SQL.
_LOOKS_DAMAGED: Final[dict[str, Callable[[str], bool]]] = {
    "name": lambda text: not is_plain(text) or is_disguised(text),
    "text": lambda text: _STRANGE_TEXT.search(text) is not None,
}


def mendings(kind: Kind, rows: Iterable[Mapping[str, str | None]]) -> list[tuple[str, str, str]]:
    """(how, raw, good) of the damaged texts of a few rows, whose cells have no blanks around them."""
    columns = [(column.name, column.type.repair) for column in kind.columns if column.type.repair]
    texts = {(how, text) for row in rows for name, how in columns if (text := row.get(name))}
    damaged = [(how, text) for how, text in texts if _LOOKS_DAMAGED[how](text)]
    return [(how, text, good) for how, text in damaged if (good := MENDERS[how](text)) != text]


def mended(kind: Kind, cells: str, first: int, last: int) -> None:
    """Mend the damaged texts of a range into the temporary table `mended`."""
    run("DROP TABLE IF EXISTS pg_temp.mended")
    run(_CREATE)
    for how in MENDERS:
        names = [column.name for column in kind.columns if column.type.repair == how]
        if names:
            _mend(how, _damaged(how, names, f"{cells} WHERE row_no BETWEEN {first} AND {last}"))


def joined_mendings(kind: Kind) -> list[str]:
    """The joins that bring mended texts to their cells, as mended_<column>.good."""
    return [
        f"LEFT JOIN mended mended_{column.name} ON mended_{column.name}.raw = raw.{column.name}"
        f" AND mended_{column.name}.how = '{column.type.repair}'"
        for column in kind.columns
        if column.type.repair
    ]


def _damaged(how: str, names: list[str], source: str) -> str:
    """The distinct damaged texts of these columns."""
    trimmed = [f"btrim({name}, {_BLANKS})" for name in names]
    texts = f"SELECT DISTINCT text FROM (SELECT unnest(ARRAY[{', '.join(trimmed)}]) AS text FROM {source}"
    if how == "name":
        suspect = f"(vr_looks_damaged(text) OR text ~ '{DISGUISED_PATTERN}')"
        return f"SELECT text FROM ({texts}) AS every) AS single WHERE text <> '' AND {suspect}"
    # One look at a whole row spares most rows the others.
    any_strange = f"concat_ws('|', {', '.join(trimmed)}) ~ '{_STRANGE}'"
    return f"{texts} AND {any_strange}) AS every WHERE text ~ '{_STRANGE}'"


def _mend(how: str, query: str) -> None:
    mend = MENDERS[how]
    with connection.cursor() as cursor:
        execute(cursor, query)
        damaged = [raw for (raw,) in cursor.fetchall()]
        changed = [(how, raw, good) for raw in damaged if (good := mend(raw)) != raw]
        with cursor.copy("COPY mended (how, raw, good) FROM STDIN") as copy:
            for row in changed:
                copy.write_row(row)
