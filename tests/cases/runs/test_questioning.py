"""A decision outlives every run: never undone, only questioned; "not this person" is for ever."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone, translation

from cases.desk.decided import decided_words
from cases.matching.rules import Ruleset
from cases.matching.rules.ruleset import FOLDER, newest_version
from cases.models import Candidate, MatchRun, Refusal, Verdict, VerificationCase
from registry.links import linked_id
from registry.models import DriverLicence, Owner, Person
from tests import factories
from tests.cases.runs.people import decide, licence_of, owner_of

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


@pytest.fixture
def other_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """`other_rules()`: from now on runs go by a newer ruleset that calls every variant probable."""

    def change() -> None:
        version = newest_version()
        text = (FOLDER / f"{version}.json").read_text("utf-8")
        (tmp_path / f"{version}.json").write_text(text, "utf-8")
        changed = json.dumps(json.loads(text)).replace('"name_variant"', '"probable"')
        (tmp_path / "9999-changed.json").write_text(changed, "utf-8")
        monkeypatch.setitem(Ruleset.load.__func__.__kwdefaults__, "folder", tmp_path)  # type: ignore[attr-defined]

    return change


@pytest.fixture
def variant(match: Match) -> VerificationCase:
    """An open case: the register has Đát where the population register has Đạt."""
    owner_of(factories.person(), name="Vũ Quang Đát")
    match()
    return VerificationCase.objects.get()


def change_owner(case: VerificationCase, **columns: object) -> None:
    Owner.objects.filter(pk=case.subject_id).update(changed_at=timezone.now(), **columns)


def questioned() -> VerificationCase:
    return VerificationCase.objects.exclude(state="closed").get()


def decision_of(case: VerificationCase) -> dict:
    return case.discrepancies.get(state="open").evidence["decided"]


def test_other_rules_say_otherwise(variant, match, other_rules) -> None:
    other_rules()
    assert match().rules_version == "9999-changed"
    variant.refresh_from_db()
    assert variant.kind == "probable"


def test_a_person_ruled_out_is_not_proposed_by_later_rules_either(variant, match, other_rules) -> None:
    decide(variant, "nobody_fits")
    refused = Refusal.objects.get().person_id
    other_rules()
    for _time in range(2):
        match()
        change_owner(variant, name="Vũ Quang Đặt")
    in_force = Verdict.objects.filter(superseded_by=None)
    assert refused not in in_force.values_list("person", flat=True)
    assert not Candidate.objects.filter(verdict__in=in_force, person=refused).exists()
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) is None


@pytest.mark.parametrize("disposition", ["entry_right", "nobody_fits"])
def test_other_rules_alone_do_not_question_a_decision(variant, match, other_rules, disposition) -> None:
    decide(variant, disposition)
    other_rules()
    assert match().cases_opened == 0
    assert VerificationCase.objects.get().state == "closed"


def test_a_link_by_approval_outlives_other_rules(variant, match, other_rules) -> None:
    person = Person.objects.get()
    decide(variant, "link_person", person=person)
    other_rules()
    match()
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) == person.pk
    assert VerificationCase.objects.count() == 1


def test_data_that_changed_question_an_approved_link_and_the_case_says_so(variant, match) -> None:
    person = Person.objects.get()
    decide(variant, "link_person", person=person)
    stranger = factories.person(full_name="Lê Thị Hoa", personal_id="001191000777")
    change_owner(variant, id_number=stranger.personal_id)
    match()
    case = questioned()
    decision = decision_of(case)
    assert (case.kind, decision["case"], decision["person"]) == ("id_conflict", variant.pk, person.pk)
    assert decision["register"]["id_number"] == {"then": person.personal_id, "now": "001191000777"}
    assert "Lê Thị Hoa" in decision["new"]
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) == person.pk
    with translation.override("en"):
        told = decided_words({"decided": decision}, whole=True)
    assert variant.number in told
    assert "The link to Vũ Quang Đạt stays until somebody decides." in told


def test_a_correction_that_was_approved_is_not_told_as_a_change(variant, match) -> None:
    person = Person.objects.get()
    decide(variant, "link_person", person=person)
    Person.objects.update(full_name="Vũ Quang Đật", changed_at=timezone.now())
    match()
    decision = decision_of(questioned())
    assert decision["register"] == {}
    assert decision["population"] == {"name": {"then": "Vũ Quang Đạt", "now": "Vũ Quang Đật"}}


def test_a_death_questions_an_approved_link_and_keeps_it(variant, match) -> None:
    person = Person.objects.get()
    decide(variant, "link_person", person=person)
    Person.objects.update(died_on="2025-11-01", changed_at=timezone.now())
    match("since_last")
    assert decision_of(questioned())["population"]["died_on"] == {"then": None, "now": "2025-11-01"}
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) == person.pk


def test_a_licences_decision_is_questioned_by_its_own_columns(match) -> None:
    person = factories.person()
    licence = licence_of(person, holder_name="Vũ Quang Đát")
    match()
    decide(VerificationCase.objects.get(), "link_person", person=person)
    DriverLicence.objects.filter(pk=licence.pk).update(holder_name="Vũ Quang Đặt", changed_at=timezone.now())
    match()
    assert decision_of(questioned())["register"] == {"name": {"then": "Vũ Quang Đạt", "now": "Vũ Quang Đặt"}}


def test_a_case_that_questions_nothing_says_nothing_of_a_decision(variant) -> None:
    assert "decided" not in variant.discrepancies.get().evidence


def test_an_officer_who_rules_the_linked_person_out_ends_the_link(variant, match) -> None:
    person = Person.objects.get()
    decide(variant, "link_person", person=person)
    change_owner(variant, name="Vũ Quang Đặt")
    match()
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) == person.pk
    decide(questioned(), "nobody_fits")
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) is None
    match()
    assert linked_id(Owner.objects.get(pk=variant.subject_id)) is None
