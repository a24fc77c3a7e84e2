"""How many entries each rule finds, counted when a check has ended: a page asks the row, not the findings."""

from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from cases.checks.rules import BY_CODE
from cases.models import CheckRule

_COUNT = "SELECT rule, count(*) FROM cases_checkfinding WHERE rule = ANY(%s) GROUP BY rule"


def count_findings(codes: Sequence[str]) -> None:
    """Write down what the rules named find now, with the version that found it."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [list(codes)])
        counts = dict(cursor.fetchall())
    now = timezone.now()
    CheckRule.objects.bulk_create(
        [
            CheckRule(code=code, found=counts.get(code, 0), checked_at=now, version=BY_CODE[code].version)
            for code in codes
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["found", "checked_at", "version"],
    )
