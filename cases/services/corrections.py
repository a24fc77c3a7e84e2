"""What an approval writes to a register: planned from a person, checked against the old value, recorded.

The plan is SQL, so that one case and a hundred thousand are planned by the same text.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import F
from django.utils import timezone

from cases.models import VerificationCase
from cases.models.subject import Register
from registry.models import Correction, DriverLicence, Owner, Person, Vehicle

MODELS: dict[str, type[models.Model]] = {
    Register.OWNER: Owner,
    Register.VEHICLE: Vehicle,
    Register.LICENCE: DriverLicence,
}

# Field of the register row ← column of the population register. A person's empty field corrects nothing,
# and a birth date known less precisely there does not replace a precise one.
FROM_PERSON: dict[str, dict[str, str]] = {
    Register.OWNER: {
        "name": "full_name",
        "id_number": "personal_id",
        "birth_date": "birth_date",
        "birth_precision": "birth_precision",
        "person": "id",
    },
    Register.LICENCE: {
        "holder_name": "full_name",
        "holder_id_number": "personal_id",
        "holder_birth_date": "birth_date",
        "holder_birth_precision": "birth_precision",
        "person": "id",
    },
}
_PRECISE = "person.birth_precision = 'day'"
_ONLY_WHEN = {"birth_date": _PRECISE, "birth_precision": _PRECISE}

# What an officer may correct by hand, by register.
CORRECTABLE: dict[str, tuple[str, ...]] = {
    Register.OWNER: ("name", "id_number", "birth_date", "phone", "address"),
    Register.VEHICLE: ("brand", "model_code", "colour", "engine_no", "chassis_no", "year_made", "status"),
    Register.LICENCE: (
        "number",
        "licence_class",
        "holder_name",
        "holder_id_number",
        "holder_birth_date",
        "status",
    ),
}


# What names an owner: all of it becomes an old claim when the owner turns out to be another entry.
_SAYS_WHO = ("name", "id_number", "birth_date", "birth_precision")


@dataclass(frozen=True)
class Change:
    """One field of one register row: what it said when proposed, what it shall say."""

    register: str
    id: int
    field: str
    old: Any
    new: Any


class RegisterChanged(Exception):
    """The register no longer says what it said when the correction was proposed."""

    def __init__(self, field: str, found: Any) -> None:
        super().__init__(field)
        self.field, self.found = field, found


def planned_changes_sql(register: str) -> str:
    """A jsonb array of changes, as an expression over the aliases `entry` (register row) and `person`."""
    pairs = [_planned(register, field, column) for field, column in FROM_PERSON[register].items()]
    return (
        "(SELECT coalesce(jsonb_agg(change), '[]'::jsonb) FROM (VALUES "
        + ", ".join(f"({pair})" for pair in pairs)
        + ") AS planned(change) WHERE change IS NOT NULL)"
    )


def _planned(register: str, field: str, column: str) -> str:
    stored = MODELS[register]._meta.get_field(field).column  # type: ignore[union-attr]
    condition = f" AND {_ONLY_WHEN[column]}" if column in _ONLY_WHEN else ""
    differs = f"entry.{stored} IS DISTINCT FROM person.{column}"
    return (
        f"CASE WHEN person.{column} IS NOT NULL AND {differs}{condition} "
        f"THEN jsonb_build_object('register', '{register}', 'id', entry.id, 'field', '{field}', "
        f"'old', entry.{stored}, 'new', person.{column}) END"
    )


def changes_from_person(case: VerificationCase, person: Person) -> list[Change]:
    """What the entry of a case must change to agree with this person."""
    if case.register not in FROM_PERSON:
        return []
    table = MODELS[case.register]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT jsonb_path_query({planned_changes_sql(case.register)}, '$[*]')::text "
            f"FROM {table} entry, registry_person person WHERE entry.id = %s AND person.id = %s",
            [case.subject_id, person.pk],
        )
        return [Change(**json.loads(row[0])) for row in cursor.fetchall()]


def changes_by_hand(case: VerificationCase, values: dict[str, Any]) -> list[Change]:
    """What an officer typed, where it differs from the entry. Fields outside the table are not taken."""
    entry = subject_of(case)
    allowed = CORRECTABLE[case.register]
    return [
        Change(case.register, case.subject_id, field, plain(getattr(entry, field)), plain(values[field]))
        for field in allowed
        if field in values and plain(values[field]) != plain(getattr(entry, field))
    ]


def subject_of(case: VerificationCase) -> Any:
    """The register row a case is about. Raises `DoesNotExist` where it is gone."""
    return MODELS[case.register]._default_manager.get(pk=case.subject_id)


def apply_changes(changes: list[Change]) -> None:
    """Write the changes, each only over the value it was proposed for. Raises `RegisterChanged`.

    Runs in the caller's transaction, with the rows locked.
    """
    for register, entry_id in dict.fromkeys((change.register, change.id) for change in changes):
        mine = [change for change in changes if (change.register, change.id) == (register, entry_id)]
        _apply_to_entry(register, entry_id, mine)


def _apply_to_entry(register: str, entry_id: int, changes: list[Change]) -> None:
    model = MODELS[register]
    entry = model._default_manager.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise RegisterChanged(changes[0].field, None)
    for change in changes:
        found = stored_value(entry, change.field)
        if found != change.old:
            raise RegisterChanged(change.field, found)
    said = [(change.field, change.old) for change in changes]
    if isinstance(entry, Owner) and (other := _same_party(entry, changes)) is not None:
        _merge_owner(entry, into=other, changes=changes)
        said += [(field, stored_value(entry, field)) for field in _SAYS_WHO]
        remember_claims(register, other, [*said, *_earlier_claims(entry)])
        return
    values = {model._meta.get_field(change.field).attname: change.new for change in changes}  # type: ignore[union-attr]
    model._default_manager.filter(pk=entry_id).update(**values, changed_at=timezone.now())
    entry.refresh_from_db()
    remember_claims(register, entry, said)


def remember_claims(register: str, entry: models.Model, said: list[tuple[str, Any]]) -> None:
    """What the source said of an entry, by field, where the entry now says something else."""
    for field, claim in dict.fromkeys((field, _text(value)) for field, value in said):
        stands = _text(stored_value(entry, field))
        if field == "person" or claim == stands:
            continue
        of_field = Correction.objects.filter(register=register, entry_id=entry.pk, field=field)
        # What was corrected to this claim before is now corrected to what stands.
        of_field.filter(**_is("corrected", claim)).update(corrected=stands)
        now = {"corrected": stands, "corrected_at": timezone.now()}
        if not of_field.filter(**_is("said", claim)).update(**now):
            of_field.create(register=register, entry_id=entry.pk, field=field, said=claim, **now)


def _earlier_claims(owner: Owner) -> list[tuple[str, Any]]:
    """What the source still says of an owner who was corrected before."""
    earlier = Correction.objects.filter(register=Register.OWNER, entry_id=owner.pk)
    return [
        (field, said)
        for field, said, corrected in earlier.values_list("field", "said", "corrected")
        if corrected == _text(stored_value(owner, field))
    ]


def _is(column: str, value: str | None) -> dict[str, Any]:
    return {f"{column}__isnull": True} if value is None else {column: value}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _same_party(owner: Owner, changes: list[Change]) -> Owner | None:
    """Another owner who already is what this one becomes: same kind, number and name."""
    new = {change.field: change.new for change in changes}
    key = models.Func(
        models.Value(owner.kind),
        models.Value(new.get("id_number", owner.id_number), output_field=models.TextField()),
        models.Value(new.get("name", owner.name)),
        function="vr_party_key",
        output_field=models.TextField(),
    )
    return Owner.objects.select_for_update().filter(party_key=key).exclude(pk=owner.pk).first()


def _merge_owner(owner: Owner, *, into: Owner, changes: list[Change]) -> None:
    """One person was named twice: the vehicles go to the entry that is right, the other keeps none."""
    moved = Vehicle.objects.filter(owner=owner).update(owner=into, changed_at=timezone.now())
    person = next((change.new for change in changes if change.field == "person"), None)
    Owner.objects.filter(pk=owner.pk).update(vehicle_count=0, changed_at=timezone.now())
    Owner.objects.filter(pk=into.pk).update(
        vehicle_count=F("vehicle_count") + moved,
        person_id=person or into.person_id,
        changed_at=timezone.now(),
    )


def stored_value(entry: models.Model, field: str) -> Any:
    """A field as it stands in a proposal's JSON: dates as ISO text, a person by id."""
    return plain(getattr(entry, entry._meta.get_field(field).attname))  # type: ignore[union-attr]


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def as_json(changes: list[Change]) -> list[dict[str, Any]]:
    return [asdict(change) for change in changes]


def from_json(rows: list[dict[str, Any]]) -> list[Change]:
    return [Change(**row) for row in rows]


def field_label(change: Change) -> str:
    """What a field is called on screen."""
    return str(MODELS[change.register]._meta.get_field(change.field).verbose_name)  # type: ignore[union-attr]
