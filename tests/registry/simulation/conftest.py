"""Cities built once for the tests that look at them."""

import pytest

from registry.simulation import errors
from tests.registry.simulation.cities import City, build


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The errors of every day."""
    return build(tmp_path_factory.mktemp("city"), errors.known())


@pytest.fixture(scope="session")
def spoiled_city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Every error there is, often enough to be seen."""
    return build(tmp_path_factory.mktemp("spoiled"), dict.fromkeys(errors.known(), 0.02))


@pytest.fixture(scope="session")
def clean_city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """No errors at all."""
    return build(tmp_path_factory.mktemp("clean"), {}, size=3000)
