"""Receives declarations: each is stored, known, contradicted or refused on its own."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

from cases.intake.cells import Cells, cells_of
from cases.intake.received import FieldError, Outcome, Received
from cases.intake.ringing import ring_for_reconciliation
from cases.intake.rules import refuses
from cases.intake.statements import compare, store
from cases.models import RefusedDeclaration
from vehreg.accounts.models import User
from vehreg.clients.models import Client

__all__ = ["MOST_ITEMS", "Outcome", "Received", "receive"]

# What one call may bring.
MOST_ITEMS: Final = 1000


def receive(
    items: Sequence[Mapping[str, str | None]],
    *,
    channel: str,
    user: User | None = None,
    client: Client | None = None,
) -> list[Received]:
    """What became of each item, in their order. Committed when this returns; call it outside a transaction.

    Items have the columns of the file of declarations as text, without `channel`. The same (channel,
    external id) with the same content is known and changes nothing; with other content it is refused, and
    both are kept. What is stored is reconciled by a job.
    """
    cells = cells_of(items, channel=channel)
    sender = {"client": client.pk if client else None, "user": user.pk if user else None}
    try:
        return _received(cells, sender, user)
    except OperationalError as error:
        # A file with the same ids in another order is being loaded: whoever was stopped goes second.
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        return _received(cells, sender, user)


def _received(cells: list[Cells], sender: dict[str, int | None], user: User | None) -> list[Received]:
    with transaction.atomic(durable=True):
        found = [_judged(cell, row) for cell, row in zip(cells, store(cells, **sender), strict=True)]
        pending = [cell for cell, one in zip(cells, found, strict=True) if one.outcome is Outcome.KNOWN]
        if pending:
            known = _compared(pending)
            found = [known.get(one.index, one) for one in found]
            _keep_refused([one for one in found if one.outcome is Outcome.CONFLICT], cells, sender)
        if any(one.outcome is Outcome.ACCEPTED for one in found):
            ring_for_reconciliation(user=user)
    return found


def _judged(cell: Cells, row: tuple[Any, ...]) -> Received:
    """What the first statement made of an item; known until it is compared."""
    _row_no, external_id, notes, broken, sound, declaration = row
    faulty = {error.field for error in cell.errors}
    told = [(note, *_parts(note)) for note in [*notes, *(f"!{rule}" for rule in broken)]]
    errors = [FieldError.of(name, code) for note, name, code in told if refuses(note) and name not in faulty]
    notices = [FieldError.of(name, code) for note, name, code in told if not refuses(note)]
    stored = Outcome.KNOWN if declaration is None else Outcome.ACCEPTED
    return Received(
        index=cell.row_no,
        external_id=external_id or "",
        outcome=stored if sound else Outcome.REFUSED,
        declaration=declaration,
        errors=cell.errors + errors,
        notices=cell.notices + notices,
    )


def _parts(note: str) -> tuple[str, str]:
    name, _colon, code = note.lstrip("!").partition(":")
    return name, code


def _compared(pending: list[Cells]) -> dict[int, Received]:
    """The items that were there already, by index."""
    rows = {row_no: (declaration, differs) for row_no, declaration, differs in compare(pending)}
    return {cell.row_no: _known(cell, *rows.get(cell.row_no, (None, True))) for cell in pending}


def _known(cell: Cells, declaration: int | None, differs: bool) -> Received:
    outcome = Outcome.KNOWN
    errors = []
    if differs:
        outcome = Outcome.CONFLICT if declaration else Outcome.REFUSED
        errors = [FieldError.of("external_id", "same_id_other_content" if declaration else "try_again")]
    return Received(cell.row_no, cell.texts["external_id"], outcome, declaration, errors)


def _keep_refused(conflicts: list[Received], cells: list[Cells], sender: dict[str, int | None]) -> None:
    """Each content once, however often it is sent."""
    RefusedDeclaration.objects.bulk_create(
        (
            RefusedDeclaration(
                declaration_id=one.declaration,
                digest=_digest(content),
                content=content,
                client_id=sender["client"],
                user_id=sender["user"],
            )
            for one in conflicts
            if one.declaration and (content := cells[one.index].texts)
        ),
        ignore_conflicts=True,
    )


def _digest(content: Mapping[str, str]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
