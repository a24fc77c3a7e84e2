"""The officer's desk in the admin: queue, case, moves, notes, bulk. Each path is one function elsewhere."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator

from cases.admin import bulk, case_page, match_now, notes, queue
from cases.admin.exports import CaseResource
from cases.admin.moves import move_view
from cases.models import VerificationCase
from cases.queues import Queue
from vehreg.accounts.models import User
from vehreg.adminsite.admin import BaseAdmin

Step = Callable[..., HttpResponseBase]


@admin.register(VerificationCase)
class VerificationCaseAdmin(BaseAdmin):
    """The list is the queue, the detail page is the desk."""

    detail = case_page.case_view
    resource = CaseResource

    @method_decorator(transaction.non_atomic_requests)
    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return queue.queue_view(self, request)

    def export_rows(self, request: HttpRequest) -> QuerySet[Any]:
        assert isinstance(request.user, User)
        return Queue.from_params(request.GET.dict()).cases(request.user)

    def get_urls(self) -> list[URLPattern]:
        steps: list[tuple[str, Step, str]] = [
            ("<int:pk>/move/", move_view, "move"),
            ("<int:pk>/note/", notes.note_view, "note"),
            ("<int:pk>/match/", match_now.case_match_view, "match"),
            ("match/<str:register>/<int:subject_id>/", match_now.entry_match_view, "match_entry"),
            ("note/<int:pk>/", notes.attachment_view, "attachment"),
            ("bulk/", bulk.bulk_view, "bulk"),
        ]
        own = [
            path(
                route, self.admin_site.admin_view(partial(step, self)), name=f"cases_verificationcase_{name}"
            )
            for route, step, name in steps
        ]
        return own + super().get_urls()
