"""The city team, to whom cases without a ward go."""

import pytest

from tests import factories
from vehreg.accounts.models import Unit


@pytest.fixture(autouse=True)
def city_team(db: None) -> Unit:
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")
