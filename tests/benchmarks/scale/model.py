"""From measured costs to what a country needs. All formulas of docs/scale.md are here, and nowhere else."""

from dataclasses import dataclass
from math import ceil

MILLION = 1_000_000


@dataclass(frozen=True)
class Cost:
    """One piece of work as measured: `rows` of it, processor seconds, MB; `serial` does not get shorter."""

    name: str
    rows: int
    clock: float
    workers: float
    database: float
    serial: float
    wal_mb: float
    disk_mb: float

    def per_million(self, value: float) -> float:
        return value / self.rows * MILLION

    @property
    def share_in_database(self) -> float:
        return self.database / (self.database + self.workers)


@dataclass(frozen=True)
class Cuts:
    """Workers' seconds of one matching run cut into `chunks`, and into twice as many."""

    few: float
    many: float
    chunks: int
    parties: int
    persons: int

    @property
    def per_chunk(self) -> float:
        return max(0.0, self.many - self.few) / self.chunks


@dataclass(frozen=True)
class Matching:
    """Workers' seconds of a party, of a chunk, and of each person that a chunk looks through."""

    per_party: float
    per_chunk: float
    per_person: float

    @classmethod
    def between(cls, half: Cuts, full: Cuts) -> "Matching":
        """From two sizes of a city."""
        per_person = max(0.0, (full.per_chunk - half.per_chunk) / (full.persons - half.persons))
        per_chunk = max(0.0, full.per_chunk - per_person * full.persons)
        chunks = full.chunks * (per_chunk + per_person * full.persons)
        return cls(max(0.0, full.few - chunks) / full.parties, per_chunk, per_person)

    def seconds(self, *, parties: float, persons: float, chunk: int) -> float:
        chunks = ceil(parties / chunk)
        return self.per_party * parties + chunks * (self.per_chunk + self.per_person * persons)


@dataclass(frozen=True)
class Country:
    vehicles: float
    persons: float
    parties: float
    cases: float


@dataclass(frozen=True)
class Work:
    """Processor seconds of workers and of PostgreSQL, seconds that nothing shortens, and MB."""

    workers: float
    database: float
    serial: float
    wal_mb: float
    disk_mb: float

    def seconds(self, *, cores: int, database_cores: int) -> float:
        """Workers and PostgreSQL work at the same time on different chunks: the slower of them counts."""
        return self.serial + max(self.workers / cores, self.database / database_cores)

    def most_useful_cores(self, database_cores: int) -> int:
        """With more cores of workers than these, they wait for PostgreSQL."""
        return ceil(self.workers / self.database * database_cores)

    def fastest(self, database_cores: int) -> float:
        return self.serial + self.database / database_cores


def work_of(country: Country, costs: dict[str, Cost], matching: Matching, chunk: int) -> Work:
    """All of a country once: both files delivered, everybody matched, cases opened."""
    amounts = {
        "deliver persons": country.persons,
        "deliver vehicles": country.vehicles,
        "match": country.parties,
    }
    scaled = {name: (costs[name], amount / costs[name].rows) for name, amount in amounts.items()}
    deliveries = sum(
        cost.workers * times for name, (cost, times) in scaled.items() if name.startswith("deliver")
    )
    matched = matching.seconds(parties=country.parties, persons=country.persons, chunk=chunk)
    return Work(
        workers=deliveries + matched,
        **{
            field: sum(getattr(cost, field) * times for cost, times in scaled.values())
            for field in ("database", "serial", "wal_mb", "disk_mb")
        },
    )
