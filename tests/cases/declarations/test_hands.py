"""Through whose hands a vehicle went: in order, nobody left out, the same however the words came in."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from cases.declarations.job import start_reconciliation
from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration, Discrepancy, Posting, VerificationCase
from registry.models import Person, Vehicle
from tests import factories
from tests.cases.declarations.rows import declaration, declare, owner_of, registered
from vehreg.jobs.services import run_in_foreground

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Trần Thị Hoa", "Lê Văn Tám", "Phạm Thị Bình", "Hoàng Văn Cường", "Ngô Thị Dung")


def people(number: int) -> list[Person]:
    return [factories.person(full_name=name) for name in NAMES[:number]]


def sold(by: Person, vehicle: Vehicle, to: Person | None = None, **columns: Any) -> dict[str, Any]:
    return told(by, vehicle, to, usage_status="sold_not_transferred", **columns)


def bought(by: Person, vehicle: Vehicle, of: Person | None = None, **columns: Any) -> dict[str, Any]:
    return told(by, vehicle, of, usage_status="bought_not_transferred", **columns)


def told(by: Person, vehicle: Vehicle, facing: Person | None, **columns: Any) -> dict[str, Any]:
    facing_columns = {
        "counterparty_name": facing.full_name if facing else None,
        "counterparty_id": facing.personal_id if facing else None,
    }
    return {"by": by, "of": vehicle} | facing_columns | columns


def evidence(vehicle: Vehicle, kind: str = "declared_transfer") -> dict[str, Any]:
    return Discrepancy.objects.get(subject_id=vehicle.pk, kind=kind, state="open").evidence


def names(vehicle: Vehicle, kind: str = "declared_transfer") -> list[str]:
    return [hand["name"] for hand in evidence(vehicle, kind)["hands"]]


def gaps(vehicle: Vehicle) -> list[str]:
    return [hand["name"] for hand in evidence(vehicle)["hands"][1:] if not hand["linked"]]


def test_the_chain_runs_from_the_registered_owner_to_the_last_user() -> None:
    vehicle = registered()
    first, second, third = people(3)
    declare(**sold(owner_of(vehicle), vehicle, first, since=date(2015, 5, 1)))
    declare(**sold(first, vehicle, second, since=date(2018, 5, 1)))
    declare(**sold(second, vehicle, third, since=date(2021, 5, 1)))
    declare(**told(third, vehicle, None, usage_status="in_use_owner"))
    assert names(vehicle) == ["Vũ Quang Đạt", "Trần Thị Hoa", "Lê Văn Tám", "Phạm Thị Bình"]
    assert gaps(vehicle) == []
    hands = evidence(vehicle)["hands"]
    assert [hand.get("registered") for hand in hands] == [True, None, None, None]
    assert [hand.get("since") for hand in hands[1:]] == ["2015-05-01", "2018-05-01", "2021-05-01"]
    assert VerificationCase.objects.count() == 1


def test_who_was_only_named_is_a_hand_that_has_not_declared() -> None:
    vehicle = registered()
    (first, second) = people(2)
    declare(**sold(owner_of(vehicle), vehicle, first))
    declare(**bought(second, vehicle, first))
    assert names(vehicle) == ["Vũ Quang Đạt", "Trần Thị Hoa", "Lê Văn Tám"]
    assert ["declaration" in hand for hand in evidence(vehicle)["hands"]] == [True, False, True]


def test_where_nobody_says_from_whom_the_chain_has_a_gap() -> None:
    vehicle = registered()
    first, second = people(2)
    declare(**sold(owner_of(vehicle), vehicle, first))
    declare(**bought(second, vehicle))
    assert names(vehicle) == ["Vũ Quang Đạt", "Trần Thị Hoa", "Lê Văn Tám"]
    assert gaps(vehicle) == ["Lê Văn Tám"]


def test_a_name_without_a_number_is_the_person_of_that_name() -> None:
    vehicle = registered()
    (first,) = people(1)
    declare(**sold(owner_of(vehicle), vehicle) | {"counterparty_name": "TRẦN THỊ HOA"})
    declare(**bought(first, vehicle))
    assert names(vehicle) == ["Vũ Quang Đạt", "Trần Thị Hoa"]
    assert gaps(vehicle) == []


def test_two_namesakes_whom_the_population_register_knows_are_two_hands() -> None:
    vehicle = registered()
    one, other = factories.person(full_name="Trần Thị Hoa"), factories.person(full_name="Trần Thị Hoa")
    declare(**sold(owner_of(vehicle), vehicle, one))
    declare(**sold(one, vehicle, other))
    assert names(vehicle, "declared_sold") == ["Vũ Quang Đạt", "Trần Thị Hoa", "Trần Thị Hoa"]


def test_hands_that_go_round_are_each_told_once() -> None:
    vehicle = registered()
    first, second = people(2)
    declare(**sold(owner_of(vehicle), vehicle, first))
    declare(**sold(first, vehicle, owner_of(vehicle)))
    declare(**sold(second, vehicle, second))
    assert sorted(names(vehicle, "declared_sold")) == sorted(["Vũ Quang Đạt", "Trần Thị Hoa", "Lê Văn Tám"])


def test_the_third_side_joins_the_same_case() -> None:
    vehicle = registered()
    first, second = people(2)
    declare(**sold(owner_of(vehicle), vehicle, first))
    declare(**bought(second, vehicle, first))
    case = VerificationCase.objects.get()
    declare(**sold(first, vehicle, second))
    assert VerificationCase.objects.get() == case
    assert len(evidence(vehicle)["seen"]["declarations"]) == 3


def test_what_hundreds_contradict_each_other_about_is_told_without_walking_every_way() -> None:
    vehicle = registered()
    for giver in range(14):
        for taker in range(14):
            # Nobody knows the numbers: whoever bears one name is one hand.
            declaration(
                of=vehicle,
                declarant_id=f"0011990{giver:02d}{taker:03d}",
                declarant_name=f"Lê Văn Số {giver}",
                usage_status="sold_not_transferred",
                counterparty_name=f"Lê Văn Số {taker}",
            )
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '20s'")
        try:
            run_in_foreground(start_reconciliation())
        finally:
            cursor.execute("RESET statement_timeout")
    assert len(names(vehicle, "declared_sold")) == 15


def snapshot() -> dict[str, Any]:
    """What stands of the vehicles; not what tells when it came, nor what was replaced since."""
    found = Discrepancy.objects.filter(state="open").order_by("subject_id", "kind")
    cases = VerificationCase.objects.exclude(state="withdrawn").order_by("subject_id")
    standing = Declaration.objects.exclude(state="replaced").order_by("external_id")
    posted = Posting.objects.filter(state="posted").order_by("vehicle_id")
    return {
        "standing": list(standing.values_list("external_id", "state", "finding")),
        "found": list(found.values_list("subject_id", "kind", "evidence")),
        "cases": list(cases.values_list("subject_id", "kind")),
        "posted": list(posted.values_list("vehicle_id", flat=True)),
    }


def forget() -> None:
    """As if nothing had been reconciled."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_discrepancy, cases_verificationcase CASCADE")
    Vehicle.objects.update(confirmed_on=None, confirmed_by=None)
    Declaration.objects.update(state="received", finding={}, reconciled_at=None, person=None, vehicle=None)


