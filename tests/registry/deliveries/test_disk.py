"""What a delivery will take of the disk is foretold, told, and refused where it plainly cannot fit."""

import shutil
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from registry.deliveries import disk, services
from registry.deliveries.disk import foretell
from registry.deliveries.errors import Refused
from registry.deliveries.staging import row_of, run
from registry.models.delivery import DeliveryState
from tests import factories
from tests.registry.deliveries.conftest import Deliver
from tests.registry.deliveries.files import csv_text, vehicle, write
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db

ROWS = 400


def fleet(first: int = 0) -> list[dict[str, Any]]:
    return [vehicle(number) for number in range(first, first + ROWS)]


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets how many bytes every disk has left."""
    return lambda size: monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=size))


def test_what_staging_takes_is_foretold_within_a_third(checked: Deliver, receive: Deliver) -> None:
    foretold = foretell(receive("vehicles", fleet())).staging
    delivery = checked("vehicles", fleet(ROWS))
    taken = sum(row_of(f"SELECT pg_relation_size('staging.delivery_{delivery.pk}'),"
                       f" pg_relation_size('staging.delivery_{delivery.pk}_rows')"))  # fmt: skip
    assert 0.67 < foretold / taken < 1.5


def test_the_registers_grow_by_what_is_new_or_changed(deliver: Deliver, checked: Deliver) -> None:
    deliver("vehicles", fleet())
    checked_again = checked("vehicles", [*fleet()[:-1], vehicle(ROWS)])

    forecast = foretell(checked_again)
    assert (forecast.staging, forecast.register) == (0, disk.ROW_BYTES["vehicles"])


def test_a_row_takes_what_rows_have_taken_so_far(
    deliver: Deliver, receive: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver("vehicles", fleet())
    run("ANALYZE registry_vehicle, registry_owner, registry_paperfile")
    monkeypatch.setattr(disk, "_ENOUGH_ROWS", ROWS)
    (size,) = row_of("SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE oid IN ("
                     "'registry_vehicle'::regclass, 'registry_owner'::regclass,"
                     " 'registry_paperfile'::regclass)")  # fmt: skip
    forecast = foretell(receive("vehicles", fleet(ROWS)))
    # The rows of the file are estimated from its lines; the header is one of them.
    assert forecast.register == pytest.approx(size, rel=0.01)


def test_a_disk_that_is_too_small_refuses_before_anything_is_loaded(receive: Deliver, free: Any) -> None:
    delivery = receive("vehicles", fleet())
    free(1000)
    with pytest.raises(Refused, match="1000 byte"):
        services.start_check(delivery=delivery, user=None)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.RECEIVED


def test_who_knows_better_goes_on_all_the_same(receive: Deliver, free: Any) -> None:
    delivery = receive("vehicles", fleet())
    free(1000)
    services.start_check(delivery=delivery, user=None, despite_disk=True)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.VALIDATING


def test_a_file_larger_than_the_storage_is_not_taken(receive: Deliver, free: Any) -> None:
    free(10)
    with pytest.raises(Refused, match="10 byte"):
        receive("vehicles", fleet())


def test_a_database_elsewhere_is_not_judged_by_a_disk_of_ours(
    receive: Deliver, free: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = receive("vehicles", fleet())
    free(1000)
    monkeypatch.setattr(disk, "_HERE", ())
    assert foretell(delivery).free is None
    services.start_check(delivery=delivery, user=None)


def test_the_command_says_what_it_needs_and_refuses(tmp_path: Any, free: Any, capsys: Any) -> None:
    file = write(tmp_path, csv_text(fleet()), "fleet.csv")
    free(1 << 19)
    with pytest.raises(CommandError, match="512"):
        call_command("deliver", "vehicles", str(file), "--dry-run")
    assert "disk: about" in capsys.readouterr().err


def test_the_page_shows_need_and_room_and_warns(client: Any, receive: Deliver, free: Any) -> None:
    client.force_login(factories.user(role=Role.REGISTRAR))
    delivery = receive("vehicles", fleet())
    address = reverse("admin:registry_delivery_change", args=[delivery.pk])
    assert "despite_disk" not in client.get(address).content.decode()

    free(1000)
    page = client.get(address).content.decode()
    assert "1000 byte" in page
    assert 'name="despite_disk"' in page
