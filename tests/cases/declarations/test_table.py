"""The table of reconciliation, one sentence for each of its rows: declared, with, becomes."""

from datetime import date
from typing import Any

import pytest

from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration, Discrepancy, VerificationCase
from cases.models.case import Priority
from cases.services.declared import declared_changes
from registry.models import Person
from tests import factories
from tests.cases.declarations.rows import FIRST_MORNING, declare, licensed, owner_of, registered

pytestmark = pytest.mark.django_db


def other(name: str = "Trần Thị Hoa", **columns: Any) -> Person:
    return factories.person(full_name=name, **columns)


def the_case() -> VerificationCase:
    return VerificationCase.objects.get()


def open_kinds() -> set[str]:
    return set(Discrepancy.objects.filter(state="open").values_list("kind", flat=True))


def evidence(kind: str) -> dict[str, Any]:
    return Discrepancy.objects.get(kind=kind, state="open").evidence


# --- in use by the owner ------------------------------------------------------------------------------------


def test_in_use_by_the_owner_and_all_agrees_confirms_the_entry_live_from_that_day() -> None:
    vehicle = registered()
    declared = declare(owner_of(vehicle), vehicle, declared_at=FIRST_MORNING)
    vehicle.refresh_from_db()
    assert (declared.state, vehicle.confirmed_on, vehicle.confirmed_by) == (
        "confirms",
        date(2025, 11, 3),
        "declaration",
    )


def test_in_use_by_the_owner_closes_the_open_case_with_the_reason() -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, chassis_no="RLHJF63A0G6972260", engine_no="JF63E-3175622")
    Declaration.objects.all().delete()
    vehicle.chassis_no, vehicle.engine_no = "RLHJF63A0G6972269", "JF63E-0000001"
    vehicle.save()
    declare(owner_of(vehicle), vehicle, chassis_no="RLHJF63A0G6972260")
    confirming = declare(owner_of(vehicle), vehicle)
    assert the_case().state == "withdrawn"
    assert str(confirming) in the_case().events.get(move="withdraw").reason


@pytest.mark.parametrize(
    ("register", "said", "wanted"),
    [
        ("vehicle", {"chassis_no": "RLHJF63A0G6972260"}, ("vehicle", "chassis_no", "RLHJF63A0G6972260")),
        ("vehicle", {"engine_no": "JF63E-9999999"}, ("vehicle", "engine_no", "JF63E-9999999")),
        ("licence", {"licence_class": "C"}, ("licence", "licence_class", "C")),
        ("vehicle", {"usage_status": "lost"}, ("vehicle", "status", "lost")),
        ("vehicle", {"usage_status": "scrapped"}, ("vehicle", "status", "scrapped")),
    ],
)
def test_what_differs_offers_the_declared_value_as_a_proposal(
    register: str, said: dict[str, str], wanted: tuple[str, str, str]
) -> None:
    entry: Any = (
        registered(chassis_no="RLHJF63A0G6972269", engine_no="JF63E-3175622")
        if register == "vehicle"
        else licensed(person := factories.person(), licence_class="B2")
    )
    declare(owner_of(entry) if register == "vehicle" else person, entry, **said)
    (change,) = declared_changes(register, entry, Discrepancy.objects.all())
    assert (change.register, change.field, change.new) == wanted


def test_the_owners_other_name_is_offered_for_the_owner_and_another_owner_is_not() -> None:
    person = other()
    renamed = registered(person, owner_name="Trần Thị Bình Minh", owner_birth_date=None)
    declare(person, renamed)
    (change,) = declared_changes("vehicle", renamed, Discrepancy.objects.all())
    assert (change.register, change.id, change.field, change.new) == (
        "owner",
        renamed.owner_id,
        "name",
        "Trần Thị Hoa",
    )
    strangers = registered()
    declare(other("Lê Thị Mai"), strangers)
    found = Discrepancy.objects.filter(subject_id=strangers.pk)
    assert declared_changes("vehicle", strangers, found) == []


