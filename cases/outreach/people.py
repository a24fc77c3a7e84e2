"""The people behind doorsteps: what the registers know of each, looked up for a page or a batch at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from cases.models import Doorstep, Verdict, VerificationCase
from cases.models.case import ENDED_STATES, NUMBER_PREFIX
from cases.models.kinds import VerdictKind
from cases.models.subject import Register
from cases.outreach.waiting import still_waits
from registry.models import DriverLicence, Owner, Vehicle
from registry.models.vehicle import ENDED_STATUSES
from vehreg.accounts.models import User

# Plates shown of one owner; of a dealer's 7,000 the rest is a number.
MOST_PLATES: Final = 6
ORDER: Final = ("group_key", "street_key", "house_key", "id")
_STREET_MARKS: Final = ("pho ", "duong ")
_PHONE_END: Final = 3
_BATCH: Final = 500


def along(street: str) -> Q:
    """The condition that a door is in the street whose folded name begins so, with or without "phố"."""
    found = Q(street_key__startswith=street)
    for mark in _STREET_MARKS:
        if street.startswith(mark):
            found |= Q(street_key__startswith=street.removeprefix(mark))
    return found


@dataclass(frozen=True)
class Place:
    """Which doorsteps: of a ward and register, perhaps of one group or street.

    `group` None: every group. `street`: folded, as in the search box.
    """

    unit_id: int
    register: str = Register.OWNER.value
    group: str | None = None
    street: str = ""

    def doors(self, user: User) -> QuerySet[Doorstep]:
        """Those the user may see and who have not declared to this moment, in the order of a walk."""
        rows = Doorstep.objects.visible_to(user).filter(unit_id=self.unit_id, register=self.register)
        if self.group is not None:
            rows = rows.filter(group_key=self.group)
        if self.street:
            rows = rows.filter(along(self.street))
        return rows.filter(still_waits(self.register)).order_by(*ORDER)


@dataclass(frozen=True)
class Undeclared:
    """One person who has not declared. `holds`: plates, or the licence's number and class."""

    door: Doorstep
    entry: Model
    name: str
    born: Any
    born_precision: str | None
    address: str
    phone: str
    holds: list[str] = field(default_factory=list)
    more: int = 0
    verdict: str = ""
    case: int | None = None

    @property
    def masked_phone(self) -> str:
        """Its end only: enough to know it again, too little to call."""
        return "•" * max(0, len(self.phone) - _PHONE_END) + self.phone[-_PHONE_END:]

    @property
    def is_verified(self) -> bool:
        return self.verdict.startswith("verified")

    @property
    def verdict_words(self) -> str:
        return str(VerdictKind(self.verdict).label) if self.verdict else ""

    @property
    def case_number(self) -> str:
        return f"{NUMBER_PREFIX}{self.case:07d}" if self.case else ""


def people_at(doors: Iterable[Doorstep]) -> list[Undeclared]:
    """The people at these doors, in their order; an entry that has gone is left out."""
    doors = list(doors)
    found: dict[tuple[str, int], Undeclared] = {}
    for register, (rows_of, person_of) in _REGISTERS.items():
        here = {door.subject_id: door for door in doors if door.register == register}
        for entry in rows_of(list(here)) if here else ():
            found[register, entry.pk] = person_of(here[entry.pk], entry)
    keys = [(door.register, door.subject_id) for door in doors]
    return [found[key] for key in keys if key in found]


def walk(place: Place, user: User) -> Iterator[Undeclared]:
    """Everybody at a place, batch by batch. Needs a transaction."""
    doors = place.doors(user).iterator(chunk_size=_BATCH)
    while batch := list(islice(doors, _BATCH)):
        yield from people_at(batch)


def _known(register: str) -> dict[str, Subquery]:
    """What is found out about an entry: its verdict in force, and its open case."""
    verdict = Verdict.objects.filter(
        register=register, subject_id=OuterRef("pk"), superseded_by__isnull=True
    ).values("verdict")
    case = VerificationCase.objects.filter(register=register, subject_id=OuterRef("pk"))
    return {
        "known_verdict": Subquery(verdict[:1]),
        "open_case": Subquery(case.exclude(state__in=ENDED_STATES).values("pk")[:1]),
    }


def _owners(ids: list[int]) -> QuerySet[Any]:
    held = Vehicle.objects.filter(owner=OuterRef("pk")).exclude(status__in=ENDED_STATUSES).order_by("pk")
    plates = ArraySubquery(held.values("plate")[: MOST_PLATES + 1])
    owners: QuerySet[Any] = Owner.objects.filter(pk__in=ids).annotate(
        plates=plates, **_known(Register.OWNER.value)
    )
    return owners


def _owner(door: Doorstep, owner: Any) -> Undeclared:
    is_cut = len(owner.plates) > MOST_PLATES
    return Undeclared(
        door=door,
        entry=owner,
        name=owner.name,
        born=owner.birth_date,
        born_precision=owner.birth_precision,
        address=owner.address or "",
        phone=owner.phone or "",
        holds=owner.plates[:MOST_PLATES],
        more=max(owner.vehicle_count - MOST_PLATES, 1) if is_cut else 0,
        verdict=owner.known_verdict or "",
        case=owner.open_case,
    )


def _licences(ids: list[int]) -> QuerySet[Any]:
    known = _known(Register.LICENCE.value)
    licences: QuerySet[Any] = DriverLicence.objects.filter(pk__in=ids).annotate(**known)
    return licences


def _holder(door: Doorstep, licence: Any) -> Undeclared:
    return Undeclared(
        door=door,
        entry=licence,
        name=licence.holder_name,
        born=licence.holder_birth_date,
        born_precision=licence.holder_birth_precision,
        address=licence.holder_address or "",
        phone="",
        holds=[" · ".join(part for part in (licence.number, licence.licence_class) if part)],
        verdict=licence.known_verdict or "",
        case=licence.open_case,
    )


_REGISTERS: Final[
    dict[str, tuple[Callable[[list[int]], QuerySet[Any]], Callable[[Doorstep, Any], Undeclared]]]
] = {
    Register.OWNER.value: (_owners, _owner),
    Register.LICENCE.value: (_licences, _holder),
}
