"""What a portal can check for a citizen, and what it never learns."""

from typing import Any

import pytest

from registry.models import Person
from tests import factories
from tests.cases.api.systems import System
from vehreg.audit.models import AuditEvent
from vehreg.clients.models import Client

pytestmark = pytest.mark.django_db
CHECK = "/api/v1/check"
NUMBER = "001091084217"
PLATE = "29-H1 123.45"


@pytest.fixture
def system(broker: Any) -> System:
    return System()


def registered(**columns: Any) -> Any:
    owner = factories.owner(id_number=columns.pop("id_number", NUMBER), vehicle_count=1)
    return factories.vehicle(**{"owner": owner, "plate": PLATE, "vehicle_kind": "motorbike"} | columns)


def result(system: System, **question: str) -> str:
    answer = system.get(CHECK, **{"plate": PLATE, "personal_id": NUMBER} | question)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert set(told) == {"result"}
    return str(told["result"])


def test_it_says_whether_plate_and_number_belong_together(system: System) -> None:
    registered()
    assert result(system) == "matches"
    assert result(system, plate="29h112345", personal_id="001 091 084 217") == "matches"
    assert result(system, personal_id="001091000000") == "differs"
    assert result(system, plate="29-H1 999.99") == "not_known"


def test_the_former_number_in_the_register_is_the_same_person(system: System) -> None:
    factories.person(personal_id=NUMBER, former_ids=["012345678"])
    registered(id_number="012345678")
    assert result(system) == "matches"
    assert result(system, personal_id="012345678") == "matches"


def test_a_register_without_a_number_knows_nothing_until_the_owner_is_linked(system: System) -> None:
    vehicle = registered(id_number=None)
    assert result(system) == "not_known"
    vehicle.owner.person = factories.person(personal_id=NUMBER)
    vehicle.owner.save()
    assert result(system) == "matches"
    assert Person.objects.count() == 1


def test_a_plate_of_two_vehicles_is_told_apart_by_the_kind(system: System) -> None:
    registered(plate="29-F1 0123")
    registered(plate="29F-101.23", vehicle_kind="car", id_number="001091000001")
    assert result(system, plate="29F10123") == "matches"
    assert result(system, plate="29F10123", vehicle_kind="car") == "differs"
    assert result(system, plate="29F10123", vehicle_kind="moped") == "matches"


def test_a_registration_that_has_ended_is_not_known(system: System) -> None:
    registered(status="revoked")
    assert result(system) == "not_known"


@pytest.mark.parametrize(
    "question",
    [{"plate": ""}, {"personal_id": ""}, {"plate": "x" * 25}, {"plate": "a\0"}, {"vehicle_kind": "x"}],
)
def test_a_question_that_cannot_be_read_is_refused(system: System, question: dict[str, str]) -> None:
    answer = system.get(CHECK, **{"plate": PLATE, "personal_id": NUMBER} | question)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["field"] in question
    assert set(error["message"]) == {"vi", "en"}


def test_a_number_without_digits_matches_no_owner_without_a_number(system: System) -> None:
    registered(id_number=None)
    assert result(system, personal_id="abcdefghijkl") == "not_known"


def test_every_check_is_on_the_trail_without_plate_or_number(system: System) -> None:
    vehicle = registered()
    result(system)
    event = AuditEvent.objects.get(detail__api="check")
    assert (event.subject_type, event.subject_id) == ("vehicle", vehicle.pk)
    assert event.actor_name == system.client.name
    assert event.detail == {"api": "check", "client": system.client.pk, "answer": "matches"}


def test_it_takes_the_scope_and_a_system(system: System) -> None:
    system.token = system.new_token(scope="declarations:write").json()["access_token"]
    assert system.get(CHECK, plate=PLATE, personal_id=NUMBER).status_code == 403
    browser = factories.client(factories.user("city_supervisor"))
    assert browser.get(CHECK, {"plate": PLATE, "personal_id": NUMBER}).status_code == 401


def test_checks_have_a_count_of_their_own(system: System) -> None:
    Client.objects.update(checks_per_minute=1)
    answers = [system.get(CHECK, plate=PLATE, personal_id=NUMBER).status_code for _time in range(3)]
    assert 429 in answers
    assert system.get("/api/v1/declarations").status_code == 200
