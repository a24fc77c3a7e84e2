"""docs/workflow.md says what the table of moves says."""

from cases import workflow_doc
from cases.models.case import CaseState
from cases.workflow import MOVES


def test_the_page_is_what_the_table_says():
    assert workflow_doc.PATH.read_text(encoding="utf-8") == workflow_doc.document()


def test_every_state_and_every_move_stands_on_the_page():
    page = workflow_doc.document()
    assert all(f"`{state}`" in page for state in CaseState.values)
    assert all(f" `{name}` |" in page for name in MOVES)
    assert "open --> assigned: take, assign" in page


def test_every_guard_says_its_condition():
    assert all(move.guard.__doc__ for move in MOVES.values())
