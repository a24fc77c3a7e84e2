"""The table of moves: what it promises officers."""

import pytest

from cases.models.case import ENDED_STATES, CaseState
from cases.workflow import MOVES, allowed_moves, mermaid
from tests import factories
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


def names(case, user):
    return {move.name for move in allowed_moves(case, user)}


def test_an_officer_may_propose_at_once_on_a_case_that_is_nobodys():
    case = open_case()
    officer = factories.user(Role.WARD_OFFICER, case.unit)
    assert {"take", "verify", "wait", "propose", "hand_over"} == names(case, officer)


def test_a_colleagues_case_offers_an_officer_nothing():
    case = open_case()
    case.assignee, case.state = factories.user(Role.WARD_OFFICER, case.unit), CaseState.ASSIGNED
    assert names(case, factories.user(Role.WARD_OFFICER, case.unit)) == set()


def test_an_officer_never_approves():
    case = open_case(state=CaseState.PROPOSED)
    assert "approve" not in names(case, factories.user(Role.WARD_OFFICER, case.unit))


def test_a_supervisor_approves_what_another_proposed_and_not_their_own():
    case = open_case(state=CaseState.PROPOSED)
    supervisor = factories.user(Role.WARD_SUPERVISOR, case.unit)
    assert {"approve", "return"} <= names(case, supervisor)
    case.proposed_by = supervisor
    assert names(case, supervisor) == {"take_back"}


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.PROPOSED])
def test_registrars_auditors_and_administrators_move_no_case(role, state):
    assert names(open_case(state=state), factories.user(role)) == set()


@pytest.mark.parametrize("state", ENDED_STATES)
def test_an_ended_case_moves_only_when_a_release_is_taken_back(state):
    case = open_case(state=state)
    assert names(case, factories.user(Role.CITY_SUPERVISOR)) == set()
    assert {move.name for move in MOVES.values() if state in move.sources} <= {"undo"}


def test_every_live_state_can_be_withdrawn_and_reached():
    live = set(CaseState.values) - set(ENDED_STATES) - {CaseState.APPROVED}
    assert MOVES["withdraw"].sources == live
    assert {move.target for move in MOVES.values()} == set(CaseState.values)


def test_no_two_moves_of_one_state_share_a_key():
    for state in CaseState.values:
        keys = [move.key for move in MOVES.values() if state in move.sources and move.key]
        assert len(keys) == len(set(keys)), state


def test_the_diagram_shows_every_move():
    drawn = mermaid()
    arrows = {name for line in drawn.splitlines() for name in line.rpartition(": ")[2].split(", ")}
    assert set(MOVES) <= arrows
