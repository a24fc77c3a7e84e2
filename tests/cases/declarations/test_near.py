"""Declarations of nothing that is registered: the entries near to them, and an officer's word which it is."""

import pytest
from django.db import connection
from django.utils import timezone

from cases.declarations import near
from cases.declarations.linking import LinkRefused, declaration_link
from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration
from cases.runs.temporary import fresh_table
from tests import factories
from tests.cases.declarations.rows import declare, licensed, owner_of, registered
from vehreg.planner import only_by_index

pytestmark = pytest.mark.django_db


def candidates(declared: Declaration) -> list[tuple[int, str]]:
    return [(one["entry"], one["why"]) for one in declared.finding.get("candidates", [])]


@pytest.mark.parametrize(
    ("plate", "why"),
    [
        ("29-H1 123.46", "one_sign"),
        ("29-H1 132.45", "swapped"),
        ("29-HI 123.45", "look_alike"),
        ("29-H1 l23.45", "look_alike"),
        ("29-H1 123.4", "one_sign"),
        ("29-H1 1234.55", "one_sign"),
        ("30-H1 123.45", None),
    ],
)
def test_a_mistyped_plate_finds_the_vehicle_near_it(plate: str, why: str | None) -> None:
    vehicle = registered(plate="29-H1 123.45")
    declared = declare(owner_of(vehicle), plate=plate, vehicle_kind="motorbike")
    assert declared.state == "unknown"
    assert candidates(declared) == ([(vehicle.pk, why)] if why else [])


@pytest.mark.parametrize(
    ("said", "stands"), [("29-H1 OO1.23", "29-H1 001.23"), ("29-81 123.45", "29-B1 123.45")]
)
def test_letters_and_digits_that_look_alike_are_taken_for_one_another(said: str, stands: str) -> None:
    vehicle = registered(plate=stands)
    assert candidates(declare(plate=said, vehicle_kind="motorbike")) == [(vehicle.pk, "look_alike")]


def test_the_same_plate_on_another_kind_of_vehicle_is_a_candidate() -> None:
    bike = registered(plate="29-F1 0123", vehicle_kind="motorbike")
    declared = declare(plate="29F-101.23", vehicle_kind="car")
    assert candidates(declared) == [(bike.pk, "other_kind")]


def test_of_several_colours_each_is_a_candidate() -> None:
    white = registered(plate="29F-101.23", vehicle_kind="car")
    yellow = registered(plate="29F-101.23", vehicle_kind="car", plate_colour="yellow")
    declared = declare(plate="29F-101.23", vehicle_kind="car", plate_colour="blue")
    assert declared.finding["entry"] == "several"
    assert set(candidates(declared)) == {(white.pk, "other_colour"), (yellow.pk, "other_colour")}


def test_the_declarants_own_vehicle_comes_before_its_neighbours_and_five_are_kept() -> None:
    for last in "012346789":
        registered(plate=f"29-H1 123.4{last}", owner_name="Lê Thị Mai")
    mine = registered(plate="29-H1 123.95")
    declared = declare(owner_of(mine), plate="29-H1 123.45", vehicle_kind="motorbike")
    assert candidates(declared)[0] == (mine.pk, "one_sign")
    assert len(candidates(declared)) == 5


def test_the_stamped_number_finds_a_vehicle_whatever_its_plate() -> None:
    vehicle = registered(plate="30-X9 999.99", chassis_no="RLHJF63A0G6972269")
    declared = declare(plate="29-H1 123.45", vehicle_kind="motorbike", chassis_no="RLHJF63A0G6972269")
    assert candidates(declared) == [(vehicle.pk, "same_chassis")]


def test_a_licence_number_one_digit_off_needs_the_holders_name() -> None:
    licence = licensed(factories.person(full_name="Phan Duy Hoa"), number="010203004567", licence_class="B2")
    licensed(factories.person(full_name="Lê Thị Mai"), number="010203004569", licence_class="B2")
    declared = declare(
        declarant_name="Phan Duy Hoa", subject="licence", licence_number="010203004568",
        licence_class="B2", usage_status=None,
    )  # fmt: skip
    assert candidates(declared) == [(licence.pk, "one_sign")]


