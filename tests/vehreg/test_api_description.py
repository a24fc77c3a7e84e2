"""The API keeps to its own description, whatever is asked: for a person and for another system."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from tests import factories
from tests.cases.api.systems import System
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
FOR_SYSTEMS = "/api/v1/(declarations|check)"


@contextmanager
def one_connection() -> Iterator[None]:
    """Between two requests nobody closes the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def described() -> Any:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    return schemathesis.openapi.from_dict(generator.get_schema(public=True))


@pytest.mark.parametrize("mode", MODES)
def test_a_person_is_answered_as_described(described: Any, mode: GenerationMode) -> None:
    browser = factories.client(factories.user(Role.CITY_SUPERVISOR))
    ask_everything(described, mode, Cookie=f"sessionid={browser.cookies['sessionid'].value}")


@pytest.mark.parametrize("mode", MODES)
def test_a_system_is_answered_as_described(described: Any, mode: GenerationMode, broker: Any) -> None:
    token = System().token
    ask_everything(described.include(path_regex=FOR_SYSTEMS), mode, Authorization=f"Bearer {token}")


def ask_everything(schema: Any, mode: GenerationMode, **headers: str) -> None:
    application = get_wsgi_application()
    for result in schema.get_all_operations():

        @FEW
        @given(case=result.ok().as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            case.call_and_validate(app=application, headers=headers)

        with one_connection():
            ask()
