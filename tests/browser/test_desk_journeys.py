"""The day at the desk: a full screen cleared without a mouse; somebody asks, and follows the answer."""

import re
import time

import pytest
from playwright.sync_api import Browser, expect

from browser.browsing import BUSY, COORDINATOR, Site, Visitor, link_in

LEFT = re.compile(r"\d+")


@pytest.fixture
def busy(browser: Browser, site: Site):
    context = browser.new_context()
    context.set_default_timeout(10_000)
    visitor = Visitor(context.new_page(), site)
    visitor.sign_in(BUSY)
    yield visitor
    context.close()


def left(visitor: Visitor) -> int:
    """How many matters wait, as the first tab counts them."""
    found = LEFT.search(visitor.page.locator("main .tabs .count, main nav .count").first.inner_text())
    assert found
    return int(found.group())


def press(visitor: Visitor, *keys: str) -> None:
    for key in keys:
        visitor.page.keyboard.press(key)


def press_and_wait(visitor: Visitor, key: str) -> None:
    """A key that sends the page. 25 matters that are settled at once take their time on a busy machine."""
    with visitor.page.expect_navigation(timeout=60_000):
        visitor.page.keyboard.press(key)


def choose_all(visitor: Visitor, count: int) -> None:
    """From wherever the place is: up to the first, then down, choosing each."""
    press(visitor, *["k"] * count, "x", *["j", "x"] * (count - 1))


def titles(visitor: Visitor) -> list[str]:
    return visitor.page.locator("main [data-matter] h3").all_inner_texts()


def test_a_full_screen_is_cleared_by_keyboard_alone(busy):
    page = busy.page
    busy.go("office/busy/today/")
    shown = titles(busy)
    assert (left(busy), len(shown)) == (27, 25)

    press(busy, "?")
    expect(page.locator("dialog[data-keys]")).to_be_visible()
    press(busy, "Escape")
    expect(page.locator("dialog[data-keys]")).to_be_hidden()

    press(busy, "j", "j", "k")
    assert shown[0] in busy.focused()["text"]
    press_and_wait(busy, "d")
    assert left(busy) == 26
    press_and_wait(busy, "u")
    assert (left(busy), titles(busy)[0]) == (27, shown[0])

    press_and_wait(busy, "a")  # the place is kept from page to page
    assert "yours" in page.locator("main [data-matter]").first.inner_text()
    press_and_wait(busy, "s")
    assert left(busy) == 26

    press_and_wait(busy, "Enter")
    assert "/enquiries/" in page.url
    busy.go("office/busy/today/")
    while matters := titles(busy):
        choose_all(busy, len(matters))
        press_and_wait(busy, "d")
    assert "Nothing needs attention" in busy.text()
    assert busy.complaints == []


def test_somebody_asks_on_a_phone_and_reads_the_answer_without_an_account(stranger, coordinator):
    page = stranger.page
    page.set_viewport_size({"width": 360, "height": 740})
    stranger.language = "de"
    stranger.go("hubs/hamm/")
    stranger.page.locator("main a[href$='/hubs/hamm/ask/']").first.click()
    page.locator("main select[name=topic]").select_option(index=1)
    page.locator("main input[name=subject]").fill("Ein Chor in Toul")
    page.locator("main textarea[name=text]").fill("Wer singt mit Toul?")
    page.locator("main input[name=email]").fill("singer@example.org")
    assert stranger.overflow() == []
    time.sleep(3)  # a person does not write faster, says the form
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/ask/sent/")
    page.goto(link_in(stranger.site.letter_to("singer@example.org", about="/enquiries/confirm/")))
    page.locator("main form button[type=submit]").click()
    link = link_in(stranger.site.letter_to("singer@example.org", about="/enquiries/yours/"))

    assert "Ein Chor in Toul" in stranger.site.letter_to(COORDINATOR, about="Ein Chor")
    coordinator.go("office/hamm/enquiries/?state=waiting")
    coordinator.page.locator("main table a:has-text('Ein Chor in Toul')").first.click()
    coordinator.page.locator("main textarea[name=text]").fill("Der Domchor: {link}")
    coordinator.press("Mail as the answer")

    letter = stranger.site.letter_to("singer@example.org", about="Der Domchor")
    page.goto(link_in(letter))
    assert "Der Domchor" in stranger.text()
    page.locator("main textarea[name=text]").fill("Vielen Dank!")
    page.locator("main button[name=write]").click()
    expect(page.locator("main")).to_contain_text("Vielen Dank!")

    page.goto(link)
    page.locator("main a[href$='/forget/']").click()
    page.locator("main form button[type=submit]").click()
    coordinator.page.reload()
    assert "singer@example.org" not in coordinator.text()
    assert (stranger.complaints, coordinator.complaints) == ([], [])
