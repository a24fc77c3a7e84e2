"""The lists and searches that are opened: those that have a figure of their own, and all the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse

from cases.queues import TABS
from vehreg.accounts.models import User

PAGE_SIZE = 50
DEPTH = 40_000
# Of a filter with many choices some are opened.
_MOST_CHOICES = 3

_LISTS = {
    "cases": "admin:cases_verificationcase_changelist",
    "vehicles": "admin:registry_vehicle_changelist",
    "owners": "admin:registry_owner_changelist",
    "persons": "admin:registry_person_changelist",
    "licences": "admin:registry_driverlicence_changelist",
}
# The row before page 40,000 of a list, in the list's own order; of a smaller city the last page.
_ANCHOR = {
    "cases": "SELECT id FROM cases_verificationcase ORDER BY priority, due_on, id OFFSET %s LIMIT 1",
    "vehicles": "SELECT id FROM registry_vehicle ORDER BY id DESC OFFSET %s LIMIT 1",
}
_TABLE = {"cases": "cases_verificationcase", "vehicles": "registry_vehicle"}
# A name that nobody has, one that many have, and two syllables that half of the city shares.
_NAMES = ("xyzzy qqq", "nguyen thi hoa", "van")


@dataclass(frozen=True)
class Samples:
    """What an officer types: values that the middle of the register holds."""

    plate: str
    number: str
    person: str
    name: str

    @classmethod
    def found(cls) -> Samples:
        middle = "(SELECT max(id) / 2 FROM {table})"
        owner = f"FROM registry_owner WHERE id >= {middle.format(table='registry_owner')}"
        return cls(
            plate=_text(
                f"""SELECT plate FROM registry_vehicle WHERE plate ~ '[A-Z]'
                AND id >= {middle.format(table="registry_vehicle")} ORDER BY id LIMIT 1"""
            ),
            number=_text(f"SELECT id_key {owner} AND length(id_key) = 12 ORDER BY id LIMIT 1"),
            person=_text("SELECT personal_id FROM registry_person ORDER BY id LIMIT 1"),
            name=_text(f"SELECT name_key {owner} AND kind = 'citizen' ORDER BY id LIMIT 1"),
        )


def of_figures(samples: Samples) -> dict[str, str]:
    """By the key of their figure."""
    return {
        "cases.first": _list("cases", tab="all"),
        "cases.deep": _list("cases", tab="all", after=anchor("cases")),
        "vehicles.deep": _list("vehicles", after=anchor("vehicles")),
        "cases.name": _list("cases", tab="all", q=samples.name),
        "cases.plate": _list("cases", tab="all", q=samples.plate),
        "cases.number": _list("cases", tab="all", q=samples.number),
        "vehicles.plate": _list("vehicles", q=samples.plate),
        "owners.name": _list("owners", q=samples.name),
        "persons.name": _list("persons", q=samples.name),
    }


def of_stock(samples: Samples) -> dict[str, str]:
    """The same questions to the stock admin, under the same keys."""
    asked = {
        "cases.first": ("cases/verificationcase", {}),
        "cases.deep": ("cases/verificationcase", {"p": page_number("cases")}),
        "vehicles.deep": ("registry/vehicle", {"p": page_number("vehicles")}),
        "cases.name": ("cases/verificationcase", {"q": samples.name}),
        "vehicles.plate": ("registry/vehicle", {"q": samples.plate}),
        "owners.name": ("registry/owner", {"q": samples.name}),
        "persons.name": ("registry/person", {"q": samples.name}),
    }
    return {key: f"/stock/{path}/?{urlencode(asks)}" for key, (path, asks) in asked.items()}


def page_number(name: str) -> int:
    """Page 40,000, or the last one of a smaller register."""
    rows = int(_text(f"SELECT count(*) FROM {_TABLE[name]}"))
    return max(min(DEPTH, rows // PAGE_SIZE), 1)


def anchor(name: str) -> str:
    rows = max((page_number(name) - 1) * PAGE_SIZE - 1, 0)
    return _text(_ANCHOR[name] % rows)


def everything(user: User, samples: Samples) -> Iterator[tuple[str, str]]:
    """Each list that the user may see: first, deep and last page, filters, orders; and searches."""
    request = _request(user)
    for model, model_admin in admin.site._registry.items():
        if model_admin.has_view_permission(request):
            yield from _of_list(request, model_admin, model._meta.label_lower, _address(model))
    for tab in TABS:
        yield f"cases, {tab.name}", _list("cases", tab=tab.name)
    for name in _LISTS:
        more = {"tab": "all"} if name == "cases" else {}
        for text in (samples.plate, samples.number, samples.person, samples.name, *_NAMES):
            yield f"{name}, search “{text}”", _list(name, q=text, **more)


def _of_list(
    request: HttpRequest, model_admin: admin.ModelAdmin, label: str, address: str
) -> Iterator[tuple[str, str]]:
    yield label, address
    if not hasattr(model_admin, "holds_numbers") or _has_own_page(model_admin):
        return
    changelist = model_admin.get_changelist_instance(request)
    rows = changelist.root_queryset.order_by()
    last = rows.order_by("-pk").values_list("pk", flat=True).first()
    middle = last and rows.filter(pk__gte=last // 2).order_by("pk").values_list("pk", flat=True).first()
    if middle:
        yield f"{label}, deep", f"{address}?after={middle}"
        yield f"{label}, last page", f"{address}?before=last"
    for spec in changelist.filter_specs:
        choices = [choice for choice in spec.choices(changelist) if choice.get("query_string", "?") != "?"]
        for choice in choices[:: max(1, len(choices) // _MOST_CHOICES)]:
            yield f"{label}, {spec.title}: {choice['display']}", address + str(choice["query_string"])
    for at, column in enumerate(changelist.list_display):
        if column in model_admin.get_sortable_by(request):
            yield f"{label} by {column}", f"{address}?o={at}"


def _has_own_page(model_admin: admin.ModelAdmin) -> bool:
    """Its list is not a list of rows: the queue of cases, the table of wards."""
    return "changelist_view" in vars(type(model_admin))


def _address(model: type) -> str:
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_changelist")


def _list(name: str, **asked: str) -> str:
    return reverse(_LISTS[name]) + (f"?{urlencode(asked)}" if asked else "")


def _request(user: User) -> HttpRequest:
    """What an admin needs to say what its list offers."""
    request = RequestFactory().get("/", SERVER_NAME="localhost")
    request.user, request.session = user, SessionBase()
    request._messages = FallbackStorage(request)
    return request


def _text(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchone()
    return "" if found is None else str(found[0])
