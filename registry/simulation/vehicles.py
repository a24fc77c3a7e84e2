"""The vehicle register: what is true of the vehicle numbered *n*, and what the register says of it."""

from . import owners, parties, plates
from .owners import LAST_DAY, World
from .parties import Writing
from .slips import Stage
from .sql import Dice, case, digits, layer, literal, only, table

PAINTS = ("Đen", "Trắng", "Đỏ", "Xanh", "Bạc", "Xám", "Nâu", "Vàng", "Đỏ đen", "Trắng đen", "Ghi", "Cam")
MODEL_YEARS = "VWXY123456789ABCDEFGHJKLMNPRST"  # 1997 … 2026, tenth sign of the frame number
PLANTS = "ABCEFGHKLMNPRSTUWXYZ"
FOREIGN_SHARE = 0.003
DEALER_SHARE = 0.003  # motorbikes that one dealer never passed on
AGAIN_SHARE = 0.1  # registered again since, on a change of hands

STATUSES = literal(
    ["active"] * 982
    + ["revoked"] * 6
    + ["not_circulating"] * 4
    + ["scrapped"] * 4
    + ["stolen"] * 2
    + ["lost"] * 2
)


def _seat(world: World) -> dict[str, str]:
    dice = world.dice
    rate = world.rates.get("plate_duplicate", 0)
    twin = f"record_no >= {plates.PERIOD} AND {dice.chance('record_no', 'plate twin', rate)}"
    return {
        "seat": f"{table('vehicle_slots')}[1 + record_no % {plates.PERIOD}]",
        "plate_no": case([(twin, f"record_no - {plates.PERIOD}")], "record_no"),
        "body_no": _body_no(world),
    }


def _body_no(world: World) -> str:
    """Whose frame this is: another vehicle's of the class where one frame runs under two plates."""
    rate = world.rates.get("chassis_duplicate", 0)
    copied = f"record_no >= {plates.PERIOD} AND {world.dice.chance('record_no', 'body twin', rate)}"
    return case([(copied, f"record_no - {plates.PERIOD}")], "record_no")


def _body(dice: Dice) -> dict[str, str]:
    days = "(slot.until::DATE - slot.since::DATE)"
    return {
        "make": dice.pick("body_no", "make", f"{table('makes')}[slot.models]"),
        "first_on": f"slot.since::DATE + {dice.below('body_no', 'first day', days)}::INTEGER",
        "owner_kind": case(
            [
                (dice.share("record_no", "organisation", "slot.organisations"), "'organisation'"),
                (dice.chance("record_no", "foreigner", FOREIGN_SHARE), "'foreigner'"),
            ],
            "'citizen'",
        ),
        "public_body": "slot.public_body",
        "capitals": dice.chance("record_no", "capitals", 0.93),
    }


def _stamped(dice: Dice) -> dict[str, str]:
    """What is stamped into the metal: seven signs of model, plant, year, seven digits in the frame."""
    serial = dice.shuffled("body_no % 10000000", "frame", "10000", "1000")
    model_year = f"substr('{MODEL_YEARS}', made_in - 1996, 1)"
    plant = f"substr('{PLANTS}', 1 + {dice.below('body_no', 'plant', len(PLANTS))}, 1)"
    check = f"{dice.below('body_no', 'check', 10)}::VARCHAR"
    engine = digits(dice.shuffled("record_no % 10000000", "engine", "10000", "1000"), 7)
    return {
        "true_chassis": f"make.chassis || {plant} || {check} || {model_year} || {digits(serial, 7)}",
        "true_engine": case([("make.engine <> ''", f"make.engine || '-' || {engine}")]),
        "paint": dice.pick("body_no", "paint", literal(list(PAINTS))),
    }


def true(source: str, world: World) -> str:
    """Adds to ``record_no`` the vehicle, its plate and the person who is its owner."""
    dice = world.dice
    step = layer(layer(source, **_seat(world)), slot=f"{table('vehicle_classes')}[seat.class]")
    step = layer(step, **_body(dice), **plates.numbered(dice, "plate_no"))
    step = layer(layer(step, **plates.PARTS), plate_text=plates.TEXT)
    made = f"greatest(1997, year(first_on) - {dice.below('body_no', 'made before', 2)})"
    step = layer(layer(step, made_in=made), **_stamped(dice))
    drawn = dice.chance("record_no", "dealer", DEALER_SHARE)
    dealer = f"slot.kind = 'motorbike' AND owner_kind = 'citizen' AND {drawn}"
    step = owners.chosen(step, world, sole_owner=dealer)
    return layer(step, since=owners.since(dice, AGAIN_SHARE))


