"""Takes back what a delivery did, from the history: rows it made are removed, rows it changed say again what
they said before. What a person or a later delivery changed since, or somebody needs, is kept and listed.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models.deletion import CASCADE, SET_NULL
from pghistory.models import Event

from registry.deliveries.hooks import needed_rows
from registry.deliveries.kinds import kind_of
from registry.deliveries.noting import LONGEST_VALUE
from registry.deliveries.staging import row_of, run
from registry.models import Delivery
from registry.naming import remove_persons

# Written by matching, counting and confirming: a delivery never set them, an undo does not either.
_NOT_GIVEN_BACK: Final = {"id", "made_by_id", "changed_at", "vehicle_count", "confirmed_on", "confirmed_by"}


@dataclass(frozen=True)
class Register:
    """One table a delivery wrote to, and its history."""

    label: str
    delivery_id: int

    @cached_property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def events(self) -> str:
        return f"{self.table}event"

    @property
    def made(self) -> str:
        """Made by this delivery, and changed by no other after it."""
        return f"t.changed_by_id = {self.delivery_id} AND t.made_by_id = {self.delivery_id}"

    @property
    def changed(self) -> str:
        """Changed, not made, by this delivery, and by nobody after it."""
        return (
            f"t.changed_by_id = {self.delivery_id} AND t.made_by_id IS DISTINCT FROM {self.delivery_id}"
            f" AND NOT {self.changed_since}"
        )

    @property
    def changed_since(self) -> str:
        """Whether somebody changed what the delivery wrote: the history then holds what it had written."""
        return (
            f"EXISTS (SELECT 1 FROM {self.events} e WHERE e.pgh_obj_id = t.id"
            f" AND e.changed_by_id = {self.delivery_id})"
        )

    def count(self) -> dict[str, int]:
        """Rows the undo would remove, give back and keep, as things stand."""
        removed, restored = row_of(f"""
            SELECT count(*) FILTER (WHERE t.made_by_id = {self.delivery_id}), count(*) FILTER (
                WHERE t.made_by_id IS DISTINCT FROM {self.delivery_id})
            FROM {self.table} t WHERE t.changed_by_id = {self.delivery_id} AND NOT {self.changed_since}
        """)
        (kept,) = row_of(f"""
            SELECT count(DISTINCT e.pgh_obj_id)
            FROM {self.events} e JOIN {self.table} t ON t.id = e.pgh_obj_id
            WHERE e.changed_by_id = {self.delivery_id}
        """)
        return {"removed": removed, "restored": restored, "kept": kept}

    # --- removing -----------------------------------------------------------------------------------------

    def remove(self, first: int, last: int) -> int:
        """Remove the rows of a range of ids that the delivery made and nobody changed or needs."""
        if self.label == "registry.Person":
            remove_persons()
        needs = [self.changed_since, *(f"({needed.condition})" for needed in needed_rows(self.label))]
        needs += [_NEEDS[self.label]] if self.label in _NEEDS else []
        needs += [
            f"EXISTS (SELECT 1 FROM {table} r WHERE r.{column} = t.id)" for table, column in self._holders()
        ]
        run("DROP TABLE IF EXISTS pg_temp.leaving")
        run(f"""
            CREATE TEMP TABLE leaving ON COMMIT DROP AS SELECT t.id FROM {self.table} t
            WHERE {self.made} AND t.id BETWEEN {first} AND {last} AND NOT ({" OR ".join(needs)})
        """)
        run("ANALYZE leaving")
        for statement in self._clean_ups():
            run(statement)
        return run(f"DELETE FROM {self.table} WHERE id IN (SELECT id FROM leaving)")

    def _clean_ups(self) -> list[str]:
        found = [statement for needed in needed_rows(self.label) for statement in needed.clean_up]
        for relation, table, column in self._relations():
            if relation.on_delete is SET_NULL:
                found.append(f"UPDATE {table} SET {column} = NULL WHERE {column} IN (SELECT id FROM leaving)")
            elif relation.on_delete is CASCADE:
                found.append(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM leaving)")
        return found

    def _holders(self) -> list[tuple[str, str]]:
        """Tables whose rows keep a row of this register from being removed."""
        return [
            (table, column)
            for relation, table, column in self._relations()
            if relation.on_delete not in (SET_NULL, CASCADE)
        ]

    def _relations(self) -> list[tuple[Any, str, str]]:
        return [
            (relation, relation.related_model._meta.db_table, str(relation.field.column))
            for relation in self.model._meta.get_fields(include_hidden=True)
            # Hidden ones, too: a key without a way back to it binds all the same. History binds nothing.
            if isinstance(relation, models.ForeignObjectRel)
            and isinstance(relation.field, models.ForeignKey)
            and not issubclass(relation.related_model, Event)
            and not relation.related_model._meta.proxy
        ]

    # --- giving back --------------------------------------------------------------------------------------

    def restore(self, first: int, last: int) -> int:
        """Rows of a range say again what they said before the delivery."""
        return run(f"""
            UPDATE {self.table} t SET {", ".join(self._sets())}, changed_at = now()
            FROM (SELECT DISTINCT ON (e.pgh_obj_id) e.* FROM {self.events} e
                  JOIN {self.table} t ON t.id = e.pgh_obj_id AND {self.changed}
                  WHERE t.id BETWEEN {first} AND {last}
                  ORDER BY e.pgh_obj_id, e.pgh_id DESC) AS before
            WHERE t.id = before.pgh_obj_id AND NOT ({self._clashes()})
        """)

    def _sets(self) -> list[str]:
        sets = []
        own = getattr(self.model, "bookkeeping", ())
        for field in self.model._meta.concrete_fields:
            if field.generated or field.column in _NOT_GIVEN_BACK or field.name in own:
                continue
            value = f"before.{field.column}"
            if field.name == "person":
                value = f"(SELECT p.id FROM registry_person p WHERE p.id = {value})"
            sets.append(f"{field.column} = {value}")
        return sets

    def _clashes(self) -> str:
        """Whether another row has taken what this one would get back."""
        return _CLASHES.get(self.label, "false")

    # --- what stays ---------------------------------------------------------------------------------------

    def note_changed_since(self) -> None:
        """List, before anything is taken back, the rows that somebody changed since."""
        self._note(
            "kept_changed",
            f"SELECT DISTINCT t.id FROM {self.events} e JOIN {self.table} t ON t.id = e.pgh_obj_id"
            f" WHERE e.changed_by_id = {self.delivery_id}",
        )

    def note_left(self) -> None:
        """List, when all is taken back, the rows that had to stay as they are."""
        self._note(
            "kept_needed",
            f"SELECT t.id FROM {self.table} t WHERE t.changed_by_id = {self.delivery_id}"
            f" AND NOT {self.changed_since}",
        )

    def _name(self) -> str:
        """What a row is called in a list: its own key, else its id."""
        if self.label in _NAMES:
            return _NAMES[self.label]
        keys = [c.fields for c in self.model._meta.constraints if isinstance(c, models.UniqueConstraint)]
        columns = [f"t.{self.model._meta.get_field(name).column}" for name in (keys[0] if keys else ("id",))]  # type: ignore[union-attr]
        return f"concat_ws(':', {', '.join(columns)})"

    def _note(self, code: str, ids: str) -> None:
        run(f"""
            INSERT INTO registry_deliverynotice (delivery_id, row_no, "column", code, value, other, rejects)
            SELECT {self.delivery_id}, 0, '', '{code}', left({self._name()}, {LONGEST_VALUE}),
                   '{self.label}', false
            FROM {self.table} t WHERE t.id IN ({ids}) ORDER BY t.id
        """)


def undo_numbers(delivery: Delivery) -> dict[str, int]:
    """Rows of all its registers an undo would remove, give back and keep, as things stand."""
    total = {"removed": 0, "restored": 0, "kept": 0}
    for label in kind_of(delivery.kind).merge().models:
        for name, count in Register(label, delivery.pk).count().items():
            total[name] += count
    return total


_CLASHES: Final = {
    "registry.Vehicle": """before.status NOT IN ('revoked', 'scrapped') AND EXISTS (
        SELECT 1 FROM registry_vehicle holder WHERE holder.id <> t.id
        AND holder.plate_key = vr_compact(before.plate) AND holder.vehicle_kind = before.vehicle_kind
        AND holder.plate_colour = before.plate_colour AND holder.status NOT IN ('revoked', 'scrapped'))""",
    "registry.Owner": """EXISTS (
        SELECT 1 FROM registry_owner holder WHERE holder.id <> t.id
        AND holder.party_key = vr_party_key(before.kind, before.id_number, before.name))""",
}
# A vehicle stays with papers that somebody handled since, and papers stay with a vehicle that stays.
_NEEDS: Final = {
    "registry.Vehicle": """EXISTS (SELECT 1 FROM registry_paperfile p WHERE p.vehicle_id = t.id
        AND (p.changed_by_id IS DISTINCT FROM t.made_by_id OR EXISTS (
            SELECT 1 FROM registry_paperfileevent e
            WHERE e.pgh_obj_id = p.id AND e.changed_by_id = t.made_by_id)))""",
    "registry.PaperFile": """EXISTS (
        SELECT 1 FROM registry_vehicle v WHERE v.id = t.vehicle_id AND v.made_by_id = t.made_by_id)""",
}
# How a kept row is called in the list.
_NAMES: Final = {
    "registry.Person": "t.personal_id",
    "registry.Vehicle": "t.source_id",
    "registry.Owner": "t.id::text",
    "registry.PaperFile": "t.code",
    "registry.DriverLicence": "t.source_id",
    "registry.Violation": "t.source_id",
}
