import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases.models import ReviewJudgement, ReviewLoan, ReviewPair, ReviewSample
from cases.models.case import Disposition
from cases.models.review import ReviewPurpose
from cases.review.judging import JudgementRefused, judge, last_judgement, next_pair, outcome_of, waiting_for
from cases.review.results import is_complete, tally
from cases.review.sampling import draw_sample
from cases.services.proposals import case_propose
from registry.models import Owner
from tests import factories
from tests.cases.review.verdicts import frame, one_verdict, verdicts
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db
MATCH, NO_MATCH, UNDECIDABLE = "match", "no_match", "undecidable"


@pytest.fixture
def officers():
    return [factories.user(Role.CITY_OFFICER) for _ in range(4)]


def sample_of(count=1, **columns):
    verdicts(count, **columns)
    by = factories.user(Role.CITY_SUPERVISOR)
    return draw_sample(purpose=ReviewPurpose.QUALITY, frame=frame(count), by=by, seed=1)


@given(st.lists(st.sampled_from([MATCH, NO_MATCH, UNDECIDABLE]), max_size=3))
def test_two_that_agree_settle_a_pair_and_a_third_decides_what_they_do_not(answers):
    outcome = outcome_of(answers)
    if len(answers) < 2:
        assert outcome == ""
    elif len(answers) == 2:
        assert outcome == (answers[0] if answers[0] == answers[1] else "")
    else:
        assert outcome == answers[2]


def test_two_agreeing_answers_settle_the_pair_and_close_the_sample(officers):
    sample = sample_of()
    for officer in officers[:2]:
        judge(pair=next_pair(user=officer), user=officer, answer=MATCH)
    sample.refresh_from_db()
    assert sample.pairs.get().outcome == MATCH
    assert is_complete(sample)
    assert sample.closed_at is not None
    assert next_pair(user=officers[2]) is None


@pytest.mark.parametrize("second", [NO_MATCH, UNDECIDABLE])
def test_a_disagreement_goes_to_a_third_person_whose_answer_counts(officers, second):
    sample = sample_of()
    for officer, answer in zip(officers, (MATCH, second), strict=False):
        judge(pair=next_pair(user=officer), user=officer, answer=answer)
    assert sample.pairs.get().outcome == ""
    assert not is_complete(sample)
    assert [next_pair(user=officer) for officer in officers[:2]] == [None, None]
    judge(pair=next_pair(user=officers[2]), user=officers[2], answer=NO_MATCH)
    assert sample.pairs.get().outcome == NO_MATCH
    assert tally(sample)[0].no_matches == 1


def test_a_pair_both_cannot_tell_is_undecidable_without_a_third(officers):
    sample = sample_of()
    for officer in officers[:2]:
        judge(pair=next_pair(user=officer), user=officer, answer=UNDECIDABLE)
    counted = tally(sample)[0]
    assert (counted.settled, counted.undecidable, counted.matches) == (1, 1, 0)


def test_the_same_pair_stays_on_the_screen_until_it_is_answered(officers):
    sample_of(5)
    first = next_pair(user=officers[0])
    assert next_pair(user=officers[0]) == first
    judge(pair=first, user=officers[0], answer=MATCH)
    assert next_pair(user=officers[0]) != first


def test_a_pair_is_on_no_more_screens_than_it_needs_judges_and_goes_on_when_its_time_is_up(officers):
    sample_of(2)
    given_out = [next_pair(user=officer).position for officer in officers]
    assert sorted(given_out) == [1, 1, 2, 2]
    assert next_pair(user=factories.user(Role.CITY_OFFICER)) is None
    ReviewLoan.objects.filter(officer=officers[0]).update(until=timezone.now() - timedelta(seconds=1))
    assert next_pair(user=factories.user(Role.CITY_OFFICER)).position == given_out[0]


def test_whoever_settled_or_worked_on_the_case_of_the_party_does_not_judge_it(officers):
    person = factories.person()
    owner = factories.owner(unit=factories.unit(), vehicle_count=1)
    factories.vehicle(owner=owner)
    case = open_case(owner, person=person, unit=owner.unit)
    case_propose(
        case=case, user=officers[0], version=case.version, disposition=Disposition.LINK_PERSON, person=person
    )
    draw_sample(
        purpose=ReviewPurpose.QUALITY,
        frame=frame(5, sql="SELECT id, verdict FROM cases_verdict"),
        by=factories.user(Role.CITY_SUPERVISOR),
    )
    pair = ReviewPair.objects.get()
    assert next_pair(user=officers[0]) is None
    with pytest.raises(JudgementRefused):
        judge(pair=pair, user=officers[0], answer=MATCH)
    assert next_pair(user=officers[1]) == pair


def test_whoever_judged_a_party_before_does_not_judge_it_in_a_later_sample(officers):
    sample_of()
    judge(pair=next_pair(user=officers[0]), user=officers[0], answer=MATCH)
    ReviewSample.objects.update(closed_at=timezone.now())
    draw_sample(purpose=ReviewPurpose.RELEASE, frame=frame(1), by=factories.user(Role.CITY_SUPERVISOR))
    assert next_pair(user=officers[0]) is None
    assert next_pair(user=officers[1]) is not None


