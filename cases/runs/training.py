"""The next matching model, trained on the registers as they are, and what it would change."""

import json
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.matching.engine import match
from cases.matching.model import Model
from cases.matching.rules import Ruleset
from cases.matching.training import TrainingError, train
from cases.runs.parties import REGISTERS, TABLE, parties_sql, persons_sql
from cases.runs.reading import PARTY_SCHEMA, PERSON_SCHEMA, read_committed
from cases.runs.versions import model_of, next_version, trained_folder
from vehreg.jobs.kinds import Refused

SAMPLE = 200_000
# Parties matched by the old and by the new model, to see what would change.
TRIED = 20_000

# A sample that is the same for the same registers, whatever order their rows are in.
_SAMPLED = "abs(hashint8(party.party_id)) % {every} = 0"

_ROWS = "SELECT sum(greatest(reltuples, 0))::bigint FROM pg_class WHERE oid = ANY(%s::regclass[])"


@dataclass(frozen=True)
class Shift:
    """A level that says more or less than before, in bits."""

    field: str
    level: str
    before: float
    after: float


@dataclass(frozen=True)
class Trained:
    """`verdicts`: of `tried` parties, how many go from one verdict to another; None: nothing written."""

    model: Model
    before: Model
    path: Path | None
    tried: int
    verdicts: dict[tuple[str, str], int]

    @property
    def shifts(self) -> list[Shift]:
        """The largest first."""
        found = [
            Shift(field, name, self.before.levels[field][name].bits, level.bits)
            for field, levels in self.model.levels.items()
            for name, level in levels.items()
        ]
        return sorted(found, key=lambda shift: -abs(shift.after - shift.before))


def train_model(*, sample: int = SAMPLE, keep: bool = True) -> Trained:
    """Train on a sample of parties against the whole population; `keep` writes the next version.

    Raises `Refused` where the registers hold too little to learn from.
    """
    before = model_of()
    with tempfile.TemporaryDirectory(prefix=f"scratch-{os.getpid()}-") as folder:
        persons, parties = _write_persons(Path(folder)), _sampled_parties(sample)
        try:
            model = train(
                parties,
                persons,
                before=before,
                version=next_version(f"{timezone.localdate():%Y-%m}"),
                threads=settings.MATCH_THREADS,
                memory_limit_mb=settings.MATCH_MEMORY_MB,
            )
        except TrainingError as few:
            raise Refused(
                _("Too few entries agree with the population to learn from: load and match more first.")
            ) from few
        tried = parties.slice(0, TRIED)
        verdicts = _changed(tried, persons, before, model)
    return Trained(model, before, _keep(model) if keep else None, tried.num_rows, verdicts)


def _write_persons(folder: Path) -> Path:
    path = folder / "persons.parquet"
    with pq.ParquetWriter(path, PERSON_SCHEMA) as writer:
        for batch in read_committed(persons_sql()):
            writer.write_table(pa.Table.from_batches([batch]).cast(PERSON_SCHEMA))
    return path


def _sampled_parties(sample: int) -> pa.Table:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [list(TABLE.values())])
        rows = int(cursor.fetchone()[0] or 0)
    condition = _SAMPLED.format(every=max(rows // sample, 1))
    batches = [batch for register in REGISTERS for batch in read_committed(parties_sql(register, condition))]
    return pa.Table.from_batches(batches).cast(PARTY_SCHEMA) if batches else PARTY_SCHEMA.empty_table()


def _changed(parties: pa.Table, persons: Path, before: Model, after: Model) -> dict[tuple[str, str], int]:
    then, now = (_verdicts(parties, persons, model) for model in (before, after))
    pairs = Counter(zip(then, now, strict=True))
    return {pair: count for pair, count in pairs.most_common() if pair[0] != pair[1]}


def _verdicts(parties: pa.Table, persons: Path, model: Model) -> list[str]:
    result = match(
        parties,
        persons,
        rules=Ruleset.load(),
        model=model,
        threads=settings.MATCH_THREADS,
        memory_limit_mb=settings.MATCH_MEMORY_MB,
    )
    verdicts: list[str] = result.verdicts.column("verdict").to_pylist()
    return verdicts


def _keep(model: Model) -> Path:
    """Never over a version that exists: a run of long ago names it."""
    folder = trained_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{model.version}.json"
    with path.open("x", encoding="utf-8") as file:
        json.dump(model.as_json(), file, indent=1, ensure_ascii=False)
    return path
