"""On a declaration's page: what came later under the same id and says something else."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.deliveries import DECLARATIONS
from cases.models import Declaration, RefusedDeclaration
from registry.privacy import mask_received
from vehreg.adminsite.masking import is_whole
from vehreg.adminsite.panels import PANEL_ROWS, Cell, Panel
from vehreg.adminsite.words import words


def refused_panel(request: HttpRequest, declaration: Declaration) -> Panel | None:
    """When it was declared, and the fields in which it differs, beside what stands."""
    refused = RefusedDeclaration.objects.filter(declaration=declaration).select_related("client", "user")
    rows = [row for one in refused.order_by("pk")[:PANEL_ROWS] for row in _rows(declaration, one)]
    if not rows:
        return None
    return Panel(
        title=_("Refused: sent again under the same id with other content"),
        columns=(_("received"), _("from"), _("field"), _("stands"), _("was sent")),
        rows=rows[:PANEL_ROWS],
    )


def _rows(declaration: Declaration, refused: RefusedDeclaration) -> list[Any]:
    whole = is_whole(declaration)
    stands = _standing(declaration)
    return [
        (
            Cell(words(refused.received_at)),
            Cell(words(refused.client or refused.user)),
            Cell(name),
            Cell(words(mask_received(name, stands.get(name), whole=whole))),
            Cell(words(mask_received(name, refused.content.get(name), whole=whole))),
        )
        for name in DECLARATIONS.column_names
        # When it was declared is written in other ways each time, and worth seeing in any case.
        if name == "declared_at" or stands.get(name) != refused.content.get(name)
    ]


def _standing(declaration: Declaration) -> dict[str, str]:
    """What was received first, as text."""
    understood = {name: getattr(declaration, name) for name in DECLARATIONS.column_names}
    texts = {name: str(value) for name, value in understood.items() if value is not None}
    return texts | (declaration.received or {})
