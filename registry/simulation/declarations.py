"""What people declared in the campaign of 1 November to 31 December 2025.

A story is told by one declaration or by two: seller and buyer, or two who claim the same vehicle.
"""

from dataclasses import asdict, dataclass
from random import Random

from . import licences, parties, people, plates, vehicles
from .letters import MARKS_MISSING
from .owners import World
from .slips import Stage, spoil
from .sql import Dice, case, digits, in_order, layer, literal, only, stacked, table, where

PERIOD = 200
CAMPAIGN_DAYS = 61
FIRST_DAY = "DATE '2025-11-01'"

# Quiet first days, a peak in the fourth and fifth week, a long tail (share of each week, domain section 7).
WEEKS = (2, 4, 8, 20, 26, 16, 10, 9, 5)


@dataclass(frozen=True)
class Story:
    """Who declares what; ``share`` of two hundred declarations.

    ``by``: owner, relative, stranger. ``other``: whom the declaration names as the other party.
    """

    status: str
    share: int
    by: str = "owner"
    other: str = ""
    partner: str = ""  # status the second declaration of the pair gives, if there is one
    partner_by: str = "stranger"
    subject: str = "vehicle"
    in_register: bool = True


STORIES = (
    Story("in_use_owner", 96),
    Story("in_use_family", 10, "relative"),
    Story("sold_not_transferred", 14, "owner", "stranger", "bought_not_transferred"),
    Story("sold_not_transferred", 5),
    Story("bought_not_transferred", 6, "stranger", "owner"),
    Story("in_use_owner", 3, "owner", "", "bought_not_transferred"),
    Story("in_use_owner", 2, "stranger", "", "in_use_owner", "owner"),
    Story("given_or_inherited", 5, "relative", "owner"),
    Story("owner_deceased", 4, "relative", "owner"),
    Story("lost", 2),
    Story("stolen", 3),
    Story("seized", 1),
    Story("unused", 6),
    Story("scrapped", 4),
    Story("expired", 1),
    Story("moved_away", 2),
    Story("not_mine", 4),
    Story("in_use_owner", 5, in_register=False),
    Story("bought_not_transferred", 3, "stranger", in_register=False),
    Story("in_use_owner", 24, subject="licence"),
)


