"""The lines of cases in the menu, with how many wait in each queue."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.queues import Queue
from vehreg.accounts.models import User
from vehreg.accounts.scope import sees_every_unit
from vehreg.adminsite.counting import capped_counts
from vehreg.adminsite.navigation import LOOKUP, WATCH, WORK, add_link
from vehreg.remembered import remembered

QUEUE = "admin:cases_verificationcase_changelist"
# A count beside a menu line may be this old, in seconds: every page shows them.
REMEMBERED = 15
_WITH_COUNT = ("mine", "unassigned", "waiting", "proposed", "returned")


def queue_counts(user: User) -> dict[str, int]:
    """Capped counts of the queues in the menu, remembered for some seconds."""
    return remembered(f"queue-counts-{user.pk}", lambda: _count(user), REMEMBERED)


def _count(user: User) -> dict[str, int]:
    return capped_counts({name: Queue(name).cases(user).values("pk") for name in _WITH_COUNT})


def badge_of(tab: str) -> Callable[[HttpRequest], int | None]:
    def badge(request: HttpRequest) -> int | None:
        assert isinstance(request.user, User)
        return queue_counts(request.user)[tab]

    return badge


def _sees_all(request: HttpRequest) -> bool:
    return sees_every_unit(request.user)


for order, tab, title in (
    (10, "", _("To do")),
    (20, "mine", _("My cases")),
    (30, "unassigned", _("Unassigned")),
    (40, "waiting", _("Waiting")),
    (50, "proposed", _("To be approved")),
    (60, "returned", _("Returned")),
):
    add_link(
        WORK,
        order,
        title,
        QUEUE,
        "cases.work_verificationcase",
        query=f"?tab={tab}" if tab else "",
        badge=badge_of(tab) if tab else None,
    )
add_link(WORK, 70, _("At the door"), "door", "cases.add_declaration")
add_link(LOOKUP, 5, _("All cases"), QUEUE, "cases.view_verificationcase", query="?tab=all")

add_link(WATCH, 10, _("Overview"), "admin:index", "cases.view_dashboard")
add_link(
    WATCH,
    20,
    _("126 wards and communes"),
    "admin:cases_dailyfigure_changelist",
    "cases.view_dashboard",
    shown=_sees_all,
)
