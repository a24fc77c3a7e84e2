"""Administrators keep the accounts; nobody makes themselves something else."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import factories
from vehreg.accounts.models import User
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return factories.user(Role.ADMINISTRATOR)


@pytest.fixture
def client(administrator: User) -> Client:
    return factories.client(administrator)


def form(user: User, **columns: Any) -> dict[str, Any]:
    values = {"username": user.username, "full_name": user.full_name, "role": user.role, "is_active": "on"}
    return values | ({"unit": user.unit_id} if user.unit_id else {}) | columns


def shown_password(page: Any) -> str:
    found = re.search(r": ([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})\.", page.content.decode())
    assert found is not None
    return found[1]


def test_a_new_user_gets_a_temporary_password_that_opens_only_the_page_to_change_it(client: Client) -> None:
    ward = factories.unit()
    columns = {"username": "gv14", "full_name": "Nguyễn Thị Hòa", "role": "ward_officer", "unit": ward.pk}
    page = client.post("/admin/accounts/user/add/", columns | {"is_active": "on"}, follow=True)
    password = shown_password(page)
    officer = Client()
    assert officer.post("/admin/login/", {"username": "gv14", "password": password}).status_code == 302
    assert officer.get("/admin/registry/vehicle/").url == "/admin/password_change/"
    assert officer.get("/api/v1/vehicles/").status_code == 403
    chosen = "một mật khẩu riêng 7"
    answer = officer.post(
        "/admin/password_change/",
        {"old_password": password, "new_password1": chosen, "new_password2": chosen},
    )
    assert answer.status_code == 302
    assert officer.get("/admin/registry/vehicle/").status_code == 200


def test_a_ward_role_needs_a_unit(client: Client) -> None:
    user = factories.user(Role.CITY_OFFICER)
    answer = client.post(f"/admin/accounts/user/{user.pk}/change/", form(user, role="ward_officer"))
    assert answer.status_code == 200
    user.refresh_from_db()
    assert user.role == Role.CITY_OFFICER


def test_a_change_of_role_is_made_and_on_the_trail(client: Client, administrator: User) -> None:
    user = factories.user(Role.CITY_OFFICER)
    client.post(f"/admin/accounts/user/{user.pk}/change/", form(user, role="city_supervisor"))
    user.refresh_from_db()
    assert user.role == Role.CITY_SUPERVISOR
    event = AuditEvent.objects.get(kind="change")
    assert (event.actor, event.subject_id) == (administrator, user.pk)
    assert event.detail["changes"] == {"role": ["city_officer", "city_supervisor"]}


def test_nobody_makes_themselves_something_else(client: Client, administrator: User) -> None:
    page = f"/admin/accounts/user/{administrator.pk}/change/"
    client.post(page, form(administrator, role="city_supervisor", full_name="Tên mới"))
    administrator.refresh_from_db()
    assert (administrator.role, administrator.full_name) == (Role.ADMINISTRATOR, "Tên mới")
    assert client.post(f"/admin/accounts/user/{administrator.pk}/new-password/").status_code == 403


def test_a_deactivated_user_is_out_at_once(client: Client) -> None:
    user = factories.user(Role.CITY_OFFICER)
    officer = factories.client(user)
    assert officer.get("/admin/registry/owner/").status_code == 200
    values = form(user)
    del values["is_active"]
    client.post(f"/admin/accounts/user/{user.pk}/change/", values)
    assert officer.get("/admin/registry/owner/").status_code == 302


def test_a_new_password_ends_the_old_one(client: Client) -> None:
    user = factories.user(Role.CITY_OFFICER)
    page = client.post(f"/admin/accounts/user/{user.pk}/new-password/", follow=True)
    user.refresh_from_db()
    assert user.check_password(shown_password(page))
    assert user.must_change_password
    assert shown_password(page) not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_superuser_and_staff_cannot_be_smuggled_in(client: Client) -> None:
    user = factories.user(Role.CITY_OFFICER)
    client.post(
        f"/admin/accounts/user/{user.pk}/change/",
        form(user, is_superuser="on", must_change_password="", groups="1", password="x"),
    )
    user.refresh_from_db()
    assert not user.is_superuser
    assert user.check_password(factories.PASSWORD)


def test_auditors_look_and_change_nothing(administrator: User) -> None:
    client = factories.client(factories.user(Role.AUDITOR))
    page = f"/admin/accounts/user/{administrator.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, form(administrator, role="registrar")).status_code == 403
    assert client.get("/admin/accounts/user/add/").status_code == 403
    assert client.post(f"/admin/accounts/user/{administrator.pk}/new-password/").status_code == 403


def test_units_show_how_many_work_there(client: Client) -> None:
    ward = factories.unit()
    factories.user(Role.WARD_OFFICER, ward)
    factories.user(Role.WARD_OFFICER, ward, is_active=False)
    rows = client.get("/admin/accounts/unit/").context_data["cl"].result_list
    assert {row.pk: row.active_users for row in rows}[ward.pk] == 1


def test_a_unit_is_found_for_a_user_by_part_of_its_name(client: Client) -> None:
    ward = factories.unit(name="Phường Giảng Võ")
    question = {"app_label": "accounts", "model_name": "user", "field_name": "unit", "term": "giảng"}
    answer = client.get("/admin/autocomplete/", question).json()
    assert [row["id"] for row in answer["results"]] == [str(ward.pk)]
    officer = factories.client(factories.user(Role.WARD_OFFICER, ward))
    assert officer.get("/admin/autocomplete/", question).status_code == 403
