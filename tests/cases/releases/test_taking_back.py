"""Taking a release back as a whole: nothing is left of it but the record that it was."""

import pytest

from cases.models import CaseEvent, ChangeRecord, Release, ReleaseCase, Verdict, VerificationCase
from cases.models.case import CaseState
from cases.releases.previews import take_back_preview
from cases.releases.services import take_back_begin
from registry.models import Correction, Owner, Vehicle
from tests import factories
from tests.cases.releases import rows
from tests.cases.releases.test_releasing import approved_one_by_one, doubled
from vehreg.jobs.kinds import Refused

pytestmark = pytest.mark.django_db(transaction=True)

SAID = ("kind", "name", "id_number", "birth_date", "birth_precision", "phone", "address", "person_id")


def said(subject_id):
    return Owner.objects.values(*SAID).get(pk=subject_id)


def test_everything_says_again_what_it_said_before(ward, drawer, second):
    case = rows.former_case(ward)
    before = said(case.subject_id)
    release = rows.released(drawer, second)
    assert said(case.subject_id) != before
    taken = rows.take_back(release, drawer)
    assert (taken.state, taken.counts, taken.take_back_reason) == ("taken_back", {"restored": 1}, "Mẫu sai")
    assert said(case.subject_id) == before
    assert not Correction.objects.filter(entry_id=case.subject_id).exists()
    verdict = Verdict.objects.get(register="owner", subject_id=case.subject_id, superseded_by=None)
    assert verdict.verdict == "verified_former_id"


def test_nothing_is_deleted_a_reverse_record_is_added(ward, drawer, second):
    case = rows.former_case(ward)
    rows.take_back(rows.released(drawer, second), second)
    there, back = ChangeRecord.objects.filter(register="owner", subject_id=case.subject_id).order_by(
        "sequence"
    )
    assert (there.sequence, back.sequence) == (1, 2)
    assert back.changes == {
        field: {"old": sides["new"], "new": sides["old"]} for field, sides in there.changes.items()
    }
    assert back.approved_by_name == str(second)


def test_the_case_is_withdrawn_and_a_new_one_opened(ward, drawer, second):
    case = rows.former_case(ward)
    rows.take_back(rows.released(drawer, second), drawer, reason="Lớp rộng quá")
    assert VerificationCase.objects.get(pk=case.pk).state == CaseState.WITHDRAWN
    step = CaseEvent.objects.filter(case=case).latest("id")
    assert (step.move, step.actor, step.reason) == ("undo", drawer, "Lớp rộng quá")
    anew = VerificationCase.objects.get(register="owner", subject_id=case.subject_id, state="open")
    assert (anew.kind, anew.assignee, anew.unit) == (case.kind, None, ward)


def test_what_people_touched_since_is_kept_and_listed(ward, drawer, second):
    names = ("same", "written", "phoned", "decided", "taken", "gone")
    cases = dict(zip(names, rows.former_cases(ward, len(names)), strict=True))
    before = {name: said(case.subject_id) for name, case in cases.items()}
    release = rows.released(drawer, second)
    after = {name: said(case.subject_id) for name, case in cases.items()}
    touch_since(cases, before, drawer, second)
    preview = take_back_preview(release)
    assert (preview.restored, preview.kept) == (2, 4)
    rows.take_back(release, drawer)
    kept = dict(ReleaseCase.objects.filter(release=release, state="kept").values_list("case_id", "reason"))
    assert kept == {
        cases["written"].pk: "changed_since",
        cases["decided"].pk: "decided_since",
        cases["taken"].pk: "taken",
        cases["gone"].pk: "gone",
    }
    assert said(cases["same"].subject_id) == before["same"]
    assert said(cases["phoned"].subject_id) == before["phoned"] | {"phone": "0912345678"}
    assert said(cases["written"].subject_id)["name"] == "Người Khác"
    assert said(cases["taken"].subject_id) == after["taken"]


