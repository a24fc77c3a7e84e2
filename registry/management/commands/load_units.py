"""Loads the city's units and where the former ones went. Running it again changes nothing."""

import csv
from collections.abc import Iterator
from importlib import resources
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import transaction

from registry.models import LegacyUnit
from vehreg.accounts.models import Unit

_KINDS: Final = {"Phường": Unit.Kind.WARD, "Xã": Unit.Kind.COMMUNE}
# Not in the list of wards: the city's own police, and the team that registers vehicles.
_OFFICES: Final = (
    {"code": "01", "name": "Công an thành phố Hà Nội", "kind": Unit.Kind.CITY},
    {"code": "01PC08", "name": "Đội Đăng ký, quản lý phương tiện – PC08", "kind": Unit.Kind.OFFICE},
)


class Command(BaseCommand):
    help = "Load the 126 units of the city, its offices, and the table of former units."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            units = load_units()
            former = load_former_units()
        self.stdout.write(f"{units} units, {former} moves of former units")


def load_units() -> int:
    """Add or update every unit; returns how many there are."""
    wards = [
        Unit(
            code=row["code"],
            name=row["name"],
            kind=_KINDS[row["kind"]],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            area_km2=float(row["area_km2"]),
        )
        for row in _table("hanoi_wards_126.tsv")
    ]
    units = [*wards, *(Unit(**office) for office in _OFFICES)]
    fields = ["name", "kind", "latitude", "longitude", "area_km2"]
    Unit.objects.bulk_create(units, update_conflicts=True, unique_fields=["code"], update_fields=fields)
    return len(units)


def load_former_units() -> int:
    """Add or update every move of a former unit to a new one; returns how many there are."""
    new = dict(Unit.objects.values_list("code", "id"))
    moves = [
        LegacyUnit(
            old_code=row["old_code"],
            old_name=row["old_name"],
            old_district=row["old_district"],
            unit_id=new[row["new_code"]],
            moved=row["moved"],
        )
        for row in _table("hanoi_legacy_to_new.tsv")
    ]
    LegacyUnit.objects.bulk_create(
        moves,
        update_conflicts=True,
        unique_fields=["old_code", "unit"],
        update_fields=["old_name", "old_district", "moved"],
    )
    return len(moves)


def _table(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("registry.identity").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines(), delimiter="\t")
