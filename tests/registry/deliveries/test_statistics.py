"""The planner's knowledge of a register is renewed where the register became another one."""

import pytest
from django.db import connection

from registry.deliveries.statistics import analyze_grown

pytestmark = pytest.mark.django_db


def _know(rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = %s WHERE oid = 'registry_violation'::regclass", [rows]
        )


def _known() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'registry_violation'::regclass")
        return int(cursor.fetchone()[0])


def test_a_register_nobody_has_counted_is_counted() -> None:
    _know(-1)
    analyze_grown(["registry.Violation"], new=0)
    assert _known() == 0


def test_a_register_that_doubled_is_counted_again() -> None:
    _know(1000)
    analyze_grown(["registry.Violation"], new=1000)
    assert _known() == 0


def test_a_few_rows_more_are_left_to_autovacuum() -> None:
    _know(1000)
    analyze_grown(["registry.Violation"], new=99)
    assert _known() == 1000
