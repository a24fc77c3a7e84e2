"""Declarations that other systems send over the API."""

import json
import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Declaration
from tests import factories
from tests.cases.api.systems import SEND, System
from tests.cases.intake.items import of_licence, of_vehicle
from vehreg.clients.models import Client, StoredAnswer
from vehreg.clients.services import renew_secret
from vehreg.jobs.locks import held

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(broker: Any) -> System:
    return System()


# --- sending ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [SEND, SEND + "/"])
def test_one_declaration_is_answered_by_its_status(system: System, address: str) -> None:
    item = of_vehicle()
    first, again = system.send(item, address), system.send(item, address)
    other, broken = (
        system.send(item | {"note": "khác"}, address),
        system.send(of_vehicle(plate=None), address),
    )
    assert [answer.status_code for answer in (first, again, other, broken)] == [201, 200, 409, 422]
    assert first.json()["id"] == again.json()["id"] == Declaration.objects.get().pk
    assert other.json()["id"] is None
    (error,) = broken.json()["errors"]
    assert (error["field"], error["code"]) == ("plate", "missing")
    assert error["message"] == {"vi": "Trường này là bắt buộc.", "en": "This field is mandatory."}


@pytest.mark.parametrize("bare", [True, False])
def test_of_a_list_each_is_answered_on_its_own(system: System, bare: bool) -> None:
    items = [of_vehicle(), of_vehicle(usage_status="gone"), of_licence()]
    answer = system.send(items if bare else {"items": items})
    assert answer.status_code == 200
    told = answer.json()
    assert [one["outcome"] for one in told["items"]] == ["accepted", "refused", "accepted"]
    assert [told[name] for name in ("accepted", "known", "conflict", "refused")] == [2, 0, 0, 1]


def test_a_list_of_which_nothing_is_taken_says_so_by_its_status(system: System) -> None:
    item, broken = of_vehicle(), of_vehicle(plate=None)
    assert system.send([broken, broken]).status_code == 422
    assert system.send([item, broken]).status_code == 200
    assert system.send([item | {"note": "khác"}, broken]).status_code == 409
    assert system.send([item, item | {"note": "khác"}]).status_code == 200


def test_what_is_sent_belongs_to_the_systems_channel(broker: Any) -> None:
    System("organisation").send(of_vehicle())
    assert Declaration.objects.get().channel == "organisation"


def test_a_system_learns_what_became_of_its_own_declarations_only(system: System, broker: Any) -> None:
    sent = system.send(of_vehicle(external_id="KB-1")).json()["id"]
    told = system.get(f"{SEND}/{sent}").json()
    assert (told["external_id"], told["state"]) == ("KB-1", "received")
    assert not {"declarant_name", "declarant_id", "plate"} & told.keys()
    (row,) = system.get(SEND, external_id="KB-1").json()["results"]
    assert row == told
    for other in (System("ihanoi"), System("organisation")):
        assert other.get(f"{SEND}/{sent}").status_code == 404
        assert other.get(SEND).json()["results"] == []


def test_a_declaration_that_came_by_file_is_its_channels(system: System) -> None:
    delivered = Declaration.objects.create(
        channel="ihanoi", external_id="F1", declared_at=timezone.now(), subject="vehicle", declarant_name="A"
    )
    assert system.get(f"{SEND}/{delivered.pk}").status_code == 200


def test_sending_one_asks_the_database_for_little(system: System) -> None:
    system.send(of_vehicle())
    with CaptureQueriesContext(connection) as queries:
        assert system.send(of_vehicle()).status_code == 201
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 1, asked  # the token; storing goes past the recorder, in one statement


