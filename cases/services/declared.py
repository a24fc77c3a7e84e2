"""What the register would say if a declaration is right: the correction an officer is offered."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from cases.declarations.statuses import KINDS, MEANINGS
from cases.models import Discrepancy
from cases.models.kinds import DeclaredKind
from cases.models.subject import Register
from cases.services.corrections import Change, plain
from registry.identity.numbers import id_key
from registry.identity.text import fold
from registry.models.vehicle import VehicleStatus

# Fields of the entry by the name a difference has in the evidence.
_OF_ENTRY: Final = {
    Register.VEHICLE.value: {"chassis_no": "chassis_no", "engine_no": "engine_no"},
    Register.LICENCE.value: {"licence_class": "licence_class"},
}
# Of the party: a vehicle's is its owner, a licence's stands in the licence itself. Of name and number one
# may be wrong; where both differ it is somebody else, and no correction.
_OF_PARTY: Final = {
    Register.VEHICLE.value: {"name": "name", "number": "id_number"},
    Register.LICENCE.value: {"name": "holder_name", "number": "holder_id_number"},
}
_KEYS: Final[dict[str, Callable[[str], str]]] = {"name": fold, "number": id_key}
# What a case of these kinds changes, if anything, is the status.
_STATUSES: Final = {
    DeclaredKind.DECLARED_STOLEN,
    DeclaredKind.DECLARED_LOST,
    DeclaredKind.DECLARED_ENDED,
}


def declared_changes(register: str, entry: Any, found: Iterable[Discrepancy]) -> list[Change]:
    """The changes of the most urgent declared discrepancy that has any, against the entry as it stands."""
    declared = {one.kind: one.evidence for one in found if one.state == Discrepancy.State.OPEN}
    for kind in KINDS:
        changes = _changes(register, entry, kind, declared[kind]) if kind in declared else []
        if changes:
            return changes
    return []


def _changes(register: str, entry: Any, kind: str, evidence: dict[str, Any]) -> list[Change]:
    if kind in _STATUSES:
        meaning = MEANINGS.get(evidence.get("status", ""))
        return _change(register, entry, "status", meaning.registered if meaning else "")
    if kind != DeclaredKind.DECLARED_DIFFERS:
        return []
    differs = evidence.get("differs") or {}
    changes = [
        change
        for name, field in _OF_ENTRY.get(register, {}).items()
        for change in _change(register, entry, field, _said(differs, name))
    ]
    if "status" in differs:
        changes += _change(register, entry, "status", VehicleStatus.ACTIVE)
    return changes + _of_party(register, entry, differs)


def _of_party(register: str, entry: Any, differs: dict[str, Any]) -> list[Change]:
    fields = _OF_PARTY.get(register, {})
    wrong = [name for name in fields if _is_other(name, differs.get(name))]
    if len(wrong) != 1:
        return []
    (name,) = wrong
    holder, party = (Register.OWNER.value, entry.owner) if register == Register.VEHICLE else (register, entry)
    return _change(holder, party, fields[name], _said(differs, name))


def _change(register: str, entry: Any, field: str, said: str) -> list[Change]:
    stands = plain(getattr(entry, field))
    return [Change(register, entry.pk, field, stands, str(said))] if said and said != stands else []


def _is_other(name: str, sides: Any) -> bool:
    """Both are told of somebody else, though one of them may agree."""
    if not isinstance(sides, dict):
        return False
    key = _KEYS[name]
    return key(sides.get("declared") or "") != key(sides.get("register") or "")


def _said(differs: dict[str, Any], name: str) -> str:
    """What was declared of a field that differs."""
    sides = differs.get(name)
    return (sides.get("declared") or "") if isinstance(sides, dict) else ""
