import pytest
from django.utils import timezone

from cases.models import Candidate, VerificationCase
from cases.review.labels import LabelCount, count_labels
from tests import factories
from tests.cases.review.verdicts import one_verdict
from tests.cases.rows import open_case, propose_person

pytestmark = pytest.mark.django_db


def decided(disposition, chosen, *proposed, kind="probable", score=0.97):
    """A closed case: whom officers chose among those proposed."""
    owner = factories.owner(unit=factories.unit(), vehicle_count=1)
    case = open_case(owner, kind=kind, unit=owner.unit)
    propose_person(case, *proposed, score=score)
    VerificationCase.objects.filter(pk=case.pk).update(
        state="closed", closed_at=timezone.now(), disposition=disposition, person=chosen
    )
    return case


def test_decisions_are_counted_by_verdict_and_band_and_by_who_was_chosen():
    first, second = factories.person(), factories.person()
    decided("link_person", first, first, second)
    decided("inheritance", first, first, second)
    decided("link_person", second, first, second)
    decided("nobody_fits", None, first)
    decided("link_person", first, first, kind="id_typo", score=0.92)
    decided("entry_right", None, first)
    assert count_labels() == [
        LabelCount("id_typo", "90-95", 1, 0, 0),
        LabelCount("probable", "95-99", 2, 1, 1),
    ]


def test_the_verdict_that_followed_the_approval_is_not_what_was_decided_upon():
    person = factories.person()
    case = decided("link_person", person, person)
    case.refresh_from_db()
    verdicts = type(one_verdict(factories.person())).objects
    verdicts.filter(subject_id=case.subject_id, register="owner").update(superseded_by=case.opened_by_run)
    one_verdict(person, verdict="verified", owner=factories.owner(), score=1.0)
    assert [(one.verdict, one.first) for one in count_labels()] == [("probable", 1)]


def test_open_cases_are_no_labels_and_only_the_newest_are_counted():
    person = factories.person()
    open_case(person=person)
    for _ in range(3):
        decided("link_person", person, person)
    assert count_labels(newest=2)[0].first == 2


def test_where_nobody_was_named_the_first_candidate_is_the_first_proposed():
    person = factories.person()
    owner = factories.owner(unit=factories.unit(), vehicle_count=1)
    case = open_case(owner, kind="ambiguous", unit=owner.unit)
    verdict = one_verdict(None, owner=owner, verdict="ambiguous", score=0.5)
    Candidate.objects.create(verdict=verdict, rank=1, person=person, score=0.5)
    VerificationCase.objects.filter(pk=case.pk).update(
        state="closed", closed_at=timezone.now(), disposition="link_person", person=person
    )
    assert count_labels() == [LabelCount("ambiguous", "50-80", 1, 0, 0)]
