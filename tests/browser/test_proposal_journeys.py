"""From the first word on a phone to what became of it: a proposal with its first supporters, the office, signatures."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from urllib.request import urlopen
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from browser.browsing import COORDINATOR, Site, Visitor, link_in
from concivis.shell.guard import AT_LEAST

AUTHOR, FIRST, SIGNER = "author-of-benches@example.org", "first@example.org", "signer@example.org"
AUTHORITY = "council@example.org"
SURGE = 4  # people who sign at once
NEEDED = SURGE + 1
SAID = {"name": "Example signer", "postcode": "59063", "birth_year": "1980"}
ANSWER, DECISION = "Ein Beispiel einer Antwort.", "Ein Beispiel eines Beschlusses."
MEASURE, OUTCOME = "Beispiel: zehn Bänke aufstellen", "Ein Beispiel: Sie stehen."
TITLE = "Zehn neue Bänke im Kurpark"


@pytest.fixture
def coordinator(signed_in):
    return signed_in(COORDINATOR)


def test_a_proposal_goes_its_whole_way_on_phones_until_it_is_realised(
    on_a_phone, coordinator, site, axe, in_the_site
):
    set_rules(coordinator)
    author = on_a_phone()
    propose(author, axe)
    support(on_a_phone(scripts=False), site, address_for_supporters(author, axe))
    publish(coordinator, axe)

    page_url = public_page(author, axe)
    sign(on_a_phone(), site, page_url, axe)
    sign_at_once(site, page_url, SURGE)
    wait_for_the_threshold(author, page_url)
    assert well_made(author, axe) == []

    in_the_site("let_the_deadline_pass", TITLE)
    too_late = on_a_phone(scripts=False)
    too_late.page.goto(f"{page_url}sign/")
    assert not too_late.page.locator("main form").count()

    office = f"office/hamm/proposals/{page_url.rstrip('/').rpartition('/')[2]}/"
    hand_over(coordinator, on_a_phone(), office, axe)
    answer_decide_and_realise(coordinator, office, axe)
    author.page.goto(page_url)
    assert {OUTCOME, ANSWER, DECISION, MEASURE} <= set(author.text().splitlines())
    assert well_made(author, axe) == []
    author.go("hubs/hamm/proposals/became/")
    assert TITLE in author.page.locator("main .cards li").first.inner_text()
    assert well_made(author, axe) == []
    assert [author.complaints, coordinator.complaints] == [[], []]


def set_rules(coordinator: Visitor) -> None:
    """A first supporter, and an answer from so many signatures on as this journey has."""
    coordinator.go("office/hamm/proposals/rules/edit/")
    for name, value in {"step_answer": str(NEEDED), "step_debate": "", "sponsors": "1"}.items():
        coordinator.page.locator(f"main input[name={name}]").fill(value)
    submit(coordinator)
    coordinator.page.wait_for_url("**/proposals/rules/")


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
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 51.68, "longitude": 7.82})
    page.locator("main input[name=point] + button").click()
    expect(page.locator("main input[name=point]")).to_have_value("51.68000, 7.82000")
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


def address_for_supporters(author: Visitor, axe: str) -> str:
    """What the author passes on, once the mail address is confirmed and the text sent off."""
    page = author.page
    page.goto(link_in(author.site.letter_to(AUTHOR, about="proposals/confirm")))
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/proposals/mine/**")
    assert well_made(author, axe) == []
    page.locator("main form[action$='/send/'] button").click()
    page.locator(".proposal-address a").wait_for()
    return str(page.locator(".proposal-address a").get_attribute("href"))


def support(first: Visitor, site: Site, address: str) -> None:
    first.page.goto(address)
    first.page.locator("main input[name=name]").fill("Example supporter")
    first.page.locator("main input[name=email]").fill(FIRST)
    first.page.locator("main input[name=agreed]").check()
    time.sleep(AT_LEAST + 0.5)
    submit(first)
    first.page.goto(link_in(site.letter_to(FIRST, about="proposals/sponsor")))
    submit(first)


def publish(coordinator: Visitor, axe: str) -> None:
    """By the office's own pages."""
    coordinator.go("office/hamm/proposals/")
    assert coordinator.findings(axe) == []
    coordinator.page.locator("main").get_by_role("link", name=TITLE).first.click()
    coordinator.page.locator("main form[action$='/claim/'] button").first.click()
    coordinator.page.locator("main form[action$='/publish/'] button").first.click()
    coordinator.page.locator("main a[href$='/pause/']").wait_for()
    assert coordinator.findings(axe) == []


def public_page(author: Visitor, axe: str) -> str:
    """Found in the list of the city; its address."""
    author.go("hubs/hamm/proposals/?q=Kurpark")
    assert well_made(author, axe) == []
    author.page.locator("main").get_by_role("link", name=TITLE).click()
    author.page.locator("main a[href$='/sign/']").wait_for()
    assert well_made(author, axe) == []
    return author.page.url


