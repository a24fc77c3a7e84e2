"""Confirming from the keyboard, in a real browser."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from cases.models import Confirmation
from tests import factories
from tests.cases.confirmations.rows import plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A busy machine loads a page in some seconds.
PATIENCE = 20_000
QUEUE = "/admin/cases/confirmation/waiting/"


@pytest.fixture
def one_page(page: Page, live_server, ward, officer):
    for _number in range(3):
        plain(ward)
    session = factories.client(officer).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto(live_server.url + QUEUE)
    page.locator(".confirm-begin").click()
    page.wait_for_url("**/waiting/*/*")
    page.wait_for_load_state("load")  # the keys are heard from then on
    return page


def outcomes():
    return list(Confirmation.objects.order_by("pk").values_list("outcome", flat=True))


def test_enter_clears_the_whole_queue(one_page):
    seen = one_page.locator(".confirm-right input[name=seen]")
    for left in (2, 1, 0):
        before = seen.input_value()
        one_page.keyboard.press("Enter")
        if left:
            expect(seen).not_to_have_value(before, timeout=PATIENCE)
    expect(one_page.locator(".empty")).to_be_visible(timeout=PATIENCE)
    assert outcomes() == ["confirmed"] * 3


def test_q_asks_for_the_reason_and_enter_in_it_confirms_nothing(one_page):
    one_page.keyboard.press("q")
    reason = one_page.locator("textarea[name=reason]")
    expect(reason).to_be_focused(timeout=PATIENCE)
    one_page.keyboard.type("Sai chủ xe")
    one_page.keyboard.press("Enter")
    assert outcomes() == []
    one_page.locator("button[value=questioned]").click()
    expect(reason).to_be_hidden(timeout=PATIENCE)
    assert outcomes() == ["questioned"]


def test_two_presses_in_a_row_confirm_one_only(one_page):
    seen = one_page.locator(".confirm-right input[name=seen]")
    before = seen.input_value()
    # Both come before the page can change: the second must send nothing.
    one_page.evaluate(
        """() => {
            for (let press = 0; press < 2; press += 1) {
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
            }
        }"""
    )
    expect(seen).not_to_have_value(before, timeout=PATIENCE)
    assert outcomes() == ["confirmed"]
