"""What a release does to registers, cases and records: the same as approvals one by one."""

import pytest
from django.db import connection

from cases.models import CaseEvent, ChangeRecord, Discrepancy, Release, ReleaseCase, Verdict, VerificationCase
from cases.models.case import CaseState, Disposition
from cases.runs.single import match_one
from cases.services.approvals import case_approve
from cases.services.proposals import case_propose
from registry.identity.text import fold
from registry.models import Correction, DriverLicence, Owner, Person
from tests import factories
from tests.cases.declarations.rows import declare
from tests.cases.releases import rows
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def approved_one_by_one(case, drawer, second):
    verdict = Verdict.objects.get(
        register=case.register, subject_id=case.subject_id, superseded_by__isnull=True
    )
    made = case_propose(
        case=case, user=drawer, version=case.version, disposition=Disposition.LINK_PERSON,
        person=verdict.person,
    )  # fmt: skip
    assert case_approve(case=made, user=second, version=made.version).applied


def traces(register, subject_id, case_id):
    """Everything that stands on an entry and its case, without what two entries never share."""
    model = {"owner": Owner, "licence": DriverLicence}[register]
    case = VerificationCase.objects.get(pk=case_id)
    events = CaseEvent.objects.filter(case=case_id).order_by("id")
    record = ChangeRecord.objects.get(case=case_id)
    in_force = Verdict.objects.filter(register=register, subject_id=subject_id, superseded_by__isnull=True)
    return {
        "person linked": model.objects.get(pk=subject_id).person_id is not None,
        "history": model.objects.get(pk=subject_id).events.count(),
        "case": (case.state, case.version, case.disposition, case.kind, case.person_id is not None,
                 case.proposed_by_id, case.approved_by_id, case.closed_at is not None),
        "changes": [(change["register"], change["field"]) for change in case.changes],
        "steps": [(e.move, e.from_state, e.to_state, e.actor_id, e.actor_name) for e in events],
        "record": (sorted(record.changes), record.unit_id, record.proposed_by_name, record.approved_by_name),
        "discrepancies": list(Discrepancy.objects.filter(case=case_id).values_list("kind", "state")),
        "verdicts": list(in_force.values_list("verdict", "pass_name", "score", "comparison")),
        "corrections": sorted(
            Correction.objects.filter(register=register, entry_id=subject_id).values_list("field", flat=True)
        ),
    }  # fmt: skip


@pytest.mark.parametrize("make", [rows.former_case, rows.former_licence])
def test_a_released_case_ends_as_its_twin_that_was_approved_alone(make, ward, drawer, second):
    mine, twin = make(ward), make(ward)
    approved_one_by_one(twin, drawer, second)
    release = rows.released(drawer, second)
    assert release.counts == {"released": 1}
    one, other = (traces(case.register, case.subject_id, case.pk) for case in (mine, twin))
    assert one == other
    said = one["verdicts"][0]
    assert said[0] == "verified"


def test_the_register_says_what_the_population_says_and_the_history_what_it_said(ward, drawer, second):
    case = rows.former_case(ward, name="DO QUANG HUNG", who=rows.person(ward, full_name="Đỗ Quang Hùng"))
    before = Owner.objects.get(pk=case.subject_id)
    release = rows.released(drawer, second)
    owner, person = Owner.objects.get(pk=case.subject_id), Person.objects.get(full_name="Đỗ Quang Hùng")
    assert (owner.name, owner.id_number, owner.person) == (person.full_name, person.personal_id, person)
    event = owner.events.get()
    assert (event.name, event.id_number) == (before.name, before.id_number)
    assert event.pgh_context.metadata["release"] == release.pk
    assert event.pgh_context.metadata["user"] == second.pk
    record = ChangeRecord.objects.get(case=case)
    assert record.changes["id_number"] == {"old": before.id_number, "new": person.personal_id}
    claims = Correction.objects.filter(register="owner", entry_id=owner.pk)
    assert set(claims.values_list("field", "said", "corrected")) == {
        ("name", "DO QUANG HUNG", "Đỗ Quang Hùng"),
        ("id_number", before.id_number, person.personal_id),
    }


