"""What the registers know of a plate, a licence number or a person's number, as an officer may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.text import capfirst

from cases.models import Declaration
from registry.identity.numbers import id_key, mask
from registry.identity.plates import compact_plate
from registry.models import DriverLicence, Owner, Person, Vehicle
from registry.models.owner import OwnerKind
from vehreg.accounts.models import User
from vehreg.accounts.scope import sees_every_unit
from vehreg.adminsite.words import field_words, words

# Of each register: who has more goes through the lists.
SHOWN: Final = 10
# Shorter texts are no plate and no number.
_SHORTEST: Final = 4
# A number under more names than this is nobody's.
_MOST_OWNERS: Final = 50
_NOBODY: Final = Q(pk__in=[])


@dataclass(frozen=True)
class Entry:
    """One vehicle or licence: what it is declared by, and what is shown of it. Numbers are masked."""

    id: int
    subject: str
    plate: str
    vehicle_kind: str
    plate_colour: str
    licence_number: str
    licence_class: str
    title: str
    detail: str
    status: str
    party: str
    party_number: str
    party_is_person: bool
    declared: str


@dataclass(frozen=True)
class KnownPerson:
    """Somebody of the population register."""

    id: int
    name: str
    number: str
    born: str


@dataclass(frozen=True)
class Known:
    """`elsewhere`: there is more, of units that this officer does not see."""

    people: list[KnownPerson]
    entries: list[Entry]
    elsewhere: bool


def look_up(text: str, *, officer: User) -> Known | None:
    """Look a text up in the registers by its keys; None where it is neither plate nor number."""
    compact = compact_plate(text)
    if len(compact) < _SHORTEST or not any(sign.isdigit() for sign in compact):
        return None
    conditions = _by_person(compact, id_key(text)) if compact.isdigit() else _by_plate(compact)
    found: dict[type[Any], list[Any]] = {
        model: _visible(model, condition, officer) for model, condition in conditions.items()
    }
    return Known(
        people=[_known_person(person) for person in found[Person]],
        entries=[
            *_with_declared(officer, "vehicle", found[Vehicle]),
            *_with_declared(officer, "licence", found[DriverLicence]),
        ],
        elsewhere=not sees_every_unit(officer)
        and any(_is_elsewhere(model, conditions[model], found[model]) for model in (Vehicle, DriverLicence)),
    )


def _by_plate(compact: str) -> dict[type[Any], Q]:
    """Letters and digits are a plate, or the number of a paper licence."""
    return {Vehicle: Q(plate_key=compact), DriverLicence: Q(number_key=compact), Person: _NOBODY}


def _by_person(compact: str, digits: str) -> dict[type[Any], Q]:
    """Digits alone are a licence's number or a person's. Owners first: no index holds both tables."""
    if not digits:
        return {Vehicle: _NOBODY, DriverLicence: Q(number_key=compact), Person: _NOBODY}
    owners = list(Owner.objects.filter(id_key=digits).values_list("pk", flat=True)[:_MOST_OWNERS])
    return {
        Vehicle: Q(owner_id__in=owners),
        DriverLicence: Q(number_key=compact) | Q(id_key=digits),
        Person: Q(personal_id=digits) if len(digits) == 12 else Q(former_ids__contains=[digits]),
    }


def _visible(model: type[Any], condition: Q, officer: User) -> list[Any]:
    rows = model.objects.visible_to(officer).filter(condition)
    return list((rows.select_related("owner") if model is Vehicle else rows).order_by("pk")[:SHOWN])


def _is_elsewhere(model: type[Any], condition: Q, seen: list[Any]) -> bool:
    others = model.objects.filter(condition).exclude(pk__in=[row.pk for row in seen])
    return len(seen) < SHOWN and bool(others.exists())


def _with_declared(officer: User, subject: str, rows: list[Any]) -> Iterable[Entry]:
    """The entries, each with what was last declared of it."""
    said = Declaration.objects.visible_to(officer).filter(**{f"{subject}__in": rows})
    last = said.order_by(f"{subject}_id", "-declared_at", "-pk").distinct(f"{subject}_id") if rows else []
    words_of = {getattr(one, f"{subject}_id"): _said(one) for one in last}
    make = _vehicle if subject == "vehicle" else _licence
    return [make(row, words_of.get(row.pk, "")) for row in rows]


def _said(declaration: Declaration) -> str:
    when = words(declaration.declared_at)
    status = field_words(declaration, "usage_status") if declaration.usage_status else ""
    return ": ".join(filter(None, (when, status)))


def _vehicle(vehicle: Vehicle, declared: str) -> Entry:
    owner = vehicle.owner
    parts = (
        field_words(vehicle, "vehicle_kind"), vehicle.brand, vehicle.model_code, vehicle.colour,
        field_words(vehicle, "plate_colour") if vehicle.plate_colour != "white" else "",
    )  # fmt: skip
    return Entry(
        id=vehicle.pk,
        subject="vehicle",
        plate=vehicle.plate,
        vehicle_kind=vehicle.vehicle_kind,
        plate_colour=vehicle.plate_colour,
        licence_number="",
        licence_class="",
        title=vehicle.plate,
        detail=_line(parts),
        status=capfirst(field_words(vehicle, "status")),
        party=owner.name,
        party_number=mask(owner.id_number or ""),
        party_is_person=owner.kind != OwnerKind.ORGANISATION,
        declared=declared,
    )


def _licence(licence: DriverLicence, declared: str) -> Entry:
    parts = (licence.licence_class, words(licence.expires_on) if licence.expires_on else "")
    return Entry(
        id=licence.pk,
        subject="licence",
        plate="",
        vehicle_kind="",
        plate_colour="",
        licence_number=licence.number or "",
        licence_class=licence.licence_class,
        title=str(licence),
        detail=_line(parts),
        status=capfirst(field_words(licence, "status")),
        party=licence.holder_name,
        party_number=mask(licence.holder_id_number or ""),
        party_is_person=True,
        declared=declared,
    )


def _known_person(person: Person) -> KnownPerson:
    born = words(person.birth_date) if person.birth_date else ""
    return KnownPerson(person.pk, person.full_name, mask(person.personal_id), born)


def _line(parts: Iterable[str | None]) -> str:
    return capfirst(" · ".join(filter(None, parts)))
