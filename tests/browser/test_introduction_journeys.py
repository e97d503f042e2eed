"""Two who do something alike find each other: from the form on a phone to what came of it."""

import time

import pytest
from playwright.sync_api import expect

from browser.browsing import EDITOR, NEIGHBOUR, Site, Visitor, link_in
from concivis.shell.guard import AT_LEAST

VOLUNTEER = "volunteer@example.org"
TITLE, OTHER = "Konzerte von Jugendlichen in Hamm und Toul", "Jugendorchester mit Toul"


@pytest.fixture
def editor(signed_in):
    return signed_in(EDITOR)


def test_a_volunteer_is_told_of_another_is_introduced_and_both_agree_to_a_joint_event(
    on_a_phone, editor, site, axe
):
    volunteer, neighbour = on_a_phone(), on_a_phone()
    register(volunteer, axe)
    volunteer.page.goto(link_in(site.letter_to(VOLUNTEER, about="initiatives/confirm")))
    volunteer.press("Yes, that was me: send it to the office")
    review(editor)

    volunteer.page.goto(own_link(site))
    volunteer.follow("See others and introductions")
    volunteer.page.locator("main").get_by_role("link", name=OTHER, exact=True).wait_for()
    assert well_made(volunteer, axe) == []
    row = volunteer.page.locator("main li", has_text=OTHER)
    row.get_by_role("link", name=volunteer.say("Ask for an introduction")).click()
    volunteer.write("What you would like to talk about", "Wollen wir zusammen in Toul spielen?")
    assert well_made(volunteer, axe) == []
    volunteer.press("Ask for the introduction")
    assert volunteer.say("Thank you. As soon as the other side has answered, you get a mail.") in (
        volunteer.text("body")
    )

    letter = site.letter_to(NEIGHBOUR, about="introductions/yours")
    assert VOLUNTEER not in letter
    assert "Wollen wir zusammen in Toul spielen?" in letter
    neighbour.page.goto(the_link(letter))
    assert VOLUNTEER not in neighbour.text()
    assert well_made(neighbour, axe) == []
    agree_by_keyboard(neighbour)
    assert VOLUNTEER in neighbour.text()

    letter = site.letter_to(VOLUNTEER, about=NEIGHBOUR)
    volunteer.page.goto(the_link(letter))
    for person in (volunteer, neighbour):
        person.page.locator("main input[name=outcome][value=joint_event]").check()
        person.press("Say it")
    assert well_made(neighbour, axe) == []
    editor.go("office/hamm/introductions/")
    row = editor.page.locator("main tbody tr", has_text=TITLE)
    assert "a joint event (both sides say so)" in row.inner_text()
    assert [each.complaints for each in (volunteer, neighbour, editor)] == [[], [], []]


def register(volunteer: Visitor, axe: str) -> None:
    """The real form, which says beside it that somebody else already works with that town."""
    page = volunteer.page
    volunteer.go("hubs/hamm/initiatives/new/")
    drawn = time.monotonic()
    page.locator("main input[name=title]").fill(TITLE)
    page.locator("main textarea[name=summary]").fill(
        "Jugendliche aus Hamm und Toul geben zusammen Konzerte, hier und dort."
    )
    page.locator("main select[name=kind]").select_option("project")
    page.locator("main input[name=place_1]").press_sequentially("Toul", delay=20)
    volunteer.choose_proposal()
    beside = page.locator("main aside")
    expect(beside.get_by_role("link", name=OTHER)).to_be_visible(timeout=60_000)
    assert volunteer.say("Others already do this") in beside.inner_text()
    assert well_made(volunteer, axe) == []
    page.locator("main input[name=owner_name]").fill("Example volunteer")
    page.locator("main input[name=owner_email]").fill(VOLUNTEER)
    page.locator("main input[name=agreed]").check()
    time.sleep(max(0, AT_LEAST + 0.5 - (time.monotonic() - drawn)))
    volunteer.press("Send it to the office")
    page.wait_for_url("**/initiatives/sent/**")


def review(editor: Visitor) -> None:
    editor.go("office/hamm/initiatives/?state=submitted")
    editor.page.locator("main").get_by_role("link", name=TITLE, exact=True).click()
    editor.press("Publish")


def own_link(site: Site) -> str:
    """The owner's page, from the letter that says that the entry is public."""
    letter = site.letter_to(VOLUNTEER, about="/initiatives/mine/")
    return next(word for word in letter.split() if "/initiatives/mine/" in word)


def the_link(letter: str) -> str:
    return next(word for word in letter.split() if "/introductions/yours/" in word)


def agree_by_keyboard(neighbour: Visitor) -> None:
    """From the first field to the button with the keys alone."""
    page = neighbour.page
    page.locator("main input[name=name]").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        if neighbour.focused()["tag"] == "button":
            break
    where = neighbour.focused()
    assert where["text"] == neighbour.say("Yes, introduce us")
    assert where["marked"]
    page.keyboard.press("Enter")
    page.locator("main input[name=outcome]").first.wait_for()


def well_made(visitor: Visitor, axe: str) -> list[str]:
    return [*visitor.findings(axe), *visitor.overflow()]
