"""The API keeps to its own description, whatever is asked: for a person and for another system."""

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings

from tests import factories
from tests.cases.api.systems import System
from vehreg.accounts.roles import Role

FEW = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="session")
def described() -> Any:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    return schemathesis.openapi.from_dict(generator.get_schema(public=True))


description = schemathesis.pytest.from_fixture("described")


@description.parametrize()
@FEW
@pytest.mark.django_db
def test_a_person_is_answered_as_described(case: Any) -> None:
    ask(case, Cookie=f"sessionid={signed_in()}")


@description.include(path_regex="/api/v1/(declarations|check)").parametrize()
@FEW
@pytest.mark.django_db
def test_a_system_is_answered_as_described(case: Any, broker: Any) -> None:
    ask(case, Authorization=f"Bearer {System().token}")


def signed_in() -> str:
    browser = factories.client(factories.user(Role.CITY_SUPERVISOR))
    return browser.cookies["sessionid"].value


def ask(case: Any, **headers: str) -> None:
    case.call_and_validate(app=get_wsgi_application(), headers=headers)
