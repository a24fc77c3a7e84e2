"""Lists, searches, front page and case page, as a city supervisor and as a ward officer."""

from __future__ import annotations

import time
from collections.abc import Iterable

import psycopg
from django.test import Client
from django.urls import reverse

from cases.models import VerificationCase
from cases.progress.counting import count_figures
from tests.benchmarks import people
from tests.benchmarks.addresses import PAGE_SIZE, Samples, everything, of_figures, of_stock, page_number
from tests.benchmarks.bench import Bench
from tests.benchmarks.loading import execute
from tests.benchmarks.opening import Opened, glance, open_page, signed_in
from tests.benchmarks.processes import run_program
from tests.benchmarks.rivals.group_by import QUESTIONS
from vehreg.accounts.models import User

_TABLES = ("registry_vehicle", "registry_owner", "registry_person", "cases_verificationcase", "cases_verdict")
# As many of the pages that were slow at a glance are measured properly.
_SLOW_PAGES = 5


def lists(bench: Bench) -> None:
    """Those with a figure of their own, beside the stock admin; then all there are."""
    # What autovacuum does in the night after a load.
    execute(bench.environment, f"VACUUM (ANALYZE) {', '.join(_TABLES)}")
    samples, supervisor = Samples.found(), people.supervisor()
    client = signed_in(supervisor)
    for key, address in of_figures(samples).items():
        bench.note(f"lists.{key}", open_page(client, key, address).milliseconds, _remark(key))
    _walk(bench, "city", supervisor, samples)
    _walk(bench, "ward", people.ward_officer(), samples)
    asked = {"user": supervisor.pk, "pages": of_stock(samples)}
    told = run_program(
        ["-m", "tests.benchmarks.rivals.stock_admin"], environment=bench.environment, given=asked
    )
    for key, milliseconds in told.items():
        bench.note(f"stock.{key}", milliseconds)


def _remark(key: str) -> str:
    name, _dot, what = key.partition(".")
    return f"page {page_number(name):,} of {PAGE_SIZE} rows each" if what == "deep" else ""


def _walk(bench: Bench, whose: str, user: User, samples: Samples) -> None:
    """All pages at a glance; the slowest of them once more, as often as a median needs."""
    client = signed_in(user)
    addresses = dict(everything(user, samples))
    opened = [glance(client, name, address) for name, address in addresses.items()]
    slow = [open_page(client, one.name, addresses[one.name]) for one in _slowest(opened)[:_SLOW_PAGES]]
    named = "; ".join(f"{one.name}: {one.milliseconds:,.0f} ms" for one in _slowest(slow))
    remark = f"of {len(opened)} pages opened, {named}"
    bench.note(f"lists.{whose}.slowest", _slowest(slow)[0].milliseconds, remark)
    most = _most_queries(opened)
    bench.note(f"lists.{whose}.queries", most.queries, most.name)


def _slowest(opened: Iterable[Opened]) -> list[Opened]:
    return sorted(opened, key=lambda one: -one.milliseconds)


def _most_queries(opened: Iterable[Opened]) -> Opened:
    return max(opened, key=lambda one: one.queries)


def pages(bench: Bench) -> None:
    """The front page with its figures counted before, and a case page of each kind of case."""
    count_figures()
    front = reverse("admin:index")
    client = signed_in(people.supervisor())
    bench.note("dashboard.city", open_page(client, "front page", front).milliseconds)
    ward = signed_in(people.ward_officer())
    bench.note("dashboard.ward", open_page(ward, "front page", front).milliseconds)
    bench.note("group_by", _group_by(bench), f"{len(QUESTIONS)} statements")
    _case_pages(bench, client)


def _group_by(bench: Bench) -> float:
    """The second time, when everything that fits is in memory."""
    with psycopg.connect(bench.environment["DATABASE_URL"]) as connection:
        for _warm in range(2):
            began = time.perf_counter()
            for question in QUESTIONS:
                connection.execute(question).fetchall()
    return 1000 * (time.perf_counter() - began)


def _case_pages(bench: Bench, client: Client) -> None:
    opened = []
    kinds = VerificationCase.objects.order_by().values_list("kind", flat=True).distinct()
    for kind in kinds:
        case = VerificationCase.objects.filter(kind=kind).order_by("-vehicle_count", "pk").first()
        assert case is not None
        address = reverse("admin:cases_verificationcase_change", args=[case.pk])
        opened.append(open_page(client, kind, address))
    slowest, most = _slowest(opened)[0], _most_queries(opened)
    bench.note("case_page.slowest", slowest.milliseconds, f"{slowest.name}; of each kind its largest holder")
    bench.note("case_page.queries", most.queries, most.name)
