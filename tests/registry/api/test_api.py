"""The registers for other programs."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from vehreg.accounts.models import Unit

pytestmark = pytest.mark.django_db
NUMBER = "001091084217"


@pytest.fixture
def ward() -> Unit:
    return factories.unit()


@pytest.fixture
def client(ward: Unit) -> Client:
    return factories.client(factories.user("ward_officer", ward))


def rows(client: Client, route: str, **question: Any) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{route}/", question)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_numbers_are_masked_until_a_purpose_is_stated(client: Client, ward: Unit) -> None:
    owner = factories.owner(unit=ward, id_number=NUMBER, phone="0912345678")
    factories.vehicle(unit=ward, owner=owner)
    factories.person(unit=ward, personal_id=NUMBER, former_ids=["012345678"])
    texts = [client.get(f"/api/v1/{route}/").content.decode() for route in ("owners", "vehicles", "persons")]
    assert all(number not in text for text in texts for number in (NUMBER, "0912345678", "012345678"))
    client.post("/admin/reveal/", {"purpose": "citizen_asks", "next": "/admin/"})
    assert rows(client, "owners")[0]["id_number"] == NUMBER
    assert rows(client, "persons")[0]["former_ids"] == ["012345678"]


def test_rows_are_asked_for_by_plate_number_and_name_however_typed(client: Client, ward: Unit) -> None:
    owner = factories.owner(unit=ward, id_number=NUMBER, name="Đỗ Thị Ánh Nguyệt")
    vehicle = factories.vehicle(unit=ward, owner=owner, plate="29-AA 678.90")
    factories.vehicle(unit=ward)
    assert [row["id"] for row in rows(client, "vehicles", plate="29aa67890")] == [vehicle.pk]
    assert [row["id"] for row in rows(client, "vehicles", owner=owner.pk)] == [vehicle.pk]
    assert [row["id"] for row in rows(client, "owners", id_number="001 091 084 217")] == [owner.pk]
    assert [row["id"] for row in rows(client, "owners", name="anh nguyet")] == [owner.pk]


@pytest.mark.parametrize("question", [{"name": "an"}, {"kind": "nobody"}])
def test_a_bad_question_is_refused(client: Client, question: dict[str, str]) -> None:
    assert client.get("/api/v1/owners/", question).status_code == 400


def test_a_cursor_walks_all_rows_and_tells_no_name(client: Client, ward: Unit) -> None:
    made = {factories.licence(unit=ward).pk for _row in range(5)}
    seen: set[int] = set()
    page = "/api/v1/licences/?page_size=2"
    while page:
        answer = client.get(page).json()
        seen |= {row["id"] for row in answer["results"]}
        page = answer["next"]
    assert seen == made


def test_nothing_can_be_written(client: Client, ward: Unit) -> None:
    row = factories.owner(unit=ward)
    assert client.post("/api/v1/owners/", {"name": "x"}).status_code in (403, 405)
    assert client.delete(f"/api/v1/owners/{row.pk}/").status_code in (403, 405)


def test_the_description_is_for_those_signed_in(client: Client) -> None:
    assert Client().get("/api/schema/").status_code == 403
    assert b"/api/v1/vehicles/" in client.get("/api/schema/").content
    page = client.get("/api/docs/").content.decode()
    assert "https://" not in page
