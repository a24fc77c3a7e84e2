"""How many statements a page costs: all that are sent, those that begin and end a transaction included.

Outside of a test's own transaction, so that they are those of the running system.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.admin import confirmation_queue, menu, queue, review_judge
from cases.models import VerificationCase
from cases.queues import TABS
from tests import factories
from tests.cases.rows import open_case, propose_person
from tests.support.walk import PERMISSIONS, ROWS, Ward, officer
from vehreg.accounts.roles import Role
from vehreg.adminsite.admin import BaseAdmin
from vehreg.urls import router

# Some hundred pages are opened by each test.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

MOST_ON_A_LIST, MOST_ON_A_CASE = 10, 15
# Rows on a page of these tests, and beyond: so that there are pages to turn.
ON_A_PAGE, FEW, MANY = 6, 2, 8
LABELS = [model._meta.label_lower for model in admin.site._registry]
ROUTES = {prefix: view.queryset.model._meta.label_lower for prefix, view, _name in router.registry}
# The wards' table is no list of rows, and a rule or release class is one of few.
ONE_IS_ENOUGH = {"accounts.unit", "cases.dailyfigure", "cases.checkrule"}
SEARCHES = ("29-H1 123.45", "001091084217", "Mai Của Phường")
QUEUE = "admin:cases_verificationcase_changelist"


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BaseAdmin, "list_per_page", ON_A_PAGE)
    monkeypatch.setattr(queue, "PAGE_SIZE", ON_A_PAGE)


@pytest.fixture(autouse=True)
def long_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a test takes, what the menu counted beforehand is still known."""
    for module in (menu, review_judge, confirmation_queue):
        monkeypatch.setattr(module, "REMEMBERED", 3600)


def statements(browser: Client, address: str) -> list[str]:
    """What a page sends to the database."""
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200, address
    return [query["sql"][:110] for query in queries]


def report(pages: dict[str, list[str]]) -> str:
    return "\n".join(f"{page}: {len(sent)}\n  " + "\n  ".join(sent) for page, sent in pages.items())


def list_address(label: str) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


def seen_by(user: Any) -> list[str]:
    return [
        label
        for label in LABELS
        if user.has_perm(PERMISSIONS.get(("view", label), "{}.view_{}".format(*label.split("."))))
    ]


def fill(ward: Ward, copies: int) -> None:
    for label in sorted({*LABELS, *ROUTES.values()} - ONE_IS_ENOUGH):
        for _copy in range(copies):
            ROWS[label](ward.unit, ward.secret)


def addresses(browser: Client, label: str, row: Any) -> Iterator[str]:
    """First, deep and last page of a list, the searches, and its filters by twos."""
    page = list_address(label)
    # Opened first: what a process remembers is known from then on.
    changelist = (getattr(browser.get(page), "context_data", None) or {}).get("cl")
    yield from (page, f"{page}?after={row.pk}", f"{page}?before=last")
    if changelist is None:
        return
    if changelist.search_fields:
        yield from (f"{page}?q={text}" for text in SEARCHES)
    chosen = [menu["choices"][1]["query_string"] for menu in changelist.menus if len(menu["choices"]) > 1]
    yield from (f"{page}{one}&{two[1:]}&after={row.pk}" for one, two in pairwise(chosen))


def queue_addresses(row: Any) -> Iterator[str]:
    page = reverse(QUEUE)
    yield from (f"{page}?tab={tab.name}&after={row.pk}" for tab in TABS)
    yield from (f"{page}?tab=all&q={text}&kind=id_typo" for text in SEARCHES)


@pytest.mark.parametrize("role", [Role.WARD_OFFICER, Role.CITY_SUPERVISOR, Role.AUDITOR])
def test_a_list_costs_ten_statements_at_most_wherever_it_is_opened(role: str) -> None:
    ward = Ward("Mai Của Phường", LABELS)
    fill(ward, MANY)
    user = officer(role, ward)
    browser = factories.client(user)
    too_many = {}
    for label in seen_by(user):
        row = ward.rows[label]
        more = queue_addresses(row) if label == "cases.verificationcase" else ()
        for address in (*addresses(browser, label, row), *more):
            if len(sent := statements(browser, address)) > MOST_ON_A_LIST:
                too_many[address] = sent
    assert not too_many, report(too_many)


@pytest.mark.parametrize("role", [Role.CITY_SUPERVISOR, Role.AUDITOR])
def test_no_page_asks_more_for_many_rows_than_for_few(role: str) -> None:
    ward = Ward("Mai Của Phường", sorted({*LABELS, *ROUTES.values()}))
    user = officer(role, ward)
    browser = factories.client(user)
    fill(ward, FEW)
    pages = [list_address(label) for label in seen_by(user)]
    pages += [f"/api/v1/{route}/" for route, label in ROUTES.items() if label in seen_by(user)]
    pages += [
        reverse(f"admin:{label.replace('.', '_')}_change", args=[ward.rows[label].pk])
        for label in seen_by(user)
    ]
    for page in pages:  # what a process remembers is known from then on
        browser.get(page)
    few = {page: len(statements(browser, page)) for page in pages}
    fill(ward, MANY)
    many = {page: statements(browser, page) for page in pages}
    # A list that has become longer than a page is counted: one statement more.
    grown = {page: sent for page, sent in many.items() if len(sent) > few[page] + 1}
    assert not grown, report(grown)


@pytest.mark.parametrize("role", [Role.WARD_SUPERVISOR, Role.CITY_SUPERVISOR, Role.AUDITOR])
@pytest.mark.parametrize("state", ["open", "assigned", "proposed", "closed"])
def test_a_case_page_costs_fifteen_statements_at_most(role: str, state: str) -> None:
    ward = Ward("Mai Của Phường", [])
    user = officer(role, ward)
    owner = factories.owner(unit=ward.unit, vehicle_count=3)
    vehicles = [factories.vehicle(unit=ward.unit, owner=owner) for _copy in range(3)]
    licence = factories.licence(unit=ward.unit)
    subjects = {"owner": owner, "vehicle": vehicles[0], "licence": licence}
    browser = factories.client(user)
    for register, subject in subjects.items():
        people = [factories.person(unit=ward.unit) for _copy in range(4)]
        case = open_case(subject, register=register, unit=ward.unit, assignee=user)
        propose_person(case, *people)
        VerificationCase.objects.filter(pk=case.pk).update(state=state)
        page = reverse("admin:cases_verificationcase_change", args=[case.pk])
        browser.get(page)  # what a process remembers is known from then on
        sent = statements(browser, page)
        assert len(sent) <= MOST_ON_A_CASE, "\n".join([register, *sent])