def test_a_ward_supervisor_judges_pairs_of_their_ward_only():
    ward, elsewhere = factories.unit(), factories.unit()
    one_verdict(factories.person(), unit=ward)
    one_verdict(factories.person(), unit=elsewhere)
    draw_sample(purpose=ReviewPurpose.QUALITY, frame=frame(2), by=factories.user(Role.CITY_SUPERVISOR))
    supervisor = factories.user(Role.WARD_SUPERVISOR, ward)
    assert [pair.unit for pair in waiting_for(supervisor)] == [ward]
    theirs = ReviewPair.objects.get(unit=elsewhere)
    with pytest.raises(JudgementRefused):
        judge(pair=theirs, user=supervisor, answer=MATCH)


@pytest.mark.parametrize("role", [Role.WARD_OFFICER, Role.AUDITOR, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_roles_without_the_permission_do_not_judge(role):
    sample_of()
    with pytest.raises(JudgementRefused):
        judge(pair=ReviewPair.objects.get(), user=factories.user(role), answer=MATCH)


def test_a_second_click_does_not_count_and_the_first_answer_stays(officers):
    sample_of()
    pair = next_pair(user=officers[0])
    judge(pair=pair, user=officers[0], answer=MATCH)
    with pytest.raises(JudgementRefused):
        judge(pair=pair, user=officers[0], answer=NO_MATCH)
    assert list(ReviewJudgement.objects.values_list("answer", flat=True)) == [MATCH]
    assert last_judgement(officers[0]).answer == MATCH


def test_an_answer_that_comes_after_the_pair_was_settled_is_not_needed(officers):
    sample_of(2)
    pair = next_pair(user=officers[0])
    for officer in officers[1:3]:
        judge(pair=pair, user=officer, answer=NO_MATCH)
    with pytest.raises(JudgementRefused):
        judge(pair=pair, user=officers[0], answer=MATCH)
    assert pair.judgements.count() == 2


def test_a_closed_sample_takes_no_more_answers(officers):
    sample_of()
    pair = next_pair(user=officers[0])
    ReviewSample.objects.update(closed_at=timezone.now())
    assert next_pair(user=officers[0]) is None
    with pytest.raises(JudgementRefused):
        judge(pair=pair, user=officers[0], answer=MATCH)


def test_an_answer_is_never_changed_or_taken_away(officers):
    sample_of()
    judge(pair=next_pair(user=officers[0]), user=officers[0], answer=MATCH)
    with pytest.raises(Exception, match="Cannot update or delete"):
        ReviewJudgement.objects.update(answer=NO_MATCH)


def test_a_small_sample_does_not_wait_for_a_large_one(officers):
    sample_of(9)
    verdicts(2, verdict="id_typo")
    typos = "SELECT id, verdict FROM cases_verdict WHERE verdict = 'id_typo'"
    small = draw_sample(purpose=ReviewPurpose.RELEASE, frame=frame(2, sql=typos), by=officers[3])
    judged = []
    for _ in range(4):
        judged.append(next_pair(user=officers[0]))
        judge(pair=judged[-1], user=officers[0], answer=MATCH)
    assert sum(pair.sample_id == small.pk for pair in judged) == 2


def test_giving_out_a_pair_takes_few_queries_however_many_there_are(officers):
    sample_of(30)
    next_pair(user=officers[1])
    with CaptureQueriesContext(connection) as queries:
        next_pair(user=officers[0])
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 6


def at_once(*works):
    """Each work in a thread of its own, begun together; what they raised."""
    together, raised = threading.Barrier(len(works)), []

    def do(work):
        try:
            together.wait()
            work()
        except JudgementRefused as refused:
            raised.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_a_double_click_counts_once(officers):
    sample_of()
    pair = next_pair(user=officers[0])
    click = lambda: judge(pair=pair, user=officers[0], answer=MATCH)  # noqa: E731
    assert len(at_once(click, click, click)) == 2
    pair.refresh_from_db()
    assert (pair.judged, pair.judgements.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_settle_the_last_two_pairs_at_once_close_the_sample(officers):
    sample = sample_of(2)
    first, second = sample.pairs.all()
    judge(pair=first, user=officers[0], answer=MATCH)
    judge(pair=second, user=officers[0], answer=MATCH)
    at_once(
        lambda: judge(pair=first, user=officers[1], answer=MATCH),
        lambda: judge(pair=second, user=officers[2], answer=MATCH),
    )
    sample.refresh_from_db()
    assert sample.closed_at is not None


@pytest.mark.django_db(transaction=True)
def test_officers_who_come_at_the_same_moment_all_get_a_pair_without_waiting(officers):
    sample_of(4)
    assert Owner.objects.count() == 4
    assert at_once(*(lambda officer=officer: next_pair(user=officer) for officer in officers)) == []
    lent = list(ReviewLoan.objects.values_list("officer", flat=True))
    assert sorted(lent) == sorted(officer.pk for officer in officers)
