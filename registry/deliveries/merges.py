"""How understood rows become register rows: checked over the whole file, compared, applied in ranges.

Ranges of one stage touch different register rows, so that several workers may apply them at the same time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from django.apps import apps

from registry.deliveries.corrections import index_for_corrections, keep_corrections
from registry.deliveries.kinds import Kind
from registry.deliveries.noting import note_duplicates, note_rows
from registry.deliveries.staging import Staging, row_of, run
from vehreg.planner import only_by_index


@dataclass(frozen=True)
class Counts:
    """Rows of a range by what they do to the register."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __add__(self, other: Self) -> "Counts":
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True)
class Part:
    """A range of staged rows of one delivery, both ends included."""

    staging: Staging
    kind: Kind
    first: int
    last: int

    @property
    def delivery_id(self) -> int:
        return self.staging.delivery_id

    @property
    def rows(self) -> str:
        """FROM-clause of the loadable rows, as `s`."""
        return (
            f"(SELECT * FROM {self.staging.rows} WHERE row_no BETWEEN {self.first} AND {self.last}"
            " AND NOT rejected) AS s"
        )

    def keep_corrections(self) -> None:
        """An approval may have come since the last look."""
        keep_corrections(self.kind.name, self.staging, self.first, self.last)


class Merge:
    """What a kind of file does to the registers."""

    # Stages of applying, each over all ranges, one after the other.
    stages: tuple[str, ...] = ("rows",)
    # Models whose rows are given back by an undo, in this order.
    models: tuple[str, ...] = ()

    def check(self, kind: Kind, staging: Staging) -> None:
        """Look over the whole file: what repeats a corrected claim, contradicts itself or the register."""
        index_for_corrections(kind.name, staging)
        keep_corrections(kind.name, staging)
        note_duplicates(kind, staging)

    def prepare(self, kind: Kind, staging: Staging) -> None:
        """Before the first range is applied: what was corrected since the check."""
        keep_corrections(kind.name, staging)

    def compare(self, part: Part) -> Counts:
        """What a range would do now."""
        raise NotImplementedError

    def apply(self, part: Part, stage: str) -> Counts:
        """Do it, in the caller's transaction."""
        raise NotImplementedError

    def has_work(self, stage: str, staging: Staging) -> bool:
        return stage in self.stages

    def finish(self, delivery_id: int) -> None:
        """After the last range, and after an undo."""

    def absent(self, kind: Kind, staging: Staging) -> tuple[str, str] | None:
        """(columns, rest of the query) of what the register has and the file no longer holds."""
        return None


def table_of(model: str) -> str:
    return str(apps.get_model(model)._meta.db_table)


@dataclass(frozen=True)
class SimpleMerge(Merge):
    """One row of the file is one row of one table.

    `fields` maps columns of the table to columns of the staged rows; `key` are columns of the table.
    `newest` names a date: a row older than the register's changes nothing. `forget` maps columns that are
    emptied to the columns whose change empties them; `reset` gives columns that any change sets anew.
    """

    model: str
    fields: Mapping[str, str]
    key: tuple[str, ...]
    newest: str = ""
    forget: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reset: Mapping[str, str] = field(default_factory=dict)

    @property
    def models(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.model,)

    @property
    def table(self) -> str:
        return table_of(self.model)

    @only_by_index()
    def compare(self, part: Part) -> Counts:
        query = (
            "SELECT count(*) FILTER (WHERE t.id IS NULL),"
            f" count(*) FILTER (WHERE t.id IS NOT NULL AND {self._takes} AND {self._differs}), count(*)"
            f" FROM {part.rows} LEFT JOIN {self.table} t ON {self._same}"
        )
        new, changed, rows = row_of(query)
        if self.newest:
            self._note_older(part)
        return Counts(new=new, changed=changed, unchanged=rows - new - changed)

    @only_by_index()
    def apply(self, part: Part, stage: str) -> Counts:
        part.keep_corrections()
        (rows,) = row_of(f"SELECT count(*) FROM {part.rows}")
        changed = run(self._update(part))
        new = run(self._insert(part))
        return Counts(new=new, changed=changed, unchanged=rows - new - changed)

    def absent(self, kind: Kind, staging: Staging) -> tuple[str, str] | None:
        columns = ", ".join(f"t.{name}" for name in self.key)
        rest = f"FROM {self.table} t WHERE NOT EXISTS (SELECT 1 FROM {staging.rows} s WHERE {self._same})"
        return columns, rest

    @property
    def _same(self) -> str:
        return " AND ".join(f"t.{column} = s.{self.fields[column]}" for column in self.key)

    @property
    def _takes(self) -> str:
        return f"s.{self.fields[self.newest]} >= t.{self.newest}" if self.newest else "true"

    @property
    def _differs(self) -> str:
        return differs([(f"t.{column}", f"s.{source}") for column, source in self._written.items()])

    @property
    def _written(self) -> dict[str, str]:
        return dict(self.fields) | {"received": "received"}

    def _update(self, part: Part) -> str:
        sets = [
            f"{column} = s.{source}" for column, source in self._written.items() if column not in self.key
        ]
        sets += [f"changed_by_id = {part.delivery_id}", "changed_at = now()"]
        sets += [f"{column} = {value}" for column, value in self.reset.items()]
        for column, causes in self.forget.items():
            changed = differs([(f"t.{cause}", f"s.{self.fields[cause]}") for cause in causes])
            sets.append(f"{column} = CASE WHEN {changed} THEN NULL ELSE t.{column} END")
        return (
            f"UPDATE {self.table} t SET {', '.join(sets)} FROM {part.rows}"
            f" WHERE {self._same} AND {self._takes} AND {self._differs}"
        )

    def _insert(self, part: Part) -> str:
        columns = [*self._written, "made_by_id", "changed_by_id"]
        values = [f"s.{source}" for source in self._written.values()] + [str(part.delivery_id)] * 2
        return (
            f"INSERT INTO {self.table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {part.rows}"
            # Known rows are left out before their generated columns are computed.
            f" WHERE NOT EXISTS (SELECT 1 FROM {self.table} t WHERE {self._same})"
            f" ORDER BY row_no ON CONFLICT ({', '.join(self.key)}) DO NOTHING"
        )

    def _note_older(self, part: Part) -> None:
        ours = f"s.{self.fields[self.newest]}"
        source = f"{part.rows} JOIN {self.table} t ON {self._same} WHERE NOT ({self._takes})"
        note_rows(
            part.delivery_id,
            column=self.fields[self.newest],
            code="older_than_register",
            rows=f"SELECT s.row_no, {ours}::text AS value, t.{self.newest}::text AS other FROM {source}",
        )


def differs(pairs: list[tuple[str, str]]) -> str:
    """Whether any pair differs, NULL being a value."""
    left, right = zip(*pairs, strict=True)
    return f"ROW({', '.join(left)}) IS DISTINCT FROM ROW({', '.join(right)})"
