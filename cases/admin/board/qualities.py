"""The four cards: correct, complete, clean, live."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.admin.board import addresses, words
from cases.progress.reading import Figures
from cases.workflow import Words

_CARDS: tuple[tuple[str, Words, Words], ...] = (
    ("correct", gettext_lazy("Correct"), gettext_lazy("agree with the population register")),
    ("complete", gettext_lazy("Complete"), gettext_lazy("no mandatory field missing")),
    ("clean", gettext_lazy("Clean"), gettext_lazy("no duplicate, nothing impossible")),
    ("live", gettext_lazy("Live"), gettext_lazy("confirmed by owner or officer")),
)


@dataclass(frozen=True)
class QualityCard:
    """One card. `width` is the bar's, in percent; `rising` tells which way the change goes."""

    name: str
    label: Words
    share: str
    width: str
    change: str
    rising: bool
    note: Words
    count: str
    url: str
    missing: str
    missing_url: str


def quality_cards(request: HttpRequest, figures: Figures) -> list[QualityCard]:
    return [_card(request, figures, *row) for row in _CARDS]


def _card(request: HttpRequest, figures: Figures, name: str, label: Words, note: Words) -> QualityCard:
    share, change = figures.share(name, "vehicles"), figures.change(name, "vehicles")
    missing = figures.total("vehicles") - figures.total(name)
    return QualityCard(
        name=name,
        label=label,
        share=words.percent(share),
        width=f"{100 * (share or 0):.1f}",
        change=words.points(change),
        rising=(change or 0) > 0,
        note=note,
        count=_("%(count)s vehicles") % {"count": words.count(figures.total(name))},
        url=addresses.vehicles(request, quality=name),
        missing=_("%(count)s are not") % {"count": words.count(missing)},
        missing_url=addresses.vehicles(request, quality=f"not_{name}"),
    )
