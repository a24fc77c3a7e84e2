"""What a quality sample is drawn from: every verdict in force, by verdict and score band."""

from collections.abc import Mapping

from django.core.cache import caches
from django.db import connection

from cases.matching.verdicts import FOREIGNER, ORGANISATION
from cases.models import MatchRun
from cases.review.allocation import allocate
from cases.review.bands import NOBODY, band_sql
from cases.review.sampling import Frame

_STRATUM = f"verdict || ':' || CASE WHEN person_id IS NULL THEN '{NOBODY}' ELSE {band_sql('score')} END"
# Organisations and foreigners are not in the population register: nobody to be right or wrong about.
_IN_FORCE = f"superseded_by_id IS NULL AND verdict NOT IN ('{ORGANISATION}', '{FOREIGNER}')"
_FRAME = f"SELECT id, {_STRATUM} FROM cases_verdict WHERE {_IN_FORCE}"
_SIZES = f"SELECT stratum, count(*) FROM ({_FRAME}) AS frame (id, stratum) GROUP BY stratum"
# A guess from some pages of the table, enough to show before a draw what it would be drawn from.
_GUESS = f"""
SELECT {_STRATUM} AS stratum, count(*) * 100 / %(percent)s
FROM cases_verdict TABLESAMPLE SYSTEM (%(percent)s) REPEATABLE (1)
WHERE {_IN_FORCE} GROUP BY 1"""
_ROWS = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'cases_verdict'::regclass"
_GUESS_ROWS = 100_000
_REMEMBERED = 600  # seconds


def last_whole_run() -> MatchRun | None:
    """The newest finished run over the registers."""
    done = MatchRun.objects.filter(state=MatchRun.State.DONE).exclude(scope=MatchRun.Scope.SINGLE)
    return done.order_by("-pk").first()


def quality_frame(*, run: MatchRun, total: int) -> Frame:
    """The frame of a quality sample of about `total` pairs. Reads every verdict in force once."""
    return Frame(sql=_FRAME, sizes=allocate(total, stratum_sizes()), run_id=run.pk)


def stratum_sizes() -> dict[str, int]:
    """How many verdicts in force each stratum holds. Seconds for millions: not for a page."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES)
        return dict(cursor.fetchall())


def guessed_sizes() -> Mapping[str, int]:
    """About how many verdicts each stratum holds; exact for a small register. Quick, and remembered."""
    sizes: dict[str, int] | None = caches["default"].get("review-stratum-sizes")
    if sizes is None:
        sizes = _guess()
        caches["default"].set("review-stratum-sizes", sizes, _REMEMBERED)
    return sizes


def forget_sizes() -> None:
    caches["default"].delete("review-stratum-sizes")


def _guess() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        rows = int(cursor.fetchone()[0])
        percent = min(100.0, 100.0 * _GUESS_ROWS / rows) if rows else 100.0
        cursor.execute(_GUESS, {"percent": percent})
        return {stratum: round(count) for stratum, count in cursor.fetchall()}
