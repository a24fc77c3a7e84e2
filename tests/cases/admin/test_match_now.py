"""“Match now” as its users meet it."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import MatchRun, VerificationCase
from registry.models import Owner
from tests import factories
from tests.cases.rows import open_case
from tests.cases.runs.people import licence_of, owner_of
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


@pytest.fixture
def ward(city: Unit) -> Unit:
    return factories.unit(name="Phường Giảng Võ")


@pytest.fixture
def case(match: Match, ward: Unit) -> VerificationCase:
    owner_of(factories.person(unit=ward), name="Vũ Quang Đát")
    match()
    return VerificationCase.objects.get()


def button_of(case: VerificationCase) -> str:
    return reverse("admin:cases_verificationcase_match", args=[case.pk])


def page_of(case: VerificationCase) -> str:
    return reverse("admin:cases_verificationcase_change", args=[case.pk])


def entry_button(register: str, pk: int) -> str:
    return reverse("admin:cases_verificationcase_match_entry", args=[register, pk])


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_the_officer_stays_before_the_case_and_reads_what_came_out(client, case, ward):
    client.force_login(factories.user(Role.WARD_OFFICER, ward))
    assert button_of(case) in client.get(page_of(case)).content.decode()
    response = client.post(button_of(case), {"kind": "name_variant"}, follow=True)
    assert response.redirect_chain == [(page_of(case) + "?kind=name_variant", 302)]
    assert "Vũ Quang Đạt" in said(response)
    event = AuditEvent.objects.get(kind="change", subject_type="owner", subject_id=case.subject_id)
    assert event.detail == {"action": "match_now", "changed": False, "verdict": "name_variant"}


def test_a_case_that_is_withdrawn_by_it_is_shown_as_such(client, case, ward):
    client.force_login(factories.user(Role.WARD_OFFICER, ward))
    Owner.objects.filter(pk=case.subject_id).update(name="Vũ Quang Đạt", changed_at=timezone.now())
    response = client.post(button_of(case), follow=True)
    assert response.context["case"].state == "withdrawn"
    assert case.number in said(response)
    assert button_of(case) not in response.content.decode()


def test_it_is_a_post(client, case, ward):
    client.force_login(factories.user(Role.WARD_OFFICER, ward))
    owner = entry_button("owner", case.subject_id)
    assert [client.get(url).status_code for url in (button_of(case), owner)] == [405, 405]


def test_who_only_reads_sees_no_button_and_may_not(client, case):
    client.force_login(factories.user(Role.AUDITOR))
    owner_page = reverse("admin:registry_owner_change", args=[case.subject_id])
    for page, button in (
        (page_of(case), button_of(case)),
        (owner_page, entry_button("owner", case.subject_id)),
    ):
        html = client.get(page).content.decode()
        assert button not in html
        assert client.post(button).status_code == 403
    assert not AuditEvent.objects.filter(kind="change").exists()


def test_another_wards_case_and_entry_do_not_exist(client, case):
    client.force_login(factories.user(Role.WARD_OFFICER))
    assert client.post(button_of(case)).status_code == 404
    assert client.post(entry_button("owner", case.subject_id)).status_code == 404
    assert client.post(entry_button("vehicle", 1)).status_code == 404


def test_an_owners_page_shows_the_verdict_and_matches_again(client, case, ward):
    client.force_login(factories.user(Role.WARD_OFFICER, ward))
    page = reverse("admin:registry_owner_change", args=[case.subject_id])
    html = client.get(page).content.decode()
    assert entry_button("owner", case.subject_id) in html
    assert case.number in html
    response = client.post(entry_button("owner", case.subject_id), follow=True)
    assert response.redirect_chain == [(page, 302)]
    assert "Vũ Quang Đạt" in said(response)


def test_a_licences_page_matches_its_holder(client, city, ward):
    licence = licence_of(factories.person(unit=ward), holder_name="Vũ Quang Đát")
    client.force_login(factories.user(Role.WARD_OFFICER, ward))
    response = client.post(entry_button("licence", licence.pk), follow=True)
    case = VerificationCase.objects.get(register="licence")
    assert case.number in said(response)
    assert case.number in response.content.decode()


def test_a_vehicle_case_matches_the_owner(client, match, ward):
    owner = owner_of(factories.person(unit=ward), name="Vũ Quang Đát")
    vehicle = factories.vehicle(owner=owner, unit=ward)
    case = open_case(vehicle, register="vehicle", unit=ward, kind="declared_sold")
    client.force_login(factories.user(Role.WARD_OFFICER, ward))
    client.post(button_of(case))
    assert VerificationCase.objects.filter(register="owner", subject_id=owner.pk).exists()


def test_a_person_of_another_ward_is_not_named_on_an_owners_page(client, match, ward):
    stranger = factories.person(unit=factories.unit(), full_name="Vũ Quang Đạt")
    owner = owner_of(stranger, name="Vũ Quang Đát", unit=ward)
    match()
    client.force_login(factories.user(Role.WARD_OFFICER, ward))
    html = client.get(reverse("admin:registry_owner_change", args=[owner.pk])).content.decode()
    assert "Vũ Quang Đạt" not in html
