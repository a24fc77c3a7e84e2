"""A declaration of nothing that is registered, on its page: near entries, and the click that links one."""

import pytest
from django.urls import reverse

from tests import factories
from tests.cases.declarations.rows import declare, owner_of, registered
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def vehicle(ward):
    return registered(factories.person(unit=ward), unit=ward, plate="29-H1 123.45")


@pytest.fixture
def mistyped(vehicle, ward):
    return declare(owner_of(vehicle), plate="29-H1 123.46", vehicle_kind="motorbike", unit=ward)


def page_of(declaration):
    return reverse("admin:cases_declaration_change", args=[declaration.pk])


def link(client, declaration, vehicle):
    address = reverse("admin:cases_declaration_entry", args=[declaration.pk])
    return client.post(address, {"entry": vehicle.pk})


def test_a_click_links_the_declaration_reconciles_it_and_is_on_the_trail(client, ward, vehicle, mistyped):
    officer = factories.user(unit=ward)
    client.force_login(officer)
    assert "29-H1 123.45" in client.get(page_of(mistyped)).content.decode()
    assert link(client, mistyped, vehicle).url == page_of(mistyped)
    mistyped.refresh_from_db()
    assert (mistyped.state, mistyped.vehicle) == ("confirms", vehicle)
    event = AuditEvent.objects.get(kind="change", subject_type="declaration", subject_id=mistyped.pk)
    assert (event.actor, event.detail["entry"]) == (officer, vehicle.pk)
    assert client.get(page_of(mistyped)).status_code == 200


def test_whoever_only_reads_is_not_offered_the_click(client, vehicle, mistyped):
    client.force_login(factories.user(Role.AUDITOR))
    html = client.get(page_of(mistyped)).content.decode()
    assert "29-H1 123.45" in html
    assert reverse("admin:cases_declaration_entry", args=[mistyped.pk]) not in html
    assert link(client, mistyped, vehicle).status_code == 403


def test_an_entry_of_another_unit_is_counted_and_cannot_be_linked(client, vehicle):
    elsewhere = factories.unit()
    declared = declare(owner_of(vehicle), plate="29-H1 123.46", vehicle_kind="motorbike", unit=elsewhere)
    client.force_login(factories.user(unit=elsewhere))
    html = client.get(page_of(declared)).content.decode()
    assert "29-H1 123.45" not in html
    assert link(client, declared, vehicle).status_code == 404
    declared.refresh_from_db()
    assert declared.state == "unknown"


def test_a_declaration_of_another_unit_is_not_linked(client, vehicle, mistyped):
    client.force_login(factories.user())
    assert link(client, mistyped, vehicle).status_code == 404


def test_a_click_on_what_is_reconciled_already_is_refused_with_words(client, ward, vehicle, mistyped):
    client.force_login(factories.user(unit=ward))
    link(client, mistyped, vehicle)
    link(client, mistyped, vehicle)
    assert AuditEvent.objects.filter(kind="change", subject_type="declaration").count() == 1


def test_an_alert_stands_first_on_the_page_of_the_vehicle(client, ward, vehicle):
    declare(owner_of(vehicle), vehicle, usage_status="stolen", unit=ward)
    client.force_login(factories.user(unit=ward))
    address = reverse("admin:registry_vehicle_change", args=[vehicle.pk])
    titles = [panel.title for panel in client.get(address).context_data["panels"]]
    assert titles[0] == "Cảnh báo"
