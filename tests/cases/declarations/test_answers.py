"""What a confirming declaration answers of the cases that matching opened."""

import pytest
from django.utils import timezone

from cases.models import Refusal, VerificationCase
from registry.models import Person
from tests import factories
from tests.cases.declarations.rows import declare, licensed, registered
from tests.cases.rows import open_case

pytestmark = pytest.mark.django_db


def case_of(vehicle, kind: str, **columns) -> VerificationCase:
    return open_case(vehicle.owner, kind=kind, **columns)


@pytest.mark.parametrize("kind", ["no_candidate", "probable", "ambiguous"])
def test_the_person_who_declared_is_put_forward_where_the_register_has_no_number(kind: str) -> None:
    person = factories.person()
    vehicle = registered(person, owner_id_number=None)
    case = case_of(vehicle, kind)
    declared = declare(person, vehicle)
    case.refresh_from_db()
    assert (case.state, case.person, case.version) == ("open", person, 2)
    evidence = case.discrepancies.get().evidence["declared"]
    assert evidence["personal_id"] == person.personal_id
    event = case.events.get(move="declared")
    assert event.detail == {"declaration": declared.pk, "person": person.pk}


def test_a_person_is_put_forward_once() -> None:
    person = factories.person()
    vehicle = registered(person, owner_id_number=None)
    case = case_of(vehicle, "no_candidate")
    declare(person, vehicle)
    declare(person, vehicle)
    assert case.events.filter(move="declared").count() == 1


def test_a_person_an_officer_ruled_out_stays_ruled_out() -> None:
    person = factories.person()
    vehicle = registered(person, owner_id_number=None)
    case = case_of(vehicle, "ambiguous")
    Refusal.objects.create(
        register="owner", subject_id=vehicle.owner_id, person=person, case=case, refused_by=factories.user()
    )
    declare(person, vehicle)
    case.refresh_from_db()
    assert case.person is None


def test_a_proposal_stands_and_gets_the_declaration_beside_it() -> None:
    person = factories.person()
    vehicle = registered(person, owner_id_number=None)
    case = case_of(vehicle, "ambiguous", state="proposed", disposition="nobody_fits")
    declare(person, vehicle)
    case.refresh_from_db()
    assert (case.state, case.person, case.version) == ("proposed", None, 1)
    assert case.discrepancies.get().evidence["declared"]["person"] == person.pk


def test_a_former_number_stays_the_owners_case() -> None:
    person = factories.person(former_ids=["012345678"])
    vehicle = registered(person, owner_id_number="012345678")
    case = case_of(vehicle, "verified_former_id")
    assert declare(person, vehicle).state == "confirms"
    case.refresh_from_db()
    assert (case.state, case.version) == ("open", 1)


def test_a_case_with_nothing_left_to_correct_is_withdrawn_with_the_reason() -> None:
    person = factories.person()
    vehicle = registered(person)
    case = case_of(vehicle, "no_candidate")
    Person.objects.update(changed_at=timezone.now())  # delivered after the run that found nobody
    declared = declare(person, vehicle)
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert str(declared) in case.events.get(move="withdraw").reason


def test_what_matching_still_finds_is_not_withdrawn() -> None:
    person = factories.person()
    vehicle = registered(person)
    case = case_of(vehicle, "ambiguous")
    declare(person, vehicle)
    case.refresh_from_db()
    assert case.state == "open"


def test_a_name_still_to_be_corrected_keeps_its_case() -> None:
    person = factories.person()
    vehicle = registered(person, owner_name="VU QUANG DAT")
    case = case_of(vehicle, "name_variant")
    assert declare(person, vehicle).state == "confirms"
    case.refresh_from_db()
    assert case.state == "open"


def test_a_licences_case_is_answered_by_its_holder() -> None:
    person = factories.person()
    licence = licensed(person, holder_id_number=None)
    case = open_case(licence, register="licence", kind="probable")
    declare(person, licence)
    case.refresh_from_db()
    assert case.person == person
    assert {event.move for event in case.events.all()} == {"opened", "confirmed", "declared"}


def test_what_differs_answers_nothing() -> None:
    person = factories.person()
    vehicle = registered(person, owner_id_number=None)
    case = case_of(vehicle, "no_candidate")
    declare(person, vehicle, usage_status="sold_not_transferred")
    case.refresh_from_db()
    assert case.person is None
