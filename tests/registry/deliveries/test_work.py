"""Deliveries as long work: workers that die, jobs that wait, cancelling, full disks, the command."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from registry.deliveries import services
from registry.deliveries.staging import Staging
from registry.models import Delivery, Owner, Vehicle
from registry.models.delivery import DeliveryState
from tests import factories
from tests.registry.deliveries.conftest import Deliver, counts
from tests.registry.deliveries.files import csv_text, vehicle, write
from tests.support.worker import WorkerProcess
from vehreg.accounts.roles import Role
from vehreg.jobs.models import Job
from vehreg.jobs.services import cancel_job, run_in_foreground

SMALL_CHUNKS = {"VEHREG_DELIVERY_CHUNK_ROWS": "100", "VEHREG_JOB_SWEEP_SECONDS": "1"}
ROWS = 800
WAIT_SECONDS = 90


def wait_until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.01)


def state(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def fleet(number: int = ROWS) -> list[dict[str, Any]]:
    """Every third owner has two vehicles, every fifth no number."""
    return [
        vehicle(n, owner_id_number="" if n % 5 == 0 else f"001070{n - n % 3:06d}", owner_name="Trần Thị Bình")
        for n in range(number)
    ]


@pytest.fixture
def small_chunks(settings: Any) -> None:
    settings.DELIVERY_CHUNK_ROWS = 100


def kill_between(worker: WorkerProcess, lock: str, done: str) -> None:
    """Kill the worker after some of its rows are committed and before all are; it waits for our lock."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        assert time.monotonic() < deadline, "waited in vain for the middle of the work"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(lock)
            cursor.execute(done)
            if 0 < cursor.fetchone()[0] < ROWS:
                worker.kill()
                return
        time.sleep(0.005)


@pytest.mark.worker
@pytest.mark.usefixtures("units", "small_chunks")
def test_a_worker_killed_at_any_moment_loses_and_doubles_nothing(
    receive: Deliver, celery_worker_process: Callable[..., WorkerProcess]
) -> None:
    delivery = receive("vehicles", fleet())
    worker = celery_worker_process(**SMALL_CHUNKS)
    services.start_check(delivery=delivery, user=None)
    kill_between(
        worker, "SELECT 1 FROM registry_delivery FOR UPDATE", "SELECT staged_rows FROM registry_delivery"
    )
    assert state(delivery) == DeliveryState.VALIDATING

    worker = celery_worker_process(**SMALL_CHUNKS)
    wait_until(lambda: state(delivery) == DeliveryState.VALIDATED, "the check is done")
    assert counts(delivery) == (ROWS, ROWS, 0, 0, 0)

    services.start_apply(delivery=delivery, user=None)
    kill_between(worker, "LOCK TABLE registry_vehicle IN SHARE MODE", "SELECT count(*) FROM registry_vehicle")
    assert state(delivery) == DeliveryState.APPLYING

    celery_worker_process(**SMALL_CHUNKS)
    wait_until(lambda: state(delivery) == DeliveryState.APPLIED, "the delivery is applied")
    assert counts(delivery) == (ROWS, ROWS, 0, 0, 0)
    assert Vehicle.objects.count() == ROWS
    assert Owner.objects.filter(vehicle_count=0).count() == 0
    assert sum(Owner.objects.values_list("vehicle_count", flat=True)) == ROWS
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_vehicleevent")
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("units")
def test_the_second_delivery_of_a_kind_waits_for_the_first(receive: Deliver) -> None:
    first, second = receive("vehicles", [vehicle(1)]), receive("vehicles", [vehicle(2)], name="b.csv")
    other = receive("licences", [{"source_id": "1", "licence_class": "B", "holder_name": "An"}], name="c.csv")
    jobs = [services.start_check(delivery=delivery, user=None) for delivery in (first, second, other)]
    assert [job.lane for job in jobs] == ["delivery:vehicles", "delivery:vehicles", "delivery:licences"]
    run_in_foreground(jobs[1])
    assert state(first) == state(second) == DeliveryState.VALIDATED
    jobs[0].refresh_from_db()
    jobs[1].refresh_from_db()
    assert jobs[0].finished_at <= jobs[1].started_at


@pytest.mark.usefixtures("units", "small_chunks")
def test_applying_that_is_stopped_half_way_is_taken_back(receive: Deliver) -> None:
    delivery = receive("vehicles", fleet(600))
    run_in_foreground(services.start_check(delivery=delivery, user=None))
    job = services.start_apply(delivery=delivery, user=None)

    def stop(seen: Job) -> None:
        if Vehicle.objects.exists() and not seen.cancel_requested:
            cancel_job(job=Job.objects.get(pk=job.pk), user=None)

    assert run_in_foreground(job, on_progress=stop).state == "cancelled"
    assert state(delivery) == DeliveryState.UNDOING
    run_in_foreground(services.job_of(delivery))  # type: ignore[arg-type]
    assert state(delivery) == DeliveryState.CANCELLED
    assert [Vehicle.objects.count(), Owner.objects.count()] == [0, 0]
    assert receive("vehicles", fleet(600)).state == DeliveryState.RECEIVED


