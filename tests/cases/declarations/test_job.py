"""Declarations by the thousand: a job whose effect is the same, wherever it was broken off."""

from datetime import date
from typing import Any

import pytest

from cases.declarations.deliveries import reconcile_missing, reconcile_rest
from cases.declarations.job import start_reconciliation
from cases.models import CaseEvent, Declaration, Discrepancy, VerificationCase
from cases.runs.services import start_run
from registry.models import Vehicle
from tests import factories
from tests.cases.declarations.rows import declaration, licensed, owner_of, registered
from tests.cases.rows import open_case
from vehreg.jobs.models import Job, JobState
from vehreg.jobs.services import run_in_foreground

pytestmark = pytest.mark.django_db(transaction=True)


def reconcile(**params: Any) -> Job:
    job = run_in_foreground(start_reconciliation(**params))
    assert job.state == JobState.SUCCEEDED, job.error_detail or job.error
    return job


def snapshot() -> list[Any]:
    """Everything reconciliation writes."""
    return [
        list(Declaration.objects.order_by("pk").values()),
        list(VerificationCase.objects.order_by("pk").values()),
        list(Discrepancy.objects.order_by("pk").values()),
        list(CaseEvent.objects.order_by("pk").values()),
        list(Vehicle.objects.order_by("pk").values()),
    ]


def a_street() -> None:
    """Six declarations of five entries: confirmed, sold and bought, contested, licence, unknown."""
    mine, sold, licence = registered(), registered(), licensed(person := factories.person())
    buyer = factories.person(full_name="Trần Thị Hoa")
    declaration(owner_of(mine), mine)
    declaration(owner_of(sold), sold, usage_status="sold_not_transferred")
    declaration(buyer, sold, usage_status="bought_not_transferred")
    declaration(person, licence)
    declaration(buyer, plate="30-X1 000.00", vehicle_kind="motorbike")


def test_a_job_reconciles_whatever_waits() -> None:
    a_street()
    job = reconcile()
    states = Declaration.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["confirms", "differs", "differs", "confirms", "unknown"]
    assert job.result == {"confirms": 2, "differs": 2, "opened": 1, "withdrawn": 0}


def test_running_again_changes_nothing() -> None:
    a_street()
    reconcile()
    before = snapshot()
    reconcile()
    reconcile(after_undo=True)
    assert snapshot() == before


def test_one_by_one_and_all_at_once_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    a_street()
    monkeypatch.setattr("cases.declarations.job._CHUNK_ENTRIES", 1)
    monkeypatch.setattr("cases.declarations.job._CHUNK_DECLARATIONS", 1)
    reconcile()
    states = Declaration.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["confirms", "differs", "differs", "confirms", "unknown"]
    assert VerificationCase.objects.count() == 1


def test_a_matching_run_lets_earlier_declarations_answer_its_cases() -> None:
    person = factories.person()
    vehicle = registered(person, owner_id_number=None)
    declaration(person, vehicle)
    reconcile()
    run = start_run(user=None)
    assert run.job is not None
    assert run_in_foreground(run.job).state == JobState.SUCCEEDED
    following = Job.objects.get(kind="declarations.reconcile", state=JobState.QUEUED)
    run_in_foreground(following)
    case = VerificationCase.objects.get()
    assert (case.kind, case.person) == ("probable", person)


def test_a_run_of_matching_leaves_what_was_declared_alone() -> None:
    person = factories.person()
    licence = licensed(person, licence_class="B2")
    declaration(person, licence, licence_class="C")
    reconcile()
    for _ in range(2):
        run = start_run(user=None)
        assert run.job is not None
        run_in_foreground(run.job)
    case = VerificationCase.objects.get()
    assert (case.kind, case.state, case.version) == ("declared_differs", "open", 1)


def test_a_declaration_that_was_taken_back_leaves_no_case() -> None:
    vehicle = registered()
    taken = declaration(owner_of(vehicle), vehicle, usage_status="stolen")
    reconcile()
    taken.delete()
    reconcile(after_undo=True)
    case = VerificationCase.objects.get()
    assert case.state == "withdrawn"
    assert case.events.get(move="withdraw").detail["cause"] == "retracted"


def test_an_undone_delivery_of_all_declarations_leaves_no_case() -> None:
    vehicle = registered()
    declaration(owner_of(vehicle), vehicle, usage_status="stolen")
    reconcile()
    Declaration.objects.all().delete()
    reconcile_rest(factories.delivery(kind="declarations"))
    run_in_foreground(Job.objects.get(kind="declarations.reconcile", state=JobState.QUEUED))
    assert VerificationCase.objects.get().state == "withdrawn"


def test_what_a_taken_back_declaration_replaced_counts_again() -> None:
    vehicle = registered()
    first = declaration(owner_of(vehicle), vehicle, usage_status="sold_not_transferred")
    second = declaration(owner_of(vehicle), vehicle)
    reconcile()
    first.refresh_from_db()
    assert first.state == "replaced"
    second.delete()
    reconcile(after_undo=True)
    first.refresh_from_db()
    assert first.state == "differs"
    assert "replaced_by" not in first.finding
    assert VerificationCase.objects.get().kind == "declared_sold"


def test_violations_that_come_later_are_held_against_a_missing_vehicle() -> None:
    vehicle = registered()
    declaration(owner_of(vehicle), vehicle, usage_status="stolen", since=date(2021, 1, 1))
    reconcile()
    factories.violation(plate=vehicle.plate, vehicle_kind=vehicle.vehicle_kind)
    reconcile_missing(factories.delivery(kind="violations"))
    run_in_foreground(Job.objects.get(kind="declarations.reconcile", state=JobState.QUEUED))
    case = VerificationCase.objects.get()
    assert case.discrepancies.get().evidence["violation_count"] == 1
    assert case.version == 1


def test_a_case_already_open_on_the_vehicle_is_used() -> None:
    vehicle = registered()
    case = open_case(vehicle, register="vehicle", kind="tax_code")
    declaration(owner_of(vehicle), vehicle, usage_status="stolen")
    reconcile()
    case.refresh_from_db()
    assert (VerificationCase.objects.count(), case.kind, case.priority) == (1, "declared_stolen", 1)


def test_what_came_by_program_is_reconciled_and_answers_its_cases() -> None:
    person = factories.person()
    vehicle = registered(person, owner_id_number=None)
    case = open_case(vehicle.owner, kind="no_candidate")
    declaration(person, vehicle)
    reconcile(came=True)
    case.refresh_from_db()
    assert Declaration.objects.get().state == "confirms"
    assert case.person == person


def test_what_came_by_program_leaves_everything_else_alone() -> None:
    a_street()
    reconcile()
    late = registered(plate="30-X1 000.00")
    mine = registered()
    new = declaration(owner_of(mine), mine)
    before = snapshot_without(new)
    job = reconcile(came=True)
    assert snapshot_without(new) == before
    assert job.result == {"confirms": 1, "opened": 0, "withdrawn": 0}
    reconcile()  # after a delivery: what was not found is looked for again
    assert late.declarations.exists()


def snapshot_without(declared: Declaration) -> list[Any]:
    return [
        list(Declaration.objects.exclude(pk=declared.pk).order_by("pk").values()),
        list(VerificationCase.objects.order_by("pk").values()),
        list(Discrepancy.objects.order_by("pk").values()),
    ]
