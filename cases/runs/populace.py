"""How many people the population register holds, as the scores count them.

To the nearest power of two, and the same until the next whole run: a few people more or fewer must not
change every score, and so every verdict, of eight million.
"""

from math import log2

from django.db import connection

from cases.models import MatchRun

_ESTIMATE = "SELECT greatest(reltuples, 1)::bigint FROM pg_class WHERE oid = 'registry_person'::regclass"


def rounded(people: int) -> int:
    """The nearest power of two: 8,700,000 → 8,388,608."""
    return 1 << round(log2(max(people, 1)))


def set_population_size(run: MatchRun, people: int | None) -> None:
    """A run over the whole registers has counted anew; any other (`None`) goes by the last that did."""
    size = known_size() if people is None else rounded(people)
    MatchRun.objects.filter(pk=run.pk).update(population_size=size)


def known_size() -> int:
    """As the last whole run counted; PostgreSQL's own estimate before the first."""
    last = MatchRun.objects.filter(
        scope=MatchRun.Scope.ALL, state=MatchRun.State.DONE, population_size__isnull=False
    )
    found = last.order_by("-pk").values_list("population_size", flat=True).first()
    return found if found is not None else rounded(_estimate())


def _estimate() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_ESTIMATE)
        return int(cursor.fetchone()[0])
