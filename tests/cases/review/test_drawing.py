import pytest

from cases.models import ReviewSample, Verdict
from cases.models.review import ReviewPurpose
from cases.review.bands import BANDS, band_of, band_sql
from cases.review.drawing import close_sample, open_sample, start_draw
from cases.review.frames import forget_sizes, guessed_sizes, quality_frame, stratum_sizes
from cases.review.sampling import draw_sample
from tests import factories
from tests.cases.review.verdicts import many_verdicts, one_verdict, verdicts
from tests.cases.rows import match_run
from vehreg.accounts.roles import Role
from vehreg.jobs.foreground import run_in_foreground
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import JobState
from vehreg.jobs.services import start_job

pytestmark = pytest.mark.django_db
SCORES = [0.0, 0.3, 0.5, 0.79999, 0.8, 0.9, 0.9499, 0.95, 0.99, 0.999, 1.0]


@pytest.fixture
def supervisor():
    return factories.user(Role.CITY_SUPERVISOR)


def test_the_database_puts_a_score_into_the_same_band_as_python():
    for score in SCORES:
        one_verdict(factories.person(), score=score)
    found = Verdict.objects.extra(select={"band": band_sql("score")}).values_list("score", "band")
    assert dict(found) == {score: band_of(score).key for score in SCORES}
    assert {band for _score, band in found} == {band.key for band in BANDS}


def test_strata_are_verdicts_and_bands_without_parties_outside_the_population():
    verdicts(2, verdict="verified", score=1.0)
    verdicts(3, verdict="probable", score=0.93)
    one_verdict(None, verdict="no_candidate", score=0.0)
    one_verdict(None, verdict="organisation", score=0.0)
    one_verdict(None, verdict="foreigner", score=0.0)
    old = one_verdict(factories.person(), verdict="ambiguous")
    Verdict.objects.filter(pk=old.pk).update(superseded_by=match_run())
    assert stratum_sizes() == {"verified:99-100": 2, "probable:90-95": 3, "no_candidate:none": 1}


def test_what_a_page_shows_before_the_draw_is_exact_for_a_small_register():
    forget_sizes()
    many_verdicts(200, score=0.97)
    verdicts(4, verdict="verified", score=1.0)
    assert guessed_sizes() == stratum_sizes() == {"probable:95-99": 200, "verified:99-100": 4}
    forget_sizes()


def test_the_frame_gives_every_stratum_its_share_of_the_sample(supervisor):
    run = match_run()
    many_verdicts(400, score=0.97)
    verdicts(3, verdict="verified", score=1.0)
    sample = draw_sample(purpose=ReviewPurpose.QUALITY, frame=quality_frame(run=run, total=40), by=supervisor)
    assert {one["key"]: one["drawn"] for one in sample.strata} == {"probable:95-99": 37, "verified:99-100": 3}
    assert sample.run == run


@pytest.mark.django_db(transaction=True)
def test_a_draw_is_a_job_and_leaves_a_sample_of_the_last_finished_run(supervisor):
    run = match_run()
    match_run(scope="single")
    verdicts(6, run=run)
    job = run_in_foreground(start_draw(by=supervisor, size=200))
    assert job.state == JobState.SUCCEEDED
    sample = ReviewSample.objects.get()
    assert job.result == {"sample": sample.pk}
    assert (sample.run, sample.drawn_by, sample.pairs.count()) == (run, supervisor, 6)


@pytest.mark.django_db(transaction=True)
def test_no_second_sample_is_drawn_while_one_is_judged(supervisor):
    verdicts(2)
    again = start_job(kind="review.draw", params={"size": 200}, user=supervisor)
    run_in_foreground(start_job(kind="review.draw", params={"size": 200}, user=supervisor))
    assert run_in_foreground(again).state in (JobState.SUCCEEDED, JobState.FAILED)
    assert ReviewSample.objects.count() == 1
    with pytest.raises(Refused):
        start_draw(by=supervisor, size=200)


def test_there_is_nothing_to_draw_from_before_the_first_run(supervisor):
    with pytest.raises(Refused):
        start_draw(by=supervisor, size=200)


def test_a_closed_sample_makes_room_for_the_next_and_is_closed_once(supervisor):
    verdicts(2)
    frame = quality_frame(run=match_run(), total=10)
    sample = draw_sample(purpose=ReviewPurpose.QUALITY, frame=frame, by=supervisor)
    assert open_sample() == sample
    assert close_sample(sample=sample)
    assert open_sample() is None
    assert not close_sample(sample=sample)


def test_a_sample_for_a_release_is_not_closed_from_here(supervisor):
    verdicts(2)
    frame = quality_frame(run=match_run(), total=10)
    sample = draw_sample(purpose=ReviewPurpose.RELEASE, frame=frame, by=supervisor)
    assert not close_sample(sample=sample)
