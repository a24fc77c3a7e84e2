"""Every figure: its name, what stands beside it, what it is to reach. The table keeps their order."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.reach import Reach, at_least, at_most, at_most_times, times_as_fast, times_quicker


@dataclass(frozen=True)
class Figure:
    """`ours` and `beside` are keys of the record; `rival` says in words what stands beside."""

    title: str
    ours: str
    unit: str
    rival: str = ""
    beside: str = ""
    reach: Reach | None = None


_IMPORT_EXPORT, _COPY = "django-import-export, `use_bulk`", "plain `COPY` of the same columns"
_STOCK = "stock Django admin"

FIGURES = (
    Figure("simulate the city", "city.seconds", "s", reach=at_most(180, "s")),
    Figure("deliver vehicles, all in", "deliver.vehicles", "rows/s", _IMPORT_EXPORT, "import_export.insert",
           times_as_fast(20)),
    Figure("", "deliver.vehicles", "rows/s", _COPY, "copy.vehicles", times_as_fast(1 / 3, words="≥ ⅓")),
    Figure("deliver persons, all in", "deliver.persons", "rows/s"),
    Figure("deliver licences, all in", "deliver.licences", "rows/s"),
    Figure("deliver declarations, until every one is compared", "declarations", "rows/s"),
    Figure("declarations over the API, a hundred at a time", "sent.batch", "rows/s",
           reach=at_least(300, "rows/s")),
    Figure("declarations over the API, one by one", "sent.single", "rows/s", reach=at_least(300, "rows/s")),
    Figure("largest memory of a process while delivering", "deliver.memory", "MB", reach=at_most(500, "MB")),
    Figure("disk that the registers take", "deliver.disk", "GB"),
    Figure("deliver vehicles again, half of them changed", "update.vehicles", "rows/s",
           "django-import-export, updating", "import_export.update", times_as_fast(100)),
    Figure("deliver a daily difference", "difference.seconds", "s", reach=at_most(30, "s")),
    Figure("match what a daily difference changed", "since_last.seconds", "s", reach=at_most(60, "s")),
    Figure("match and open cases, whole city", "match.seconds", "s", "Splink 5 alone on the same parties",
           "splink.seconds", times_quicker(1, words="faster")),
    Figure("", "match.seconds", "s", "the bare pipeline", "bare.seconds", at_most_times(3)),
    Figure("memory of all our processes while matching", "match.memory", "GB", "Splink 5 alone",
           "splink.memory", at_most(6, "GB")),
    Figure("time to deliver and match, eight times the city", "growth.whole", "s", "an eighth of it",
           "growth.eighth", at_most_times(9)),
    Figure("case list, first page, city supervisor", "lists.cases.first", "ms", _STOCK, "stock.cases.first"),
    Figure("case list at depth", "lists.cases.deep", "ms", _STOCK, "stock.cases.deep", times_quicker(20)),
    Figure("vehicle list at depth", "lists.vehicles.deep", "ms", _STOCK, "stock.vehicles.deep",
           times_quicker(20)),
    Figure("cases by name", "lists.cases.name", "ms", _STOCK, "stock.cases.name"),
    Figure("cases by plate", "lists.cases.plate", "ms"),
    Figure("cases by personal number", "lists.cases.number", "ms"),
    Figure("vehicles by plate", "lists.vehicles.plate", "ms", _STOCK, "stock.vehicles.plate"),
    Figure("owners by name", "lists.owners.name", "ms", _STOCK, "stock.owners.name"),
    Figure("persons by name", "lists.persons.name", "ms", _STOCK, "stock.persons.name"),
    Figure("slowest list or search, city supervisor", "lists.city.slowest", "ms", reach=at_most(300, "ms")),
    Figure("its queries at most", "lists.city.queries", "", reach=at_most(10, "")),
    Figure("slowest list or search, ward officer", "lists.ward.slowest", "ms", reach=at_most(150, "ms")),
    Figure("its queries at most", "lists.ward.queries", "", reach=at_most(10, "")),
    Figure("dashboard, city supervisor", "dashboard.city", "ms", "the same numbers by plain `GROUP BY`",
           "group_by", times_quicker(50)),
    Figure("dashboard, ward officer", "dashboard.ward", "ms"),
    Figure("age of its figures at most", "dashboard.age", "s", reach=at_most(60, "s")),
    Figure("open a case page, slowest kind", "case_page.slowest", "ms", reach=at_most(200, "ms")),
    Figure("its queries at most", "case_page.queries", "", reach=at_most(15, "")),
    Figure("60 officers while deliveries load, p95", "officers.loaded", "ms", "idle system", "officers.idle",
           at_most_times(2)),
    Figure("60 officers while declarations are sent, p95", "officers.sending", "ms", "idle system",
           "officers.idle", at_most_times(2)),
    Figure("declarations sent beside them", "officers.sent", "rows/s", reach=at_least(300, "rows/s")),
    Figure("their failed requests", "officers.failures", "", reach=at_most(0, "")),
)  # fmt: skip
