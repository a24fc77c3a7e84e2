"""An approved correction, and the source that says its old claim again the next day."""

from typing import Any

import pytest

from cases.models import VerificationCase
from cases.models.case import Disposition
from cases.models.kinds import DiscrepancyKind
from cases.services.approvals import case_approve
from cases.services.proposals import case_propose
from registry.deliveries.merges import Part
from registry.deliveries.vehicles import VehicleMerge
from registry.models import Correction, DriverLicence, Owner, Vehicle
from tests import factories
from tests.cases.rows import open_case
from tests.registry.deliveries.conftest import (  # noqa: F401 - fixtures
    Deliver,
    checked,
    counts,
    deliver,
    receive,
    take_back,
)
from tests.registry.deliveries.files import LICENCE, vehicle
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


def approve(entry: Any, **proposal: Any) -> None:
    """One officer proposes, another approves."""
    register = {Owner: "owner", Vehicle: "vehicle", DriverLicence: "licence"}[type(entry)]
    found = VerificationCase.objects.filter(register=register, subject_id=entry.pk, closed_at=None).first()
    case = found or open_case(
        entry,
        unit=factories.unit(),
        register=register,
        kind=DiscrepancyKind.ID_TYPO,
        person=proposal.get("person"),
    )
    officer, supervisor = (
        factories.user(role, case.unit) for role in (Role.WARD_OFFICER, Role.WARD_SUPERVISOR)
    )
    ending = Disposition.LINK_PERSON if "person" in proposal else Disposition.CORRECT_ENTRY
    options = {"disposition": ending, "reason": "Theo giấy tờ"} | proposal
    made = case_propose(case=case, user=officer, version=case.version, **options)
    assert case_approve(case=made, user=supervisor, version=made.version).applied


def owner_of(number: int) -> Owner:
    return Owner.objects.get(vehicles__source_id=f"XE{number}")


def test_an_owner_renamed_while_a_file_is_applied_keeps_the_name_and_the_file_goes_on(
    deliver: Deliver,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deliver("vehicles", [vehicle(1)])
    owner, person = owner_of(1), factories.person()
    old_claim = {"owner_name": owner.name, "owner_id_number": owner.id_number}
    write_owners = VehicleMerge._apply_owners

    def approve_meanwhile(merge: VehicleMerge, part: Part) -> Any:
        done = write_owners(merge, part)
        approve(owner, person=person)
        return done

    monkeypatch.setattr(VehicleMerge, "_apply_owners", approve_meanwhile)
    deliver("vehicles", [vehicle(1, colour="đỏ"), vehicle(2, **old_claim), vehicle(3, **old_claim)])
    assert owner_of(1) == owner
    assert owner_of(1).name == person.full_name
    assert Vehicle.objects.get(source_id="XE1").colour == "đỏ"
    assert owner_of(2) == owner_of(3) != owner
    assert owner_of(2).name == old_claim["owner_name"]
    assert owner_of(2).vehicle_count == 2


def test_the_owner_an_officer_linked_stays(deliver: Deliver) -> None:  # noqa: F811
    deliver("vehicles", [vehicle(1, owner_birth_date="1991")])
    owner, person = owner_of(1), factories.person()
    approve(owner, person=person)
    again = deliver("vehicles", [vehicle(1, owner_birth_date="1991"), vehicle(2)])
    assert counts(again) == (2, 1, 0, 1, 0)
    kept = owner_of(1)
    assert (kept.pk, kept.name, kept.id_number, kept.birth_date, kept.birth_precision, kept.person) == (
        owner.pk, person.full_name, person.personal_id, person.birth_date, "day", person,
    )  # fmt: skip
    assert not Correction.objects.filter(field="person").exists()
    take_back(again)
    assert owner_of(1).id_number == person.personal_id


def test_an_owner_without_a_number_keeps_the_one_approved(deliver: Deliver) -> None:  # noqa: F811
    deliver("vehicles", [vehicle(1, owner_id_number="")])
    person = factories.person()
    approve(owner_of(1), person=person)
    assert counts(deliver("vehicles", [vehicle(1, owner_id_number=""), vehicle(2)])) == (2, 1, 0, 1, 0)
    assert (owner_of(1).id_number, owner_of(1).person) == (person.personal_id, person)


def test_two_owners_who_are_one_stay_one(deliver: Deliver) -> None:  # noqa: F811
    """Also where the entry that was given up had been corrected before."""
    rows = [vehicle(1), vehicle(2, owner_birth_date="1970-01-02")]
    deliver("vehicles", rows)
    right = owner_of(2)
    approve(owner_of(1), values={"name": "Trần Thị Bính"})
    approve(owner_of(1), values={"name": right.name, "id_number": right.id_number})
    assert owner_of(1) == right
    again = deliver("vehicles", [*rows, vehicle(3)])
    assert counts(again) == (3, 1, 0, 2, 0)
    assert owner_of(1) == owner_of(2) == right
    assert owner_of(1).vehicle_count == 2


def test_corrected_twice_the_last_word_stays(deliver: Deliver) -> None:  # noqa: F811
    deliver("vehicles", [vehicle(1)])
    for address in ("Số 2 phố Huế", "Số 3 phố Huế"):
        approve(owner_of(1), values={"address": address})
    for said in ("Số 1 phố Huế", "Số 2 phố Huế"):
        deliver("vehicles", [vehicle(1, owner_address=said), vehicle(2, colour=said)])
        assert owner_of(1).address == "Số 3 phố Huế"
    deliver("vehicles", [vehicle(1, owner_address="Số 4 phố Huế")])
    assert owner_of(1).address == "Số 4 phố Huế"


def test_vehicle_and_licence_keep_what_was_approved(deliver: Deliver) -> None:  # noqa: F811
    deliver("vehicles", [vehicle(1, year_made="2010")])
    deliver("licences", [LICENCE])
    person = factories.person()
    approve(Vehicle.objects.get(), values={"year_made": 2011})
    approve(DriverLicence.objects.get(), person=person)
    vehicles = deliver("vehicles", [vehicle(1, year_made="2010"), vehicle(2)])
    licences = deliver("licences", [LICENCE, LICENCE | {"source_id": "GP2", "number": "010123456780"}])
    assert counts(vehicles) == counts(licences) == (2, 1, 0, 1, 0)
    assert Vehicle.objects.get(source_id="XE1").year_made == 2011
    kept = DriverLicence.objects.get(source_id="GP1")
    assert (kept.holder_id_number, kept.person) == (person.personal_id, person)
