"""The feed of approved corrections in the admin."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from cases.models import ChangeRecord
from tests import factories
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db

LIST = reverse("admin:cases_changerecord_changelist")


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def record(ward):
    """A new number and name for an owner, and the person behind them."""
    owner = factories.owner(name="Vũ Quang Đạt", id_number="001091084217", unit=ward, vehicle_count=1)
    factories.vehicle(owner=owner, unit=ward, plate="29-H1 123.45")
    person = factories.person(full_name="Vũ Quang Đạt", personal_id="001091084217", unit=ward)
    return ChangeRecord.objects.create(
        register="owner",
        subject_id=owner.pk,
        sequence=1,
        unit=ward,
        case=open_case(owner, unit=ward),
        at=datetime(2025, 11, 20, tzinfo=UTC),
        changes={
            "name": {"old": "VŨ QUANG ĐAT 001091048217", "new": "Vũ Quang Đạt"},
            "id_number": {"old": "001091048217", "new": "001091084217"},
            "birth_date": {"old": None, "new": "1991-08-17"},
            "person": {"old": None, "new": person.pk},
        },
        proposed_by_name="Cán bộ A",
        approved_by_name="Cán bộ B",
    )


@pytest.fixture
def supervisor(client, ward):
    client.force_login(factories.user(Role.WARD_SUPERVISOR, ward))
    return client


def page_of(record):
    return reverse("admin:cases_changerecord_change", args=[record.pk])


def test_a_correction_shows_each_field_before_and_after_with_numbers_masked(supervisor, record):
    html = supervisor.get(page_of(record)).content.decode()
    assert "001091•••217" in html
    assert "001091048217" not in html  # in no field, whatever its name
    assert "001091084217" not in html
    assert "17/08/1991" in html
    assert reverse("admin:cases_verificationcase_change", args=[record.case_id]) in html


def test_numbers_are_whole_once_a_purpose_is_stated(supervisor, record):
    supervisor.post(reverse("admin:reveal"), {"purpose": "inspection", "next": page_of(record)})
    html = supervisor.get(page_of(record)).content.decode()
    assert "001091048217" in html
    assert "001091084217" in html


def test_the_person_of_another_ward_is_not_named(supervisor, record, ward):
    stranger = factories.person(full_name="Bí Mật", unit=factories.unit())
    other = ChangeRecord.objects.create(
        register="owner",
        subject_id=record.subject_id,
        sequence=2,
        unit=ward,
        case=record.case,
        at=record.at,
        changes={"person": {"old": stranger.pk, "new": None}},
    )
    assert "Bí Mật" not in supervisor.get(page_of(other)).content.decode()


@pytest.mark.parametrize("text", ["29-H1 123.45", "001091084217", "{case}"])
def test_the_search_box_knows_plate_number_and_case(supervisor, record, text):
    found = supervisor.get(LIST, {"q": text.format(case=record.case.number)}).context["cl"].result_list
    assert [row.pk for row in found] == [record.pk]


def test_another_wards_correction_does_not_exist(client, record):
    client.force_login(factories.user(Role.WARD_SUPERVISOR))
    assert client.get(page_of(record)).status_code == 302  # the admin sends on, with a message
    assert not client.get(LIST).context["cl"].result_list


def test_an_officer_without_the_permission_sees_no_feed(client, ward, record):
    client.force_login(factories.user(Role.WARD_OFFICER, ward))
    assert client.get(LIST).status_code == 403
