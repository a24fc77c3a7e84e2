"""The few words of SQL the simulator speaks: seeded dice, layers of columns, weighted tables.

Nothing is stored. Each attribute of row *n* is an expression over *n* and the seed, so files of any
size stream through DuckDB in constant memory, in order, on all cores, and come out the same each time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

Columns = Mapping[str, str]

WHOLE = 2**64  # how many values DuckDB's hash() has


def literal(value: object) -> str:
    """SQL text of a string, number, None, list or mapping (a struct)."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"'{key}': {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    return str(value)


def layer(source: str, **columns: str) -> str:
    """``source`` with more columns, which later layers may use by name."""
    added = ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
    return f"(SELECT *, {added} FROM {source})"


def only(source: str, **columns: str) -> str:
    """``source`` with these columns and no others."""
    kept = ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
    return f"(SELECT {kept} FROM {source})"


def without(source: str, *columns: str) -> str:
    """``source`` less some columns."""
    return f"(SELECT * EXCLUDE ({', '.join(columns)}) FROM {source})"


def where(source: str, condition: str) -> str:
    """The rows of ``source`` of which ``condition`` holds."""
    return f"(SELECT * FROM {source} WHERE {condition})"


def stacked(*sources: str) -> str:
    """The rows of several sources with the same columns, one after the other."""
    return "(" + " UNION ALL ".join(f"SELECT * FROM {source}" for source in sources) + ")"


def in_order(source: str, key: str) -> str:
    return f"(SELECT * FROM {source} ORDER BY {key})"


def case(choices: Iterable[tuple[str, str]], otherwise: str = "NULL") -> str:
    """``CASE WHEN condition THEN value … ELSE otherwise END``; ``otherwise`` alone without choices."""
    whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in choices)
    return f"(CASE {whens} ELSE {otherwise} END)" if whens else otherwise


def digits(number: str, width: int) -> str:
    """The number as text, with zeros before it."""
    return f"lpad(({number})::VARCHAR, {width}, '0')"


def table(name: str) -> str:
    """A list that the connection holds as a variable (see ``city.open_workshop``)."""
    return f"getvariable('{name}')"


def spread(weights: Mapping[str, float], size: int = 1000) -> list[str]:
    """A list in which each key stands as often as it weighs, at least once: picking is one index."""
    total = sum(weights.values())
    return [key for key, weight in weights.items() for _ in range(max(1, round(size * weight / total)))]


@dataclass(frozen=True)
class Dice:
    """Draws that depend on the seed, on the row's ``key`` and on ``what`` is drawn, and on nothing else."""

    seed: int

    def number(self, what: str) -> int:
        """A constant of 60 bits for this draw."""
        return int.from_bytes(blake2b(f"{self.seed}/{what}".encode(), digest_size=8).digest()) >> 4

    def bits(self, key: str, what: str) -> str:
        return f"hash({key} + {self.number(what)})"

    def below(self, key: str, what: str, limit: int | str) -> str:
        """A whole number 0 … limit-1."""
        return f"({self.bits(key, what)} % ({limit})::UBIGINT)::BIGINT"

    def unit(self, key: str, what: str) -> str:
        """A fraction in [0, 1)."""
        return f"(({self.bits(key, what)} >> 11)::DOUBLE / {2**53})"

    def chance(self, key: str, what: str, rate: float) -> str:
        """True in ``rate`` of the rows."""
        if rate >= 1:
            return "TRUE"
        return f"({self.bits(key, what)} < {int(rate * WHOLE)}::UBIGINT)"

    def share(self, key: str, what: str, rate: str) -> str:
        """True in the share of rows that the column ``rate`` gives."""
        return f"({self.unit(key, what)} < {rate})"

    def pick(self, key: str, what: str, choices: str) -> str:
        """One element of the list ``choices``."""
        return f"{choices}[1 + {self.below(key, what, f'nullif(len({choices}), 0)')}]"

    def shuffled(self, number: str, what: str, high: str, low: str) -> str:
        """Another number of 0 … high*low-1, a different one for each: three Feistel rounds."""
        left, right = f"(({number}) // ({low}))", f"(({number}) % ({low}))"
        right = f"(({right} + {self.below(left, what + ' 1', low)}) % ({low}))"
        left = f"(({left} + {self.below(right, what + ' 2', high)}) % ({high}))"
        right = f"(({right} + {self.below(left, what + ' 3', low)}) % ({low}))"
        return f"({left} * ({low}) + {right})"
