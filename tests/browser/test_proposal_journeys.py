"""From the first word on a phone to what became of it: a proposal with its first supporters, the office, signatures."""

import time

import pytest
from playwright.sync_api import Browser

from browser.browsing import COORDINATOR, Site, Visitor, link_in
from concivis.shell.guard import AT_LEAST

PHONE = {"width": 360, "height": 740}
AUTHOR, FIRST, SIGNER = "author-of-benches@example.org", "first@example.org", "signer@example.org"
TITLE = "Zehn neue Bänke im Kurpark"


@pytest.fixture
def on_a_phone(browser: Browser, site: Site):
    """Opens phones of people who read German; `scripts=False`: of people whose browser runs none."""
    contexts = []

    def open_one(*, scripts: bool = True) -> Visitor:
        context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), site, language="de")

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def coordinator(browser: Browser, site: Site):
    context = browser.new_context()
    context.set_default_timeout(15_000)
    visitor = Visitor(context.new_page(), site)
    visitor.sign_in(COORDINATOR)
    yield visitor
    context.close()


def test_a_proposal_is_written_supported_published_and_signed_on_phones_without_scripts(
    on_a_phone, coordinator, site, axe
):
    author = on_a_phone()
    propose(author, axe)
    author.page.goto(link_in(site.letter_to(AUTHOR, about="proposals/confirm")))
    author.page.locator("main form button[type=submit]").click()
    author.page.wait_for_url("**/proposals/mine/**")
    assert well_made(author, axe) == []
    author.page.locator("main form[action$='/send/'] button").click()
    author.page.wait_for_load_state("networkidle")

    shared = author.page.locator(".proposal-address a")
    if shared.count():
        support(on_a_phone(scripts=False), site, shared.get_attribute("href"))

    publish(coordinator, axe)
    author.page.goto(link_in(site.letter_to(AUTHOR, about="proposals/mine")))
    author.go("hubs/hamm/proposals/?q=Kurpark")
    author.page.locator("main").get_by_role("link", name=TITLE).click()
    author.page.wait_for_url("**/proposals/*/")
    assert well_made(author, axe) == []
    page_url = author.page.url

    sign(on_a_phone(scripts=False), site, page_url)
    assert [author.complaints, coordinator.complaints] == [[], []]


def propose(author: Visitor, axe: str) -> None:
    """The rules, then step by step, to the preview and the button."""
    page = author.page
    author.go("hubs/hamm/proposals/new/")
    assert well_made(author, axe) == []
    page.locator("main a.button").first.click()
    page.locator("main input[name=title]").fill(TITLE)
    page.locator("main textarea[name=summary]").fill("Die Stadt stellt im Kurpark zehn Bänke mit Lehne auf.")
    assert well_made(author, axe) == []
    next_step(page, "where")
    page.locator("main input[name=point]").fill("51.68, 7.82")
    assert well_made(author, axe) == []
    next_step(page, "you")
    page.locator("main input[name=author_name]").fill("Example author")
    page.locator("main input[name=author_email]").fill(AUTHOR)
    page.locator("main input[name=agreed]").check()
    next_step(page, "look")
    drawn = time.monotonic()
    assert TITLE in author.text() and page.locator("main svg").count()
    assert well_made(author, axe) == []
    time.sleep(max(0, AT_LEAST + 0.5 - (time.monotonic() - drawn)))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/proposals/sent/")


def next_step(page, step: str) -> None:
    page.locator("#proposal-form button[type=submit]").first.click()
    page.wait_for_url(f"**/{step}/")


def support(first: Visitor, site: Site, address: str) -> None:
    first.page.goto(address)
    first.page.locator("main input[name=name]").fill("Example supporter")
    first.page.locator("main input[name=email]").fill(FIRST)
    first.page.locator("main input[name=agreed]").check()
    time.sleep(AT_LEAST + 0.5)
    first.page.locator("main form button[type=submit]").click()
    first.page.goto(link_in(site.letter_to(FIRST, about="proposals/sponsor")))
    first.page.locator("main form button[type=submit]").click()


def publish(coordinator: Visitor, axe: str) -> None:
    """By the office's own pages."""
    coordinator.go("office/hamm/proposals/")
    coordinator.page.locator("main").get_by_role("link", name=TITLE).first.click()
    coordinator.page.locator("main form[action$='/claim/'] button").first.click()
    coordinator.page.wait_for_load_state("networkidle")
    coordinator.page.locator("main form[action$='/publish/'] button").first.click()
    coordinator.page.wait_for_load_state("networkidle")


def sign(signer: Visitor, site: Site, page_url: str) -> None:
    """A form, a letter, a button: less than a minute."""
    signer.page.goto(page_url)
    signer.page.locator("main a[href$='/sign/']").click()
    for name, value in {
        "name": "Example signer",
        "email": SIGNER,
        "postcode": "59063",
        "birth_year": "1980",
    }.items():
        if signer.page.locator(f"main input[name={name}]").count():
            signer.page.locator(f"main input[name={name}]").fill(value)
    for box in signer.page.locator("main input[type=checkbox][required]").all():
        box.check()
    time.sleep(AT_LEAST + 0.5)
    signer.page.locator("main form button[type=submit]").click()
    signer.page.goto(link_in(site.letter_to(SIGNER, about="proposals/signature")))
    signer.page.locator("main form button[type=submit]").first.click()


def well_made(visitor: Visitor, axe: str) -> list[str]:
    """Nothing out of the phone's width, nothing that axe-core finds serious."""
    return [*visitor.findings(axe), *visitor.overflow()]
