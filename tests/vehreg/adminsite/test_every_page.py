"""Walks every page of the site and every route of the API as every role.

Pages that applications register later are walked too; they only add their row to `tests.support.walk`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from tests import factories
from tests.support.walk import PERMISSIONS, ROWS, WARD_BY_WARD, Ward, officer
from vehreg.accounts.roles import CITY_ROLES, Role
from vehreg.urls import router

pytestmark = pytest.mark.django_db

ADMINS = {model._meta.label_lower: model_admin for model, model_admin in admin.site._registry.items()}
LABELS = list(ADMINS)
ROUTES = {prefix: view.queryset.model._meta.label_lower for prefix, view, _name in router.registry}
WALKED = sorted({*LABELS, *ROUTES.values()})
ROLES = list(Role.values)
OWN, OTHER = "Mai Của Phường", "Bí Mật Phường Khác"
SEARCHES = ("29-H1 123.45", "001091084217", "123456789", "HN-0000001", "Vũ Quang", "ab", "\x00", "%_'\"", " ")
MOST_QUERIES = 10
# What there may be many of in one ward.
MANY = [
    "registry.vehicle",
    "registry.owner",
    "registry.driverlicence",
    "registry.person",
    "registry.violation",
    "registry.paperfile",
    "cases.verificationcase",
    "cases.matchrun",
    "cases.reviewpair",
    "accounts.user",
    "audit.auditevent",
    "jobs.job",
]


@pytest.fixture
def own() -> Ward:
    return Ward(OWN, WALKED)


@pytest.fixture
def other() -> Ward:
    return Ward(OTHER, WALKED)


def url(label: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


def has(user: Any, action: str, label: str) -> bool:
    app, model = label.split(".")
    return bool(user.has_perm(PERMISSIONS.get((action, label), f"{app}.{action}_{model}")))


def body(response: Any) -> str:
    return b"".join(response).decode("utf-8", "replace") if response.streaming else response.content.decode()


def is_scoped(label: str) -> bool:
    manager = apps.get_model(label)._default_manager
    return hasattr(manager, "visible_to") or bool(getattr(ADMINS.get(label), "scope_field", ""))


def test_every_page_of_the_site_has_a_row_to_walk() -> None:
    assert set(WALKED) <= set(ROWS)


def test_nobody_who_is_not_signed_in_sees_a_page(own: Ward) -> None:
    for label in LABELS:
        pages = [url(label, "changelist"), url(label, "add"), url(label, "change", own.rows[label].pk)]
        for page in pages:
            response = Client().get(page)
            assert response.status_code == 302, page
            assert "/login/" in response.url


@pytest.mark.parametrize("role", ROLES)
def test_a_list_answers_those_who_may_see_it_with_their_rows_only(role: str, own: Ward, other: Ward) -> None:
    user = officer(role, own)
    browser = factories.client(user)
    for label in LABELS:
        asked = {"unit": own.unit.pk} if label in WARD_BY_WARD else {}
        response = browser.get(url(label, "changelist"), asked)
        assert response.status_code == (200 if has(user, "view", label) else 403), label
        if role not in CITY_ROLES:
            assert OTHER not in body(response), label
        changelist = (response.context_data or {}).get("cl") if hasattr(response, "context_data") else None
        if changelist is not None and is_scoped(label):
            seen = {row.pk for row in changelist.result_list}
            assert own.rows[label].pk in seen, label
            assert (other.rows[label].pk in seen) == (role in CITY_ROLES and not asked), label


@pytest.mark.parametrize("role", ROLES)
def test_a_detail_page_opens_for_rows_one_may_see_and_for_no_others(
    role: str, own: Ward, other: Ward
) -> None:
    user = officer(role, own)
    browser = factories.client(user)
    for label in LABELS:
        mine = browser.get(url(label, "change", own.rows[label].pk))
        assert mine.status_code in ((200,) if has(user, "view", label) else (403, 404)), label
        theirs = browser.get(url(label, "change", other.rows[label].pk))
        if is_scoped(label) and role not in CITY_ROLES:
            assert theirs.status_code in (302, 403, 404), label
            assert OTHER not in body(theirs), label


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_may_add_change_or_delete_meet_the_form(role: str, own: Ward) -> None:
    user = officer(role, own)
    browser = factories.client(user)
    for label, model_admin in ADMINS.items():
        may_add = bool(getattr(model_admin, "can_add", True)) and has(user, "add", label)
        assert browser.get(url(label, "add")).status_code == (200 if may_add else 403), label
        assert browser.get(url(label, "delete", own.rows[label].pk)).status_code == 403, label
        may_change = bool(getattr(model_admin, "can_change", True)) and has(user, "change", label)
        before = columns_of(own.rows[label])
        answer = browser.post(url(label, "change", own.rows[label].pk), {"name": "x", "subject_name": "x"})
        assert answer.status_code < 500, label
        assert may_change or columns_of(own.rows[label]) == before, label


def columns_of(row: Any) -> dict[str, Any]:
    return dict(type(row)._default_manager.filter(pk=row.pk).values().get())


@pytest.mark.parametrize("role", [Role.WARD_SUPERVISOR, Role.AUDITOR])
def test_searches_and_filters_answer_and_stay_inside_the_unit(role: str, own: Ward, other: Ward) -> None:
    user = officer(role, own)
    browser = factories.client(user)
    for label in LABELS:
        if not has(user, "view", label):
            continue
        page = url(label, "changelist")
        questions = [{"q": text} for text in (*SEARCHES, OTHER)] if ADMINS[label].search_fields else []
        answers = [browser.get(page, question) for question in questions]
        answers += [browser.get(page + choice) for choice in filter_choices(browser, page)]
        answers += [browser.get(page, {"after": "1"}), browser.get(page, {"before": "last"})]
        for answer in answers:
            assert answer.status_code == 200, (label, answer.wsgi_request.get_full_path())
            if role not in CITY_ROLES:
                assert OTHER not in body(answer).replace(f'value="{OTHER}"', ""), label


def filter_choices(browser: Client, page: str) -> Iterator[str]:
    response = browser.get(page)
    changelist = (getattr(response, "context_data", None) or {}).get("cl")
    for menu in getattr(changelist, "menus", []):
        yield from (choice["query_string"] for choice in menu["choices"][1:3])


def test_no_page_of_the_site_gives_away_another_wards_row_to_a_guessed_address(
    own: Ward, other: Ward
) -> None:
    browser = factories.client(officer(Role.WARD_SUPERVISOR, own))
    for label, address in addresses_with_a_row(other):
        for send in (browser.get, browser.post):
            response = send(address)
            assert response.status_code < 500, address
            assert OTHER not in body(response), address
            if is_scoped(label):
                assert response.status_code in (302, 403, 404, 405), address


def addresses_with_a_row(ward: Ward) -> Iterator[tuple[str, str]]:
    """Every address of every admin class that names one of its rows."""
    for label, model_admin in ADMINS.items():
        for pattern in model_admin.get_urls():
            arguments = list(pattern.pattern.converters) if isinstance(pattern, URLPattern) else []
            if len(arguments) == 1 and pattern.name:
                key = {arguments[0]: ward.rows[label].pk}
                yield label, reverse(f"admin:{pattern.name}", kwargs=key)


@pytest.mark.parametrize("role", [Role.WARD_OFFICER, Role.CITY_SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_list_takes_ten_queries_at_most_however_many_rows(role: str, own: Ward) -> None:
    user = officer(role, own)
    for label in MANY:
        more(label, own)
    browser = factories.client(user)
    for label in (label for label in LABELS if has(user, "view", label)):
        browser.get(url(label, "changelist"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(url(label, "changelist"))
        asked = [query["sql"][:160] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= MOST_QUERIES, (label, asked)


def more(label: str, ward: Ward) -> None:
    for _copy in range(3):
        ROWS[label](ward.unit, OWN)


@pytest.mark.parametrize("role", [*ROLES, None])
def test_the_api_answers_each_role_with_its_own_rows(role: str | None, own: Ward, other: Ward) -> None:
    user = officer(role, own) if role else None
    browser = factories.client(user)
    for route, label in ROUTES.items():
        answer = browser.get(f"/api/v1/{route}/")
        detail = browser.get(f"/api/v1/{route}/{own.rows[label].pk}/")
        theirs = browser.get(f"/api/v1/{route}/{other.rows[label].pk}/")
        if user is None or not has(user, "view", label):
            # Where other systems may show a token, nobody is asked for one.
            assert {answer.status_code, detail.status_code, theirs.status_code} <= {401, 403}, route
            continue
        assert answer.status_code == detail.status_code == 200, route
        seen = {row["id"] for row in answer.json()["results"]}
        everything = role in CITY_ROLES or not is_scoped(label)
        assert own.rows[label].pk in seen, route
        assert (other.rows[label].pk in seen) == everything, route
        assert theirs.status_code == (200 if everything else 404), route


def test_an_api_list_takes_ten_queries_at_most(own: Ward) -> None:
    for label in MANY:
        more(label, own)
    browser = factories.client(officer(Role.CITY_SUPERVISOR, own))
    for route in ROUTES:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/api/v1/{route}/").status_code == 200
        assert len(queries) <= MOST_QUERIES, route
