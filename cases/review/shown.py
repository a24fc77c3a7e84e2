"""A pair as it was frozen at the draw, in the shapes the desk's comparison reads."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.desk.comparison import Row, party_rows
from cases.desk.marks import plain
from cases.desk.party import Party
from cases.models import ReviewPair
from registry.models import Person
from vehreg.accounts.models import Unit
from vehreg.adminsite.words import words


def pair_rows(pair: ReviewPair, *, whole: bool) -> list[Row]:
    """Register and population side by side, what differs marked. `whole`: numbers are shown in full."""
    person = person_shown(pair.shown["person"])
    rows = party_rows(party_shown(pair.shown["party"]), person, None, whole=whole)
    if person is not None and person.died_on:
        rows.append(Row(_("Died on"), [], plain(words(person.died_on)), []))
    return rows


def party_shown(shown: dict[str, Any]) -> Party:
    """The party as the register named it."""
    return Party(
        name=shown["name"],
        id_number=shown["number"],
        id_key=shown["key"] or "",
        birth_date=_date(shown["birth_date"]),
        birth_precision=shown["birth_precision"],
        address=shown["address"],
        ward_code=shown["unit_code"],
        unit=_unit(shown),
        since=None,
    )


def person_shown(shown: dict[str, Any] | None) -> Person | None:
    """The person as the population register named them; None where nobody was found. Not to be saved."""
    if shown is None:
        return None
    return Person(
        full_name=shown["name"],
        personal_id=shown["number"],
        former_ids=shown["former"],
        birth_date=_date(shown["birth_date"]),
        birth_precision=shown["birth_precision"],
        gender=shown["gender"],
        address=shown["address"],
        died_on=_date(shown["died_on"]),
        unit=_unit(shown),
    )


def _unit(shown: dict[str, Any]) -> Unit | None:
    return Unit(code=shown["unit_code"], name=shown["unit"]) if shown["unit"] else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