# --- what cannot be sent ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "not_json"),
        (b"\xff\xfe", 400, "not_json"),
        (b"[" * 200_000, 400, "not_json"),
        (b'{"a": NaN}', 400, "not_json"),
        (b"1" * 5000, 400, "not_json"),
        (b"null", 422, "not_declarations"),
        (b"7", 422, "not_declarations"),
        (b'"plate"', 422, "not_declarations"),
        (b"[]", 422, "no_items"),
        (b'{"items": []}', 422, "no_items"),
        (b'{"items": 5}', 422, "not_declarations"),
        (b'{"items": [' + b"{}," * 1000 + b"{}]}", 422, "too_many_items"),
    ],
)
def test_a_body_that_holds_no_declarations_is_refused_in_words(
    system: System, body: bytes, status: int, code: str
) -> None:
    answer = system.send(body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()["message"]) == {"vi", "en"}


@pytest.mark.parametrize(
    "item",
    [{}, {"items": {}}, {"plate": [[[[1]]]]}, {"a": None}, {"plate": 1e308, "since": True}, {"\0": "\0"}],
)
def test_strange_items_are_refused_and_break_nothing(system: System, item: Any) -> None:
    assert system.send(item).status_code == 422
    assert system.send([item, of_vehicle()]).json()["accepted"] == 1


