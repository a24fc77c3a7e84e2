"""Counts that are kept and brought up to date say the same as all rows counted anew."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import (
    BlockCount,
    ChangedBlock,
    DailyFigure,
    Declaration,
    TallyChange,
    Verdict,
    VerificationCase,
)
from cases.models.block import BLOCK_BITS
from cases.models.case import CaseState
from cases.progress.counting import count_figures
from cases.progress.figures import CLOCK
from registry.models import DriverLicence, Owner, Vehicle
from tests import factories
from tests.cases.progress.rows import days_ago, declaration, good_vehicle
from tests.cases.rows import match_run, open_case

pytestmark = pytest.mark.django_db

BLOCKS = 200


@pytest.fixture(autouse=True)
def _campaign(settings):
    settings.CAMPAIGN_START = str(timezone.localdate() - timedelta(days=9))


@pytest.fixture
def wards():
    return [factories.unit() for _number in range(3)]


def owner_in(block, number, unit=None, **columns):
    return factories.owner(id=(block << BLOCK_BITS) + number, unit=unit, vehicle_count=1, **columns)


def figures():
    rows = DailyFigure.objects.exclude(name__startswith=CLOCK)
    return set(rows.values_list("day", "unit", "name", "value"))


def brought_up_to_date():
    count_figures()
    return figures()


def counted_anew():
    count_figures(anew=True)
    return figures()


# --- whatever happens -------------------------------------------------------------------------------------


class City:
    """A city in which something happens at random, by single rows and by statements over many."""

    def __init__(self, seed, wards):
        self.random, self.wards = random.Random(seed), wards
        owner_in(BLOCKS, 0)
        self.made = 0
        for _number in range(12):
            self.deliver()

    def happens(self):
        steps = [
            self.deliver, self.correct, self.take_number, self.move, self.end, self.confirm, self.remove,
            self.unite, self.verdict, self.rename, self.open, self.close, self.transfer, self.withdraw,
            self.remove_case,
            self.declare, self.take_back, self.reconcile, self.word, self.licence, self.licence_live,
        ]  # fmt: skip
        self.random.choice(steps)()

    def ward(self):
        return self.random.choice([*self.wards, None])

    def day(self):
        return days_ago(self.random.randrange(12))

    def some(self, model):
        """A few rows, perhaps none."""
        ids = list(model.objects.order_by("pk").values_list("pk", flat=True))
        chosen = self.random.sample(ids, min(len(ids), self.random.randrange(1, 4)))
        return model.objects.filter(pk__in=chosen)

    def deliver(self):
        self.made += 1
        ward = self.ward()
        owner = owner_in(self.random.randrange(BLOCKS), self.made, ward)
        verdict = self.random.choice(["verified", "name_variant", ""])
        number = {"chassis_no": f"CH{self.random.randrange(9)}"} if self.random.random() < 0.5 else {}
        good_vehicle(ward, owner=owner, verdict=verdict, **number)

    def correct(self):
        columns = [{"brand": None}, {"brand": "HONDA"}, {"engine_no": "E1"}, {"engine_no": None}]
        self.some(Vehicle).update(**self.random.choice(columns))

    def take_number(self):
        self.some(Vehicle).update(chassis_no=f"CH{self.random.randrange(9)}")

    def move(self):
        self.some(Vehicle).update(unit=self.ward())

    def end(self):
        self.some(Vehicle).update(status=self.random.choice(["active", "scrapped", "expired"]))

    def confirm(self):
        day = self.random.choice([self.day().date(), None])
        self.some(Vehicle).update(confirmed_on=day, confirmed_by="officer" if day else None)

    def remove(self):
        # As the undo of a delivery does it: by a statement, not row by row.
        with connection.cursor() as cursor:
            for pk in self.some(Vehicle).values_list("pk", flat=True)[:2]:
                cursor.execute("DELETE FROM registry_vehicle WHERE id = %s", [pk])

    def unite(self):
        stays = self.some(Owner).first()
        going = self.some(Owner).exclude(pk=stays.pk)
        gone = list(going.values_list("pk", flat=True))
        Vehicle.objects.filter(owner__in=gone).update(owner=stays)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM registry_owner WHERE id = ANY(%s)", [gone])

    def verdict(self):
        """A run says something else of a few."""
        run = match_run()
        for old in self.some(Verdict).filter(superseded_by=None):
            old.superseded_by = run
            old.save()
            Verdict.objects.create(
                register=old.register, subject_id=old.subject_id, run=run, pass_name="test", score=1.0,
                verdict=self.random.choice(["verified", "deceased"]),
            )  # fmt: skip

    def rename(self):
        owner = self.some(Owner).first()
        owner.id_number = self.random.choice([None, f"001092{owner.pk:06d}"])
        owner.save()

    def open(self):
        owner = self.some(Owner).first()
        if not VerificationCase.objects.filter(subject_id=owner.pk).exists():
            due = self.day().date() + timedelta(days=5)
            open_case(owner, unit=self.random.choice(self.wards), opened_at=self.day(), due_on=due)

    def close(self):
        self.some(VerificationCase).update(state=CaseState.CLOSED, closed_at=self.day())

    def transfer(self):
        self.some(VerificationCase).update(unit=self.random.choice(self.wards))

    def withdraw(self):
        self.some(VerificationCase).update(state=CaseState.WITHDRAWN)

    def remove_case(self):
        with connection.cursor() as cursor:
            for pk in self.some(VerificationCase).values_list("pk", flat=True)[:1]:
                cursor.execute("DELETE FROM cases_discrepancy WHERE case_id = %s", [pk])
                cursor.execute("DELETE FROM cases_verificationcase WHERE id = %s", [pk])

    def declare(self):
        subject = self.random.choice(["vehicle", "licence"])
        declaration(self.day(), unit=self.random.choice(self.wards), subject=subject)

    def take_back(self):
        with connection.cursor() as cursor:
            for pk in self.some(Declaration).values_list("pk", flat=True)[:1]:
                cursor.execute("DELETE FROM cases_declaration WHERE id = %s", [pk])

    def reconcile(self):
        """Declarations become something, plain or not, contested or not."""
        state = self.random.choice(["received", "confirms", "confirms", "differs", "replaced"])
        finding = self.random.choice([{}, {"plain": True}, {"plain": True, "contested": True}])
        self.some(Declaration).update(state=state, finding=finding)

    def word(self):
        """Officers of the ward confirm or question a few, or take it back."""
        said = self.random.choice(["confirmed_at", "questioned_at"])
        self.some(Declaration).update(**{said: self.random.choice([self.day(), None])})

    def licence(self):
        factories.licence(unit=self.ward())

    def licence_live(self):
        self.some(DriverLicence).update(confirmed_on=self.day().date())


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_the_kept_counts_say_what_all_rows_say(wards, seed):
    city = City(seed, wards)
    count_figures()
    for _count in range(12):
        for _step in range(city.random.randrange(1, 8)):
            city.happens()
        assert brought_up_to_date() == counted_anew()


# --- what is looked at ------------------------------------------------------------------------------------


def test_only_the_blocks_that_changed_are_counted(wards):
    owner_in(BLOCKS, 0)
    vehicles = [good_vehicle(wards[0], owner=owner_in(block, 1, wards[0])) for block in (3, 5)]
    count_figures()
    before = {row.block: row.pk for row in BlockCount.objects.all()}
    Vehicle.objects.filter(pk=vehicles[0].pk).update(brand=None)
    count_figures()
    after = {row.block: row.pk for row in BlockCount.objects.all()}
    assert after[3] != before[3]
    assert after[5] == before[5]


def test_a_twin_in_another_block_is_counted_again_when_the_other_changes(wards):
    owner_in(BLOCKS, 0)
    ours, theirs = (good_vehicle(wards[n], owner=owner_in(3 + n, 1, wards[n])) for n in (0, 1))
    count_figures()
    for number, clean in ((theirs.chassis_no, 0), (ours.chassis_no, 1)):
        Vehicle.objects.filter(pk=ours.pk).update(chassis_no=number)
        count_figures()
        assert sum(BlockCount.objects.filter(block=4).values_list("are_clean", flat=True)) == clean


def test_what_was_counted_is_forgotten_and_what_came_since_is_not(wards):
    good_vehicle(wards[0])
    open_case(unit=wards[0])
    count_figures()
    assert not ChangedBlock.objects.exists()
    assert not TallyChange.objects.exists()
    good_vehicle(wards[0])
    open_case(unit=wards[0])
    assert ChangedBlock.objects.exists()
    assert TallyChange.objects.exists()


def test_a_licence_verdict_changes_no_block(wards):
    Verdict.objects.create(
        register="licence", subject_id=1, run=match_run(), verdict="verified", pass_name="test", score=1.0
    )
    assert not ChangedBlock.objects.exists()


def test_a_move_of_a_case_leaves_what_came_and_what_went(wards):
    case = open_case(unit=wards[0])
    count_figures()
    VerificationCase.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_at=days_ago(0))
    left = {(row.what, row.more) for row in TallyChange.objects.all()}
    assert left == {
        ("state_open", -1),
        ("state_closed", 1),
        ("closed", 1),
        ("open_since", -1),
        ("open_until", -1),
    }


def test_a_confirmation_leaves_one_less_that_waits_and_one_more_of_its_day(wards):
    told = declaration(days_ago(3), unit=wards[0], state="confirms", finding={"plain": True})
    count_figures()
    Declaration.objects.filter(pk=told.pk).update(confirmed_at=days_ago(0))
    left = {(row.what, row.day, row.more) for row in TallyChange.objects.all()}
    assert left == {
        ("to_confirm", None, -1),
        ("to_confirm_plain", None, -1),
        ("ward_confirmed", timezone.localdate(), 1),
    }
    count_figures()
    shown = DailyFigure.objects.filter(unit=wards[0], name="ward_confirmed")
    assert list(shown.values_list("day", "value")) == [(timezone.localdate(), 1)]


def test_a_change_that_no_figure_knows_of_leaves_nothing(wards):
    case = open_case(unit=wards[0])
    count_figures()
    VerificationCase.objects.filter(pk=case.pk).update(reason="đã gọi")
    assert not TallyChange.objects.exists()


# --- when all is counted anew -----------------------------------------------------------------------------


def test_what_is_impossible_tomorrow_is_counted_tomorrow(wards):
    today = timezone.localdate()
    good_vehicle(wards[0], valid_until=today)
    count_figures(day=today)
    count_figures(day=today + timedelta(days=1))
    clean = DailyFigure.objects.filter(name="clean", unit=wards[0]).values_list("day", "value")
    assert dict(clean) == {today: 1}


def test_another_first_day_of_the_campaign_changes_who_is_live(wards, settings):
    good_vehicle(wards[0], confirmed_on=days_ago(9).date(), confirmed_by="officer")
    count_figures()
    settings.CAMPAIGN_START = str(timezone.localdate() - timedelta(days=5))
    count_figures()
    assert not DailyFigure.objects.filter(name="live", unit=wards[0]).exists()


def test_an_emptied_table_is_noticed(wards):
    declaration(days_ago(0), unit=wards[0])
    count_figures()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE cases_declaration CASCADE")
    count_figures()
    assert not DailyFigure.objects.filter(name="declared", unit=wards[0]).exists()
