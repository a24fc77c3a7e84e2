"""What officers find, read and do not read on the pages of the registers."""

from typing import Any

import pghistory
import pytest
from django.test import Client

from registry.models import Owner, Vehicle
from tests import factories
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
NUMBER = "001091084217"
MASKED = "001091•••217"


@pytest.fixture
def ward() -> Unit:
    return factories.unit()


@pytest.fixture
def officer(ward: Unit) -> Any:
    return factories.user(Role.WARD_OFFICER, ward)


@pytest.fixture
def client(officer: Any) -> Client:
    return factories.client(officer)


@pytest.fixture
def vehicle(ward: Unit) -> Vehicle:
    owner = factories.owner(unit=ward, name="Đỗ Thị Ánh Nguyệt", id_number=NUMBER, phone="0912345678")
    return factories.vehicle(unit=ward, owner=owner, plate="29-AA 678.90")


def found(client: Client, register: str, text: str) -> list[Any]:
    response = client.get(f"/admin/registry/{register}/", {"q": text})
    return list(response.context_data["cl"].result_list)


@pytest.mark.parametrize(
    "text",
    ["29-AA 678.90", "29aa67890", "001091084217", "001 091 084 217", "do thi anh nguyet", "ÁNH NGUYỆT"],
)
def test_a_vehicle_is_found_by_plate_number_or_owner_however_typed(
    client: Client, vehicle: Vehicle, text: str
) -> None:
    factories.vehicle(unit=vehicle.unit)
    assert found(client, "vehicle", text) == [vehicle]


def test_a_person_is_found_by_the_former_number(client: Client, ward: Unit) -> None:
    person = factories.person(unit=ward, former_ids=["012345678"])
    assert found(client, "person", "012 345 678") == [person]


def test_a_licence_is_found_by_its_number_or_its_holders(client: Client, ward: Unit) -> None:
    licence = factories.licence(unit=ward, number="010123456789", holder_id_number=NUMBER)
    paper = factories.licence(unit=ward, number="AB 123456", medium="paper")
    assert found(client, "driverlicence", "010123456789") == [licence]
    assert found(client, "driverlicence", NUMBER) == [licence]
    assert found(client, "driverlicence", "ab123456") == [paper]


def test_owners_stand_by_given_name_in_vietnamese_order(client: Client, ward: Unit) -> None:
    for name in ("Vũ Thị Đào", "Lê Văn An", "Trần Thị Ánh", "Đỗ Văn Dũng", "Phạm Ân"):
        factories.owner(unit=ward, name=name)
    names = [row.name for row in client.get("/admin/registry/owner/").context_data["cl"].result_list]
    assert names == ["Lê Văn An", "Trần Thị Ánh", "Phạm Ân", "Đỗ Văn Dũng", "Vũ Thị Đào"]


def test_a_number_is_masked_until_a_purpose_is_stated_and_again_when_taken_back(
    client: Client, vehicle: Vehicle
) -> None:
    page = f"/admin/registry/vehicle/{vehicle.pk}/change/"
    assert MASKED in client.get(page).content.decode()
    assert NUMBER not in client.get(page).content.decode()
    assert client.post("/admin/reveal/", {"purpose": "settle_case", "next": page}).url == page
    assert NUMBER in client.get(page).content.decode()
    assert "0912345678" in client.get(page).content.decode()
    client.post("/admin/reveal/", {"next": page})
    assert NUMBER not in client.get(page).content.decode()


def test_a_purpose_is_on_the_trail_and_runs_out(client: Client, vehicle: Vehicle, officer: Any) -> None:
    client.post("/admin/reveal/", {"purpose": "inspection", "next": "/admin/registry/owner/?q=Hùng"})
    event = AuditEvent.objects.get(kind="reveal")
    assert (event.actor, event.purpose, event.detail) == (
        officer,
        "inspection",
        {"page": "/admin/registry/owner/"},
    )
    session = client.session
    session["purpose"] = {**session["purpose"], "until": "2020-01-01T00:00:00+00:00"}
    session.save()
    assert NUMBER not in client.get("/admin/registry/owner/").content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_auditors_and_administrators_cannot_see_whole_numbers(role: str) -> None:
    assert (
        factories.client(factories.user(role)).post("/admin/reveal/", {"purpose": "inspection"}).status_code
        == 403
    )


def test_going_back_after_a_purpose_never_leaves_the_site(client: Client) -> None:
    answer = client.post("/admin/reveal/", {"purpose": "inspection", "next": "https://example.com/"})
    assert answer.url == "/admin/"


