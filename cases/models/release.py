"""Releases in bulk: classes of cases, lots drawn from them, and every case of a lot."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models.lot import ACCEPTED_BY_PLAN, REJECTED_STAYS_REJECTED, Lot, LotOutcome
from cases.models.subject import AboutSubject

# What the built-in classes are called; those that supervisors define carry a name of their own.
BUILT_IN_NAMES: dict[str, Promise] = {
    "verified_former_id": _("Former number"),
    "name_variant": _("Name spelt differently"),
}


class ReleaseClass(models.Model):
    """One version of a class: which cases belong to it, and what a sample of them must prove.

    `rule` is data (see `cases.releases.rules`). A lot is rejected with `confidence` when a share of
    `wrong_limit` or more of it is wrong; `allowed` errors may be in the sample. A change makes the next
    version; the present one has no `replaced_at`.
    """

    code = models.SlugField(_("code"), max_length=40)
    version = models.SmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=120)
    rule = models.JSONField(_("rule"))
    wrong_limit = models.FloatField(_("errors from which a lot is to be rejected"), default=0.01)
    confidence = models.FloatField(_("confidence"), default=0.95)
    allowed = models.SmallIntegerField(_("errors allowed in the sample"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    made_by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True)

    class Meta:
        verbose_name = _("release class")
        verbose_name_plural = _("release classes")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="cases_releaseclass_version"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(replaced_at__isnull=True), name="cases_releaseclass_present"
            ),
            models.CheckConstraint(
                name="cases_releaseclass_plan",
                condition=Q(wrong_limit__gt=0, wrong_limit__lt=1, confidence__gt=0, confidence__lt=1)
                & Q(allowed__gte=0),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="version_stands",
                fields=["code", "version", "name", "rule", "wrong_limit", "confidence", "allowed"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"

    @property
    def built_in(self) -> bool:
        return self.code in BUILT_IN_NAMES

    @property
    def title(self) -> str:
        return str(BUILT_IN_NAMES.get(self.code, self.name))


class ReleaseState(models.TextChoices):
    DRAWING = "drawing", _("being drawn")
    JUDGING = "judging", _("sample being judged")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    RELEASING = "releasing", _("being released")
    RELEASED = "released", _("released")
    TAKING_BACK = "taking_back", _("being taken back")
    TAKEN_BACK = "taken_back", _("taken back")
    GIVEN_UP = "given_up", _("given up")


# A class has one lot under way at a time.
UNDER_WAY = (ReleaseState.DRAWING, ReleaseState.JUDGING, ReleaseState.ACCEPTED, ReleaseState.RELEASING)
# States only an accepted lot that a second supervisor released can be in.
_LET_GO = (
    ReleaseState.RELEASING,
    ReleaseState.RELEASED,
    ReleaseState.TAKING_BACK,
    ReleaseState.TAKEN_BACK,
)


class Release(Lot):
    """One lot: frozen, sampled, judged blind, accepted or rejected, released by a second supervisor.

    `wrong` counts the pairs of the sample that are not the same person or cannot be told. `planned`: by
    field, how many entries the release corrects.
    """

    release_class = models.ForeignKey(
        ReleaseClass, models.PROTECT, related_name="releases", verbose_name=_("release class")
    )
    class_code = models.SlugField(_("code"), max_length=40)
    state = models.CharField(_("state"), max_length=12, choices=ReleaseState, default=ReleaseState.DRAWING)
    lot_size = models.IntegerField(_("cases in the lot"), default=0)
    planned = models.JSONField(_("corrections planned"), default=dict)
    sample = models.OneToOneField(
        "cases.ReviewSample", models.PROTECT, null=True, related_name="release", verbose_name=_("sample")
    )
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drawn by")
    )
    drawn_by_name = models.CharField(_("name at the time"), max_length=150)
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)

    judged = models.IntegerField(_("pairs judged"), default=0)
    undecidable = models.IntegerField(_("could not be told"), default=0)

    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("released by")
    )
    released_by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    released_at = models.DateTimeField(_("released at"), null=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-id"]
        permissions = [
            ("release_release", "Can release an accepted lot"),
            ("take_back_release", "Can take a release back"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["class_code"], condition=Q(state__in=UNDER_WAY), name="cases_release_one_under_way"
            ),
            models.CheckConstraint(
                name="cases_nobody_releases_own_draw",
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("drawn_by")),
            ),
            models.CheckConstraint(
                name="cases_release_needs_acceptance",
                condition=~Q(state__in=_LET_GO)
                | Q(outcome=LotOutcome.ACCEPTED, released_by__isnull=False, sample__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_release_accepted_by_plan",
                condition=ACCEPTED_BY_PLAN,
            ),
        ]
        triggers = [REJECTED_STAYS_REJECTED]


class ReleaseCase(AboutSubject):
    """One case of a lot, frozen: which version of it, on which verdict, and when both registers last
    changed what it says."""

    class State(models.TextChoices):
        HELD = "held", _("in the lot")
        RELEASED = "released", _("released")
        SKIPPED = "skipped", _("left as a case")
        RESTORED = "restored", _("taken back")
        KEPT = "kept", _("kept")

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="cases", db_index=False, verbose_name=_("release")
    )
    case = models.ForeignKey(
        "cases.VerificationCase", models.PROTECT, related_name="+", db_index=False, verbose_name=_("case")
    )
    case_version = models.IntegerField(_("version of the case"))
    verdict = models.ForeignKey(
        "cases.Verdict", models.PROTECT, related_name="+", db_index=False, verbose_name=_("verdict")
    )
    person = models.ForeignKey(
        "registry.Person", models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    party_at = models.DateTimeField(_("entry as of"))
    person_at = models.DateTimeField(_("person as of"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.HELD)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    moved_at = models.DateTimeField(_("moved at"), null=True)

    class Meta:
        verbose_name = _("case of a lot")
        verbose_name_plural = _("cases of a lot")
        ordering = ["release", "id"]
        constraints = [
            # The lots a case was in.
            models.UniqueConstraint(fields=["case", "release"], name="cases_releasecase_once")
        ]
        indexes = [
            # The chunks of the work, and the lists of what was done and left.
            models.Index(fields=["release", "state", "id"], name="cases_releasecase_state_idx"),
        ]