# --- sold, bought -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["seller", "buyer"])
def test_seller_and_buyer_make_one_transfer_case_whoever_declares_first(first: str) -> None:
    vehicle, buyer = registered(), other()
    told = [
        lambda: declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred"),
        lambda: declare(buyer, vehicle, usage_status="bought_not_transferred"),
    ]
    for tell in told if first == "seller" else reversed(told):
        tell()
    assert (the_case().kind, the_case().state) == ("declared_transfer", "open")
    assert open_kinds() == {"declared_transfer"}
    kept = evidence("declared_transfer")
    assert [hand["name"] for hand in kept["hands"]] == ["Vũ Quang Đạt", "Trần Thị Hoa"]
    assert all("declaration" in hand for hand in kept["hands"])
    assert "waits_for" not in kept or kept["waits_for"] is None


@pytest.mark.parametrize(
    ("status", "who", "waits_for"),
    [("sold_not_transferred", "owner", "buyer"), ("bought_not_transferred", "other", "seller")],
)
def test_one_side_alone_waits_for_the_other(status: str, who: str, waits_for: str) -> None:
    vehicle = registered()
    declare(owner_of(vehicle) if who == "owner" else other(), vehicle, usage_status=status)
    assert Discrepancy.objects.get().evidence["waits_for"] == waits_for


def test_whoever_has_what_the_owner_sold_is_its_buyer_though_they_say_in_use() -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred")
    declare(other(), vehicle)
    assert open_kinds() == {"declared_transfer"}


# --- within a family ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("in_use_family", "declared_inherited"),
        ("given_or_inherited", "declared_inherited"),
        ("owner_deceased", "declared_deceased"),
    ],
)
def test_a_relatives_word_makes_a_transfer_case_with_the_relation(status: str, kind: str) -> None:
    home = {"address": "Số 5 ngõ 12 phố Huế", "unit": factories.unit()}
    father = factories.person(full_name="Vũ Quang Đạt", died_on=date(2024, 2, 11), **home)
    vehicle = registered(father)
    declare(other("Vũ Thị Hoa", **home), vehicle, usage_status=status)
    assert (the_case().kind, open_kinds()) == (kind, {kind})
    assert evidence(kind)["status"] == status
    assert evidence(kind)["relation"] == {
        "owner_known": True,
        "owner_died_on": "2024-02-11",
        "same_surname": True,
        "same_ward": True,
        "same_address": True,
    }


def test_the_population_register_may_say_that_the_owner_lives() -> None:
    vehicle = registered()
    declare(other(), vehicle, usage_status="owner_deceased")
    relation = evidence("declared_deceased")["relation"]
    assert (relation["owner_known"], "owner_died_on" in relation, relation["same_surname"]) == (
        True,
        False,
        False,
    )


# --- lost, stolen, seized -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "priority"),
    [("stolen", Priority.URGENT), ("lost", Priority.SOON), ("seized", Priority.SOON)],
)
def test_a_missing_vehicle_is_held_against_its_violations(status: str, priority: int) -> None:
    vehicle = registered()
    same = {"plate": vehicle.plate, "vehicle_kind": vehicle.vehicle_kind}
    factories.violation(occurred_on=date(2020, 1, 1), **same)
    after = factories.violation(occurred_on=date(2021, 6, 1), behaviour="Vượt đèn đỏ", **same)
    factories.violation(occurred_on=date(2021, 7, 1), plate=vehicle.plate, vehicle_kind="car")
    declare(owner_of(vehicle), vehicle, usage_status=status, since=date(2021, 1, 1))
    kept = evidence(f"declared_{status}")
    assert the_case().priority == priority
    assert kept["violation_count"] == 1
    assert kept["violations"] == [
        {"violation": after.pk, "occurred_on": "2021-06-01", "behaviour": "Vượt đèn đỏ"}
    ]


