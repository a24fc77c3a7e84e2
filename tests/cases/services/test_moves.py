"""Moves: guarded, recorded, one at a time."""

import pytest
from django.db import DatabaseError, transaction

from cases.models import CaseEvent, VerificationCase
from cases.models.case import CaseState
from cases.services.moves import (
    MoveRefused,
    case_assign,
    case_hand_over,
    case_take,
    case_wait,
    make_move,
)
from tests import factories
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return open_case()


@pytest.fixture
def officer(case):
    return factories.user(Role.WARD_OFFICER, case.unit)


def test_taking_a_case_makes_it_mine_and_is_on_record(case, officer):
    taken = case_take(case=case, user=officer, version=case.version)
    assert (taken.state, taken.assignee, taken.version) == (CaseState.ASSIGNED, officer, case.version + 1)
    event = CaseEvent.objects.filter(case=case).latest("id")
    assert (event.move, event.from_state, event.to_state) == ("take", "open", "assigned")
    assert event.actor_name == officer.full_name


def test_the_second_officer_to_take_a_case_is_refused(case, officer):
    second = factories.user(Role.WARD_OFFICER, case.unit)
    case_take(case=case, user=officer, version=case.version)
    with pytest.raises(MoveRefused):
        case_take(case=case, user=second, version=case.version)
    assert VerificationCase.objects.get(pk=case.pk).assignee == officer
    assert CaseEvent.objects.filter(case=case, move="take").count() == 1


def test_a_page_that_is_out_of_date_moves_nothing(case, officer):
    with pytest.raises(MoveRefused):
        make_move(case=case, move="verify", user=officer, version=case.version + 5)
    assert VerificationCase.objects.get(pk=case.pk).state == CaseState.OPEN


def test_waiting_needs_a_reason(case, officer):
    with pytest.raises(MoveRefused):
        case_wait(case=case, user=officer, version=case.version, waiting_for="  ")
    waiting = case_wait(case=case, user=officer, version=case.version, waiting_for="Giấy bán xe")
    assert (waiting.state, waiting.waiting_for) == (CaseState.WAITING, "Giấy bán xe")


def test_a_case_is_assigned_only_to_who_works_in_its_unit(case):
    supervisor = factories.user(Role.WARD_SUPERVISOR, case.unit)
    elsewhere = factories.user(Role.WARD_OFFICER)
    with pytest.raises(MoveRefused):
        case_assign(case=case, user=supervisor, version=case.version, assignee=elsewhere)
    with pytest.raises(MoveRefused):
        case_assign(case=case, user=supervisor, version=case.version, assignee=factories.user(Role.REGISTRAR))
    city = factories.user(Role.CITY_OFFICER)
    assert case_assign(case=case, user=supervisor, version=case.version, assignee=city).assignee == city


def test_a_case_handed_over_is_nobodys_in_the_other_unit(case, officer):
    taken = case_take(case=case, user=officer, version=case.version)
    there = factories.unit()
    moved = case_hand_over(
        case=taken, user=officer, version=taken.version, unit=there, reason="Đã chuyển nhà"
    )
    assert (moved.unit, moved.assignee, moved.state) == (there, None, CaseState.OPEN)


def test_the_story_of_a_case_cannot_be_rewritten(case):
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseEvent.objects.filter(case=case).update(reason="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseEvent.objects.filter(case=case).delete()