def sign(signer: Visitor, site: Site, page_url: str, axe: str) -> None:
    """A form, a letter, a button: less than a minute."""
    signer.page.goto(page_url)
    signer.page.locator("main a[href$='/sign/']").click()
    signer.page.locator("main input[name=support][value=legal]").check()
    for name, value in {**SAID, "email": SIGNER}.items():
        if signer.page.locator(f"main input[name={name}]").count():
            signer.page.locator(f"main input[name={name}]").fill(value)
    signer.page.locator("main input[name=consent]").check()
    assert well_made(signer, axe) == []
    time.sleep(AT_LEAST + 0.5)
    submit(signer)
    signer.page.wait_for_url("**/sign/sent/")
    signer.page.goto(link_in(site.letter_to(SIGNER, about="proposals/signature")))
    assert well_made(signer, axe) == []
    submit(signer)
    signer.page.wait_for_url("**/signed/")
    assert well_made(signer, axe) == []
    assert signer.complaints == []


def sign_at_once(site: Site, page_url: str, how_many: int) -> None:
    """Several people by the same pages without a browser, sent off together, then confirmed together."""
    people = [f"neighbour{number}@example.org" for number in range(how_many)]
    form = read(f"{page_url}sign/")
    drawn = re.search(r'name="drawn" value="([^"]+)"', form)
    assert drawn, form
    time.sleep(AT_LEAST + 0.5)
    said = {**SAID, "support": "legal", "consent": "on", "drawn": drawn.group(1)}
    with ThreadPoolExecutor(how_many) as crowd:
        list(crowd.map(lambda person: read(f"{page_url}sign/", {**said, "email": person}), people))
        keys = [link_in(site.letter_to(person, about="proposals/signature")) for person in people]
        list(crowd.map(lambda key: read(key, {"": ""}), keys))


def read(address: str, sent: dict[str, str] | None = None) -> str:
    body = urlencode(sent).encode() if sent else None
    with urlopen(address, body, timeout=15) as answer:
        return str(answer.read().decode())


def wait_for_the_threshold(author: Visitor, page_url: str) -> None:
    """The number is counted beside the signing, every few seconds."""
    for _ in range(20):
        author.page.goto(page_url)
        if author.page.locator(".proposal-far .badge-good").count():
            break
        time.sleep(1)
    assert re.findall(r"\d+", author.text(".proposal-far h2")) == [str(NEEDED)] * 2


def hand_over(coordinator: Visitor, authority: Visitor, office: str, axe: str) -> None:
    """A package is mailed and opened; then the office notes that it was received."""
    fill(coordinator, f"{office}handover/new/", recipient="Example council office", email=AUTHORITY)
    authority.page.goto(link_in(authority.site.letter_to(AUTHORITY, about="proposals/handed-over")))
    assert well_made(authority, axe) == []
    with authority.page.expect_download() as opened:
        authority.page.locator("main form button[type=submit]").click()
    with ZipFile(opened.value.path()) as package:
        assert package.testzip() is None
        assert any(name.endswith(".csv") for name in package.namelist())
    fill(coordinator, f"{office}handover/received/", received_by="Example council office")
    assert coordinator.findings(axe) == []


def answer_decide_and_realise(coordinator: Visitor, office: str, axe: str) -> None:
    said = {"language": "de", "body": "Example administration"}
    fill(coordinator, f"{office}fate/answer/", **said, verdict="accepted", text=ANSWER)
    fill(coordinator, f"{office}fate/decision/", **said, verdict="accepted", text=DECISION)
    fill(coordinator, f"{office}fate/measures/new/", language="de", title=MEASURE, state="running")
    measure = coordinator.page.locator("main table a[href*='/measures/']").first.get_attribute("href")
    fill(coordinator, str(measure).split("/", 2)[2], state="done")
    fill(coordinator, f"{office}fate/end/", language="de", outcome="realised", note=OUTCOME)
    assert coordinator.findings(axe) == []


def fill(coordinator: Visitor, path: str, **said: str) -> None:
    """A form of the office, sent off; it leads on to another page."""
    coordinator.go(path)
    for name, value in said.items():
        field = coordinator.page.locator(f"main [name={name}]").first
        kind = field.evaluate("element => element.type")
        if kind == "radio":
            coordinator.page.locator(f"main [name={name}][value={value}]").check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)
    submit(coordinator)
    coordinator.page.wait_for_url(lambda url: not url.endswith(path))


def submit(visitor: Visitor) -> None:
    visitor.page.locator("main form:not([role=search]) button[type=submit]").first.click()


def well_made(visitor: Visitor, axe: str) -> list[str]:
    """Nothing out of the phone's width, nothing that axe-core finds serious."""
    return [*visitor.findings(axe), *visitor.overflow()]