def _slips(dice: Dice) -> tuple[Stage, ...]:
    """What goes wrong with the vehicle's own fields."""

    def stage(writes: str, reads: str, slips: dict[str, str]) -> Stage:
        return Stage(writes, reads, slips, key="record_no", spared="FALSE")

    chassis, engine = "chassis_clean", "engine_clean"
    place = f"(8 + {dice.below('record_no', 'frame place', 10)})"
    sign = f"translate(substr({chassis}, {place}, 1), '0158BSAGZ', 'OISBSSHC2')"
    misread = f"left({chassis}, {place} - 1) || {sign} || substr({chassis}, {place} + 1)"
    return (
        plates.typing(dice, "plate_typed_otherwise"),
        stage(
            "chassis",
            "true_chassis",
            {
                "chassis_missing": "NULL",
                "chassis_misread": misread,
                "chassis_cut_short": f"right({chassis}, 7)",
            },
        ),
        stage(
            "engine",
            "true_engine",
            {
                "engine_missing": "NULL",
                "engine_typed_otherwise": f"replace({engine}, '-', '')",
                "engine_cut_short": f"left({engine}, -1)",
            },
        ),
        stage(
            "year_made",
            "made_in",
            {
                "year_after_registration": f"year(since) + 1 + {dice.below('record_no', 'year late', 3)}",
                "year_missing": "NULL",
            },
        ),
        stage(
            "brand",
            "make.brand",
            {
                "brand_missing": "NULL",
                "brand_slip": "replace(replace(brand_clean, 'HONDA', 'HON DA'), 'YAMAHA', 'YAMAH')",
            },
        ),
        stage("paint_written", "paint", {"paint_missing": "NULL"}),
        stage(
            "date_written",
            "strftime(since, '%Y-%m-%d')",
            {
                "date_otherwise": "strftime(since, '%d/%m/%Y')",
                "date_impossible": "strftime(since, '%Y') || '-02-31'",
                "date_missing": "NULL",
            },
        ),
    )


def _written(numbers_: str, world: World) -> Writing:
    """The register's records over ``numbers_``, a source with the column ``record_no``."""
    writing = parties.written(true(numbers_, world), world, _slips(world.dice))
    twins = case([("body_no <> record_no", "'chassis_duplicate'")])
    twin_plates = case([("plate_no <> record_no", "'plate_duplicate'")])
    return Writing(writing.source, f"concat_ws(';', nullif({writing.injected}, ''), {twins}, {twin_plates})")


SOURCE_ID = "'XE' || lpad((record_no + 1)::VARCHAR, 9, '0')"


def _status(dice: Dice) -> str:
    over = f"slot.use_life IS NOT NULL AND made_in + slot.use_life < year({LAST_DAY})"
    return case([(over, "'expired'")], dice.pick("record_no", "status", STATUSES))


def register(numbers_: str, world: World) -> str:
    """The columns of ``vehicles.csv``, and the truth."""
    dice, writing = world.dice, _written(numbers_, world)
    shelf, folder = digits("record_no // 5000 + 1", 3), digits("record_no % 5000 + 1", 4)
    local = f"since >= DATE '2023-08-15' AND {dice.chance('record_no', 'at the ward', 0.6)}"
    return only(
        writing.source,
        source_id=SOURCE_ID,
        plate="plate",
        vehicle_kind="slot.kind",
        plate_colour="slot.plate_colour",
        brand="brand",
        model_code="make.model",
        colour="paint_written",
        engine_no="engine",
        chassis_no="chassis",
        year_made="year_made",
        seats="nullif(make.seats, 0)",
        payload_kg="make.payload_kg",
        first_registered_on="first_on",
        registered_on="date_written",
        valid_until=case([("slot.use_life IS NOT NULL", "make_date(made_in + slot.use_life, 12, 31)")]),
        status=_status(dice),
        owner_kind="owner_kind",
        owner_name="party_name",
        owner_id_number="party_number",
        owner_birth_date="party_birth",
        owner_phone=case(
            [
                (
                    dice.chance("record_no", "has phone", 0.4),
                    f"'095' || {digits(dice.below('party_key', 'phone', 10_000_000), 7)}",
                )
            ]
        ),
        owner_address="party_address",
        owner_ward_code="party_ward",
        file_code=f"concat_ws('-', 'K' || {shelf}, {folder})",
        office_code=case([(local, "ward.code")], "'PC08'"),
        **writing.truth,
    )
