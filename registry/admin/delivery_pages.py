"""The pages of a delivery: hand a file in, follow it through its states, undo it."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.admin.delivery_reading import reading_context
from registry.admin.delivery_steps import DELIVER, UNDO
from registry.admin.delivery_tables import disk_panel, notices_panel, numbers_of, reasons_panel
from registry.deliveries import services
from registry.deliveries.disk import foretell
from registry.deliveries.errors import Refused
from registry.deliveries.kinds import kind_label, kinds
from registry.deliveries.undo import undo_numbers
from registry.models import Delivery
from registry.models.delivery import DeliveryState
from vehreg.accounts.privacy import may_state_purpose
from vehreg.adminsite.panels import page_of
from vehreg.adminsite.steps import officer, put_on_trail, take_step

# What comes next, in words, by state.
NEXT: dict[str, Promise] = {
    DeliveryState.RECEIVED: gettext_lazy(
        "Look at the first rows below. If they are right, check the whole file;"
        " the registers are not changed yet."
    ),
    DeliveryState.REFUSED: gettext_lazy(
        "The file cannot be loaded as it was read. Choose another encoding or separator, or discard it."
    ),
    DeliveryState.VALIDATING: gettext_lazy(
        "The file is being checked. You may leave this page; the work goes on."
    ),
    DeliveryState.VALIDATED: gettext_lazy(
        "Checked; nothing is changed yet. Look at the numbers, then write the rows to the register."
    ),
    DeliveryState.APPLYING: gettext_lazy(
        "The rows are being written. If you stop it, what was written so far is taken back."
    ),
    DeliveryState.APPLIED: gettext_lazy("Done. The numbers below say what it did; it can be undone."),
    DeliveryState.UNDOING: gettext_lazy("The registers are given back what they said before."),
    DeliveryState.UNDONE: gettext_lazy("Undone. The same file may be delivered again."),
    DeliveryState.CANCELLED: gettext_lazy("Given up. The same file may be delivered again."),
    DeliveryState.FAILED: gettext_lazy(
        "The check broke off; the registers were not changed. Retry it, or deliver the file again."
    ),
}


@dataclass(frozen=True)
class Button:
    """A step allowed now: the name of its address, its words, and whether it is the natural next one."""

    url_name: str
    label: str | Promise
    permission: str
    primary: bool = False
    asks_first: bool = False
    address: str = ""


_CHECK = Button("check", gettext_lazy("Check the file"), DELIVER, primary=True)
_APPLY = Button("apply", gettext_lazy("Write to the register"), DELIVER, primary=True)
_DISCARD = Button("discard", gettext_lazy("Discard"), DELIVER)
_UNDO = Button("undo", gettext_lazy("Undo…"), UNDO, asks_first=True)
BUTTONS: dict[str, tuple[Button, ...]] = {
    DeliveryState.RECEIVED: (_CHECK, _DISCARD),
    DeliveryState.REFUSED: (_DISCARD,),
    DeliveryState.VALIDATED: (_APPLY, _DISCARD),
    DeliveryState.APPLIED: (_UNDO,),
    DeliveryState.APPLYING: (_UNDO,),
    DeliveryState.UNDOING: (_UNDO,),
}


class DeliverForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What does the file hold?"), widget=forms.RadioSelect)
    file = forms.FileField(label=gettext_lazy("file"), allow_empty_file=True, max_length=255)
    full = forms.BooleanField(
        label=gettext_lazy(
            "The file is the complete register: list what it no longer holds. Nothing is deleted."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(kind.name, kind.label) for kind in kinds()]


def deliver_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Choose a kind, drop a file; then its own page."""
    user = officer(request, DELIVER)
    form = DeliverForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            delivery = services.receive_delivery(
                kind=form.cleaned_data["kind"],
                file=file,
                filename=file.name,
                user=user,
                full=form.cleaned_data["full"],
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            put_on_trail(request, delivery, "deliver", kind=delivery.kind)
            return HttpResponseRedirect(page_of(delivery))
    context = _context(model_admin, request) | {"title": _("Deliver a file"), "form": form}
    return TemplateResponse(request, "admin/registry/delivery/deliver.html", context)


def detail_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """One delivery in its present state."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if not object_id.isdigit():
        raise Http404
    with transaction.atomic():
        delivery = get_object_or_404(Delivery, pk=int(object_id))
        context = _context(model_admin, request) | _detail(request, delivery)
        return TemplateResponse(request, "admin/registry/delivery/detail.html", context).render()


def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, with numbers; then begin."""
    user, delivery = officer(request, UNDO), get_object_or_404(Delivery, pk=pk)
    if request.method == "POST":
        return take_step(
            request, delivery, "undo", lambda: services.start_undo(delivery=delivery, user=user),
            kind=delivery.kind,
        )  # fmt: skip
    if delivery.state not in services.UNDOABLE:
        return HttpResponseRedirect(page_of(delivery))
    from django.contrib.admin import site  # noqa: PLC0415 - this view is bound by address, not to an admin

    context = {
        **site.each_context(request),
        "title": _("Undo delivery %(number)s") % {"number": f"#{pk}"},
        "opts": Delivery._meta,
        "delivery": delivery,
        "kind_label": kind_label(delivery.kind),
        "numbers": undo_numbers(delivery),
        "back": page_of(delivery),
    }
    return TemplateResponse(request, "admin/registry/delivery/undo.html", context)


def _detail(request: HttpRequest, delivery: Delivery) -> dict[str, Any]:
    job = services.job_of(delivery)
    working = delivery.state in (DeliveryState.VALIDATING, DeliveryState.APPLYING, DeliveryState.UNDOING)
    failed = delivery.state == DeliveryState.FAILED
    reading = delivery.state in (DeliveryState.RECEIVED, DeliveryState.REFUSED)
    forecast = (
        foretell(delivery) if delivery.state in (DeliveryState.RECEIVED, DeliveryState.VALIDATED) else None
    )
    panels = (
        forecast and disk_panel(forecast), reasons_panel(delivery), notices_panel(request, delivery),
    )  # fmt: skip
    return {
        "title": _("Delivery %(number)s") % {"number": f"#{delivery.pk}"},
        "delivery": delivery,
        "kind_label": kind_label(delivery.kind),
        "next_step": NEXT[delivery.state],
        "job": job if job and (working or failed) else None,
        "numbers": numbers_of(delivery),
        "panels": [panel for panel in panels if panel],
        "disk_too_small": forecast is not None and not forecast.fits,
        "buttons": _buttons(request, delivery, job),
        **(reading_context(request, delivery) if reading else {}),
    }


def _buttons(request: HttpRequest, delivery: Delivery, job: Any) -> list[Button]:
    allowed = [
        replace(button, address=reverse(f"admin:registry_delivery_{button.url_name}", args=[delivery.pk]))
        for button in BUTTONS.get(delivery.state, ())
        if request.user.has_perm(button.permission)
    ]
    if job is not None and job.is_live:
        return []  # the job's own button stops it
    return allowed


def _context(model_admin: Any, request: HttpRequest) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "offers_purpose": may_state_purpose(request.user),
    }
