"""Which entry a declaration is about."""

import pytest

from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration, Discrepancy, VerificationCase
from tests import factories
from tests.cases.declarations.rows import declare, licensed, owner_of, registered

pytestmark = pytest.mark.django_db


def about(declared: Declaration) -> object:
    return declared.vehicle or declared.licence


def test_a_plate_written_otherwise_is_the_same_plate() -> None:
    vehicle = registered(plate="30-VS 665.97")
    assert about(declare(plate="30 vs66597", vehicle_kind="motorbike")) == vehicle


def test_kind_and_colour_tell_vehicles_with_one_compact_plate_apart() -> None:
    bike = registered(plate="29-F1 0123", vehicle_kind="motorbike")
    car = registered(plate="29F-101.23", vehicle_kind="car")
    yellow = registered(plate="29F-101.23", vehicle_kind="car", plate_colour="yellow")
    said = {"plate": "29F10123"}
    assert about(declare(**said, vehicle_kind="motorbike")) == bike
    assert about(declare(**said, vehicle_kind="car")) == car
    assert about(declare(**said, vehicle_kind="car", plate_colour="yellow")) == yellow
    assert declare(**said).state == "unknown"
    assert declare(**said, vehicle_kind="car", plate_colour="blue").finding["entry"] == "several"


def test_without_a_kind_the_plate_alone_will_do_when_it_is_unique() -> None:
    vehicle = registered(plate="29-H1 555.55", plate_colour="yellow")
    assert about(declare(plate="29H155555")) == vehicle
    assert about(declare(plate="29H155555", vehicle_kind="moped", plate_colour="red")) == vehicle


def test_a_cars_declaration_does_not_go_to_a_motorbike_of_the_same_letters() -> None:
    registered(plate="29-F1 0123", vehicle_kind="motorbike")
    assert declare(plate="29F-101.23", vehicle_kind="car").state == "unknown"


def test_a_registration_that_ended_is_found_only_without_a_live_one() -> None:
    ended = registered(plate="29-H1 777.77", status="revoked")
    assert about(declare(plate="29-H1 777.77", vehicle_kind="motorbike")) == ended
    live = registered(plate="29-H1 777.77")
    assert about(declare(plate="29-H1 777.77", vehicle_kind="motorbike")) == live


def test_a_declaration_of_nothing_we_know_is_kept_without_a_case() -> None:
    declared = declare(plate="30-X1 000.00", vehicle_kind="motorbike", usage_status="stolen")
    assert (declared.state, declared.finding) == ("unknown", {"entry": "none"})
    assert declared.reconciled_at is not None
    assert not VerificationCase.objects.exists()


def test_an_unknown_entry_is_found_once_it_has_been_delivered() -> None:
    person = factories.person()
    declared = declare(person, plate="30-X1 000.00", vehicle_kind="motorbike")
    vehicle = registered(person, plate="30-X1 000.00")
    declared = reconcile_one(declared)
    assert (declared.state, declared.vehicle) == ("confirms", vehicle)


def test_one_licence_number_with_several_classes_is_told_apart_by_the_class() -> None:
    person = factories.person()
    light = licensed(person, number="010203004567", licence_class="A1")
    heavy = licensed(person, number="010203004567", licence_class="C")
    said = {"subject": "licence", "licence_number": "010203004567", "plate": None, "usage_status": None}
    assert about(declare(person, **said, licence_class="c")) == heavy
    assert about(declare(person, **said, licence_class="A1")) == light
    assert declare(person, **said, licence_class="E").finding["entry"] == "several"


def test_a_paper_licence_needs_its_holders_name_beside_the_number() -> None:
    holder = factories.person(full_name="Phan Duy Hoa")
    paper = licensed(holder, number="Z730711", medium="paper")
    licensed(factories.person(full_name="Trần Thị Hoa"), number="Z730711", medium="paper")
    said = {"subject": "licence", "licence_number": "Z 730711", "licence_class": "A1", "usage_status": None}
    assert about(declare(holder, **said)) == paper
    assert declare(factories.person(full_name="Lê Văn Tám"), **said).state == "unknown"


def test_a_declaration_that_is_corrected_leaves_the_entry_it_was_on() -> None:
    wrong, right = registered(), registered()
    declared = declare(owner_of(right), wrong, usage_status="sold_not_transferred")
    Declaration.objects.update(plate=right.plate, state="received")
    declared = reconcile_one(declared)
    assert declared.vehicle == right
    assert list(Discrepancy.objects.filter(state="open").values_list("subject_id", flat=True)) == [right.pk]
    assert VerificationCase.objects.get(subject_id=wrong.pk).state == "withdrawn"