def test_nothing_near_is_unknown_to_the_register() -> None:
    declared = declare(plate="30-X1 000.00", vehicle_kind="motorbike")
    assert (declared.state, declared.finding) == ("unknown", {"entry": "none"})


def test_candidates_are_looked_for_again_once_the_register_was_delivered() -> None:
    declared = declare(plate="29-H1 123.46", vehicle_kind="motorbike")
    vehicle = registered(plate="29-H1 123.45")
    assert candidates(reconcile_one(declared)) == []
    factories.delivery(kind="vehicles", applied_at=timezone.now())
    assert candidates(reconcile_one(declared)) == [(vehicle.pk, "one_sign")]


def test_an_officers_word_links_and_reconciles_at_once() -> None:
    vehicle, officer = registered(plate="29-H1 123.45"), factories.user()
    declared = declare(owner_of(vehicle), plate="29-H1 123.46", vehicle_kind="motorbike")
    linked = declaration_link(declaration=declared, entry_id=vehicle.pk, user=officer)
    assert (linked.state, linked.vehicle) == ("confirms", vehicle)
    assert linked.finding["linked"]["by"] == officer.pk
    vehicle.refresh_from_db()
    assert vehicle.confirmed_by == "declaration"


def test_what_was_linked_stays_linked_when_it_is_judged_again() -> None:
    vehicle = registered(plate="29-H1 123.45")
    declared = declare(owner_of(vehicle), plate="29-H1 123.46", vehicle_kind="motorbike")
    declaration_link(declaration=declared, entry_id=vehicle.pk, user=factories.user())
    Declaration.objects.update(state="received", usage_status="stolen")
    again = reconcile_one(Declaration.objects.get())
    assert (again.state, again.vehicle) == ("differs", vehicle)
    assert again.finding["linked"]["entry"] == vehicle.pk


def test_a_corrected_plate_counts_more_than_what_was_linked() -> None:
    wrong, right = registered(plate="29-H1 123.45"), registered(plate="29-H1 555.55")
    declared = declare(owner_of(right), plate="29-H1 123.46", vehicle_kind="motorbike")
    declaration_link(declaration=declared, entry_id=wrong.pk, user=factories.user())
    Declaration.objects.update(state="received", plate="29-H1 555.55")
    again = reconcile_one(Declaration.objects.get())
    assert (again.vehicle, "linked" in again.finding) == (right, False)


def test_only_a_candidate_can_be_linked_and_only_once() -> None:
    near, far = registered(plate="29-H1 123.45"), registered(plate="30-X1 999.99")
    declared = declare(plate="29-H1 123.46", vehicle_kind="motorbike")
    with pytest.raises(LinkRefused):
        declaration_link(declaration=declared, entry_id=far.pk, user=factories.user())
    declaration_link(declaration=declared, entry_id=near.pk, user=factories.user())
    with pytest.raises(LinkRefused):
        declaration_link(declaration=declared, entry_id=near.pk, user=factories.user())


def test_stamped_numbers_are_looked_up_and_not_searched_for_among_all_vehicles() -> None:
    tables = near._TABLES | {"missing": near._COLUMNS}
    with connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO registry_owner (id, kind, name, vehicle_count)
            SELECT 900000 + n, 'citizen', 'Vũ Quang Đạt', 1 FROM generate_series(1, 3000) AS n;
            INSERT INTO registry_vehicle (id, source_id, plate, vehicle_kind, plate_colour, status, owner_id,
                chassis_no, engine_no)
            SELECT 900000 + n, 'S' || n, '29-H1 ' || n, 'motorbike', 'white', 'active', 900000 + n,
                'RLHJF' || n, 'JF63E' || n FROM generate_series(1, 3000) AS n;
            ANALYZE registry_owner; ANALYZE registry_vehicle""")
        for name, columns in tables.items():
            fresh_table(cursor, name, columns)
        cursor.execute("""
            INSERT INTO missing (id, key, chassis_no, engine_no)
            SELECT n, '', 'RLHJF' || n, 'JF63E' || n FROM generate_series(1, 100) n;
            ANALYZE missing""")
        with only_by_index():
            cursor.execute(f"EXPLAIN {near._HITS['vehicle']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: ((chassis_no)::text = " in plan
    assert "Index Cond: ((engine_no)::text = " in plan
    assert "Merge Join" not in plan