def test_a_body_that_is_too_large_is_not_kept(system: System, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = system.send({"note": "x" * 2_000_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_body_must_say_its_length_and_be_json(system: System) -> None:
    headers = {"Authorization": f"Bearer {system.token}"}
    form = system.browser.post(SEND, {"plate": "x"}, headers=headers)
    assert (form.status_code, form.json()["code"]) == (415, "unsupported_media_type")
    chunked = system.browser.generic("POST", SEND, headers=headers | {"Transfer-Encoding": "chunked"})
    assert (chunked.status_code, chunked.json()["code"]) == (411, "length_required")
    empty = system.browser.generic("POST", SEND, headers=headers)
    assert (empty.status_code, empty.json()["code"]) == (400, "body_empty")


# --- sent again ---------------------------------------------------------------------------------------------


def test_the_same_key_gets_the_same_answer(system: System) -> None:
    item = of_vehicle()
    first = system.send(item, **{"Idempotency-Key": "k1"})
    again = system.send(item, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert system.send(item, **{"Idempotency-Key": "k2"}).json()["outcome"] == "known"


def test_a_key_serves_one_body(system: System) -> None:
    system.send(of_vehicle(), **{"Idempotency-Key": "k1"})
    other = system.send(of_vehicle(), **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (422, "key_of_other_body")
    assert Declaration.objects.count() == 1


def test_another_system_has_keys_of_its_own(system: System, broker: Any) -> None:
    system.send(of_vehicle(), **{"Idempotency-Key": "k1"})
    assert System("organisation").send(of_vehicle(), **{"Idempotency-Key": "k1"}).status_code == 201


def test_a_key_whose_first_request_still_runs_is_asked_to_wait(system: System) -> None:
    with held(f"vehreg.clients.key:{system.client.pk}:k1"):
        answer = system.send(of_vehicle(), **{"Idempotency-Key": "k1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "key_still_running")
    assert answer["Retry-After"] == "1"
    assert system.send(of_vehicle(), **{"Idempotency-Key": "k1"}).status_code == 201


def test_a_request_that_could_not_be_done_leaves_its_key_free(system: System) -> None:
    assert system.send(b"[]", **{"Idempotency-Key": "k1"}).status_code == 422
    assert not StoredAnswer.objects.exists()
    assert system.send(of_vehicle(), **{"Idempotency-Key": "k1"}).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "khóa"])
def test_an_unusable_key_is_refused(system: System, key: str) -> None:
    answer = system.send(of_vehicle(), **{"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["code"]) == (400, "key_unusable")


@pytest.mark.django_db(transaction=True)
def test_a_client_that_repeats_everything_from_two_sides_creates_nothing_twice(broker: Any) -> None:
    call_command("load_units", verbosity=0)
    system = System()
    items = [of_vehicle() for _item in range(100)]
    answers: list[Any] = []

    def send() -> None:
        try:
            answers.append(system.send({"items": items}, **{"Idempotency-Key": "k1"}))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _side in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert Declaration.objects.count() == 100
    assert system.send({"items": items}, **{"Idempotency-Key": "k1"}).json()["accepted"] == 100


# --- tokens -------------------------------------------------------------------------------------------------


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_without_a_token_nothing_is_taken(system: System) -> None:
    answer = Browser().post(SEND, json.dumps(of_vehicle()), content_type="application/json")
    assert code_of(answer) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Bearer"
    system.token = "x"
    assert code_of(system.send(of_vehicle())) == (401, "token_unknown")


def test_a_token_that_is_revoked_ends_at_once(system: System) -> None:
    fields = {"token": system.token, "client_id": system.client.client_id, "client_secret": system.secret}
    assert system.browser.post("/api/oauth/revoke", fields).status_code == 200
    assert code_of(system.send(of_vehicle())) == (401, "token_unknown")


def test_a_system_that_is_switched_off_ends_at_once(system: System) -> None:
    Client.objects.update(active=False)
    assert code_of(system.send(of_vehicle())) == (401, "token_unknown")
    assert system.new_token().status_code == 401


def test_a_new_secret_ends_the_old_one_and_its_tokens(system: System) -> None:
    secret = renew_secret(client=system.client)
    assert code_of(system.send(of_vehicle())) == (401, "token_unknown")
    assert system.new_token().status_code == 401
    system.secret = secret
    assert system.new_token().status_code == 200


def test_a_token_that_has_run_out_is_refused(system: System) -> None:
    system.client.accesstoken_set.update(expires=timezone.now())
    assert code_of(system.send(of_vehicle())) == (401, "token_unknown")


def test_a_token_opens_its_scopes_only(system: System) -> None:
    system.token = system.new_token(scope="declarations:read").json()["access_token"]
    assert code_of(system.send(of_vehicle())) == (403, "permission_denied")
    assert system.get(SEND).status_code == 200
    assert system.new_token(scope="registers:read").json()["error"] == "invalid_scope"


def test_a_scope_that_is_taken_away_ends_at_once(system: System) -> None:
    Client.objects.update(scopes=["check"])
    assert code_of(system.send(of_vehicle())) == (403, "permission_denied")


def test_a_token_opens_no_register(system: System) -> None:
    for route in ("vehicles", "owners", "persons", "cases", "corrections"):
        assert system.get(f"/api/v1/{route}/").status_code == 403


@pytest.mark.parametrize(
    "fields",
    [
        {"grant_type": "password", "username": "cb1", "password": factories.PASSWORD},
        {"grant_type": "authorization_code", "code": "x"},
        {"grant_type": "refresh_token", "refresh_token": "x"},
    ],
)
def test_no_other_way_of_oauth_is_open(system: System, fields: dict[str, str]) -> None:
    assert system.new_token(**fields).json()["error"] == "unsupported_grant_type"


def test_neither_secret_nor_token_can_be_read_from_the_database(system: System) -> None:
    client = Client.objects.get()
    assert system.secret not in client.client_secret
    assert system.token not in str(client.accesstoken_set.values())


def test_people_read_and_do_not_send(system: System) -> None:
    browser = factories.client(factories.user("city_supervisor"))
    assert browser.get(SEND + "/").status_code == 200
    assert browser.post(SEND, json.dumps(of_vehicle()), content_type="application/json").status_code == 403


def test_more_than_its_share_makes_a_system_wait(system: System) -> None:
    Client.objects.update(requests_per_minute=2)
    answers = [system.get(SEND) for _time in range(4)]
    # A minute may end in between, once.
    assert 429 in {answer.status_code for answer in answers}
    (refused, *_more) = [answer for answer in answers if answer.status_code == 429]
    assert refused.json()["code"] == "throttled"
    assert 1 <= int(refused["Retry-After"]) <= 60
