"""Counters: what the dashboard shows, counted once and kept by day and unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vehreg.accounts.scope import ScopedQuerySet


class DailyFigure(models.Model):
    """One number of one unit on one day. Today's rows are refreshed; those of past days stay.

    `name` is one of `cases.progress.figures`. Vehicles whose ward nobody knows count under no unit.
    """

    day = models.DateField(_("day"))
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    name = models.CharField(_("figure"), max_length=40)
    value = models.BigIntegerField(_("value"))
    counted_at = models.DateTimeField(_("counted at"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily figure")
        verbose_name_plural = _("daily figures")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "unit", "name"], name="cases_figure_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["name", "day"], name="cases_figure_name_idx")]
