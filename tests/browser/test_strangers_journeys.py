"""What somebody does who comes upon the site for the first time."""

import csv

import pytest
from playwright.sync_api import Browser

from browser.browsing import PHONE, Site, Visitor


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def anybody(request: pytest.FixtureRequest, browser: Browser, site: Site):
    context = browser.new_context(
        java_script_enabled=request.param == "with JavaScript", accept_downloads=True
    )
    context.set_default_timeout(10_000)
    yield Visitor(context.new_page(), site)
    context.close()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_stranger_finds_hamm_opens_a_partner_and_follows_a_source(anybody, language):
    anybody.language = language
    page = anybody.page
    anybody.go()
    anybody.page.locator("#home-search").fill("Hamm")
    anybody.press("Search")
    page.locator("main .search-answers a[href*='gn2911240']").first.click()
    assert anybody.heading() == "Hamm"
    row = page.locator("main tr", has_text="Bradford")
    row.locator("a[href*='/partnerships/']").click()
    assert "Bradford" in anybody.heading()
    source = page.locator("main .evidence a[rel~=external]").first
    assert source.get_attribute("href").startswith("http")
    assert source.inner_text()
    page.locator("main a[href*='gn2654993']").first.click()
    assert anybody.heading() == "Bradford"
    assert anybody.complaints == []


