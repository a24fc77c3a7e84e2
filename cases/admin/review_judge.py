"""The judge's page: one pair at a time, and three answers. Nothing of verdict, score or other judges."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import ReviewPair
from cases.models.review import Answer
from cases.review.judging import JUDGE, JudgementRefused, judge, last_judgement, next_pair, waiting_for
from cases.review.shown import pair_rows
from cases.workflow import Words
from vehreg.accounts.models import User
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.counting import capped_count, count_words
from vehreg.adminsite.navigation import WORK, add_link
from vehreg.adminsite.steps import officer
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.remembered import forget, remembered

PAGE = "admin:cases_reviewpair_judge"
# A count beside the menu line may be this old, in seconds: every page shows it.
REMEMBERED = 15
# Keys, answers, their words where a person is shown and where nobody was found.
ANSWERS: tuple[tuple[str, str, Words, Words], ...] = (
    ("1", Answer.MATCH, gettext_lazy("The same person"), gettext_lazy("I found the person")),
    ("2", Answer.NO_MATCH, gettext_lazy("Not the same person"), gettext_lazy("Nobody fits")),
    ("3", Answer.UNDECIDABLE, gettext_lazy("Cannot be told"), gettext_lazy("Cannot be told")),
)


def waiting_count(request: HttpRequest) -> int:
    """How many pairs wait for this judge, at most some seconds old."""
    user = request.user
    assert isinstance(user, User)
    return remembered(_waiting_key(user), lambda: capped_count(waiting_for(user)), REMEMBERED)


def _waiting_key(user: User) -> str:
    return f"review-waiting-{user.pk}"


add_link(WORK, 70, gettext_lazy("Judge pairs"), PAGE, JUDGE, badge=waiting_count)


def judge_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """Show the next pair, or take the answer on one and come back for the next."""
    user = officer(request, JUDGE)
    if request.method == "POST":
        return _answer(request, user)
    return _show(model_admin, request, user)


def _show(model_admin: BaseAdmin, request: HttpRequest, user: User) -> HttpResponse:
    """The look is on the trail before the pair is shown."""
    pair = next_pair(user=user)
    if pair is not None:
        _record_look(request, pair)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Judge pairs"),
        "waiting": count_words(capped_count(waiting_for(user))),
        "last": last_judgement(user),
    }
    return render(request, "admin/cases/review/judge.html", context | _pair_context(request, pair))


def _pair_context(request: HttpRequest, pair: ReviewPair | None) -> dict[str, Any]:
    if pair is None:
        return {"pair": None}
    nobody = pair.shown["person"] is None
    return {
        "pair": pair,
        # Judging is the purpose: whoever judges sees the numbers whole.
        "rows": pair_rows(pair, whole=True),
        "nobody": nobody,
        "answers": [(key, code, other if nobody else words) for key, code, words, other in ANSWERS],
        "search_url": _search_url(request, pair) if nobody else "",
    }


def _search_url(request: HttpRequest, pair: ReviewPair) -> str:
    """The population register, asked for the name: nobody was found, so the judge looks."""
    if not request.user.has_perm("registry.view_person"):
        return ""
    return f"{reverse('admin:registry_person_changelist')}?{urlencode({'q': pair.shown['party']['name']})}"


def _record_look(request: HttpRequest, pair: ReviewPair) -> None:
    """Judging is the purpose; whose entry and which person were seen is in the detail, as ids."""
    record(
        AuditEvent.Kind.VIEW,
        request=request,
        subject_type="reviewpair",
        subject_id=pair.pk,
        detail={"register": pair.register, "entry": pair.subject_id, "person": pair.person_id},
    )


def _answer(request: HttpRequest, user: User) -> HttpResponse:
    pk = request.POST.get("pair", "")
    pair = ReviewPair.objects.visible_to(user).filter(pk=pk).first() if pk.isdigit() else None
    if pair is None:
        raise BadRequest
    try:
        with transaction.atomic():
            judge(pair=pair, user=user, answer=request.POST.get("answer", ""))
    except JudgementRefused as refused:
        messages.warning(request, str(refused))
    forget(_waiting_key(user))
    return HttpResponseRedirect(reverse(PAGE))
