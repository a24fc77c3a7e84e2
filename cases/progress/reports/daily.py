"""The report of a day: the four qualities, the cases, the wards, and the days of the campaign."""

from django.utils.translation import gettext_lazy as _

from cases.models.case import CaseState
from cases.progress.reading import Figures
from cases.progress.reports.sheets import Column, Kind, Sheet, Value
from cases.progress.standings import Standing
from cases.workflow import Words

_QUALITIES: tuple[tuple[str, Words], ...] = (
    ("correct", _("Correct")),
    ("complete", _("Complete")),
    ("clean", _("Clean")),
    ("live", _("Live")),
)
_WORK: tuple[tuple[str, Words], ...] = (
    ("backlog", _("Cases left")),
    ("overdue", _("Overdue")),
    ("age_new", _("under 3 days")),
    ("age_week", _("3–7 days")),
    ("age_old", _("over 7 days")),
    *((f"state_{state.value}", state.label) for state in CaseState),
)
_FLOWS: tuple[tuple[str, Words], ...] = (
    ("opened", _("Cases opened")),
    ("closed", _("Cases closed")),
    ("declared", _("Vehicles declared")),
    ("declared_licences", _("Licences declared")),
    ("confirmed", _("Vehicles confirmed")),
)
_WARD_COLUMNS = (
    Column("#", Kind.COUNT, 5),
    Column(_("Unit"), width=24),
    Column(_("Vehicles"), Kind.COUNT),
    Column(_("Live"), Kind.SHARE, 9),
    Column(_("Done"), Kind.SHARE, 12),
    Column(_("Left"), Kind.COUNT),
    Column(_("Overdue"), Kind.COUNT, 10),
    Column(_("A day"), Kind.COUNT, 9),
    Column(_("Expected"), Kind.DAY),
)


def daily(figures: Figures, standings: list[Standing]) -> list[Sheet]:
    return [_qualities(figures), _work(figures), _wards(standings), _days(figures)]


def _qualities(figures: Figures) -> Sheet:
    rows: list[list[Value]] = [
        [
            str(label),
            figures.total(name),
            figures.share(name, "vehicles"),
            figures.change(name, "vehicles"),
        ]
        for name, label in _QUALITIES
    ]
    rows += [
        [str(_("All vehicles")), figures.total("vehicles"), None, None],
        [str(_("All driving licences")), figures.total("licences"), None, None],
    ]
    columns = (
        Column(_("Quality"), width=24),
        Column(_("Vehicles"), Kind.COUNT),
        Column(_("Share"), Kind.SHARE),
        Column(_("Since the day before"), Kind.CHANGE, 18),
    )
    return Sheet(_("Qualities"), columns, rows)


def _work(figures: Figures) -> Sheet:
    rows: list[list[Value]] = [
        [str(label), figures.total(name), figures.total(name) - figures.total_before(name)]
        for name, label in _WORK
    ]
    columns = (
        Column(_("Cases"), width=24),
        Column(_("How many"), Kind.COUNT),
        Column(_("Since the day before"), Kind.COUNT, 18),
    )
    return Sheet(_("Cases"), columns, rows)


def _wards(standings: list[Standing]) -> Sheet:
    rows: list[list[Value]] = [
        [
            line.rank,
            line.unit.short_name if line.unit else str(_("ward not known")),
            line.vehicles,
            line.live / line.vehicles if line.vehicles else None,
            line.share,
            line.backlog,
            line.overdue,
            line.per_day,
            line.finish,
        ]
        for line in standings
    ]
    return Sheet(_("Wards and communes"), _WARD_COLUMNS, rows)


def _days(figures: Figures) -> Sheet:
    days = figures.campaign.days_until(figures.day)
    rows: list[list[Value]] = [
        [day, *(figures.flows.get(name, {}).get(day, 0) for name, _label in _FLOWS)] for day in days
    ]
    columns = (
        Column(_("Day"), Kind.DAY),
        *(Column(label, Kind.COUNT, 16) for _name, label in _FLOWS),
    )
    return Sheet(_("Day by day"), columns, rows)
