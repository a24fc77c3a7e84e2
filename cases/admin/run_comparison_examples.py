"""Examples of one cell: who was matched how before, how now, why, and where the case is."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.admin.match_run_examples import NAMED, Key, cases_of, entries_of
from cases.desk.levels import because
from cases.models import MatchRun, Verdict, VerificationCase
from cases.runs.causes import CAUSES
from cases.runs.comparing import Comparison
from cases.runs.comparing_examples import Cell as Square
from cases.runs.comparing_examples import Example, examples
from cases.templatetags.desk import share
from registry.identity.numbers import mask
from vehreg.accounts.models import User
from vehreg.adminsite.keyset import AFTER_VAR
from vehreg.adminsite.masking import shown
from vehreg.adminsite.panels import Cell, Panel, detail_url
from vehreg.adminsite.words import NOTHING
from vehreg.jobs.kinds import Refused

PAGE = 25


def examples_panel(
    request: HttpRequest, first: MatchRun, second: MatchRun, square: Square, found: Comparison
) -> Panel:
    """One page of a cell, with a link to the next."""
    assert isinstance(request.user, User)
    after = request.GET.get(AFTER_VAR, "")
    try:
        rows = examples(
            first=first,
            second=second,
            cell=square,
            user=request.user,
            limit=PAGE + 1,
            after=int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0,
            standing=found.standing,
        )
    except Refused as late:
        return Panel(_("Examples"), empty=str(late), anchor="examples", wide=True)
    more = rows[PAGE - 1].key if len(rows) > PAGE else None
    return Panel(
        _("Examples"),
        columns=[_("entry"), _("its number"), _("before"), _("after"), _("cause"), _("why now"), _("case")],
        rows=_rows(request, request.user, rows[:PAGE]),
        empty=_("Nothing of this kind in the units you see."),
        more_url=_next(request, more) if more else "",
        more=_("Next"),
        anchor="examples",
        wide=True,
    )


def _next(request: HttpRequest, key: int) -> str:
    params = request.GET.copy()
    params[AFTER_VAR] = str(key)
    return f"?{params.urlencode()}#examples"


def _rows(request: HttpRequest, user: User, rows: list[Example]) -> list[list[Cell]]:
    """Every row of a page with two queries for the entries and two for the cases."""
    told = [_told(row) for row in rows]
    entries, cases = entries_of(request, told), cases_of(user, told)
    return [_row(request, row, entries, cases) for row in rows]


def _row(
    request: HttpRequest, row: Example, entries: dict[Key, object], cases: dict[Key, VerificationCase]
) -> list[Cell]:
    key = (row.register, row.subject_id)
    entry, case = entries.get(key), cases.get(key)
    name, number = NAMED[row.register]
    return [
        Cell(getattr(entry, name) if entry else NOTHING, url=detail_url(request, entry)),  # type: ignore[arg-type]
        Cell((shown(entry, number, mask) if entry else "") or NOTHING),  # type: ignore[arg-type]
        Cell(_verdict_words(row.was)),
        Cell(_verdict_words(row.now)),
        Cell(str(CAUSES[row.cause][0])),
        Cell(because(row.now.comparison) if row.now else NOTHING),
        Cell(
            f"{case.number} · {case.get_state_display()}" if case else NOTHING, url=detail_url(request, case)
        ),
    ]


def _verdict_words(verdict: Verdict | None) -> str:
    if verdict is None:
        return _("not there")
    parts = [str(verdict.get_verdict_display())]
    if verdict.person:
        parts += [verdict.person.full_name, share(verdict.score)]
    return " · ".join(parts)


def _told(row: Example) -> Verdict:
    """The side that is there; it names the entry."""
    verdict = row.now or row.was
    assert verdict is not None
    return verdict
