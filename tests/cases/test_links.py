"""Whom an entry is linked with: by decision, else by the verdict in force."""

import pytest

from cases.models import Verdict
from registry.links import is_linked, linked_id, linked_with, with_link
from registry.models import Owner, Vehicle
from tests import factories
from tests.cases.runs.people import owner_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_verdict_in_force_that_links_is_the_link(match) -> None:
    person = factories.person()
    owner = owner_of(person)
    factories.vehicle(owner=owner)
    match()
    assert linked_id(owner) == with_link(Owner.objects.all()).get().linked_id == person.pk
    assert list(Owner.objects.filter(linked_with(Owner, person.pk))) == [owner]
    assert Owner.objects.filter(is_linked(Owner)).exists()
    assert Vehicle.objects.filter(is_linked(Owner, "owner__")).exists()
    Verdict.objects.update(superseded_by_id=Verdict.objects.get().run_id)
    assert linked_id(owner) is None
    assert not Vehicle.objects.filter(is_linked(Owner, "owner__")).exists()


def test_what_was_decided_comes_before_what_matching_says(match) -> None:
    person, chosen = factories.person(), factories.person(full_name="Lê Thị Hoa", personal_id="001191000777")
    owner = owner_of(person)
    match()
    Owner.objects.filter(pk=owner.pk).update(person=chosen)
    owner.refresh_from_db()
    assert linked_id(owner) == with_link(Owner.objects.all()).get().linked_id == chosen.pk
    assert not Owner.objects.filter(linked_with(Owner, person.pk)).exists()


def test_a_page_asks_the_links_of_its_own_rows_and_does_not_read_all_links(match) -> None:
    person = factories.person()
    factories.vehicle(owner=owner_of(person))
    match()
    for condition in (is_linked(Owner, "owner__"), ~is_linked(Owner, "owner__")):
        plan = Vehicle.objects.filter(condition).order_by("-id")[:50].explain()
        assert "cases_verdict" in plan
        assert "hashed" not in plan
