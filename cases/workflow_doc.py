"""docs/workflow.md, written from the table of moves. A test holds the file to the table.

After a change of the table:
`.venv/bin/python manage.py shell -c "from cases.workflow_doc import write; write()"`
"""

from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from cases.models.case import CaseState
from cases.workflow import MOVES, Move, mermaid
from vehreg.accounts.roles import Role, roles_with

PATH = Path(settings.BASE_DIR) / "docs" / "workflow.md"

_DOCUMENT = """# The workflow of a case

Written from the table of moves in `cases/workflow.py`; a test holds this page to it. A move is an `UPDATE`
guarded by the state and version it began from, and an appended event. Nobody approves what they proposed:
the database refuses it.

```mermaid
{picture}
```

| move | from | to | who | key | condition | reason |
|---|---|---|---|---|---|---|
{rows}

The key makes the move on the case page. "Reason": the move is refused without one.

An approval writes the register, numbers the correction, closes the case and matches the entry again, in one
transaction. Where the register no longer says what the proposal was made for, nothing is written and the case
returns by itself.

| state | in the code |
|---|---|
{states}
"""


def document() -> str:
    """The page, in English whatever language is in force."""
    with override("en"):
        return _DOCUMENT.format(
            picture=mermaid(),
            rows="\n".join(_row(move) for move in MOVES.values()),
            states="\n".join(f"| {state.label} | `{state.value}` |" for state in CaseState),
        )


def write() -> None:
    PATH.write_text(document(), encoding="utf-8")


def _row(move: Move) -> str:
    cells = (
        f"{move.label} `{move.name}`",
        ", ".join(f"`{state.value}`" for state in CaseState if state in move.sources),
        f"`{move.target}`",
        ", ".join(Role(role).label.lower() for role in roles_with(move.permission)) or "the system",
        move.key,
        move.guard.__doc__ or "",
        "needed" if move.needs_reason else "",
    )
    return f"| {' | '.join(cells)} |"
