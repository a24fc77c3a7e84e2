"""The door: in Vietnamese, shut to guessing, and without a word about what went wrong inside."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

from tests import factories

pytestmark = pytest.mark.django_db


def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError("bí mật 001091084217")


urlpatterns = [path("fail/", fail)]


def test_guessing_a_password_shuts_the_door_with_a_page_of_its_own() -> None:
    user = factories.user("city_officer")
    client = Client()
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post("/admin/login/", {"username": user.username, "password": "sai"})
    assert answer.status_code in (403, 429)
    assert "Tạm khóa đăng nhập" in answer.content.decode()
    again = client.post("/admin/login/", {"username": user.username, "password": factories.PASSWORD})
    assert "Tạm khóa đăng nhập" in again.content.decode()


def test_signing_in_leads_to_the_page_that_was_asked_for() -> None:
    user = factories.user("city_officer")
    client = Client()
    asked = client.get("/admin/registry/owner/")
    answer = client.post(
        asked.url,
        {"username": user.username, "password": factories.PASSWORD, "next": "/admin/registry/owner/"},
    )
    assert answer.url == "/admin/registry/owner/"


def test_the_switch_of_language_works_before_signing_in() -> None:
    client = Client()
    assert 'lang="vi"' in client.get("/admin/login/").content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": "/admin/login/"})
    assert 'lang="en"' in client.get("/admin/login/").content.decode()


def test_an_unknown_page_says_so_in_vietnamese() -> None:
    answer = Client().get("/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_says_nothing_of_what_it_was() -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/fail/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()
    assert "bí mật" not in answer.content.decode()


def test_no_page_may_load_or_run_anything_from_outside() -> None:
    policy = Client().get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "http" not in policy
