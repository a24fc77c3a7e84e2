"""Which transfers are posted, from when until when, and what takes them down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Posting, VerificationCase
from cases.services.approvals import case_approve
from cases.services.proposals import case_propose
from registry.models import Person
from tests import factories
from tests.cases.declarations.rows import declare, owner_of, registered
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


def buyer() -> Person:
    return factories.person(full_name="Trần Thị Hoa")


def test_a_buyer_without_the_sellers_word_is_posted_for_thirty_days() -> None:
    ward = factories.unit()
    vehicle = registered(unit=ward)
    declare(buyer(), vehicle, usage_status="bought_not_transferred")
    posting = Posting.objects.get()
    assert (posting.vehicle, posting.plate, posting.unit, posting.state) == (
        vehicle,
        vehicle.plate,
        ward,
        "posted",
    )
    assert posting.posted_on == timezone.localdate()
    assert posting.ends_on == posting.posted_on + timedelta(days=30)
    assert posting.case == VerificationCase.objects.get()


@pytest.mark.parametrize(
    "status", ["sold_not_transferred", "not_mine", "lost", "in_use_owner", "owner_deceased"]
)
def test_what_an_owner_declares_is_not_posted(status: str) -> None:
    vehicle = registered()
    declare(owner_of(vehicle), vehicle, usage_status=status)
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("sold_not_transferred", "answered"),
        ("in_use_owner", "disputed"),
        ("stolen", "disputed"),
        ("not_mine", "posted"),
    ],
)
def test_the_owners_word_takes_a_posting_down(status: str, state: str) -> None:
    vehicle = registered()
    declare(buyer(), vehicle, usage_status="bought_not_transferred")
    declare(owner_of(vehicle), vehicle, usage_status=status)
    assert Posting.objects.get().state == state


def test_another_word_of_the_buyer_does_not_begin_the_days_anew() -> None:
    vehicle, person = registered(), buyer()
    declare(person, vehicle, usage_status="bought_not_transferred")
    Posting.objects.update(posted_on="2025-11-01", ends_on="2025-12-01")
    declare(person, vehicle, usage_status="bought_not_transferred", note="Có giấy mua bán")
    assert str(Posting.objects.get().posted_on) == "2025-11-01"


def test_a_buyer_who_takes_it_back_is_taken_down() -> None:
    vehicle, person = registered(), buyer()
    declare(person, vehicle, usage_status="bought_not_transferred")
    declare(person, vehicle, usage_status="not_mine")
    assert Posting.objects.get().state == "ended"


def test_a_settled_case_is_posted_no_longer() -> None:
    vehicle = registered(unit=factories.unit())
    declare(buyer(), vehicle, usage_status="bought_not_transferred")
    case = VerificationCase.objects.get()
    case = case_propose(
        case=case, user=factories.user(unit=case.unit), version=case.version, disposition="transfer",
        reason="Hết 30 ngày, không có tranh chấp",
    )  # fmt: skip
    case_approve(case=case, user=factories.user(Role.WARD_SUPERVISOR, case.unit), version=case.version)
    assert Posting.objects.get().state == "ended"
    declare(factories.person(full_name="Lê Thị Mai"), vehicle, usage_status="not_mine")
    assert Posting.objects.filter(state="posted").count() == 0


def test_thirty_days_without_a_dispute_have_run_out() -> None:
    declare(buyer(), registered(), usage_status="bought_not_transferred")
    posting = Posting.objects.get()
    assert not posting.has_run_out
    posting.ends_on = timezone.localdate() - timedelta(days=1)
    assert posting.has_run_out