def test_what_was_declared_of_a_released_owners_vehicles_is_judged_anew(ward, drawer, second):
    who = rows.person(ward, full_name="Đỗ Quang Hùng")
    owner = rows.former_owner(ward, who, name="Lê Thị Mai")
    vehicle = factories.vehicle(owner=owner, unit=ward)
    declared = declare(who, vehicle)
    assert declared.state == "differs"
    Owner.objects.filter(pk=owner.pk).update(name="DO QUANG HUNG")  # a delivery does not turn it around
    match_one("owner", owner.pk)
    rows.released(drawer, second)
    declared.refresh_from_db()
    vehicle.refresh_from_db()
    assert (declared.state, vehicle.confirmed_by) == ("confirms", "declaration")


def test_corrections_are_numbered_without_a_gap_over_chunks(ward, drawer, second, settings):
    settings.RELEASE_CHUNK_CASES = 2
    approved_one_by_one(rows.former_case(ward), drawer, second)
    cases = rows.former_cases(ward, 5)
    rows.released(drawer, second)
    approved_one_by_one(rows.former_case(ward), drawer, second)
    numbers = ChangeRecord.objects.filter(register="owner").order_by("sequence")
    assert list(numbers.values_list("sequence", flat=True)) == list(range(1, 8))
    assert ChangeRecord.objects.filter(case__in=cases).count() == 5


def test_what_changed_since_the_lot_was_frozen_is_left_with_the_reason(ward, drawer, second):
    names = ("good", "touched", "entry", "person", "verdict", "refused", "other", "gone")
    cases = dict(zip(names, rows.former_cases(ward, len(names)), strict=True))
    release = rows.settle(rows.draw(drawer))
    change_meanwhile(cases, drawer)
    rows.let_go(release, second)
    found = dict(ReleaseCase.objects.filter(release=release).values_list("case_id", "reason"))
    assert {name: found[case.pk] for name, case in cases.items()} == {
        "good": "",
        "touched": "case_touched",
        "entry": "entry_changed",
        "person": "person_changed",
        "verdict": "verdict_changed",
        "refused": "refused",
        "other": "other_discrepancy",
        "gone": "entry_changed",
    }
    ended = VerificationCase.objects.filter(state=CaseState.CLOSED).values_list("pk", flat=True)
    assert list(ended) == [cases["good"].pk]
    assert Release.objects.get(pk=release.pk).counts == {"released": 1, "skipped": 7}


