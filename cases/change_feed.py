"""What a correction says to those who follow the feed: the fields with old and new value, numbers masked."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from cases.models import ChangeRecord
from cases.models.subject import Register
from registry.models import DriverLicence, Owner, Vehicle
from registry.privacy import mask_received

# What each register's entries are known by.
_KNOWN_BY: dict[str, tuple[Any, str]] = {
    Register.OWNER: (Owner, "name"),
    Register.VEHICLE: (Vehicle, "plate"),
    Register.LICENCE: (DriverLicence, "holder_name"),
}
Key = tuple[str, int]


def said_changes(record: ChangeRecord, *, whole: bool) -> dict[str, dict[str, Any]]:
    """`{"name": {"old": …, "new": …}, …}`; `whole`: this reader may see numbers of people in full."""
    model = _KNOWN_BY[record.register][0]
    return {
        field: {
            side: _said(model, field, value, whole=whole) for side, value in record.changes[field].items()
        }
        for field in changed_fields(record)
    }


def changed_fields(record: ChangeRecord) -> list[str]:
    """The fields corrected, in the order of the register's columns (JSON keeps none)."""
    columns = [field.name for field in _KNOWN_BY[record.register][0]._meta.fields]
    return sorted(record.changes, key=columns.index)


def entry_names(records: Iterable[ChangeRecord]) -> dict[Key, str]:
    """(register, id) → what the entry is known by; one query for each register among the records."""
    ids: dict[str, list[int]] = {}
    for record in records:
        ids.setdefault(record.register, []).append(record.subject_id)
    names: dict[Key, str] = {}
    for register, wanted in ids.items():
        model, column = _KNOWN_BY[register]
        rows = model.objects.filter(pk__in=wanted).values_list("pk", column)
        names |= {(register, pk): text or "" for pk, text in rows}
    return names


def _said(model: type[models.Model], field: str, value: Any, *, whole: bool) -> Any:
    """Texts may hold a number anywhere; dates, counts and ids of rows do not."""
    is_date = isinstance(model._meta.get_field(field), models.DateField)
    if is_date or not isinstance(value, str):
        return value
    return mask_received(field, value, whole=whole)
