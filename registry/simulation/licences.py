"""The register of driving licences: plastic cards with twelve digits, and the paper ones from before 2013."""

from dataclasses import asdict, dataclass
from random import Random

from . import owners, parties
from .owners import World
from .parties import Writing
from .slips import Stage
from .sql import Dice, case, digits, layer, literal, only, table

PERIOD = 200
FIRST = 10**12  # licences are numbered from here, so that their draws are not the vehicles'
PRESENT = "DATE '2025-10-31'"


@dataclass(frozen=True)
class LicenceClass:
    """A class as issued between two dates; ``years`` of validity, None for life; ``share`` of two hundred."""

    name: str
    medium: str
    since: str
    until: str
    share: int
    years: int | None = None


CLASSES = (
    LicenceClass("A1", "paper", "1995-01-01", "2012-06-30", 62),
    LicenceClass("B2", "paper", "2009-01-01", "2013-06-30", 6, 10),
    LicenceClass("A1", "pet", "2012-07-01", "2024-12-31", 66),
    LicenceClass("A2", "pet", "2014-01-01", "2024-12-31", 4),
    LicenceClass("B1", "pet", "2013-07-01", "2024-12-31", 9, 10),
    LicenceClass("B2", "pet", "2013-07-01", "2024-12-31", 28, 10),
    LicenceClass("C", "pet", "2015-01-01", "2024-12-31", 8, 5),
    LicenceClass("D", "pet", "2017-01-01", "2024-12-31", 3, 5),
    LicenceClass("E", "pet", "2017-01-01", "2024-12-31", 1, 5),
    LicenceClass("A1", "pet", "2025-01-01", "2025-10-20", 4),
    LicenceClass("A", "pet", "2025-01-01", "2025-10-20", 1),
    LicenceClass("B", "pet", "2025-01-01", "2025-10-20", 5, 10),
    LicenceClass("C1", "pet", "2025-01-01", "2025-10-20", 2, 10),
    LicenceClass("C", "pet", "2025-01-01", "2025-10-20", 1, 5),
)

STATUSES = literal(["valid"] * 97 + ["revoked", "suspended", "suspended"])


def slots() -> list[dict[str, object]]:
    """The classes of two hundred licences in a row, mixed once and for all."""
    members: list[dict[str, object]] = [asdict(c) for c in CLASSES for _ in range(c.share)]
    Random(PERIOD).shuffle(members)  # noqa: S311  an order, not a secret
    return members


def _serial(dice: Dice, what: str, width: int, low: int) -> str:
    high = 10**width // low
    return digits(dice.shuffled(f"record_no % {10**width}", what, str(high), str(low)), width)


def _number(dice: Dice) -> str:
    """Province, sex, two digits of the year, seven of a series; on paper a letter or two and six digits."""
    sex = "(gender = 'F')::INTEGER::VARCHAR"
    card = f"substr(origin, 2, 2) || {sex} || strftime(since, '%y') || {_serial(dice, 'licence', 7, 1000)}"
    letters = dice.pick("record_no", "paper letters", literal(["AK ", "AN ", "Z", "AS ", "TS ", "V"]))
    paper = f"{letters} || {_serial(dice, 'paper licence', 6, 1000)}"
    return case([("slot.medium = 'paper'", paper)], card)


def true(source: str, world: World) -> str:
    """Adds to ``record_no`` the licence and the person who holds it."""
    dice = world.dice
    step = layer(source, slot=f"{table('licence_slots')}[1 + record_no % {PERIOD}]")
    days = "(slot.until::DATE - slot.since::DATE)"
    step = layer(
        step,
        first_on=f"slot.since::DATE + {dice.below('record_no', 'issued', days)}::INTEGER",
        owner_kind="'citizen'",
        public_body="FALSE",
        capitals=dice.chance("record_no", "capitals", 0.6),
    )
    step = layer(owners.chosen(step, world), since=owners.since(dice, 0.02))
    return layer(step, licence_number=_number(dice))


def _slips(dice: Dice) -> tuple[Stage, ...]:
    """What goes wrong on the licence itself; paper often says no number and no day of birth."""
    on_paper = "slot.medium <> 'paper'"

    def stage(writes: str, reads: str, slips: dict[str, str], spared: str = "FALSE") -> Stage:
        return Stage(writes, reads, slips, key="record_no", spared=spared)

    return (
        stage("holder_number", "party_number", {"paper_without_number": "NULL"}, on_paper),
        stage("holder_birth", "party_birth", {"paper_year_only": "year(born)::VARCHAR"}, on_paper),
        stage(
            "licence_written",
            "licence_number",
            {
                "licence_number_missing": "NULL",
                "licence_number_wrong": "reverse(licence_written_clean)",
            },
        ),
        stage("expiry_written", "slot.years", {"expiry_missing": "NULL"}),
    )


def _written(numbers_: str, world: World) -> Writing:
    """The register's records over ``numbers_``, a source with the column ``record_no``."""
    return parties.written(true(numbers_, world), world, _slips(world.dice))


SOURCE_ID = f"'GP' || lpad((record_no - {FIRST} + 1)::VARCHAR, 8, '0')"


def register(numbers_: str, world: World) -> str:
    """The columns of ``licences.csv``, and the truth."""
    dice, writing = world.dice, _written(numbers_, world)
    expires = "(since + to_years(slot.years::INTEGER))::DATE"
    source = layer(writing.source, expires=expires)
    lost = dice.pick("record_no", "points", literal([12] * 17 + [10, 8, 4]))
    return only(
        source,
        source_id=SOURCE_ID,
        number="licence_written",
        medium="slot.medium",
        licence_class="slot.name",
        issued_on="since",
        expires_on=case([("expiry_written IS NOT NULL", "expires")]),
        issuing_office=case([("since >= DATE '2025-03-01'", "'PC08'")], "'Sở GTVT Hà Nội'"),
        holder_name="party_name",
        holder_birth_date="holder_birth",
        holder_id_number="holder_number",
        holder_address="party_address",
        holder_ward_code="party_ward",
        points=lost,
        status=case([(f"expires < {PRESENT}", "'expired'")], dice.pick("record_no", "status", STATUSES)),
        **writing.truth,
    )
