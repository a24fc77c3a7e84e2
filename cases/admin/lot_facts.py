"""Who did what when with a lot, line by line."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.models.lot import Lot
from cases.workflow import Words
from vehreg.adminsite.words import words

# (what was done, when, by whom)
Step = tuple[Words, datetime | None, str]


def lot_facts(lot: Lot, *steps: Step) -> list[tuple[Words, str]]:
    """The steps that were taken, and its taking back with the reason."""
    taken = (*steps, (_("taken back"), lot.taken_back_at, lot.taken_back_by_name))
    facts: list[tuple[Words, str]] = [
        (label, " · ".join(filter(None, (words(at), name)))) for label, at, name in taken if at
    ]
    return facts + ([(_("reason"), lot.take_back_reason)] if lot.take_back_reason else [])
