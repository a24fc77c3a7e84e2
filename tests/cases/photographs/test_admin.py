"""Photographs on the page of their declaration."""

import io

import pytest
from django.urls import reverse

from cases.photographs.services import keep_photograph
from tests import factories
from tests.cases.declarations.rows import declaration
from tests.cases.photographs.pictures import picture
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def photograph(ward):
    declared = declaration(plate="29-H1 123.45", vehicle_kind="motorbike", unit=ward)
    return keep_photograph(declaration=declared, file=io.BytesIO(picture()), user=factories.user(unit=ward))


def address(photograph):
    return reverse("admin:cases_declaration_photograph", args=[photograph.pk])


def test_the_page_of_a_declaration_shows_its_photographs(photograph, ward):
    page = reverse("admin:cases_declaration_change", args=[photograph.declaration_id])
    html = factories.client(factories.user(unit=ward)).get(page).content.decode()
    assert f'src="{address(photograph)}"' in html


def test_a_photograph_is_shown_to_its_ward_as_a_picture_and_nothing_else(photograph, ward):
    answer = factories.client(factories.user(unit=ward)).get(address(photograph))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


def test_the_look_at_a_photograph_is_on_the_trail(photograph, ward):
    officer = factories.user(unit=ward)
    factories.client(officer).get(address(photograph))
    assert AuditEvent.objects.filter(
        kind="view", actor=officer, subject_type="photograph", subject_id=photograph.pk
    ).exists()


def test_another_ward_does_not_see_it(photograph):
    assert factories.client(factories.user()).get(address(photograph)).status_code == 404


def test_nobody_sees_it_without_signing_in_or_without_the_right(photograph):
    assert factories.client().get(address(photograph)).status_code == 302
    administrator = factories.client(factories.user(Role.ADMINISTRATOR))
    assert administrator.get(address(photograph)).status_code == 404
