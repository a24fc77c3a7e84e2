"""What every register row has in common: where it came from, as received, and its history."""

from typing import Any

import pghistory
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from vehreg.accounts.scope import ScopedQuerySet

# Columns that are bookkeeping: a change of these alone is no history.
_BOOKKEEPING = ["person", "changed_at", "vehicle_count", "confirmed_on", "confirmed_by"]


class BirthPrecision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


def key_field(column: str, function: str, **options: Any) -> models.GeneratedField:
    """A stored key PostgreSQL computes, the same whether the row came by COPY or by a form.

    `function` is one of `registry.identity.sql`.
    """
    return models.GeneratedField(
        expression=models.Func(models.F(column), function=function),
        output_field=models.TextField(),
        db_persist=True,
        **options,
    )


def unit_field() -> Any:
    """The ward a row belongs to: found in the list of units while the row is understood.

    So no constraint looks it up again; every model has an index that begins with it.
    """
    return models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ward"),
        db_constraint=False,
        db_index=False,
    )


def keep_history(model: type[models.Model]) -> type[models.Model]:
    """Keep what a row said before each update and delete, bulk SQL included.

    The event holds the OLD row with the delivery that last changed it. A delivery is undone from these
    events, and a row that somebody changed since is recognised by them. A model names further columns of
    bookkeeping in `bookkeeping`.
    """
    generated = [field.name for field in model._meta.fields if field.generated]
    kept = (*_BOOKKEEPING, *getattr(model, "bookkeeping", ()))
    bookkeeping = [name for name in kept if name in {field.name for field in model._meta.fields}]
    tracked: type[models.Model] = pghistory.track(
        pghistory.UpdateEvent(
            "update", row=pghistory.Old, condition=pghistory.AnyChange(exclude=[*generated, *bookkeeping])
        ),
        pghistory.DeleteEvent("delete"),
        exclude=generated,
        level=pghistory.Statement,
        obj_field=pghistory.ObjForeignKey(related_name="events", related_query_name="event"),
        meta={
            "indexes": [
                # The history of a row, newest first; what an undo gives back.
                models.Index(fields=["pgh_obj", "-pgh_id"], name=f"{model._meta.model_name}_event_idx"),
                # What somebody changed after a delivery: the undo keeps it.
                models.Index(fields=["changed_by"], name=f"{model._meta.model_name}_event_by_idx"),
            ]
        },
    )(model)
    return tracked


class RegisterRow(models.Model):
    """A row of a register: the deliveries that made and last changed it, and what was received.

    `received` holds, by column, the raw text where it differs from what was understood, and the columns
    the format does not know. NULL when everything was taken as it came.

    Bulk statements write the number of the delivery they belong to: no constraint looks each of them up
    again. A delivery cannot be deleted (`Delivery.Meta.triggers`). What nobody changed since a delivery made
    it is found by `changed_by`, so that `made_by` needs no index.
    """

    made_by = models.ForeignKey(
        "registry.Delivery",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by delivery"),
        db_constraint=False,
        db_index=False,
    )
    # Indexed for the undo, and for counting what a delivery touched.
    changed_by = models.ForeignKey(
        "registry.Delivery",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("changed by delivery"),
        db_constraint=False,
    )
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())
    received = models.JSONField(_("as received"), null=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
