"""The list of posted transfers: per ward, without a name or a number, to be printed and exported."""

import pytest
from django.urls import reverse

from cases.admin.posting import PostingResource
from cases.models import Posting
from tests import factories
from tests.cases.declarations.rows import declare, owner_of, registered
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

LIST = reverse("admin:cases_posting_changelist")
SHEET = reverse("admin:cases_posting_sheet")


@pytest.fixture(autouse=True)
def city():
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def posted(ward):
    vehicle = registered(unit=ward, plate="29-H1 123.45")
    declare(factories.person(full_name="Trần Thị Hoa"), vehicle, usage_status="bought_not_transferred")
    return Posting.objects.get()


@pytest.mark.parametrize("address", [LIST, SHEET])
def test_the_list_shows_plate_and_days_and_names_nobody(client, ward, posted, address):
    client.force_login(factories.user(unit=ward))
    html = client.get(address).content.decode()
    assert "29-H1 123.45" in html
    assert f"{posted.ends_on:%d/%m/%Y}" in html
    for secret in ("Trần Thị Hoa", posted.vehicle.owner.name, posted.vehicle.owner.id_number):
        assert secret not in html


@pytest.mark.parametrize("address", [LIST, SHEET])
def test_another_ward_sees_nothing_of_it(client, posted, address):
    client.force_login(factories.user())
    assert "29-H1 123.45" not in client.get(address).content.decode()


def test_what_came_down_is_not_on_the_sheet(client, ward, posted):
    declare(owner_of(posted.vehicle), posted.vehicle, usage_status="sold_not_transferred")
    client.force_login(factories.user(unit=ward))
    assert "29-H1 123.45" not in client.get(SHEET).content.decode()
    assert "29-H1 123.45" in client.get(LIST).content.decode()


def test_printing_is_on_the_trail(client, ward, posted):
    client.force_login(factories.user(unit=ward))
    client.get(SHEET)
    assert AuditEvent.objects.get(kind="export").subject_type == "posting"


def test_the_export_names_nobody():
    assert [column.path for column in PostingResource.columns] == [
        "plate", "vehicle_kind", "plate_colour", "unit", "posted_on", "ends_on", "state",
    ]  # fmt: skip


def test_an_administrator_sees_no_postings(client, posted):
    client.force_login(factories.user(Role.ADMINISTRATOR))
    assert client.get(LIST).status_code == 403
    assert client.get(SHEET).status_code == 403
