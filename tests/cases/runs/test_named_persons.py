"""A person whom a verdict names may still go with the delivery that brought them."""

from collections.abc import Callable

import pytest
from django.db import transaction

from cases.models import Candidate, MatchRun, Verdict
from registry.deliveries.undo import Register
from tests import factories
from tests.cases.runs.people import owner_of

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


def test_an_undone_delivery_takes_its_persons_out_of_verdicts_and_candidates(match: Match) -> None:
    delivery = factories.delivery(kind="persons")
    person = factories.person(
        personal_id="001091002217", full_name="Vũ Quang Đạt", made_by=delivery, changed_by=delivery
    )
    owner_of(person, id_number="001091002218")
    match()
    assert Candidate.objects.filter(person=person).exists()
    with transaction.atomic():
        Register("registry.Person", delivery.pk).remove(person.pk, person.pk)
    assert Verdict.objects.filter(person__isnull=True).count() == 1
    assert not Candidate.objects.exists()
