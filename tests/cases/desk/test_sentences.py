"""The sentence at the top of a case: what is wrong, and what speaks for it and against."""

from datetime import date

import pytest
from django.utils import translation

from cases.desk.page import case_page
from cases.models import Candidate, Discrepancy, VerificationCase
from tests import factories
from tests.cases.rows import open_case, propose_person
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def ward():
    return factories.unit()


@pytest.fixture
def person(ward):
    return factories.person(full_name="Vũ Quang Đạt", personal_id="001091084217", unit=ward)


def case_of(ward, kind, people=(), score=0.98, **owner):
    said = {"name": "Vũ Quang Đạt", "id_number": "001091084217", "vehicle_count": 1, "unit": ward}
    case = open_case(factories.owner(**said | owner), unit=ward, kind=kind)
    if people:
        propose_person(case, *people, score=score)
    return VerificationCase.objects.get(pk=case.pk)


def sentence_of(case, *, whole=True):
    return case_page(case, user=factories.user(Role.CITY_OFFICER), whole=whole).sentence


def test_a_slip_names_the_digits(ward, person):
    case = case_of(ward, "id_typo", [person], id_number="001091048217")
    assert sentence_of(case).why == (
        "What differs is digit 8 and 9: 48 in the register, 84 in the population."
    )


def test_who_may_not_see_numbers_is_told_the_place_only(ward, person):
    case = case_of(ward, "id_typo", [person], id_number="001091048217")
    assert sentence_of(case, whole=False).why == "What differs is digit 8 and 9."


def test_what_speaks_for_and_against_is_told_apart_by_its_weight(ward, person):
    case = case_of(ward, "id_typo", [person])
    Candidate.objects.update(
        comparison={"name": {"level": "same", "bits": 9.0}, "number": {"level": "one_digit", "bits": -1.0}}
    )
    told = sentence_of(case)
    assert told.speaks_for == "The name agrees; the birth date agrees."
    assert told.speaks_against == "One digit of the number differs."


def test_a_variant_names_the_syllables(ward, person):
    case = case_of(ward, "name_variant", [person], name="Vũ Quang Đát")
    assert sentence_of(case).why == "The register says “Đát” instead of “Đạt”."


def test_a_former_number_is_told_with_todays(ward, person):
    case = case_of(ward, "verified_former_id", [person], id_number="012345678")
    assert sentence_of(case).why == (
        "012345678 is the former number of Vũ Quang Đạt; the number is 001091084217 today."
    )
    assert "001091084217" not in sentence_of(case, whole=False).why


def test_a_probable_one_is_told_with_the_next(ward, person):
    assert sentence_of(case_of(ward, "probable", [person])).why.endswith("Nobody else fits.")
    other = factories.person(full_name="Vũ Quang Đức")
    case = case_of(ward, "probable", [person, other], score=0.9, id_number=None)
    told = sentence_of(case).why
    assert "Vũ Quang Đạt, 90" in told
    assert "Vũ Quang Đức (born 17/08/1991), is far behind: 45" in told


def test_several_who_fit_are_told_with_how_close_they_are(ward, person):
    twin = factories.person(full_name="Vũ Quang Đạt", birth_date=date(1992, 1, 2))
    case = case_of(ward, "ambiguous", [person, twin], score=0.5)
    assert "ahead of" in sentence_of(case).why
    Candidate.objects.filter(person=twin).update(score=0.48)
    assert "as good as level: 50.0 % and 48.0 %" in sentence_of(case).why


def test_a_conflict_names_whose_number_it_is(ward, person):
    holder = factories.person(full_name="Lê Thị Hoa", personal_id="001191000777")
    case = case_of(ward, "id_conflict", [person, holder], id_number="001191000777")
    told = sentence_of(case).why
    assert "The number belongs to Lê Thị Hoa" in told
    assert "The name fits Vũ Quang Đạt" in told


def test_a_conflict_with_somebody_ruled_out_says_so(ward, person):
    case = case_of(ward, "id_conflict", [person], id_number="001191000778")
    assert "ruled out" in sentence_of(case).why


def test_a_death_is_told_with_its_day(ward, person):
    person.died_on = date(2025, 3, 1)
    person.save()
    assert "Vũ Quang Đạt died on 01/03/2025" in sentence_of(case_of(ward, "deceased", [person])).why


def test_nobody_is_told_with_the_number_that_nobody_has(ward):
    stranger = factories.person(full_name="Lê Thị Xa")
    case = case_of(ward, "no_candidate", [stranger])
    assert "Nobody has the number 001091084217" in sentence_of(case).why


def test_a_person_who_declared_the_entry_is_told_beside_what_matching_found(ward, person):
    case = case_of(ward, "ambiguous", [person])
    Discrepancy.objects.update(
        evidence={"declared": {"name": "Vũ Quang Đạt", "declared_at": "2025-11-21T20:02:00+07:00"}}
    )
    [told] = sentence_of(case).before
    assert told == "On 21/11/2025 Vũ Quang Đạt declared that this entry is theirs."


def test_a_declaration_is_told_with_who_made_it_and_what_it_says_otherwise(ward):
    case = case_of(ward, "declared_differs")
    Discrepancy.objects.update(
        evidence={
            "declarant": "Lê Thị Hoa",
            "differs": {
                "chassis_no": {"register": "RLH123", "declared": "RLH128"},
                "number": {"register": "001091084217", "declared": "001191000777"},
            },
        }
    )
    told = sentence_of(case).why
    assert told == "Declared by Lê Thị Hoa; “RLH128” declared, “RLH123” registered."


def test_a_decision_that_is_questioned_says_what_was_decided_and_what_changed(ward, person):
    case = case_of(ward, "id_conflict", [person])
    Discrepancy.objects.update(
        evidence={
            "decided": {
                "case": 17, "at": "2025-11-12T03:00:00+00:00", "disposition": "link_person", "person": 1,
                "person_name": "Vũ Quang Đạt", "officer": "Cán bộ 5", "new": [],
                "register": {"id_number": {"then": "001091084217", "now": "001191000777"}},
                "population": {},
            }
        }
    )  # fmt: skip
    [told] = sentence_of(case).before
    assert "On 12/11/2025 Cán bộ 5 decided in case HN-0000017" in told
    assert "the registered number, from “001091084217” to “001191000777”" in told
    assert "The link to Vũ Quang Đạt stays until somebody decides." in told
    assert "001091084217" not in sentence_of(case, whole=False).before[0]
