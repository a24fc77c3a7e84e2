"""A whole city, written to files in the formats the system takes deliveries in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from . import declarations as declared
from . import errors as error_table
from . import licences as licence_register
from . import makes, name_slips, names, numbers, others, people, places, plates, slips, truth
from . import vehicles as vehicle_register
from .owners import World
from .people import MOST_PERSONS, Population
from .refusals import CityRefused
from .slips import Rates
from .sql import Dice, literal, only

MACROS = (*numbers.MACROS, *slips.MACROS, *plates.MACROS)
MEMORY = "3GB"


@dataclass(frozen=True)
class CityFiles:
    """Where the files of a city are."""

    persons: Path
    vehicles: Path
    licences: Path
    declarations: Path
    truth: Path

    @classmethod
    def below(cls, out: Path) -> "CityFiles":
        return cls(*(out / f"{field.name}.csv" for field in fields(cls)))


@dataclass(frozen=True)
class Sizes:
    """How many rows each file has."""

    persons: int
    vehicles: int
    licences: int
    declarations: int


def _tables() -> Mapping[str, object]:
    return {
        **names.TABLES,
        **numbers.TABLES,
        **places.tables(),
        **others.TABLES,
        **name_slips.TABLES,
        "vehicle_slots": plates.slots(),
        "vehicle_classes": plates.classes(),
        "makes": makes.table(),
        "licence_slots": licence_register.slots(),
        "stories": declared.slots(),
    }


@contextmanager
def open_workshop(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that knows our tables and macros; what does not fit goes to ``spill``."""
    with duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = {literal(str(spill))}")
        connection.execute(f"SET memory_limit = {literal(MEMORY)}")
        # Looking for plans that occur twice takes longer here than running them twice.
        connection.execute("SET disabled_optimizers = 'common_subplan'")
        for name, values in _tables().items():
            connection.execute(f"SET VARIABLE {name} = {literal(values)}")
        for macro in MACROS:
            connection.execute(macro)
        yield connection


def _table(workshop: duckdb.DuckDBPyConnection, name: str, rows: str) -> str:
    workshop.execute(f"CREATE TEMP TABLE {name} AS FROM {rows}")
    return name


def _numbered(workshop: duckdb.DuckDBPyConnection, column: str, size: int, first: int = 0) -> str:
    """A table with the numbers ``first`` … ``first + size - 1``, which all cores can read at once."""
    rows = only(f"range({first}, {first + size})", **{column: "range"})
    return _table(workshop, f"{column}_from_{first}", rows)


def _parts(workshop: duckdb.DuckDBPyConnection, world: World, sizes: Sizes) -> Iterator[tuple[str, str]]:
    """File after file what goes into it, as SQL; tables live as long as they are needed."""
    yield "persons", people.register(world.dice, _numbered(workshop, "person_no", sizes.persons))
    first = licence_register.FIRST
    vehicles = vehicle_register.register(_numbered(workshop, "record_no", sizes.vehicles), world)
    licences = licence_register.register(_numbered(workshop, "record_no", sizes.licences, first), world)
    # Register and truth must tell of the same draw of errors, and the draw is most of the work.
    vehicles, licences = _table(workshop, "vehicles", vehicles), _table(workshop, "licences", licences)
    yield "vehicles", truth.apart(vehicles)
    yield "licences", truth.apart(licences)
    yield "truth", truth.register(vehicle=vehicles, licence=licences)
    workshop.execute(f"DROP TABLE {vehicles}")
    stories = _numbered(workshop, "declaration_no", sizes.declarations)
    yield "declarations", declared.register(stories, world, sizes.vehicles, sizes.licences)


def _check(sizes: Sizes, rates: Rates) -> None:
    """Refuses what cannot be built."""
    if negative := [field.name for field in fields(sizes) if getattr(sizes, field.name) < 0]:
        raise CityRefused("negative_size", names=", ".join(negative))
    if sizes.persons > MOST_PERSONS:
        raise CityRefused("too_many_persons", most=MOST_PERSONS)
    error_table.check(rates)


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """A folder inside ``out`` to write in; whatever cannot be written refuses the city."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".city-", dir=out) as draft:
            yield Path(draft)
    except OSError as problem:
        raise CityRefused("not_writable", path=out, reason=problem.strerror) from problem
    except duckdb.IOException as problem:
        raise CityRefused("not_writable", path=out, reason=str(problem).splitlines()[0]) from problem


def simulate(
    out: Path,
    *,
    vehicles: int,
    persons: int,
    licences: int,
    declarations: int,
    seed: int,
    errors: Mapping[str, float],
) -> CityFiles:
    """Writes the five files of a city of these sizes; same seed, sizes and rates, same bytes.

    Raises ``CityRefused`` for nonsense; files that are there already are then left as they are.
    """
    sizes = Sizes(persons=persons, vehicles=vehicles, licences=licences, declarations=declarations)
    _check(sizes, errors)
    files, world = CityFiles.below(out), World(Dice(seed), Population(persons), errors)
    with _draft(out) as folder, open_workshop(folder) as workshop:
        drafts = CityFiles.below(folder)
        for kind, rows in _parts(workshop, world, sizes):
            workshop.execute(f"COPY {rows} TO {literal(str(getattr(drafts, kind)))} (HEADER)")
        for field in fields(files):
            getattr(drafts, field.name).replace(getattr(files, field.name))
    return files
