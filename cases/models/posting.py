"""The list of vehicles whose transfer is posted in public, so that whoever objects can say so.

Source: Circular 24/2023 article 31 (now 79/2024): whoever uses a vehicle without papers of all its hands
applies; the registered owner is told and the application posted for 30 days; then it is settled.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models.base import key_field
from registry.models.vehicle import PlateColour, VehicleKind
from vehreg.accounts.scope import ScopedQuerySet

POSTED_DAYS = 30


class PostingState(models.TextChoices):
    POSTED = "posted", _("posted")
    ANSWERED = "answered", _("the other side declared")
    DISPUTED = "disputed", _("disputed")
    ENDED = "ended", _("ended")


class Posting(models.Model):
    """One vehicle on the list, as it was posted. It names the vehicle and nobody."""

    vehicle = models.ForeignKey(
        "registry.Vehicle", models.CASCADE, related_name="postings", verbose_name=_("vehicle")
    )
    case = models.ForeignKey(
        "cases.VerificationCase",
        models.PROTECT,
        related_name="postings",
        verbose_name=_("case"),
        db_constraint=False,  # made from the rows of its case, which nothing removes
    )
    # Taken from the case's own key.
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("ward"),
        db_constraint=False,
        db_index=False,
    )
    plate = models.CharField(_("plate"), max_length=24)
    vehicle_kind = models.CharField(_("kind"), max_length=20, choices=VehicleKind)
    plate_colour = models.CharField(_("plate colour"), max_length=8, choices=PlateColour)
    posted_on = models.DateField(_("posted on"))
    ends_on = models.DateField(_("posted until"))
    state = models.CharField(_("state"), max_length=8, choices=PostingState, default=PostingState.POSTED)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    plate_key = key_field("plate", "vr_compact")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.UniqueConstraint(
                fields=["vehicle"], condition=Q(state=PostingState.POSTED), name="cases_posting_once"
            )
        ]
        indexes = [
            # The list of a ward and of the city, newest first; a plate.
            models.Index(fields=["unit", "-id"], include=["state"], name="cases_posting_ward_idx"),
            models.Index(fields=["plate_key"], name="cases_posting_plate_idx"),
        ]

    def __str__(self) -> str:
        return self.plate

    @property
    def has_run_out(self) -> bool:
        """The days are over and nobody objected: the transfer can be settled."""
        return self.state == PostingState.POSTED and self.ends_on < timezone.localdate()
