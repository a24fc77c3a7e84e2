import pytest
from django.db import DatabaseError, transaction

from cases.models import Candidate, ReviewPair, Verdict
from cases.models.review import ReviewPurpose
from cases.review.sampling import Frame, draw_sample
from tests import factories
from tests.cases.review.verdicts import frame, many_verdicts, one_verdict, verdicts
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


def draw(asked, seed=7, by=None):
    by = by or factories.user(Role.CITY_SUPERVISOR)
    return draw_sample(purpose=ReviewPurpose.QUALITY, frame=asked, by=by, seed=seed)


def drawn(sample):
    return list(sample.pairs.order_by("position").values_list("verdict_id", flat=True))


def test_the_same_seed_draws_the_same_pairs_in_the_same_order_and_another_seed_others():
    verdicts(60)
    first, again, other = draw(frame(20)), draw(frame(20)), draw(frame(20), seed=8)
    assert drawn(first) == drawn(again)
    assert len(set(drawn(first))) == 20
    assert set(drawn(first)) != set(drawn(other))
    assert drawn(first) != sorted(drawn(first))


def test_each_stratum_gives_what_was_asked_of_it_and_never_more_than_it_has():
    verdicts(12, verdict="probable")
    verdicts(30, verdict="verified")
    verdicts(4, verdict="id_typo")
    sample = draw(frame({"probable": 5, "id_typo": 9}))
    assert sample.strata == [
        {"key": "id_typo", "verdict": "id_typo", "band": "", "size": 4, "drawn": 4},
        {"key": "probable", "verdict": "probable", "band": "", "size": 12, "drawn": 5},
        {"key": "verified", "verdict": "verified", "band": "", "size": 30, "drawn": 0},
    ]
    assert sample.pairs.filter(stratum="probable").count() == 5


def test_a_stratum_is_named_after_its_verdict_and_its_band():
    verdicts(3)
    keyed = "SELECT id, verdict || ':' || %(band)s FROM cases_verdict"
    sample = draw(Frame(sql=keyed, params={"band": "95-99"}, sizes=2))
    assert [(one["verdict"], one["band"]) for one in sample.strata] == [("probable", "95-99")]


def test_every_member_of_a_stratum_is_drawn_about_equally_often():
    members = [one.pk for one in verdicts(40)]
    by = factories.user(Role.CITY_SUPERVISOR)
    times = dict.fromkeys(members, 0)
    for seed in range(60):
        for pk in drawn(draw(frame(10), seed=seed, by=by)):
            times[pk] += 1
    # 600 draws over 40 members: 15 each, standard deviation 3.4.
    assert min(times.values()) >= 3
    assert max(times.values()) <= 29


def test_a_stratum_much_larger_than_its_sample_gives_exactly_what_was_asked_and_from_all_of_it():
    many_verdicts(3_000)
    by = factories.user(Role.CITY_SUPERVISOR)
    places = sorted(Verdict.objects.values_list("pk", flat=True))
    samples = [draw(frame(7), seed=seed, by=by) for seed in range(20)]
    assert {sample.pairs.count() for sample in samples} == {7}
    drawn_from = [places.index(pk) // 1_000 for sample in samples for pk in drawn(sample)]
    assert set(drawn_from) == {0, 1, 2}


def test_what_both_registers_said_is_frozen_without_verdict_score_or_pass():
    ward = factories.unit(name="Phường Cửa Nam")
    owner = factories.owner(name="VŨ QUANG ĐẠT", id_number="001091000011", unit=ward, address="12 Hàng Bông")
    person = factories.person(full_name="Vũ Quang Đạt", former_ids=["011234567"], unit=ward)
    one_verdict(person, owner=owner)
    pair = draw(frame()).pairs.get()
    owner.name = "NGƯỜI KHÁC"
    owner.save()
    pair.refresh_from_db()
    assert pair.shown["party"]["name"] == "VŨ QUANG ĐẠT"
    assert pair.shown["party"]["unit"] == "Phường Cửa Nam"
    assert pair.shown["person"]["former"] == ["011234567"]
    assert (pair.person_id, pair.unit_id) == (person.pk, ward.pk)
    assert not {"score", "verdict", "pass", "pass_name", "comparison"} & (
        set(pair.shown) | set(pair.shown["party"]) | set(pair.shown["person"])
    )


def test_a_licence_is_shown_by_its_holder():
    licence = factories.licence(holder_name="Đỗ Thị Hoà", unit=factories.unit())
    verdict = one_verdict(factories.person())
    type(verdict).objects.filter(pk=verdict.pk).update(register="licence", subject_id=licence.pk)
    pair = draw(frame()).pairs.get()
    assert (pair.register, pair.subject_id, pair.unit_id) == ("licence", licence.pk, licence.unit_id)
    assert pair.shown["party"]["name"] == "Đỗ Thị Hoà"


def test_where_nobody_was_named_the_best_candidate_seen_is_shown_and_else_nobody():
    seen = factories.person()
    with_candidate = one_verdict(None, verdict="no_candidate", score=0.0)
    Candidate.objects.create(verdict=with_candidate, rank=1, person=seen, score=0.2)
    without = one_verdict(None, verdict="no_candidate", score=0.0)
    pairs = {pair.verdict_id: pair for pair in draw(frame()).pairs.all()}
    assert pairs[with_candidate.pk].person_id == seen.pk
    assert pairs[without.pk].shown["person"] is None


def test_what_was_drawn_is_not_changed_afterwards():
    verdicts(1)
    pair = draw(frame()).pairs.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewPair.objects.filter(pk=pair.pk).update(stratum="verified:99-100")
