"""The desk of a case that declarations made: the declared value with one key, the hands, the violations."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import VerificationCase
from tests import factories
from tests.cases.declarations.rows import declare, owner_of, registered
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def officer(client, ward):
    client.force_login(factories.user(unit=ward))
    return client


def page(client):
    case = VerificationCase.objects.get()
    response = client.get(reverse("admin:cases_verificationcase_change", args=[case.pk]))
    return response, response.content.decode()


def test_one_key_proposes_what_was_declared(officer, ward):
    vehicle = registered(unit=ward, chassis_no="RLHJF63A0G6972269")
    declare(owner_of(vehicle), vehicle, chassis_no="RLHJF63A0G6972260")
    response, html = page(officer)
    assert response.context["primary"] == "as_declared"
    assert "RLHJF63A0G6972260" in html
    case = VerificationCase.objects.get()
    officer.post(
        reverse("admin:cases_verificationcase_move", args=[case.pk]),
        {"move": "propose", "disposition": "as_declared", "version": case.version},
    )
    case.refresh_from_db()
    assert (case.state, case.disposition) == ("proposed", "as_declared")
    assert [(change["field"], change["new"]) for change in case.changes] == [
        ("chassis_no", "RLHJF63A0G6972260")
    ]


def test_where_nothing_could_be_corrected_it_is_not_offered(officer, ward):
    vehicle = registered(unit=ward)
    declare(owner_of(vehicle), vehicle, usage_status="moved_away")
    response, _html = page(officer)
    assert response.context["primary"] == ""
    assert "as_declared" not in {ending["name"] for ending in response.context["endings"]}


def test_a_status_is_shown_by_its_word(officer, ward):
    vehicle = registered(unit=ward)
    declare(owner_of(vehicle), vehicle, usage_status="lost")
    (change,) = page(officer)[0].context["page"].declared_changes
    assert (change.old, change.new) == ("đang lưu hành", "bị mất")


def test_the_hands_are_shown_in_order_with_who_has_not_declared(officer, ward):
    vehicle = registered(unit=ward)
    declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred", counterparty_name="Lê Văn Tám")
    buyer = factories.person(full_name="Trần Thị Hoa")
    declare(buyer, vehicle, usage_status="bought_not_transferred", counterparty_name="Lê Văn Tám")
    response, html = page(officer)
    assert [hand.name for hand in response.context["page"].hands] == [
        "Vũ Quang Đạt",
        "Lê Văn Tám",
        "Trần Thị Hoa",
    ]
    assert "chưa khai" in html


def test_numbers_of_the_hands_are_masked_for_whoever_does_not_work_on_the_case(client, ward):
    vehicle = registered(factories.person(personal_id="001091084217"), unit=ward)
    declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred")
    client.force_login(factories.user(Role.AUDITOR))
    assert "001091084217" not in page(client)[1]


def test_one_side_alone_is_told_to_wait_for_the_other(officer, ward):
    vehicle = registered(unit=ward)
    declare(factories.person(full_name="Trần Thị Hoa"), vehicle, usage_status="bought_not_transferred")
    assert "chủ xe đứng tên chưa khai" in page(officer)[1]


def test_violations_since_the_loss_stand_on_the_case(officer, ward):
    vehicle = registered(unit=ward)
    offence = factories.violation(plate=vehicle.plate, behaviour="Vượt đèn đỏ")
    declare(owner_of(vehicle), vehicle, usage_status="stolen", since=date(2025, 1, 1))
    html = page(officer)[1]
    assert "Vượt đèn đỏ" in html
    assert reverse("admin:registry_violation_change", args=[offence.pk]) in html
