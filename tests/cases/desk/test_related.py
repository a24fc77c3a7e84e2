"""The cases that belong to a case: earlier ones of its subject, those of the owner and of his vehicles."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.desk.page import _related
from cases.models import VerificationCase
from tests import factories
from tests.cases.rows import open_case
from vehreg.accounts.models import User
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db
STRANGERS = 3000


@pytest.fixture
def supervisor() -> User:
    return factories.user(Role.CITY_SUPERVISOR)


def case_of_vehicle(vehicle: Any) -> VerificationCase:
    return open_case(vehicle, register="vehicle", subject_name="Vũ Quang Đạt")


def test_owner_and_vehicle_show_each_others_cases(supervisor: User) -> None:
    owner = factories.owner(name="Vũ Quang Đạt")
    vehicle = factories.vehicle(owner=owner)
    of_owner, of_vehicle = open_case(owner), case_of_vehicle(vehicle)
    case_of_vehicle(factories.vehicle())
    assert _related(of_owner, owner, supervisor) == [of_vehicle]
    assert _related(of_vehicle, vehicle, supervisor) == [of_owner]


def test_they_are_looked_up_and_not_searched_for_among_all_cases(supervisor: User) -> None:
    vehicle = factories.vehicle(owner=factories.owner())
    case = case_of_vehicle(vehicle)
    now, due = timezone.now(), timezone.localdate() + timedelta(days=7)
    VerificationCase.objects.bulk_create(
        VerificationCase(
            register=register, subject_id=10_000_000 + number, unit=case.unit, due_on=due, kind=case.kind,
            subject_name="Lê Hoa", vehicle_count=1, opened_at=now, moved_at=now,
        )
        for register in ("owner", "vehicle")
        for number in range(STRANGERS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_verificationcase")
        with CaptureQueriesContext(connection) as asked:
            _related(case, vehicle, supervisor)
        (found,) = (query["sql"] for query in asked if "cases_verificationcase" in query["sql"])
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {found}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert plan.count("subject_id = ") == 2
    assert "Seq Scan on cases_verificationcase" not in plan
    assert "Rows Removed by Filter" not in plan.replace("Rows Removed by Filter: 1\n", "")
