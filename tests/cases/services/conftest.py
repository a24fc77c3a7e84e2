"""The city team exists: it gets the cases of which nobody knows the ward."""

import pytest

from tests import factories
from vehreg.accounts.models import Unit


@pytest.fixture(autouse=True)
def city_team(db):
    return factories.unit(kind=Unit.Kind.CITY, name="Công an thành phố Hà Nội")
