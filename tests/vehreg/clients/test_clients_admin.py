"""Administrators keep the connected systems; a secret is shown once."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client as Browser

from tests import factories
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent
from vehreg.clients.models import Client
from vehreg.clients.services import create_client

pytestmark = pytest.mark.django_db
LIST = "/admin/clients/client/"
FORM = {
    "name": "iHanoi",
    "channel": "ihanoi",
    "scopes": ["declarations:write", "check"],
    "active": "on",
    "requests_per_minute": "600",
    "checks_per_minute": "60",
}


@pytest.fixture
def browser() -> Browser:
    return factories.client(factories.user(Role.ADMINISTRATOR))


def shown_secret(page: Any) -> str:
    found = re.search(r"— [^:]+: (\w+)\.", page.content.decode())
    assert found is not None
    return found[1]


def test_a_new_system_gets_an_id_and_a_secret_shown_once(browser: Browser) -> None:
    page = browser.post(LIST + "add/", FORM, follow=True)
    client = Client.objects.get()
    assert check_password(shown_secret(page), client.client_secret)
    assert client.client_id in page.content.decode()
    assert (client.channel, client.scopes) == ("ihanoi", ["declarations:write", "check"])
    assert (client.client_type, client.authorization_grant_type) == ("confidential", "client-credentials")
    again = browser.get(f"{LIST}{client.pk}/change/").content.decode()
    assert client.client_secret not in again


def test_a_new_secret_is_shown_once_and_ends_the_old(browser: Browser) -> None:
    client, old = create_client(name="iHanoi", channel="ihanoi")
    page = browser.post(f"{LIST}{client.pk}/new-secret/", follow=True)
    client.refresh_from_db()
    assert check_password(shown_secret(page), client.client_secret)
    assert not check_password(old, client.client_secret)


def test_what_is_changed_is_on_the_trail_and_no_secret_is(browser: Browser) -> None:
    client, secret = create_client(name="iHanoi", channel="ihanoi")
    browser.post(f"{LIST}{client.pk}/change/", FORM | {"active": ""})
    browser.post(f"{LIST}{client.pk}/new-secret/")
    client.refresh_from_db()
    assert not client.active
    events = AuditEvent.objects.filter(kind="change", subject_type="client", subject_id=client.pk)
    assert events.count() == 2
    assert secret not in str(events.values())


def test_only_administrators_change_systems() -> None:
    client, _secret = create_client(name="iHanoi", channel="ihanoi")
    for role in (Role.AUDITOR, Role.CITY_SUPERVISOR, Role.WARD_OFFICER):
        browser = factories.client(factories.user(role))
        assert browser.post(f"{LIST}{client.pk}/new-secret/").status_code == 403
        assert browser.post(LIST + "add/", FORM).status_code == 403


def test_no_page_shows_tokens(browser: Browser) -> None:
    assert browser.get("/admin/oauth2_provider/accesstoken/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"channel": "fax"}, {"scopes": ["everything"]}, {"requests_per_minute": "0"}]
)
def test_a_system_has_a_channel_scopes_and_a_share_that_exist(
    browser: Browser, wrong: dict[str, Any]
) -> None:
    assert browser.post(LIST + "add/", FORM | wrong).status_code == 200
    assert not Client.objects.exists()
