"""Declarations that disagree, and the cases they make."""

import pytest

from cases.declarations.reconcile import reconcile_one
from cases.models import Declaration, Discrepancy, VerificationCase
from cases.models.case import Priority
from tests import factories
from tests.cases.declarations.rows import declare, licensed, owner_of, registered

pytestmark = pytest.mark.django_db


def kinds(entry) -> set[str]:
    """The open discrepancies on an entry."""
    return set(Discrepancy.objects.filter(subject_id=entry.pk, state="open").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("status", "kind", "priority"),
    [
        ("sold_not_transferred", "declared_sold", Priority.NORMAL),
        ("given_or_inherited", "declared_inherited", Priority.NORMAL),
        ("lost", "declared_lost", Priority.SOON),
        ("stolen", "declared_stolen", Priority.URGENT),
        ("seized", "declared_seized", Priority.SOON),
        ("unused", "declared_ended", Priority.ROUTINE),
        ("scrapped", "declared_ended", Priority.ROUTINE),
        ("expired", "declared_ended", Priority.ROUTINE),
        ("moved_away", "declared_moved", Priority.ROUTINE),
        ("owner_deceased", "declared_deceased", Priority.NORMAL),
        ("not_mine", "declared_not_mine", Priority.SOON),
    ],
)
def test_what_an_owner_declares_opens_a_case_of_that_kind(status: str, kind: str, priority: int) -> None:
    ward = factories.unit()
    vehicle = registered(unit=ward)
    declared = declare(owner_of(vehicle), vehicle, usage_status=status, counterparty_name="Lê Văn Tám")
    case = VerificationCase.objects.get()
    assert declared.state == "differs"
    assert (case.register, case.subject_id, case.kind, case.priority) == (
        "vehicle",
        vehicle.pk,
        kind,
        priority,
    )
    assert (case.unit, case.subject_name, case.opened_by_run) == (ward, vehicle.owner.name, None)
    found = case.discrepancies.get()
    assert (found.kind, found.declaration) == (kind, declared)
    assert found.evidence["declarant"] == declared.declarant_name
    assert found.evidence["counterparty"] == "Lê Văn Tám"
    assert found.evidence["status"] == status
    assert [event.move for event in case.events.order_by("id")] == ["opened", "declared"]
    vehicle.refresh_from_db()
    assert vehicle.confirmed_on is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("in_use_owner", "declared_differs"),
        ("in_use_family", "declared_inherited"),
        ("bought_not_transferred", "declared_bought"),
    ],
)
def test_what_somebody_else_declares_is_a_matter_of_transfer(status: str, kind: str) -> None:
    vehicle = registered()
    stranger = factories.person(full_name="Trần Thị Hoa")
    declared = declare(stranger, vehicle, usage_status=status)
    assert (declared.state, declared.finding["declarant"]) == ("differs", "other")
    assert kinds(vehicle) == {kind}


def test_another_owner_is_shown_with_both_names_and_numbers() -> None:
    vehicle = registered()
    stranger = factories.person(full_name="Trần Thị Hoa")
    declare(stranger, vehicle)
    differs = Discrepancy.objects.get().evidence["differs"]
    assert differs["name"] == {"register": "Vũ Quang Đạt", "declared": "Trần Thị Hoa"}
    assert differs["number"] == {"register": vehicle.owner.id_number, "declared": stranger.personal_id}


def test_other_stamped_numbers_are_shown_with_both_values() -> None:
    vehicle = registered(chassis_no="RLHJF63A0G6972269", engine_no="JF63E-3175622")
    declared = declare(owner_of(vehicle), vehicle, chassis_no="RLHJF63A0G6972260", engine_no="JF63E3175622")
    assert declared.state == "differs"
    assert Discrepancy.objects.get().evidence["differs"] == {
        "chassis_no": {"register": "RLHJF63A0G6972269", "declared": "RLHJF63A0G6972260"}
    }
    vehicle.refresh_from_db()
    assert vehicle.confirmed_on is None


