"""Nobody waits for a list: what takes too long is left out, and the page says so."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import FloatField, Func, TextField, Value
from django.db.models.functions import Cast
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.admin.vehicle import VehicleAdmin
from registry.models import Vehicle
from tests import factories
from vehreg.accounts.roles import Role
from vehreg.adminsite import counting, patience
from vehreg.adminsite.counting import capped_counts, patient_count
from vehreg.adminsite.patience import TookTooLong, within

pytestmark = pytest.mark.django_db
VEHICLES = "/admin/registry/vehicle/"


@pytest.fixture
def supervisor() -> Client:
    return factories.client(factories.user(Role.CITY_SUPERVISOR))


def sleep(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


def slowly(rows: Any) -> Any:
    """The same rows, a second for each."""
    asleep = Func(Value(1.0, FloatField()), function="pg_sleep", output_field=TextField())
    return rows.annotate(asleep=Cast(asleep, TextField()))


def test_what_takes_too_long_is_given_up_and_the_transaction_goes_on() -> None:
    factories.vehicle()
    with pytest.raises(TookTooLong), within(30):
        sleep(5)
    assert Vehicle.objects.count() == 1


def test_patience_is_back_when_the_hurry_is_over() -> None:
    with within(30):
        pass
    sleep(0.1)


def shown(setting: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {setting}")
        return str(cursor.fetchone()[0])


def timeout() -> str:
    return shown("statement_timeout")


def helpers_asked() -> str:
    """As a question of the ORM sees it."""
    setting = Func(Value("max_parallel_workers_per_gather"), function="current_setting")
    return Vehicle.objects.annotate(helpers=Cast(setting, TextField())).values_list("helpers", flat=True)[0]


def test_a_transaction_is_as_patient_afterwards_as_it_was_before() -> None:
    before = timeout()
    with within(30):
        assert Vehicle.objects.count() == 0
    assert timeout() == before
    with within(5000):
        with within(30):
            pass
        assert timeout() == "5s"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_limit_goes_with_each_question_and_leaves_nothing_behind() -> None:
    factories.vehicle()
    before = timeout()
    with CaptureQueriesContext(connection) as queries, within(5000):
        assert Vehicle.objects.count() == 1
        with pytest.raises(TookTooLong), within(30):
            sleep(5)
        assert timeout() == before
        sleep(0.1)
    assert timeout() == before
    assert [query["sql"].split(";")[0] for query in queries] == [
        "SET LOCAL statement_timeout = 5000",
        "SET LOCAL statement_timeout = 30",
        "SHOW statement_timeout",
        "SET LOCAL statement_timeout = 5000",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("around", [transaction.atomic, nullcontext], ids=["in a transaction", "outside"])
def test_no_parallel_worker_helps_with_what_may_be_stopped(around: Any) -> None:
    factories.vehicle()
    before = shown("max_parallel_workers_per_gather")
    assert before != "0"
    with around():
        with within(5000):
            assert helpers_asked() == "0"
        assert shown("max_parallel_workers_per_gather") == before


def test_a_list_that_takes_too_long_is_empty_and_says_what_to_do(
    supervisor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    vehicle = factories.vehicle()
    seen = VehicleAdmin.get_queryset
    monkeypatch.setattr(VehicleAdmin, "get_queryset", lambda self, request: slowly(seen(self, request)))
    monkeypatch.setattr(patience, "ROWS_MS", 200)
    page = supervisor.get(VEHICLES)
    assert page.status_code == 200
    assert [str(message) for message in page.context["messages"]] == [
        "Cách lọc này mất quá nhiều thời gian. Hãy chọn thêm phường, xã hoặc bỏ bớt một bộ lọc."
    ]
    assert vehicle.plate not in page.content.decode()


def test_a_page_does_not_wait_for_its_count(supervisor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [factories.vehicle() for _copy in range(3)]
    monkeypatch.setattr(VehicleAdmin, "list_per_page", 2)
    monkeypatch.setattr(counting, "capped_count", lambda rows: sleep(5))
    html = supervisor.get(VEHICLES).content.decode()
    assert "hơn 2" in html
    assert made[-1].plate in html


def test_a_list_of_one_page_is_counted_without_a_question(
    supervisor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.vehicle()
    monkeypatch.setattr(counting, "capped_count", lambda rows: pytest.fail("counted"))
    assert supervisor.get(VEHICLES).context["cl"].count_words == "1"


def test_a_count_that_is_not_to_be_had_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "capped_count", lambda rows: sleep(5))
    assert patient_count(Vehicle.objects.all()) is None


def test_what_can_find_nothing_counts_nought_beside_what_can() -> None:
    factories.vehicle()
    found = capped_counts({"none": Vehicle.objects.filter(pk__in=[]), "all": Vehicle.objects.all()})
    assert found == {"none": 0, "all": 1}
