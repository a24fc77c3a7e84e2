"""The queues officers work through: a tab, its filters, its search; stored as plain text in the address.

The same queue serves the list, previous and next on the case page, and bulk moves over all of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import VerificationCase
from cases.models.case import ENDED_STATES, CaseState, Priority
from cases.progress.behind import of_age, on_day
from cases.search import Found, find_cases
from cases.workflow import Words
from vehreg.accounts.models import User
from vehreg.adminsite.counting import capped_counts
from vehreg.adminsite.keyset import KeysetPage, keyset_page, neighbours

ORDER = ("priority", "due_on", "id")
_WORKING = (CaseState.ASSIGNED, CaseState.VERIFYING, CaseState.RETURNED)
_TO_DO = (CaseState.OPEN, *_WORKING)


_EVERY = frozenset(CaseState)
_LIVE = _EVERY - set(ENDED_STATES)


@dataclass(frozen=True)
class Tab:
    """One tab of the queue: its name in the address, what it is called, what it holds for a user."""

    name: str
    label: Words
    states: Iterable[str]
    condition: Callable[[User], Q] = lambda user: Q()


TABS = (
    Tab("todo", _("To do"), _TO_DO, lambda user: Q(assignee=user) | Q(assignee=None)),
    Tab("mine", _("Mine"), _WORKING, lambda user: Q(assignee=user)),
    Tab("unassigned", _("Unassigned"), [CaseState.OPEN], lambda user: Q(assignee=None)),
    Tab("waiting", _("Waiting"), [CaseState.WAITING]),
    Tab("proposed", _("Proposed"), [CaseState.PROPOSED]),
    Tab("returned", _("Returned"), [CaseState.RETURNED]),
    Tab("all", _("All"), _EVERY),
)
_TAB = {tab.name: tab for tab in TABS}
DEFAULT_TAB = TABS[0].name

# Filters by the name they have in the address. Each takes the text given there.
FILTERS: dict[str, Callable[[str], Q]] = {
    "state": lambda value: Q(),  # see `STATES`
    "kind": lambda value: Q(kind=value),
    "register": lambda value: Q(register=value),
    "priority": lambda value: Q(priority=int(value)) if value.isdigit() else Q(pk=None),
    "unit": lambda value: Q(unit__code=value),
    "assignee": lambda value: Q(assignee_id=int(value)) if value.isdigit() else Q(pk=None),
    "due": lambda value: _DUE.get(value, lambda: Q(pk=None))(),
    # Where the figures of the front page lead to.
    "age": of_age,
    "opened": lambda value: on_day("opened_at", value),
    "closed": lambda value: on_day("closed_at", value),
}
DUE_LABELS: list[tuple[str, Words]] = [("late", _("Overdue")), ("today", _("Due today"))]
# The index of the order begins with the priority: with all of them named, it gives a day of each.
_DUE: dict[str, Callable[[], Q]] = {
    "late": lambda: Q(due_on__lt=timezone.localdate(), priority__in=Priority.values),
    "today": lambda: Q(due_on=timezone.localdate(), priority__in=Priority.values),
}
# The states that a filter leaves. Those that tab and filters have in common are asked for once: where there
# are none, nothing is, and the database need not walk all cases to find that out.
STATES: dict[str, Callable[[str], Iterable[str]]] = {
    "state": lambda value: _LIVE if value == "live" else [value],
    "due": lambda value: _LIVE,
    "closed": lambda value: ENDED_STATES,
}


@dataclass(frozen=True)
class Queue:
    """One queue of one user: which tab, which filters, which search.

    `found`: what the search stands for, once it has been looked up.
    """

    tab: str = DEFAULT_TAB
    filters: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    found: Found | None = field(default=None, compare=False)

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Self:
        """From the address or a stored job; what it does not know is left out."""
        tab = params.get("tab", DEFAULT_TAB)
        return cls(
            tab=tab if tab in _TAB else DEFAULT_TAB,
            filters={name: params[name] for name in FILTERS if params.get(name)},
            search=params.get("q", "").strip(),
        )

    def as_params(self) -> dict[str, str]:
        """The shortest address of this queue."""
        params = dict(self.filters)
        if self.tab != DEFAULT_TAB:
            params["tab"] = self.tab
        if self.search:
            params["q"] = self.search
        return params

    def looked_up(self, user: User) -> Self:
        """The same queue with its search answered: the list and its counts all need the answer."""
        return replace(self, found=self.found or find_cases(self.search, user)) if self.search else self

    def cases(self, user: User) -> QuerySet[VerificationCase]:
        """The cases of this queue that the user may see, most urgent first."""
        condition = self._of_states() & _TAB[self.tab].condition(user)
        for name, value in self.filters.items():
            condition &= FILTERS[name](value)
        found = self.looked_up(user).found
        if found is not None:
            condition &= found.condition
        return VerificationCase.objects.visible_to(user).filter(condition).order_by(*ORDER)

    def _of_states(self) -> Q:
        """The states that the tab and all filters leave."""
        states = _EVERY.intersection(_TAB[self.tab].states)
        for name, value in self.filters.items():
            if name in STATES:
                states = states.intersection(STATES[name](value))
        return Q() if states == _EVERY else Q(state__in=sorted(states))

    def page(self, user: User, *, size: int, after: str = "", before: str = "") -> KeysetPage:
        """One page after or before a case, whether or not that case is still in the queue."""
        return keyset_page(
            self.cases(user).select_related("assignee"),
            anchors=VerificationCase.objects.visible_to(user),
            ordering=ORDER,
            size=size,
            after=after,
            before=before,
        )

    def next_to(
        self, case: VerificationCase, user: User
    ) -> tuple[VerificationCase | None, VerificationCase | None]:
        """The cases before and after one."""
        before, after = neighbours(self.cases(user), row=case, ordering=ORDER)
        return before, after

    def tab_counts(self, user: User) -> dict[str, int]:
        """How many cases each tab holds, capped, in one query."""
        here = self.looked_up(user)
        counts = {tab.name: replace(here, tab=tab.name).cases(user).order_by().values("pk") for tab in TABS}
        return capped_counts(counts)
