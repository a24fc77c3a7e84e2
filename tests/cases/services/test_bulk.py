"""Bulk moves: previewed, set-based, never over what somebody changed meanwhile."""

import pytest

from cases.models import CaseEvent, VerificationCase
from cases.models.case import CaseState
from cases.queues import Queue
from cases.services.approvals import case_approve
from cases.services.bulk import bulk_preview, bulk_start
from tests import factories
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role
from vehreg.jobs.foreground import run_in_foreground
from vehreg.jobs.kinds import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def supervisor(ward):
    return factories.user(Role.WARD_SUPERVISOR, ward)


def linkable(ward, kind="name_variant"):
    person = factories.person(full_name="Vũ Quang Đạt")
    owner = factories.owner(name="VU QUANG DAT", id_number=person.personal_id, unit=ward, vehicle_count=1)
    factories.vehicle(owner=owner, unit=ward)
    return open_case(owner, unit=ward, kind=kind, person=person)


def bulk(user, move, queue=None, **params):
    return run_in_foreground(bulk_start(user=user, move=move, queue=queue or Queue(), params=params))


def test_taking_a_queue_takes_what_is_nobodys_and_leaves_the_rest(ward, supervisor):
    free = [open_case(unit=ward) for _time in range(3)]
    colleagues = open_case(
        unit=ward, state=CaseState.ASSIGNED, assignee=factories.user(Role.WARD_OFFICER, ward)
    )
    foreign = open_case()
    preview = bulk_preview(user=supervisor, move="take", queue=Queue("all"))
    assert (preview.total, preview.moved, preview.skipped) == (4, 3, 1)
    job = bulk(supervisor, "take", Queue("all"))
    assert job.result == {"moved": 3}
    taken = VerificationCase.objects.filter(assignee=supervisor)
    assert set(taken.values_list("pk", flat=True)) == {case.pk for case in free}
    assert VerificationCase.objects.get(pk=colleagues.pk).assignee != supervisor
    assert VerificationCase.objects.get(pk=foreign.pk).state == CaseState.OPEN


def test_every_case_moved_in_bulk_has_its_event_with_the_job(ward, supervisor):
    case = open_case(unit=ward)
    job = bulk(supervisor, "take")
    event = CaseEvent.objects.get(case=case, move="take")
    assert (event.from_state, event.to_state, event.actor) == ("open", "assigned", supervisor)
    assert event.detail == {"job": job.pk}


def test_only_bulk_approvable_verdicts_are_proposed_in_bulk(ward, supervisor):
    variant, slip = linkable(ward), linkable(ward, kind="id_typo")
    bulk(supervisor, "propose")
    proposed = VerificationCase.objects.get(pk=variant.pk)
    assert (proposed.state, proposed.proposed_by) == (CaseState.PROPOSED, supervisor)
    assert [change["field"] for change in proposed.changes if change["field"] == "name"] == ["name"]
    assert VerificationCase.objects.get(pk=slip.pk).state == CaseState.OPEN


def test_what_was_proposed_in_bulk_is_approved_like_any_other(ward, supervisor):
    factories.unit(kind="city")
    case = linkable(ward)
    bulk(supervisor, "propose")
    proposed = VerificationCase.objects.get(pk=case.pk)
    decision = case_approve(
        case=proposed, user=factories.user(Role.CITY_SUPERVISOR), version=proposed.version
    )
    assert decision.applied


def test_a_selection_by_hand_moves_those_cases_only(ward, supervisor):
    chosen, other = open_case(unit=ward), open_case(unit=ward)
    preview = bulk_preview(user=supervisor, move="take", queue=Queue(), params={"ids": [chosen.pk]})
    assert (preview.total, preview.moved) == (1, 1)
    bulk(supervisor, "take", ids=[chosen.pk])
    assert VerificationCase.objects.get(pk=other.pk).state == CaseState.OPEN


def test_a_whole_caseload_is_handed_over_with_a_reason(ward, supervisor):
    there = factories.unit()
    case = open_case(unit=ward, state=CaseState.ASSIGNED, assignee=supervisor)
    with pytest.raises(Refused):
        bulk(supervisor, "hand_over", Queue("mine"), unit=there.pk, reason=" ")
    bulk(supervisor, "hand_over", Queue("mine"), unit=there.pk, reason="Đổi địa bàn")
    moved = VerificationCase.objects.get(pk=case.pk)
    assert (moved.unit, moved.assignee, moved.state) == (there, None, CaseState.OPEN)


def test_cases_are_not_assigned_to_another_wards_officer(ward, supervisor):
    with pytest.raises(Refused):
        bulk(supervisor, "assign", assignee=factories.user(Role.WARD_OFFICER).pk)


def test_a_role_that_may_not_move_one_case_may_not_move_many(ward):
    with pytest.raises(Refused):
        bulk(factories.user(Role.AUDITOR), "take")
    with pytest.raises(Refused):
        bulk(factories.user(Role.WARD_OFFICER, ward), "assign", assignee=1)


def test_an_unknown_search_moves_nothing(ward, supervisor):
    open_case(unit=ward)
    job = bulk(supervisor, "take", Queue(search="không có ai"))
    assert job.result == {"moved": 0}
