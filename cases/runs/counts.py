"""The figures of a run. Each chunk adds its own in its own transaction, so that each counts once."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from cases.models import MatchRun

_ADD = """
UPDATE cases_matchrun AS run
SET parties = parties + %(parties)s, cases_opened = cases_opened + %(opened)s,
    cases_withdrawn = cases_withdrawn + %(withdrawn)s,
    verdicts = (
        SELECT coalesce(jsonb_object_agg(verdict, total), '{}')
        FROM (
            SELECT counted.key AS verdict, sum(counted.value::bigint) AS total
            FROM (
                SELECT * FROM jsonb_each_text(run.verdicts)
                UNION ALL SELECT * FROM jsonb_each_text(%(verdicts)s::jsonb)
            ) AS counted
            GROUP BY counted.key
        ) AS summed
    )
WHERE run.id = %(run)s"""


def add_counts(
    run: MatchRun,
    *,
    verdicts: Mapping[str, int] | None = None,
    parties: int = 0,
    opened: int = 0,
    withdrawn: int = 0,
) -> None:
    """Call it last: it locks the run's row until the chunk commits."""
    params: dict[str, Any] = {
        "run": run.pk,
        "verdicts": json.dumps(dict(verdicts or {})),
        "parties": parties,
        "opened": opened,
        "withdrawn": withdrawn,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADD, params)


def as_result(run: MatchRun) -> dict[str, Any]:
    """A run as `manage.py match --json` prints it."""
    ended = run.finished_at or run.started_at
    return {
        "run": run.pk,
        "parties": run.parties,
        "verdicts": dict(sorted(run.verdicts.items())),
        "cases_opened": run.cases_opened,
        "cases_withdrawn": run.cases_withdrawn,
        "seconds": round((ended - run.started_at).total_seconds(), 1),
    }
