"""What a delivery did is taken back, except what a person or a later delivery has changed since."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from cases.models import Candidate, ReviewPair
from cases.review.sampling import draw_sample
from registry.deliveries.undo import undo_numbers
from registry.models import Delivery, DriverLicence, Owner, PaperFile, Person, Vehicle
from tests import factories
from tests.cases.review.verdicts import frame, one_verdict
from tests.registry.deliveries.conftest import Deliver, take_back
from tests.registry.deliveries.files import LICENCE, person, vehicle


def kept(delivery: object) -> set[tuple[str, str, str]]:
    """(model, name, why) of what an undo kept."""
    notices = delivery.notices.filter(code__startswith="kept_")  # type: ignore[attr-defined]
    return set(notices.values_list("other", "value", "code"))


def rows(model: type) -> list[tuple[object, ...]]:
    """Everything a register says, without keys and bookkeeping."""
    left_out = {"id", "changed_at", "vehicle_count"}
    names = [field.attname for field in model._meta.concrete_fields if field.name not in left_out]  # type: ignore[attr-defined]
    return sorted(model.objects.values_list(*names), key=str)  # type: ignore[attr-defined]


def test_what_a_delivery_made_is_removed(deliver: Deliver) -> None:
    delivery = deliver("vehicles", [vehicle(1), vehicle(2), vehicle(3, owner_id_number="")])
    assert undo_numbers(delivery) == {"removed": 9, "restored": 0, "kept": 0}
    take_back(delivery)
    assert [model.objects.count() for model in (Vehicle, Owner, PaperFile)] == [0, 0, 0]
    assert kept(delivery) == set()


def test_what_a_delivery_changed_says_again_what_it_said(deliver: Deliver) -> None:
    same = {"owner_id_number": "001070000001"}
    deliver("vehicles", [vehicle(1, **same), vehicle(2, **same), vehicle(3, owner_id_number=""), vehicle(4)])
    before = [rows(model) for model in (Vehicle, Owner, PaperFile)]
    changed = [
        vehicle(1, **same, owner_address="Nơi khác", colour="Đỏ"),
        vehicle(3, owner_id_number="", owner_name="Tên Khác", file_code="K7"),
        vehicle(4, owner_id_number="001070999999", owner_name="Lê Thị Cúc"),
        vehicle(5),
    ]
    delivery = deliver("vehicles", changed)
    assert [rows(model) for model in (Vehicle, Owner, PaperFile)] != before
    take_back(delivery)
    assert [rows(model) for model in (Vehicle, Owner, PaperFile)] == before
    assert dict(Owner.objects.filter(id_key="001070000001").values_list("name", "vehicle_count")) == {
        "Trần Thị Bình": 2
    }
    assert kept(delivery) == set()


def test_what_a_person_changed_since_is_kept_and_listed(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1)])
    delivery = deliver("vehicles", [vehicle(1, colour="Đỏ"), vehicle(2), vehicle(3)])
    Vehicle.objects.filter(source_id="XE1").update(brand="HONDA")
    Owner.objects.filter(vehicles__source_id="XE2").update(name="Trần Thị Bính")
    take_back(delivery)
    assert Vehicle.objects.get(source_id="XE1").colour == "Đỏ"
    assert set(Vehicle.objects.values_list("source_id", flat=True)) == {"XE1"}
    corrected = Owner.objects.get(name="Trần Thị Bính")
    assert kept(delivery) == {
        ("registry.Vehicle", "XE1", "kept_changed"),
        ("registry.Owner", str(corrected.pk), "kept_changed"),
    }


def test_what_a_later_delivery_changed_is_kept(deliver: Deliver) -> None:
    delivery = deliver("vehicles", [vehicle(1), vehicle(2)])
    later = deliver("vehicles", [vehicle(2, colour="Đỏ"), vehicle(3)])
    take_back(delivery)
    assert set(Vehicle.objects.values_list("source_id", flat=True)) == {"XE2", "XE3"}
    assert ("registry.Vehicle", "XE2", "kept_changed") in kept(delivery)
    # Its owner and its papers are needed by what was kept.
    assert {(model, why) for model, _name, why in kept(delivery)} == {
        ("registry.Vehicle", "kept_changed"), ("registry.Owner", "kept_needed"),
        ("registry.PaperFile", "kept_needed"),
    }  # fmt: skip
    assert Vehicle.objects.get(source_id="XE3").made_by == later


def test_a_plate_that_was_handed_on_goes_back(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, plate="29A-111.11"), vehicle(2, plate="29A-222.22")])
    before = rows(Vehicle)
    delivery = deliver("vehicles", [
        vehicle(1, plate="29A-333.33"), vehicle(3, plate="29A-111.11"),
        vehicle(2, status="revoked", plate="29A-222.22"),
        vehicle(4, plate="29A-222.22"),
    ])  # fmt: skip
    assert (delivery.new, delivery.changed) == (2, 2)
    take_back(delivery)
    assert rows(Vehicle) == before


def test_a_plate_taken_since_is_not_taken_back(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, plate="29A-111.11")])
    delivery = deliver("vehicles", [vehicle(1, plate="29A-333.33")])
    deliver("vehicles", [vehicle(2, plate="29A-111.11")])
    take_back(delivery)
    assert Vehicle.objects.get(source_id="XE1").plate == "29A-333.33"
    assert ("registry.Vehicle", "XE1", "kept_needed") in kept(delivery)


def test_persons_and_licences_go_back_too(deliver: Deliver) -> None:
    deliver("persons", [person(1)])
    delivery = deliver("persons", [person(1, full_name="Nguyễn Văn Bình", as_of="2025-11-02"), person(2)])
    take_back(delivery)
    assert list(Person.objects.values_list("full_name", "as_of")) == [("Nguyễn Văn An", date(2025, 11, 1))]
    licences = deliver("licences", [LICENCE])
    take_back(licences)
    assert DriverLicence.objects.count() == 0


def test_a_person_whom_matching_named_and_officers_judged_can_go(deliver: Deliver) -> None:
    delivery = deliver("persons", [person(1)])
    verdict = one_verdict(Person.objects.get())
    Candidate.objects.create(verdict=verdict, rank=1, person=Person.objects.get(), score=0.9)
    draw_sample(purpose="quality", frame=frame(), by=factories.user("city_supervisor"))
    take_back(delivery)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Person.objects.count() == 0
    pair = ReviewPair.objects.get()
    assert (pair.person, pair.verdict.person, verdict.candidates.count()) == (None, None, 0)
    assert pair.shown["person"]["name"] == "Nguyễn Văn An"


def test_a_link_to_a_removed_person_is_cut(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1)])
    delivery = deliver("persons", [person(1)])
    Owner.objects.update(person=Person.objects.get())
    take_back(delivery)
    assert Person.objects.count() == 0
    assert Owner.objects.get().person is None


def test_matching_is_no_change_of_the_register(deliver: Deliver) -> None:
    deliver("persons", [person(1)])
    delivery = deliver("vehicles", [vehicle(1)])
    Owner.objects.update(person=Person.objects.get())
    Vehicle.objects.update(confirmed_on=date(2025, 11, 1), confirmed_by="officer")
    take_back(delivery)
    assert Vehicle.objects.count() == 0


def test_the_history_says_that_it_was_an_undo(deliver: Deliver) -> None:
    deliver("persons", [person(1)])
    take_back(deliver("persons", [person(1, full_name="Khác", as_of="2025-11-02")]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name FROM registry_personevent ORDER BY pgh_id")
        assert cursor.fetchall() == [("Nguyễn Văn An",), ("Khác",)]


def test_no_statement_deletes_a_delivery_that_rows_may_name(deliver: Deliver) -> None:
    delivery = deliver("vehicles", [vehicle(1)])
    with pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk)._raw_delete("default")
    assert Delivery.objects.filter(pk=delivery.pk).exists()
