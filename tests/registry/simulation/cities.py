"""A small city, read back from its files."""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from registry.simulation.city import CityFiles, simulate

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True)
class City:
    """The rows of a city's files."""

    files: CityFiles

    @cached_property
    def persons(self) -> dict[str, Row]:
        return {person["personal_id"]: person for person in read(self.files.persons)}

    @cached_property
    def vehicles(self) -> list[Row]:
        return read(self.files.vehicles)

    @cached_property
    def licences(self) -> list[Row]:
        return read(self.files.licences)

    @cached_property
    def declarations(self) -> list[Row]:
        return read(self.files.declarations)

    @cached_property
    def truth(self) -> dict[str, Row]:
        return {line["source_id"]: line for line in read(self.files.truth)}

    def injected(self, record: Row) -> set[str]:
        return set(filter(None, self.truth[record["source_id"]]["injected"].split(";")))

    def person(self, record: Row) -> Row | None:
        return self.persons.get(self.truth[record["source_id"]]["personal_id"])

    def spoiled(self, code: str) -> list[tuple[Row, Row]]:
        """Vehicles with this error and no other in number or name, each with its owner."""
        return [
            (vehicle, person)
            for vehicle in self.vehicles
            if code in self.injected(vehicle) and (person := self.person(vehicle))
        ]


def build(out: Path, rates: dict[str, float], *, seed: int = 5, size: int = 12_000) -> City:
    files = simulate(
        out, vehicles=size, persons=size, licences=size // 10, declarations=size // 5, seed=seed, errors=rates
    )
    return City(files)
