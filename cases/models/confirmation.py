"""What officers of the ward say of declarations: one by one, or in lots that are sampled first."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.lot import ACCEPTED_BY_PLAN, REJECTED_STAYS_REJECTED, Lot, LotOutcome
from vehreg.accounts.scope import ScopedQuerySet


class Confirmation(models.Model):
    """One officer's word on one declaration. Append-only; the name is frozen.

    `seen` marks what they had before their eyes: the declaration, its entry and the person, as of then.
    """

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        QUESTIONED = "questioned", _("questioned")
        TAKEN_BACK = "taken_back", _("confirmation taken back")

    declaration = models.ForeignKey(
        "cases.Declaration", models.PROTECT, related_name="confirmations", verbose_name=_("declaration")
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("ward")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    seen = models.CharField(_("mark of what was seen"), max_length=32)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    officer_name = models.CharField(_("name at the time"), max_length=150)
    at = models.DateTimeField(_("at"))
    lot = models.ForeignKey(
        "cases.ConfirmationLot",
        models.PROTECT,
        null=True,
        related_name="confirmations",
        verbose_name=_("lot"),
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["-id"]
        permissions = [("confirm_declaration", "Can confirm and question declarations")]
        indexes = [
            # What was confirmed in a ward, newest first.
            models.Index(fields=["unit", "-id"], name="cases_confirmation_unit_idx")
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ConfirmationRule(models.Model):
    """What a sample of a lot must prove. The newest is in force; a change is a new row.

    A lot is rejected with `confidence` when a share of `wrong_limit` or more of it is wrong; `allowed`
    errors may be in the sample. `most`: declarations of one lot.
    """

    wrong_limit = models.FloatField(_("errors from which a lot is to be rejected"), default=0.02)
    confidence = models.FloatField(_("confidence"), default=0.95)
    allowed = models.SmallIntegerField(_("errors allowed in the sample"), default=0)
    most = models.IntegerField(_("declarations of a lot at most"), default=5_000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    made_by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("rule of confirmation")
        verbose_name_plural = _("rules of confirmation")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="cases_confirmationrule_plan",
                condition=Q(wrong_limit__gt=0, wrong_limit__lt=1, confidence__gt=0, confidence__lt=1)
                & Q(allowed__gte=0, most__gt=0),
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"#{self.pk}"


class LotState(models.TextChoices):
    JUDGING = "judging", _("sample being judged")
    CONFIRMING = "confirming", _("being confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("fallen apart")
    TAKING_BACK = "taking_back", _("being taken back")
    TAKEN_BACK = "taken_back", _("taken back")
    GIVEN_UP = "given_up", _("given up")


UNDER_WAY = (LotState.JUDGING, LotState.CONFIRMING)
# States only an accepted lot can be in.
_LET_GO = (LotState.CONFIRMING, LotState.CONFIRMED, LotState.TAKING_BACK, LotState.TAKEN_BACK)


class ConfirmationLot(Lot):
    """Plain declarations of one ward that one officer confirms together, once another agreed with a sample.

    `wrong` counts the declarations of the sample that are not right or cannot be told.
    """

    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name=_("ward")
    )
    rule = models.ForeignKey(
        ConfirmationRule, models.PROTECT, related_name="lots", db_index=False, verbose_name=_("rule")
    )
    state = models.CharField(_("state"), max_length=12, choices=LotState, default=LotState.JUDGING)
    lot_size = models.IntegerField(_("declarations in the lot"), default=0)
    seed = models.BigIntegerField(_("seed"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_by_name = models.CharField(_("name at the time"), max_length=150)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    judged = models.IntegerField(_("declarations judged"), default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot of declarations")
        verbose_name_plural = _("lots of declarations")
        ordering = ["-id"]
        permissions = [
            ("judge_confirmationlot", "Can judge the sample of another officer's lot"),
            ("take_back_confirmationlot", "Can take a confirmed lot back"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state__in=UNDER_WAY), name="cases_confirmationlot_under_way"
            ),
            models.CheckConstraint(
                name="cases_confirmationlot_accepted",
                condition=~Q(state__in=_LET_GO) | Q(outcome=LotOutcome.ACCEPTED),
            ),
            models.CheckConstraint(
                name="cases_confirmationlot_by_plan",
                condition=ACCEPTED_BY_PLAN,
            ),
        ]
        indexes = [
            # The lots of a ward, newest first.
            models.Index(fields=["unit", "-id"], name="cases_confirmationlot_unit_idx")
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="made_once",
                fields=["unit", "rule", "wrong_limit", "confidence", "allowed", "seed", "made_by"],
            ),
            REJECTED_STAYS_REJECTED,
        ]


class LotDeclaration(models.Model):
    """One declaration of a lot, with the mark of what stood there when the lot was made."""

    class State(models.TextChoices):
        HELD = "held", _("in the lot")
        CONFIRMED = "confirmed", _("confirmed")
        LEFT = "left", _("left to be looked at")
        TAKEN_BACK = "taken_back", _("taken back")
        KEPT = "kept", _("kept")

    lot = models.ForeignKey(
        ConfirmationLot,
        models.PROTECT,
        related_name="declarations",
        db_index=False,
        verbose_name=_("lot of declarations"),
    )
    declaration = models.ForeignKey(
        "cases.Declaration", models.PROTECT, related_name="+", db_index=False, verbose_name=_("declaration")
    )
    seen = models.CharField(_("mark of what was seen"), max_length=32)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    reason = models.CharField(_("reason"), max_length=16, blank=True)
    moved_at = models.DateTimeField(_("moved at"), null=True)

    class Meta:
        verbose_name = _("declaration of a lot")
        verbose_name_plural = _("declarations of a lot")
        ordering = ["lot", "id"]
        constraints = [
            # The lots a declaration was in.
            models.UniqueConstraint(fields=["declaration", "lot"], name="cases_lotdeclaration_once")
        ]
        indexes = [
            # The chunks of the work, and what was left.
            models.Index(fields=["lot", "state", "id"], name="cases_lotdeclaration_state_idx")
        ]


class LotSample(models.Model):
    """One declaration of a lot's sample, judged by somebody else than who made the lot."""

    class Answer(models.TextChoices):
        RIGHT = "right", _("Right")
        WRONG = "wrong", _("Not right")
        UNDECIDABLE = "undecidable", _("Cannot be told")

    lot = models.ForeignKey(
        ConfirmationLot,
        models.PROTECT,
        related_name="sample",
        db_index=False,
        verbose_name=_("lot of declarations"),
    )
    of = models.OneToOneField(
        LotDeclaration, models.PROTECT, related_name="sampled", verbose_name=_("declaration of a lot")
    )
    position = models.IntegerField(_("position"))
    # Who made the lot, beside who judges: so that the database can tell them apart.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("made by")
    )
    answer = models.CharField(
        _("answer"), max_length=12, choices=Answer, blank=True, default="", db_default=""
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("officer"),
    )
    officer_name = models.CharField(
        _("name at the time"), max_length=150, blank=True, default="", db_default=""
    )
    at = models.DateTimeField(_("at"), null=True)

    class Meta:
        verbose_name = _("declaration of a sample")
        verbose_name_plural = _("declarations of a sample")
        ordering = ["lot", "position"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "position"], name="cases_lotsample_position"),
            models.CheckConstraint(
                name="cases_nobody_judges_own_lot",
                condition=Q(officer__isnull=True) | ~Q(officer=F("made_by")),
            ),
            models.CheckConstraint(
                name="cases_lotsample_judged_by_somebody",
                condition=Q(answer="", officer__isnull=True) | (~Q(answer="") & Q(officer__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="drawn_once", fields=["lot", "of", "position", "made_by"]),
            pgtrigger.Protect(
                name="answer_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__answer=""),
            ),
        ]