def test_a_namesake_with_another_number_is_not_the_owner() -> None:
    vehicle = registered(factories.person(birth_date=None), owner_birth_date=None)
    namesake = factories.person(personal_id="079188004321")
    declared = declare(namesake, vehicle)
    assert (declared.state, declared.finding["declarant"]) == ("differs", "unsure")
    assert kinds(vehicle) == {"declared_differs"}


def test_a_person_who_has_died_confirms_nothing() -> None:
    person = factories.person(died_on="2024-02-11")
    vehicle = registered(person)
    assert declare(person, vehicle).state == "differs"
    assert Discrepancy.objects.get().evidence["differs"] == {"died_on": {"population": "2024-02-11"}}


def test_an_owner_unknown_to_the_population_is_left_to_the_owners_case() -> None:
    vehicle = factories.vehicle(owner=factories.owner(name="Lý Thị Mơ", id_number="004188001234"))
    declared = declare(of=vehicle, declarant_name="Lý Thị Mơ", declarant_id="004188001234")
    assert (declared.state, declared.finding["declarant"]) == ("differs", "absent")
    assert not VerificationCase.objects.exists()


def test_in_use_what_the_register_has_as_stolen_is_a_discrepancy() -> None:
    vehicle = registered(status="stolen")
    declare(owner_of(vehicle), vehicle)
    found = Discrepancy.objects.get()
    assert found.kind == "declared_differs"
    assert found.evidence["differs"] == {"status": {"register": "stolen", "declared": "in_use_owner"}}


def test_a_licence_of_another_class_goes_to_the_licences_case() -> None:
    person = factories.person()
    licence = licensed(person, licence_class="B2")
    declare(person, licence, licence_class="C")
    case = VerificationCase.objects.get()
    assert (case.register, case.subject_id, case.kind) == ("licence", licence.pk, "declared_differs")
    assert case.discrepancies.get().evidence["differs"] == {
        "licence_class": {"register": "B2", "declared": "C"}
    }


def test_a_case_without_a_known_ward_goes_to_the_city(city) -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred")
    assert VerificationCase.objects.get().unit == city


def test_seller_and_buyer_meet_in_one_case() -> None:
    vehicle = registered()
    buyer = factories.person(full_name="Trần Thị Hoa")
    declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred")
    declare(buyer, vehicle, usage_status="bought_not_transferred")
    case = VerificationCase.objects.get()
    assert set(case.discrepancies.values_list("kind", "state")) == {
        ("declared_sold", "withdrawn"),
        ("declared_transfer", "open"),
    }
    transfer = case.discrepancies.get(kind="declared_transfer")
    assert [other["declarant"] for other in transfer.evidence["others"]] == ["Vũ Quang Đạt"]
    assert case.events.filter(move="declared").count() == 2


def test_a_more_urgent_kind_heads_the_case() -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, usage_status="moved_away")
    declare(factories.person(full_name="Trần Thị Hoa"), vehicle, usage_status="stolen")
    case = VerificationCase.objects.get()
    assert (case.kind, case.priority) == ("declared_stolen", Priority.URGENT)


def test_a_less_urgent_kind_does_not_head_the_case() -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, usage_status="stolen")
    declare(factories.person(full_name="Trần Thị Hoa"), vehicle, usage_status="scrapped")
    case = VerificationCase.objects.get()
    assert (case.kind, case.priority) == ("declared_stolen", Priority.URGENT)
    assert kinds(vehicle) == {"declared_stolen", "declared_ended"}


def test_reconciling_again_opens_and_tells_nothing() -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, usage_status="sold_not_transferred")
    Declaration.objects.update(state="received", reconciled_at=None)
    reconcile_one(Declaration.objects.get())
    case = VerificationCase.objects.get()
    assert (case.version, case.events.count(), case.discrepancies.count()) == (1, 2, 1)
