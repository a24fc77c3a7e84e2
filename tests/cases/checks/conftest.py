"""A city team, without which nobody gets a case of an unknown ward."""

import pytest

from tests import factories
from vehreg.accounts.models import Unit


@pytest.fixture(autouse=True)
def team(db: None) -> Unit:
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")
