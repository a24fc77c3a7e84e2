"""The front page before there is anything to show: what each role does next."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.admin.board import addresses
from cases.models import MatchRun
from cases.progress.reading import Figures
from cases.workflow import Words
from registry.models import Delivery
from registry.models.delivery import GONE_STATES
from vehreg.accounts.models import User
from vehreg.accounts.roles import WARD_ROLES
from vehreg.adminsite.panels import list_url


@dataclass(frozen=True)
class NextStep:
    """What is missing, what to do about it, and where."""

    title: Words
    text: Words
    url: str = ""
    button: Words = ""


def next_step(request: HttpRequest, figures: Figures) -> NextStep | None:
    """What has to happen before figures mean anything; None when they do."""
    if figures.total("vehicles") or figures.total("backlog") or figures.total("done"):
        return None
    if not Delivery.objects.exclude(state__in=GONE_STATES).exists():
        return _nothing_delivered(request)
    if figures.counted_at is None:
        return NextStep(_("Nothing counted yet"), _("The figures are counted every minute. Look again soon."))
    if isinstance(request.user, User) and request.user.role in WARD_ROLES:
        return NextStep(
            _("Nothing in your ward yet"),
            _("No vehicle is registered here so far. Cases come when the city has loaded and matched them."),
        )
    return NextStep(
        _("No vehicle yet"),
        _("A delivery is there, but no vehicle has been loaded. Look at how far the deliveries are."),
        addresses.deliveries(request),
        _("Deliveries"),
    )


def missing_match(request: HttpRequest) -> NextStep | None:
    """A line above the figures while no matching run has ended."""
    if MatchRun.objects.filter(state=MatchRun.State.DONE).exclude(scope=MatchRun.Scope.SINGLE).exists():
        return None
    if not request.user.has_perm("cases.add_matchrun"):
        return NextStep("", _("The registers have not been matched yet: nothing counts as correct so far."))
    return NextStep(
        "",
        _("The registers have not been matched yet: start a matching run."),
        list_url(request, MatchRun, "").rstrip("?"),
        _("Matching runs"),
    )


def _nothing_delivered(request: HttpRequest) -> NextStep:
    title = _("Nothing delivered yet")
    if request.user.has_perm("registry.add_delivery"):
        return NextStep(
            title,
            _("Load the population register first, then vehicles, licences and declarations."),
            _add_delivery(),
            _("New delivery"),
        )
    if request.user.has_perm("cases.add_matchrun"):
        return NextStep(
            title,
            _("The registrar loads the registers; then start a matching run, and cases go to the wards."),
            addresses.deliveries(request),
            _("Deliveries"),
        )
    if request.user.has_perm("cases.work_verificationcase"):
        return NextStep(
            title, _("Your cases appear here when the city has loaded the registers and matched them.")
        )
    return NextStep(
        title, _("The trail of who signed in and what was changed is kept from the first day."), _trail(),
        _("Audit trail"),
    )  # fmt: skip


def _add_delivery() -> str:
    return reverse("admin:registry_delivery_add")


def _trail() -> str:
    return reverse("admin:audit_auditevent_changelist")