def a_mess(seed: int) -> None:
    """Vehicles of which people say all there is to say, in every mixture."""
    chance = random.Random(seed)
    folk = people(4)
    statuses = (
        "in_use_owner", "bought_not_transferred", "sold_not_transferred", "given_or_inherited", "stolen",
        "in_use_family", "not_mine", "owner_deceased", "scrapped",
    )  # fmt: skip
    for _vehicle in range(8):
        vehicle = registered(unit=factories.unit())
        everybody = [owner_of(vehicle), *folk]
        for _word in range(chance.randint(1, 5)):
            facing = chance.choice([None, *everybody])
            since = date(2015, 1, 1) + timedelta(days=chance.randrange(3000))
            declaration(
                **told(
                    chance.choice(everybody), vehicle, facing,
                    usage_status=chance.choice(statuses), since=chance.choice([None, since]),
                )
            )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_one_by_one_in_any_order_and_all_at_once_come_to_the_same(seed: int) -> None:
    a_mess(seed)
    run_in_foreground(start_reconciliation())
    at_once = snapshot()
    for again in range(2):
        forget()
        waiting = list(Declaration.objects.order_by("pk"))
        random.Random(100 * seed + again).shuffle(waiting)
        for one in waiting:
            reconcile_one(one)
        assert snapshot() == at_once


@pytest.mark.parametrize("seed", range(4))
def test_each_hand_is_told_once_and_after_whoever_it_came_from(seed: int) -> None:
    chance = random.Random(seed)
    vehicle = registered()
    everybody = [owner_of(vehicle), *people(5)]
    handed = [(giver, giver + 1) for giver in range(len(everybody) - 1) if chance.random() < 0.8]
    words = [
        sold(everybody[giver], vehicle, everybody[taker]) for giver, taker in handed if chance.random() < 0.6
    ]
    sellers = {word["by"].pk for word in words}
    words += [
        bought(everybody[taker], vehicle, everybody[giver])
        for giver, taker in handed
        if everybody[taker].pk not in sellers
    ]
    chance.shuffle(words)
    for word in words:
        declare(**word)
    told_by = Discrepancy.objects.filter(state="open", evidence__has_key="hands").first()
    assert told_by is not None
    order = [hand["name"] for hand in told_by.evidence["hands"]]
    named = {person.full_name for word in words for person in [word["by"]]} | {
        word["counterparty_name"] for word in words
    }
    assert sorted(order) == sorted(named | {everybody[0].full_name})
    for word in words:
        giver, taker = word["by"].full_name, word["counterparty_name"]
        if word["usage_status"] == "bought_not_transferred":
            giver, taker = taker, giver
        assert order.index(giver) < order.index(taker)
