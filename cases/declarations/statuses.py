"""What each declared use means for the entry: which discrepancy it becomes, and when it agrees instead."""

from dataclasses import dataclass

from cases.models.case import Priority
from cases.models.declaration import UsageStatus
from cases.models.kinds import DeclaredKind
from registry.models.vehicle import VehicleStatus


@dataclass(frozen=True)
class Meaning:
    """`kind` is what a status becomes unless it agrees with the register.

    It agrees when the registered owner says so (`own`), when somebody else says so (`others`), or when the
    register has the vehicle as `registered`. `claims`: the declarant has the vehicle as its owner; `has`:
    it is in the declarant's hands; `missing`: the owner has it no more, so nobody else can have it rightly.
    """

    kind: str
    own: bool = False
    others: bool = False
    registered: str = ""
    claims: bool = False
    has: bool = False
    missing: bool = False


MEANINGS: dict[str, Meaning] = {
    UsageStatus.IN_USE_OWNER: Meaning(DeclaredKind.DECLARED_DIFFERS, own=True, claims=True, has=True),
    # Lent within the family by its owner it stays the owner's; a relative's word is a transfer matter.
    UsageStatus.IN_USE_FAMILY: Meaning(DeclaredKind.DECLARED_INHERITED, own=True, has=True),
    # The buyer is the registered owner by now.
    UsageStatus.BOUGHT_NOT_TRANSFERRED: Meaning(
        DeclaredKind.DECLARED_BOUGHT, own=True, claims=True, has=True
    ),
    UsageStatus.SOLD_NOT_TRANSFERRED: Meaning(DeclaredKind.DECLARED_SOLD),
    UsageStatus.GIVEN_OR_INHERITED: Meaning(DeclaredKind.DECLARED_INHERITED),
    UsageStatus.LOST: Meaning(DeclaredKind.DECLARED_LOST, registered=VehicleStatus.LOST, missing=True),
    UsageStatus.STOLEN: Meaning(DeclaredKind.DECLARED_STOLEN, registered=VehicleStatus.STOLEN, missing=True),
    UsageStatus.SEIZED: Meaning(DeclaredKind.DECLARED_SEIZED, missing=True),
    UsageStatus.UNUSED: Meaning(DeclaredKind.DECLARED_ENDED, registered=VehicleStatus.NOT_CIRCULATING),
    UsageStatus.SCRAPPED: Meaning(DeclaredKind.DECLARED_ENDED, registered=VehicleStatus.SCRAPPED),
    UsageStatus.EXPIRED: Meaning(DeclaredKind.DECLARED_ENDED, registered=VehicleStatus.EXPIRED),
    UsageStatus.MOVED_AWAY: Meaning(DeclaredKind.DECLARED_MOVED),
    UsageStatus.OWNER_DECEASED: Meaning(DeclaredKind.DECLARED_DECEASED),
    UsageStatus.NOT_MINE: Meaning(DeclaredKind.DECLARED_NOT_MINE, others=True),
}
# A licence has no use: whoever declares one says that it is theirs.
UNSAID = UsageStatus.IN_USE_OWNER

PRIORITIES: dict[str, int] = {
    DeclaredKind.DECLARED_STOLEN: Priority.URGENT,
    DeclaredKind.DECLARED_CONFLICT: Priority.SOON,
    DeclaredKind.DECLARED_LOST: Priority.SOON,
    DeclaredKind.DECLARED_SEIZED: Priority.SOON,
    DeclaredKind.DECLARED_NOT_MINE: Priority.SOON,
    DeclaredKind.DECLARED_DIFFERS: Priority.NORMAL,
    DeclaredKind.DECLARED_TRANSFER: Priority.NORMAL,
    DeclaredKind.DECLARED_SOLD: Priority.NORMAL,
    DeclaredKind.DECLARED_BOUGHT: Priority.NORMAL,
    DeclaredKind.DECLARED_INHERITED: Priority.NORMAL,
    DeclaredKind.DECLARED_DECEASED: Priority.NORMAL,
    DeclaredKind.DECLARED_ENDED: Priority.ROUTINE,
    DeclaredKind.DECLARED_MOVED: Priority.ROUTINE,
}
KINDS = tuple(PRIORITIES)
"""Kinds of discrepancy that declarations make and take back."""

MISSING = (DeclaredKind.DECLARED_STOLEN, DeclaredKind.DECLARED_LOST, DeclaredKind.DECLARED_SEIZED)
"""What is an alert on a vehicle: it is not where its owner could have it."""

TRANSFERS = (DeclaredKind.DECLARED_TRANSFER, DeclaredKind.DECLARED_SOLD, DeclaredKind.DECLARED_BOUGHT)
"""A vehicle that changed hands: with both sides, or waiting for the other one."""

RELATIONS = (DeclaredKind.DECLARED_INHERITED, DeclaredKind.DECLARED_DECEASED)
"""A transfer within a family: the population register may know how the two belong together."""


def meanings_sql(alias: str) -> str:
    """The table as rows under an alias, one column for each field of a meaning and its `status`."""
    rows = ", ".join(
        f"('{status}', '{one.kind}', {one.own}, {one.others}, '{one.registered}', "
        f"{one.claims}, {one.has}, {one.missing})"
        for status, one in MEANINGS.items()
    )
    return f"(VALUES {rows}) AS {alias}(status, kind, own, others, registered, claims, has, missing)"


def priorities_sql() -> str:
    """Rows (kind, priority)."""
    return ", ".join(f"('{kind}', {int(priority)})" for kind, priority in PRIORITIES.items())
