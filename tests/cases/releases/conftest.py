"""The city team, two supervisors, and a ward with cases that may be released."""

import pytest

from tests import factories
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role


@pytest.fixture
def city(transactional_db: None) -> Unit:
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def drawer(city: Unit):
    return factories.user(Role.CITY_SUPERVISOR)


@pytest.fixture
def second(city: Unit):
    return factories.user(Role.CITY_SUPERVISOR)


@pytest.fixture
def ward(city: Unit):
    return factories.unit()
