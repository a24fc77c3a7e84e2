"""What matching said of a party, from which run until which; whom it proposed; who was refused."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.block import block_triggers
from cases.models.kinds import VerdictKind
from cases.models.subject import AboutSubject
from cases.models.tally import FORGET_COUNTS


class Verdict(AboutSubject):
    """One verdict on one party, in force from `run` until `superseded_by` (NULL: still in force).

    A run over unchanged data writes nothing. `comparison` gives the level of each field by name.
    """

    # Written by the million, by statements that know run and person (see `registry.naming`): no constraint
    # looks each of them up again.
    run = models.ForeignKey(
        "cases.MatchRun",
        models.PROTECT,
        related_name="+",
        verbose_name=_("run"),
        db_index=False,
        db_constraint=False,
    )
    superseded_by = models.ForeignKey(
        "cases.MatchRun",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("superseded by"),
        db_index=False,
        db_constraint=False,
    )
    verdict = models.CharField(_("verdict"), max_length=20, choices=VerdictKind)
    pass_name = models.CharField(_("pass"), max_length=40)
    score = models.FloatField(_("score"))
    person = models.ForeignKey(
        "registry.Person",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
        db_index=False,
        db_constraint=False,
    )
    comparison = models.JSONField(_("comparison"), default=dict)
    # MD5 of verdict, pass, person, score, comparison and candidates: equal when a run says the same again.
    fingerprint = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.UniqueConstraint(
                fields=["register", "subject_id"],
                condition=Q(superseded_by__isnull=True),
                name="cases_verdict_one_in_force",
            )
        ]
        indexes = [
            # The history of one party.
            models.Index(fields=["register", "subject_id", "run"], name="cases_verdict_subject_idx"),
            # Examples of a verdict.
            models.Index(
                fields=["verdict", "-id"],
                name="cases_verdict_kind_idx",
                condition=Q(superseded_by__isnull=True),
            ),
            # What a run said anew, and what it ended: two runs compared.
            models.Index(fields=["run", "verdict"], name="cases_verdict_run_idx"),
            models.Index(
                fields=["superseded_by"],
                name="cases_verdict_ended_idx",
                condition=Q(superseded_by__isnull=False),
            ),
            # The entries of a person; the parties of a person who has changed, or who goes.
            models.Index(
                fields=["person"], name="cases_verdict_person_idx", condition=Q(person__isnull=False)
            ),
        ]
        triggers = [
            *block_triggers(
                pgtrigger.Insert,
                pgtrigger.Update,
                pgtrigger.Delete,
                owner_id="subject_id",
                where="register = 'owner'",
            ),
            FORGET_COUNTS,
        ]


class Candidate(models.Model):
    """A person proposed for a party, best first. `comparison`: by field, its level and bits."""

    # Found by the constraint on its rank; made in one statement with its verdict, which nothing removes.
    verdict = models.ForeignKey(
        Verdict,
        models.CASCADE,
        related_name="candidates",
        verbose_name=_("verdict"),
        db_index=False,
        db_constraint=False,
    )
    rank = models.SmallIntegerField(_("rank"))
    # Without a constraint, like the person of a verdict; indexed for the persons that go.
    person = models.ForeignKey(
        "registry.Person", models.CASCADE, related_name="+", verbose_name=_("person"), db_constraint=False
    )
    score = models.FloatField(_("score"))
    comparison = models.JSONField(_("comparison"), default=dict)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["verdict", "rank"]
        constraints = [models.UniqueConstraint(fields=["verdict", "rank"], name="cases_candidate_rank")]


class Refusal(AboutSubject):
    """ "Not this person", said by an officer. Remembered for ever: the pair is never proposed again."""

    person = models.ForeignKey("registry.Person", models.CASCADE, related_name="+", verbose_name=_("person"))
    case = models.ForeignKey("cases.VerificationCase", models.PROTECT, related_name="refusals")
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(_("refused at"), auto_now_add=True)

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints = [
            models.UniqueConstraint(fields=["register", "subject_id", "person"], name="cases_refusal_once")
        ]
