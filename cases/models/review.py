"""Blind clerical review: samples of verdicts, the pairs drawn into them, and what officers said of each."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.subject import AboutSubject
from vehreg.accounts.scope import ScopedQuerySet


class ReviewPurpose(models.TextChoices):
    QUALITY = "quality", _("how good matching is")
    RELEASE = "release", _("acceptance of a lot")


class Answer(models.TextChoices):
    """What a judge says of a pair, and what a settled pair comes to."""

    MATCH = "match", _("Same person")
    NO_MATCH = "no_match", _("Not the same")
    UNDECIDABLE = "undecidable", _("Cannot be told")


class ReviewSample(models.Model):
    """One random sample, drawn in strata. Open until every pair is settled or a supervisor ends it.

    `strata`: [{"key", "verdict", "band", "size", "drawn"}, …]; `size` counts the verdicts of the stratum
    on the day of the draw, `drawn` the pairs in the sample.
    """

    purpose = models.CharField(_("purpose"), max_length=8, choices=ReviewPurpose)
    run = models.ForeignKey(
        "cases.MatchRun", models.PROTECT, null=True, related_name="+", verbose_name=_("matching run")
    )
    seed = models.BigIntegerField(_("seed"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drawn by")
    )
    drawn_by_name = models.CharField(_("name at the time"), max_length=150)
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    strata = models.JSONField(_("strata"), default=list)

    class Meta:
        verbose_name = _("review sample")
        verbose_name_plural = _("review samples")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReviewPair(AboutSubject):
    """One party and the person matching has for it, as both registers named them when drawn.

    `shown`: {"party": {…}, "person": {…} or null}; nothing of verdict, score or pass is in it. `judged`
    counts the judgements, `outcome` stands once two of them agree or a third person has decided.
    """

    sample = models.ForeignKey(
        ReviewSample, models.PROTECT, related_name="pairs", verbose_name=_("review sample")
    )
    stratum = models.CharField(_("stratum"), max_length=60)
    verdict = models.ForeignKey("cases.Verdict", models.PROTECT, related_name="+", verbose_name=_("verdict"))
    person = models.ForeignKey(
        "registry.Person", models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    position = models.IntegerField(_("position"))
    shown = models.JSONField(_("shown"))
    judged = models.SmallIntegerField(_("judgements"), default=0, db_default=0)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Answer, blank=True, default="", db_default=""
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("review pair")
        verbose_name_plural = _("review pairs")
        ordering = ["sample", "position"]
        permissions = [("judge_reviewpair", "Can judge pairs blind")]
        constraints = [
            models.UniqueConstraint(fields=["sample", "register", "subject_id"], name="cases_reviewpair_once")
        ]
        indexes = [
            # The next pair to hand out: pairs not settled, in random order.
            models.Index(
                fields=["sample", "position"], name="cases_reviewpair_next_idx", condition=Q(outcome="")
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="drawn_once",
                fields=["sample", "stratum", "verdict", "register", "subject_id", "position", "shown"],
            )
        ]

    def __str__(self) -> str:
        return f"#{self.sample_id}/{self.position}"

    @property
    def answers(self) -> list[str]:
        """Every judge's answer with their name, in order: for exports."""
        return [f"{one.officer_name}: {one.get_answer_display()}" for one in self.judgements.all()]


class ReviewJudgement(models.Model):
    """One officer's answer on one pair. Append-only; the name is frozen."""

    pair = models.ForeignKey(
        ReviewPair, models.PROTECT, related_name="judgements", verbose_name=_("review pair")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    officer_name = models.CharField(_("name at the time"), max_length=150)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["pair", "officer"], name="cases_judgement_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class ReviewLoan(models.Model):
    """The pair an officer has on the screen, lent until `until`: nobody else judges it for nothing."""

    officer = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("officer")
    )
    pair = models.ForeignKey(ReviewPair, models.CASCADE, related_name="loans", verbose_name=_("review pair"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("pair on a screen")
        verbose_name_plural = _("pairs on a screen")