def touch_since(cases, before, drawer, second):
    """A file writes another name, or a telephone; an officer decides; a new owner has the old number."""
    subject = {name: case.subject_id for name, case in cases.items()}
    Owner.objects.filter(pk=subject["written"]).update(name="Người Khác")
    Owner.objects.filter(pk=subject["phoned"]).update(phone="0912345678")
    later = VerificationCase.objects.get(pk=cases["decided"].pk)
    later.pk, later.state, later.closed_at = None, "closed", later.closed_at
    later.save()
    old = before["taken"]
    factories.owner(name=old["name"], id_number=old["id_number"], vehicle_count=1)
    entry = Owner.objects.get(pk=subject["gone"])
    entry.vehicles.all().delete()
    entry.delete()


def test_taking_back_twice_does_nothing(ward, drawer, second):
    case = rows.former_case(ward)
    release = rows.take_back(rows.released(drawer, second), drawer)
    with pytest.raises(Refused):
        take_back_begin(release=release, user=second, reason="Lần nữa")
    assert ChangeRecord.objects.filter(subject_id=case.subject_id).count() == 2


def test_taking_back_needs_a_reason(ward, drawer, second):
    rows.former_case(ward)
    release = rows.released(drawer, second)
    with pytest.raises(Refused):
        take_back_begin(release=release, user=drawer, reason="  ")
    assert Release.objects.get(pk=release.pk).state == "released"


def test_a_claim_corrected_before_is_corrected_to_the_same_again(ward, drawer, second):
    """An approval had corrected the name; the release corrected the number; only the release is undone."""
    case = rows.former_case(ward)
    earlier = Correction.objects.create(
        register="owner", entry_id=case.subject_id, field="id_number", said="123",
        corrected=said(case.subject_id)["id_number"],
    )  # fmt: skip
    release = rows.released(drawer, second)
    assert Correction.objects.get(pk=earlier.pk).corrected == said(case.subject_id)["id_number"]
    rows.take_back(release, drawer)
    left = Correction.objects.get(entry_id=case.subject_id)
    assert (left.pk, left.corrected) == (earlier.pk, said(case.subject_id)["id_number"])


def test_other_approvals_stay(ward, drawer, second):
    alone, mine = rows.former_cases(ward, 2)
    approved_one_by_one(alone, drawer, second)
    approved = said(alone.subject_id)
    release = rows.released(drawer, second)
    assert set(release.cases.values_list("case_id", flat=True)) == {mine.pk}
    rows.take_back(release, drawer)
    assert said(alone.subject_id) == approved


def test_a_class_may_be_drawn_again_after_its_release_was_taken_back(ward, drawer, second):
    rows.former_cases(ward, 2)
    release_class = rows.own_class(drawer)
    release = rows.let_go(rows.settle(rows.draw(drawer, release_class)), second)
    rows.take_back(release, drawer)
    again = rows.draw(drawer, release_class)
    assert (again.state, again.lot_size) == ("judging", 2)


def test_what_was_united_is_parted_again(ward, drawer, second):
    case, right = doubled(ward)
    release = rows.released(drawer, second)
    assert Owner.objects.get(pk=right.pk).vehicle_count == 2
    rows.take_back(release, drawer)
    entry, holder = Owner.objects.get(pk=case.subject_id), Owner.objects.get(pk=right.pk)
    assert (entry.vehicle_count, entry.vehicles.count()) == (1, 1)
    assert (holder.vehicle_count, holder.vehicles.count()) == (1, 1)
    assert not Correction.objects.exists()
    assert VerificationCase.objects.filter(subject_id=entry.pk, state="open").exists()


def test_what_was_united_is_kept_when_its_vehicle_went_elsewhere_since(ward, drawer, second):
    case, right = doubled(ward)
    release = rows.released(drawer, second)
    sold = Vehicle.objects.filter(owner=right).latest("pk")
    Vehicle.objects.filter(pk=sold.pk).update(owner=factories.owner(vehicle_count=1))
    taken = rows.take_back(release, drawer)
    assert taken.counts == {"kept": 1}
    assert ReleaseCase.objects.get(case=case).reason == "changed_since"
    assert Owner.objects.get(pk=case.subject_id).vehicle_count == 0
