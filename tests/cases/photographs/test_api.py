"""Photographs that other systems send."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Declaration, Photograph
from cases.photographs import api
from cases.photographs.pictures import MOST_BYTES
from tests import factories
from tests.cases.api.systems import System
from tests.cases.declarations.rows import declaration
from tests.cases.photographs.pictures import picture
from vehreg.accounts.roles import Role
from vehreg.clients.scopes import READ_DECLARATIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Any:
    return factories.unit()


@pytest.fixture
def declared(ward: Any) -> Declaration:
    return declaration(plate="29-H1 123.45", vehicle_kind="motorbike", unit=ward)


@pytest.fixture
def system() -> System:
    return System()


def address(declared: Declaration) -> str:
    return f"/api/v1/declarations/{declared.pk}/photographs"


def upload(content: bytes = b"", name: str = "giay.jpg") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content or picture(), "image/jpeg")}


def send(system: System, declared: Declaration, fields: dict[str, Any] | None = None) -> Any:
    headers = {"Authorization": f"Bearer {system.token}"}
    return system.browser.post(address(declared), fields or upload(), headers=headers)


def test_a_system_sends_a_photograph_of_its_declaration(system: System, declared: Declaration) -> None:
    answer = send(system, declared)
    assert answer.status_code == 201
    kept = Photograph.objects.get()
    assert answer.json()["id"] == kept.pk
    assert answer.json()["sha256"] == kept.sha256
    assert (kept.declaration, kept.user, kept.sender_name) == (declared, None, system.client.name)


def test_the_same_file_again_is_the_same_photograph(system: System, declared: Declaration) -> None:
    first, again = send(system, declared), send(system, declared)
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert Photograph.objects.count() == 1


def test_what_is_no_photograph_is_refused_in_both_languages(system: System, declared: Declaration) -> None:
    answer = send(system, declared, upload(b"<html><script>alert(1)</script>"))
    assert (answer.status_code, answer.json()["code"]) == (422, "no_photograph")
    assert answer.json()["message"]["en"] != answer.json()["message"]["vi"]
    assert not Photograph.objects.exists()


@pytest.mark.parametrize("most_of_a_body", [1 << 10, 1 << 30])
def test_a_body_that_is_too_large_is_refused(
    system: System, declared: Declaration, monkeypatch: pytest.MonkeyPatch, most_of_a_body: int
) -> None:
    monkeypatch.setattr(api, "MOST_OF_A_BODY", most_of_a_body)
    answer = send(system, declared, upload(picture() + b"\0" * MOST_BYTES))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_request_without_a_file_is_told_what_to_send(system: System, declared: Declaration) -> None:
    assert send(system, declared, {"file": "no file"}).json()["code"] == "no_file"
    as_json = system.send({"file": "x"}, address(declared))
    assert (as_json.status_code, as_json.json()["code"]) == (415, "no_file")


def test_a_declaration_of_another_channel_or_system_is_not_found(declared: Declaration) -> None:
    assert send(System("organisation"), declared).status_code == 404
    assert send(System(), Declaration(pk=10**30)).status_code == 404
    assert not Photograph.objects.exists()


def test_a_system_without_the_scope_sends_nothing(declared: Declaration) -> None:
    reader = System(scopes=[READ_DECLARATIONS])
    assert send(reader, declared).status_code == 403
    assert not Photograph.objects.exists()


def test_without_a_token_or_session_nothing_is_taken(system: System, declared: Declaration) -> None:
    system.token = "x"
    assert send(system, declared).status_code == 401
    assert factories.client().post(address(declared), upload()).status_code == 401


def test_an_officer_adds_a_photograph_to_what_they_see(declared: Declaration, ward: Any) -> None:
    officer = factories.user(unit=ward)
    assert factories.client(officer).post(address(declared), upload()).status_code == 201
    assert Photograph.objects.get().user == officer
    assert factories.client(factories.user()).post(address(declared), upload()).status_code == 404
    auditor = factories.client(factories.user(Role.AUDITOR))
    assert auditor.post(address(declared), upload()).status_code == 403
