"""The page at the door in a real browser, on a line that is really cut."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Declaration, Photograph
from tests import factories
from tests.cases.declarations.rows import registered
from tests.cases.photographs.pictures import picture
from tests.support.line import Line
from vehreg.accounts.models import Unit, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A connection that is back is tried at the latest after so many milliseconds of these tests.
PATIENCE = 40_000


@pytest.fixture(autouse=True)
def city() -> Unit:
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 390, "height": 844}, "locale": "vi-VN"}


@pytest.fixture
def line(live_server: Any) -> Iterator[Line]:
    line = Line(live_server.url)
    yield line
    line.close()


@pytest.fixture
def officer() -> User:
    return factories.user()


@pytest.fixture
def door(page: Page, line: Line, officer: User) -> Page:
    """The page as an officer finds it after signing in, kept for when there is no connection."""
    sign_in(page, line, officer)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def sign_in(page: Page, line: Line, officer: User) -> None:
    page.goto(f"{line.url}/door/")
    fill_in_sign_in(page, officer)


def fill_in_sign_in(page: Page, officer: User) -> None:
    page.fill("#id_username", officer.username)
    page.fill("#id_password", factories.PASSWORD)
    page.click("#login-form button[type=submit]")
    expect(page.locator("#door-q")).to_be_visible()


def look(page: Page, text: str) -> None:
    page.fill("#door-q", text)
    page.keyboard.press("Enter")


def declare(page: Page, plate: str, *, name: str = "Vũ Quang Đạt", status: str = "in_use_owner") -> None:
    """What an officer does for a plate of which the registers know nothing, or cannot be asked."""
    look(page, plate)
    page.get_by_role("button", name=plate).click()
    page.check(f"[data-of=vehicle] input[value={status}]", force=True)
    page.fill("#door-name", name)


def photograph(page: Page, colour: tuple[int, int, int]) -> None:
    before = page.locator("[data-photographs] img").count()
    content = picture(size=(2400, 1800), colour=colour)
    page.set_input_files("#door-photograph", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content})
    expect(page.locator("[data-photographs] img")).to_have_count(before + 1)


def done(page: Page) -> None:
    page.click("[data-declare] button[type=submit]")
    expect(page.locator("[data-done]")).to_be_visible()


def waiting(page: Page) -> Any:
    return page.locator("[data-waiting-count]")


def nothing_waits(page: Page) -> None:
    expect(page.locator("[data-waiting]")).to_have_attribute("data-count", "0", timeout=PATIENCE)


def test_an_officer_declares_from_what_the_registers_know(door, officer):
    vehicle = registered(unit=officer.unit, plate="29-H1 123.45")
    look(door, "29h112345")
    door.locator("[data-entry='29-H1 123.45']").click()
    door.click("[data-party]")
    assert door.input_value("#door-name") == vehicle.owner.name
    door.locator(".statuses:visible label").first.click()
    photograph(door, (10, 90, 10))
    done(door)
    expect(door.locator("[data-done]")).to_contain_text("Đã gửi")
    nothing_waits(door)
    row = Declaration.objects.get()
    assert (row.plate, row.vehicle_kind, row.usage_status) == ("29-H1 123.45", "motorbike", "in_use_owner")
    assert (row.channel, row.unit, row.receipt.user) == ("officer", officer.unit, officer)
    kept = Photograph.objects.get()
    assert (kept.declaration, kept.width, kept.height) == (row, 2000, 1500)
    door.click("[data-next]")
    expect(door.locator("#door-q")).to_be_focused()
    assert door.input_value("#door-q") == ""


def test_what_is_taken_without_a_connection_arrives_once_when_it_is_back(door, line):
    line.cut()
    declare(door, "29-H1 111.11")
    expect(door.locator("[data-line]")).to_be_visible()
    photograph(door, (200, 0, 0))
    done(door)
    door.click("[data-next]")
    declare(door, "29-H1 222.22", status="sold_not_transferred")
    photograph(door, (0, 200, 0))
    photograph(door, (0, 0, 200))
    done(door)
    expect(waiting(door)).to_contain_text("2")
    door.reload()
    expect(waiting(door)).to_contain_text("2")
    assert not Declaration.objects.exists()
    line.mend()
    nothing_waits(door)
    rows = Declaration.objects.order_by("plate")
    assert [(row.plate, row.photographs.count()) for row in rows] == [
        ("29-H1 111.11", 1),
        ("29-H1 222.22", 2),
    ]


def test_an_answer_that_was_lost_makes_nothing_twice(door, line):
    declare(door, "29-H1 111.11")
    photograph(door, (200, 0, 0))
    line.lose_answer_to("POST /door/declarations")
    done(door)
    expect(door.locator("[data-line]")).to_be_visible()
    expect(waiting(door)).to_contain_text("1")
    assert Declaration.objects.count() == 1
    line.mend()
    nothing_waits(door)
    assert line.requests["POST /door/declarations"] >= 2
    assert Declaration.objects.get().photographs.count() == 1


def test_a_photographs_answer_that_was_lost_makes_nothing_twice(door, line):
    declare(door, "29-H1 111.11")
    photograph(door, (200, 0, 0))
    line.lose_answer_to("POST /door/declarations/")
    done(door)
    expect(door.locator("[data-line]")).to_be_visible()
    assert Photograph.objects.count() == 1
    line.mend()
    nothing_waits(door)
    assert (Declaration.objects.count(), Photograph.objects.count()) == (1, 1)


def test_a_session_that_has_ended_loses_nothing(door, officer):
    declare(door, "29-H1 111.11")
    Session.objects.all().delete()
    done(door)
    expect(door.locator("[data-line]")).to_be_visible()
    expect(waiting(door)).to_contain_text("1")
    assert not Declaration.objects.exists()
    door.click("[data-line] a")
    fill_in_sign_in(door, officer)
    nothing_waits(door)
    assert Declaration.objects.get().receipt.user == officer


def test_another_officer_on_the_telephone_neither_sees_nor_sends_what_the_first_kept(door, line, officer):
    line.cut()
    declare(door, "29-H1 111.11")
    done(door)
    door.context.clear_cookies()
    line.mend()
    other = factories.user()
    sign_in(door, line, other)
    expect(door.locator("[data-who]")).to_have_text(str(other))
    nothing_waits(door)
    declare(door, "29-H1 222.22")
    done(door)
    expect(door.locator("[data-done]")).to_contain_text("Đã gửi")
    assert [row.receipt.user for row in Declaration.objects.all()] == [other]
    door.context.clear_cookies()
    sign_in(door, line, officer)
    expect(door.locator("[data-who]")).to_have_text(str(officer))
    nothing_waits(door)
    assert Declaration.objects.get(plate="29-H1 111.11").receipt.user == officer


def test_the_kept_page_opens_for_nobody_who_has_signed_out(door, line):
    line.cut()
    declare(door, "29-H1 111.11")
    done(door)
    door.goto("about:blank")
    line.mend()
    door.goto(f"{line.url}/admin/password_change/")
    door.evaluate("document.querySelector('form[action*=logout]').submit()")
    door.wait_for_url("**/logout/")
    line.cut()
    door.goto(f"{line.url}/door/")
    expect(door.locator("[data-line]")).to_be_visible()
    expect(door.locator("[data-steps]")).to_be_hidden()
    expect(door.locator("[data-waiting]")).to_be_hidden()


def test_what_the_server_refuses_is_told_and_can_be_corrected(door):
    declare(door, "29-H1 111.11")
    door.click("[data-declare] details summary")
    door.fill("#door-since", "2999-01-01")
    done(door)
    expect(waiting(door)).to_be_visible()
    waiting(door).click()
    expect(door.locator("[data-waiting-list] .wrong")).not_to_be_empty()
    door.locator("[data-waiting-list] button").first.click()
    assert door.input_value("#door-plate") == "29-H1 111.11"
    assert door.is_checked("[data-of=vehicle] input[value=in_use_owner]")
    door.fill("#door-since", "")
    done(door)
    nothing_waits(door)
    assert Declaration.objects.get().plate == "29-H1 111.11"


def test_what_is_missing_is_asked_for_before_anything_is_kept(door):
    look(door, "29-H1 111.11")
    door.get_by_role("button", name="29-H1 111.11").click()
    door.click("[data-declare] button[type=submit]")
    expect(door.locator("[data-errors]")).to_be_visible()
    door.check("[data-of=vehicle] input[value=lost]", force=True)
    door.click("[data-declare] button[type=submit]")
    expect(door.locator("#door-name")).to_be_focused()
    expect(door.locator("[data-waiting]")).to_be_hidden()


def test_a_licence_is_declared_with_statuses_of_its_own(door, officer):
    factories.licence(unit=officer.unit, number="010123456789", licence_class="A1")
    look(door, "010123456789")
    door.locator("[data-entry='010123456789']").click()
    expect(door.locator("[data-of=vehicle]:visible")).to_have_count(0)
    door.check("[data-of=licence] input[value=lost]", force=True)
    door.fill("#door-name", "Vũ Quang Đạt")
    done(door)
    nothing_waits(door)
    row = Declaration.objects.get()
    assert (row.subject, row.licence_number, row.licence_class, row.usage_status) == (
        "licence", "010123456789", "A1", "lost",
    )  # fmt: skip


def test_a_page_that_is_closed_for_the_camera_goes_on_where_it_was(door, line):
    declare(door, "29-H1 111.11", status="lost")
    door.locator("#door-name").blur()
    photograph(door, (200, 0, 0))
    door.goto("about:blank")
    door.goto(f"{line.url}/door/")
    expect(door.locator("#door-name")).to_have_value("Vũ Quang Đạt")
    assert door.is_checked("[data-of=vehicle] input[value=lost]")
    done(door)
    nothing_waits(door)
    assert Declaration.objects.get().photographs.count() == 1
    door.reload()
    expect(door.locator("#door-q")).to_be_visible()


# A detector that reads a citizen card at once, and a camera that shows a canvas.
SCANNER = """
window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: "001091084217|012345678|Vũ Quang Đạt|17081991|Nam|Hà Nội" }]; }
};
navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    setInterval(() => pen.fillRect(0, 0, Math.random() * 100, 10), 50);
    return canvas.captureStream();
};
"""


def test_a_scanned_card_is_looked_up_and_names_who_declares(page, line, officer):
    page.add_init_script(SCANNER)
    sign_in(page, line, officer)
    page.click("[data-scan=q]")
    expect(page.locator("[data-found] .notice")).to_be_visible()
    assert page.input_value("#door-q") == "001091084217"
    page.locator("[data-found] button").first.click()
    assert page.input_value("#door-name") == "Vũ Quang Đạt"
    assert page.input_value("#door-number") == "001091084217"


def test_without_a_detector_no_scanning_is_offered(door):
    assert door.evaluate("'BarcodeDetector' in window") is False
    expect(door.locator("[data-scan=q]")).to_be_hidden()


def test_the_wrong_clock_of_a_telephone_does_not_matter(page, line, officer):
    page.add_init_script("const right = Date.now; Date.now = () => right() + 3 * 3600 * 1000;")
    sign_in(page, line, officer)
    declare(page, "29-H1 111.11")
    done(page)
    nothing_waits(page)
    assert abs(Declaration.objects.get().declared_at - timezone.now()) < timedelta(minutes=5)


def test_the_page_fits_its_telephone(door):
    look(door, "29-H1 111.11")
    door.get_by_role("button", name="29-H1 111.11").click()
    assert door.evaluate("document.documentElement.scrollWidth") <= 390
    heights = door.eval_on_selector_all(
        ".statuses span, .bar .button",
        "parts => parts.filter(part => part.offsetParent).map(part => part.offsetHeight)",
    )
    assert min(heights) >= 48
