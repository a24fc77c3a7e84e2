"""A ward with two officers and a supervisor, beside the city team."""

import pytest

from tests import factories
from vehreg.accounts.models import Unit, User


@pytest.fixture(autouse=True)
def city(db: None) -> Unit:
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def ward(city: Unit) -> Unit:
    return factories.unit()


@pytest.fixture
def officer(ward: Unit) -> User:
    return factories.user("ward_officer", ward)


@pytest.fixture
def second(ward: Unit) -> User:
    return factories.user("ward_officer", ward)


@pytest.fixture
def supervisor(ward: Unit) -> User:
    return factories.user("ward_supervisor", ward)
