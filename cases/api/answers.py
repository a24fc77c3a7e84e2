"""What a system is answered to the declarations it sent: one by one, or one for all."""

from collections import Counter
from functools import cache
from typing import Any, Final

from cases.intake.received import Outcome, Received
from cases.intake.services import MOST_ITEMS, receive
from cases.intake.words import in_every_language
from vehreg.clients.models import Client
from vehreg.clients.problems import Problem
from vehreg.clients.repeats import Answer

# One declaration alone is answered by its status, too.
STATUS: Final = {Outcome.ACCEPTED: 201, Outcome.KNOWN: 200, Outcome.CONFLICT: 409, Outcome.REFUSED: 422}


def answer_to(content: Any, *, client: Client) -> Answer:
    """Receive what a body holds. Raises `Problem` where it holds no declarations."""
    items = content.get("items") if isinstance(content, dict) and "items" in content else content
    if isinstance(items, dict):
        (one,) = receive([items], channel=client.channel, client=client)
        return Answer(STATUS[one.outcome], _told(one))
    if not isinstance(items, list):
        raise Problem(422, "not_declarations")
    if not 0 < len(items) <= MOST_ITEMS:
        raise Problem(422, "too_many_items" if items else "no_items")
    found = receive(items, channel=client.channel, client=client)
    return Answer(_status_of_all(found), _counts(found) | {"items": [_told(one) for one in found]})


def _status_of_all(found: list[Received]) -> int:
    """200 where something was taken; else what one of them alone would be answered."""
    outcomes = {one.outcome for one in found}
    if outcomes & {Outcome.ACCEPTED, Outcome.KNOWN}:
        return 200
    return STATUS[Outcome.CONFLICT if Outcome.CONFLICT in outcomes else Outcome.REFUSED]


def _counts(found: list[Received]) -> dict[str, int]:
    counts = Counter(one.outcome for one in found)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def _told(one: Received) -> dict[str, Any]:
    return {
        "index": one.index,
        "external_id": one.external_id,
        "outcome": one.outcome.value,
        "id": one.declaration if one.outcome is not Outcome.CONFLICT else None,
        "errors": [told_error(error.field, error.code) for error in one.errors],
        "notices": [told_error(notice.field, notice.code) for notice in one.notices],
    }


def told_error(name: str, code: str) -> dict[str, Any]:
    """What is wrong with a field: a code for programs, a sentence in both languages."""
    return {"field": name, "code": code, "message": _sentences(code)}


@cache
def _sentences(code: str) -> dict[str, str]:
    return in_every_language(code)