def change_meanwhile(cases, user):
    subject = {name: case.subject_id for name, case in cases.items()}
    person = {name: Verdict.objects.get(register="owner", subject_id=pk, superseded_by=None).person for name, pk in subject.items()}  # fmt: skip # noqa: E501
    VerificationCase.objects.filter(pk=cases["touched"].pk).update(assignee=user, state="assigned", version=2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_owner SET phone = '09', changed_at = now() WHERE id = %s", [subject["entry"]])  # fmt: skip # noqa: E501
        cursor.execute("UPDATE registry_person SET full_name = 'X', changed_at = now() WHERE id = %s", [person["person"].pk])  # fmt: skip # noqa: E501
    verdict = Verdict.objects.get(register="owner", subject_id=subject["verdict"], superseded_by=None)
    Verdict.objects.filter(pk=verdict.pk).update(superseded_by=verdict.run)
    case = cases["refused"]
    case.refusals.create(
        register="owner", subject_id=case.subject_id, person=person["refused"], refused_by=user
    )
    Discrepancy.objects.create(
        register="owner", subject_id=subject["other"], case=cases["other"], kind="declared_differs",
        found_at=case.opened_at,
    )  # fmt: skip
    Owner.objects.filter(pk=subject["gone"]).update(vehicle_count=0)


def test_pairs_judged_wrong_or_undecidable_stay_cases_with_a_note(ward, drawer, second):
    rows.former_cases(ward, 45)
    release_class = rows.class_define(
        name="Nới", rule=rows.Rule(kinds=("verified_former_id",)), wrong_limit=0.05, confidence=0.9,
        allowed=2, user=drawer,
    )  # fmt: skip
    release = rows.draw(drawer, release_class)
    sampled = list(release.sample.pairs.values_list("subject_id", flat=True)[:2])
    accepted = rows.settle(release, not_same=sampled[:1], undecidable=sampled[1:])
    assert (accepted.outcome, accepted.wrong, accepted.undecidable) == ("accepted", 2, 1)
    rows.let_go(accepted, second)
    left = ReleaseCase.objects.filter(release=release, state="skipped").order_by("reason")
    assert [(row.subject_id, row.reason) for row in left] == [
        (sampled[0], "not_same"), (sampled[1], "undecidable"),
    ]  # fmt: skip
    for row in left:
        assert row.case.state == CaseState.OPEN
        note = CaseEvent.objects.get(case=row.case, move="sampled")
        assert note.reason
        assert note.detail["release"] == release.pk
    again = rows.draw(drawer, rows.own_class(drawer))
    assert (again.state, again.lot_size) == ("given_up", 0)


def doubled(ward):
    """An owner under the former number whose person stands in the register rightly, too: (case, entry)."""
    who = rows.person(ward)
    right = factories.owner(name=who.full_name, id_number=who.personal_id, vehicle_count=1, unit=ward)
    factories.vehicle(owner=right, unit=ward)
    return rows.former_case(ward, who, phone="0912345678"), right


def holdings(case, right):
    """What two entries of one person come to, without what two pairs never share."""
    entry, holder = Owner.objects.get(pk=case.subject_id), Owner.objects.get(pk=right.pk)
    claims = Correction.objects.filter(register="owner", entry_id__in=[entry.pk, holder.pk])
    return {
        "counts": (
            entry.vehicle_count,
            holder.vehicle_count,
            entry.vehicles.count(),
            holder.vehicles.count(),
        ),
        "linked": holder.person_id is not None,
        "claims": sorted((claim.entry_id == holder.pk, claim.field) for claim in claims),
        "in force": Verdict.objects.filter(register="owner", subject_id=entry.pk, superseded_by=None).count(),
        **{key: value for key, value in traces("owner", entry.pk, case.pk).items() if key != "verdicts"},
    }


def test_two_entries_of_one_person_become_one_owner_as_by_an_approval(ward, drawer, second):
    (mine, right), (twin, known) = doubled(ward), doubled(ward)
    approved_one_by_one(twin, drawer, second)
    release = rows.released(drawer, second)
    assert release.counts == {"released": 1}
    assert holdings(mine, right) == holdings(twin, known)
    assert holdings(mine, right)["counts"] == (0, 2, 0, 2)


def test_two_entries_of_one_lot_that_become_the_same_are_united(ward, drawer, second):
    who = rows.person(ward)
    cases = [rows.former_case(ward, who), rows.former_case(ward, who, name=fold(who.full_name).title())]
    before = list(Owner.objects.order_by("pk").values_list("name", "id_number", "vehicle_count"))
    release = rows.released(drawer, second)
    stays, given = (Owner.objects.get(pk=case.subject_id) for case in cases)
    assert (stays.vehicle_count, stays.vehicles.count(), given.vehicle_count) == (2, 2, 0)
    rows.take_back(release, drawer)
    assert list(Owner.objects.order_by("pk").values_list("name", "id_number", "vehicle_count")) == before
    assert [owner.vehicles.count() for owner in Owner.objects.order_by("pk")] == [1, 1]


def test_a_person_linked_by_nobody_before_is_linked_by_the_release(ward, drawer, second):
    """A class of slips in the number: matching itself links nobody there."""
    who = rows.person(ward)
    wrong = who.personal_id[:-1] + str((int(who.personal_id[-1]) + 1) % 10)
    owner = factories.owner(name=who.full_name, id_number=wrong, unit=ward, vehicle_count=1,
                            birth_date=who.birth_date, birth_precision="day")  # fmt: skip
    factories.vehicle(owner=owner, unit=ward)
    open_case(owner, unit=ward, kind="id_typo", person=who)
    release = rows.let_go(rows.settle(rows.draw(drawer, rows.own_class(drawer, kinds=("id_typo",)))), second)
    assert release.counts == {"released": 1}
    assert Owner.objects.get(pk=owner.pk).person_id == who.pk
    assert release.planned["owner.person"] == 1


def test_an_auditor_reads_who_drew_and_who_released(ward, drawer, second):
    rows.former_case(ward)
    release = rows.released(drawer, second)
    assert (release.drawn_by_name, release.released_by_name) == (str(drawer), str(second))
    assert not factories.user(Role.AUDITOR).has_perm("cases.release_release")
