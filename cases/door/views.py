"""The page at the door, and what its scripts ask for."""

import io
import json
import uuid
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from cases.door import choices, shell
from cases.door.guards import for_officers, for_the_page, said
from cases.door.lookup import Known, look_up
from cases.door.taking import take_declaration, taken_declaration
from cases.door.words import WORDS
from cases.intake.services import Outcome
from cases.photographs.errors import PhotographRefused
from cases.photographs.pictures import MOST_BYTES
from cases.photographs.services import keep_photograph
from registry.models import Vehicle
from registry.models.vehicle import PlateColour, VehicleKind
from vehreg.accounts.models import User
from vehreg.adminsite.looks import record_search
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

# How the answer to a declaration begins with what came of it.
_STATUS = {Outcome.ACCEPTED: 201, Outcome.KNOWN: 200, Outcome.CONFLICT: 409, Outcome.REFUSED: 422}


@require_GET
@for_officers
def page_view(request: HttpRequest) -> HttpResponse:
    """The page without anybody's data: the telephone keeps it for when there is no connection."""
    context = {
        "words": {name: str(word) for name, word in WORDS.items()},
        "vehicle_statuses": choices.vehicle_statuses(),
        "licence_statuses": choices.licence_statuses(),
        "with_other_side": sorted(choices.WITH_OTHER_SIDE),
        "vehicle_kinds": [(value, capfirst(label)) for value, label in VehicleKind.choices],
        "plate_colours": [(value, capfirst(label)) for value, label in PlateColour.choices],
    }
    return TemplateResponse(request, "door/page.html", context)


@require_GET
def worker_view(request: HttpRequest) -> HttpResponse:
    """The service worker, below the page's own address so that it serves this page and no other."""
    settings = {"version": shell.version(), "page": reverse("door"), "files": shell.addresses()}
    script = f"const DOOR = {json.dumps(settings)};\nimportScripts({json.dumps(static(shell.WORKER))});\n"
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_GET
@ensure_csrf_cookie
@for_the_page
def officer_view(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and what time it is: a telephone's clock may be wrong."""
    officer = _officer(request)
    unit = str(officer.unit or "")
    return said(200, id=officer.pk, name=str(officer), unit=unit, now=timezone.now().isoformat())


# Non-atomic: the trail is committed at once, and stays when the answer fails.
@transaction.non_atomic_requests
@require_GET
@for_the_page
def lookup_view(request: HttpRequest) -> HttpResponse:
    """What the registers know of a plate or number."""
    text = request.GET.get("q", "")[:100]
    record_search(request, Vehicle, text, door=True)
    known = look_up(text, officer=_officer(request))
    if known is None:
        return said(
            400, error="not_a_number", message=_("Type a plate, a licence number or a personal number.")
        )
    _record_looks(request, known)
    return said(200, **asdict(known))


# Non-atomic: what is answered as received is committed.
@transaction.non_atomic_requests
@require_POST
@for_the_page
def declarations_view(request: HttpRequest) -> HttpResponse:
    """Take one declaration. Sent again it is known, and nothing is made twice."""
    try:
        sent = dict(json.loads(request.body))
        external_id = uuid.UUID(sent.get("external_id"))
    except (ValueError, TypeError, AttributeError):
        return said(400, error="not_understood", message=_("The declaration could not be read."))
    received = take_declaration(officer=_officer(request), external_id=external_id, said=sent)
    errors = [error._asdict() for error in received.errors]
    return said(_STATUS[received.outcome], outcome=received.outcome, id=received.declaration, errors=errors)


@require_POST
@for_the_page
def photographs_view(request: HttpRequest, external_id: uuid.UUID) -> HttpResponse:
    """Take one photograph, as the body of the request, for a declaration that this officer took."""
    officer = _officer(request)
    declaration = taken_declaration(officer=officer, external_id=external_id)
    if declaration is None:
        return said(404, error="unknown", message=_("This declaration has not been received."))
    try:
        file = io.BytesIO(request.read(MOST_BYTES + 1))
        photograph = keep_photograph(declaration=declaration, file=file, user=officer)
    except PhotographRefused as refused:
        return said(422, error=refused.code, message=str(refused))
    return said(201, id=photograph.pk)


def _officer(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _record_looks(request: HttpRequest, known: Known) -> None:
    """Each row that is shown: an auditor asks who saw this vehicle."""
    shown: list[tuple[str, Any]] = [("person", person) for person in known.people]
    shown += [
        ("vehicle" if entry.subject == "vehicle" else "driverlicence", entry) for entry in known.entries
    ]
    for subject, one in shown:
        record(
            AuditEvent.Kind.VIEW,
            request=request,
            subject_type=subject,
            subject_id=one.id,
            detail={"door": True},
        )
