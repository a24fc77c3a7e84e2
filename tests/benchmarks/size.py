"""How large the city of a bench is, and how much of it each rival gets."""

from __future__ import annotations

from dataclasses import dataclass

FULL, SMALL = 7_800_000, 20_000
_NAMED = {"full": FULL, "small": SMALL}


class SizeRefused(Exception):
    """A size that is none."""


@dataclass(frozen=True)
class Size:
    """`name` is what was asked for; everything else follows from the number of vehicles."""

    name: str
    vehicles: int

    @classmethod
    def of(cls, text: str) -> Size:
        """`full`, `small`, or a number of vehicles. Raises `SizeRefused`."""
        vehicles = _NAMED.get(text) or (int(text) if text.isdigit() else 0)
        if vehicles < 8:
            raise SizeRefused(f"SIZE is full, small or a number of vehicles, not {text!r}.")
        return cls(text, vehicles)

    @property
    def is_full(self) -> bool:
        return self.name == "full"

    @property
    def persons(self) -> int:
        return self.vehicles * 87 // 78

    @property
    def eighth(self) -> Size:
        return Size(f"{self.name}-eighth", self.vehicles // 8)

    @property
    def difference(self) -> int:
        """Rows of a daily difference file: 200,000 for the whole city."""
        return min(200_000, max(500, self.vehicles // 39))

    @property
    def updated_part(self) -> int:
        """One vehicle in so many comes again: of the whole city half a million, as fast as all would."""
        return max(1, self.vehicles // 487_500)

    @property
    def inserted_by_rival(self) -> int:
        return min(100_000, max(2_000, self.vehicles // 8))

    @property
    def updated_by_rival(self) -> int:
        """Its speed does not grow with rows, and a hundred thousand would take it five minutes."""
        return min(20_000, max(1_000, self.vehicles // 39))

    @property
    def sent(self) -> int:
        """Declarations sent a hundred at a time."""
        return min(30_000, max(1_000, self.vehicles // 100))

    @property
    def sent_singly(self) -> int:
        return self.sent // 10

    @property
    def sent_beside(self) -> int:
        """Declarations sent while officers work: more than any step before has sent."""
        return min(100_000, max(3_000, self.vehicles // 20))

    @property
    def officer_seconds(self) -> int:
        """How long the officers work on the idle system, and again while deliveries load."""
        return 60 if self.vehicles >= 1_000_000 else 30 if self.vehicles >= 200_000 else 5
