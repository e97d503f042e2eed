"""What the people of a city's office do, from the first visit on."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.browsing import NOBODY, TRAVELLER, Site, Visitor, link_in

PASSWORD = "seven herons over the weir"
PAIRS = [
    ["Our town", "Our country", "Partner", "Country of the partner", "Signed"],
    ["Hamm", "DE", "Lausanne", "CH", "1999"],
    ["Hamm", "DE", "Springfield", "US", "2001"],
    ["Hamm", "DE", "Hamm", "DE", "2002"],
]


@pytest.fixture
def another_stranger(browser: Browser, site: Site):
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield Visitor(context.new_page(), site)
    context.close()


def sign_up(visitor: Visitor, person: str) -> None:
    """From the form over the letter to the confirmed address."""
    page = visitor.page
    page.locator("main input[name=email]").fill(person)
    page.locator("main input[name=password1]").fill(PASSWORD)
    page.locator("main input[name=password2]").fill(PASSWORD)
    page.locator("main form:has(input[name=password1]) button[type=submit]").click()
    page.wait_for_url("**/confirm-email/")
    page.goto(link_in(visitor.site.letter_to(person, about="confirm-email")))
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    if "/accounts/login/" in page.url:
        visitor.sign_in(person, PASSWORD)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_coordinator_opens_an_office_and_a_colleague_joins_it(stranger, another_stranger, language):
    city, slug = {"en": ("Ulm", "ulm"), "de": ("Lausanne", "lausanne")}[language]
    founder, colleague = f"founder-of-{slug}@example.org", f"colleague-in-{slug}@example.org"
    for visitor in (stranger, another_stranger):
        visitor.language = language
    page = stranger.page
    stranger.go("accounts/signup/")
    sign_up(stranger, founder)

    stranger.go("hubs/new/")
    page.locator("input[name=place]").press_sequentially(city, delay=20)
    page.locator("[data-place-list] [data-place]").first.filter(
        has_text=city
    ).wait_for()  # not of half the word
    stranger.choose_proposal()
    stranger.press("Continue")
    page.wait_for_url("**/hubs/new/office/")
    assert page.locator("input[name=name]").input_value() == city
    page.locator("input[name=slug]").fill(slug)
    stranger.press("Continue")
    page.wait_for_url("**/hubs/new/preview/")
    stranger.press("Open the office and make its page public")
    page.wait_for_url(f"**/office/{slug}/")

    stranger.go(f"office/{slug}/invitations/")
    page.locator("main input[name=email]").fill(colleague)
    page.locator("main select[name=role]").select_option("editor")
    stranger.press("Send the invitation")
    assert colleague in stranger.text()

    letter = stranger.site.letter_to(colleague, about="/hubs/invitations/")
    another_stranger.page.goto(link_in(letter))
    another_stranger.page.locator("main a[href*='/accounts/signup/']").click()  # in the office's language
    sign_up(another_stranger, colleague)
    another_stranger.page.goto(link_in(letter))
    another_stranger.page.locator("main form button[type=submit]").click()
    another_stranger.page.wait_for_url(f"**/office/{slug}/")

    for visitor in (stranger, another_stranger):
        visitor.go(f"office/{slug}/record/")
        assert visitor.page.locator("main tbody tr").count() >= 4
        assert colleague in visitor.text() or "editor" in visitor.text()
        assert visitor.complaints == []
    stranger.press("Check the record")
    assert page.locator("main [role=status], main [role=alert], main .toast").first.is_visible()


def test_an_office_is_opened_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False)
    visitor = Visitor(context.new_page(), site)
    visitor.sign_in(NOBODY)
    visitor.go("hubs/new/")
    visitor.page.locator("input[name=place]").fill("Springfield")
    visitor.press("Continue")
    choices = visitor.page.locator("[data-place-choices] input[type=radio]")
    assert choices.count() > 1
    choices.first.check()
    visitor.press("Continue")
    visitor.page.locator("input[name=slug]").fill("springfield-by-hand")
    visitor.press("Continue")
    visitor.press("Open the office, keep its page private")
    assert visitor.path() == "/en/office/springfield-by-hand/"
    visitor.go("hubs/")
    assert "springfield" not in visitor.text().lower()
    context.close()


def test_a_passkey_is_made_and_then_opens_the_door(browser, site):
    context = browser.new_context()
    context.set_default_timeout(10_000)
    visitor = Visitor(context.new_page(), site)
    page = visitor.page
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    visitor.sign_in(TRAVELLER)
    visitor.go("accounts/2fa/webauthn/add/")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    assert visitor.complaints == []

    visitor.go("accounts/logout/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/en/")
    visitor.go("accounts/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/hubs/mine/")
    visitor.go("accounts/profile/")
    assert page.locator("main input[name=name]").input_value() == "The traveller"
    assert visitor.complaints == []
    context.close()


def test_a_list_is_imported_looked_at_decided_applied_and_taken_back(coordinator, tmp_path: Path):
    page = coordinator.page
    file = tmp_path / "partners-of-hamm.csv"
    with file.open("w", newline="", encoding="utf-8") as target:
        csv.writer(target).writerows(PAIRS)

    coordinator.go("office/hamm/imports/")
    page.locator("main input[type=file]").set_input_files(file)
    page.locator("main input[name=source_title]").fill("A list for this test")
    coordinator.press("Send the file")
    page.wait_for_url("**/columns/")
    chosen = page.locator("main table select").evaluate_all(
        "(selects) => selects.map((select) => select.value)"
    )
    for index, meaning in enumerate(["a.name", "a.country", "b.name", "b.country"]):
        if chosen[index] != meaning:
            page.locator("main table select").nth(index).select_option(meaning)
    coordinator.press("Read the file")
    expect(page.locator("#undecided")).to_be_visible(timeout=30_000)
    states = page.locator("main table tbody tr").all_inner_texts()
    assert len(states) == 3

    page.locator("#undecided a").first.click()
    for _ in range(3):
        if "/ends/" in page.url:
            page.locator("main input[type=radio]").first.check()
            coordinator.press("Decide")
            page.wait_for_load_state()
    expect(page.locator("main h1")).to_have_text(coordinator.say("Import"))
    expect(page.locator("#undecided")).to_have_count(0)

    coordinator.follow("Apply", within="main")
    coordinator.press("Apply")
    expect(page.locator("main")).to_contain_text("Applied on", timeout=30_000)
    number = coordinator.path()
    coordinator.go("places/gn2911240/hamm/")
    assert "Springfield" in coordinator.text()

    page.goto(coordinator.site.address + number)
    coordinator.follow("Take it back", within="main")
    coordinator.press("Take it back")
    expect(page.locator("main")).to_contain_text("Taken back")
    coordinator.go("places/gn2911240/hamm/")
    assert "Springfield" not in coordinator.text("main table")
    assert coordinator.complaints == []


def test_who_is_no_member_finds_no_office(stranger):
    stranger.sign_in(NOBODY)
    for path in ["", "settings/", "members/", "invitations/", "record/", "imports/"]:
        stranger.go(f"office/hamm/{path}", status=404)


def test_a_wrong_entry_is_told_beside_its_field(coordinator, axe):
    page = coordinator.page
    coordinator.go("office/hamm/invitations/")
    page.locator("main input[name=email]").fill("no address")
    coordinator.press("Send the invitation")
    wrong = page.locator("main input[name=email]")
    assert wrong.get_attribute("aria-invalid") == "true"
    told = wrong.get_attribute("aria-describedby")
    assert told
    assert any(page.locator(f"#{one}").inner_text() for one in told.split())
    assert coordinator.findings(axe) == []
    assert coordinator.complaints == []
