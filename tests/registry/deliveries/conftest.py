"""Units, and ways to deliver rows: in one transaction, or as jobs that commit chunk by chunk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from registry.deliveries import outcomes, services, undo_job
from registry.deliveries.kinds import kind_of
from registry.deliveries.loading import after, copy_rows
from registry.deliveries.merges import Counts, Part
from registry.deliveries.noting import note_understood
from registry.deliveries.staging import Staging
from registry.deliveries.tables import Reading, opened
from registry.deliveries.understanding import create_rows, understand
from registry.models import Delivery, LegacyUnit
from registry.models.delivery import DeliveryState
from tests.registry.deliveries import files
from vehreg.accounts.models import Unit
from vehreg.jobs.services import run_in_foreground

Deliver = Callable[..., Delivery]
LAST = 1 << 40


def make_units() -> dict[str, Unit]:
    """Two wards, and former ones that went to them whole and in parts."""
    wards = {
        code: Unit.objects.create(code=code, name=name, kind="ward")
        for code, name in (("00004", "Phường Ba Đình"), ("00070", "Phường Hoàn Kiếm"))
    }
    for old, new, moved in (
        ("00007", "00004", "whole"),
        ("00013", "00004", "split"),
        ("00013", "00070", "split"),
    ):
        LegacyUnit.objects.create(
            old_code=old, old_name="Phường Cũ", old_district="Quận Cũ", unit=wards[new], moved=moved
        )
    return wards


@pytest.fixture
def receive(tmp_path: Path) -> Deliver:
    """Hands in rows, text or bytes."""

    def hand_in(
        kind: str, content: Any, *, full: bool = False, name: str = "file.csv", **reading: str
    ) -> Delivery:
        if isinstance(content, list):
            content = files.csv_text(content)
        with files.write(tmp_path, content, name).open("rb") as file:
            return services.receive_delivery(
                kind=kind, file=file, filename=name, user=None, full=full, **reading
            )

    return hand_in


# --- in one transaction -----------------------------------------------------------------------------------


@pytest.fixture
def checked(db: None, receive: Deliver) -> Deliver:
    """Receives and checks; nothing is applied."""
    make_units()

    def check(kind_name: str, content: Any, **options: Any) -> Delivery:
        delivery = receive(kind_name, content, **options)
        kind, tables = kind_of(kind_name), Staging(delivery.pk)
        reading = Reading.from_json(delivery.reading)
        tables.create_cells(kind)
        with opened(
            Path(delivery.file.path),
            file_format=reading.format,
            encoding=reading.encoding,
            separator=reading.separator,
        ) as table:
            copy_rows(tables.cells, reading, after(table.rows(), 0))
        create_rows(kind, tables.rows)
        understand(kind, tables, 0, LAST)
        note_understood(kind, tables, 0, LAST)
        kind.merge().check(kind, tables)
        Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.VALIDATING)
        outcomes.close_check(delivery, kind.merge().compare(Part(tables, kind, 0, LAST)))
        return delivery

    return check


def apply(delivery: Delivery) -> Delivery:
    """Writes a checked delivery to the registers."""
    kind, tables = kind_of(delivery.kind), Staging(delivery.pk)
    merge, part = kind.merge(), Part(tables, kind, 0, LAST)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.APPLYING)
    merge.prepare(kind, tables)
    done = [merge.apply(part, stage) for stage in merge.stages if merge.has_work(stage, tables)]
    merge.finish(delivery.pk)
    outcomes.close_apply(delivery, sum(done, start=Counts()))
    return delivery


@pytest.fixture
def deliver(checked: Deliver) -> Deliver:
    """Receives, checks and applies."""
    return lambda *args, **options: apply(checked(*args, **options))


def take_back(delivery: Delivery) -> None:
    """Undoes a delivery."""
    undo_job.look(delivery)
    for step in undo_job.steps_of(delivery):
        undo_job.take_back(step, delivery.pk, 0, LAST)
    undo_job.settle(delivery)


# --- as jobs ----------------------------------------------------------------------------------------------


@pytest.fixture
def units(transactional_db: None) -> Iterator[dict[str, Unit]]:
    yield make_units()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'staging'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TABLE staging.{name}")


@pytest.fixture
def deliver_by_jobs(units: Any, receive: Deliver) -> Deliver:
    def deliver(kind: str, content: Any, **options: Any) -> Delivery:
        delivery = receive(kind, content, **options)
        for start in (services.start_check, services.start_apply):
            job = run_in_foreground(start(delivery=delivery, user=None))
            assert job.error == ""
            delivery.refresh_from_db()
        return delivery

    return deliver


def counts(delivery: Delivery) -> tuple[int | None, ...]:
    """(rows, new, changed, unchanged, rejected)"""
    return (delivery.rows, delivery.new, delivery.changed, delivery.unchanged, delivery.rejected)


def notes(delivery: Delivery) -> list[tuple[int, str, str]]:
    """(row, column, code) of every notice."""
    return list(delivery.notices.order_by("row_no", "id").values_list("row_no", "column", "code"))
