"""A name that half the city has: its first rows, by an index, and a word about the rest."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import factories
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.adminsite import changelist, search

pytestmark = pytest.mark.django_db
FEW = 3


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (search, changelist):
        monkeypatch.setattr(module, "FIRST_OF_A_NAME", FEW)


@pytest.fixture
def ward() -> Unit:
    return factories.unit()


def find(role: str, ward: Unit | None, register: str, text: str) -> Any:
    client: Client = factories.client(factories.user(role, ward))
    return client.get(f"/admin/registry/{register}/", {"q": text})


@pytest.mark.parametrize(
    ("register", "make"),
    [
        ("owner", lambda name: factories.owner(name=name)),
        ("person", lambda name: factories.person(full_name=name)),
        ("vehicle", lambda name: factories.vehicle(owner=factories.owner(name=name))),
    ],
)
def test_of_a_common_name_the_first_are_listed_and_the_page_says_so(
    register: str, make: Callable[[str], Any]
) -> None:
    for number in range(FEW + 2):
        make(f"Nguyễn Văn {'ABCDEFG'[number]}")
    page = find(Role.CITY_SUPERVISOR, None, register, "nguyen van")
    assert len(page.context["cl"].result_list) == FEW
    assert page.context["cl"].count_words == f"hơn {FEW}"
    assert any("rất phổ biến" in str(message) for message in page.context["messages"])


def test_a_name_of_few_is_listed_whole_without_a_word() -> None:
    factories.owner(name="Lò Thị Vy")
    page = find(Role.CITY_SUPERVISOR, None, "owner", "lo thi")
    assert page.context["cl"].count_words == "1"
    assert not list(page.context["messages"])


def test_a_ward_finds_its_own_vehicles_however_many_have_the_name_elsewhere(ward: Unit) -> None:
    for _copy in range(FEW + 2):
        factories.vehicle(owner=factories.owner(name="Nguyễn Văn An"), unit=factories.unit())
    own = factories.vehicle(owner=factories.owner(name="Nguyễn Văn An", unit=ward), unit=ward)
    page = find(Role.WARD_OFFICER, ward, "vehicle", "nguyen van an")
    assert [vehicle.pk for vehicle in page.context["cl"].result_list] == [own.pk]


def test_the_name_is_looked_for_among_what_the_filter_keeps(ward: Unit) -> None:
    for _copy in range(FEW + 2):
        factories.owner(name="Nguyễn Văn An")
    foreigner = factories.owner(name="Nguyen Van An", kind="foreigner")
    client = factories.client(factories.user(Role.CITY_SUPERVISOR))
    page = client.get("/admin/registry/owner/", {"q": "nguyen van", "kind__exact": "foreigner"})
    assert [owner.pk for owner in page.context["cl"].result_list] == [foreigner.pk]