@pytest.mark.usefixtures("units", "small_chunks")
def test_a_check_that_is_stopped_leaves_nothing_behind(receive: Deliver) -> None:
    delivery = receive("vehicles", fleet(600))
    job = services.start_check(delivery=delivery, user=None)
    stopped = run_in_foreground(
        job, on_progress=lambda seen: services.cancel_job(job=job, user=None) and None
    )
    assert stopped.state == "cancelled"
    assert state(delivery) == DeliveryState.CANCELLED
    assert not Staging(delivery.pk).cells_exist()


@pytest.mark.usefixtures("units", "small_chunks")
def test_a_full_disk_is_said_in_words_and_nothing_is_half_done(receive: Deliver) -> None:
    delivery = receive("vehicles", fleet(600))
    with connection.cursor() as cursor:
        # PostgreSQL's own error for a full disk, in the middle of staging.
        cursor.execute("""
            CREATE FUNCTION staging.full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF NEW.row_no > 500 THEN RAISE SQLSTATE '53100'; END IF; RETURN NEW; END $$""")
        cursor.execute("""
            CREATE FUNCTION staging.fill_disk() RETURNS event_trigger LANGUAGE plpgsql AS $$
            DECLARE made record; BEGIN
              FOR made IN SELECT object_identity FROM pg_event_trigger_ddl_commands()
              WHERE schema_name = 'staging'
              AND object_type = 'table' AND object_identity NOT LIKE '%\\_rows' LOOP
                EXECUTE 'CREATE TRIGGER full_disk BEFORE INSERT ON ' || made.object_identity
                  || ' FOR EACH ROW EXECUTE FUNCTION staging.full_disk()';
              END LOOP; END $$""")
        cursor.execute("CREATE EVENT TRIGGER fill_disk ON ddl_command_end WHEN TAG IN ('CREATE TABLE')"
                       " EXECUTE FUNCTION staging.fill_disk()")  # fmt: skip
    try:
        job = run_in_foreground(services.start_check(delivery=delivery, user=None))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP EVENT TRIGGER fill_disk; DROP FUNCTION staging.fill_disk;"
                           " DROP FUNCTION staging.full_disk CASCADE")  # fmt: skip
    assert job.state == "failed"
    assert state(delivery) == DeliveryState.FAILED
    assert delivery.message == job.error != ""
    assert not Staging(delivery.pk).cells_exist()
    assert Vehicle.objects.count() == 0
    services_again = receive("vehicles", fleet(600), name="again.csv")
    assert services_again.state == DeliveryState.RECEIVED


@pytest.mark.usefixtures("units")
def test_rows_lost_by_a_broken_database_are_missed_before_anything_is_written(receive: Deliver) -> None:
    delivery = receive("vehicles", [vehicle(1)])
    run_in_foreground(services.start_check(delivery=delivery, user=None))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Staging(delivery.pk).rows}")
    job = run_in_foreground(services.start_apply(delivery=delivery, user=None))
    assert job.state == "failed"
    assert state(delivery) == DeliveryState.RECEIVED
    assert "staged" in delivery.message or delivery.message
    for start in (services.start_check, services.start_apply):
        run_in_foreground(start(delivery=delivery, user=None))
        delivery.refresh_from_db()
    assert Vehicle.objects.count() == 1


@pytest.mark.usefixtures("units")
def test_two_clicks_at_once_start_one_job(receive: Deliver) -> None:
    delivery = receive("vehicles", [vehicle(1)])
    officer = factories.user(Role.REGISTRAR)

    def click() -> None:
        try:
            services.start_check(delivery=Delivery.objects.get(), user=officer)
        except services.Refused:
            pass
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert Job.objects.count() == 1
    assert state(delivery) == DeliveryState.VALIDATING


# --- the command ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("units")
def test_the_command_loads_checks_only_and_answers_in_json(tmp_path: Path, capsys: Any) -> None:
    path = write(tmp_path, csv_text([vehicle(1), vehicle(2, registered_on="31/02/2020")]))
    call_command("deliver", "vehicles", str(path), "--dry-run", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["delivery", "kind", "rows", "new", "changed", "unchanged", "rejected", "seconds"]
    assert [answer[name] for name in ("kind", "rows", "new", "rejected")] == ["vehicles", 2, 1, 1]
    assert Vehicle.objects.count() == 0
    call_command("deliver", "vehicles", str(path), "--json")
    assert json.loads(capsys.readouterr().out)["new"] == 1
    assert Vehicle.objects.count() == 1
    with pytest.raises(CommandError, match=r"\d"):
        call_command("deliver", "vehicles", str(path))


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["", "full_name\nAn\n", "%PDF-1.4"])
def test_the_command_refuses_with_the_reason(tmp_path: Path, content: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("deliver", "persons", str(write(tmp_path, content)))
    assert "\n" not in str(refused.value)
    assert str(refused.value)


@pytest.mark.django_db
def test_the_command_knows_its_kinds_and_misses_its_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="persons"):
        call_command("deliver", "nobody", str(write(tmp_path, "x")))
    with pytest.raises(CommandError, match="absent"):
        call_command("deliver", "persons", str(tmp_path / "absent.csv"))
