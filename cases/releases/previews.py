"""What a step would do, before anybody presses the button."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cases.models import Release, ReleaseCase
from cases.releases.restoring import kept_now_sql
from cases.releases.rules import REGISTERS
from cases.runs.parties import TABLE
from cases.services.corrections import planned_changes_sql

# Cases shown as examples of what a release writes.
EXAMPLES = 5


@dataclass(frozen=True)
class TakeBack:
    """How many entries would be given back and how many kept, by reason, as things stand."""

    restored: int
    reasons: dict[str, int]

    @property
    def kept(self) -> int:
        return sum(self.reasons.values())


@dataclass(frozen=True)
class Example:
    """One case of a lot, and what its release would write: (field, old, new)."""

    row: ReleaseCase
    changes: list[dict[str, Any]]


def take_back_preview(release: Release) -> TakeBack:
    """Count what taking back would do. Reads the lot once: for the page that asks first, not for lists."""
    kept = " UNION ALL ".join(kept_now_sql(register) for register in REGISTERS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT reason, count(*) FROM ({kept}) AS kept GROUP BY reason", {"release": release.pk}
        )
        reasons = dict(cursor.fetchall())
    written = ReleaseCase.objects.filter(release=release, state=ReleaseCase.State.RELEASED).count()
    return TakeBack(written - sum(reasons.values()), reasons)


def release_examples(release: Release) -> list[Example]:
    """The first cases of a lot with what would be written now; of a lot already let go, nothing."""
    rows = list(
        ReleaseCase.objects.filter(release=release, state=ReleaseCase.State.HELD)
        .select_related("case", "person")
        .order_by("id")[:EXAMPLES]
    )
    planned = _planned([row.pk for row in rows])
    return [Example(row, planned.get(row.pk, [])) for row in rows]


def _planned(ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    parts = (
        f"SELECT one.id, {planned_changes_sql(register)}::text FROM cases_releasecase AS one"
        f" JOIN {TABLE[register]} AS entry ON entry.id = one.subject_id"
        " JOIN registry_person AS person ON person.id = one.person_id"
        f" WHERE one.register = '{register}' AND one.id = ANY(%(ids)s)"
        for register in REGISTERS
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {"ids": ids})
        return {row_id: json.loads(changes) for row_id, changes in cursor.fetchall()}
