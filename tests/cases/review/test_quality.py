import pytest

from cases.models import ReviewPair
from cases.models.review import ReviewPurpose
from cases.review.frames import quality_frame
from cases.review.judging import judge
from cases.review.quality import proposals, quality_of, quality_samples
from cases.review.results import tallies, tally
from cases.review.sampling import draw_sample
from tests import factories
from tests.cases.review.verdicts import many_verdicts, verdicts
from tests.cases.rows import match_run
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample():
    run = match_run()
    verdicts(6, verdict="verified", score=1.0)
    verdicts(5, verdict="probable", score=0.93)
    frame = quality_frame(run=run, total=20)
    return draw_sample(purpose=ReviewPurpose.QUALITY, frame=frame, by=factories.user(Role.CITY_SUPERVISOR))


def settle(pairs, outcome):
    ReviewPair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(outcome=outcome, judged=2)


def test_the_figures_of_a_sample_follow_from_its_settled_pairs(sample):
    verified, probable = (
        sample.pairs.filter(stratum="verified:99-100"),
        sample.pairs.filter(stratum="probable:90-95"),
    )
    settle(verified, "match")
    settle(probable[:4], "match")
    settle(probable[4:], "no_match")
    quality = quality_of(sample)
    assert quality.figures.linked_precision.value == 1.0
    assert quality.figures.linked_recall.value == pytest.approx(6 / 10)
    assert quality.figures.first_precision.value == pytest.approx(10 / 11)
    assert list(quality.verdicts) == ["verified", "probable"]
    assert [(one.band.key, one.stated) for one in quality.calibration] == [("90-95", 0.93), ("99-100", 1.0)]


def test_progress_tells_settled_open_and_waiting_for_a_third(sample):
    officers = [factories.user(Role.CITY_OFFICER) for _ in range(2)]
    first, second, *_rest = sample.pairs.all()
    for officer, answer in zip(officers, ("match", "no_match"), strict=True):
        judge(pair=first, user=officer, answer=answer)
        judge(pair=second, user=officer, answer="match")
    progress = quality_of(sample).progress
    assert (progress.drawn, progress.settled, progress.third, progress.left) == (11, 1, 1, 10)
    assert progress.judgements == 4
    assert (progress.paired, progress.agreed, progress.agreement) == (2, 1, 0.5)


def test_a_sample_too_small_for_a_wanted_error_asks_for_more_pairs(sample):
    settle(sample.pairs.all(), "match")
    found = {one.verdict: one for one in proposals(tally(sample), 0.001)}
    assert found["verified"].threshold is None
    assert found["verified"].more == 2995 - 6


def test_every_run_keeps_its_figures(sample):
    settle(sample.pairs.all(), "match")
    many_verdicts(30, score=0.97)
    frame = quality_frame(run=match_run(), total=20)
    later = draw_sample(purpose=ReviewPurpose.QUALITY, frame=frame, by=sample.drawn_by)
    assert quality_samples() == [later, sample]
    counted = tallies([later, sample])
    assert quality_of(later, counted[later.pk]).figures.linked_precision.value is None
    assert quality_of(sample, counted[sample.pk]).figures.linked_precision.value == 1.0


def test_samples_of_releases_are_not_among_those_of_quality(sample):
    draw_sample(
        purpose=ReviewPurpose.RELEASE, frame=quality_frame(run=sample.run, total=5), by=sample.drawn_by
    )
    assert quality_samples() == [sample]
