"""Hand-made parties and persons for the tests of matching."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from cases.matching.engine import match
from cases.matching.model import Model
from cases.matching.rules import Ruleset

RULES = Ruleset.load()
MODEL = Model.load()
CITY = 8_500_000

PARTY_SCHEMA = pa.schema(
    [
        ("register", pa.string()),
        ("party_id", pa.int64()),
        ("kind", pa.string()),
        ("name", pa.string()),
        ("name_key", pa.string()),
        ("id_number", pa.string()),
        ("id_key", pa.string()),
        ("birth_date", pa.date32()),
        ("birth_precision", pa.string()),
        ("ward_code", pa.string()),
    ]
)

PERSON_SCHEMA = pa.schema(
    [
        ("personal_id", pa.string()),
        ("former_ids", pa.list_(pa.string())),
        ("name", pa.string()),
        ("name_key", pa.string()),
        ("birth_date", pa.date32()),
        ("birth_precision", pa.string()),
        ("gender", pa.string()),
        ("ward_code", pa.string()),
        ("died_on", pa.date32()),
    ]
)

REFUSAL_SCHEMA = pa.schema(
    [("register", pa.string()), ("party_id", pa.int64()), ("personal_id", pa.string())]
)


def folded(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def born(text: str | None) -> dict[str, Any]:
    """`1985-02-03` is a day, `1985-02` a month, `1985` a year."""
    if text is None:
        return {"birth_date": None, "birth_precision": None}
    parts = [int(part) for part in text.split("-")]
    precision = ("year", "month", "day")[len(parts) - 1]
    return {"birth_date": date(*(*parts, 1, 1)[:3]), "birth_precision": precision}


def party(
    name: str,
    number: str = "",
    birth: str | None = None,
    ward: str | None = None,
    *,
    kind: str = "citizen",
    party_id: int = 1,
    register: str = "owner",
) -> dict[str, Any]:
    return {
        "register": register,
        "party_id": party_id,
        "kind": kind,
        "name": name,
        "name_key": folded(name),
        "id_number": number,
        "id_key": number if number.isdigit() else "",
        **born(birth),
        "ward_code": ward,
    }


def person(
    personal_id: str,
    name: str,
    birth: str | None = "1985-02-03",
    ward: str | None = "00004",
    *,
    former: Sequence[str] = (),
    died: date | None = None,
) -> dict[str, Any]:
    return {
        "personal_id": personal_id,
        "former_ids": list(former),
        "name": name,
        "name_key": folded(name),
        **born(birth),
        "gender": None,
        "ward_code": ward,
        "died_on": died,
    }


def parties_table(parties: Sequence[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(parties), PARTY_SCHEMA)


def population_table(persons: Sequence[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(persons), PERSON_SCHEMA)


def refusals_table(refusals: Sequence[tuple[int, str]]) -> pa.Table:
    rows = [{"register": "owner", "party_id": number, "personal_id": who} for number, who in refusals]
    return pa.Table.from_pylist(rows, REFUSAL_SCHEMA)


@dataclass(frozen=True)
class Answer:
    """The verdict of one party, its comparison read, and the candidates' numbers best first."""

    verdict: str
    pass_name: str
    personal_id: str | None
    score: float
    comparison: dict[str, Any]
    candidates: list[str]


def ask(
    who: dict[str, Any], *persons: dict[str, Any], refused: Sequence[str] = (), carriers: int = 512
) -> Answer:
    """What the engine says of one party in a city where so many `carriers` share each person's name."""
    names = pa.array({one["name_key"] for one in persons}, pa.string())
    refusals = refusals_table([(who["party_id"], one) for one in refused])
    result = match(
        parties_table([who]),
        population_table(persons),
        refusals=refusals,
        rules=RULES,
        model=MODEL,
        population_size=CITY,
        name_counts=pa.table({"name_key": names, "people": pa.array([carriers] * len(names), pa.int64())}),
        threads=1,
    )
    [row] = result.verdicts.to_pylist()
    return Answer(
        row["verdict"],
        row["pass_name"],
        row["personal_id"],
        row["score"],
        json.loads(row["comparison"]),
        [candidate["personal_id"] for candidate in result.candidates.to_pylist()],
    )
