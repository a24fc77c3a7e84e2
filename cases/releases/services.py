"""The steps of a release: drawn by one supervisor, settled by its sample, let go by another, taken back.

Every step is a guarded update of the state: of two clicks, or two supervisors at once, one is taken.
"""

import structlog
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.lots.plans import ACCEPTED, Plan, verdict
from cases.models import Release, ReleaseCase, ReleaseClass, ReviewJudgement, ReviewSample
from cases.models.lot import LotOutcome
from cases.models.release import ReleaseState
from cases.review.results import is_complete, tally
from vehreg.accounts.models import User
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import Job
from vehreg.jobs.services import start_job

logger = structlog.get_logger("cases.releases")

_GOING_ON = {
    ReleaseState.RELEASING: "releases.release",
    ReleaseState.TAKING_BACK: "releases.take_back",
    ReleaseState.DRAWING: "releases.draw",
}


def release_draw(*, release_class: ReleaseClass, user: User) -> Release:
    """Draw a lot: a job freezes the cases of the class and draws the sample. Raises `Refused`."""
    if release_class.replaced_at is not None:
        raise Refused(_("This version of the class has been replaced: draw from the present one."))
    if release_class.releases.filter(state=ReleaseState.REJECTED).exists():
        raise Refused(
            _("A lot of this version was rejected: its sample found too many errors. Narrow the class first.")
        )
    try:
        with transaction.atomic():
            release = Release.objects.create(
                release_class=release_class,
                class_code=release_class.code,
                wrong_limit=release_class.wrong_limit,
                confidence=release_class.confidence,
                allowed=release_class.allowed,
                drawn_by=user,
                drawn_by_name=str(user),
            )
            return _with_job(release, user)
    except IntegrityError as error:
        if "cases_release_one_under_way" not in str(error):
            raise
        raise Refused(_("A lot of this class is under way already: finish it or give it up.")) from error


def release_settle(*, release: Release) -> Release:
    """Write down what the sample decided, once every pair of it is settled. Returns the release as it is."""
    if release.state != ReleaseState.JUDGING or not is_complete(_sample(release)):
        return release
    judged, wrong, undecidable = counted(release)
    outcome = verdict(Plan.of(release), judged=judged, wrong=wrong)
    with transaction.atomic():
        _move(
            release,
            ReleaseState.JUDGING,
            ReleaseState.ACCEPTED if outcome == ACCEPTED else ReleaseState.REJECTED,
            outcome=outcome,
            judged=judged,
            wrong=wrong,
            undecidable=undecidable,
            settled_at=timezone.now(),
        )
        _close_sample(release)
    return Release.objects.get(pk=release.pk)


def counted(release: Release) -> tuple[int, int, int]:
    """Pairs of the sample settled so far; errors among them; those that could not be told.

    Who cannot be told counts as an error: the lot may not be let go on a guess.
    """
    strata = tally(_sample(release))
    judged = sum(stratum.settled for stratum in strata)
    undecidable = sum(stratum.undecidable for stratum in strata)
    return judged, sum(stratum.no_matches for stratum in strata) + undecidable, undecidable


def release_begin(*, release: Release, user: User) -> Release:
    """A second supervisor lets an accepted lot go: a job corrects the registers. Raises `Refused`."""
    release = release_settle(release=release)
    refused = why_not_release(release, user)
    if refused:
        raise Refused(refused)
    with transaction.atomic():
        if not _move(
            release,
            ReleaseState.ACCEPTED,
            ReleaseState.RELEASING,
            released_by=user,
            released_by_name=str(user),
            released_at=timezone.now(),
        ):
            raise Refused(_("Somebody else has just taken this step."))
        return _with_job(Release.objects.get(pk=release.pk), user)


