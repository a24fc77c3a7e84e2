"""The queue: which cases there are to do, most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Min, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import VerificationCase
from cases.models.case import CaseState, Priority
from cases.models.kinds import DiscrepancyKind
from cases.models.subject import Register
from cases.queues import DUE_LABELS, TABS, Queue
from cases.search import is_too_short
from cases.services.bulk import bulk_moves_for
from cases.workflow import Words
from registry.models import DriverLicence, Vehicle
from vehreg.accounts.models import Unit, User
from vehreg.accounts.scope import sees_every_unit
from vehreg.adminsite import looks
from vehreg.adminsite.admin import TOO_WIDE, BaseAdmin
from vehreg.adminsite.changelist import first_of_a_name
from vehreg.adminsite.counting import count_words
from vehreg.adminsite.patience import COUNT_MS, TookTooLong, patient, within
from vehreg.jobs.models import Job
from vehreg.remembered import UNITS_REMEMBERED, remembered

PAGE_SIZE = 50


@dataclass(frozen=True)
class FilterField:
    """One drop-down above the queue."""

    name: str
    label: Words
    choices: list[tuple[str, Words]]
    chosen: str


def queue_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """One page of the queue the address names."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    assert isinstance(request.user, User)
    queue = Queue.from_params(request.GET.dict())
    if queue.search:
        looks.record_search(request, VerificationCase, queue.search)
        if is_too_short(queue.search):
            messages.warning(request, _("Type at least three characters."))
    try:
        with patient():
            context = _context(model_admin, request, request.user, queue)
    except TookTooLong:
        messages.warning(request, TOO_WIDE)
        context = _context(model_admin, request, request.user, Queue(filters={"state": "none"}))
    return render(request, "admin/cases/queue.html", context)


def _context(model_admin: BaseAdmin, request: HttpRequest, user: User, asked: Queue) -> dict[str, Any]:
    queue = asked.looked_up(user)
    if queue.found and queue.found.is_part:
        messages.info(request, first_of_a_name())
    page = queue.page(
        user,
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    counts = _tab_counts(queue, user)
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Cases"),
        "opts": model_admin.opts,
        "queue": queue,
        "query": urlencode(queue.as_params()),
        "tabs": [
            (tab, count_words(counts[tab.name]), _address(Queue(tab.name, queue.filters, queue.search)))
            for tab in TABS
        ],
        "count": count_words(counts[queue.tab]),
        "filters": filter_fields(queue, user),
        "cases": with_labels(list(page.rows)),
        "previous_url": _page_address(queue, "before", page.rows[0])
        if page.has_previous and page.rows
        else "",
        "next_url": _page_address(queue, "after", page.rows[-1]) if page.has_next and page.rows else "",
        "today": timezone.localdate(),
        "job": _job(request),
        "bulk_moves": bulk_moves_for(user),
        "offers_purpose": False,
        "offers_export": user.has_perm("registry.export_registers"),
    }


def _tab_counts(queue: Queue, user: User) -> Mapping[str, int | None]:
    """How many cases each tab holds; None where that is not to be had in a moment."""
    try:
        with within(COUNT_MS):
            return queue.tab_counts(user)
    except TookTooLong:
        return dict.fromkeys(tab.name for tab in TABS)


def _job(request: HttpRequest) -> Job | None:
    """The bulk move this user has just begun."""
    number = request.GET.get("job", "")
    return Job.objects.filter(pk=number, created_by_id=request.user.pk).first() if number.isdigit() else None


def filter_fields(queue: Queue, user: User) -> list[FilterField]:
    """The filters a user has; only those who see every unit choose among units."""
    fields: list[tuple[str, Words, Any]] = [
        ("kind", _("What is wrong"), DiscrepancyKind.choices),
        ("priority", _("Priority"), [(str(value), label) for value, label in Priority.choices]),
        ("due", _("Due"), DUE_LABELS),
        ("register", _("Register"), Register.choices),
    ]
    if queue.tab == "all":
        fields.append(("state", _("State"), [("live", _("Not closed")), *CaseState.choices]))
    if sees_every_unit(user):
        fields.append(("unit", _("Unit"), unit_choices()))
    return [
        FilterField(name, label, list(choices), queue.filters.get(name, ""))
        for name, label, choices in fields
    ]


def unit_choices() -> list[tuple[str, str]]:
    """The city team and the wards."""
    units = Unit.objects.exclude(kind=Unit.Kind.OFFICE).order_by("name")
    return remembered(
        "unit-choices", lambda: [(unit.code, unit.short_name) for unit in units], UNITS_REMEMBERED
    )


def with_labels(cases: list[VerificationCase]) -> list[VerificationCase]:
    """Give each case the plate or licence number officers know it by, in one query."""
    labels = {(register, pk): text or "" for register, pk, text in _labels(cases)}
    for case in cases:
        case.label = labels.get((case.register, case.subject_id), "")  # type: ignore[attr-defined]
    return cases


def _labels(cases: list[VerificationCase]) -> Any:
    """(register, id, plate or number) of the subjects of these cases; of an owner the first plate."""
    ids: dict[str, list[int]] = {register: [] for register in Register.values}
    for case in cases:
        ids[case.register].append(case.subject_id)
    owners = Vehicle.objects.filter(owner_id__in=ids[Register.OWNER]).values("owner_id")
    vehicles = Vehicle.objects.filter(pk__in=ids[Register.VEHICLE])
    licences = DriverLicence.objects.filter(pk__in=ids[Register.LICENCE])
    return (
        owners.annotate(of=Value(Register.OWNER), label=Min("plate"))
        .values_list("of", "owner_id", "label")
        .union(
            vehicles.annotate(of=Value(Register.VEHICLE)).values_list("of", "pk", "plate"),
            licences.annotate(of=Value(Register.LICENCE)).values_list("of", "pk", "number"),
            all=True,
        )
    )


def _address(queue: Queue, **more: str) -> str:
    params = urlencode(queue.as_params() | more)
    return reverse("admin:cases_verificationcase_changelist") + (f"?{params}" if params else "")


def _page_address(queue: Queue, side: str, case: VerificationCase) -> str:
    return _address(queue, **{side: str(case.pk)})
