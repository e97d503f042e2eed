"""The map of links under hand and key: it draws, answers, and follows its filters."""

import pytest
from playwright.sync_api import expect

from browser.browsing import Visitor

PAINTED = "[data-linkmap][data-painted]"  # the attribute counts how often
COLOURS = """() => Math.max(...[...document.querySelectorAll(".linkmap-stage canvas")].map((canvas) => {
  const copy = Object.assign(document.createElement("canvas"), {width: canvas.width, height: canvas.height});
  const brush = copy.getContext("2d");
  brush.drawImage(canvas, 0, 0);
  return new Set(new Uint32Array(brush.getImageData(0, 0, copy.width, copy.height).data.buffer)).size;
}))"""


@pytest.fixture
def reader(stranger: Visitor) -> Visitor:
    """Somebody before the map of all links, once it is painted."""
    stranger.go("map/")
    expect(stranger.page.locator(PAINTED)).to_be_visible()
    return stranger


def shown(reader: Visitor) -> str:
    return reader.page.locator("[data-map-legend] [role=status]").inner_text()


def test_sea_land_and_arcs_are_drawn(reader):
    assert reader.page.evaluate(COLOURS) > 20
    assert reader.complaints == []


def test_a_place_is_found_by_its_name_and_shows_its_partners(reader):
    page = reader.page
    page.locator(".linkmap-find input").fill("keigh")
    page.locator(".linkmap-found button", has_text="Keighley").click()
    panel = page.locator(".linkmap-panel")
    expect(panel.locator("h3")).to_have_text("Keighley")
    expect(panel).to_contain_text("Poix-du-Nord")
    panel.locator("a[href*='/places/gn2645889/']").click()
    assert reader.heading() == "Keighley"
    assert reader.complaints == []


def test_the_keys_move_and_zoom(reader):
    page = reader.page
    page.emulate_media(reduced_motion="reduce")
    page.locator(".linkmap-stage").focus()
    assert reader.focused()["marked"]
    for key in ("+", "ArrowRight", "ArrowDown", "-", "0"):
        before = page.locator(PAINTED).get_attribute("data-painted")
        page.keyboard.press(key)
        expect(page.locator(PAINTED)).not_to_have_attribute("data-painted", before)
    assert reader.complaints == []


def test_a_changed_filter_changes_links_count_and_address_on_the_same_page(reader):
    page = reader.page
    before = shown(reader)
    page.evaluate("window.samePage = true")
    page.locator("select[name=country]").select_option("GB")
    expect(page.locator("[data-map-filters] .chips")).to_contain_text("United Kingdom")
    page.wait_for_url("**country=GB**")
    expect(page.locator("[data-map-legend] [role=status]")).not_to_have_text(before)
    assert page.evaluate("window.samePage") is True
    assert reader.complaints == []


def test_the_legend_puts_a_kind_out_and_lights_it_again(reader):
    page = reader.page
    before = shown(reader)
    key = page.locator(".linkmap-key").first
    key.click()
    assert page.locator(".linkmap-key").first.get_attribute("aria-pressed") == "false"
    assert shown(reader) != before
    page.locator(".linkmap-key").first.click()
    assert shown(reader) == before
    assert reader.complaints == []


def test_the_card_of_a_place_closes_with_escape_and_gives_the_focus_back(reader):
    page = reader.page
    page.locator(".linkmap-find input").focus()
    page.keyboard.type("brad")
    page.keyboard.press("Enter")
    expect(page.locator(".linkmap-panel h3")).to_have_text("Bradford")
    page.locator(".linkmap-panel a").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".linkmap-panel")).to_be_hidden()
    assert page.locator(".linkmap-stage").evaluate("(stage) => stage === document.activeElement")
    assert reader.complaints == []


def test_a_page_within_a_page_keeps_the_wheel_for_scrolling(stranger):
    page = stranger.page
    stranger.go("places/gn2911240/hamm/")
    expect(page.locator(PAINTED)).to_be_visible()
    page.locator(".linkmap-stage").hover(position={"x": 20, "y": 20})
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") > before
    assert stranger.complaints == []