def why_not_release(release: Release, user: User) -> str:
    """Why this user may not let this lot go; "" where they may."""
    if release.state != ReleaseState.ACCEPTED:
        return _("The lot is “%(state)s”: it cannot be released.") % {"state": release.get_state_display()}
    if release.drawn_by_id == user.pk:
        return _("Whoever drew the lot may not release it.")
    if ReviewJudgement.objects.filter(pair__sample=release.sample_id, officer=user).exists():
        return _("Whoever judged pairs of the sample may not release the lot.")
    return ""


def release_give_up(*, release: Release, user: User) -> Release:
    """Give a lot up before it is released. Raises `Refused`.

    Once errors were found it is not given up, or another sample would be drawn until one fits: it is
    judged to the end. It ends as rejected at once when more were found than the plan allows, or when
    somebody closed the sample before its end.
    """
    if release.state not in (ReleaseState.JUDGING, ReleaseState.ACCEPTED):
        raise Refused(_("This lot can no longer be given up."))
    columns = _rejection(release) if release.state == ReleaseState.JUDGING else {}
    target = ReleaseState.REJECTED if columns else ReleaseState.GIVEN_UP
    with transaction.atomic():
        if not _move(release, release.state, target, **columns):
            raise Refused(_("Somebody else has just taken this step."))
        _close_sample(release)
    logger.info("release_given_up", release=release.pk, state=target.value, user=user.pk)
    return Release.objects.get(pk=release.pk)


def _rejection(release: Release) -> dict[str, object]:
    """What a lot ends with whose sample found errors; nothing where it found none."""
    judged, wrong, undecidable = counted(release)
    if not wrong:
        return {}
    if wrong <= release.allowed and _sample(release).closed_at is None:
        raise Refused(_("Errors were found in the sample: let it be judged to the end."))
    return {
        "outcome": LotOutcome.REJECTED, "judged": judged, "wrong": wrong, "undecidable": undecidable,
        "settled_at": timezone.now(),
    }  # fmt: skip


def take_back_begin(*, release: Release, user: User, reason: str) -> Release:
    """Take a release back as a whole: a job restores what nobody touched since. Raises `Refused`.

    A release that stopped half-way may be taken back too; one that is running may not.
    """
    if not reason.strip():
        raise Refused(_("Say why: a reason is needed."))
    with transaction.atomic():
        locked = Release.objects.select_for_update().get(pk=release.pk)
        if locked.state not in (ReleaseState.RELEASED, ReleaseState.RELEASING):
            raise Refused(_("There is nothing to take back."))
        if locked.job_id and Job.objects.get(pk=locked.job_id).is_live:
            raise Refused(_("The release is still running: wait for its end, or cancel its job first."))
        _move(
            locked,
            locked.state,
            ReleaseState.TAKING_BACK,
            taken_back_by=user,
            taken_back_by_name=str(user),
            taken_back_at=timezone.now(),
            take_back_reason=reason.strip(),
            message="",
        )
        return _with_job(Release.objects.get(pk=release.pk), user)


def cases_of(release: Release, state: str = "") -> QuerySet[ReleaseCase]:
    """The cases of a lot, of one state if given, in the order of the lot."""
    rows = ReleaseCase.objects.filter(release=release, **({"state": state} if state else {}))
    return rows.select_related("case__unit", "person").order_by("id")


def _sample(release: Release) -> ReviewSample:
    assert release.sample is not None
    return release.sample


def _close_sample(release: Release) -> None:
    ReviewSample.objects.filter(release=release, closed_at=None).update(closed_at=timezone.now())


def _move(release: Release, source: str, target: str, **columns: object) -> bool:
    """The guarded update every step ends with. False: somebody else was quicker."""
    return Release.objects.filter(pk=release.pk, state=source).update(state=target, **columns) == 1


def _with_job(release: Release, user: User) -> Release:
    release.job = start_job(
        kind=_GOING_ON[ReleaseState(release.state)],
        params={"release": release.pk},
        subject=f"release:{release.pk}",
        user=user,
    )
    release.save(update_fields=["job"])
    return release
