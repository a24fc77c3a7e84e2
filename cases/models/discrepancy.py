"""One thing that does not agree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.kinds import DiscrepancyKind
from cases.models.subject import AboutSubject


class Discrepancy(AboutSubject):
    """One disagreement, with what was seen when it was found. It belongs to its subject's case."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SETTLED = "settled", _("settled")
        WITHDRAWN = "withdrawn", _("withdrawn")

    case = models.ForeignKey(
        "cases.VerificationCase",
        models.PROTECT,
        related_name="discrepancies",
        verbose_name=_("case"),
        db_index=False,  # the index below begins with it
        db_constraint=False,  # made from the rows of its case, which nothing removes
    )
    kind = models.CharField(_("kind"), max_length=24, choices=DiscrepancyKind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    evidence = models.JSONField(_("evidence"), default=dict)
    run = models.ForeignKey(
        "cases.MatchRun",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("found by run"),
        db_index=False,
        db_constraint=False,
    )
    declaration = models.ForeignKey(
        "cases.Declaration",
        models.SET_NULL,
        null=True,
        related_name="discrepancies",
        verbose_name=_("declaration"),
        db_index=False,
    )
    found_at = models.DateTimeField(_("found at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        constraints = [
            models.UniqueConstraint(
                fields=["register", "subject_id", "kind"],
                condition=Q(state="open"),
                name="cases_discrepancy_once_open",
            )
        ]
        indexes = [
            # What is wrong with a case.
            models.Index(fields=["case", "state"], name="cases_discrepancy_case_idx"),
            # What a declaration found; those of one that goes.
            models.Index(
                fields=["declaration"],
                name="cases_discrepancy_told_idx",
                condition=Q(declaration__isnull=False),
            ),
        ]
