"""The work on one subject: an owner, a vehicle or a licence."""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.kinds import DiscrepancyKind
from cases.models.subject import AboutSubject
from cases.models.tally import FORGET_COUNTS, Tallied, day_of
from registry.models.base import key_field
from vehreg.accounts.scope import ScopedQuerySet

NUMBER_PREFIX = "HN-"


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    ASSIGNED = "assigned", _("Assigned")
    VERIFYING = "verifying", _("Being verified")
    WAITING = "waiting", _("Waiting")
    PROPOSED = "proposed", _("Proposed")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ENDED_STATES = (CaseState.CLOSED, CaseState.WITHDRAWN)
_ENDED = ", ".join(f"'{state}'" for state in ENDED_STATES)
_IS_OPEN = f"counted.state NOT IN ({_ENDED})"
# What the front page says of cases. What is open counts on the day it came and on the day it is due.
CASES_TALLIED = Tallied(
    columns=("unit_id", "state", "opened_at", "due_on", "closed_at"),
    tallies=(
        ("'state_' || counted.state", "NULL::date", "true"),
        ("'opened'", day_of("opened_at"), "true"),
        ("'closed'", day_of("closed_at"), "counted.closed_at IS NOT NULL"),
        ("'open_since'", day_of("opened_at"), _IS_OPEN),
        ("'open_until'", "counted.due_on", _IS_OPEN),
    ),
)
# Where most cases are.
COMMON_STATES = (CaseState.OPEN, CaseState.CLOSED)


class Priority(models.IntegerChoices):
    """The numbers of `cases.matching.verdicts`: 1 is worked first."""

    URGENT = 1, _("Urgent")
    SOON = 2, _("Soon")
    NORMAL = 3, _("Normal")
    ROUTINE = 4, _("Routine")


class Disposition(models.TextChoices):
    """How an officer proposes to end a case."""

    LINK_PERSON = "link_person", _("This is the person: correct the register")
    CORRECT_ENTRY = "correct_entry", _("Correct the entry as shown")
    ENTRY_RIGHT = "entry_right", _("The register is right: nothing to change")
    NOBODY_FITS = "nobody_fits", _("None of these people")
    INHERITANCE = "inheritance", _("Owner has died: to the heirs")
    TRANSFER = "transfer", _("Changed hands: transfer to be registered")
    AS_DECLARED = "as_declared", _("Correct as declared")
    CHANGE_STATUS = "change_status", _("Change the status of the vehicle")


class VerificationCase(AboutSubject):
    """One case. At most one is open for a subject: the database sees to it.

    A move is a guarded update on `state` and `version` (see `cases.workflow`); the proposal stands in
    the `proposed_…`, `disposition` and `changes` columns until it is approved or returned.
    """

    # The queues below begin with unit and assignee. A unit is taken from the entry's or the person's own key.
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        related_name="cases",
        verbose_name=_("unit"),
        db_index=False,
        db_constraint=False,
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="cases",
        verbose_name=_("officer"),
        db_index=False,
    )
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.OPEN)
    kind = models.CharField(_("what is wrong"), max_length=24, choices=DiscrepancyKind)
    priority = models.SmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    due_on = models.DateField(_("due on"))
    version = models.IntegerField(_("version"), default=1)
    # What the register called the subject when the case was opened: for lists and their order.
    subject_name = models.TextField(_("name"))
    vehicle_count = models.PositiveIntegerField(_("vehicles"), default=0)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by_run = models.ForeignKey(
        "cases.MatchRun",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("opened by run"),
        db_index=False,
        db_constraint=False,
    )
    moved_at = models.DateTimeField(_("moved at"))
    waiting_for = models.TextField(_("waiting for"), blank=True)
    waiting_until = models.DateField(_("waiting until"), null=True)

    disposition = models.CharField(_("proposal"), max_length=16, choices=Disposition, blank=True)
    person = models.ForeignKey(
        "registry.Person",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person chosen"),
        db_index=False,
    )
    # [{"register": "owner", "id": 1, "field": "name", "old": "…", "new": "…"}, …]
    changes = models.JSONField(_("changes"), default=list)
    reason = models.TextField(_("reason"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
        db_index=False,
    )
    proposed_at = models.DateTimeField(_("proposed at"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
        db_index=False,
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    name_key = key_field("subject_name", "vr_fold")
    name_sort = key_field("subject_name", "vr_name_sort")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["priority", "due_on", "id"]
        permissions = [
            ("work_verificationcase", "Can work on cases"),
            ("assign_verificationcase", "Can assign cases"),
            ("approve_verificationcase", "Can approve proposals"),
            ("view_dashboard", "Can see the dashboard"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "subject_id"],
                condition=~Q(state__in=ENDED_STATES),
                name="cases_one_open_case",
            ),
            models.CheckConstraint(
                name="cases_nobody_approves_own_proposal",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
            ),
        ]
        indexes = [
            # The queues, most urgent first: a unit's; an officer's own; the city's. Tabs and filters are
            # answered from the index alone.
            models.Index(
                fields=["unit", "priority", "due_on", "id"],
                include=["state", "kind", "register", "assignee", "opened_at", "closed_at"],
                name="cases_case_ward_idx",
            ),
            models.Index(
                fields=["assignee", "state", "priority", "due_on", "id"], name="cases_case_assignee_idx"
            ),
            models.Index(
                fields=["priority", "due_on", "id"],
                include=["state", "kind", "register", "assignee"],
                name="cases_case_order_idx",
            ),
            # The city's by what is wrong, and by the states that few cases are in.
            models.Index(
                fields=["kind", "priority", "due_on", "id"],
                include=["state", "register", "assignee"],
                name="cases_case_what_idx",
            ),
            models.Index(
                fields=["state", "priority", "due_on", "id"],
                include=["kind", "register", "assignee"],
                condition=~Q(state__in=COMMON_STATES),
                name="cases_case_moving_idx",
            ),
            # All cases a subject ever had.
            models.Index(fields=["register", "subject_id", "-id"], name="cases_case_subject_idx"),
            # The cases of a person who goes; of an officer, as proposer and as approver.
            models.Index(fields=["person"], name="cases_case_person_idx", condition=Q(person__isnull=False)),
            models.Index(
                fields=["proposed_by"],
                name="cases_case_proposer_idx",
                condition=Q(proposed_by__isnull=False),
            ),
            models.Index(
                fields=["approved_by"],
                name="cases_case_approver_idx",
                condition=Q(approved_by__isnull=False),
            ),
            # What came in and went out on a day: the daily figures, and the lists behind them. Cases come
            # in the order of time.
            models.Index(
                fields=["closed_at"],
                include=["priority", "due_on", "state", "kind", "register", "unit"],
                name="cases_case_ended_idx",
                condition=Q(closed_at__isnull=False),
            ),
            BrinIndex(fields=["opened_at"], name="cases_case_opened_idx"),
        ]
        triggers = [*CASES_TALLIED.triggers(), FORGET_COUNTS]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number officers quote: HN-0183422."""
        return f"{NUMBER_PREFIX}{self.pk:07d}"

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED_STATES
