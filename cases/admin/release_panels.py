"""The tables on a release's page: what will be corrected, examples, what the sample found, how it ended."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from cases.models import Release, ReleaseCase, ReviewPair, VerificationCase
from cases.models.review import Answer
from cases.releases.previews import Example, release_examples
from cases.releases.words import planned_words
from cases.services.corrections import Change, field_label
from registry.models import Person
from registry.models.base import BirthPrecision
from registry.privacy import mask_received
from vehreg.accounts.privacy import stated_purpose
from vehreg.adminsite.panels import PANEL_ROWS, Cell, Panel, detail_url
from vehreg.adminsite.words import NOTHING, count, words

_WRONG = (Answer.NO_MATCH, Answer.UNDECIDABLE)
_BADGES: dict[str, str] = {
    ReleaseCase.State.HELD: "info",
    ReleaseCase.State.RELEASED: "good",
    ReleaseCase.State.SKIPPED: "warn",
    ReleaseCase.State.RESTORED: "plain",
    ReleaseCase.State.KEPT: "warn",
}


def planned_panel(release: Release) -> Panel:
    """What the release corrects, counted when the lot was frozen."""
    rows = [[Cell(label), Cell(number)] for label, number in planned_words(release)]
    return Panel(
        _("What the release corrects"),
        columns=[_("field"), _("entries")],
        rows=rows,
        empty=_("Nothing: the cases are closed, the registers stay as they are."),
    )


def outcomes_panel(release: Release) -> Panel | None:
    """How many cases of the lot ended how; each number opens its list."""
    if not release.counts:
        return None
    address = reverse("admin:cases_release_cases", args=[release.pk])
    rows = [
        [Cell(str(label), url=f"{address}?state={state}"), Cell(count(release.counts[state]))]
        for state, label in ReleaseCase.State.choices
        if release.counts.get(state)
    ]
    return Panel(_("What became of the cases"), columns=[_("state"), _("cases")], rows=rows)


def examples_panel(request: HttpRequest, release: Release) -> Panel:
    """Some cases with what would be written, numbers masked without a purpose."""
    whole = stated_purpose(request) is not None
    examples = release_examples(release)
    people = Person.objects.in_bulk([example.row.person_id for example in examples if example.row.person_id])
    rows = [
        [Cell(example.row.case.number, url=detail_url(request, example.row.case)), *cells]
        for example in examples
        for cells in _changes(example, people, whole=whole)
    ]
    return Panel(
        _("Examples"),
        columns=[_("case"), _("field"), _("before"), _("after")],
        rows=rows,
        note=_("the first cases of the lot"),
        more_url=reverse("admin:cases_release_cases", args=[release.pk]),
        more=_("All cases of the lot"),
        wide=True,
    )


def wrong_panel(request: HttpRequest, release: Release) -> Panel | None:
    """The pairs of the sample that count as errors, with their cases."""
    pairs = list(
        ReviewPair.objects.filter(sample=release.sample_id, outcome__in=_WRONG).order_by("position")[
            :PANEL_ROWS
        ]
    )
    if not pairs:
        return None
    cases = _cases_of(release, pairs)
    rows = [
        [
            Cell(str((pair.shown.get("party") or {}).get("name") or NOTHING)),
            Cell(str((pair.shown.get("person") or {}).get("name") or NOTHING)),
            Cell(str(pair.get_outcome_display()), badge="bad" if pair.outcome == Answer.NO_MATCH else "warn"),
            _case_cell(request, cases.get((pair.register, pair.subject_id))),
        ]
        for pair in pairs
    ]
    return Panel(
        _("Errors in the sample"),
        columns=[_("register says"), _("population register says"), _("outcome"), _("case")],
        rows=rows,
        note=_("these cases stay with the officers"),
        wide=True,
    )


def state_cell(row: ReleaseCase) -> Cell:
    return Cell(str(row.get_state_display()), badge=_BADGES[row.state])


def _changes(example: Example, people: dict[int, Person], *, whole: bool) -> list[list[Cell]]:
    if not example.changes:
        return [[Cell(NOTHING), Cell(NOTHING), Cell(NOTHING)]]
    return [
        [
            Cell(field_label(Change(**change))),
            _said(change["field"], change["old"], people, whole=whole),
            _said(change["field"], change["new"], people, whole=whole),
        ]
        for change in example.changes
    ]


def _said(field: str, value: Any, people: dict[int, Person], *, whole: bool) -> Cell:
    if field == "person":
        return Cell(people[value].full_name if value in people else NOTHING)
    if field.endswith("birth_date") and value:
        return Cell(words(parse_date(value)))
    if field.endswith("birth_precision") and value:
        return Cell(str(BirthPrecision(value).label))
    return Cell(mask_received(field, value, whole=whole) or NOTHING)


def _cases_of(release: Release, pairs: list[ReviewPair]) -> dict[tuple[str, int], VerificationCase]:
    subjects = [pair.subject_id for pair in pairs]
    found = ReleaseCase.objects.filter(release=release, verdict__in=[pair.verdict_id for pair in pairs])
    rows = found.filter(subject_id__in=subjects).select_related("case")
    return {(row.register, row.subject_id): row.case for row in rows}


def _case_cell(request: HttpRequest, case: VerificationCase | None) -> Cell:
    return Cell(case.number, url=detail_url(request, case)) if case else Cell(NOTHING)
