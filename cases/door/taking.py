"""A declaration that an officer took at a door: received like any other; its receipt says who took it."""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from cases.intake.services import Received, receive
from cases.models import Declaration
from cases.models.declaration import Channel
from vehreg.accounts.models import User
from vehreg.accounts.roles import WARD_ROLES

# Columns of a declaration that the page at the door fills in.
COLUMNS: Final = (
    "declared_at", "subject", "declarant_id", "declarant_name", "declarant_phone", "plate", "vehicle_kind",
    "plate_colour", "licence_number", "licence_class", "usage_status", "counterparty_name",
    "counterparty_id", "since", "note",
)  # fmt: skip


def take_declaration(*, officer: User, external_id: uuid.UUID, said: Mapping[str, Any]) -> Received:
    """Receive one declaration, once however often it is sent; call it outside a transaction.

    The telephone makes the id. The ward is the officer's own: the one in which they knock at doors.
    """
    item = {name: said.get(name) for name in COLUMNS} | {"external_id": str(external_id)}
    if officer.role in WARD_ROLES and officer.unit is not None:
        item["ward_code"] = officer.unit.code
    (received,) = receive([item], channel=Channel.OFFICER, user=officer)
    return received


def taken_declaration(*, officer: User, external_id: uuid.UUID) -> Declaration | None:
    """The declaration that this officer took under an id of their telephone."""
    return Declaration.objects.filter(
        channel=Channel.OFFICER, external_id=str(external_id), receipt__user=officer
    ).first()
