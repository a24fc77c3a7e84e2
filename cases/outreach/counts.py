"""How many have not declared, as counted when a ward was last read. Nothing is counted here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cases.models import UndeclaredCount
from cases.outreach.addresses import LANE
from vehreg.accounts.models import Unit, User


@dataclass(frozen=True)
class Group:
    """A residential group of a ward, and how many of its people have not declared."""

    key: str
    name: str
    people: int

    @property
    def is_lane(self) -> bool:
        """Only a lane is known: it may lie in two groups."""
        return self.key.startswith(f"{LANE} ")


@dataclass(frozen=True)
class WardCount:
    """A ward as last read; `counted_at` None: never."""

    people: int = 0
    counted_at: datetime | None = None
    groups: list[Group] = field(default_factory=list)


def count_of(user: User, *, unit_id: int, register: str) -> WardCount:
    """The counts of a ward the user sees, its groups in the order of their names, lanes behind them."""
    rows = UndeclaredCount.objects.visible_to(user).filter(unit_id=unit_id, register=register)
    return _as_count(rows)


def _as_count(rows: Iterable[UndeclaredCount]) -> WardCount:
    whole: UndeclaredCount | None = None
    groups: list[Group] = []
    for row in rows:
        if row.group_key is None:
            whole = row
        else:
            groups.append(Group(row.group_key, row.group_name, row.people))
    if whole is None:
        return WardCount()
    return WardCount(whole.people, whole.counted_at, sorted(groups, key=_in_order))


def _in_order(group: Group) -> tuple[bool, bool, str, int, str]:
    """Groups, then lanes, then those without either; numbers as numbers."""
    mark, _blank, rest = group.key.partition(" ")
    digits = "".join(letter for letter in rest.split(" ")[0] if letter.isdigit())
    return (not group.key, group.is_lane, mark, int(digits or 0), rest)


def ward_counts(user: User, *, register: str) -> list[tuple[Unit, UndeclaredCount]]:
    """Every ward that was read and the user sees, the most people first."""
    rows = (
        UndeclaredCount.objects.visible_to(user)
        .filter(register=register, group_key__isnull=True)
        .select_related("unit")
        .order_by("-people", "unit_id")
    )
    return [(row.unit, row) for row in rows]
