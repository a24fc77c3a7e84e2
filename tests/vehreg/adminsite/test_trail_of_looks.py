"""A look stays on the trail although the page that was looked at failed."""

from typing import Any

import pytest

from registry.admin import vehicle as vehicle_admin
from tests import factories
from vehreg.audit.models import AuditEvent


@pytest.mark.django_db(transaction=True)
def test_a_look_is_on_the_trail_even_when_the_page_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    row = factories.vehicle(unit=factories.unit())
    officer = factories.user("ward_officer", row.unit)

    def broken(*args: Any) -> None:
        raise RuntimeError("the page cannot be made")

    monkeypatch.setattr(vehicle_admin.VehicleAdmin, "panels", (broken,))
    client = factories.client(officer)
    client.raise_request_exception = False
    answer = client.get(f"/admin/registry/vehicle/{row.pk}/change/")
    assert answer.status_code == 500
    assert "RuntimeError" not in answer.content.decode()
    assert AuditEvent.objects.get(kind="view").subject_id == row.pk


@pytest.mark.django_db(transaction=True)
def test_a_look_through_the_api_is_on_the_trail_without_the_values_asked_for() -> None:
    row = factories.owner(unit=factories.unit(), id_number="001091084217")
    client = factories.client(factories.user("ward_officer", row.unit))
    client.get("/api/v1/owners/", {"id_number": "001091084217"})
    client.get(f"/api/v1/owners/{row.pk}/")
    search, view = AuditEvent.objects.exclude(kind="sign_in").order_by("id")
    assert (search.kind, search.detail) == ("search", {"api": True, "filters": ["id_number"]})
    assert (view.kind, view.subject_id, view.actor.unit) == ("view", row.pk, row.unit)