def test_what_was_received_is_shown_with_its_numbers_masked(client: Client, ward: Unit) -> None:
    received = {"owner_id_number": "001.091.084.217", "ghi chú": "gọi 0912 345 678", "owner_name": "VU  DAT"}
    row = factories.vehicle(unit=ward, received=received)
    page = client.get(f"/admin/registry/vehicle/{row.pk}/change/").content.decode()
    assert "VU  DAT" in page
    assert "084.217" not in page
    assert "345 678" not in page


def test_the_history_says_what_stood_there_before_and_who_changed_it(
    client: Client, ward: Unit, officer: Any
) -> None:
    row = factories.owner(unit=ward, name="Vũ Quang Đat", id_number="001091048217")
    with pghistory.context(user=officer.pk):
        Owner.objects.filter(pk=row.pk).update(name="Vũ Quang Đạt", id_number=NUMBER)
    page = client.get(f"/admin/registry/owner/{row.pk}/change/").content.decode()
    assert "Vũ Quang Đat" in page
    assert str(officer) in page
    assert "001091•••217" in page
    assert "001091048217" not in page


def test_a_delivery_stands_behind_the_change_it_made(client: Client, ward: Unit) -> None:
    first, second = factories.delivery(), factories.delivery()
    row = factories.vehicle(unit=ward, made_by=first, changed_by=first, brand="Honda")
    Vehicle.objects.filter(pk=row.pk).update(brand="Yamaha", changed_by=second)
    page = client.get(f"/admin/registry/vehicle/{row.pk}/change/").content.decode()
    assert "Honda" in page
    assert second.filename in page


def test_looking_and_searching_are_on_the_trail(client: Client, vehicle: Vehicle, officer: Any) -> None:
    client.get(f"/admin/registry/vehicle/{vehicle.pk}/change/")
    client.get("/admin/registry/owner/", {"q": NUMBER})
    view, search = AuditEvent.objects.filter(actor=officer).exclude(kind="sign_in").order_by("id")
    assert (view.kind, view.subject_type, view.subject_id) == ("view", "vehicle", vehicle.pk)
    assert (search.kind, search.subject_type, search.detail) == ("search", "owner", {"text": "001091••••••"})


def test_a_row_one_may_not_see_leaves_no_view_on_the_trail(client: Client) -> None:
    foreign = factories.vehicle(unit=factories.unit())
    assert client.get(f"/admin/registry/vehicle/{foreign.pk}/change/").status_code == 302
    assert not AuditEvent.objects.filter(kind="view").exists()


@pytest.mark.parametrize(
    "guess",
    [
        "id_number__startswith=001091",
        "owner__id_number__startswith=001",
        "person__personal_id=001091084217",
        "received__icontains=0912",
        "unit__users__password__startswith=a",
    ],
)
def test_masked_columns_cannot_be_guessed_at_through_the_address(client: Client, guess: str) -> None:
    assert client.get(f"/admin/registry/owner/?{guess}").status_code == 400
    assert client.get(f"/admin/registry/vehicle/?{guess}").status_code == 400


def test_an_owner_of_many_vehicles_shows_twenty_and_a_link(client: Client, ward: Unit) -> None:
    holder = factories.owner(unit=ward, vehicle_count=25)
    for _copy in range(25):
        factories.vehicle(unit=ward, owner=holder)
    page = client.get(f"/admin/registry/owner/{holder.pk}/change/").content.decode()
    assert page.count("/admin/registry/vehicle/") == 20 + 2  # rows, the link to all, the menu
    assert f"?owner__id__exact={holder.pk}" in page
    listed = client.get(f"/admin/registry/vehicle/?owner__id__exact={holder.pk}").context_data["cl"]
    assert listed.result_count == 25


def test_the_owner_of_a_ward_vehicle_is_named_even_if_he_lives_elsewhere(client: Client, ward: Unit) -> None:
    elsewhere = factories.owner(unit=factories.unit(), name="Người Nơi Khác")
    row = factories.vehicle(unit=ward, owner=elsewhere)
    page = client.get(f"/admin/registry/vehicle/{row.pk}/change/").content.decode()
    assert "Người Nơi Khác" in page
    assert f"/admin/registry/owner/{elsewhere.pk}/" not in page


def test_a_list_is_ordered_by_the_columns_it_offers_and_by_no_other(client: Client, ward: Unit) -> None:
    for name, kind in (("Trần Thị Bé", "citizen"), ("Công ty An", "organisation"), ("Lê Ân", "citizen")):
        factories.owner(unit=ward, name=name, kind=kind)
    first = client.get("/admin/registry/owner/").context_data["cl"]
    kind = first.list_display.index("kind")
    by_kind = client.get(f"/admin/registry/owner/?o={kind}").context_data["cl"]
    assert list(by_kind.result_list) == list(first.result_list)
    name = first.list_display.index("name_shown")
    falling = client.get(f"/admin/registry/owner/?o=-{name}").context_data["cl"]
    assert list(falling.result_list) == list(first.result_list)[::-1]