def slots() -> list[dict[str, object]]:
    """The declarations of a period in order; the second of a pair follows the first."""
    told = [story for story in STORIES for _ in range(story.share // (2 if story.partner else 1))]
    Random(PERIOD).shuffle(told)  # noqa: S311  an order, not a secret
    members: list[dict[str, object]] = []
    for story in told:
        members.append(asdict(story) | {"second": 0})
        if story.partner:
            second = {"status": story.partner, "by": story.partner_by, "other": "owner", "second": 1}
            members.append(asdict(story) | second)
    return members


_EVERY_SLOT = slots()


def _told(source: str, world: World, vehicles_: int, licences_: int) -> str:
    """Adds to ``declaration_no`` its story, the number of its subject, a stranger, the day and the channel.

    A subject the register does not hold has a number beyond the register's last.
    """
    dice = world.dice
    step = layer(source, story=f"{table('stories')}[1 + declaration_no % {len(_EVERY_SLOT)}]")
    step = layer(step, story_no="declaration_no - story.second")
    subjects = case([("story.subject = 'licence'", str(licences_))], str(vehicles_))
    step = layer(
        step,
        subjects=f"(CASE WHEN story.in_register THEN {subjects} ELSE 0 END)",
        stranger_family=dice.below("story_no", "stranger", world.population.families),
    )
    first = case([("story.subject = 'licence'", str(licences.FIRST))], "0")
    beyond = f"{vehicles_ + licences_} + story_no"
    subject = case([("subjects = 0", beyond)], dice.below("story_no", "subject", "greatest(1, subjects)"))
    week = dice.pick("declaration_no", "week", literal([w for w, n in enumerate(WEEKS) for _ in range(n)]))
    day = f"least({CAMPAIGN_DAYS - 1}, {week} * 7 + {dice.below('declaration_no', 'weekday', 7)})"
    widowed = f"(stranger_family % {people.DEAD_EVERY} = {people.DEAD_HUSBAND})::INTEGER"
    return only(
        step,
        declaration_no="declaration_no",
        story="story",
        record_no=f"{first} + {subject}",
        stranger_no=f"stranger_family * {people.FAMILY} + {widowed}",
        declared_on=f"{FIRST_DAY} + ({day})::INTEGER",
        by_phone=dice.chance("declaration_no", "channel", 0.85),
    )


_VEHICLE = {
    "plate_text": "plate_text",
    "vehicle_kind": "slot.kind",
    "plate_colour": "slot.plate_colour",
    "true_engine": "true_engine",
    "true_chassis": "true_chassis",
}
_LICENCE = {"licence_number": "licence_number", "licence_class": "slot.name"}
_ABOUT = {
    "vehicle": (vehicles.true, _VEHICLE | dict.fromkeys(_LICENCE, "NULL")),
    "licence": (licences.true, dict.fromkeys(_VEHICLE, "NULL") | _LICENCE),
}
_OWNER = {
    "declaration_no": "declaration_no",
    "story": "story",
    "declared_on": "declared_on",
    "by_phone": "by_phone",
    "held_since": "since",
    "owner_kind": "owner_kind",
    "owner_dead": "died_on IS NOT NULL",
    "owner_name": "true_name",
    "owner_number": "true_number",
    "owner_ward": "ward.code",
    "owner_relative_no": "relative_no",
    "stranger_no": "stranger_no",
}


def _subjects(told: str, world: World, of: str) -> str:
    """The vehicles (or licences) the stories are about, each with its party and whom else it concerns."""
    truth, fields = _ABOUT[of]
    party = parties.named(truth(where(told, f"story.subject = '{of}'"), world), world)
    return only(party, **_OWNER, **fields)


def _people(source: str, world: World) -> str:
    """Adds who speaks, and the other person of the story: a relative of the owner, or a stranger."""
    speaker = case([("owner_dead AND story.by = 'owner'", "'relative'")], "story.by")
    step = layer(source, speaker=speaker)
    step = layer(step, member_no=case([("speaker = 'relative'", "owner_relative_no")], "stranger_no"))
    step = layer(step, person_no="member_no")
    step = people.person(people.family(step, world.dice), world.dice)
    by_owner = "speaker = 'owner'"
    return layer(
        step,
        speaker_name=case([(by_owner, "owner_name")], "full_name"),
        speaker_number=case([(by_owner, "owner_number")], "personal_id"),
        speaker_ward=case([(by_owner, "owner_ward")], "ward.code"),
        other_name=case([("story.other = 'owner'", "owner_name"), ("story.other = 'stranger'", "full_name")]),
        other_number=case(
            [("story.other = 'owner'", "owner_number"), ("story.other = 'stranger'", "personal_id")]
        ),
    )


def _last_digit_wrong(text: str, dice: Dice, what: str) -> str:
    return f"left({text}, -1) || ({dice.below('declaration_no', what, 10)})::VARCHAR"


def _slips(dice: Dice) -> tuple[Stage, ...]:
    """What people mistype on the form."""

    def stage(writes: str, reads: str, slips: dict[str, str]) -> Stage:
        return Stage(writes, reads, slips, key="declaration_no", spared="FALSE")

    marked, bare = literal("".join(MARKS_MISSING)), literal("".join(MARKS_MISSING.values()))
    no_marks = f"translate(said_name_clean, {marked}, {bare})"
    return (
        stage(
            "said_plate",
            "plate_text",
            {
                "declared_plate_otherwise": plates.typed("said_plate_clean", dice, "declaration_no"),
                "declared_plate_wrong": _last_digit_wrong("said_plate_clean", dice, "plate digit"),
            },
        ),
        stage(
            "said_frame",
            "true_chassis",
            {
                "declared_frame_wrong": _last_digit_wrong("said_frame_clean", dice, "frame digit"),
            },
        ),
        stage(
            "said_engine",
            "true_engine",
            {
                "declared_engine_wrong": _last_digit_wrong("said_engine_clean", dice, "engine digit"),
            },
        ),
        stage(
            "said_number",
            "speaker_number",
            {
                "declared_number_missing": "NULL",
                "declared_number_wrong": _last_digit_wrong("said_number_clean", dice, "number digit"),
            },
        ),
        stage("said_name", "speaker_name", {"declared_name_plain": no_marks}),
    )


NOTES = {
    "sold_not_transferred": "Đã bán, chưa sang tên",
    "bought_not_transferred": "Mua lại, chưa làm thủ tục sang tên",
    "stolen": "Bị mất trộm, đã trình báo",
    "owner_deceased": "Chủ xe đã mất, gia đình đang sử dụng",
    "not_mine": "Tôi không có xe này",
    "seized": "Xe đang bị tạm giữ",
}


def _channel() -> str:
    organisation = "owner_kind = 'organisation' AND speaker = 'owner'"
    return case([(organisation, "'organisation'"), ("by_phone", "'ihanoi'")], "'officer'")


def _status() -> str:
    """What the vehicle's use is said to be; nothing for a licence."""
    inherited = "owner_dead AND story.by = 'owner'"
    return case([("story.subject = 'licence'", "NULL"), (inherited, "'owner_deceased'")], "story.status")


def register(numbers_: str, world: World, vehicles_: int, licences_: int) -> str:
    """The columns of ``declarations.csv`` over ``numbers_``, a source with the column ``declaration_no``."""
    dice = world.dice
    told = _told(numbers_, world, vehicles_, licences_)
    both = stacked(_subjects(told, world, "vehicle"), _subjects(told, world, "licence"))
    step = layer(spoil(_people(both, world), _slips(dice), dice, world.rates), usage_status=_status())
    dated = "usage_status NOT IN ('in_use_owner', 'in_use_family', 'not_mine')"
    days = f"greatest(1, {FIRST_DAY} - held_since)"
    tells_frame = dice.chance("declaration_no", "tells frame", 0.7)
    notes = case((f"usage_status = '{status}'", literal(note)) for status, note in NOTES.items())
    return in_order(
        only(
            step,
            external_id="'KB' || lpad((declaration_no + 1)::VARCHAR, 8, '0')",
            declared_at="declared_on",
            channel=_channel(),
            subject="story.subject",
            declarant_id="said_number",
            declarant_name="said_name",
            declarant_phone=f"'095' || {digits(dice.below('declaration_no', 'phone', 10_000_000), 7)}",
            ward_code="speaker_ward",
            plate="said_plate",
            vehicle_kind="vehicle_kind",
            plate_colour="plate_colour",
            engine_no=case([(tells_frame, "said_engine")]),
            chassis_no=case([(tells_frame, "said_frame")]),
            licence_number="licence_number",
            licence_class="licence_class",
            usage_status="usage_status",
            counterparty_name="other_name",
            counterparty_id="other_number",
            since=case([(dated, f"held_since + {dice.below('declaration_no', 'since', days)}::INTEGER")]),
            note=case([(dice.chance("declaration_no", "notes", 0.5), notes)]),
        ),
        "external_id",
    )