@pytest.mark.parametrize("use", ["in_use_owner", "in_use_family", "bought_not_transferred"])
@pytest.mark.parametrize("missing", ["lost", "stolen", "seized"])
@pytest.mark.parametrize("first", ["owner", "other"])
def test_whoever_has_what_is_missing_raises_a_conflict_at_once(use: str, missing: str, first: str) -> None:
    vehicle, finder = registered(), other()
    told = [
        lambda: declare(owner_of(vehicle), vehicle, usage_status=missing),
        lambda: declare(finder, vehicle, usage_status=use),
    ]
    for tell in told if first == "owner" else reversed(told):
        tell()
    assert {f"declared_{missing}", "declared_conflict"} <= open_kinds()
    assert VerificationCase.objects.count() == 1
    sides = {evidence("declared_conflict")["declarant"]}
    sides |= {one["declarant"] for one in evidence("declared_conflict")["others"]}
    assert sides == {"Vũ Quang Đạt", "Trần Thị Hoa"}


# --- not mine, two of the same, replaced --------------------------------------------------------------------


def test_the_registered_owner_who_denies_makes_a_case_and_anybody_else_agrees() -> None:
    vehicle = registered()
    assert declare(other(), vehicle, usage_status="not_mine").state == "confirms"
    assert not VerificationCase.objects.exists()
    assert declare(owner_of(vehicle), vehicle, usage_status="not_mine").state == "differs"
    assert (the_case().kind, open_kinds()) == ("declared_not_mine", {"declared_not_mine"})


@pytest.mark.parametrize("claim", ["in_use_owner", "bought_not_transferred"])
@pytest.mark.parametrize("first", ["owner", "other"])
def test_two_people_who_declare_the_same_make_one_conflict_case_with_both(claim: str, first: str) -> None:
    vehicle, stranger = registered(), other()
    told = [
        lambda: declare(owner_of(vehicle), vehicle),
        lambda: declare(stranger, vehicle, usage_status=claim),
    ]
    made = [tell() for tell in (told if first == "owner" else reversed(told))]
    assert the_case().kind == "declared_conflict"
    kept = evidence("declared_conflict")
    assert set(kept["seen"]["declarations"]) == {str(declared.pk) for declared in made}
    assert {kept["declaration"], *(one["declaration"] for one in kept["others"])} == {
        declared.pk for declared in made
    }


def test_two_buyers_of_one_vehicle_are_in_conflict_unless_one_has_it_from_the_other() -> None:
    vehicle = registered()
    declare(other(), vehicle, usage_status="bought_not_transferred")
    declare(other("Lê Văn Tám"), vehicle, usage_status="bought_not_transferred")
    assert "declared_conflict" in open_kinds()
    handed_on = registered()
    declare(other(), handed_on, usage_status="bought_not_transferred")
    declare(
        other("Lê Văn Tám"),
        handed_on,
        usage_status="bought_not_transferred",
        counterparty_name="TRẦN THỊ HOA",
    )
    kinds = Discrepancy.objects.filter(subject_id=handed_on.pk, state="open").values_list("kind", flat=True)
    assert set(kinds) == {"declared_bought"}


def test_an_owner_who_declared_before_the_sale_is_no_rival_of_the_buyer() -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, declared_at=FIRST_MORNING)
    declare(other(), vehicle, usage_status="bought_not_transferred", since=date(2025, 11, 10))
    assert open_kinds() == {"declared_bought"}


def test_a_later_declaration_of_the_same_person_replaces_the_earlier_which_stays_readable() -> None:
    vehicle = registered()
    first = declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred", note="Bán năm 2019")
    second = declare(owner_of(vehicle), vehicle)
    first.refresh_from_db()
    assert (first.state, first.finding["replaced_by"], first.note) == ("replaced", second.pk, "Bán năm 2019")
    assert reconcile_one(first).state == "replaced"
