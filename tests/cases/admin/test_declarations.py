"""Declarations in the admin."""

import pytest
from django.urls import reverse

from cases.models import VerificationCase
from tests import factories
from tests.cases.declarations.rows import declare, owner_of, registered
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db

LIST = reverse("admin:cases_declaration_changelist")


@pytest.fixture(autouse=True)
def city():
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def vehicle(ward):
    person = factories.person(personal_id="001091084217", unit=ward)
    return registered(person, unit=ward, plate="29-H1 123.45", chassis_no="RLHJF63A0G6972269")


@pytest.fixture
def stolen(vehicle, ward):
    """A vehicle declared stolen by its owner, with a note that names a telephone."""
    return declare(owner_of(vehicle), vehicle, usage_status="stolen", unit=ward, note="Gọi 0912345678")


@pytest.fixture
def officer(client, ward):
    client.force_login(factories.user(unit=ward))
    return client


def page_of(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_a_declaration_stands_beside_the_register_and_links_to_entry_and_case(officer, stolen, vehicle):
    html = officer.get(page_of(stolen)).content.decode()
    assert page_of(vehicle) in html
    assert page_of(VerificationCase.objects.get()) in html
    assert "RLHJF63A0G6972269" in html


def test_numbers_are_masked_until_a_purpose_is_stated(officer, stolen):
    html = officer.get(page_of(stolen)).content.decode()
    assert "001091•••217" in html
    assert "001091084217" not in html
    assert "0912345678" not in html
    officer.post(reverse("admin:reveal"), {"purpose": "settle_case", "next": page_of(stolen)})
    assert "001091084217" in officer.get(page_of(stolen)).content.decode()


@pytest.mark.parametrize("text", ["29H1 12345", "001091084217", "vu quang dat"])
def test_the_search_box_knows_plates_numbers_and_names(officer, stolen, text):
    assert page_of(stolen) in officer.get(LIST, {"q": text}).content.decode()
    assert page_of(stolen) not in officer.get(LIST, {"q": "29-H1 999.99"}).content.decode()


def test_filters_narrow_the_list(officer, stolen):
    wanted = {"state": "differs", "usage_status": "stolen", "channel": "ihanoi"}
    for name, value in wanted.items():
        assert page_of(stolen) in officer.get(LIST, {f"{name}__exact": value}).content.decode()
    assert page_of(stolen) not in officer.get(LIST, {"state__exact": "confirms"}).content.decode()


def test_another_ward_sees_neither_the_list_nor_the_page(client, stolen):
    client.force_login(factories.user())
    assert page_of(stolen) not in client.get(LIST).content.decode()
    assert client.get(page_of(stolen)).status_code in (302, 403, 404)


def test_an_entry_of_another_unit_stays_closed(client, vehicle):
    elsewhere = factories.unit()
    declared = declare(factories.person(full_name="Trần Thị Hoa"), vehicle, unit=elsewhere)
    client.force_login(factories.user(unit=elsewhere))
    html = client.get(page_of(declared)).content.decode()
    assert "RLHJF63A0G6972269" not in html
    assert vehicle.owner.name not in html


def test_a_declaration_without_an_entry_says_so(client, city):
    declared = declare(plate="30-X1 000.00", vehicle_kind="motorbike")
    client.force_login(factories.user(Role.CITY_OFFICER))
    assert client.get(page_of(declared)).status_code == 200


def test_a_vehicle_shows_what_was_declared_of_it(officer, stolen, vehicle):
    assert page_of(stolen) in officer.get(page_of(vehicle)).content.decode()


def test_an_administrator_sees_no_declarations(client, stolen):
    client.force_login(factories.user(Role.ADMINISTRATOR))
    assert client.get(LIST).status_code == 403


def test_a_longer_list_takes_no_more_queries(officer, ward, django_assert_max_num_queries):
    for _ in range(5):
        vehicle = registered(unit=ward)
        declare(owner_of(vehicle), vehicle, unit=ward)
    with django_assert_max_num_queries(20):
        officer.get(LIST)
