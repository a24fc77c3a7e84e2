"""Puts looks on the trail: which row, which search.

A look is recorded before the page is made. The views that call this are marked non-atomic, so the event is
committed at once and stays when the page fails and everything else is rolled back.
"""

from typing import Any

from django.db import models
from django.http import HttpRequest

from vehreg.accounts.privacy import stated_purpose
from vehreg.adminsite.search import masked_term
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record


def record_view(request: HttpRequest, row: models.Model) -> None:
    """Somebody opens one row."""
    record(
        AuditEvent.Kind.VIEW,
        request=request,
        subject_type=row._meta.model_name or "",
        subject_id=row.pk,
        purpose=stated_purpose(request) or "",
    )


def record_search(request: HttpRequest, model: type[models.Model], text: str, **detail: Any) -> None:
    """Somebody searches a register."""
    record(
        AuditEvent.Kind.SEARCH,
        request=request,
        subject_type=model._meta.model_name or "",
        purpose=stated_purpose(request) or "",
        detail={"text": masked_term(text), **detail},
    )
