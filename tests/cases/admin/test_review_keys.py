"""Judging from the keyboard, in a real browser."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from cases.models import ReviewJudgement
from cases.review.sampling import draw_sample
from tests import factories
from tests.cases.review.verdicts import frame, verdicts
from vehreg.accounts.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JUDGE = "/admin/cases/reviewpair/judge/"


@pytest.fixture
def officer():
    return factories.user(Role.CITY_OFFICER)


@pytest.fixture
def judge_page(page: Page, live_server, officer):
    verdicts(3)
    draw_sample(purpose="quality", frame=frame(3), by=factories.user(Role.CITY_SUPERVISOR), seed=1)
    session = factories.client(officer).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto(live_server.url + JUDGE)
    return page


def test_three_keys_judge_three_pairs(judge_page, officer):
    pair = judge_page.locator("[data-answers] input[name=pair]")
    for key in ("1", "2", "3"):
        before = pair.input_value()
        judge_page.keyboard.press(key)
        if key != "3":
            expect(pair).not_to_have_value(before)
    expect(judge_page.locator(".review-empty")).to_be_visible()
    answers = ReviewJudgement.objects.filter(officer=officer).order_by("pk").values_list("answer", flat=True)
    assert list(answers) == ["match", "no_match", "undecidable"]


def test_a_key_pressed_with_another_or_in_a_field_answers_nothing(judge_page):
    judge_page.keyboard.press("Control+1")
    judge_page.keyboard.press("9")
    expect(judge_page.locator("[data-answers]")).to_be_visible()
    assert not ReviewJudgement.objects.exists()


def test_two_presses_in_a_row_answer_one_pair_only(judge_page):
    # Both come before the page can change: the second must send nothing.
    judge_page.evaluate(
        """() => {
            for (let press = 0; press < 2; press += 1) {
                document.dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true }));
            }
        }"""
    )
    expect(judge_page.locator(".review-line strong")).to_be_visible()
    assert ReviewJudgement.objects.count() == 1
