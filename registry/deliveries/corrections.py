"""A correction outlives the claim it corrected: a row that repeats the old claim says what the register says.

The statements start from the corrections and find the staged rows by record id; they are as long as what was
corrected, not as the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from registry.deliveries.staging import Staging, row_of, run

Group = tuple[str, ...]


@dataclass(frozen=True)
class Correctable:
    """What may be corrected in the entries `e` of one register, and the staged rows `s` that speak of it.

    `entries` joins the entries to what was `corrected`. `staged` maps columns of the register to columns of
    the staged rows. A group of columns is taken together. `party` names somebody: only while a row names the
    same party, or the one it was corrected from, is what it says of them (`of_party`) an old claim. `alone`
    are groups that need no party. `follows` are columns that go with the party and are no claims themselves.
    `same` must be equal for the party to be the same.
    """

    register: str
    entries: str
    source_id: str
    staged: Mapping[str, str]
    alone: tuple[Group, ...] = ()
    party: Group = ()
    of_party: tuple[Group, ...] = ()
    follows: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)

    def keep(self, rows: str, first: int, last: int) -> int:
        """Old claims of a range become what the register says. Returns how many rows."""
        kept = self._kept()
        sets = ", ".join(f"{staged} = {value}" for staged, value in kept.items())
        says = ", ".join(f"s.{staged}" for staged in kept)
        return run(f"""
            UPDATE {rows} s SET {sets}
            FROM (SELECT DISTINCT entry_id FROM registry_correction
                  WHERE register = '{self.register}') AS corrected
            JOIN {self.entries}
            WHERE s.source_id = {self.source_id} AND s.row_no BETWEEN {first} AND {last}
              AND ROW({says}) IS DISTINCT FROM ROW({", ".join(kept.values())})
        """)

    def _kept(self) -> dict[str, str]:
        """Staged column → what it shall say."""
        found: dict[str, str] = {}
        for group in self.alone:
            found |= self._values(group, self._repeats(group))
        if self.party:
            named = self._names_party()
            found |= self._values(self.party, named)
            found |= {staged: _either(named, column, staged) for column, staged in self.follows.items()}
            for group in self.of_party:
                found |= self._values(group, f"{named} AND {self._repeats(group)}")
        return found

    def _values(self, group: Group, condition: str) -> dict[str, str]:
        return {self.staged[column]: _either(condition, column, self.staged[column]) for column in group}

    def _names_party(self) -> str:
        same = [f"s.{staged} = e.{column}" for column, staged in self.same.items()]
        return " AND ".join([*same, self._repeats(self.party)])

    def _repeats(self, group: Group) -> str:
        """Every column of the group says what the register says, or what it was corrected from.

        A birth date that is left out where one was corrected in is no news either.
        """
        said = " AND ".join(self._equal_or_said(column) for column in group)
        if group[0].endswith("birth_date"):
            silent = f"s.{self.staged[group[0]]} IS NULL AND {self._corrected(group[0])}"
            return f"({said} OR {silent})"
        return f"({said})"

    def _equal_or_said(self, column: str) -> str:
        staged = f"s.{self.staged[column]}"
        said = self._corrected(column, f" AND c.said IS NOT DISTINCT FROM {staged}::text")
        return f"({staged} IS NOT DISTINCT FROM e.{column} OR {said})"

    def _corrected(self, column: str, claim: str = "") -> str:
        """Whether the register still says what a correction of this column wrote."""
        return (
            f"EXISTS (SELECT 1 FROM registry_correction c WHERE c.register = '{self.register}'"
            f" AND c.entry_id = e.id AND c.field = '{column}'"
            f" AND c.corrected IS NOT DISTINCT FROM e.{column}::text{claim})"
        )


def _either(condition: str, column: str, staged: str) -> str:
    return f"CASE WHEN {condition} THEN e.{column} ELSE s.{staged} END"


def _alike(*columns: str) -> dict[str, str]:
    return {column: column for column in columns}


_OWNER: Final = Correctable(
    register="owner",
    entries="registry_owner e ON e.id = corrected.entry_id JOIN registry_vehicle v ON v.owner_id = e.id",
    source_id="v.source_id",
    staged={
        "name": "owner_name",
        "id_number": "owner_id_number",
        "birth_date": "owner_birth_date",
        "birth_precision": "owner_birth_date_precision",
        "phone": "owner_phone",
        "address": "owner_address",
    },
    party=("name", "id_number"),
    of_party=(("birth_date", "birth_precision"), ("phone",), ("address",)),
    follows={"party_key": "party_key"},
    same={"kind": "owner_kind"},
)
_VEHICLE_COLUMNS: Final = (
    "brand", "model_code", "colour", "engine_no", "chassis_no", "year_made", "status",
)  # fmt: skip
_VEHICLE: Final = Correctable(
    register="vehicle",
    entries="registry_vehicle e ON e.id = corrected.entry_id",
    source_id="e.source_id",
    staged=_alike(*_VEHICLE_COLUMNS),
    alone=tuple((column,) for column in _VEHICLE_COLUMNS),
)
_LICENCE: Final = Correctable(
    register="licence",
    entries="registry_driverlicence e ON e.id = corrected.entry_id",
    source_id="e.source_id",
    staged=_alike("number", "status", "holder_name", "holder_id_number", "holder_birth_date")
    | {"holder_birth_precision": "holder_birth_date_precision"},
    alone=(("number",), ("status",)),
    party=("holder_name", "holder_id_number"),
    of_party=(("holder_birth_date", "holder_birth_precision"),),
)
# By kind of file: what its rows speak of that may have been corrected.
CORRECTABLE: Final[dict[str, tuple[Correctable, ...]]] = {
    "vehicles": (_VEHICLE, _OWNER),
    "licences": (_LICENCE,),
}
_ALL: Final = 1 << 62


def keep_corrections(kind: str, staging: Staging, first: int = 0, last: int = _ALL) -> int:
    """Rows of a range that repeat an old claim take what the register says. Returns how many times."""
    return sum(spoken.keep(staging.rows, first, last) for spoken in _corrected(kind))


def index_for_corrections(kind: str, staging: Staging) -> None:
    """Rows are found by record id, where there is anything to find."""
    if _corrected(kind):
        run(f"CREATE INDEX ON {staging.rows} (source_id)")


def _corrected(kind: str) -> list[Correctable]:
    """What rows of this kind speak of and somebody has corrected."""
    return [spoken for spoken in CORRECTABLE.get(kind, ()) if _any_of(spoken.register)]


def _any_of(register: str) -> bool:
    (found,) = row_of(f"SELECT count(*) FROM (SELECT 1 FROM registry_correction"
                      f" WHERE register = '{register}' LIMIT 1) AS any_row")  # fmt: skip
    return bool(found)
