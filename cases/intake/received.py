"""What became of an item that was sent in."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from cases.intake.words import words_of


class Outcome(StrEnum):
    """`known`: the same was received before. `conflict`: something else was, under the same id."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    CONFLICT = "conflict"
    REFUSED = "refused"


class FieldError(NamedTuple):
    """What is wrong with a field; the message in the language that is active."""

    field: str
    code: str
    message: str

    @classmethod
    def of(cls, name: str, code: str) -> "FieldError":
        return cls(name, code, words_of(code))


@dataclass(frozen=True)
class Received:
    """`index` is the item's place in what was sent. `notices` do not keep an item from being accepted."""

    index: int
    external_id: str
    outcome: Outcome
    declaration: int | None = None
    errors: list[FieldError] = field(default_factory=list)
    notices: list[FieldError] = field(default_factory=list)
