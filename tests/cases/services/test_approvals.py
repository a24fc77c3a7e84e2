"""From proposal to corrected register."""

import pytest
from django.db import IntegrityError, transaction

from cases.models import Candidate, CaseEvent, ChangeRecord, Discrepancy, Refusal, Verdict, VerificationCase
from cases.models.case import CaseState, Disposition
from cases.services import approvals
from cases.services.approvals import case_approve, case_return
from cases.services.moves import MoveRefused
from cases.services.proposals import case_propose
from registry.models import Owner, Vehicle
from tests import factories
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return factories.person(full_name="Vũ Quang Đạt", personal_id="001091084217")


@pytest.fixture
def case(person):
    unit = factories.unit()
    owner = factories.owner(name="VŨ QUANG ĐAT", id_number="001091048217", unit=unit, vehicle_count=1)
    factories.vehicle(owner=owner, unit=unit)
    return open_case(owner, unit=unit, person=person)


@pytest.fixture
def officer(case):
    return factories.user(Role.WARD_OFFICER, case.unit)


@pytest.fixture
def supervisor(case):
    return factories.user(Role.WARD_SUPERVISOR, case.unit)


@pytest.fixture
def proposed(case, officer, person):
    return case_propose(
        case=case,
        user=officer,
        version=case.version,
        disposition=Disposition.LINK_PERSON,
        person=person,
    )


def approve(case, user):
    return case_approve(case=case, user=user, version=case.version)


def test_nobody_waits_for_the_next_number_while_an_entry_is_looked_at_again(
    proposed, supervisor, monkeypatch
):
    looked = []

    def look(register, entry_id):
        looked.append(ChangeRecord.objects.filter(case=proposed).exists())

    monkeypatch.setattr(approvals, "match_one", look)
    monkeypatch.setattr(approvals, "check_one", look)
    approve(proposed, supervisor)
    assert looked == [False, False]
    assert ChangeRecord.objects.filter(case=proposed).exists()


def test_a_proposal_lists_what_will_change_and_from_what(proposed):
    changes = {change["field"]: (change["old"], change["new"]) for change in proposed.changes}
    assert changes["name"] == ("VŨ QUANG ĐAT", "Vũ Quang Đạt")
    assert changes["id_number"] == ("001091048217", "001091084217")
    assert proposed.state == CaseState.PROPOSED


def test_an_approved_proposal_corrects_the_register_and_closes_the_case(proposed, supervisor, person):
    decision = approve(proposed, supervisor)
    owner = Owner.objects.get(pk=proposed.subject_id)
    assert decision.applied
    assert (owner.name, owner.id_number, owner.person) == ("Vũ Quang Đạt", "001091084217", person)
    assert decision.case.state == CaseState.CLOSED
    assert not Discrepancy.objects.filter(case=proposed, state="open").exists()
    assert owner.events.count() == 1  # what it said before is kept


def test_every_correction_has_a_record_numbered_without_a_gap(person):
    numbers = []
    for _time in range(3):
        unit = factories.unit()
        case = open_case(factories.owner(name="VU QUANG DAT", unit=unit), unit=unit, person=person)
        officer, supervisor = (
            factories.user(role, unit) for role in (Role.WARD_OFFICER, Role.WARD_SUPERVISOR)
        )
        made = case_propose(
            case=case, user=officer, version=1, disposition=Disposition.CORRECT_ENTRY,
            values={"name": "Vũ Quang Đạt"}, reason="Theo giấy tờ",
        )  # fmt: skip
        approve(made, supervisor)
        record = ChangeRecord.objects.get(case=case)
        assert (record.proposed_by_name, record.approved_by_name) == (str(officer), str(supervisor))
        numbers.append(record.sequence)
    assert numbers == [1, 2, 3]


def test_nobody_approves_their_own_proposal(case, person):
    supervisor = factories.user(Role.WARD_SUPERVISOR, case.unit)
    made = case_propose(
        case=case, user=supervisor, version=case.version, disposition=Disposition.LINK_PERSON, person=person
    )
    with pytest.raises(MoveRefused):
        approve(made, supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationCase.objects.filter(pk=case.pk).update(approved_by=supervisor)


def test_a_register_that_changed_meanwhile_sends_the_case_back(proposed, supervisor):
    Owner.objects.filter(pk=proposed.subject_id).update(name="VŨ QUANG ĐẠI")
    decision = approve(proposed, supervisor)
    assert not decision.applied
    assert decision.case.state == CaseState.RETURNED
    assert "VŨ QUANG ĐẠI" in decision.message
    assert Owner.objects.get(pk=proposed.subject_id).id_number == "001091048217"
    assert not ChangeRecord.objects.filter(case=proposed).exists()


def test_a_returned_case_goes_back_to_its_officer_with_the_reason(proposed, supervisor, officer):
    returned = case_return(case=proposed, user=supervisor, version=proposed.version, reason="Thiếu ảnh")
    assert (returned.state, returned.assignee) == (CaseState.RETURNED, officer)
    assert CaseEvent.objects.filter(case=proposed).latest("id").reason == "Thiếu ảnh"


def test_a_double_click_on_approve_corrects_once(proposed, supervisor):
    approve(proposed, supervisor)
    with pytest.raises(MoveRefused):
        approve(proposed, supervisor)
    assert ChangeRecord.objects.filter(case=proposed).count() == 1


def test_two_entries_of_one_person_become_one_owner(proposed, supervisor, person):
    other = factories.owner(name="Vũ Quang Đạt", id_number=person.personal_id, vehicle_count=1)
    factories.vehicle(owner=other, plate="29-H1 888.88")
    approve(proposed, supervisor)
    assert Vehicle.objects.filter(owner=other).count() == 2
    assert Owner.objects.get(pk=other.pk).vehicle_count == 2
    assert Owner.objects.get(pk=proposed.subject_id).vehicle_count == 0


def test_none_of_these_is_remembered(case, officer, supervisor, person):
    made = case_propose(
        case=case,
        user=officer,
        version=case.version,
        disposition=Disposition.NOBODY_FITS,
        reason="Người khác",
    )
    approve(made, supervisor)
    assert Refusal.objects.filter(subject_id=case.subject_id, person=person).exists()


def test_the_chosen_person_need_not_be_the_first(case, officer):
    second = factories.person(full_name="Vũ Quang Đại")
    verdict = Verdict.objects.get(subject_id=case.subject_id)
    Candidate.objects.create(verdict=verdict, rank=2, person=second, score=0.2)
    made = case_propose(
        case=case, user=officer, version=case.version, disposition=Disposition.LINK_PERSON, person=second
    )
    assert made.person == second


@pytest.mark.parametrize("disposition", ["", "link_person", "change_status", "correct_entry", "entry_right"])
def test_an_ending_that_lacks_what_it_needs_is_refused(case, officer, disposition):
    with pytest.raises(MoveRefused):
        case_propose(case=case, user=officer, version=case.version, disposition=disposition)
    assert VerificationCase.objects.get(pk=case.pk).state == CaseState.OPEN


def test_a_vague_birth_date_does_not_replace_a_precise_one(officer, case):
    vague = factories.person(birth_date="1991-01-01", birth_precision="year")
    made = case_propose(
        case=case, user=officer, version=case.version, disposition=Disposition.LINK_PERSON, person=vague
    )
    assert "birth_date" not in {change["field"] for change in made.changes}