def test_a_stranger_types_and_goes_to_a_proposal_by_keyboard(stranger):
    stranger.go("search/")
    field = stranger.page.locator("#site-search")
    field.press_sequentially("keigh")
    stranger.page.locator("[role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "site-search-list-0"
    field.press("Enter")
    stranger.page.wait_for_url("**/hubs/keighley/")
    assert stranger.complaints == []


def test_a_stranger_narrows_a_search_and_takes_a_filter_away_again(anybody):
    anybody.go("search/?q=hamm")
    page = anybody.page
    before = page.locator("main article.card").count()
    if not page.locator("details.filters").evaluate("(details) => details.open"):
        page.locator("details.filters > summary").click()
    page.locator("input[name=country][value=FR]").check()
    if page.locator(".chips .chip").count() == 0:
        anybody.press("Show")
    page.locator(".chips .chip", has_text="France").wait_for()
    assert 0 < page.locator("main article.card").count() < before
    assert "country=FR" in page.url
    page.locator(".chips .chip").click()
    page.locator(".chips .chip").wait_for(state="detached")
    assert page.locator("main article.card").count() == before
    assert anybody.complaints == []


def test_a_reader_from_right_to_left_finds_what_a_city_does_abroad(stranger):
    stranger.go("search/?q=المكسيك")
    stranger.page.evaluate("document.documentElement.dir = 'rtl'")
    stranger.page.locator("main .card-title a", has_text="Mazatlán").first.click()
    assert "Mazatlán" in stranger.heading()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_stranger_filters_the_table_and_takes_it_along_as_csv(anybody, language):
    anybody.language = language
    page = anybody.page
    anybody.go()
    anybody.follow("Partnerships", within="header")
    if not page.locator("details.filters").evaluate("(details) => details.open"):
        page.locator("details.filters summary").click()
    page.locator("select[name=country]").select_option("GB")
    anybody.press("Show")
    shown = page.locator("main tbody tr").count()
    assert 1 < shown < 10
    assert "country=GB" in page.url
    with page.expect_download() as download:
        page.locator(".exports a", has_text="CSV").click()
    with download.value.path().open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert len(rows) == shown + 1
    assert any("Bradford" in cell for row in rows for cell in row)
    page.locator("main .chips a").first.click()
    assert page.locator("main tbody tr").count() > shown
    assert anybody.complaints == []


def test_the_shortest_chain_leads_over_hamm_drawn_and_listed(anybody):
    page = anybody.page
    anybody.go("places/gn2654993/bradford/")
    anybody.write("To which place?", "Oranienburg")
    anybody.choose_proposal()
    anybody.press("Show the chain")
    steps = page.locator("main ol.steps li")
    assert [step.locator("a").all_inner_texts()[:2] for step in steps.all()] == [
        ["Bradford", "Hamm"],
        ["Hamm", "Oranienburg"],
    ]
    assert page.locator("main svg .arc, main svg path[class*=arc]").count() == 2
    steps.first.get_by_role("link").last.click()
    assert "Bradford" in anybody.heading()
    assert anybody.complaints == []


def test_a_name_that_many_places_share_is_asked_about(anybody):
    anybody.go("places/gn2911240/chain/?to=Springfield")
    choices = anybody.page.locator("main [data-place-choices] input")
    assert choices.count() > 1
    choices.first.check()
    anybody.press("Show the chain")
    assert "to_id=" in anybody.page.url
    assert anybody.page.locator("main [data-place-choices]").count() == 0
    assert "Springfield" in anybody.text()
    assert anybody.complaints == []


def test_every_page_of_the_menu_is_reached_on_a_phone(stranger):
    page = stranger.page
    page.set_viewport_size(PHONE)
    stranger.go()
    addresses = page.locator("details.menu .menu-list a").evaluate_all(
        "(links) => links.map((link) => link.href)"
    )
    assert len(addresses) > 3
    for address in addresses:
        page.locator("details.menu summary").click()
        page.locator(
            f"details.menu .menu-list a[href='{address.removeprefix(stranger.site.address)}']"
        ).click()
        page.wait_for_url(address)
        assert stranger.heading()
    assert stranger.complaints == []


def test_the_map_is_a_drawing_where_nothing_moves(browser, site):
    context = browser.new_context(java_script_enabled=False)
    visitor = Visitor(context.new_page(), site)
    visitor.go("map/?country=GB")
    assert visitor.page.locator(".linkmap svg path").count() > 5
    assert visitor.page.locator("[data-map-filters] .chips a").count() == 1
    context.close()


def test_the_keyboard_alone_leads_from_the_first_link_to_a_row_of_the_table(stranger):
    page = stranger.page
    stranger.go("partnerships/")
    page.keyboard.press("Tab")
    assert stranger.focused()["href"] == "#content"
    page.keyboard.press("Enter")
    assert stranger.focused()["id"] == "content"
    page.keyboard.press("Shift+Tab")  # back into the header, to its last element
    passed = []
    for _ in range(60):
        page.keyboard.press("Tab")
        now = stranger.focused()
        passed.append(now)
        if "/partnerships/" in (now["href"] or "") and now["tag"] == "a" and "?" not in now["href"]:
            break
    assert [
        element
        for element in passed
        if not (element["seen"] and element["marked"]) and element["id"] != "content"
    ] == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/partnerships/*/")
    assert stranger.complaints == []


def test_the_keyboard_alone_changes_the_language(stranger):
    page = stranger.page
    stranger.go("countries/")
    page.locator("details.languages summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    names = []
    for _ in range(5):
        names.append(stranger.focused()["text"])
        if names[-1] == "Deutsch":
            break
        page.keyboard.press("Tab")
    assert names[-1] == "Deutsch"
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/countries/")
    assert page.locator("html").get_attribute("lang") == "de"
    assert stranger.complaints == []


def test_an_open_menu_closes_with_escape_and_gives_the_focus_back(stranger):
    page = stranger.page
    stranger.go()
    page.locator("details.languages summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator("details.languages").evaluate("(details) => details.open")
    assert stranger.focused()["tag"] == "summary"


def test_a_stranger_gets_no_cookie(stranger):
    for path in [
        "",
        "map/",
        "partnerships/",
        "places/gn2911240/hamm/",
        "hubs/hamm/",
        "figures/",
        "search/?q=hamm",
    ]:
        stranger.go(path)
    assert stranger.page.context.cookies() == []
    assert stranger.complaints == []
