"""Blind judging: which pair an officer gets next, and what becomes of their answer.

Judges see neither score nor verdict nor each other. Two that agree settle a pair; where they do not, the
answer of a third person counts. Source of the design: clerical review with two reviewers and an
adjudicator, as national statistics offices use it for record linkage.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import CaseEvent, ReviewJudgement, ReviewLoan, ReviewPair, ReviewSample
from cases.models.review import Answer
from vehreg.accounts.models import User

JUDGE = "cases.judge_reviewpair"
# Judges whose answers must agree, and with whom a pair ends at the latest.
_TOGETHER, _AT_MOST = 2, 3
# How long a pair stays with the officer who has it on the screen.
LOAN = timedelta(minutes=15)
# An officer's own last answer is shown to them for so long.
RECENTLY = timedelta(hours=1)
# Steps of a case after which an officer has an opinion of it, or has seen what the engine thinks.
_WORKED = (
    "take", "verify", "wait", "propose", "take_back", "approve", "return", "refused_person", "noted",
)  # fmt: skip


class JudgementRefused(Exception):
    """An answer that does not count; the message says why, in the user's words."""


def outcome_of(answers: Sequence[str]) -> str:
    """What the answers, in the order given, come to; "" while another is needed."""
    if len(answers) >= _AT_MOST:
        return answers[_AT_MOST - 1]
    agreed = len(answers) == _TOGETHER and len(set(answers)) == 1
    return answers[0] if agreed else ""


def waiting_for(user: User) -> QuerySet[ReviewPair]:
    """The unsettled pairs this user may judge: in their units, not judged by them, not of their cases."""
    judged = ReviewJudgement.objects.filter(
        officer=user, pair__register=OuterRef("register"), pair__subject_id=OuterRef("subject_id")
    )
    worked = CaseEvent.objects.filter(
        actor=user,
        move__in=_WORKED,
        case__register=OuterRef("register"),
        case__subject_id=OuterRef("subject_id"),
    )
    open_samples = ReviewSample.objects.filter(closed_at__isnull=True)
    pairs: QuerySet[ReviewPair] = ReviewPair.objects.visible_to(user).filter(
        sample__in=open_samples.values("pk"), outcome=""
    )
    return pairs.filter(~Exists(judged), ~Exists(worked))


def next_pair(*, user: User) -> ReviewPair | None:
    """The pair for this user to judge now, lent to them; None when nothing waits for them.

    Whoever comes back, or opens a second tab, finds the same pair. A pair is lent to no more officers than
    still have to judge it, so that two officers never wait for each other nor work for nothing.
    """
    now = timezone.now()
    with transaction.atomic():
        pair = _on_screen(user) or _free_pair(user, now)
        if pair is not None:
            ReviewLoan.objects.update_or_create(officer=user, defaults={"pair": pair, "until": now + LOAN})
    return pair


def judge(*, pair: ReviewPair, user: User, answer: str) -> ReviewPair:
    """Write down an answer and settle the pair if it decides. Raises `JudgementRefused`."""
    if answer not in Answer.values or not user.has_perm(JUDGE):
        raise JudgementRefused(_("Choose one of the three answers."))
    try:
        with transaction.atomic():
            return _judged(ReviewPair.objects.select_for_update().get(pk=pair.pk), user, answer)
    except IntegrityError as twice:
        raise JudgementRefused(_("You have judged this pair already: the first answer counts.")) from twice


def last_judgement(user: User) -> ReviewJudgement | None:
    """What this user answered last, if it was in the last hour: shown with the next pair."""
    own = ReviewJudgement.objects.filter(officer=user, at__gte=timezone.now() - RECENTLY)
    return own.select_related("pair").order_by("-pk").first()


def _on_screen(user: User) -> ReviewPair | None:
    """The pair this user has and may still judge, whether its time has run out or not."""
    lent = ReviewLoan.objects.filter(officer=user).values("pair")
    return waiting_for(user).filter(pk__in=lent).first()


def _free_pair(user: User, now: datetime) -> ReviewPair | None:
    """The first pair, in random order, that needs more judges than have it on the screen.

    Samples open at the same time are judged side by side: a small one does not wait for a large one.
    """
    others = ReviewLoan.objects.filter(pair=OuterRef("pk"), until__gt=now).exclude(officer=user)
    lent = others.order_by().values("pair").annotate(count=Count("pk")).values("count")
    needed = Case(When(judged__gte=_TOGETHER, then=Value(1)), default=Value(_TOGETHER) - F("judged"))
    wanted = waiting_for(user).annotate(lent=Coalesce(Subquery(lent), 0), needed=needed)
    free = wanted.filter(lent__lt=F("needed")).order_by("position", "sample_id")
    return free.select_for_update(skip_locked=True).first()


def _judged(pair: ReviewPair, user: User, answer: str) -> ReviewPair:
    _refuse_what_does_not_count(pair, user)
    ReviewJudgement.objects.create(pair=pair, officer=user, officer_name=user.get_full_name(), answer=answer)
    answers = list(pair.judgements.order_by("pk").values_list("answer", flat=True))
    pair.judged, pair.outcome = len(answers), outcome_of(answers)
    pair.settled_at = timezone.now() if pair.outcome else None
    pair.save(update_fields=["judged", "outcome", "settled_at"])
    ReviewLoan.objects.filter(officer=user).delete()
    if pair.outcome:
        _close_if_complete(pair.sample_id)
    return pair


def _refuse_what_does_not_count(pair: ReviewPair, user: User) -> None:
    if pair.judgements.filter(officer=user).exists():
        raise JudgementRefused(_("You have judged this pair already: the first answer counts."))
    if pair.outcome:
        raise JudgementRefused(_("Others have settled this pair meanwhile: your answer was not needed."))
    if not waiting_for(user).filter(pk=pair.pk).exists():
        raise JudgementRefused(_("This pair is not for you to judge, or its sample has been closed."))


def _close_if_complete(sample_id: int) -> None:
    """The last pair settled closes the sample. Two officers may settle the last two at once: one waits."""
    sample = ReviewSample.objects.select_for_update().get(pk=sample_id)
    unsettled = ReviewPair.objects.filter(sample=sample, outcome="").exists()
    if not unsettled and sample.closed_at is None:
        sample.closed_at = timezone.now()
        sample.save(update_fields=["closed_at"])
