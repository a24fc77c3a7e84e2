"""Review in the admin: the quality page, the judge's page, the pairs that are settled."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cases.admin import review_quality
from cases.admin.review_judge import judge_view
from cases.admin.review_pair_panels import PairResource, judgements_panel, sides_panel
from cases.admin.review_words import band_words, percent
from cases.models import ReviewPair, ReviewSample
from cases.review.bands import NOBODY
from registry.admin.badges import badge
from vehreg.adminsite.admin import BaseAdmin

_BADGES = {"match": "good", "no_match": "bad", "undecidable": "warn"}


@admin.register(ReviewSample)
class ReviewSampleAdmin(BaseAdmin):
    """The list is the quality page; a sample of its own is the same page for that sample."""

    detail = review_quality.quality_view
    looks_are_recorded = False  # figures only, nobody is named

    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return review_quality.quality_view(self, request)

    def get_urls(self) -> list[URLPattern]:
        draw = self.admin_site.admin_view(review_quality.draw_view)
        close = self.admin_site.admin_view(review_quality.close_view)
        return [
            path("draw/", draw, name="cases_reviewsample_draw"),
            path("<int:pk>/close/", close, name="cases_reviewsample_close"),
            *super().get_urls(),
        ]


@admin.register(ReviewPair)
class ReviewPairAdmin(BaseAdmin):
    """Settled pairs with what was answered. Those still open are shown to their judges only, blind."""

    holds_numbers = True
    list_display = (
        "number",
        "name",
        "verdict_shown",
        "band_shown",
        "score_shown",
        "outcome_shown",
        "settled_at",
    )
    list_display_links = ("number", "name")
    list_filter = ("outcome",)
    list_select_related = ("verdict",)
    links = frozenset({"sample__id__exact"})
    ordering = ("-id",)
    resource = PairResource
    panels: ClassVar = (sides_panel, judgements_panel)
    readonly_fields = ("number", "name", "verdict_shown", "band_shown", "score_shown", "outcome_shown")
    fieldsets = ((_("Review pair"), {"fields": (*readonly_fields, "settled_at")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(outcome="")

    def get_urls(self) -> list[URLPattern]:
        # Not atomic as a whole: the look is on the trail before the pair is shown.
        view = transaction.non_atomic_requests(partial(judge_view, self))
        return [
            path("judge/", self.admin_site.admin_view(view), name="cases_reviewpair_judge"),
            *super().get_urls(),
        ]

    @admin.display(description=_("no."))
    def number(self, pair: ReviewPair) -> str:
        return str(pair)

    @admin.display(description=_("entry"))
    def name(self, pair: ReviewPair) -> str:
        return str(pair.shown["party"]["name"])

    @admin.display(description=_("verdict"))
    def verdict_shown(self, pair: ReviewPair) -> str:
        return pair.verdict.get_verdict_display()

    @admin.display(description=_("score band"))
    def band_shown(self, pair: ReviewPair) -> str:
        return band_words(pair.stratum.partition(":")[2])

    @admin.display(description=_("score"))
    def score_shown(self, pair: ReviewPair) -> str:
        return percent(None if pair.stratum.endswith(f":{NOBODY}") else pair.verdict.score)

    @admin.display(description=_("outcome"))
    def outcome_shown(self, pair: ReviewPair) -> str:
        return badge(pair.get_outcome_display(), _BADGES[pair.outcome])
