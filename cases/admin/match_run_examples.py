"""Examples of a run's verdicts: who was matched with whom and why, with a way to the case or the entry."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.desk.levels import because, pass_words
from cases.models import MatchRun, Verdict, VerificationCase
from cases.models.kinds import VerdictKind
from cases.models.subject import Register
from cases.runs.services import run_examples
from cases.services.corrections import MODELS
from cases.templatetags.desk import share
from registry.identity.numbers import mask
from vehreg.accounts.models import User
from vehreg.adminsite.masking import mark_rows, shown
from vehreg.adminsite.panels import Cell, Panel, detail_url
from vehreg.adminsite.words import NOTHING

# Of each verdict on the run's page, and of the one that was chosen.
FEW, MANY = 3, 50
# Where a register row names its party: the name's column, the number's.
NAMED: dict[str, tuple[str, str]] = {
    Register.OWNER: ("name", "id_number"),
    Register.LICENCE: ("holder_name", "holder_id_number"),
}
Key = tuple[str, int]


def example_panels(request: HttpRequest, run: MatchRun, verdicts: list[str], chosen: str) -> list[Panel]:
    """A table for each verdict, or a longer one for the verdict that was chosen."""
    assert isinstance(request.user, User)
    user = request.user
    limit = MANY if chosen else FEW
    wanted = [verdict for verdict in verdicts if chosen in ("", verdict)]
    found = {verdict: run_examples(run=run, verdict=verdict, limit=limit, user=user) for verdict in wanted}
    said = [one for some in found.values() for one in some]
    entries, cases = entries_of(request, said), cases_of(user, said)
    return [
        _panel(verdict, [_row(request, one, entries, cases) for one in found[verdict]], longer=not chosen)
        for verdict in wanted
    ]


def _panel(verdict: str, rows: list[list[Cell]], *, longer: bool) -> Panel:
    return Panel(
        VerdictKind(verdict).label,
        columns=[
            _("entry"), _("its number"), _("person"), _("personal number"), _("certainty"), _("why"),
            _("case"),
        ],
        rows=rows,
        empty=_("No entry says so any more."),
        more_url=f"?verdict={verdict}" if longer and len(rows) == FEW else "",
        more=_("More examples"),
        anchor=verdict,
        wide=True,
    )  # fmt: skip


def _row(
    request: HttpRequest, verdict: Verdict, entries: dict[Key, Any], cases: dict[Key, VerificationCase]
) -> list[Cell]:
    key = (verdict.register, verdict.subject_id)
    entry, case, person = entries.get(key), cases.get(key), verdict.person
    name, number = NAMED[verdict.register]
    return [
        Cell(getattr(entry, name) if entry else NOTHING, url=detail_url(request, entry)),
        Cell((shown(entry, number, mask) if entry else "") or NOTHING),
        Cell(person.full_name if person else NOTHING, url=detail_url(request, person)),
        Cell(shown(person, "personal_id", mask) if person else NOTHING),
        Cell(share(verdict.score) if person else NOTHING),
        Cell(_why(verdict)),
        Cell(
            f"{case.number} · {case.get_state_display()}" if case else NOTHING, url=detail_url(request, case)
        ),
    ]


def _why(verdict: Verdict) -> str:
    parts = (str(pass_words(verdict.pass_name)), because(verdict.comparison))
    return ". ".join(part for part in parts if part)


def entries_of(request: HttpRequest, verdicts: Iterable[Verdict]) -> dict[Key, Any]:
    """The parties, one query for each register. They and the persons are marked for masking."""
    ids: dict[str, list[int]] = {register: [] for register in NAMED}
    for verdict in verdicts:
        ids[verdict.register].append(verdict.subject_id)
    entries = {
        (register, pk): row
        for register, wanted in ids.items()
        for pk, row in MODELS[register]._default_manager.in_bulk(wanted).items()
    }
    mark_rows(request, entries.values())
    mark_rows(request, [verdict.person for verdict in verdicts if verdict.person])
    return entries


def cases_of(user: User, verdicts: Iterable[Verdict]) -> dict[Key, VerificationCase]:
    """The latest case of each party that this user may see."""
    found: dict[Key, VerificationCase] = {}
    for register in NAMED:
        subjects = [verdict.subject_id for verdict in verdicts if verdict.register == register]
        about = VerificationCase.objects.visible_to(user).filter(register=register, subject_id__in=subjects)
        found |= {(register, case.subject_id): case for case in about.order_by("pk")}
    return found
